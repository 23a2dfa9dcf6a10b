"""The notebook runs from top to bottom, its assertions hold, and the page of the docs is what it shows."""

import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from page import FIGURES, PAGE, executed, page  # noqa: E402

NUMBER = re.compile(r"-?\d+\.\d+(?:e[-+]?\d+)?")


@pytest.fixture(scope="module")
def shown():
    return page(executed())


def test_the_tour_runs_and_draws(shown):
    _, figures = shown
    assert len(figures) >= 3 and all(svg.startswith("<svg") for svg in figures.values())


def test_the_page_is_the_notebook_executed(shown):
    text, figures = shown
    written = PAGE.read_text(encoding="utf-8")
    assert NUMBER.sub("#", written) == NUMBER.sub("#", text), "run python/page.py"
    found, wanted = (NUMBER.findall(part) for part in (text, written))
    # Bounds, below 1e-9, are of the machine's rounding.
    assert [float(x) for x in found] == pytest.approx([float(x) for x in wanted], rel=1e-5, abs=1e-9)
    assert {path.name for path in FIGURES.glob("*.svg")} == set(figures)
