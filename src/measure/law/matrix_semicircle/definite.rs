//! Whether a symmetric matrix is positive definite, however different the sizes of its rows.

use num_complex::Complex64;

use crate::measure::law::operator::dense::is_positive;

/// Whether the symmetric n×n matrix with these entries is shown to be positive definite: rows and columns are divided by powers of two,
/// which rounds nothing, so that its diagonal is near 1.
pub(super) fn is_definite(entry: impl Fn(usize, usize) -> f64, n: usize) -> bool {
    let scale = |i: usize| 2.0_f64.powi((-0.5 * entry(i, i).log2()).round() as i32);
    let scales: Vec<f64> = (0..n).map(scale).collect();
    // The diagonal of what is not positive is no number here.
    let scaled = |i: usize, j: usize| Complex64::from(scales[i] * entry(i, j) * scales[j]);
    (0..n).all(|i| entry(i, i) > 0.0) && is_positive(scaled, n, 0.0)
}
