"""Claims of a derivation's run as a table."""

from __future__ import annotations

import json
import os
from typing import Any


def claims(path: str | os.PathLike[str]) -> Any:
    """The claims in the JSON of a run (``derivations --json FILE``), a row each.

    Returns
    -------
    pandas.DataFrame, or a list of dicts where pandas is not installed
        Columns ``id, section, slide, verdict, printed, evidence, controls, statement``.
    """
    with open(path, encoding="utf-8") as file:
        run = json.load(file)
    rows = [
        {
            "id": claim["id"],
            "section": claim["section"],
            "slide": claim["slide"],
            "verdict": claim["verdict"],
            "printed": claim["printed"]["verdict"],
            "evidence": len(claim["evidence"]),
            "controls": len(claim["controls"]),
            "statement": claim["statement"],
        }
        for claim in run["claims"]
    ]
    try:
        import pandas
    except ImportError:
        return rows
    return pandas.DataFrame(rows)
