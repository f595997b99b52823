#!/usr/bin/env bash
# install.sh EDITOR...: installs what the tests of editors need, on Debian, as root:
# emacs, vim, helix, kate or neovim. What is there already is left alone. What this
# Debian does not have, Helix and newer Neovims, is unpacked from a newer one into
# KCONFIG_LS_EDITORS, by default bin/editors, where run.sh looks for it.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
if [ $# = 0 ]; then
	echo "usage: install.sh emacs|vim|helix|kate|neovim ..." >&2
	exit 2
fi
if ! command -v apt-get >/dev/null || [ "$(id -u)" != 0 ]; then
	echo "!!! SKIPPED install.sh: it needs Debian's apt-get, and root; install by hand: $*"
	exit 77
fi

directory=${KCONFIG_LS_EDITORS:-$here/../../bin/editors}
status=0
updated=
# install PACKAGE... installs those that are not installed.
install() {
	local package missing=()
	for package; do
		dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
	done
	[ "${#missing[@]}" != 0 ] || return 0
	update
	DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=600 install --no-install-recommends "${missing[@]}"
}

update() {
	[ -z "$updated" ] || return 0
	updated=yes
	apt-get -qq update
}

# available PACKAGE tells whether this Debian has a package.
available() {
	update
	[[ $(apt-cache policy "$1") == *"Candidate: "[0-9]* ]]
}

for editor; do
	case $editor in
	emacs)
		packages=(emacs-nox git elpa-lsp-mode)
		# From Emacs 29 on Eglot is part of it.
		if available elpa-eglot; then packages+=(elpa-eglot); fi
		install "${packages[@]}"
		;;
	vim)
		install vim vim-ale git bsdutils
		;;
	helix)
		install tmux git
		if command -v hx >/dev/null || [ -x "$directory/helix/usr/bin/hx" ]; then
			continue
		elif available hx; then
			install hx
		else
			install patchelf binutils
			"$here/deb-closure.sh" trixie "$directory/helix" hx
		fi
		;;
	neovim)
		install neovim tmux patchelf binutils
		"$here/../neovim/test/install.sh" "$directory" >/dev/null || status=$?
		;;
	kate)
		install kate xvfb openbox xdotool imagemagick fonts-dejavu-core git
		;;
	*)
		echo "install.sh: do not know how to install $editor" >&2
		exit 2
		;;
	esac
done
exit "$status"
