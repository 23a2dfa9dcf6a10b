//! Section 9: the theorem, end to end: the NTK's law against the Marchenko–Pastur map of law(𝒬).

mod claims;
mod ladder;
mod printed;

pub use claims::CLAIMS;
pub use ladder::{Setup, fit};
