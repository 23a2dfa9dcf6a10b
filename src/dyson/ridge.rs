//! Ridge regression on the features `ω/√(pd)`: its test error from the scalar Dyson equation.

use super::DysonError;
use super::scalar::solve;
use crate::measure::Response;
use num_complex::Complex64;

/// The deterministic equivalent of ridge regression on the features `ω/√(pd)` at one λ.
///
/// The estimator is `f̂(x) = ⟨θ̂, ω(x)⟩/√(pd)`, `θ̂` the minimiser of `Σ_i (y_i − f(x_i))² + λ|θ|²`: kernel
/// ridge regression with the NTK. With 𝒬 the second moment of ω, `m = m(−λ)` and `t = γ₁m`,
/// `λ(ΨᵀΨ + λ)⁻¹ ≈ (1 + t𝒬)⁻¹`, the row i of Ψ being `ω^i/√(pd)`, and for `y = ⟨θ⋆, ω⟩/√(pd) + ε`, `E ε² = σ²`,
///
/// ```math
/// E (y − f̂(x))² = (B + σ²) m′/m²,   B = (1/pd) ⟨θ⋆, 𝒬 (1 + t𝒬)⁻² θ⋆⟩,   m′/m² = 1/(1 − df₂/n),
/// ```
///
/// `df₂ = Tr (t𝒬)²(1 + t𝒬)⁻²` (Hastie, Montanari, Rosset and Tibshirani 2019, theorem 5). Slide
/// 'Conclusion' (test error at the interpolation threshold).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ridge {
    gamma_1: f64,
    lambda: f64,
    m: f64,
    inflation: f64,
    isotropic_bias: f64,
}

impl Ridge {
    /// At the ratio `γ₁ = n/(dp)` and the ridge `λ > 0`, through the law of 𝒬's eigenvalues.
    ///
    /// # Errors
    /// γ₁ or λ that is not a positive number, or no convergence.
    ///
    /// ```
    /// use tensor_dyson::{dyson::Ridge, measure::Atoms};
    /// // White features, γ₁ = ½, no ridge: the noise is inflated by 1/(1 − γ₁).
    /// let ridge = Ridge::solve(0.5, &Atoms::new(vec![1.0], vec![1.0])?, 1e-12)?;
    /// assert!((ridge.test_error(0.0, 1.0) - 2.0).abs() < 1e-9);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn solve(gamma_1: f64, q: &dyn Response, lambda: f64) -> Result<Self, DysonError> {
        if !(lambda.is_finite() && lambda > 0.0) {
            return Err(DysonError::Ridge { lambda });
        }
        let m = solve(gamma_1, q, Complex64::new(-lambda, 0.0))?.m.re;
        let t = gamma_1 * m;
        let jet = q.response(Complex64::from(t))?;
        Ok(Ridge {
            gamma_1,
            lambda,
            m,
            inflation: (1.0 + t * m * jet.derivative.re).recip(),
            isotropic_bias: jet.value.re + t * jet.derivative.re,
        })
    }

    /// `m(−λ)`, the limit of `(1/n) Tr (NTK + λ)⁻¹`.
    pub fn m(&self) -> f64 {
        self.m
    }

    /// `m′(−λ)/m(−λ)² = 1/(1 − df₂/n)`: at λ → 0 it is infinite at the interpolation threshold.
    pub fn inflation(&self) -> f64 {
        self.inflation
    }

    /// What is left of the coefficient on an eigenvector of 𝒬 with eigenvalue q: `1/(1 + γ₁mq)`.
    pub fn shrinkage(&self, q: f64) -> f64 {
        (1.0 + self.gamma_1 * self.m * q).recip()
    }

    /// B for a teacher with `E θ⋆θ⋆ᵀ = 1`: `(1/pd) Σ q/(1 + tq)² = I(t) + tI′(t)`.
    pub fn isotropic_bias(&self) -> f64 {
        self.isotropic_bias
    }

    /// `(B + σ²) m′/m²`, the mean square of `y − f̂(x)` at a new x, for the bias B and the noise σ².
    pub fn test_error(&self, bias: f64, noise: f64) -> f64 {
        (bias + noise) * self.inflation
    }

    /// The mean square of `y_i − f̂(x_i)` on the samples: `(λm)²` times the test error, which is the
    /// consistency of generalised cross-validation.
    pub fn training_error(&self, bias: f64, noise: f64) -> f64 {
        (self.lambda * self.m).powi(2) * self.test_error(bias, noise)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::Atoms;

    /// White features (Hastie et al. 2019, theorem 1), on both sides of the threshold.
    #[test]
    fn white_features_without_ridge_have_the_known_errors() {
        let white = Atoms::new(vec![1.0], vec![1.0]).unwrap();
        for gamma in [0.2, 0.7, 1.5, 4.0] {
            let ridge = Ridge::solve(gamma, &white, 1e-13).unwrap();
            let (bias, variance) = if gamma < 1.0 {
                (1.0 - gamma, 1.0 / (1.0 - gamma))
            } else {
                (0.0, gamma / (gamma - 1.0))
            };
            let seen = ridge.test_error(ridge.isotropic_bias(), 0.0);
            assert!((seen - bias).abs() < 1e-9, "{gamma}: {seen}");
            assert!((ridge.test_error(0.0, 1.0) - variance).abs() < 1e-9);
        }
    }

    /// The inflation is m′/m², the bias a derivative: both by differences of the solver in λ and t.
    #[test]
    fn the_derivatives_are_those_of_the_solution() {
        let law = Atoms::new(vec![0.0, 0.4, 1.0, 9.0], vec![0.2, 0.3, 0.4, 0.1]).unwrap();
        for (gamma, lambda) in [(0.5, 0.1), (0.8, 0.01), (3.0, 0.5)] {
            let at = |l: f64| Ridge::solve(gamma, &law, l).unwrap();
            let h = 1e-4 * lambda;
            let slope = (at(lambda - h).m() - at(lambda + h).m()) / (2.0 * h);
            let ridge = at(lambda);
            let inflation = slope / ridge.m().powi(2);
            assert!((ridge.inflation() / inflation - 1.0).abs() < 1e-6);
            let bias: f64 = law
                .at()
                .iter()
                .zip(law.mass())
                .map(|(q, p)| p * q * ridge.shrinkage(*q).powi(2))
                .sum();
            assert!((ridge.isotropic_bias() - bias).abs() < 1e-14);
            let share = ridge.training_error(0.3, 0.2) / ridge.test_error(0.3, 0.2);
            assert!((share - (lambda * ridge.m()).powi(2)).abs() < 1e-15);
        }
    }

    #[test]
    fn a_ridge_that_is_no_ridge_is_refused() {
        let white = Atoms::new(vec![1.0], vec![1.0]).unwrap();
        for lambda in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(matches!(
                Ridge::solve(0.5, &white, lambda),
                Err(DysonError::Ridge { .. })
            ));
        }
        assert!(Ridge::solve(-0.5, &white, 1.0).is_err());
    }
}
