#!/usr/bin/env bash
# `tensor-dyson new` in a clean directory: the crate's two commands pass as they are.
set -euo pipefail
target=$(pwd)/target
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cargo run --release --bin tensor-dyson -- new "$folder/my-paper"
cp Cargo.lock "$folder/my-paper/"
cd "$folder/my-paper"
export CARGO_TARGET_DIR="$target" INSTA_UPDATE=no
cargo run --release
test -s report/index.html
cargo test
