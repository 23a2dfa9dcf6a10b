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

use num_complex::Complex64;

use crate::measure::arithmetic::ball::Ball;
use crate::measure::atoms::Atoms;
use crate::measure::law::error::number;
use crate::measure::response::{Jet, Response, ResponseError};

mod discs;
mod law;
mod line;
mod node;
mod panel_discs;
mod panels;
mod response_disc;
mod support;

pub(crate) use law::closed_form;

use line::Line;
use node::{Kernel, Weight};
use panels::integrate;

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
    #[error("gamma2 is {gamma}: it must be a finite number above 0")]
    Gamma {
        /// Its value.
        gamma: f64,
    },
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
        if !(gamma.is_finite() && gamma > 0.0) {
            return Err(WeightedCovarianceError::Gamma { gamma });
        }
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

    /// The law of the squared weights.
    pub(crate) fn weights(&self) -> &Atoms {
        &self.weights
    }

    /// The weights τ with their t-derivatives.
    fn transformed(&self, t: Complex64) -> Vec<Weight> {
        let c = self.shift;
        self.weights
            .at()
            .iter()
            .zip(self.weights.mass())
            .filter(|(x, _)| **x > 0.0)
            .map(|(&x, &mass)| {
                let below = (1.0 + t * c * x).inv();
                let loss = 1.0 + (1.0 + (t * c * x).norm()) * below.norm();
                let first = self.alpha_squared * x * below * below;
                Weight {
                    mass,
                    tau: t * self.alpha_squared * x * below,
                    first,
                    second: -2.0 * c * x * first * below,
                    loss,
                }
            })
            .collect()
    }

    /// The diagonal part `∫ cx/(1+tcx) dν` and its derivative, with the rounding of the value.
    fn diagonal(&self, t: Complex64) -> (Jet, f64) {
        let mut jet = Jet {
            value: Complex64::new(0.0, 0.0),
            derivative: Complex64::new(0.0, 0.0),
        };
        let mut error = 0.0;
        for (&x, &mass) in self.weights.at().iter().zip(self.weights.mass()) {
            let below = 1.0 + t * self.shift * x;
            let term = self.shift * x / below;
            jet.value += mass * term;
            jet.derivative -= mass * term * term;
            // 1 + tcx is rounded to ε(1 + |tcx|).
            let loss = 1.0 + (1.0 + (t * self.shift * x).norm()) / below.norm();
            error += 4.0 * f64::EPSILON * mass * term.norm() * loss;
        }
        (jet, error)
    }
}

/// A side of the support.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Side {
    Above,
    Below,
}

/// Below this share of |t|, Im t is left to the first order of Taylor's series about the axis outside the
/// support: the second is of the size of its square.
const NEARLY_REAL: f64 = 1e-9;
/// The share of |t| by which t is lifted off the axis where the line cannot be vertical.
const LIFT: f64 = 1e-10;

impl WeightedCovariance {
    /// The integral over the line of angle ψ.
    fn along(&self, t: Complex64, psi: f64) -> Result<(Jet, f64), ResponseError> {
        let (mut jet, mut error) = self.diagonal(t);
        let weights = self.transformed(t);
        if self.alpha_squared == 0.0 || weights.is_empty() {
            return Ok((jet, error));
        }
        let kernel = self.kernel(&weights);
        let line = Line::new(&kernel, psi);
        let lost = |at| ResponseError::Inner { t, at };
        let [above, below, before] = line.ends().ok_or(lost(line.point(f64::INFINITY)))?;
        let sum = integrate(&line, [above, below], t)?;
        jet.value += sum.value;
        jet.derivative += sum.derivative;
        error += sum.error;
        if kernel.pole > 0.0 {
            let at = Complex64::new(-1.0, 0.0);
            let node = line.node(line.follow(before, at).ok_or(lost(at))?);
            jet.value += kernel.pole * node.q;
            jet.derivative += kernel.pole * node.dq;
            error += kernel.pole * node.q_error;
        }
        Ok((jet, error + 4.0 * f64::EPSILON * jet.value.norm()))
    }

