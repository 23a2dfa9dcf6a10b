#!/usr/bin/env bash
# A library user compiles the library alone: it builds without the programs, with at most 60 % of all crates.
set -euo pipefail
crates() { cargo tree --locked -e normal,build --prefix none "$@" | sed 's/ .*//' | sort -u | wc -l; }
cargo check --lib --no-default-features
lean=$(crates --no-default-features)
whole=$(crates)
echo "$lean of $whole crates without the programs"
(( 100 * lean <= 60 * whole ))
