"""Claims as a table."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._derive import Derivation

#: Kinds of evidence, strongest first.
_KINDS = ["proved", "exact", "enclosed", "rounding", "rate", "sampled"]


def _row(claim: dict[str, Any]) -> dict[str, Any]:
    kinds = [one["kind"] for one in claim["evidence"] if not one["cross_check"]]
    return {
        "id": claim["id"],
        "section": claim["section"],
        "slide": claim["slide"],
        "verdict": claim["verdict"],
        "printed": claim["printed"]["verdict"],
        "rests_on": max(kinds, key=_KINDS.index, default=None),
        "evidence": len(claim["evidence"]),
        "controls": len(claim["controls"]),
        "seconds": claim["seconds"],
        "statement": claim["statement"],
        "error": claim.get("error"),
    }


def table(settled: list[dict[str, Any]]) -> Any:
    rows = [_row(claim) for claim in settled]
    try:
        import pandas
    except ImportError:
        return rows
    return pandas.DataFrame(rows)


def claims(run: str | os.PathLike[str] | Derivation) -> Any:
    """The claims of a run, a row each.

    Parameters
    ----------
    run
        The JSON file of a derivation's run (``derivations --json FILE``, ``tensor-dyson derive model.toml --json FILE``),
        or a `Derivation`, whose claims are then settled at size ``"small"``.

    Returns
    -------
    pandas.DataFrame, or a list of dicts where pandas is not installed
        ``verdict`` (``holds``, ``refuted``, ``vacuous``, ``open``); what the ``printed`` formula is found to be; the
        weakest kind of evidence that the claim ``rests_on``; how many pieces of ``evidence`` and how many refuted
        ``controls`` it has; ``seconds``; ``statement``; the ``error`` that ended the check, if one did.

    Raises
    ------
    OSError, ValueError, KeyError
        For a file that cannot be read, is no JSON or no run.
    """
    if isinstance(run, (str, os.PathLike)):
        with open(run, encoding="utf-8") as file:
            return table(json.load(file)["claims"])
    return run.claims()
