//! Why a kernel is not compared with its law.

use crate::measure::{LawError, WeightedCovarianceError};
use crate::model::{ModelError, WeightLawError};
use crate::spectrum::{NtkError, PlanError, SpectrumError};

/// Why a kernel is not compared with its law.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum StudyError {
    /// X, W and a do not fit one another, or one is empty.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// The tolerance is no share of the upper edge.
    #[error("the tolerance is {share}: it must be a finite number above 0")]
    Tolerance {
        /// As given.
        share: f64,
    },
    /// Nothing would be done.
    #[error("{what} is 0: it must be at least 1")]
    Nothing {
        /// Of what there are none.
        what: &'static str,
    },
    /// Weights whose squares have no law.
    #[error(transparent)]
    Weights(#[from] WeightLawError),
    /// It does not fit, or would not end.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// The features overflow.
    #[error(transparent)]
    Features(#[from] NtkError),
    /// No limit law has these coefficients.
    #[error(transparent)]
    Covariance(#[from] WeightedCovarianceError),
    /// The law's distribution function fails.
    #[error(transparent)]
    Law(#[from] LawError),
    /// The eigenvalues are not found, or the [`Watch`](super::Watch) ended the run before anything was.
    #[error(transparent)]
    Spectrum(#[from] SpectrumError),
}
