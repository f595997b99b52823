#!/usr/bin/env bash
# run.sh BINARY: drives a real Kate on a screen of its own, with the settings that the
# page tells people to write. What Kate shows is read from pictures as far as colours
# tell; what it asked and was answered, from a copy of the messages.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=../../testing/session.sh
. "$here/../../testing/session.sh"
session_start kate "$@"
for program in kate Xvfb openbox xdotool import convert; do
	session_need "$program" "run editors/testing/install.sh kate"
done

not_ok() {
	echo "not ok $1${2:+: $2}"
	failed=$((failed + 1))
}
# eventually WHAT COMMAND... waits until a command succeeds. The machine may be busy:
# nothing waits longer than it must.
eventually() {
	local tries what=$1
	shift
	for ((tries = 0; tries < 150; tries++)); do
		if "$@"; then
			ok "$what"
			return
		fi
		sleep 0.1
	done
	not_ok "$what"
}

mkdir -p "$XDG_CONFIG_HOME/kate/lspclient" "$XDG_DATA_HOME/org.kde.syntax-highlighting/syntax"
session_snippet "$here/../README.md" settings.json >"$XDG_CONFIG_HOME/kate/lspclient/settings.json"
cp "$here/../kconfig-config.xml" "$XDG_DATA_HOME/org.kde.syntax-highlighting/syntax/"
printf '[General]\nShow welcome view for new window=false\n\n[Kate Plugins]\nlspclientplugin=true\n\n[KTextEditor View]\nScroll Bar MiniMap=false\n' >"$XDG_CONFIG_HOME/katerc"

# The messages are copied on their way: what Kate writes, and what it is answered.
asked=$work/asked
answered=$work/answered
mv "$work/bin/kconfig-ls" "$work/bin/server"
cat >"$work/bin/kconfig-ls" <<SERVER
#!/bin/sh
tee -a "$asked" | "$work/bin/server" "\$@" | tee -a "$answered"
SERVER
chmod +x "$work/bin/kconfig-ls"

started=()
stop_all() {
	kill "${started[@]}" 2>/dev/null
	wait "${started[@]}" 2>/dev/null
}
session_at_exit+=(stop_all)

mkfifo "$work/display"
Xvfb -displayfd 3 -screen 0 1000x700x24 -nolisten tcp 3>"$work/display" >"$work/xvfb.log" 2>&1 &
started+=($!)
read -r -t 30 display <"$work/display"
export DISPLAY=:$display QT_QPA_PLATFORM=xcb
# No session bus: what it would start would outlive the test.
export DBUS_SESSION_BUS_ADDRESS=disabled:
mkdir -p "$XDG_CONFIG_HOME/openbox"
cat >"$XDG_CONFIG_HOME/openbox/rc.xml" <<'OPENBOX'
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <applications>
    <application type="normal"><decor>no</decor><maximized>yes</maximized></application>
  </applications>
</openbox_config>
OPENBOX
openbox >"$work/openbox.log" 2>&1 &
started+=($!)

# open starts a Kate that shows a file with the cursor on a line, and column.
open() {
	: >"$asked"
	: >"$answered"
	mark=1
	kate --startanon --line "$2" --column "$3" "$1" >>"$work/kate.log" 2>&1 &
	kate=$!
	started+=("$kate")
}
# close ends it, if need be without asking what becomes of changes.
close() {
	local tries
	kill "$kate"
	for ((tries = 0; tries < 30; tries++)); do
		kill -0 "$kate" 2>/dev/null || break
		sleep 0.1
	done
	kill -9 "$kate" 2>/dev/null || true
	wait "$kate" 2>/dev/null || true
	find "$tree" -name '.*.kate-swp' -delete # else Kate offers to recover changes
}

asked_for() { grep -aq "\"$1\"" "$asked"; }
# has_answered looks at what was answered since from_now.
has_answered() { tail -c "+$mark" "$answered" | grep -aqE -- "$1"; }
from_now() { mark=$(($(stat -c %s "$answered") + 1)); }
window() { xdotool search --onlyvisible --name "$1" >/dev/null 2>&1; }

# reddish counts the pixels that are red, as the waves below mistakes and some texts.
reddish() {
	import -window root "$work/screen.png"
	convert "$work/screen.png" -format %c histogram:info:- |
		awk -F '[:(,)]' '$3 > 150 && $4 < 130 && $5 < 130 { n += $1 } END { print n + 0 }'
}
# calm waits until no colour changes any more, but not for ever, and sets red to what
# reddish says then.
calm() {
	local before=-1 tries
	red=$(reddish)
	for ((tries = 0; tries < 60; tries++)); do
		[ "$red" != "$before" ] || return 0
		before=$red
		sleep 0.5
		red=$(reddish)
	done
}
more_red() { [ "$(reddish)" -gt $(($1 + 30)) ]; }
as_red() {
	local now
	now=$(reddish)
	[ "$now" -lt $(($1 + 15)) ] && [ "$now" -gt $(($1 - 15)) ]
}

