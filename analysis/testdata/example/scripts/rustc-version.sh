#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Prints the version of the Rust compiler "$@" as one number, such as 108300 for
# 1.83.0, and 0 where there is none.
get_canonical_version()
{
	IFS=.-
	# shellcheck disable=SC2086 # the parts of the version are wanted apart
	set -- $1
	echo $((100000 * $1 + 100 * $2 + $3))
}

version=$("$@" --version 2>/dev/null) || { echo 0; exit 1; }
# shellcheck disable=SC2086 # the words of the version line are wanted apart
set -- $version
# shellcheck disable=SC2086 # and so are those of the number
get_canonical_version $2
