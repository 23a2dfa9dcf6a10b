//! How much work a comparison may be, and the defaults.

use super::StudyError;
use crate::measure::Distribution;
use crate::spectrum::Route;

/// The arithmetic of the products on the matrix-free route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    /// f32: twice as fast; the extremes are then certified with f64 products.
    Single,
    /// f64.
    Double,
}

/// How much work a comparison may be. What is `None` is chosen by the sizes, the memory and the law.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effort {
    /// Which way.
    pub route: Option<Route>,
    /// Random probes of the quadrature; as many as bring the 1 % point of their error to 0.008, but at most 8.
    pub probes: Option<usize>,
    /// Lanczos steps of each probe; the first goes on as far as the search for the extremes.
    pub steps: usize,
    /// The error to which extreme eigenvalues are wanted, as a share of the law's upper edge; 1e-7, and 1e-6 where the law
    /// begins at 0 (to 1e-6): the lowest is then not told from 0, and takes √10 times the products for each further digit.
    pub tolerance: Option<f64>,
    /// Highest eigenvalues that are searched for on the matrix-free route.
    pub highest: usize,
    /// Products with the kernel after which that search stops.
    pub products: usize,
    /// Krylov vectors kept in that search: more take memory and save products; 2000, or as many as fit.
    pub basis: Option<usize>,
    /// f32, for a tolerance from 1e-7 and numbers between 1e-6 and 1e6.
    pub precision: Option<Precision>,
    /// Bytes that may be used; as many as the system gives if it is `u64::MAX`.
    pub memory: u64,
}

impl Default for Effort {
    fn default() -> Self {
        Effort {
            route: None,
            probes: None,
            steps: 300,
            tolerance: None,
            highest: 2,
            products: 4000,
            basis: None,
            precision: None,
            memory: u64::MAX,
        }
    }
}

/// Krylov vectors that are kept if there is little room, and if there is enough.
const BASIS: (usize, usize) = (250, 2000);
/// The residual of a vector found with f32 products is some 2⁻²⁴ of the upper edge: below this share of it they
/// do not find what is asked. Also the tolerance if none is given.
const SINGLE_TOLERANCE: f64 = 1e-7;
/// The tolerance if none is given where the law begins below this share of its upper edge.
const HARD_EDGE_TOLERANCE: f64 = 1e-6;
/// The 1 % point of Kolmogorov's statistic, and the error that the probes are to reach.
const ONE_PERCENT: f64 = 1.628;
const PROBE_ERROR: f64 = 0.008;

impl Effort {
    pub(super) fn check(&self) -> Result<(), StudyError> {
        if let Some(share) = self.tolerance
            && !(share.is_finite() && share > 0.0)
        {
            return Err(StudyError::Tolerance { share });
        }
        let counts = [
            ("the number of probes", self.probes.unwrap_or(1)),
            ("the number of steps", self.steps),
            ("the number of highest eigenvalues", self.highest),
            ("the number of products", self.products),
            ("the number of Krylov vectors", self.basis.unwrap_or(1)),
        ];
        match counts.into_iter().find(|(_, count)| *count == 0) {
            Some((what, _)) => Err(StudyError::Nothing { what }),
            None => Ok(()),
        }
    }

    /// The probes on so many rows: the 1 % point of their error is `1.628 (2/(rows·probes))^{1/2}`.
    pub(super) fn probes_for(&self, rows: usize) -> usize {
        let enough = 2.0 * (ONE_PERCENT / PROBE_ERROR).powi(2) / rows.max(1) as f64;
        self.probes.unwrap_or((enough.ceil() as usize).clamp(1, 8))
    }

    /// The arithmetic for numbers that f32 holds, or does not.
    pub(super) fn precision_for(&self, is_moderate: bool) -> Precision {
        let single = is_moderate && self.tolerance.is_none_or(|share| share >= SINGLE_TOLERANCE);
        self.precision.unwrap_or(match single {
            true => Precision::Single,
            false => Precision::Double,
        })
    }

    /// The fewest and the most Krylov vectors. A restart keeps room for a product beside the ends.
    pub(super) fn basis_for(&self, ends: usize) -> (usize, usize) {
        let (fewest, most) = self.basis.map_or(BASIS, |basis| (basis, basis));
        let room = ends.saturating_add(2);
        (fewest.max(room), most.max(room))
    }

    /// The tolerance of the extremes as a share of the law's upper edge.
    pub(super) fn tolerance_for(&self, law: &Distribution) -> f64 {
        let support = law.support();
        let ends = support.first().zip(support.last());
        let is_hard = ends.is_some_and(|(first, last)| first.0 <= HARD_EDGE_TOLERANCE * last.1);
        self.tolerance.unwrap_or(match is_hard {
            true => HARD_EDGE_TOLERANCE,
            false => SINGLE_TOLERANCE,
        })
    }
}
