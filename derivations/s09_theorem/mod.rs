//! Section 9: the theorem, end to end: the NTK's law against the Marchenko–Pastur map of law(𝒬).

mod claims;
mod ntk_moments;

#[cfg(test)]
pub(crate) use claims::density;

use tensor_dyson::ledger::Claim;

/// The theorem, then its moments.
pub(crate) fn claims() -> Vec<Claim> {
    let mut all = claims::CLAIMS.to_vec();
    all.extend([ntk_moments::MOMENTS, ntk_moments::LIMIT]);
    all
}
