#!/usr/bin/env bash
# run.sh BINARY|VSIX [--floor] [--kernel TREE] [--ui OUT]: drives the extension in the real
# Visual Studio Code, without a screen. With a BINARY the extension is packaged with it;
# a VSIX is taken as it is. With --install [--floor] alone it only installs what is missing.
#
#   --floor         on the oldest version that there is in place of a new one
#   --kernel TREE   measures on a whole kernel, too; nothing is written into it
#   --ui OUT        takes the pictures of the documentation into a directory, too
#
# What is missing is installed: Visual Studio Code into the directory that
# KCONFIG_LS_EDITORS names (bin/editors), npm packages, and as root on Debian Chromium.
# The exit status is 77 if an ingredient cannot be had.
set -euo pipefail

# The versions: of code-server, of Node.js, and of the Visual Studio Code in it. The
# extension says that it needs 1.91. Of 1.91 and 1.92 there is no package of the server.
new=(4.139.1 24.21.0 1.139.1)
oldest=(4.93.1 20.20.2 1.93.1)

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
root=$(cd "$here/../.." && pwd)

usage() {
	echo "usage: run.sh BINARY|VSIX [--floor] [--kernel TREE] [--ui OUT], or run.sh --install [--floor]" >&2
	exit 2
}
skip() {
	echo "!!! SKIPPED: the tests in Visual Studio Code were not run: $*"
	exit 77
}

server='' version=("${new[@]}") kernel='' ui='' install=''
while [ $# -gt 0 ]; do
	case $1 in
	--install) install=yes ;;
	--floor) version=("${oldest[@]}") ;;
	--kernel) kernel=${2:?} && shift ;;
	--ui) ui=${2:?} && shift ;;
	-*) usage ;;
	*) server=$1 ;;
	esac
	shift
done
if [ -z "$install" ]; then
	[ -n "$server" ] || usage
	server=$(realpath "$server")
	[ -e "$server" ] || skip "there is no $server: build it with make"
fi

[ "$(uname -sm)" = "Linux x86_64" ] || skip "they are for Linux on x86-64"
for program in node npm; do
	command -v $program >/dev/null || skip "$program is missing: install nodejs and npm"
done
has_browser() { command -v chromium chromium-browser google-chrome >/dev/null; }
if ! has_browser && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
	apt-get install -y --no-install-recommends chromium fonts-dejavu-core >/dev/null || true
fi
has_browser || skip "there is no Chromium: apt-get install chromium"

editors=${KCONFIG_LS_EDITORS:-$root/bin/editors}
vscode=$editors/vscode-${version[2]}
"$here/test/install.sh" "${version[0]}" "${version[1]}" "$vscode" || skip "Visual Studio Code ${version[2]} could not be installed from npm"
[ -d "$here/node_modules/playwright-core" ] || (cd "$here" && npm ci --ignore-scripts --no-audit --no-fund >/dev/null) || skip "npm ci failed in $here"
[ -z "$install" ] || exit 0
echo "=== Visual Studio Code ${version[2]}"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
case $server in
*.vsix) vsix=$server ;;
*)
	node "$here/scripts/package.mjs" --target linux-x64 --server "$server" --out "$scratch" >"$scratch/package.log" 2>&1 || {
		cat "$scratch/package.log"
		exit 1
	}
	vsix=$(echo "$scratch"/*.vsix)
	;;
esac

status=0
node "$here/test/host.mjs" "$vscode" "$vsix" || status=1
if [ -n "$kernel" ]; then
	# What the server took for each message is in a recording of them.
	if [ -z "${KCONFIG_LS_TAP:-}" ] && command -v go >/dev/null; then
		(cd "$root" && go build -o "$scratch/lsptap" ./lsp/conformance/lsptap)
		export KCONFIG_LS_TAP=$scratch/lsptap KCONFIG_LS_TAP_OUT=$scratch/recorded
	fi
	node "$here/test/host.mjs" "$vscode" "$vsix" --kernel "$kernel" editor kernel || status=1
	if [ -n "${KCONFIG_LS_TAP:-}" ]; then
		"$KCONFIG_LS_TAP" times "$KCONFIG_LS_TAP_OUT"/vscode-kernel-*.jsonl | tee "$scratch/times"
		# A second is ten times what one would notice.
		awk '/didChange to/ { seen = 1; if ($4 + 0 > 1000) slow = 1 } END { exit !seen || slow }' "$scratch/times" || {
			echo "not ok the server answers while one types: nine of ten changes within a second"
			status=1
		}
	fi
fi
if [ -n "$ui" ]; then
	node "$here/test/ui.mjs" "$vscode" "$vsix" "$ui" || status=1
fi
exit $status
