//! Cosine series through values at the midpoints of equal parts of a half circle.

use std::f64::consts::PI;

/// The angle `π (j + ½)/n` at which value j of n is taken.
pub(crate) fn angle(j: usize, n: usize) -> f64 {
    PI * (j as f64 + 0.5) / n as f64
}

/// The coefficients of `Σ c_k cos kθ`, `k < n`, that has the n values at these angles.
pub(crate) fn coefficients(values: &[f64]) -> Vec<f64> {
    let n = values.len();
    // Every angle k (2j+1) π/2n is one of 4n, a turn apart.
    let waves: Vec<f64> = (0..4 * n)
        .map(|turn| (0.5 * PI * turn as f64 / n as f64).cos())
        .collect();
    let coefficient = |k: usize| {
        let terms = values.iter().enumerate();
        let sum: f64 = terms
            .map(|(j, v)| v * waves[k * (2 * j + 1) % (4 * n)])
            .sum();
        sum * if k == 0 { 1.0 } else { 2.0 } / n as f64
    };
    (0..n).map(coefficient).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finite_cosine_series_comes_back() {
        let series = [0.5, -2.0, 0.0, 3.0, 0.25];
        let values: Vec<f64> = (0..7)
            .map(|j| {
                let terms = series.iter().enumerate();
                terms.map(|(k, c)| c * (k as f64 * angle(j, 7)).cos()).sum()
            })
            .collect();
        for (k, found) in coefficients(&values).into_iter().enumerate() {
            let wanted = series.get(k).copied().unwrap_or(0.0);
            assert!((found - wanted).abs() < 1e-14, "{k}: {found} {wanted}");
        }
    }
}
