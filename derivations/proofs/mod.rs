//! The talk's algebra, proved for every dimension with nothing but `tensor_dyson::symbolic`.
//!
//! Each statement comes with near misses that go through the same chain of steps and must be refuted.

pub(crate) mod braids;
pub(crate) mod covariance;
pub(crate) mod dyson;
pub(crate) mod gram;
mod limit_law;
pub(crate) mod linearization;
pub(crate) mod minibulk;
pub(crate) mod moments;
pub(crate) mod nonlinearity;
pub(crate) mod singular_vectors;
pub(crate) mod square_root;
pub(crate) mod structured;
pub(crate) mod superoperator;
pub(crate) mod traces;
pub(crate) mod weights;

use tensor_dyson::ledger::Measurement;
use tensor_dyson::symbolic::{Proof, ProofError};

/// A proof, or why there is none.
pub(crate) type Outcome = Result<Proof, ProofError>;

/// Statements close to a true one, each by what is wrong with it.
pub(crate) type NearMisses = Vec<(&'static str, Outcome)>;

/// A statement that is algebra, with its proof and its controls.
pub(crate) struct Statement {
    /// What is proved, in a few words.
    pub what: &'static str,
    /// The proof.
    pub prove: fn() -> Outcome,
    /// What must be refuted.
    pub near_misses: fn() -> NearMisses,
}

impl Statement {
    /// The proof as evidence, with numbers that repeat what it settles.
    pub(crate) fn evidence(
        &self,
        cross_checks: impl IntoIterator<Item = Measurement>,
    ) -> Result<Vec<Measurement>, ProofError> {
        let mut evidence = vec![Measurement::proved(self.what, &(self.prove)())?];
        evidence.extend(cross_checks.into_iter().map(Measurement::as_cross_check));
        Ok(evidence)
    }

    /// The near misses, and further controls.
    pub(crate) fn controls(
        &self,
        further: impl IntoIterator<Item = Measurement>,
    ) -> Result<Vec<Measurement>, ProofError> {
        let near_misses = (self.near_misses)();
        let refuted = near_misses
            .iter()
            .map(|(wrong, outcome)| Measurement::proved(wrong, outcome));
        let mut controls = refuted.collect::<Result<Vec<_>, _>>()?;
        controls.extend(further);
        Ok(controls)
    }
}
