#!/usr/bin/env bash
# smoke.sh BINARY: what run.sh does with one Neovim, that of NVIM_BIN or the one on the
# PATH.
set -euo pipefail

exec "$(dirname "$0")/run.sh" "$1" "${NVIM_BIN:-nvim}"
