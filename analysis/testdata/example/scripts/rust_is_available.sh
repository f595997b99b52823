#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Succeeds if the tools that Rust code needs are there.
command -v "${RUSTC:-rustc}" >/dev/null && command -v "${BINDGEN:-bindgen}" >/dev/null
