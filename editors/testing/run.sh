#!/usr/bin/env bash
# run.sh BINARY [EDITOR...]: runs the tests of editors, of all without a name, records
# what each says to the server and is answered, has the protocol's types judge that, and
# prints a table. An editor that is not there is skipped, and the table says so.
#
#   emacs-eglot emacs-lsp-mode vim helix kate neovim vscode vscode-floor
#
# vscode also measures on a whole kernel if KCONFIG_LS_LINUX names one, and takes the
# pictures of the documentation if KCONFIG_LS_PICTURES names a directory for them.
# Programs that install.sh has unpacked are taken from KCONFIG_LS_EDITORS, by default
# bin/editors. KCONFIG_LS_TAP names a lsptap, which is built otherwise, and KCONFIG_LS_TAP_OUT a
# directory where recordings are left; else they are removed.
#
# The exit status is 1 if anything failed, 77 if everything was skipped, else 0.
set -euo pipefail

root=$(cd "$(dirname "$0")/../.." && pwd)
if [ $# = 0 ] || [ ! -x "$1" ]; then
	echo "usage: run.sh BINARY [EDITOR...]" >&2
	exit 2
fi
binary=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
shift
[ $# != 0 ] || set -- emacs-eglot emacs-lsp-mode vim helix kate neovim vscode vscode-floor

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ -z "${KCONFIG_LS_TAP:-}" ]; then
	if command -v go >/dev/null; then
		(cd "$root" && go build -o "$work/lsptap" ./lsp/conformance/lsptap)
		KCONFIG_LS_TAP=$work/lsptap
	else
		echo "!!! SKIPPED: the messages are not judged: that needs Go, or KCONFIG_LS_TAP"
	fi
fi
directory=${KCONFIG_LS_EDITORS:-$root/bin/editors}
export PATH=$PATH:$directory/helix/usr/bin
recordings=$(realpath -m "${KCONFIG_LS_TAP_OUT:-$work/recordings}")
if [ -n "${KCONFIG_LS_TAP:-}" ]; then
	KCONFIG_LS_TAP=$(realpath "$KCONFIG_LS_TAP")
	export KCONFIG_LS_TAP
fi

# drive EDITOR runs the test of one editor.
drive() {
	case $1 in
	emacs-*) "$root/editors/emacs/test/run.sh" "$binary" "${1#emacs-}" ;;
	vim | helix | kate) "$root/editors/$1/test/run.sh" "$binary" ;;
	neovim)
		local program all=()
		for program in nvim "$directory"/nvim-*/usr/bin/nvim; do
			if command -v "$program" >/dev/null; then all+=("$program"); fi
		done
		if [ ${#all[@]} = 0 ]; then
			echo "!!! SKIPPED neovim: nvim is not installed; run editors/testing/install.sh neovim"
			return 77
		fi
		"$root/editors/neovim/test/run.sh" "$binary" "${all[@]}"
		;;
	vscode)
		local more=()
		[ -z "${KCONFIG_LS_LINUX:-}" ] || more+=(--kernel "$KCONFIG_LS_LINUX")
		[ -z "${KCONFIG_LS_PICTURES:-}" ] || more+=(--ui "$KCONFIG_LS_PICTURES")
		"$root/editors/vscode/test/run.sh" "$binary" "${more[@]}"
		;;
	vscode-floor) "$root/editors/vscode/test/run.sh" "$binary" --floor ;;
	*)
		echo "run.sh: do not know the editor $1" >&2
		return 2
		;;
	esac
}

# judge EDITOR prints what the types say of an editor's recordings: "valid" or not.
judge() {
	local file files=()
	for file in "$recordings/$1"/*.jsonl; do
		# An editor may end a server before they have said anything.
		if grep -q '"message"' "$file" 2>/dev/null; then files+=("$file"); fi
	done
	if [ ${#files[@]} = 0 ]; then
		echo "not recorded"
		return 1
	fi
	# It looks for the protocol's types from where it is started.
	if (cd "$root" && "$KCONFIG_LS_TAP" judge "${files[@]}") >"$work/judged"; then
		echo "$(awk 'match($0, /: [0-9]+ messages/) { split(substr($0, RSTART + 2), w, " "); n += w[1] } END { print n }' "$work/judged"), valid"
	else
		grep -E ': WRONG: |findings' "$work/judged" >&2 || cat "$work/judged" >&2
		echo "NOT valid"
		return 1
	fi
}

failures=0
skipped=0
row='%-16s%-30s%8s%8s%9s  %s\n'
# shellcheck disable=SC2059 # it is a format
line() { printf "$row" "$@" >>"$work/table"; }
line editor version passed failed seconds messages
for editor; do
	echo "--- $editor"
	start=$SECONDS
	code=0
	export KCONFIG_LS_TAP_OUT=$recordings/$editor
	mkdir -p "$KCONFIG_LS_TAP_OUT"
	drive "$editor" 2>&1 | tee "$work/out" || code=$?
	seconds=$((SECONDS - start))
	version=$(awk '/^=== / { sub(/^=== (NVIM )?/, ""); all = all separator $0; separator = ", " } END { print all }' "$work/out")
	if [ "$code" = 77 ]; then
		skipped=$((skipped + 1))
		line "$editor" "SKIPPED" - - "$seconds" -
		continue
	fi
	passed=$(grep -c '^ok' "$work/out" || true)
	failed=$(grep -c '^not ok' "$work/out" || true)
	judged="not judged"
	wrong=0
	if [ -n "${KCONFIG_LS_TAP:-}" ]; then
		judged=$(judge "$editor") || wrong=1
	fi
	if [ "$code" != 0 ] || [ "$failed" != 0 ] || [ "$passed" = 0 ] || [ "$wrong" != 0 ]; then
		failures=$((failures + 1))
	fi
	line "$editor" "${version:-?}" "$passed" "$failed" "$seconds" "$judged"
done
echo
cat "$work/table"
[ "$skipped" = 0 ] || grep -h SKIPPED "$work/table" | awk '{ print "!!! SKIPPED " $1 ": see above" }'
[ "$failures" = 0 ] || exit 1
[ "$skipped" != $# ] || exit 77
