#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Succeeds if the tools that Rust code needs are there, in versions that this tree
# can be built with. Says what is missing if they are not.
set -e

here=$(dirname "$0")

number()
{
	IFS=.
	# shellcheck disable=SC2086 # the parts of the version are wanted apart
	set -- $1
	echo $((100000 * $1 + 100 * $2 + $3))
}

give_up()
{
	echo >&2 "rust: $*"
	exit 1
}

if [ -z "${RUSTC+x}" ] || [ -z "${BINDGEN+x}" ] || [ -z "${CC+x}" ]; then
	give_up "to be called by make"
fi

command -v "$RUSTC" >/dev/null || give_up "no rustc"
command -v "$BINDGEN" >/dev/null || give_up "no bindgen"

rust_compiler_output=$(LC_ALL=C "$RUSTC" --version 2>/dev/null) || rust_compiler_code=$?
if [ -n "$rust_compiler_code" ]; then
	give_up "rustc fails"
fi
rust_compiler_version=$(echo "$rust_compiler_output" | sed -nE '1s/.*rustc ([0-9]+\.[0-9]+\.[0-9]+).*/\1/p')
if [ -z "$rust_compiler_version" ]; then
	give_up "rustc has no version"
fi
if [ "$(number "$rust_compiler_version")" -lt "$(number "$("$here"/min-tool-version.sh rustc)")" ]; then
	give_up "rustc is too old"
fi

rust_bindings_generator_output=$(LC_ALL=C "$BINDGEN" --version workaround-for-0.69.0 2>/dev/null) || rust_bindings_generator_code=$?
if [ -n "$rust_bindings_generator_code" ]; then
	give_up "bindgen fails"
fi
rust_bindings_generator_version=$(echo "$rust_bindings_generator_output" | sed -nE '1s/.*bindgen ([0-9]+\.[0-9]+\.[0-9]+).*/\1/p')
if [ -z "$rust_bindings_generator_version" ]; then
	give_up "bindgen has no version"
fi
if [ "$(number "$rust_bindings_generator_version")" -lt "$(number "$("$here"/min-tool-version.sh bindgen)")" ]; then
	give_up "bindgen is too old"
fi
bindgen_libclang_output=$(LC_ALL=C "$BINDGEN" "$here"/rust_is_available_bindgen_libclang.h 2>&1 >/dev/null) || bindgen_libclang_code=$?
if [ -n "$bindgen_libclang_code" ]; then
	give_up "bindgen has no libclang"
fi
bindgen_libclang_version=$(echo "$bindgen_libclang_output" | sed -nE 's/.*clang version ([0-9]+\.[0-9]+\.[0-9]+).*/\1/p')
if [ -z "$bindgen_libclang_version" ]; then
	give_up "libclang has no version"
fi
if [ "$(number "$bindgen_libclang_version")" -lt "$(number "$("$here"/min-tool-version.sh llvm)")" ]; then
	give_up "libclang is too old"
fi
# shellcheck disable=SC2086 # these are several words
rustc_src=$("$RUSTC" $KRUSTFLAGS --print sysroot)
rustc_src=${RUST_LIB_SRC:-"$rustc_src/lib/rustlib/src/rust/library"}
rustc_src_core=$rustc_src/core/src/lib.rs
if [ ! -e "$rustc_src_core" ]; then
	give_up "no sources of core"
fi
