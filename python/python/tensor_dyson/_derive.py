"""`derive`: a model in index notation, and all that follows from it."""

from __future__ import annotations

import json
import os
from typing import Any, Literal, Sequence

from . import _tensor_dyson as _native
from ._frames import table


class Derivation:
    """What was derived of a model: `derive` makes one. A notebook shows ``E ω`` and ``Cov ω`` as formulas."""

    __slots__ = ("_derivation",)

    def __init__(self, native: _native.Derivation) -> None:
        self._derivation = native

    @property
    def title(self) -> str:
        """What the model is called."""
        return self._derivation.title

    @property
    def lines(self) -> list[str]:
        """The feature, its mean, its covariance and, where it is one, the covariance as a sum of braids."""
        return self._derivation.lines

    @property
    def mean(self) -> _native.Expression:
        """``E ω``, derived for every dimension."""
        return self._derivation.mean

    @property
    def covariance(self) -> _native.Expression:
        """``Cov ω``, derived for every dimension."""
        return self._derivation.covariance

    @property
    def braids(self) -> str | None:
        """The covariance as a sum of braids of Kronecker products, None where a term is no such product."""
        return self._derivation.braids

    @property
    def names(self) -> list[str]:
        """The names of the claims that the model makes."""
        return self._derivation.names

    def settle(
        self,
        size: Literal["small", "standard", "large"] = "small",
        seed: int = 1,
        only: Sequence[str] | None = None,
    ) -> list[dict[str, Any]]:
        """Settles the claims, or those named: for each all that a run writes to its JSON file.

        ``size`` is how much work it may be: seconds, under a minute, minutes.  The same seed gives the same numbers.
        Each has a verdict, evidence and the controls that the same code must refute.
        """
        names = None if only is None else list(only)
        return json.loads(self._derivation._settled(size, seed, names))

    def claims(
        self,
        size: Literal["small", "standard", "large"] = "small",
        seed: int = 1,
        only: Sequence[str] | None = None,
    ) -> Any:
        """Settles the claims as `settle`, as a table: a `pandas.DataFrame` with the columns of `tensor_dyson.claims`."""
        return table(self.settle(size, seed, only))

    def _repr_latex_(self) -> str:
        return self._derivation._repr_latex_()

    def __str__(self) -> str:
        return str(self._derivation)

    def __repr__(self) -> str:
        return repr(self._derivation)


def derive(model: str | os.PathLike[str]) -> Derivation:
    """Derives mean and covariance of a model's feature, proved for every dimension, and the claims that follow.

    Parameters
    ----------
    model
        The model as TOML, or the file that holds it: a ``pathlib.Path``, or a text of one line without ``=``.  Its form
        stands in docs/models.md.

    Raises
    ------
    Error
        For a model that cannot be read, with line and column, or a feature that the calculus does not take.
    OSError
        For a file that cannot be read.
    """
    if isinstance(model, os.PathLike) or not ("=" in model or "\n" in model):
        with open(model, encoding="utf-8") as file:
            model = file.read()
    return Derivation(_native.derive(model))
