"""1000 values asked from Python cost what the Rust call costs."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "benches"))

from against_rust import CASES, ratio  # noqa: E402


@pytest.mark.parametrize("what,expression", CASES)
def test_a_thousand_values_cost_at_most_1_3_times_the_rust_call(what, expression):
    # A busy machine gets three tries.
    assert any(ratio(what, expression)[0] < 1.3 for _ in range(3))
