//! Section 8: the nonlinearity and the weights a.

mod free_sum;
mod hermite_split;
mod mean_part;
mod random_weights;
mod universality;
mod weights_law;

use tensor_dyson::ledger::Claim;

pub(crate) use free_sum::{bounded_second_moment, free_sum_second_moment};

pub(crate) const CLAIMS: [Claim; 6] = [
    hermite_split::CLAIM,
    universality::CLAIM,
    mean_part::CLAIM,
    random_weights::CLAIM,
    weights_law::CLAIM,
    free_sum::CLAIM,
];
