#!/usr/bin/env bash
# smoke.sh BINARY: drives the real Neovim, without a screen, against the given
# kconfig-ls on a copy of the example tree. NVIM_BIN names another
# Neovim than the one on the PATH. Works with Neovim 0.7.2 and later.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
nvim=${NVIM_BIN:-nvim}

if [ $# != 1 ] || [ ! -x "$1" ]; then
	echo "usage: smoke.sh BINARY" >&2
	exit 2
fi
binary=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
if ! command -v "$nvim" >/dev/null; then
	echo "smoke.sh: $nvim is not installed" >&2
	exit 2
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# A name with a blank and letters beyond ASCII, as people have them.
tree="$work/my trée"
cp -R "$root/analysis/testdata/example" "$tree"

# Nothing of the user's own settings takes part.
export HOME=$work/home XDG_CONFIG_HOME=$work/config XDG_DATA_HOME=$work/data
export XDG_STATE_HOME=$work/state XDG_CACHE_HOME=$work/cache XDG_RUNTIME_DIR=$work/run
export LC_ALL=C.UTF-8 ARCH=x86
unset SRCARCH srctree NVIM VIMINIT
mkdir -p "$HOME" "$XDG_CONFIG_HOME" "$XDG_DATA_HOME" "$XDG_STATE_HOME" "$XDG_CACHE_HOME" "$XDG_RUNTIME_DIR"
chmod 700 "$XDG_RUNTIME_DIR"

code=0
cd "$tree"
KCONFIG_LS_BIN=$binary KCONFIG_LS_TREE=$tree timeout --kill-after=5 120 \
	"$nvim" --headless -n -i NONE -u NONE -S "$here/smoke.lua" </dev/null || code=$?
if [ "$code" = 124 ] || [ "$code" = 137 ]; then
	echo "smoke.sh: Neovim did not come to an end" >&2
fi
if [ "$code" != 0 ]; then
	# What the server said on standard error is in Neovim's log.
	find "$work" -name lsp.log -exec tail -n 20 {} + >&2
fi
exit "$code"
