#!/usr/bin/env bash
# run.sh BINARY [eglot|lsp-mode]: drives a real Emacs, without a screen, with the
# lines that the page tells people to write into their init file. KCONFIG_LS_EMACS
# names another Emacs than the one on the PATH; from 29 on it has Eglot inside.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=../../testing/session.sh
. "$here/../../testing/session.sh"
client=${2:-eglot}
if [ "$client" = eglot ]; then
	# Up to Emacs 30 at least, Eglot does not find files in directories whose
	# names have letters beyond ASCII.
	session_tree="my tree"
fi
emacs=${KCONFIG_LS_EMACS:-emacs}
session_start "emacs-$client" "${1:-}"
session_need "$emacs" "apt-get install emacs-nox elpa-eglot elpa-lsp-mode, or run editors/testing/install.sh emacs"
if ! "$emacs" --batch --eval "(kill-emacs (if (locate-library \"$client\") 0 1))" 2>/dev/null; then
	session_skip "this Emacs has no $client" "apt-get install elpa-$client"
fi

mkdir -p "$home/.emacs.d/kconfig-ls"
cp "$here/../kconfig-ls.el" "$home/.emacs.d/kconfig-ls/"
session_snippet "$here/../README.md" "With $client" >"$work/init.el"

cat "$work/init.el" <(session_snippet "$here/../README.md" Settings) >"$work/init-settings.el"

passed=0
failed=0
# run INIT starts Emacs with an init file. Not -Q: it hides the packages of the system.
run() {
	local code=0
	KCONFIG_LS_CLIENT=$client timeout --kill-after=5 180 \
		"$emacs" --batch --no-init-file -f package-activate-all -l "$1" -l "$here/scenario.el" </dev/null >"$work/out" 2>"$work/err" || code=$?
	grep -E '^(ok|not ok|===)' "$work/out" || true
	passed=$((passed + $(grep -c '^ok' "$work/out" || true)))
	failed=$((failed + $(grep -c '^not ok' "$work/out" || true)))
	[ "$code" != 0 ] || return 0
	if [ "$failed" = 0 ]; then
		echo "not ok Emacs ended with status $code"
		failed=1
	fi
	tail -n 30 "$work/err" >&2
}
cd "$tree"
run "$work/init.el"
run "$work/init-settings.el"

echo "emacs-$client: $passed passed, $failed failed"
[ "$failed" = 0 ]
