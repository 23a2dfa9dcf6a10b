"""Spectra of random matrices: laws with proved bounds, data matrices against noise, neural tangent kernels, proofs.

>>> from tensor_dyson import Law, spectrum, sample, derive
>>> law = Law("mp(0.5) [+] semicircle(1)")
>>> round(float(law.pdf(1.0)), 6)
0.264103
>>> value, bound = law.density([0.0, 1.0], bound=True)   # each with a proved bound of its error

Arrays are numpy's, float64 (complex128 for points of the plane), in any shape; others are converted, and those are
read where they lie.  What has no answer raises `Error`, a `ValueError` whose message has the numbers.  Long work runs
without the interpreter's lock, and Ctrl-C ends the wait for it.
"""

from ._derive import Derivation, derive
from ._frames import claims
from ._law import Law
from ._tensor_dyson import (
    Covariance,
    Error,
    Expression,
    Proof,
    Prover,
    Sample,
    Spectrum,
    Theory,
    hermite_data,
    tracy_widom,
)
from ._wrapped import network_kernel, sample, spectrum

__all__ = [
    "Covariance",
    "Derivation",
    "Error",
    "Expression",
    "Law",
    "Proof",
    "Prover",
    "Sample",
    "Spectrum",
    "Theory",
    "claims",
    "derive",
    "hermite_data",
    "network_kernel",
    "sample",
    "spectrum",
    "tracy_widom",
]
