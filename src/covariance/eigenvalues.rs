//! The exact spectrum of 𝒬 from the singular values of G: slide 'Spectrum of 𝒬'.

use super::{Covariance, CovarianceError};
use crate::linalg::singular_values;
use crate::measure::{Jet, Response, ResponseError};
use crate::numbers::most;
use num_complex::Complex64;

/// The eigenvalues of a symmetric operator on d×p matrices, dp of them with multiplicities, ascending.
#[derive(Debug, Clone, PartialEq)]
pub struct Eigenvalues {
    values: Vec<(f64, usize)>,
    dimension: usize,
}

impl Eigenvalues {
    fn new(mut values: Vec<(f64, usize)>) -> Self {
        values.retain(|&(_, count)| count > 0);
        values.sort_by(|x, y| x.0.total_cmp(&y.0));
        let dimension = values.iter().map(|&(_, count)| count).sum();
        Eigenvalues { values, dimension }
    }

    /// The pairs (eigenvalue, multiplicity), ascending; equal eigenvalues may stand in several pairs.
    pub fn with_multiplicity(&self) -> &[(f64, usize)] {
        &self.values
    }

    /// The dimension dp of the space.
    pub fn dimension(&self) -> usize {
        self.dimension
    }

    /// All dp eigenvalues, ascending.
    pub fn expanded(&self) -> Vec<f64> {
        self.values
            .iter()
            .flat_map(|&(x, count)| std::iter::repeat_n(x, count))
            .collect()
    }

    /// `log det(1 + t𝒬) = Σ log(1 + t q)` over the dp eigenvalues, principal branch of each term; its t-derivative over pd is
    /// the sum of slide 'Spectrum of 𝒬'.
    pub fn log_det(&self, t: Complex64) -> Complex64 {
        self.values
            .iter()
            .map(|&(q, count)| (1.0 + t * q).ln() * count as f64)
            .sum()
    }
}

/// The spectrum of `M ↦ M GᵀG + G MᵀG` from the singular values of a d×p matrix G: `σ_i² + σ_j²` for
/// `1 ≤ i ≤ j ≤ d` (σ_i = 0 beyond min(d, p)) where it is not zero, and 0 for the rest of dp.
///
/// Slide 'Spectrum of 𝒬', whose sum ½Σ_{i,j} counts the diagonal by halves (claim `q-sum`).
///
/// # Panics
/// If there are not min(d, p) singular values.
pub fn linear_eigenvalues(singular: &[f64], d: usize, p: usize) -> Eigenvalues {
    let rank = d.min(p);
    assert!(
        singular.len() == rank,
        "{} singular values for a {d}×{p} matrix",
        singular.len()
    );
    let mut values = Vec::with_capacity(rank * (rank + 1) / 2 + rank + 1);
    for (i, s) in singular.iter().enumerate() {
        for t in &singular[i..] {
            values.push((s * s + t * t, 1));
        }
        values.push((s * s, d - rank));
    }
    values.push((0.0, d * p - rank * (rank + 1) / 2 - rank * (d - rank)));
    Eigenvalues::new(values)
}

impl Covariance {
    /// All eigenvalues of 𝒬 from one singular value decomposition of G, for weights of one size and
    /// `c₀ = 0` (take [`Covariance::bulk`] first).
    ///
    /// # Errors
    /// [`CovarianceError::Weights`] for weights of different sizes, whose spectrum has no such form:
    /// take the [`Response`] of the covariance itself. [`CovarianceError::MeanPart`] if the mean part is there.
    pub fn eigenvalues(&self) -> Result<Eigenvalues, CovarianceError> {
        if self.mean != 0.0 {
            return Err(CovarianceError::MeanPart { mean: self.mean });
        }
        let squares = self.a.mapv(|x| x * x);
        let least = squares.iter().copied().fold(f64::INFINITY, f64::min);
        let largest = most(squares.iter().copied());
        if self.shift != 0.0 && largest - least > 4.0 * f64::EPSILON * largest {
            return Err(CovarianceError::Weights { least, largest });
        }
        let (d, p) = self.shape();
        let linear = linear_eigenvalues(&singular_values(self.g.view())?, d, p);
        let alpha_squared = self.alpha * self.alpha;
        Ok(Eigenvalues::new(
            linear
                .values
                .iter()
                .map(|&(q, count)| (alpha_squared * q + self.shift * largest, count))
                .collect(),
        ))
    }
}

impl Response for Eigenvalues {
    fn response(&self, t: Complex64) -> Result<Jet, ResponseError> {
        let (mut value, mut derivative) = (Complex64::ZERO, Complex64::ZERO);
        for &(q, count) in &self.values {
            let term = q / (1.0 + t * q);
            value += term * count as f64;
            derivative -= term * term * count as f64;
        }
        let scale = (self.dimension as f64).recip();
        Ok(Jet {
            value: value * scale,
            derivative: derivative * scale,
        })
    }

    fn mass_at_zero(&self) -> f64 {
        // An exact zero is a structural one; a σ of rounding size is not told from it.
        let largest = self.values.last().map_or(0.0, |&(q, _)| q);
        let zeros: usize = self
            .values
            .iter()
            .filter(|&&(q, _)| q <= f64::EPSILON * largest)
            .map(|&(_, count)| count)
            .sum();
        zeros as f64 / self.dimension as f64
    }

    fn mean(&self) -> f64 {
        let trace: f64 = self.values.iter().map(|&(q, count)| q * count as f64).sum();
        trace / self.dimension as f64
    }

    fn support_bound(&self) -> f64 {
        self.values.last().map_or(0.0, |&(q, _)| q)
    }
}
