//! Laws with their transforms in closed form or as finite sums, and mixtures and affine images of laws.

pub(crate) mod algebraic;
pub(crate) mod combine;
pub(crate) mod points;
pub(crate) mod samples;
pub(crate) mod series;
pub(crate) mod uniform;
