#!/usr/bin/env bash
# picture.sh BINARY NVIM DIRECTORY: has NVIM show the example tree with the plugin in a
# terminal, and writes what is to be seen into DIRECTORY: nvim-hover.svg, nvim-menu.svg,
# nvim-rust.svg and nvim-config.svg. It needs tmux and Go, and a Neovim of 0.11 or later.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
if [ $# != 3 ] || [ ! -x "$1" ]; then
	echo "usage: picture.sh BINARY NVIM DIRECTORY" >&2
	exit 2
fi
if ! command -v tmux >/dev/null; then
	echo "!!! SKIPPED: pictures of Neovim need a terminal without a screen: apt-get install tmux"
	exit 77
fi
binary=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
nvim=$2
mkdir -p "$3"
pictures=$(cd "$3" && pwd)

work=$(mktemp -d)
scene=0
# Each scene has a tmux of its own: one that is ending takes no new windows.
tmux() { command tmux -S "$work/tmux-$scene" -f /dev/null "$@"; }
finish() {
	tmux kill-server 2>/dev/null || true
	rm -rf "$work"
}
trap finish EXIT

(cd "$root" && go build -o "$work/termsvg" ./editors/testing/termsvg)
mkdir -p "$work"/{bin,home,config,data,state,cache,run}
chmod 700 "$work/run"
ln -s "$binary" "$work/bin/kconfig-ls"
# A rustc in /usr, as a distribution has it: that of a user lies in a home directory.
cat >"$work/bin/rustc" <<'SCRIPT'
#!/bin/sh
case "$*" in
*--version*) echo "rustc 1.78.0 (9b00956e5 2024-04-29)" ;;
*sysroot*) echo /usr ;;
*) exit 1 ;;
esac
SCRIPT
chmod +x "$work/bin/rustc"

cat >"$work/init.lua" <<'LUA'
vim.opt.runtimepath:append(vim.env.KCONFIG_LS_PLUGIN)
vim.o.termguicolors, vim.o.number, vim.o.swapfile, vim.o.shortmess = true, true, false, vim.o.shortmess .. 'I'
vim.o.laststatus, vim.o.ruler = 2, false
vim.o.statusline = " %f %m %=%{v:lua.require'kconfig_ls'.statusline()} "
vim.o.signcolumn, vim.o.winborder = 'no', 'rounded'
vim.diagnostic.config({ virtual_lines = { severity = { min = 'WARN' } } })
require('kconfig_ls').setup({ cmd = { 'kconfig-ls', 'serve' }, trust = 'probe' })
LUA

# start COLUMNSxROWS FILE [LINE...]: shows a file of a fresh tree, with lines for its
# configuration.
start() {
	columns=${1%x*} rows=${1#*x}
	shift
	rm -rf "$work/linux"
	cp -R "$root/analysis/testdata/example" "$work/linux"
	printf '%s\n' "${@:2}" >"$work/linux/.config"
	tmux kill-server 2>/dev/null || true
	scene=$((scene + 1))
	env -u NVIM -u VIMINIT HOME="$work/home" XDG_CONFIG_HOME="$work/config" XDG_DATA_HOME="$work/data" \
		XDG_STATE_HOME="$work/state" XDG_CACHE_HOME="$work/cache" XDG_RUNTIME_DIR="$work/run" \
		LC_ALL=C.UTF-8 ARCH=x86 PATH="$work/bin:$PATH" KCONFIG_LS_PLUGIN="$here/.." TERM=xterm-256color COLORTERM=truecolor \
		tmux -S "$work/tmux-$scene" -f /dev/null new-session -d -x "$columns" -y "$((rows + 1))" -c "$work/linux" \
		"'$nvim' -n -i NONE -u '$work/init.lua' '$1' 2>'$work/errors'"
	tmux set-option -g status off
	tmux set-option -g default-terminal tmux-256color
	tmux set-option -ga terminal-overrides ',*:RGB'
	tmux resize-window -x "$columns" -y "$rows"
}

# shows PATTERN: waits until the screen has a text.
shows() {
	local last=$((SECONDS + 20))
	until tmux capture-pane -p | grep -q -- "$1"; do
		if [ $SECONDS -gt $last ]; then
			echo "picture.sh: Neovim does not show $1, but" >&2
			tmux capture-pane -p >&2
			cat "$work/errors" >&2
			exit 1
		fi
		sleep 0.05
	done
}

press() { tmux send-keys "$@"; }

# steady waits until nothing changes on the screen any more: what is drawn last may be a
# colour.
steady() {
	local before='' now same=0
	while [ "$same" -lt 12 ]; do
		now=$(tmux capture-pane -e -N -p)
		if [ "$now" = "$before" ]; then same=$((same + 1)); else same=0; fi
		before=$now
		sleep 0.05
	done
}

# take NAME TITLE
take() {
	steady
	tmux capture-pane -e -N -p | "$work/termsvg" -columns "$columns" -title "$2" >"$pictures/$1.svg"
	echo "ok      $1.svg"
}

start 100x36 samples/rust/Kconfig CONFIG_MODULES=y CONFIG_RUST=y
shows 'Rust closed'
shows 'SAMPLES_RUST = n Rust: off'
press j w K
shows 'needs RUST\|bindgen is'
take nvim-hover 'Neovim: hover of a symbol that needs Rust, with the reason why Rust is off'

start 100x28 drivers/net/Kconfig CONFIG_MODULES=y CONFIG_HERON_ETH=m
shows 'Rust closed'
press ':KconfigMenu HERON_ETH' Enter
shows '<M> Heron Ethernet support'
press y
shows 'was m'
press Tab
shows '(1024) Size of the receive ring'
take nvim-menu 'Neovim: the menu of the tree with a change that is not saved'

start 100x28 init/Kconfig CONFIG_MODULES=y CONFIG_RUST=y
shows 'Rust closed'
press ':KconfigRust' Enter
shows '[✓✗?] RUST_IS_AVAILABLE'
press C-w o
take nvim-rust 'Neovim: the report on what Rust needs'

start 132x18 .config CONFIG_MODULES=y CONFIG_NET=y '# CONFIG_PCI is not set' CONFIG_HERON_ETH=m CONFIG_NR_CPUS=1024 \
	CONFIG_RUST=y CONFIG_SAMPLES_RUST=y CONFIG_ZSWAPP=y CONFIG_LOG_BUF_SHIFT=18
shows 'Rust closed'
shows 'will be'
take nvim-config 'Neovim: a configuration with lines that do not count'
