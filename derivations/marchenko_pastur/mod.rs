//! Section 4: the matrix Dyson equation for Marchenko–Pastur.

mod mp_dyson;
mod mp_scalar;

use tensor_dyson::ledger::Claim;

pub(crate) const CLAIMS: [Claim; 2] = [mp_dyson::CLAIM, mp_scalar::CLAIM];
