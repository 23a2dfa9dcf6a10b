"""Functions of arrays."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from . import _tensor_dyson as _native
from ._law import Law


def spectrum(
    x: ArrayLike,
    *,
    prepare: Literal["raw", "centred", "correlation"] = "centred",
    population: Law | str | None = None,
    sigma: float | None = None,
    level: float = 0.05,
    null: Literal["permutation", "signs"] = "permutation",
    copies: int = 99,
    most: int = 20,
    seed: int = 1,
) -> _native.Spectrum:
    """The sample covariance of a data matrix against the law of noise.

    Parameters
    ----------
    x : (n, p) array
        One sample a row.
    prepare
        ``"centred"``: S = X'X/(n-1) of the centred columns; ``"raw"``: X'X/n; ``"correlation"``: of standardised
        columns.
    population
        H, the law of the population's eigenvalues up to the noise variance, or its expression; none is noise without
        structure.
    sigma
        The noise's standard deviation, where it is known.
    level
        The probability with which noise alone may be taken for a component.
    null, copies
        Against how many copies the largest eigenvalue is tested, with shuffled columns (parallel analysis) or random
        signs; with 0 the Tracy-Widom law decides.
    most
        Components that are tested for at most.

    Returns
    -------
    Spectrum
        ``count``, ``variance``, ``edges``, ``spikes`` (rows: sample eigenvalue, population eigenvalue, its standard
        error, squared cosines of vectors and of scores), ``p_values`` (rows: eigenvalue, margin, Tracy-Widom, copies),
        ``threshold`` and ``shrunk_singular_values`` (Gavish and Donoho), ``shrunk`` (Ledoit and Wolf),
        ``population`` (El Karoui), ``law`` of the bulk; a figure in a notebook.

    Raises
    ------
    Error
        For data that are not finite, constant columns, too few rows or columns.
    """
    if isinstance(population, str):
        population = Law(population)
    return _native.spectrum(
        np.asarray(x, dtype=float),
        prepare=prepare,
        population=None if population is None else population._law,
        sigma=sigma,
        level=level,
        null=null,
        copies=copies,
        most=most,
        seed=seed,
    )


def sample(
    x: ArrayLike, w: ArrayLike, a: ArrayLike, activation: str = "derivative:identity"
) -> _native.Sample:
    """The spectrum of an NTK, ``(1/d) X X' o (1/p) F F'``, ``F = sigma'(X W / sqrt(d)) diag(a)``, against its limit law.

    Parameters
    ----------
    x : (n, d) array, one sample a row, with entries of mean 0 and variance 1
    w : (d, p) array with entries of variance 1
    a : (p,) array
    activation
        sigma (``relu``, ``tanh``, ``erf``, ``sigma:sin``, ``sigma:square``) or its derivative
        (``derivative:identity``, ``derivative:cos``, ``step``, ``hermite:c0,c1,...``).

    Returns
    -------
    Sample
        ``eigenvalues`` (n,) ascending, ``law``, ``kolmogorov`` distance, ``gamma1``, ``gamma2``, ``normalisation``.
    """
    arrays = (np.asarray(part, dtype=float) for part in (x, w, a))
    return _native.sample(*arrays, activation)


def network_kernel(
    x: ArrayLike,
    w: ArrayLike,
    a: ArrayLike,
    activation: str = "relu",
    *,
    output_layer: bool = True,
    bias: tuple[float, ArrayLike] | None = None,
    parametrisation: Literal["ntk", "standard"] = "ntk",
) -> tuple[np.ndarray, str]:
    """The tangent kernel of a network with one hidden layer, and its formula.

    Parameters
    ----------
    x, w, a : arrays (n, d), (d, p), (p,), with entries of variance 1 in either parametrisation
    activation
        As for `sample`; also ``"expr:x*tanh(x)"`` and ``"gelu"``, ``"silu"``, ``"softplus"``, ``"sigma:sigmoid"``.
    output_layer
        The output weights (and bias) have gradients as well: K2.
    bias : (beta, b), optional
        Biases ``beta * b`` inside of sigma.
    parametrisation
        ``"ntk"``, or ``"standard"``, where gradients are not divided by the roots of the widths.
    """
    arrays = (np.asarray(part, dtype=float) for part in (x, w, a))
    if bias is not None:
        bias = (float(bias[0]), np.asarray(bias[1], dtype=float))
    return _native.network_kernel(*arrays, activation, output_layer, bias, parametrisation)
