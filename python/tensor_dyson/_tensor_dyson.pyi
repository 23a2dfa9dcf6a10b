"""The compiled part; its faces are in `tensor_dyson`."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

import tensor_dyson

_Floats = NDArray[np.float64]
_Bounded = tuple[_Floats, _Floats]

class Error(ValueError):
    """What was asked has no answer, or is refused; the message says why, with its numbers."""

class Law:
    def __init__(self, expr: str, laws: Mapping[str, Any] | None = None) -> None: ...
    @staticmethod
    def empirical(values: _Floats) -> Law: ...
    @staticmethod
    def from_samples(x: _Floats, density: _Floats) -> Law: ...
    def _stieltjes(self, z: NDArray[np.complex128]) -> tuple[NDArray[np.complex128], _Floats]: ...
    def _density(self, x: _Floats) -> _Bounded: ...
    def _cumulative(self, x: _Floats) -> _Bounded: ...
    def _distribution(self, x: _Floats) -> _Bounded: ...
    def _quantile(self, p: _Floats) -> _Bounded: ...
    def _rvs(self, count: int, seed: int) -> _Floats: ...
    def _affine(self, scale: float, shift: float) -> Law: ...
    def moments(self, count: int) -> _Floats: ...
    def free_cumulants(self, count: int) -> _Floats: ...
    def r_transform(self, g: float) -> tuple[float, float]: ...
    def s_transform(self, y: float) -> tuple[float, float]: ...
    def support(self) -> list[tuple[float, float]]: ...
    def atoms(self) -> list[tuple[float, float]]: ...
    def mp_map(self, gamma: float) -> Law: ...
    def free_sum(self, other: Law) -> Law: ...
    def free_product(self, other: Law) -> Law: ...
    def classical(self, other: Law) -> Law: ...
    def _repr_svg_(self) -> str: ...

class Spectrum:
    """What `spectrum` found in a data matrix."""

    @property
    def eigenvalues(self) -> _Floats:
        """The min(N, p) eigenvalues of S that are not 0 by its shape, descending."""
    @property
    def shrunk(self) -> _Floats:
        """Ledoit and Wolf's p eigenvalues (2020)."""
    @property
    def law(self) -> tensor_dyson.Law:
        """The law of the bulk at the fitted variance."""
    @property
    def variance(self) -> float: ...
    @property
    def variance_error(self) -> float: ...
    @property
    def variance_from_median(self) -> float: ...
    @property
    def edges(self) -> tuple[float, float]: ...
    @property
    def count(self) -> int:
        """Components: by the copies, or by the Tracy-Widom law where there are none."""
    @property
    def count_tracy_widom(self) -> int: ...
    @property
    def count_copies(self) -> int | None: ...
    @property
    def below(self) -> int | None: ...
    @property
    def kolmogorov(self) -> float: ...
    @property
    def p_values(self) -> _Floats:
        """Rows: eigenvalue, margin, p by Tracy and Widom, p by copies (NaN where none were drawn)."""
    @property
    def spikes(self) -> _Floats:
        """Rows: sample, population, its standard error, squared cosine of vectors, of scores."""
    @property
    def threshold(self) -> float | None: ...
    @property
    def threshold_from_median(self) -> float | None: ...
    @property
    def shrunk_singular_values(self) -> _Floats:
        """Rows: singular value, and shrunk for the Frobenius, the operator and the nuclear norm."""
    @property
    def population(self) -> tuple[_Floats, _Floats] | None:
        """Places and masses."""
    def _repr_svg_(self) -> str: ...

class Covariance:
    """The covariance Q of ``x (x) D sigma'(G'x)`` for given W (d, p) and a (p,)."""

    def __init__(self, w: _Floats, a: _Floats, activation: str = "derivative:identity") -> None: ...
    def eigenvalues(self) -> _Floats:
        """The dp eigenvalues; for weights of one size and c0 = 0."""
    def law(self) -> tensor_dyson.Law: ...
    def dense(self) -> _Floats:
        """Q as an array of shape (d, p, d, p)."""
    def apply(self, m: _Floats) -> _Floats:
        """Q applied to a d x p matrix."""

class Sample:
    """What `sample` found."""

    @property
    def eigenvalues(self) -> _Floats: ...
    @property
    def law(self) -> tensor_dyson.Law: ...
    @property
    def gamma1(self) -> float: ...
    @property
    def gamma2(self) -> float: ...
    @property
    def kolmogorov(self) -> float: ...
    @property
    def normalisation(self) -> str: ...

def spectrum(
    x: _Floats,
    *,
    prepare: str = "centred",
    population: Law | None = None,
    sigma: float | None = None,
    level: float = 0.05,
    null: str = "permutation",
    copies: int = 99,
    most: int = 20,
    seed: int = 1,
) -> Spectrum: ...
def sample(x: _Floats, w: _Floats, a: _Floats, activation: str = "derivative:identity") -> Sample: ...
def network_kernel(
    x: _Floats,
    w: _Floats,
    a: _Floats,
    activation: str,
    output_layer: bool,
    bias: tuple[float, _Floats] | None,
    parametrisation: str,
) -> tuple[_Floats, str]: ...
def hermite_data(activation: str) -> tuple[float, float, float]:
    """``(c0, alpha, beta)`` of the derivative of an activation: its mean, its linear part, the root of its mean square."""

def tracy_widom(s: float) -> float:
    """``F_1(s)``, the Tracy-Widom law of real matrices, to about 1e-13."""
