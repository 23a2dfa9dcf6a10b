//! Section 4: the matrix Dyson equation for Marchenko–Pastur.

mod mp_dyson;
mod mp_linearization;
mod mp_scalar;
mod mp_superoperator;

use tensor_dyson::ledger::Claim;

pub(crate) const CLAIMS: [Claim; 4] = [
    mp_linearization::CLAIM,
    mp_superoperator::CLAIM,
    mp_dyson::CLAIM,
    mp_scalar::CLAIM,
];
