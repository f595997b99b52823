#!/usr/bin/env bash
# run.sh BINARY: drives a real Vim with ALE, in a pseudo-terminal, with the lines that
# the page tells people to write into their vimrc.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=../../testing/session.sh
. "$here/../../testing/session.sh"
session_start vim "$@"
session_need script "apt-get install bsdutils"
vim=${KCONFIG_LS_VIM:-vim}
session_need "$vim" "run editors/testing/install.sh vim"
if ! "$vim" --not-a-term -es -N -u NONE -i NONE -c 'packadd ale' -c 'if !exists(":ALEHover") || !has("popupwin") || !has("job") | cquit | endif' -c 'quit' </dev/null; then
	session_skip "this Vim has no ALE" "run editors/testing/install.sh vim"
fi

mkdir -p "$home/.vim/pack/kconfig/start"
cp -R "$here/.." "$home/.vim/pack/kconfig/start/kconfig-ls"
session_snippet "$here/../README.md" "Set-up" >"$home/.vimrc"

cat "$home/.vimrc" <(session_snippet "$here/../README.md" Settings) >"$home/.vimrc-settings"

passed=0
failed=0
# run VIMRC starts Vim with a vimrc.
run() {
	local code=0
	: >"$KCONFIG_LS_RESULT"
	timeout --kill-after=5 180 script -qec "'$vim' -N -n -i NONE -u '$1' -S '$here/scenario.vim'" /dev/null </dev/null >"$work/screen" || code=$?
	cat "$KCONFIG_LS_RESULT"
	passed=$((passed + $(grep -c '^ok' "$KCONFIG_LS_RESULT" || true)))
	failed=$((failed + $(grep -c '^not ok' "$KCONFIG_LS_RESULT" || true)))
	if [ "$code" != 0 ] && [ "$failed" = 0 ]; then
		echo "not ok Vim ended with status $code; what it showed last:"
		tail -c 2000 "$work/screen" >&2
		failed=1
	fi
}
cd "$tree"
export KCONFIG_LS_RESULT=$work/result TERM=xterm
run "$home/.vimrc"
run "$home/.vimrc-settings"

echo "vim: $passed passed, $failed failed"
[ "$failed" = 0 ]
