#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Prints the version of the Rust compiler "$@" as one number, such as 108300 for
# 1.83.0, and 0 where there is none.
version=$("$@" --version 2>/dev/null) || version=
# shellcheck disable=SC2086 # the words of the version line are wanted apart
set -- $version
case ${2-} in
[0-9]*.[0-9]*.[0-9]*) ;;
*) echo 0 && exit ;;
esac
IFS=.-
# shellcheck disable=SC2086 # and the parts of the number too
set -- $2
echo $((100000 * $1 + 100 * $2 + $3))
