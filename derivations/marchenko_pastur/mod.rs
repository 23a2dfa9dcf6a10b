//! Section 4: the matrix Dyson equation for Marchenko–Pastur.

mod linearization;
mod mp_dyson;
mod mp_scalar;
mod superoperator;

use tensor_dyson::ledger::Claim;

pub(crate) const CLAIMS: [Claim; 4] = [
    linearization::CLAIM,
    superoperator::CLAIM,
    mp_dyson::CLAIM,
    mp_scalar::CLAIM,
];
