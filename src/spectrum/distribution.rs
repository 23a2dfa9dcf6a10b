//! The eigenvalue distribution of an n×n kernel, exact or estimated, and its distance from a law.

use super::empirical_stieltjes;
use super::quadrature::{Quadrature, QuadratureError};
use crate::measure::Distribution;
use crate::numbers::most;
use num_complex::Complex64;

/// `F_n(x)`, the share of the n eigenvalues of a kernel that are at most x.
#[derive(Debug, Clone, PartialEq)]
pub struct SampledDistribution {
    /// The share of the eigenvalues that `values` is about; the others are 0.
    share: f64,
    values: Values,
}

#[derive(Debug, Clone, PartialEq)]
enum Values {
    /// All of the side, ascending, rounding replaced by 0.
    Exact(Vec<f64>),
    Estimated(Quadrature),
}

/// `sup_x |F_n(x) − F(x)|` (Kolmogorov 1933).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Kolmogorov {
    /// The supremum.
    pub distance: f64,
    /// An x where it is attained, from one of its sides.
    pub at: f64,
}

/// The share of the eigenvalues that are 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MassAtZero {
    /// The share at 0 of the distribution: what is 0 by the shape of the features, and what is 0 to rounding.
    pub value: f64,
    /// By the shape of the features alone: at least this share is 0, without rounding.
    pub least: f64,
    /// At most this share: of all eigenvalues the rest is beyond its error from 0; of an estimate, with probability
    /// 99 %.
    pub most: f64,
}

/// Points at which an estimate is compared, besides its own nodes.
const POINTS: usize = 2000;

impl SampledDistribution {
    /// From all eigenvalues of one side, ascending: those that are missing from n are 0, and so are those within
    /// `m ε` of the largest modulus, m their number, which is what the solver's backward error leaves of a 0.
    ///
    /// # Panics
    /// If there are more than n or none.
    pub fn exact(eigenvalues: Vec<f64>, n: usize) -> Self {
        let m = eigenvalues.len();
        assert!(0 < m, "no eigenvalue of an {n}×{n} kernel");
        let largest = most(eigenvalues.iter().map(|x| x.abs()));
        Self::known(eigenvalues, m as f64 * f64::EPSILON * largest, n)
    }

    /// From all eigenvalues of one side, ascending, each within `bound`: those that are missing from n are 0, and those
    /// within the bound of 0 count as 0.
    ///
    /// # Panics
    /// If there are more than n, or n is 0.
    pub fn known(mut eigenvalues: Vec<f64>, bound: f64, n: usize) -> Self {
        let m = eigenvalues.len();
        assert!(m <= n && n > 0, "{m} eigenvalues of an {n}×{n} kernel");
        for x in eigenvalues.iter_mut().filter(|x| x.abs() <= bound) {
            *x = 0.0;
        }
        SampledDistribution {
            share: m as f64 / n as f64,
            values: Values::Exact(eigenvalues),
        }
    }

    /// From a quadrature on one side of an n×n kernel.
    ///
    /// # Panics
    /// If its dimension is more than n.
    pub fn estimated(quadrature: Quadrature, n: usize) -> Self {
        let m = quadrature.dimension;
        assert!(m <= n, "a quadrature of dimension {m} of an {n}×{n} kernel");
        SampledDistribution {
            share: m as f64 / n as f64,
            values: Values::Estimated(quadrature),
        }
    }

    /// `F_n(x)`.
    pub fn at(&self, x: f64) -> f64 {
        let zeros = if x >= 0.0 { 1.0 - self.share } else { 0.0 };
        zeros
            + self.share
                * match &self.values {
                    Values::Exact(all) => share(all, |value| value <= x),
                    Values::Estimated(quadrature) => quadrature.distribution(x),
                }
    }

    /// `F_n(x−)`.
    fn before(&self, x: f64) -> f64 {
        let zeros = if x > 0.0 { 1.0 - self.share } else { 0.0 };
        zeros
            + self.share
                * match &self.values {
                    Values::Exact(all) => share(all, |value| value < x),
                    Values::Estimated(quadrature) => quadrature.before(x),
                }
    }

    /// `(1/n) Σ 1/(λ_i − z)` over all n, the 0s included.
    pub fn stieltjes(&self, z: Complex64) -> Complex64 {
        let of_the_side = match &self.values {
            Values::Exact(all) if all.is_empty() => Complex64::ZERO,
            Values::Exact(all) => empirical_stieltjes(all, z),
            Values::Estimated(quadrature) => quadrature.stieltjes(z).0,
        };
        self.share * of_the_side - (1.0 - self.share) / z
    }

    /// The share of the eigenvalues that are 0.
    pub fn mass_at_zero(&self) -> MassAtZero {
        let least = 1.0 - self.share;
        let (value, most) = match &self.values {
            Values::Exact(all) => {
                // A kernel that is given may have negative eigenvalues.
                let zeros = share(all, |x| x <= 0.0) - share(all, |x| x < 0.0);
                let value = least + self.share * zeros;
                (value, value)
            }
            Values::Estimated(quadrature) => {
                let (value, most) = quadrature.mass_at_zero();
                (least + self.share * value, least + self.share * most)
            }
        };
        MassAtZero { value, least, most }
    }

    /// The errors of [`SampledDistribution::at`]; none of exact eigenvalues.
    pub fn error(&self) -> Option<QuadratureError> {
        match &self.values {
            Values::Exact(_) => None,
            Values::Estimated(quadrature) => {
                let error = quadrature.error();
                Some(QuadratureError {
                    probes: self.share * error.probes,
                    depth: self.share * error.depth,
                    enclosure: self.share * error.enclosure,
                })
            }
        }
    }

    /// All eigenvalues of the side, ascending, if they are known.
    pub fn eigenvalues(&self) -> Option<&[f64]> {
        match &self.values {
            Values::Exact(all) => Some(all),
            Values::Estimated(_) => None,
        }
    }

    /// The distance from a law: at every eigenvalue and from both sides if they are known, which is exact; at the
    /// nodes and at 2000 points of the law's support otherwise.
    pub fn kolmogorov(&self, law: &Distribution) -> Kolmogorov {
        let points: Vec<f64> = match &self.values {
            Values::Exact(all) => all.clone(),
            Values::Estimated(quadrature) => {
                let mut points = quadrature.nodes();
                for (low, high) in law.support() {
                    let step = (high - low) / POINTS as f64;
                    points.extend((0..=POINTS).map(|k| low + step * k as f64));
                }
                points
            }
        };
        let mut worst = Kolmogorov {
            distance: 0.0,
            at: 0.0,
        };
        for x in points.into_iter().chain([0.0]) {
            let gaps = [self.at(x) - law.at(x), self.before(x) - law.before(x)];
            for gap in gaps.map(f64::abs) {
                // A NaN would be a distance.
                if gap.is_nan() || gap > worst.distance {
                    worst = Kolmogorov {
                        distance: gap,
                        at: x,
                    };
                }
            }
        }
        worst
    }
}

fn share(sorted: &[f64], below: impl Fn(f64) -> bool) -> f64 {
    sorted.partition_point(|x| below(*x)) as f64 / sorted.len().max(1) as f64
}
