//! The tensor Dyson equation of the talk and its three solvers, which must agree.
//!
//! ```math
//! ([[−z, E𝒜ᵀ], [E𝒜, −ℐ]] − 𝒮(M))⁻¹ = M.
//! ```
//!
//! - [`literal`]: the block equation as it stands, with the full superoperator and `E𝒜`; small n, d, p.
//! - [`exchangeable`]: the same, reduced by the exchangeability of the samples; any n, and no dp × dp matrix.
//! - [`scalar`]: `m = 1/(−z + I(γ₁m))`, the talk's self-consistent equation.
//!
//! [`Ridge`] reads the test error of kernel ridge regression off the scalar one, [`RandomFeatureRidge`] that of random features averaged
//! over their weights; [`half_quenched()`] has the law of 𝒬 for structured data.

pub mod exchangeable;
mod half_quenched;
pub mod literal;
mod random_features;
mod ridge;
pub mod scalar;
mod superoperator;

pub use half_quenched::half_quenched;
pub use random_features::RandomFeatureRidge;
pub use ridge::Ridge;
pub use superoperator::superoperator;

use crate::linalg::LinalgError;
use crate::measure::{MpMapError, NotConverged, ResponseError};
use num_complex::Complex64;

/// Why the Dyson equation has no solution here.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum DysonError {
    /// z is not in the upper half plane.
    #[error("z is {z}: it must be finite with Im z above 0")]
    Point {
        /// Its value.
        z: Complex64,
    },
    /// The ridge is not positive.
    #[error("lambda is {lambda}: it must be a finite number above 0")]
    Ridge {
        /// Its value.
        lambda: f64,
    },
    /// There are no samples.
    #[error("n is 0: there must be at least one sample")]
    Samples,
    /// There are no features.
    #[error("p is 0: there must be at least one feature")]
    Features,
    /// Eigenvalues that are those of no covariance.
    #[error(
        "the variances are at least {smallest} and have the sum {total}: they must be finite, not negative and not all 0"
    )]
    Variances {
        /// The smallest, or 0.
        smallest: f64,
        /// Their sum.
        total: f64,
    },
    /// The iteration stopped.
    #[error(transparent)]
    NotConverged(#[from] NotConverged),
    /// The scalar equation failed.
    #[error(transparent)]
    Scalar(#[from] MpMapError),
    /// The response of 𝒬 failed.
    #[error(transparent)]
    Response(#[from] ResponseError),
    /// A linear solve failed.
    #[error(transparent)]
    Linalg(#[from] LinalgError),
}

fn checked_point(z: Complex64, n: usize) -> Result<(), DysonError> {
    if n == 0 {
        return Err(DysonError::Samples);
    }
    if !(z.is_finite() && z.im > 0.0) {
        return Err(DysonError::Point { z });
    }
    Ok(())
}

#[cfg(test)]
mod tests;
