//! Arithmetic on discs, with every rounding error inside, and a quadrature rule with a bound.

pub(crate) mod ball;
pub(crate) mod gauss;
