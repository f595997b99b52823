#!/usr/bin/env bash
# run.sh BINARY: drives a real Helix in a terminal of tmux, with the files that the page
# tells people to write. KCONFIG_LS_HELIX names another Helix than hx on the PATH.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=../../testing/session.sh
. "$here/../../testing/session.sh"
session_start helix "$@"
helix=${KCONFIG_LS_HELIX:-hx}
session_need tmux "apt-get install tmux"
session_need "$helix" "run editors/testing/install.sh helix"
version=$("$helix" --version)
echo "=== Helix ${version#helix }"

mkdir -p "$XDG_CONFIG_HOME/helix"
session_snippet "$here/../README.md" languages.toml >"$XDG_CONFIG_HOME/helix/languages.toml"
session_snippet "$here/../README.md" config.toml >"$XDG_CONFIG_HOME/helix/config.toml"

not_ok() {
	echo "not ok $1; on the screen:"
	screen
	failed=$((failed + 1))
}

socket=kconfig-ls-helix-$$
in_tmux() { tmux -L "$socket" -f /dev/null "$@"; }
stop_tmux() { in_tmux kill-server 2>/dev/null; }
session_at_exit+=(stop_tmux)
screen() { in_tmux capture-pane -p -t helix; }

# keys sends keys by name, text what is typed as it is.
keys() { in_tmux send-keys -t helix "$@"; }
text() { in_tmux send-keys -t helix -l "$1"; }

# shows waits until the screen shows a pattern, hides until it does not. The machine may
# be busy: nothing waits longer than it must. The other argument is how often to look.
shows() {
	local tries
	for ((tries = 0; tries < ${2:-200}; tries++)); do
		if screen | grep -Eq -- "$1"; then return 0; fi
		sleep 0.05
	done
	return 1
}
hides() {
	local tries
	for ((tries = 0; tries < 200; tries++)); do
		if ! screen | grep -Eq -- "$1"; then return 0; fi
		sleep 0.05
	done
	return 1
}
expect_shown() { if shows "$1"; then ok "$2"; else not_ok "$2"; fi; }
expect_hidden() { if hides "$1"; then ok "$2"; else not_ok "$2"; fi; }

# escape [PATTERN] sends Escape, and waits until it was understood: what follows at once
# would be taken for a chord with Alt. The mode tells, or that what matches is gone.
escape() {
	keys Escape
	if [ $# = 0 ]; then shows '^ *NOR '; else hides "$1"; fi || not_ok "Escape is understood"
}

# eventually WHAT COMMAND... tries a command until it succeeds.
eventually() {
	local tries what=$1
	shift
	for ((tries = 0; tries < 15; tries++)); do
		if "$@"; then
			ok "$what"
			return
		fi
	done
	not_ok "$what"
}

# open shows a file, place selects what a regular expression finds, on the line that it
# must be on: the status line tells. Nothing works without them.
must() {
	shows "$1" && return
	not_ok "$2"
	echo "helix: $passed passed, $failed failed"
	exit 1
}
open() {
	text ":open $1"
	keys Enter
	must "^ *NOR .* $1 " "$1 is open"
}
place() {
	keys g g
	text "/$1"
	keys Enter
	must "^ *NOR .*sel +$2:" "/$1 finds line $2"
}

# start has Helix show a file in a new terminal.
start() { in_tmux new-session -d -s helix -x 110 -y 45 "'$helix' '$1' 2>'$work/err'"; }

cd "$tree"
start drivers/net/Kconfig

expect_shown 'config HERON_ETH = m$' "drivers/net/Kconfig is open, with values as inlay hints"
place 'HAS_DMA' 17
text 'cHAS_DAM'
escape
expect_shown '.HAS_DAM. is defined in no' "an undefined symbol is shown"
# That it may be a slip of the pen is found out a moment later.
offers_fix() {
	keys Space a
	must 'Add a definition' "code actions are offered"
	local code=0
	shows 'Replace it by .HAS_DMA' 10 || code=$?
	escape 'Add a definition'
	return "$code"
}
eventually "a code action mends it" offers_fix
keys u
expect_hidden 'HAS_DAM' "it is gone after undo"
place '&&' 17
text 'c&& &&'
escape
expect_shown '.&&. is unexpected' "a syntax error is shown"
keys u
expect_hidden 'unexpected' "it is gone after undo"

place 'on PCI' 17
keys Space k
expect_shown 'PCI support' "hover on PCI says what it is"
escape 'PCI support'
keys g d
expect_shown '^ *NOR .* arch/x86/Kconfig .*sel +64:' "the definition of PCI is on its line of another file"

open drivers/net/Kconfig
place 'select CRC32' 18
text 'cselect CRC'
expect_shown 'CRC32 +variable' "completion after select knows CRC32"
escape
keys u
must 'select CRC32' "the change is undone"

# A symbol that cannot be on without Rust. What it hangs on is found out when nobody has
# typed for a moment, so that the first hover may not have it.
open samples/rust/Kconfig
place 'config SAMPLE_RUST_MINIMAL' 10
hover_says_rust() {
	keys Space k
	must 'Defined at|RUST_IS_AVAILABLE' "hover shows something"
	local code=0
	shows 'RUST_IS_AVAILABLE' 10 || code=$?
	escape 'Defined at|RUST_IS_AVAILABLE'
	return "$code"
}
eventually "hover on a symbol that needs Rust says what Rust lacks" hover_says_rust

# A configuration.
open .config
expect_shown 'CONFIG_NR_CPUS. will be 512|must lie between 2 and 512' "a value out of range is shown in .config"
expect_shown 'CONFIG_SAMPLES_RUST. will be n|needs .RUST' "a line that has no effect is shown in .config"
place 'CONFIG_HERON_ETH' 3
keys g d
expect_shown '^ *NOR .* drivers/net/Kconfig .*sel +14:' "the definition of HERON_ETH is in another file"

place 'config HERON_ETH_DEBUG' 38
keys Space r
must 'rename-to:' "rename asks for a name"
keys C-u
text 'HERON_ETH_TALK'
keys Enter
expect_shown 'config HERON_ETH_TALK' "rename changes the definition"

# The settings of the page are for arm64.
stop_tmux
socket=$socket-settings # the first one may take a moment to end
session_snippet "$here/../README.md" Settings >>"$XDG_CONFIG_HOME/helix/languages.toml"
start drivers/net/Kconfig
must 'config HERON_ETH = ' "drivers/net/Kconfig is open again"
place 'on PCI' 17
keys g d
expect_shown '^ *NOR .* arch/arm64/Kconfig ' "settings come to the server"

echo "helix: $passed passed, $failed failed"
[ "$failed" = 0 ]
