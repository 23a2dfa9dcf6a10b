//! What a law is asked: density, distribution function, quantiles, moments, R- and S-transforms.

pub(crate) mod cumulative;
pub(crate) mod density;
pub(crate) mod distribution;
mod effort;
pub(crate) mod moments;
mod path;
mod piece;
pub(crate) mod quantile;
pub(crate) mod r_and_s;
pub(crate) mod subordinate;

#[cfg(test)]
mod tests;

pub use density::Density;
pub use distribution::Distribution;
pub use r_and_s::Enclosed;
pub use subordinate::EnclosedPoint;
