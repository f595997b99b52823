#!/usr/bin/env bash
# deb-closure.sh SUITE DIRECTORY PACKAGE...: unpacks packages of another suite of
# Debian, with all that they need down to the C library, into a directory, and has
# their programs use what lies there. Nothing of the system is changed. So a newer
# Neovim or Helix runs on an older Debian. It takes the mirror that apt is set up
# with, and needs patchelf and readelf.
#
# Of "testing" and "unstable" a mirror may serve lists that are past their date;
# their signatures are checked all the same.
set -euo pipefail

if [ $# -lt 3 ]; then
	echo "usage: deb-closure.sh SUITE DIRECTORY PACKAGE..." >&2
	exit 2
fi
suite=$1
mkdir -p "$2"
directory=$(cd "$2" && pwd)
shift 2

case $(uname -m) in
x86_64) architecture=amd64 triplet=x86_64-linux-gnu loader=ld-linux-x86-64.so.2 ;;
aarch64) architecture=arm64 triplet=aarch64-linux-gnu loader=ld-linux-aarch64.so.1 ;;
*)
	echo "deb-closure.sh: not for $(uname -m)" >&2
	exit 2
	;;
esac
# A pipe to "head" would end apt-cache by a signal.
mirror=$(apt-cache policy | awk 'match($0, /https?:\/\/[^ ]+\/debian /) && !seen { print substr($0, RSTART, RLENGTH - 1); seen = 1 }')
if [ -z "$mirror" ]; then
	echo "deb-closure.sh: apt knows no mirror of Debian" >&2
	exit 2
fi

# An apt of its own, to which nothing is installed.
apt=$(mktemp -d)
trap 'rm -rf "$apt"' EXIT
chmod 755 "$apt"
mkdir -p "$apt"/etc/apt/{apt.conf.d,preferences.d,sources.list.d,trusted.gpg.d} \
	"$apt"/var/lib/apt/lists/partial "$apt"/var/cache/apt/archives/partial "$apt"/var/lib/dpkg
: >"$apt/var/lib/dpkg/status"
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main" >"$apt/etc/apt/sources.list"
cat >"$apt/apt.conf" <<CONF
Dir "$apt";
Dir::State::status "$apt/var/lib/dpkg/status";
APT::Architecture "$architecture";
APT::Architectures { "$architecture"; };
APT::Install-Recommends "false";
APT::Sandbox::User "root";
Acquire::Languages "none";
Acquire::Retries "3";
Acquire::Check-Valid-Until "false";
CONF
export APT_CONFIG=$apt/apt.conf
apt-get -qq update
apt-get -qq -y install --download-only "$@" >/dev/null

for package in "$apt"/var/cache/apt/archives/*.deb; do
	dpkg -x "$package" "$directory"
done
libraries=$directory/usr/lib/$triplet
interpreter=$libraries/$loader
[ -e "$interpreter" ] || interpreter=$(find "$directory" -name "$loader" -print -quit)
# The programs name the loader and find libraries by themselves: started through
# the loader instead, a program that executes itself anew would start the loader.
find "$directory/usr/bin" "$directory/usr/lib" -maxdepth 2 -type f -perm -100 ! -name '*.so*' | while read -r program; do
	if readelf -l "$program" 2>/dev/null | grep -q INTERP; then
		patchelf --set-interpreter "$interpreter" --force-rpath --set-rpath "$libraries:$directory/lib/$triplet" "$program"
	fi
done
