//! Section 11: what the talk's conclusion asks beyond the limit law: eigenvalues outside the bulk, extremes,
//! other scalings, and the test error.

mod double_descent_random_features;
mod double_descent_ridge;
mod exact_covariance;
mod extreme_max;
mod extreme_min;
mod gaps;
mod minibulk;
mod minibulk_h2;
mod minibulk_h2_ntk;
mod multiple_descent;
mod outlier_count;
mod outlier_position;
mod scaling_wide_input;
mod scaling_wide_layer;
mod wide_layer_fluctuations;

use tensor_dyson::ledger::Claim;

pub(crate) const CLAIMS: [Claim; 15] = [
    exact_covariance::CLAIM,
    outlier_count::CLAIM,
    outlier_position::CLAIM,
    minibulk::CLAIM,
    minibulk_h2::CLAIM,
    minibulk_h2_ntk::CLAIM,
    gaps::CLAIM,
    extreme_max::CLAIM,
    extreme_min::CLAIM,
    scaling_wide_input::CLAIM,
    scaling_wide_layer::CLAIM,
    wide_layer_fluctuations::CLAIM,
    double_descent_ridge::CLAIM,
    double_descent_random_features::CLAIM,
    multiple_descent::CLAIM,
];
