//! A spectrum beside its law.

use super::Precision;
use crate::measure::Distribution;
use crate::model::{HermiteData, Sizes};
use crate::spectrum::{Certified, Kolmogorov, Plan, SampledDistribution};

/// A spectrum beside its law.
pub struct Comparison {
    /// n, d, p.
    pub sizes: Sizes,
    /// Distinct rows of X.
    pub distinct: usize,
    /// The Hermite data of σ′.
    pub phi: HermiteData,
    /// The route that was taken.
    pub plan: Plan,
    /// The arithmetic of the products.
    pub precision: Precision,
    /// The limit law of the kernel.
    pub law: Distribution,
    /// The eigenvalue distribution of the kernel, exact or estimated.
    pub distribution: SampledDistribution,
    /// The error to which the extremes were wanted, as a share of the law's upper edge.
    pub tolerance: f64,
    /// The lowest of the side that was taken, where all eigenvalues are known the lowest above 0; and the highest.
    pub ends: Certified,
    /// The run was not cut short.
    pub is_complete: bool,
}

impl Comparison {
    /// The lowest and the highest edge of the law; none if it has no density.
    pub fn edges(&self) -> Option<(f64, f64)> {
        let support = self.law.support();
        Some((support.first()?.0, support.last()?.1))
    }

    /// Eigenvalues above the law's upper edge, where all are known.
    pub fn above_edge(&self) -> Option<usize> {
        let all = self.distribution.eigenvalues()?;
        let edge = self.edges().map_or(0.0, |edges| edges.1);
        Some(all.len() - all.partition_point(|x| *x <= edge))
    }

    /// The Kolmogorov distance of the two.
    pub fn kolmogorov(&self) -> Kolmogorov {
        self.distribution.kolmogorov(&self.law)
    }
}
