//! Section 5: the NTK as a Gram matrix, and its covariance.

mod braid_laws;
mod covariance;
mod fourth_moment;
mod gram;
mod mean;

use tensor_dyson::ledger::Claim;

pub(crate) const CLAIMS: [Claim; 5] = [
    gram::CLAIM,
    mean::CLAIM,
    fourth_moment::CLAIM,
    covariance::CLAIM,
    braid_laws::CLAIM,
];
