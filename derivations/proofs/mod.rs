//! The talk's algebra, proved for every dimension with nothing but `tensor_dyson::symbolic`.
//!
//! Each statement comes with near misses that go through the same chain of steps and must be refuted.

mod braids;
mod covariance;
mod dyson;
mod gram;
mod limit_law;
mod linearization;
mod moments;
mod singular_vectors;
mod square_root;
mod superoperator;
mod traces;
mod weights;

use tensor_dyson::symbolic::{Proof, ProofError};

/// A proof, or why there is none.
pub(crate) type Outcome = Result<Proof, ProofError>;

/// Statements close to a true one, each by what is wrong with it.
pub(crate) type NearMisses = Vec<(&'static str, Outcome)>;

/// A claim of the talk that is algebra, with its proof and its controls.
pub(crate) struct Statement {
    /// The claim's name in the ledger.
    pub id: &'static str,
    /// The proof.
    pub prove: fn() -> Outcome,
    /// What must be refuted.
    pub near_misses: fn() -> NearMisses,
}

const fn statement(
    id: &'static str,
    prove: fn() -> Outcome,
    near_misses: fn() -> NearMisses,
) -> Statement {
    Statement {
        id,
        prove,
        near_misses,
    }
}

/// Every statement, in the talk's order.
pub(crate) const STATEMENTS: [Statement; 20] = [
    statement(
        "mp-linearization",
        linearization::marchenko_pastur,
        linearization::marchenko_pastur_near_misses,
    ),
    statement(
        "mp-superoperator",
        superoperator::marchenko_pastur,
        superoperator::marchenko_pastur_near_misses,
    ),
    statement("gram", gram::gram, gram::near_misses),
    statement("mean", covariance::mean, covariance::mean_near_misses),
    statement(
        "fourth-moment",
        covariance::fourth_moment,
        covariance::fourth_moment_near_misses,
    ),
    statement(
        "covariance",
        covariance::covariance,
        covariance::covariance_near_misses,
    ),
    statement("braid-laws", braids::braid_laws, braids::near_misses),
    statement(
        "linearization",
        linearization::ntk,
        linearization::ntk_near_misses,
    ),
    statement(
        "superoperator",
        superoperator::ntk,
        superoperator::ntk_near_misses,
    ),
    statement("dyson-blocks", dyson::blocks, dyson::blocks_near_misses),
    statement("scalar", dyson::scalar, dyson::scalar_near_misses),
    statement(
        "tau23-action",
        singular_vectors::tau_23,
        singular_vectors::tau_23_near_misses,
    ),
    statement(
        "tau24-action",
        singular_vectors::tau_24,
        singular_vectors::tau_24_near_misses,
    ),
    statement(
        "two-by-two-block",
        singular_vectors::block,
        singular_vectors::block_near_misses,
    ),
    statement(
        "q-square-root",
        square_root::square_root,
        square_root::near_misses,
    ),
    statement("q-trace", traces::first, traces::first_near_misses),
    statement(
        "q-trace-of-square",
        traces::second,
        traces::second_near_misses,
    ),
    statement("weights-law", weights::woodbury, weights::near_misses),
    statement("ntk-moments", moments::exact, moments::exact_near_misses),
    statement(
        "ntk-limit-moments",
        moments::limit,
        moments::limit_near_misses,
    ),
];
