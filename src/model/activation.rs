//! Activations `φ = σ′` with their Hermite data `c₀ = E φ`, `α = E zφ`, `β² = E φ²`.

mod expression;
mod name;
pub(super) mod quadrature;
mod sampled;
mod smooth;

pub use expression::{ExpressionError, Formula};
pub use sampled::{Sampled, SampledError};
pub use smooth::Smooth;

use super::gaussian_mean;
use std::f64::consts::PI;

/// `φ = σ′`, the derivative of the activation: all that the NTK's first part sees of σ. Slide 'Main result'.
#[derive(Debug, Clone, PartialEq)]
pub enum Activation {
    /// `φ(x) = x`, the talk's first case (σ = x²/2).
    Identity,
    /// `φ = cos`, the talk's second case (σ = sin).
    Cos,
    /// `φ = sin` (σ = −cos): `c₀ = 0` and both a linear part and a shift.
    Sin,
    /// `φ = 1_{x>0}` (σ = ReLU).
    Step,
    /// `φ = 1/cosh²` (σ = tanh).
    TanhPrime,
    /// `φ = (2/√π) e^{−x²}` (σ = erf).
    ErfPrime,
    /// `φ = Σ_k c_k h_k` in the orthonormal Hermite polynomials.
    Hermite(Vec<f64>),
    /// One of the smooth activations of practice.
    Smooth(Smooth),
    /// σ as an expression; φ is its derivative.
    Expression(Formula),
    /// φ, or σ, by its values at points.
    Sampled(Sampled),
}

/// `(c₀, α, β²)` of a function under the standard Gaussian law. Slide 'Adding the nonlinearity'.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HermiteData {
    mean: f64,
    alpha: f64,
    beta_squared: f64,
}

/// Why three numbers are not the Hermite data of a function, or a name is no activation.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum HermiteError {
    /// `β² ≥ α² + c₀²` fails (Bessel's inequality), or a number is not finite.
    #[error(
        "beta² = {beta_squared} with alpha = {alpha} and mean = {mean}: it must be finite and at least alpha² + mean²"
    )]
    Bessel {
        /// c₀.
        mean: f64,
        /// α.
        alpha: f64,
        /// β².
        beta_squared: f64,
    },
    /// No activation has this name.
    #[error(
        "'{name}' is no activation: give σ as relu, tanh, erf, gelu, silu, softplus, \
         sigma:sigmoid, sigma:sin, sigma:square or expr:… (in x), or σ′ as derivative:identity, \
         derivative:cos, derivative:sin, step or hermite:c0,c1,… (of the orthonormal h_k)"
    )]
    Name {
        /// The name as given.
        name: String,
    },
    /// An expression that is none.
    #[error(transparent)]
    Expression(#[from] ExpressionError),
    /// A name that could be that of σ or of σ′.
    #[error("'{name}' may be σ or σ′: say derivative:{name} for {derivative}, {other}")]
    Ambiguous {
        /// The name as given.
        name: &'static str,
        /// What it means as σ′.
        derivative: &'static str,
        /// How the other meaning is said.
        other: &'static str,
    },
}

impl HermiteData {
    /// The data `c₀ = mean`, `α = alpha`, `β² = beta_squared` of a φ that is not given otherwise.
    ///
    /// # Errors
    /// If Bessel's inequality `β² ≥ α² + c₀²` fails by more than rounding, or a number is not finite.
    pub fn new(mean: f64, alpha: f64, beta_squared: f64) -> Result<Self, HermiteError> {
        let least = alpha * alpha + mean * mean;
        // Each square is rounded once; a negated comparison refuses NaN.
        if !(beta_squared.is_finite() && beta_squared - least >= -4.0 * f64::EPSILON * least) {
            return Err(HermiteError::Bessel {
                mean,
                alpha,
                beta_squared,
            });
        }
        Ok(HermiteData {
            mean,
            alpha,
            beta_squared,
        })
    }

    /// `c₀ = E φ(z)`, z ~ N(0, 1): the mean that the slides leave out (claim `mean-part`).
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// `α = E zφ(z)`. Slide 'Main result'.
    pub fn alpha(&self) -> f64 {
        self.alpha
    }

    /// `β² = E φ(z)²`. Slide 'Main result'.
    pub fn beta_squared(&self) -> f64 {
        self.beta_squared
    }

    /// `c = β² − α² − c₀²`, the variance of φ beyond its linear part: the shift of slide 'Adding the nonlinearity' as
    /// corrected (it prints `β² − α²`).
    ///
    /// A difference below its own rounding, 4ε β², is 0: so it is for polynomials of degree 1.
    pub fn shift(&self) -> f64 {
        let shift = self.beta_squared - self.alpha * self.alpha - self.mean * self.mean;
        if shift <= 4.0 * f64::EPSILON * self.beta_squared {
            0.0
        } else {
            shift
        }
    }
}

