"""What 1000 densities or quantiles cost from Python, in calls of the Rust library with the same points.

``python benches/against_rust.py`` prints a line a case; ``tests/test_speed.py`` holds each to 1.3.
"""

import time

import numpy as np

from tensor_dyson import Law
from tensor_dyson import _tensor_dyson as native

POINTS = 1000
CASES = [
    (what, expression)
    for what in ("density", "quantile")
    for expression in (
        "mp(0.5)",
        "mp(0.5) [+] semicircle(1)",
        "mp(0.5) [x] atoms(1:0.5, 3:0.5)",
        "mpmap(0.5, covariance(1.5, 0.7, 0.95, 0.3, atoms(1:1)))",
    )
]


def ratio(what, expression, runs=9, seconds=0.5):
    """Shortest time from Python over the shortest of the Rust call, and both in seconds; fewer runs where each is long."""
    law = Law(expression)
    if what == "density":
        low, high = law.support()
        points = low + (high - low) * (np.arange(POINTS) + 0.5) / POINTS
        call = law.density
    else:
        points = (np.arange(POINTS) + 0.5) / POINTS
        call = law.quantile
    call(points)
    python, rust = [], []
    begun = time.perf_counter()
    # Side by side, so that both see the same machine.
    while len(python) < 2 or (len(python) < runs and time.perf_counter() - begun < seconds):
        start = time.perf_counter()
        call(points)
        python.append(time.perf_counter() - start)
        rust.append(native._seconds(law._law, what, points))
    return min(python) / min(rust), min(python), min(rust)


def main():
    for what, expression in CASES:
        found, python, rust = ratio(what, expression)
        print(f"{what:9} {1e3 * python:8.3f} ms   Rust {1e3 * rust:8.3f} ms   ratio {found:5.3f}   {expression}")


if __name__ == "__main__":
    main()
