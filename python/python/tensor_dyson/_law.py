"""`Law`: the calculus of laws, with a face like that of `scipy.stats`."""

from __future__ import annotations

from typing import Any, Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import _tensor_dyson as _native

_Real = Any  # a float for a scalar, an array for an array


def _given(answer: tuple[NDArray, NDArray], bound: bool) -> Any:
    value, error = (part[()] if part.ndim == 0 else part for part in answer)
    return (value, error) if bound else value


def _named(laws: Mapping[str, Any] | None) -> dict[str, Any]:
    def one(law: Any) -> Any:
        if isinstance(law, str):
            law = Law(law)
        return law._law if isinstance(law, Law) else np.asarray(law, dtype=float).ravel()

    return {name: one(law) for name, law in (laws or {}).items()}


class Law:
    """A probability law on the line with compact support.

    Parameters
    ----------
    expr : str
        ``mp(0.5)``, ``semicircle(1)``, ``uniform(0, 1)``, ``arcsine(-1, 1)``, ``point(2)``,
        ``atoms(1:0.5, 3:0.5)``, ``mix(0.3: mp(1), 0.7: point(0))``, ``mpmap(0.5, mp(1))``, ``power(2.5, mp(1))``,
        ``covariance(gamma2, alpha, beta, mean, atoms(...))``; images ``2 * mp(1) + 3``; operations ``[+]``
        (free sum), ``[x]`` (free product), ``*`` (classical convolution), ``[.]`` (product of independent variables).  No operation goes before another:
        parentheses say the order.
    laws : mapping of names to `Law`, to expressions or to arrays, optional
        Names that may stand in the expression; an array is the law of its entries.

    Raises
    ------
    Error
        Where the expression is no law; the message says where and why.
    """

    __slots__ = ("_law",)

    def __init__(self, expr: str, laws: Mapping[str, Any] | None = None) -> None:
        self._law = _native.Law(expr, _named(laws))

    @classmethod
    def _of(cls, native: Any) -> Law:
        law = cls.__new__(cls)
        law._law = native
        return law

    @classmethod
    def empirical(cls, values: ArrayLike) -> Law:
        """The law with mass 1/n at each of n values."""
        return cls._of(_native.Law.empirical(np.asarray(values, dtype=float).ravel()))

    @classmethod
    def from_samples(cls, x: ArrayLike, density: ArrayLike) -> Law:
        """The law whose density is linear between its values at the points x, scaled to mass 1."""
        return cls._of(_native.Law.from_samples(np.asarray(x, float), np.asarray(density, float)))

    @classmethod
    def polynomial(cls, expression: str, **variables: Any) -> Law:
        """The law of a selfadjoint polynomial or rational expression in free variables, with proved bounds.

        >>> law = Law.polynomial("a*b + b*a", a="semicircle(1)", b="mp(0.5)")

        Each variable is a `Law`, an expression or an array of eigenvalues.
        """
        return cls._of(_native.Law.polynomial(expression, _named(variables)))

    @classmethod
    def matrix_semicircle(cls, constant: ArrayLike, coefficients: ArrayLike) -> Law:
        """The law of ``A0 (x) 1 + sum_j A_j (x) s_j`` under ``tr (x) phi``, s_j free semicircular variables of variance 1.

        `constant` is A0, (n, n), `coefficients` the A_j, (k, n, n), all Hermitian. Values above the real axis and beside the
        support have proved bounds, the density inside an infinite one.
        """
        matrices = [np.asarray(a) for a in (constant, coefficients)]
        if any(np.iscomplexobj(a) for a in matrices):
            # A Hermitian matrix has the law of its real form of twice the size.
            matrices = [np.block([[a.real, -a.imag], [a.imag, a.real]]) for a in matrices]
        return cls._of(_native.Law._matrix_semicircle(*(np.ascontiguousarray(a, float) for a in matrices)))

    def stieltjes(self, z: ArrayLike, bound: bool = False) -> Any:
        """``s(z) = E 1/(x - z)`` for ``Im z >= 0``, on the real axis the limit from above.

        With ``bound=True`` the pair of values and proved bounds of their errors.  Where a single point of many has
        no value (an atom, or within rounding of an edge) it is NaN with an infinite bound, and a `RuntimeWarning`
        says why; if none has, that is the `Error`.
        """
        return _given(self._law._stieltjes(np.asarray(z, dtype=complex)), bound)

    def density(self, x: ArrayLike, bound: bool = False) -> _Real:
        """The density of the part without atoms, each value with a proved bound; as `stieltjes`."""
        return _given(self._law._density(np.asarray(x, dtype=float)), bound)

    def cdf(self, x: ArrayLike, bound: bool = False) -> _Real:
        """``F(x)``, the mass at or below x.

        Without bounds it is read off a series that is made once, to about 1e-10; with ``bound=True`` each value has a proved
        bound, from the logarithmic potential where that has a formula, else from an integral, which takes milliseconds a point.
        """
        points = np.asarray(x, dtype=float)
        if bound:
            return _given(self._law._cumulative(points), True)
        return _given(self._law._distribution(points), False)

    def quantile(self, p: ArrayLike, bound: bool = False) -> _Real:
        """The least x with ``F(x) >= p``, for p from 0 to 1.

        Without bounds up to the error of `cdf`; with ``bound=True`` each place has a proved bound, by values of F on both
        its sides, which takes some ten milliseconds a point.
        """
        return _given(self._law._quantile(np.asarray(p, dtype=float), bound), bound)

    def rvs(self, size: int | tuple[int, ...] = 1, seed: int = 1) -> NDArray[np.float64]:
        """Independent draws, by quantiles of uniform numbers; the same seed gives the same numbers."""
        shape = (size,) if isinstance(size, int) else tuple(size)
        return self._law._rvs(int(np.prod(shape)), seed).reshape(shape)

    def moments(self, count: int) -> NDArray[np.float64]:
        """``E x^k`` for k = 0, ..., count."""
        return self._law.moments(count)

    def free_cumulants(self, count: int) -> NDArray[np.float64]:
        """The free cumulants of orders 1, ..., count; those of a free sum add."""
        return self._law.free_cumulants(count)

    def r_transform(self, g: float) -> tuple[float, float]:
        """``R(g)`` with its bound; that of a free sum is the sum."""
        return self._law.r_transform(g)

    def s_transform(self, y: float) -> tuple[float, float]:
        """``S(y)`` with its bound; that of a free product is the product."""
        return self._law.s_transform(y)

    def subordination(self, z: complex) -> list[tuple[complex, float]]:
        """The subordination functions of a free convolution at z, ``Im z >= 0``, each with its bound.

        ``s(z) = s_1(w_1) = s_2(w_2)`` for a free sum; none for a law that is no free convolution.
        """
        z = complex(z)
        return [(complex(re, im), bound) for re, im, bound in self._law._subordination(z.real, z.imag)]

    @property
    def atoms(self) -> list[tuple[float, float]]:
        """Places and masses of the atoms, by theory."""
        return self._law.atoms()

    @property
    def intervals(self) -> list[tuple[float, float]]:
        """The intervals of the support without isolated atoms."""
        return self._law.support()

    def support(self) -> tuple[float, float]:
        """The lowest and the highest point of the support, as in `scipy.stats`."""
        ends = [end for interval in self.intervals for end in interval]
        ends += [at for at, _ in self.atoms]
        return min(ends), max(ends)

    # The names of scipy.stats.

    def pdf(self, x: ArrayLike) -> _Real:
        """`density`, for the names of `scipy.stats`."""
        return self.density(x)

    def ppf(self, q: ArrayLike) -> _Real:
        """`quantile`, likewise."""
        return self.quantile(q)

    def sf(self, x: ArrayLike) -> _Real:
        """``1 - cdf(x)``."""
        return 1.0 - self.cdf(x)

    def mean(self) -> float:
        """``E x``."""
        return float(self.moments(1)[1])

    def var(self) -> float:
        """``E x^2 - (E x)^2``."""
        return float(self.free_cumulants(2)[1])

    def std(self) -> float:
        """The root of the variance."""
        return self.var() ** 0.5

    def median(self) -> float:
        """The least x with ``F(x) >= 1/2``."""
        return float(self.quantile(0.5))

    def moment(self, order: int) -> float:
        """``E x^order``."""
        return float(self.moments(order)[order])

    def interval(self, confidence: float) -> tuple[float, float]:
        """The quantiles between which ``confidence`` of the mass lies, as much below as above."""
        tail = 0.5 * (1.0 - confidence)
        return float(self.quantile(tail)), float(self.quantile(1.0 - tail))

    # Operations.

    def free_sum(self, other: Law) -> Law:
        """``self [+] other``."""
        return Law._of(self._law.free_sum(other._law))

    def free_product(self, other: Law) -> Law:
        """``self [x] other``."""
        return Law._of(self._law.free_product(other._law))

    def classical(self, other: Law) -> Law:
        """``self * other``: the law of the sum of independent variables."""
        return Law._of(self._law.classical(other._law))

    def classical_product(self, other: Law) -> Law:
        """``self [.] other``: the law of the product of independent variables."""
        return Law._of(self._law.classical_product(other._law))

    def free_power(self, exponent: float) -> Law:
        """``power(exponent, self)``: free cumulants times ``exponent``, from 1 on."""
        return Law._of(self._law.free_power(exponent))

    def free_compression(self, share: float) -> Law:
        """The law of a corner, of ``share`` of the dimension, of a large matrix of this law in general position."""
        return Law._of(self._law.free_compression(share))

    def nearest_meixner(self) -> Law:
        """``meixner(self)``: the free Meixner law with the first four moments of this one."""
        return Law._of(self._law.nearest_meixner())

    def free_decompression(self, share: float) -> Law:
        """``decompress(share, self)``: the law of a large matrix of whose corner, of ``share`` of the dimension, this is the law.

        Known for free Meixner laws: of the eigenvalues of a submatrix take ``nearest_meixner()`` first.
        """
        return Law._of(self._law.free_decompression(share))

    def mp_map(self, gamma: float) -> Law:
        """``mpmap(gamma, self)``, the Marchenko-Pastur map."""
        return Law._of(self._law.mp_map(gamma))

    def __mul__(self, scale: float) -> Law:
        if not np.isscalar(scale):
            return NotImplemented
        return Law._of(self._law._affine(float(scale), 0.0))

    __rmul__ = __mul__

    def __add__(self, shift: float) -> Law:
        if not np.isscalar(shift):
            return NotImplemented
        return Law._of(self._law._affine(1.0, float(shift)))

    __radd__ = __add__

    def __str__(self) -> str:
        return str(self._law)

    def __repr__(self) -> str:
        return repr(self._law)

    def _repr_svg_(self) -> str:
        return self._law._repr_svg_()

    def plot(self, ax: Any = None, points: int = 400) -> Any:
        """Draws the density on matplotlib's axes (new ones if not given) and returns them; atoms are stems.

        ``points`` of each interval of the support, closer towards its ends.  Without matplotlib a notebook shows the law
        itself as a figure.
        """
        if ax is None:
            from matplotlib import pyplot

            ax = pyplot.subplots()[1]
        for low, high in self.intervals:
            share = np.sin(0.5 * np.pi * (np.arange(points) + 0.5) / points) ** 2
            x = low + (high - low) * share
            ax.plot(x, self.density(x), color="C0")
        for at, mass in self.atoms:
            ax.vlines(at, 0.0, mass, color="C1")
            ax.plot([at], [mass], "o", color="C1")
        ax.set_xlabel("x")
        ax.set_ylabel("density (atoms: mass)")
        ax.set_title(str(self))
        return ax
