//! Sampled spectra against laws: the empirical Stieltjes transform and distances.

use crate::measure::Response;
use num_complex::Complex64;

/// `(1/n) Σ 1/(λ_i − z)`.
pub fn empirical_stieltjes(eigenvalues: &[f64], z: Complex64) -> Complex64 {
    let sum: Complex64 = eigenvalues.iter().map(|&x| (x - z).inv()).sum();
    sum / eigenvalues.len() as f64
}

/// An upper bound of the support of the Marchenko–Pastur map of ν with ratio `gamma`.
pub fn support_bound(gamma: f64, nu: &dyn Response) -> f64 {
    nu.support_bound() * (1.0 + gamma.sqrt()).powi(2)
}