# hover puts the mouse on a line and character of the text, both counted from 0. Where
# that is on the screen is found out from what Kate asks when the mouse rests somewhere.
hover() {
	local x=400 y=300 tries size position line character
	for ((tries = 0; tries < 20; tries++)); do
		size=$(stat -c %s "$asked")
		# The hover before it may be in the way: it closes with a key.
		xdotool mousemove 2 2 key Escape sleep 0.3 mousemove $((x + 1)) "$y" mousemove "$x" "$y"
		local waited
		for ((waited = 0; waited < 30; waited++)); do
			position=$(tail -c "+$((size + 1))" "$asked" | tr -d ' \n' | grep -aoE 'textDocument/hover.*' |
				grep -aoE '"position":\{"character":[0-9]+,"line":[0-9]+\}' | tail -n 1) || true
			[ -n "$position" ] && break
			sleep 0.1
		done
		if [ -z "$position" ]; then
			x=200 y=$((y + 17)) # there is no text; let the next line have some
			continue
		fi
		IFS=' ' read -r character line <<<"$(tr -c '0-9\n' ' ' <<<"$position" | tr -s ' ')"
		if [ "$line" = "$1" ] && [ "$character" = "$2" ]; then
			return 0
		fi
		x=$((x + 8 * ($2 - character)))
		y=$((y + 17 * ($1 - line)))
	done
	return 1
}

# served is true once the server has the file. Kate asks again whether it may start the
# server, unless it had time to write down what was answered before.
served() {
	if window "$permission"; then xdotool key Return; fi
	asked_for textDocument/didOpen
}
permission='LSP server start requested'

cd "$tree"
echo "=== Kate $(dpkg-query -W -f '${Version}' kate 2>/dev/null || echo of an unknown version)"

open drivers/net/Kconfig 17 18
eventually "Kate asks whether the server may be started" window "$permission"
eventually "the server gets the file" served
eventually "and finds nothing wrong" has_answered 'publishDiagnostics.*"diagnostics":\[\]'

xdotool mousemove 2 2
calm
from_now
xdotool key End type X
eventually "a mistake is found" has_answered 'publishDiagnostics.*HAS_DMAX'
xdotool key Escape # nothing in the way
eventually "it is underlined" more_red "$red"
from_now
xdotool key ctrl+z
eventually "it is not found after undo" has_answered 'publishDiagnostics.*"diagnostics":\[\]'
eventually "and not underlined" as_red "$red"

from_now
xdotool key BackSpace BackSpace type M
eventually "completion knows HAS_DMA" has_answered '"label":"HAS_DMA"'
xdotool key Escape

from_now
if hover 16 13; then
	eventually "hover on PCI says what it is" has_answered 'PCI support'
	xdotool keydown ctrl click 1 keyup ctrl
	eventually "the definition of PCI is on its line of another file" has_answered 'arch/x86/Kconfig".*"line":63,'
	eventually "and Kate goes there" asked_for '[^"]*/arch/x86/Kconfig'
else
	not_ok "hover on PCI says what it is" "the mouse did not find it"
fi
close

# A symbol that cannot be on without Rust. What it hangs on is found out when nobody has
# typed for a moment.
open samples/rust/Kconfig 10 1
eventually "the server gets samples/rust/Kconfig" served
rust_hover() {
	xdotool mousemove 2 2
	hover 9 12 && has_answered 'RUST_IS_AVAILABLE'
}
eventually "hover on a symbol that needs Rust says what Rust lacks" rust_hover
close

# A configuration.
open .config 1 1
eventually "the server gets .config as a configuration" served
if grep -aq '"languageId": "kconfig' "$asked"; then ok "Kate knows the kind of .config"; else not_ok "Kate knows the kind of .config"; fi
eventually "a value out of range is found in .config" has_answered 'publishDiagnostics.*config-out-of-range'
eventually "a line that has no effect is found in .config" has_answered 'publishDiagnostics.*config-dropped'
calm
if [ "$red" -gt 30 ]; then ok "they are underlined"; else not_ok "they are underlined" "$red red pixels"; fi
close

# The settings of the page are for arm64.
settings=$(session_snippet "$here/../README.md" Settings)
sed -i "s|\"command\": .*|&\n      $settings,|" "$XDG_CONFIG_HOME/kate/lspclient/settings.json"
open drivers/net/Kconfig 17 18
eventually "the server gets the file again" served
if hover 16 13; then
	eventually "settings come to the server" has_answered 'arch/arm64/Kconfig'
else
	not_ok "settings come to the server" "the mouse did not find PCI"
fi
close

echo "kate: $passed passed, $failed failed"
[ "$failed" = 0 ]
