//! That a series is the density of a law: a proof that it is positive, after a small addition if need be.

use num_complex::Complex64;
use std::f64::consts::PI;

use super::{Ends, Series, horner};
use crate::measure::arithmetic::ball::Ball;

/// The additions tried, in roundings of the sum of all coefficients.
const RAISES: [f64; 4] = [4.0, 64.0, 1024.0, 16384.0];
/// Halvings of the half circle.
const DEPTH: u32 = 48;

impl Series {
    /// The same, its density raised by a few roundings so that it is proved to be positive; `None` where it is not.
    ///
    /// The density is a positive weight times `p(θ) = Σ b_k P_k`, P the Chebyshev polynomials of the first to fourth kind
    /// that belong to the ends. `P_0 = 1`, so that b₀ raises p.
    pub(super) fn made_positive(mut self) -> Option<Self> {
        let p = self.polynomial();
        let total: f64 = p.iter().map(|c| c.abs()).sum();
        // p and its division by b₀ are rounded.
        let rounding = f64::EPSILON * total * (p.len() as f64 + 4.0);
        let raises = RAISES.map(|count| count * rounding);
        let raise = raises
            .into_iter()
            .find(|raise| is_above(&p, 2.0 * rounding - raise))?;
        let first = self.coefficients[0] + raise;
        self.coefficients.iter_mut().for_each(|c| *c /= first);
        self.coefficients[0] = 1.0;
        Some(self)
    }

    /// The coefficients of p as a series of cosines: `U_k = Σ (2−δ) cos jθ` over `j ≤ k` of the parity of k, and
    /// `sin (k+½)θ/sin ½θ = 1 + 2 Σ_{j≤k} cos jθ`, with signs for its mirror image.
    fn polynomial(&self) -> Vec<f64> {
        let (step, sign) = match self.ends {
            Ends {
                low: false,
                high: false,
            } => return self.coefficients.clone(),
            Ends {
                low: true,
                high: true,
            } => (2, 1.0),
            Ends {
                low: false,
                high: true,
            } => (1, 1.0),
            Ends {
                low: true,
                high: false,
            } => (1, -1.0),
        };
        let mut sums = self.coefficients.clone();
        for k in (0..sums.len().saturating_sub(step)).rev() {
            sums[k] += sign * sums[k + step];
        }
        sums.iter_mut().skip(1).for_each(|c| *c *= 2.0);
        sums
    }
}

/// Whether `Σ d_k cos kθ > least` for all θ: on each stretch by value and slope in the middle, and a bound of the
/// second derivative; stretches are halved.
fn is_above(d: &[f64], least: f64) -> bool {
    let weighted = |power: i32| {
        let terms = d.iter().enumerate();
        terms.map(move |(k, c)| (k as f64).powi(power) * c)
    };
    let bend: f64 = weighted(2).map(f64::abs).sum::<f64>() * (1.0 + 1e-9);
    let slopes: Vec<f64> = weighted(1).collect();
    let mut waiting = vec![(0.5 * PI, 0.5 * PI, DEPTH)];
    while let Some((theta, radius, depth)) = waiting.pop() {
        // The sine and the cosine are rounded, θ is not: neighbouring stretches overlap.
        let q = Ball::new(Complex64::from_polar(1.0, theta), 2.0 * f64::EPSILON);
        let value = horner(d.iter().copied(), q);
        let slope = horner(slopes.iter().copied(), q);
        let reach = radius * (1.0 + 1e-9) + 4.0 * f64::EPSILON;
        let slope = (slope.center.im.abs() + slope.radius) * (1.0 + 1e-9);
        let lowest = value.center.re - value.radius - reach * (slope + 0.5 * reach * bend);
        if lowest > least {
            continue;
        }
        // Not even in the middle.
        if depth == 0 || value.center.re + value.radius < least {
            return false;
        }
        let half = 0.5 * radius;
        waiting.push((theta - half, half, depth - 1));
        waiting.push((theta + half, half, depth - 1));
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `1 + a cos kθ` is above all that is below `1 − |a|`, and nothing else: also where the extreme is in no middle of a stretch.
    #[test]
    fn a_series_of_cosines_is_above_what_is_below_its_least_value() {
        for k in 1..12 {
            for a in [1.5, -1.5, 0.25, -0.25] {
                let mut d = vec![0.0; k + 1];
                (d[0], d[k]) = (1.0, a);
                let least = 1.0 - f64::abs(a);
                assert!(is_above(&d, least - 1e-6), "{k} {a}");
                assert!(!is_above(&d, least + 1e-6), "{k} {a}");
            }
        }
    }

    /// `cos θ + cos 2θ/2`: in `x = cos θ` it is `x² + x − ½`, at `x = −½` the least, −¾, beside the ends.
    #[test]
    fn so_is_one_of_two_with_its_least_value_inside() {
        for sign in [1.0, -1.0] {
            let d = [0.0, sign, 0.5];
            assert!(is_above(&d, -0.75 - 1e-6) && !is_above(&d, -0.75 + 1e-6));
        }
    }

    /// A series of twice the mass is divided by it.
    #[test]
    fn a_series_is_divided_by_its_first_coefficient() {
        let ends = Ends {
            low: false,
            high: false,
        };
        let series = |coefficients: &[f64]| Series {
            low: -1.0,
            high: 1.0,
            ends,
            coefficients: coefficients.to_vec(),
        };
        let made = series(&[2.0, 0.5, -3.0 / 8.0]).made_positive().unwrap();
        for (found, wanted) in made.coefficients.iter().zip([1.0, 0.25, -3.0 / 16.0]) {
            assert!((found - wanted).abs() < 1e-12);
        }
        assert!(series(&[1.0, 1.5]).made_positive().is_none());
    }
}