impl Activation {
    /// `φ(x) = σ′(x)`.
    pub fn phi(&self, x: f64) -> f64 {
        match self {
            Activation::Identity => x,
            Activation::Cos => x.cos(),
            Activation::Sin => x.sin(),
            Activation::Step => f64::from(x > 0.0),
            Activation::TanhPrime => x.cosh().powi(-2),
            Activation::ErfPrime => 2.0 / PI.sqrt() * (-x * x).exp(),
            Activation::Hermite(c) => hermite_sum(c, x),
            Activation::Smooth(smooth) => smooth.derivative(x),
            Activation::Expression(sigma) => sigma.derivative(x),
            Activation::Sampled(samples) => samples.derivative(x),
        }
    }

    /// The Hermite data of φ: closed forms, and a quadrature to rounding ([`gaussian_mean`]) for 1/cosh² and the smooth
    /// activations of practice; for expressions and samples see there.
    pub fn hermite_data(&self) -> HermiteData {
        let (mean, alpha, beta_squared) = match self {
            Activation::Identity => (0.0, 1.0, 1.0),
            Activation::Cos => ((-0.5_f64).exp(), 0.0, 0.5 * (1.0 + (-2.0_f64).exp())),
            Activation::Sin => (0.0, (-0.5_f64).exp(), 0.5 * (1.0 - (-2.0_f64).exp())),
            Activation::Step => (0.5, 1.0 / (2.0 * PI).sqrt(), 0.5),
            Activation::TanhPrime => (
                gaussian_mean(|z| self.phi(z)),
                0.0,
                gaussian_mean(|z| self.phi(z).powi(2)),
            ),
            Activation::ErfPrime => (2.0 / (3.0 * PI).sqrt(), 0.0, 4.0 / (PI * 5.0_f64.sqrt())),
            Activation::Hermite(c) => (
                c.first().copied().unwrap_or(0.0),
                c.get(1).copied().unwrap_or(0.0),
                c.iter().map(|x| x * x).sum(),
            ),
            Activation::Smooth(_) => (
                gaussian_mean(|z| self.phi(z)),
                gaussian_mean(|z| z * self.phi(z)),
                gaussian_mean(|z| self.phi(z).powi(2)),
            ),
            Activation::Expression(sigma) => sigma.hermite_data(),
            Activation::Sampled(samples) => samples.hermite_data(),
        };
        HermiteData {
            mean,
            alpha,
            beta_squared,
        }
    }
}

/// `Σ_k c_k h_k(x)` by `√(k+1) h_{k+1} = x h_k − √k h_{k−1}`.
fn hermite_sum(c: &[f64], x: f64) -> f64 {
    let (mut before, mut now, mut sum) = (0.0, 1.0, 0.0);
    for (k, &coefficient) in c.iter().enumerate() {
        sum += coefficient * now;
        let k = k as f64;
        (before, now) = (now, (x * now - k.sqrt() * before) / (k + 1.0).sqrt());
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closed_forms_agree_with_quadrature() {
        let smooth = [
            Activation::Identity,
            Activation::Cos,
            Activation::Sin,
            Activation::TanhPrime,
            Activation::ErfPrime,
            Activation::Hermite(vec![0.3, -0.7, 0.2, 0.5, 0.1]),
        ];
        for activation in smooth {
            let data = activation.hermite_data();
            let phi = |z| activation.phi(z);
            assert!(
                (data.mean() - gaussian_mean(phi)).abs() < 1e-14,
                "{activation:?}"
            );
            assert!((data.alpha() - gaussian_mean(|z| z * phi(z))).abs() < 1e-14);
            assert!((data.beta_squared() - gaussian_mean(|z| phi(z).powi(2))).abs() < 1e-14);
        }
    }

    /// The step has a jump, so its data come from the half line: ∫₀^∞ ze^{−z²/2}dz = 1.
    #[test]
    fn the_step_function_has_the_data_of_the_half_line() {
        let data = Activation::Step.hermite_data();
        // |z| sgn-even parts: E 1_{z>0} z = E|z|/2, and E|z| = √(2/π).
        assert_eq!(data.mean(), 0.5);
        assert_eq!(data.beta_squared(), 0.5);
        assert!((data.alpha() - (2.0 / PI).sqrt() / 2.0).abs() < 1e-16);
    }

    #[test]
    fn a_linear_function_has_no_shift_and_bessel_is_enforced() {
        assert_eq!(
            Activation::Hermite(vec![0.3, 0.7]).hermite_data().shift(),
            0.0
        );
        assert!(HermiteData::new(0.6, 0.9, 1.0).is_err());
        assert!(HermiteData::new(f64::NAN, 0.0, 1.0).is_err());
        assert!(HermiteData::new(0.3, 0.7, 0.95 * 0.95).is_ok());
        assert!("softmax".parse::<Activation>().is_err());
        assert!("hermite:1,nan".parse::<Activation>().is_err());
        assert_eq!("relu".parse::<Activation>(), Ok(Activation::Step));
    }
}
