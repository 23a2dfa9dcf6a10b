//! What lies behind an eigenvalue outside the bulk.

use super::{Bulk, DataError};
use num_complex::Complex64;

/// A sample eigenvalue above the bulk and the population eigenvalue that it belongs to.
///
/// ```math
/// λ = ℓ (1 + γ/(ℓ − 1)),   ℓ > 1 + √γ        (H = δ₁, σ² = 1)
/// λ = ℓ + γℓ ∫ t dH(t)/(ℓ − t),   −1/ℓ the companion's transform at λ
/// ```
///
/// (Baik, Ben Arous and Péché 2005, Baik and Silverstein 2006, Paul 2007; the second form is Bai and Yao's of 2012.)
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spike {
    /// λ.
    pub sample: f64,
    /// ℓ.
    pub population: f64,
    /// The standard error of ℓ for Gaussian data, `ℓ √(2/(N ψ′(ℓ)))`, `λ = ψ(ℓ)`.
    pub standard_error: f64,
    /// The squared cosine between the sample's and the population's eigenvector, `ℓψ′(ℓ)/ψ(ℓ)`.
    pub cosine_squared: f64,
    /// That between the component's n sample scores and the true ones, `(1 − γ/(ℓ−1)²)/(1 + 1/(ℓ−1))`; for `H = δ₁` only.
    pub score_cosine_squared: Option<f64>,
}

impl Bulk {
    /// The component at λ, at noise variance 1, beside k others.
    ///
    /// # Errors
    /// [`DataError::Law`] where λ is not above the bulk.
    pub(super) fn component(&self, sample: f64, k: usize) -> Result<Spike, DataError> {
        let (n, p) = (self.sizes.0 as f64, self.sizes.1 as f64);
        let (population, slope) = match self.population {
            None => white(sample, (p - k as f64) / n),
            Some(_) => self.inverse(sample)?,
        };
        let gamma = (p - k as f64) / n;
        let score = self.population.is_none().then(|| {
            let beyond = population - 1.0;
            (1.0 - gamma / (beyond * beyond)) / (1.0 + 1.0 / beyond)
        });
        Ok(Spike {
            sample,
            population,
            standard_error: population * (2.0 / (n * slope)).sqrt(),
            cosine_squared: population * slope / sample,
            score_cosine_squared: score,
        })
    }

    /// ℓ and ψ′(ℓ) from the companion's transform `m = γ s − (1−γ)/λ`.
    fn inverse(&self, sample: f64) -> Result<(f64, f64), DataError> {
        let gamma = self.gamma();
        let value = self.law.stieltjes(Complex64::new(sample, 0.0))?;
        let m = gamma * value.s.re - (1.0 - gamma) / sample;
        let dm = gamma * value.derivative.re + (1.0 - gamma) / (sample * sample);
        Ok((-1.0 / m, m * m / dm))
    }
}

/// The larger root of `λ = ℓ(1 + γ/(ℓ−1))`, and ψ′ there.
fn white(sample: f64, gamma: f64) -> (f64, f64) {
    let b = sample + 1.0 - gamma;
    let population = 0.5 * (b + (b * b - 4.0 * sample).max(0.0).sqrt());
    let beyond = population - 1.0;
    (population, (1.0 - gamma / (beyond * beyond)).max(0.0))
}

impl Spike {
    /// At noise variance `variance`.
    pub(super) fn scaled(self, variance: f64) -> Self {
        Spike {
            sample: self.sample * variance,
            population: self.population * variance,
            standard_error: self.standard_error * variance,
            ..self
        }
    }
}
