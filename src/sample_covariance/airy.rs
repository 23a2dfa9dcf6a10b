//! Airy's function on the real line, to an absolute error of about 1e-14 from −11 on.

use num_complex::Complex64;
use std::f64::consts::PI;
use std::sync::OnceLock;

/// The first node, the distance between nodes, and their number: from −11 to 25, where Ai is below 1e-36.
const FIRST: f64 = -11.0;
const STEP: f64 = 0.125;
const NODES: usize = 289;
/// Terms of the series around a node: the distance is at most 1/16, and `(1/16)²⁰` is 1e-24.
const TERMS: usize = 20;

/// `Ai(x)` for `x ≥ −11`; 0 beyond 25, where it is below 1e-36.
///
/// From the nearest node the Taylor series of the solution of `y″ = x y` is summed.
pub(super) fn airy(x: f64) -> f64 {
    static TABLE: OnceLock<Vec<[f64; 2]>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let nodes = (0..NODES).map(|k| FIRST + STEP * k as f64);
        nodes.map(by_contour).collect()
    });
    let index = ((x - FIRST) / STEP).round().max(0.0);
    let Some(&[value, slope]) = table.get(index as usize) else {
        return 0.0;
    };
    let node = FIRST + STEP * index;
    let h = x - node;
    // c_{n+2} = (node c_n + c_{n−1})/((n+1)(n+2)).
    let mut last = [0.0, value, slope];
    let (mut sum, mut power) = (value + slope * h, h);
    for n in 0..TERMS {
        let next = (node * last[1] + last[0]) / ((n + 1) * (n + 2)) as f64;
        power *= h;
        sum += next * power;
        last = [last[1], last[2], next];
    }
    sum
}

/// `Ai` and `Ai′` by the trapezoidal rule for `(1/2π) ∫ exp(i(w³/3 + xw)) dw` on the line `Im w = η`, which for `x > 0` goes
/// through the saddle point `i√x`: the error is of the order `exp(−2πη/h)` (Trefethen and Weideman 2014).
fn by_contour(x: f64) -> [f64; 2] {
    let height = x.max(0.0).sqrt().max(0.6);
    let h = 0.05;
    let count = ((40.0 / height).sqrt() / h) as usize + 1;
    let mut sums = [0.0; 2];
    for k in 0..=count {
        let w = Complex64::new(h * k as f64, height);
        let i = Complex64::i();
        let term = (i * (w * w * w / 3.0 + x * w)).exp();
        // The part at −t is the conjugate.
        let weight = if k == 0 { 1.0 } else { 2.0 };
        sums[0] += weight * term.re;
        sums[1] += weight * (i * w * term).re;
    }
    sums.map(|sum| sum * h / (2.0 * PI))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Abramowitz and Stegun, tables 10.11 and 10.13, and the closed forms at 0.
    #[test]
    fn known_values_between_nodes_and_at_a_zero() {
        for (x, value) in [
            (0.0, 0.355_028_053_887_817_2),
            (1.0, 0.135_292_416_312_881_42),
            (-2.338_107_410_459_767, 0.0),
            (-10.0, 0.040_241_238_486_441_96),
            (5.03, 1.011_607_810_187_414_3e-4),
        ] {
            assert!(
                (airy(x) - value).abs() < 3e-15 * (1.0 + x.abs()),
                "{x}: {:e}",
                airy(x) - value
            );
        }
        let slope = by_contour(0.0)[1];
        assert!((slope + 0.258_819_403_792_806_8).abs() < 1e-15);
    }

    #[test]
    fn the_series_of_two_nodes_agree_half_way() {
        for k in 1..NODES - 1 {
            let half = FIRST + STEP * (k as f64 + 0.5);
            let (below, above) = (airy(half - 1e-13), airy(half + 1e-13));
            assert!((below - above).abs() < 1e-12, "{half}");
        }
    }
}
