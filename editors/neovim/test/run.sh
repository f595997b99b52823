#!/usr/bin/env bash
# run.sh BINARY [NVIM...]: drives real Neovims, without a screen, with the plugin of
# this repository and the given kconfig-ls on copies of the example tree. Without a
# NVIM it is the one on the PATH. Works with Neovim 0.7.2 and later.
#
# KCONFIG_LS_SUITES names some of the suites only, separated by blanks. With
# KCONFIG_LS_TAP, a lsptap, what is said is recorded in KCONFIG_LS_TAP_OUT.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)

if [ $# -lt 1 ] || [ ! -x "$1" ]; then
	echo "usage: run.sh BINARY [NVIM...]" >&2
	exit 2
fi
binary=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
shift
if [ $# = 0 ]; then
	set -- nvim
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0

# A checkout as people have it, with the given program where "make" leaves it: that goes
# before what is on the PATH.
checkout=$work/checkout
plugin=$checkout/editors/neovim
mkdir -p "$checkout/editors" "$checkout/bin"
cp -R "$here/.." "$plugin"
if [ -n "${KCONFIG_LS_TAP:-}" ]; then
	cat >"$checkout/bin/kconfig-ls" <<-SCRIPT
		#!/bin/sh
		[ "\$1" = serve ] || exec "$binary" "\$@"
		exec "$KCONFIG_LS_TAP" record -out "$KCONFIG_LS_TAP_OUT/nvim-\$\$.jsonl" -- "$binary" "\$@"
	SCRIPT
	chmod +x "$checkout/bin/kconfig-ls"
else
	ln -sf "$binary" "$checkout/bin/kconfig-ls"
fi

# suite NVIM NAME runs one suite, in a home and on a tree of its own.
suite() {
	local nvim=$1 name=$2 place code=0 log
	place=$(mktemp -d "$work/XXXXXX")
	log=$place/log
	# A name with a blank and letters beyond ASCII, as people have them.
	mkdir -p "$place"/{home,config,data,state,cache,run}
	chmod 700 "$place/run"
	cp -R "$root/analysis/testdata/example" "$place/my trée"
	# What is on the PATH is another one, which does not run.
	mkdir "$place/bin"
	printf '#!/bin/sh\necho "this is not the server" >&2\nexit 3\n' >"$place/bin/kconfig-ls"
	chmod +x "$place/bin/kconfig-ls"
	(
		# Nothing of the user's own settings takes part.
		unset SRCARCH srctree NVIM VIMINIT KCONFIG_CONFIG
		cd "$place/my trée"
		export HOME=$place/home XDG_CONFIG_HOME=$place/config XDG_DATA_HOME=$place/data
		export XDG_STATE_HOME=$place/state XDG_CACHE_HOME=$place/cache XDG_RUNTIME_DIR=$place/run
		export LC_ALL=C.UTF-8 ARCH=x86 PATH=$place/bin:$PATH
		export KCONFIG_LS_TREE="$place/my trée" KCONFIG_LS_PLUGIN=$plugin KCONFIG_LS_TEST=$here
		export KCONFIG_LS_ROOT=$checkout KCONFIG_LS_WORK=$place
		exec timeout --kill-after=5 120 "$nvim" --headless -n -i NONE -u "$here/init.lua" \
			-c "lua package.path = vim.env.KCONFIG_LS_TEST .. '/?.lua;' .. package.path" \
			-c "autocmd VimEnter * lua vim.schedule(function() require('harness').run('$name') end)" </dev/null
	) >"$log" 2>"$place/errors" || code=$?
	cat "$log"
	# What goes wrong aside, as in a callback, Neovim says there.
	if grep -q 'lua/kconfig_ls/.*\.lua:[0-9]' "$place/errors"; then
		echo "not ok  $name: errors in the plugin"
		code=1
	fi
	passed=$((passed + $(grep -c '^ok ' "$log" || true)))
	if [ "$code" != 0 ]; then
		failed=$((failed + 1))
		[ "$code" != 124 ] && [ "$code" != 137 ] || echo "not ok  $name: Neovim did not come to an end"
		cat "$place/errors" >&2
		# What the server said on standard error is in Neovim's log.
		find "$place" -name 'lsp.log' -exec tail -n 20 {} + >&2
	fi
	rm -rf "$place"
}

suites=${KCONFIG_LS_SUITES:-$(cd "$here/suites" && printf '%s\n' *.lua | sed 's/\.lua$//')}
for nvim; do
	if ! command -v "$nvim" >/dev/null; then
		echo "run.sh: $nvim is not installed" >&2
		exit 2
	fi
	echo "=== $("$nvim" --version | sed -n 1p)"
	for name in $suites; do
		echo "--- $name"
		suite "$nvim" "$name"
	done
done
echo "neovim: $passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
