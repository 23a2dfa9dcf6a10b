//! Sampled spectra against laws: the empirical Stieltjes transform and distances.

use crate::measure::Response;
use num_complex::Complex64;

/// `(1/n) Σ 1/(λ_i − z)`.
pub fn empirical_stieltjes(eigenvalues: &[f64], z: Complex64) -> Complex64 {
    let sum: Complex64 = eigenvalues.iter().map(|&x| (x - z).inv()).sum();
    sum / eigenvalues.len() as f64
}

/// The root mean square of `|s_emp(z) − s(z)|` over the points z.
pub fn stieltjes_distance(eigenvalues: &[f64], law: &[(Complex64, Complex64)]) -> f64 {
    let sum: f64 = law
        .iter()
        .map(|&(z, s)| (empirical_stieltjes(eigenvalues, z) - s).norm_sqr())
        .sum();
    (sum / law.len() as f64).sqrt()
}

/// The Kolmogorov distance `sup_x |F_n(x) − F(x)|` between n eigenvalues (ascending) and a distribution
/// function given by its values at them, continuous there.
pub fn kolmogorov_distance(distribution_at: &[f64]) -> f64 {
    let n = distribution_at.len() as f64;
    crate::ledger::largest(distribution_at.iter().enumerate().map(|(k, &f)| {
        let k = k as f64;
        crate::ledger::largest([(f - k / n).abs(), (f - (k + 1.0) / n).abs()])
    }))
}

/// An upper bound of the support of the Marchenko–Pastur map of ν with ratio `gamma`.
pub fn support_bound(gamma: f64, nu: &dyn Response) -> f64 {
    nu.support_bound() * (1.0 + gamma.sqrt()).powi(2)
}
