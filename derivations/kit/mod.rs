//! What claims of several sections share: points and fits, samples, ladders of sizes, figures, formulas as printed.

pub(crate) mod common;
pub(crate) mod covariance_figure;
pub(crate) mod degrees;
pub(crate) mod draw;
pub(crate) mod figures;
pub(crate) mod fixed_point;
pub(crate) mod laid_over;
pub(crate) mod matrix_free;
pub(crate) mod ntk_ladder;
pub(crate) mod printed;
pub(crate) mod proved;
pub(crate) mod regression;
pub(crate) mod second_moment;
