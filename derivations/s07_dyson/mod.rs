//! Section 7: the linearization and the tensor Dyson equation.

mod block_diagonal;
mod dyson_blocks;
mod linearization;
mod outlier;
mod resolvent;
mod scalar;
mod superoperator;

use tensor_dyson::ledger::Claim;

pub(crate) const CLAIMS: [Claim; 7] = [
    linearization::CLAIM,
    superoperator::CLAIM,
    block_diagonal::CLAIM,
    dyson_blocks::CLAIM,
    scalar::CLAIM,
    resolvent::CLAIM,
    outlier::CLAIM,
];
