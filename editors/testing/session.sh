# shellcheck shell=bash
# session.sh is for tests of editors to source: it makes the place where one works,
# so that neither the user's settings nor the machine have a say in the result.
#
#   session_start EDITOR BINARY   sets work, a directory that is removed at the end,
#                                 tree, a copy of the example tree with a
#                                 configuration in it, and home, and has the
#                                 editor find the server as kconfig-ls on the PATH;
#                                 session_tree, if set, is the name of the tree
#                                 session_at_exit is a list of commands for the end
#   session_need PROGRAM HINT     ends the test as skipped if there is no such program
#   session_skip WHAT HINT        ends the test as skipped
#   session_snippet FILE HEADING  prints the first block of code below a heading
#
# With KCONFIG_LS_TAP, a lsptap program, and KCONFIG_LS_TAP_OUT, a directory, the
# messages are recorded there.

session_directory=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
session_root=$(cd "$session_directory/../.." && pwd)

# What a test that counts by itself says of what holds, and how often; what does not hold
# it tells in its own way.
passed=0
# shellcheck disable=SC2034 # it is for the tests
failed=0
ok() {
	echo "ok     $1"
	passed=$((passed + 1))
}

session_skip() {
	echo "!!! SKIPPED $session_editor: $1; $2"
	exit 77
}

session_need() {
	command -v "$1" >/dev/null || session_skip "$1 is not installed" "$2"
}

session_end() {
	local command
	for command in "${session_at_exit[@]}"; do
		$command || true
	done
	# What was ended may write a last word.
	rm -rf "$work" 2>/dev/null || { sleep 1 && rm -rf "$work"; }
}

session_start() {
	session_editor=$1
	if [ $# != 2 ] || [ ! -x "$2" ]; then
		echo "usage: run.sh BINARY" >&2
		exit 2
	fi
	local binary
	binary=$(cd "$(dirname "$2")" && pwd)/$(basename "$2")

	work=$(mktemp -d)
	session_at_exit=()
	trap session_end EXIT
	# A name with a blank and letters beyond ASCII, as people have them.
	tree="$work/${session_tree:-my trée}"
	cp -R "$session_root/analysis/testdata/example" "$tree"
	git init -q "$tree"
	cat >"$tree/.config" <<-'CONFIG'
		CONFIG_MODULES=y
		CONFIG_NET=y
		CONFIG_HERON_ETH=m
		CONFIG_NR_CPUS=100000
		CONFIG_SAMPLES_RUST=y
		# CONFIG_SWAP is not set
	CONFIG

	home=$work/home
	export HOME=$home XDG_CONFIG_HOME=$home/.config XDG_DATA_HOME=$home/.local/share
	export XDG_STATE_HOME=$home/.local/state XDG_CACHE_HOME=$home/.cache XDG_RUNTIME_DIR=$work/run
	export LC_ALL=C.UTF-8 ARCH=x86
	unset SRCARCH srctree
	mkdir -p "$XDG_CONFIG_HOME" "$XDG_DATA_HOME" "$XDG_STATE_HOME" "$XDG_CACHE_HOME" "$work/bin"
	mkdir -m 700 "$XDG_RUNTIME_DIR"

	if [ -n "${KCONFIG_LS_TAP:-}" ]; then
		# shellcheck disable=SC2016 # these are variables of the script that is written
		printf '#!/bin/sh\nexec "$KCONFIG_LS_TAP" record -out "$KCONFIG_LS_TAP_OUT/%s-$$.jsonl" -- "%s" "$@"\n' \
			"$session_editor" "$binary" >"$work/bin/kconfig-ls"
	else
		printf '#!/bin/sh\nexec "%s" "$@"\n' "$binary" >"$work/bin/kconfig-ls"
	fi
	chmod +x "$work/bin/kconfig-ls"
	export PATH=$work/bin:$PATH
}

session_snippet() {
	awk -v heading="$2" '
		/^#/ && !code { found = substr($0, index($0, " ") + 1) == heading }
		/^```/ && found { if (code) exit; code = 1; next }
		code { print; lines++ }
		END { exit !lines }
	' "$1" || {
		echo "$1 has no code below \"$2\"" >&2
		return 1
	}
}
