//! Section 11: what the talk's conclusion asks beyond the limit law: eigenvalues outside the bulk, extremes,
//! other scalings, and the test error.

claims! {
    exact_covariance,
    outlier_count,
    outlier_position,
    minibulk,
    minibulk_h2,
    minibulk_h2_ntk,
    gaps,
    extreme_max,
    extreme_min,
    scaling_wide_input,
    scaling_wide_layer,
    wide_layer_fluctuations,
    double_descent_ridge,
    double_descent_random_features,
    multiple_descent,
}
