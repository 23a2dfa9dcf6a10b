//! The law of the bulk, and the noise variance that fits it.

use super::{DataError, Margin};
use crate::measure::{Distribution, Law};

/// The error of F at which the law's cells are no longer halved.
const LAW_ERROR: f64 = 1e-6;

/// The law of the p sample eigenvalues at noise variance 1: `H ⊠ MP^γ`, `γ = p/N`.
#[derive(Debug, Clone)]
pub struct Bulk {
    /// H, or `None` for `δ₁`.
    pub population: Option<Law>,
    /// N, p.
    pub sizes: (usize, usize),
    /// The law of all p eigenvalues.
    pub law: Law,
    /// Its distribution function.
    pub distribution: Distribution,
    /// The mean of H.
    pub mean: f64,
}

/// The noise variance, fitted on what is left without the components.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Noise {
    /// σ², from the mean of the bulk with what the components take from it given back (Kritchman and Nadler 2009).
    pub variance: f64,
    /// Its standard error for Gaussian noise, `σ² √(2/(N(p − k)))`.
    pub standard_error: f64,
    /// σ² from the median of the nonzero eigenvalues of the bulk: far from `variance`, the bulk has another law.
    pub from_median: f64,
    /// σ² was given, not fitted.
    pub given: bool,
}

impl Bulk {
    /// The law for N degrees of freedom and p variables.
    ///
    /// # Errors
    /// [`DataError::Law`], and [`DataError::Argument`] for a population that is not above 0 in the mean.
    pub fn new(population: Option<&Law>, freedom: usize, p: usize) -> Result<Self, DataError> {
        let gamma = p as f64 / freedom as f64;
        let noise = Law::marchenko_pastur(gamma)?;
        let (law, mean) = match population {
            None => (noise, 1.0),
            Some(h) => (h.free_product(&noise)?, h.moments(1)?[1]),
        };
        if mean.is_nan() || mean <= 0.0 {
            return Err(DataError::Argument {
                name: "the mean of the population",
                value: mean,
                needed: "above 0",
            });
        }
        Ok(Bulk {
            population: population.cloned(),
            sizes: (freedom, p),
            distribution: law.distribution_within(LAW_ERROR)?,
            law,
            mean,
        })
    }

    /// γ.
    pub fn gamma(&self) -> f64 {
        self.sizes.1 as f64 / self.sizes.0 as f64
    }

    /// The ends of the law without its mass at 0, at noise variance 1.
    ///
    /// # Errors
    /// [`DataError::NoEdge`] where it has no part beside atoms.
    pub fn edges(&self) -> Result<(f64, f64), DataError> {
        let support = self.law.support()?;
        let ends = support.first().zip(support.last());
        ends.map(|(first, last)| (first.0, last.1))
            .ok_or(DataError::NoEdge)
    }

    /// Centre and scale of the largest eigenvalue beside `k` components, at noise variance 1.
    pub(super) fn margin(&self, k: usize) -> Result<Margin, DataError> {
        let (n, p) = self.sizes;
        match self.population {
            None => Ok(Margin::white(n as f64, (p - k) as f64)),
            Some(_) => Margin::of_law(&self.law, p as f64),
        }
    }

    /// σ² beside the first k of the descending eigenvalues: the mean of the others, where each component has taken
    /// `λ − ℓ` out of the noise: `(p − k) mean(H) σ² = Σ_{j>k} λ_j + Σ_{j≤k} (λ_j − ℓ_j)`, ℓ depending on σ².
    pub(super) fn variance(&self, eigenvalues: &[f64], k: usize) -> Result<f64, DataError> {
        let count = (self.sizes.1 - k) as f64 * self.mean;
        let (spikes, rest) = eigenvalues.split_at(k.min(eigenvalues.len()));
        let rest: f64 = rest.iter().sum();
        let mut variance = rest / count;
        if variance == 0.0 {
            return Ok(0.0);
        }
        let edge = self.edges()?.1;
        for _ in 0..STEPS {
            let mut sum = rest;
            for &at in spikes {
                // What does not reach beyond the edge sits there.
                let at_least = (at / variance).max(edge * (1.0 + 1e-6));
                sum += variance * (at_least - self.component(at_least, k)?.population);
            }
            let next = sum / count;
            let moved = (next - variance).abs();
            variance = next;
            if moved <= 1e-12 * variance {
                break;
            }
        }
        Ok(variance)
    }

    /// σ² at which the law's median is that of the nonzero eigenvalues beside the first k.
    pub(super) fn variance_from_median(&self, eigenvalues: &[f64], k: usize) -> f64 {
        let rest = &eigenvalues[k.min(eigenvalues.len())..];
        let mass = self.distribution.mass_at(0.0);
        let middle = self.distribution.quantile(0.5 * (1.0 + mass));
        let half = rest.len() / 2;
        let median = match (
            rest.get(half),
            half.checked_sub(1).and_then(|k| rest.get(k)),
        ) {
            (Some(low), Some(high)) if rest.len().is_multiple_of(2) => 0.5 * (low + high),
            (Some(only), _) => *only,
            _ => f64::NAN,
        };
        median / middle.unwrap_or(f64::NAN)
    }

    pub(super) fn noise(&self, eigenvalues: &[f64], k: usize) -> Result<Noise, DataError> {
        let variance = self.variance(eigenvalues, k)?;
        let (n, p) = self.sizes;
        Ok(Noise {
            variance,
            standard_error: variance * (2.0 / (n as f64 * (p - k) as f64)).sqrt(),
            from_median: self.variance_from_median(eigenvalues, k),
            given: false,
        })
    }
}

/// Steps of the fixed point, which gains a factor of about p/k each.
const STEPS: usize = 60;
