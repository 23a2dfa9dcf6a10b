//! Laws with their transforms in closed form or as finite sums, and mixtures and affine images of laws.

pub(crate) mod affine;
pub(crate) mod algebraic;
pub(crate) mod meixner;
pub(crate) mod mixture;
mod points;
pub(crate) mod samples;
pub(crate) mod series;
pub(crate) mod uniform;
