//! Arithmetic on discs with every rounding error inside, a quadrature rule with a bound, cosine series, and the scalar of
//! a formula.

pub(crate) mod ball;
pub(crate) mod bound;
pub(crate) mod cosines;
pub(crate) mod gauss;
pub(crate) mod near;
pub(crate) mod scalar;
pub(crate) mod sum;
