#!/usr/bin/env bash
# report.sh BINARY TREE: takes report.svg, what "kconfig-ls rust" shows in a terminal about
# a kernel tree and the tools of this machine, but for rustc: that of a user lies in a
# home directory, whose name is nobody's business. It needs tmux and Go.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
if [ $# != 2 ] || [ ! -x "$1" ]; then
	echo "usage: report.sh BINARY TREE" >&2
	exit 2
fi
binary=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
tree=$(cd "$2" && pwd)
columns=118

work=$(mktemp -d)
socket=$work/tmux
trap 'tmux -S "$socket" kill-server 2>/dev/null || true; rm -rf "$work"' EXIT
(cd "$here/../.." && go build -o "$work/termsvg" ./editors/testing/termsvg)
mkdir "$work/bin"
cat >"$work/bin/rustc" <<'SCRIPT'
#!/bin/sh
case "$*" in
*--version*) echo "rustc 1.78.0 (9b00956e5 2024-04-29)" ;;
*sysroot*) echo /usr ;;
*) exit 1 ;;
esac
SCRIPT
chmod +x "$work/bin/rustc"

# The terminal stays until the picture is taken.
env -u NO_COLOR PATH="$work/bin:$PATH" LC_ALL=C.UTF-8 TERM=tmux-256color tmux -S "$socket" -f /dev/null new-session -d -x "$columns" -y 120 -c "$tree" \
	"'$binary' rust --arch x86 . 2>&1; echo \$? >'$work/status'; exec sleep 60"
tmux -S "$socket" set-option -g status off
for _ in $(seq 300); do
	[ ! -s "$work/status" ] || break
	sleep 0.1
done
[ "$(cat "$work/status")" -le 1 ] || {
	tmux -S "$socket" capture-pane -p >&2
	exit 1
}
# The empty rest of the screen is left out.
tmux -S "$socket" capture-pane -e -N -p | sed -e 's/[[:blank:]]*$//' | awk '
	/[^[:space:]]/ { for (; blank > 0; blank--) print ""; print; next }
	{ blank++ }' >"$work/screen"
grep -q 'symbols are on only with RUST' "$work/screen"
"$work/termsvg" -columns "$columns" -title "kconfig-ls rust: what Rust needs, what holds it back, what needs it" <"$work/screen" >"$here/report.svg"
echo "ok      report.svg"
