//! The Tracy–Widom law of real matrices, as a determinant.

use super::airy::airy;
use gauss_quad::GaussLegendre;
use std::sync::OnceLock;

/// Nodes of the rule.
const NODES: usize = 48;
/// Where the kernel has fallen below 1e-19.
const END: f64 = 16.0;
/// Below, F is under 1e-18; above, 1 − F is.
const RANGE: (f64, f64) = (-10.0, 14.0);

/// `F₁(s)`, the limit law of the scaled largest eigenvalue of real sample covariance matrices (Tracy and Widom 1996,
/// Johnstone 2001), to an absolute error of about 1e-13.
///
/// ```math
/// F_1(s) = \det(1 - A_s),   A_s(x, y) = Ai(x + y + s) on L²(0, ∞)
/// ```
///
/// (Ferrari and Spohn 2005), with the integral operator replaced by a Gauss–Legendre rule (Bornemann 2010), which converges
/// exponentially.
///
/// ```
/// use tensor_dyson::sample_covariance::tracy_widom;
/// assert!((tracy_widom(0.979_316_053_5) - 0.95).abs() < 1e-9);
/// ```
pub fn tracy_widom(s: f64) -> f64 {
    if s.is_nan() || s <= RANGE.0 {
        return if s.is_nan() { s } else { 0.0 };
    }
    if s >= RANGE.1 {
        return 1.0;
    }
    static RULE: OnceLock<Vec<(f64, f64)>> = OnceLock::new();
    let rule = RULE.get_or_init(|| {
        let count = const { std::num::NonZeroUsize::new(NODES).unwrap() };
        GaussLegendre::new(count).into_iter().collect()
    });
    let length = 0.5 * (END - s);
    let nodes: Vec<(f64, f64)> = rule
        .iter()
        .map(|&(x, weight)| (length * (1.0 + x), (length * weight).sqrt()))
        .collect();
    determinant(&nodes, |x, y| airy(x + y + s))
}

/// `det(1 − (√w_i K(x_i, x_j) √w_j))`, a matrix that is positive definite, by Cholesky's factors.
fn determinant(nodes: &[(f64, f64)], kernel: impl Fn(f64, f64) -> f64) -> f64 {
    let mut rows: Vec<Vec<f64>> = vec![];
    let mut product = 1.0;
    for (i, &(x, root)) in nodes.iter().enumerate() {
        let mut row: Vec<f64> = vec![];
        for (j, &(y, other)) in nodes.iter().take(i + 1).enumerate() {
            let one = if i == j { 1.0 } else { 0.0 };
            let entry = one - root * other * kernel(x, y);
            let known = rows.get(j).unwrap_or(&row);
            let sum: f64 = row.iter().zip(known).map(|(a, b)| a * b).sum();
            let left = entry - sum;
            row.push(match known.get(j) {
                Some(diagonal) => left / diagonal,
                None => left.max(0.0).sqrt(),
            });
        }
        let diagonal = row.last().copied().unwrap_or(1.0);
        if diagonal == 0.0 {
            return 0.0;
        }
        product *= diagonal * diagonal;
        rows.push(row);
    }
    product
}

/// `F₁″(s)`, by differences of the fourth order: of use in corrections only.
pub(super) fn curvature(s: f64) -> f64 {
    let h = 0.1;
    let at = |k: f64| tracy_widom(s + k * h);
    (16.0 * (at(1.0) + at(-1.0)) - at(2.0) - at(-2.0) - 30.0 * at(0.0)) / (12.0 * h * h)
}

/// The s at which a rising `f` is p, by bisection.
pub(super) fn inverse(p: f64, f: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = RANGE;
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if f(middle) < p {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Mean, variance and skewness (Bornemann 2010, table 10), by Simpson's rule on `1 − F` and `F`.
    #[test]
    fn the_moments_are_those_of_the_literature() {
        let (count, h) = (480, 24.0 / 480.0);
        let mut moments = [0.0; 3];
        for k in 0..=count {
            let s = RANGE.0 + h * f64::from(k);
            let weight = match k {
                0 | 480 => 1.0,
                k if k % 2 == 1 => 4.0,
                _ => 2.0,
            };
            // E X^m = c^m − ∫_{−∞}^c m x^{m−1} F dx for a c above the law.
            let f = tracy_widom(s) * weight * h / 3.0;
            moments[0] += f;
            moments[1] += 2.0 * s * f;
            moments[2] += 3.0 * s * s * f;
        }
        let raw = [0, 1, 2].map(|m| RANGE.1.powi(m as i32 + 1) - moments[m]);
        let mean = raw[0];
        let variance = raw[1] - mean * mean;
        let third = raw[2] - 3.0 * mean * raw[1] + 2.0 * mean.powi(3);
        assert!((mean + 1.206_533_574_582_09).abs() < 1e-9, "{mean}");
        assert!((variance - 1.607_781_034_581).abs() < 1e-8, "{variance}");
        let skewness = third / variance.powf(1.5);
        assert!((skewness - 0.293_464_524_08).abs() < 1e-6, "{skewness}");
    }

    /// Bejan 2005, table 1, and Bornemann's F₁(−2).
    #[test]
    fn the_quantiles_are_those_of_the_tables() {
        for (p, s) in [
            (0.05, -3.1804),
            (0.5, -1.2686),
            (0.9, 0.4501),
            (0.95, 0.9793),
            (0.99, 2.0234),
        ] {
            assert!(
                (inverse(p, tracy_widom) - s).abs() < 1e-4,
                "{p}: {}",
                inverse(p, tracy_widom)
            );
        }
        assert_eq!((tracy_widom(-11.0), tracy_widom(20.0)), (0.0, 1.0));
        assert!(tracy_widom(f64::NAN).is_nan());
    }

    #[test]
    fn the_second_derivative_integrates_back() {
        let slope = |s: f64| (tracy_widom(s + 1e-3) - tracy_widom(s - 1e-3)) / 2e-3;
        let h = 0.02;
        let steps: f64 = (0..100)
            .map(|k| curvature(-2.0 + h * (f64::from(k) + 0.5)))
            .sum();
        assert!((h * steps - (slope(0.0) - slope(-2.0))).abs() < 1e-4);
    }
}
