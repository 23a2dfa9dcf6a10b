#!/usr/bin/env bash
# numpy reads what `tensor-dyson inspect --save` wrote, and finds the definitions in it.
set -euo pipefail
# apt's numpy belongs to apt's python, which need not be the first on the path.
with_numpy() {
  for python in python3 /usr/bin/python3; do
    "$python" -c 'import numpy' 2> /dev/null && return
  done
  return 1
}
for try in 1 2 3; do
  with_numpy && break
  (apt-get update -qq && apt-get install -y -qq python3-numpy > /dev/null) || sleep $((try * 5))
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cargo run --release --bin tensor-dyson -- inspect --activation relu --save "$folder/t.npz" > /dev/null
"$python" - "$folder/t.npz" << 'CHECK'
import sys, numpy as np
t = np.load(sys.argv[1])
n, d, p = t["X"].shape[0], *t["W"].shape
assert np.allclose(t["G"], t["W"] * t["a"] / np.sqrt(d))
a = t["A"].reshape(d * p, n)
assert np.allclose(a.T @ a, t["NTK"])
q = t["Q"].reshape(d * p, d * p)
assert np.allclose(np.linalg.eigvalsh(q), t["Q-eigenvalues"])
assert np.allclose(t["Q"], t["Q23"] + t["Q24"] + t["Qshift"] + t["Qmean"])
assert np.allclose(np.einsum("abce,kce->kab", t["Q"], t["Q-eigenvectors"]),
                   t["Q-eigenvalues"][:, None, None] * t["Q-eigenvectors"])
assert np.allclose(np.linalg.inv(t["NTK"] - (1 + 0.5j) * np.eye(n)), t["R11"])
assert np.isclose(np.trace(t["M11"]) / n, t["m"]) and t["M-residual"] < 1e-11
print("numpy read", len(t.files), "arrays")
CHECK
