#!/usr/bin/env bash
# The minimum version of Rust in Cargo.toml is not below that of any dependency. That the code itself uses nothing newer
# of the standard library is clippy's `incompatible_msrv`, which .ci/run denies.
set -euo pipefail
cargo metadata --format-version 1 --locked | python3 -c '
import json, sys
packages = json.load(sys.stdin)["packages"]
version = lambda p: tuple(map(int, (p["rust_version"] or "0").split("."))) + (0,) * 3
own = next(p for p in packages if p["name"] == "tensor-dyson")
newer = [p["name"] + " " + p["rust_version"] for p in packages if version(p)[:3] > version(own)[:3]]
print("minimum Rust", own["rust_version"], "of", len(packages), "packages; newer:", newer)
sys.exit(bool(newer))'
