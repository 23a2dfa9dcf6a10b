//! Section 9: the theorem, end to end: the NTK's law against the Marchenko–Pastur map of law(𝒬).

mod claims;
mod ladder;

pub(crate) use claims::CLAIMS;
pub(crate) use ladder::{Setup, fit, replicates};
