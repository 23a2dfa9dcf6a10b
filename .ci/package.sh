#!/usr/bin/env bash
# What would be published, and nothing else, builds and passes the tests.
set -euo pipefail
version=$(cargo pkgid | sed 's/.*[#@]//')
cargo package --locked --no-verify
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
tar -xzf "target/package/tensor-dyson-$version.crate" -C "$folder"
export CARGO_TARGET_DIR="$PWD/target" INSTA_UPDATE=no
cd "$folder/tensor-dyson-$version"
cargo test
