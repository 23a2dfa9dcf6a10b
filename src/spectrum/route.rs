//! The two ways to a spectrum, and why one is taken.

use std::fmt;

/// How the spectrum is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// All eigenvalues of the smaller Gram matrix.
    Dense,
    /// Lanczos and stochastic quadrature on products with the kernel, which is never formed.
    MatrixFree,
}

/// Why the route was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It was asked for.
    Asked,
    /// All features are 0.
    Nothing,
    /// All eigenvalues of so few rows are soon found.
    Few,
    /// All eigenvalues of so many rows take too long.
    Many,
    /// The dense matrix of so many bytes does not fit.
    TooLarge(u64),
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Route::Dense => "dense",
            Route::MatrixFree => "matrix-free",
        })
    }
}
