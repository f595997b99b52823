#!/usr/bin/env bash
# install.sh DIRECTORY: unpacks Neovim 0.10 and 0.12 out of newer suites of Debian, for
# run.sh beside the system's one, and prints the names of the programs. What cannot be
# had is skipped with a loud line, and the exit status is 77 then.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
if [ $# != 1 ]; then
	echo "usage: install.sh DIRECTORY" >&2
	exit 2
fi
mkdir -p "$1"
directory=$(cd "$1" && pwd)

skip() {
	echo "!!! SKIPPED: $*" >&2
	exit 77
}

command -v apt-get >/dev/null || skip "newer Neovims are unpacked from Debian's packages, and there is no apt-get here: name your own to run.sh"
for program in patchelf readelf; do
	command -v "$program" >/dev/null || skip "newer Neovims are not unpacked without $program: apt-get install patchelf binutils"
done

skipped=0
# unpack VERSION SUITE
unpack() {
	local target=$directory/nvim-$1
	if [ ! -x "$target/usr/bin/nvim" ]; then
		rm -rf "$target"
		if ! "$here/../../testing/deb-closure.sh" "$2" "$target" neovim >&2; then
			rm -rf "$target"
			echo "!!! SKIPPED: Neovim $1 could not be had from Debian's $2: is there a mirror that serves it?" >&2
			skipped=77
			return
		fi
	fi
	"$target/usr/bin/nvim" --version >/dev/null
	echo "$target/usr/bin/nvim"
}

unpack 0.10 trixie
unpack 0.12 forky
exit "$skipped"
