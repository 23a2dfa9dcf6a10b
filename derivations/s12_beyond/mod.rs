//! Section 12: what can be said where the slides end: K₂ in the quadratic scaling, structured data, several blocks of features, and
//! regression and extremes at n ≍ d². Sources, where there are any, stand in each claim; the others are derived here.

claims! {
    quadratic_k2,
    structured_covariance,
    structured_spectrum,
    structured_law,
    structured_nonlinearity,
    blocks,
    product_law,
    kernel_ridge,
    random_feature_ridge,
    extremes_polynomial,
}

const SLIDE: &str = "Beyond the talk";

/// The eigenvalues of Σ in dimension d, of mean 1.
type Spectrum = fn(usize) -> Vec<f64>;

/// d eigenvalues of Σ, half of them 0.4 and half 1.6, of mean 1 for d even.
fn two_atoms(d: usize) -> Vec<f64> {
    normalized((0..d).map(|i| if 2 * i < d { 0.4 } else { 1.6 }).collect())
}

/// `Σ_i ∝ i^{−0.7}`, of mean 1.
fn power_law(d: usize) -> Vec<f64> {
    normalized((1..=d).map(|i| (i as f64).powf(-0.7)).collect())
}

fn normalized(values: Vec<f64>) -> Vec<f64> {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    values.into_iter().map(|x| x / mean).collect()
}

/// Ascending values by their rank from the top.
fn ranked(ascending: &[f64]) -> Vec<(f64, f64)> {
    let numbered = ascending.iter().rev().enumerate();
    numbered.map(|(k, &x)| (k as f64 + 1.0, x)).collect()
}
