//! The limit law of the covariance 𝒬 of the talk, nonlinearity and weights included.
//!
//! The resolvent of 𝒬 reduces to d×d matrices by Woodbury's identity: with the eigenvalues `k_i` of `K(t)`, exactly
//!
//! ```math
//! log det(1 + t𝒬) = d Σ_b log(1 + tc a_b²) + Σ_{i≤j} log(1 + k_i + k_j),
//! ```
//!
//! and `I(t)` is its derivative over pd. In the limit the double sum becomes a line integral, see
//! [`WeightedCovariance`].

use crate::measure::RatioError;
use crate::measure::atoms::Atoms;
use crate::measure::response::Response;
use crate::numerals::as_written as number;

mod discs;
mod kernel;
mod kinks;
mod law;
mod line;
mod panel_discs;
mod panels;
mod potential;
mod response;
mod response_disc;
mod roots;
mod support;

pub(crate) use law::closed_form;

/// The law of 𝒬 in the limit `d, p → ∞`, `p/d → γ₂`, known through its response. With `G = W D/√d` (d×p), ν the law of the
/// squared weights and `c = β² − α² − c₀²`, and with `K(t) = tα² G (1 + tcD²)⁻¹ Gᵀ` (d×d),
///
/// ```math
/// 𝒬 = α² (τ₂₃(I⊗GᵀG) + τ₂₄(G⊗G)) + c τ₂₃(I⊗D²),
/// I(t) = ∫ c x/(1+tcx) dν(x) + ρ₀ q(−1) − (1/2πi) ∮ q(v) g̃(−1−v) dv,
/// g = 1/(−v + γ₂ ∫ τ/(1+τg) dν),   τ = tα²x/(1+tcx),
/// q = ∫ ∂_tτ · g/(1+τg) dν,   g̃(v) = g(v) + ρ₀/v,
/// ```
///
/// g being the Stieltjes transform of K(t), ρ₀ its mass at 0, and γ₂q the trace of `K′(K−v)⁻¹`: the
/// logarithmic potential of K is stationary in g, so that only τ is differentiated. The contour is a line
/// through −½ that separates the spectrum of K from its mirror image under `v ↦ −1−v`. Towards the
/// support of 𝒬 the two close in on the line, but on it the integrand stays analytic but for a few branch
/// points beside it, and panels graded towards those resolve them however near they are.
///
/// Slide 'Main result'. For squared weights all 1 the law is `α²[(γ₂/2) μ*μ + (1−γ₂) μ + (γ₂/2) δ₀] + c`, `μ = MP^{γ₂}`.
#[derive(Clone, Debug, PartialEq)]
pub struct WeightedCovariance {
    gamma: f64,
    alpha_squared: f64,
    shift: f64,
    weights: Atoms,
}

/// Why the coefficients describe no covariance.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum WeightedCovarianceError {
    /// γ₂ is not a positive number.
    #[error(transparent)]
    Ratio(#[from] RatioError),
    /// A coefficient is not a number, or so large that powers of it are none.
    #[error(
        "alpha is {}, beta {}, mean {}: they must be numbers of modulus at most {LARGEST:e}",
        number(*alpha),
        number(*beta),
        number(*mean)
    )]
    Coefficient {
        /// α.
        alpha: f64,
        /// β.
        beta: f64,
        /// c₀.
        mean: f64,
    },
    /// No function has such Hermite coefficients: `β² ≥ α² + c₀²` is Bessel's inequality.
    #[error(
        "beta² = {beta_squared} is below alpha² + mean² = {least}: no function has such coefficients"
    )]
    Bessel {
        /// β².
        beta_squared: f64,
        /// α² + c₀².
        least: f64,
    },
}

/// The largest coefficient: fourth powers of it, and products of those with a weight, are far from overflow.
const LARGEST: f64 = 1e30;

impl WeightedCovariance {
    /// The law for `p/d → gamma`, Hermite data `alpha = E zφ`, `beta² = E φ²`, `mean = E φ`, and the
    /// law `weights` of the squared weights.
    ///
    /// # Errors
    /// [`WeightedCovarianceError`] names the coefficient that is refused.
    pub fn new(
        gamma: f64,
        alpha: f64,
        beta: f64,
        mean: f64,
        weights: Atoms,
    ) -> Result<Self, WeightedCovarianceError> {
        RatioError::check("gamma2", gamma)?;
        if ![alpha, beta, mean].iter().all(|x| x.abs() <= LARGEST) {
            return Err(WeightedCovarianceError::Coefficient { alpha, beta, mean });
        }
        let beta_squared = beta * beta;
        let least = alpha * alpha + mean * mean;
        // Each square is rounded, and so is their sum; β may be a rounded root. In all less than 3ε β².
        let rounding = 4.0 * f64::EPSILON * least;
        if beta_squared - least < -rounding {
            return Err(WeightedCovarianceError::Bessel {
                beta_squared,
                least,
            });
        }
        let shift = beta_squared - least;
        Ok(Self {
            gamma,
            alpha_squared: alpha * alpha,
            shift: if shift <= rounding { 0.0 } else { shift },
            weights,
        })
    }

    /// `c = β² − α² − c₀²`, the coefficient of `τ₂₃(I⊗D²)`; 0 where it is below the rounding of its terms.
    pub fn shift(&self) -> f64 {
        self.shift
    }

    /// γ₂.
    pub(crate) fn ratio(&self) -> f64 {
        self.gamma
    }

    /// α and β of the same law with `c₀ = 0`.
    pub(crate) fn coefficients(&self) -> (f64, f64) {
        let squared = self.alpha_squared;
        (squared.sqrt(), (squared + self.shift).sqrt())
    }

    /// α².
    pub(crate) fn alpha_squared(&self) -> f64 {
        self.alpha_squared
    }

    /// The rank of G over d: `min(1, γ₂(1−ν{0}))`.
    fn rank(&self) -> f64 {
        (self.gamma * (1.0 - self.weights.mass_at_zero())).min(1.0)
    }

    /// The law of the squared weights.
    pub(crate) fn weights(&self) -> &Atoms {
        &self.weights
    }
}

#[cfg(test)]
mod tests;
