#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Prints the oldest version of a tool that this tree can be built with.
case "$1" in
gcc)
	echo 8.1.0
	;;
llvm)
	echo 15.0.0
	;;
rustc)
	echo 1.78.0
	;;
bindgen)
	echo 0.65.1
	;;
*)
	echo "$1: unknown tool" >&2
	exit 1
	;;
esac