    fn kernel<'a>(&self, weights: &'a [Weight]) -> Kernel<'a> {
        Kernel {
            gamma: self.gamma,
            weights,
            pole: 1.0 - self.rank(),
        }
    }

    /// The rank of G over d: `min(1, γ₂(1−ν{0}))`.
    fn rank(&self) -> f64 {
        (self.gamma * (1.0 - self.weights.mass_at_zero())).min(1.0)
    }

    /// For real t < 0, on which side of the support −1/t lies; [`Side::Below`] leaves out an atom at 0.
    ///
    /// There `1 + tcx` has one sign for all weights `x > 0`, and K's spectrum lies above −½.
    fn side(&self, t: f64) -> Option<Side> {
        let weights = self.weights.at().iter().filter(|x| **x > 0.0);
        let mut below = weights.map(|x| 1.0 + t * self.shift * x);
        let side = if below.clone().all(|x| x > 0.0) {
            Side::Above
        } else if below.all(|x| x < 0.0) {
            return Some(Side::Below);
        } else {
            return None;
        };
        let is_above = self
            .kernel(&self.transformed(Complex64::from(t)))
            .is_above();
        is_above.then_some(side)
    }

    /// For t near the negative axis and −1/t beside the support, the vertical line, which separates there, and the
    /// linear term in Im t.
    fn vertical(&self, t: Complex64) -> Option<Result<Jet, ResponseError>> {
        self.side(t.re)?;
        Some(self.along(Complex64::from(t.re), 0.0).map(|(jet, _)| {
            let value = jet.value + Complex64::new(0.0, t.im) * jet.derivative;
            Jet { value, ..jet }
        }))
    }
}

impl Response for WeightedCovariance {
    fn response(&self, t: Complex64) -> Result<Jet, ResponseError> {
        // −0 would turn the line by a right angle.
        let t = t + 0.0;
        if t.im < 0.0 {
            let jet = self.response(t.conj())?;
            let (value, derivative) = (jet.value.conj(), jet.derivative.conj());
            return Ok(Jet { value, derivative });
        }
        if t.re >= 0.0 || t.im > NEARLY_REAL * t.re.abs() {
            return Ok(self.along(t, 0.5 * t.arg())?.0);
        }
        if let Some(found) = self.vertical(t) {
            return found;
        }
        // In a gap of the support, or in it: t itself where it is off the axis.
        let height = t.im.max(LIFT * t.re.abs());
        let lifted = Complex64::new(t.re, height);
        let (mut jet, error) = self.along(lifted, 0.5 * lifted.arg())?;
        if t.im < height {
            jet.value += Complex64::new(0.0, t.im - height) * jet.derivative;
        }
        if t.im == 0.0 {
            // In a gap I is real, and what is left of Im I is of third order in the height.
            if jet.value.im.abs() > 1e-6 * height * jet.derivative.norm() + error {
                return Err(ResponseError::InSupport { t: t.re });
            }
            jet.value.im = 0.0;
            jet.derivative.im = 0.0;
        }
        Ok(jet)
    }

    /// With a proved bound, from [`WeightedCovariance`]'s integral on discs around the line.
    fn response_with_error(&self, t: Complex64) -> Result<(Jet, Option<f64>), ResponseError> {
        let jet = self.response(t)?;
        let upper = Complex64::new(t.re, t.im.abs());
        let found = self.response_disc(Ball::exact(upper))?;
        Ok((
            jet,
            found.map(|found| {
                let value = if t.im < 0.0 {
                    jet.value.conj()
                } else {
                    jet.value
                };
                found.value.distance(value)
            }),
        ))
    }

    /// `ν{0}` where `c > 0`; for `c = 0` the kernel of `M ↦ MGᵀG + GMᵀG` as well: with
    /// `r = min(1, γ₂(1−ν{0}))` the relative rank of G, `1 − (1 − (1−r)²)/(2γ₂)`.
    fn mass_at_zero(&self) -> f64 {
        let zero_weights = self.weights.mass_at_zero();
        if self.shift > 0.0 {
            return zero_weights;
        }
        if self.alpha_squared == 0.0 {
            return 1.0;
        }
        let rank = self.rank();
        1.0 - rank * (2.0 - rank) / (2.0 * self.gamma)
    }

    /// `(α² + c) E a²`.
    fn mean(&self) -> f64 {
        (self.alpha_squared + self.shift) * self.weights.mean()
    }

    /// `(2α²(1+√γ₂)² + c) max a²`: the supremum itself where ν is a point mass.
    fn support_bound(&self) -> f64 {
        let largest = (1.0 + self.gamma.sqrt()).powi(2);
        (2.0 * self.alpha_squared * largest + self.shift) * self.weights.support_bound()
    }
}

#[cfg(test)]
mod tests;
