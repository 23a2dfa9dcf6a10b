//! Roots of the equation of K without bounds, to rounding.

use num_complex::Complex64;

use super::WeightedCovariance;
use crate::measure::arithmetic::ball::size;
use crate::measure::arithmetic::scalar::Scalar;

/// The weights that are not 0, at one t: τ with `w = γ₂m`.
pub(super) struct Rows {
    rows: Vec<(Complex64, f64)>,
    /// `Σ w`.
    whole: f64,
}

/// `v(ω) = ω + γ₂ ∫ τω/(ω−τ) dν`, `ω = −1/g`, its derivative, half its second one, and the size of the terms that were added.
pub(super) struct Inverse {
    pub(super) v: Complex64,
    pub(super) slope: Complex64,
    pub(super) bend: Complex64,
    pub(super) size: f64,
}

impl WeightedCovariance {
    /// The weights, from their τ.
    pub(super) fn rows(&self, taus: impl Iterator<Item = Complex64>) -> Rows {
        let weights = self.weights.at().iter().zip(self.weights.mass());
        let masses = weights
            .filter(|(x, _)| **x > 0.0)
            .map(|(_, mass)| self.gamma * mass);
        let rows: Vec<_> = taus.zip(masses).collect();
        let whole = rows.iter().map(|(_, mass)| mass).sum();
        Rows { rows, whole }
    }
}

impl Rows {
    /// v, its slope and its bend, from `v = ω (1 − W + ω Σ w/(ω−τ))`, W the sum of all w.
    ///
    /// Of the moduli that are summed a bound, at most twice them, that takes no root.
    #[inline(never)]
    pub(super) fn inverse(&self, omega: Complex64) -> Inverse {
        let (mut sums, mut length) = ([Complex64::ZERO; 3], 0.0);
        for (tau, mass) in &self.rows {
            let below = (omega - tau).over();
            let first = below * *mass;
            let second = first * below;
            sums[0] += first;
            sums[1] += second;
            sums[2] += second * below;
            length += first.re.abs() + first.im.abs();
        }
        let [first, second, third] = sums.map(|sum| omega * sum);
        let rest = 1.0 - self.whole;
        Inverse {
            v: omega * (rest + first),
            slope: rest + first * 2.0 - omega * second,
            bend: (first - omega * second * 2.0 + omega * omega * third) * omega.over(),
            size: size(omega) * (1.0 + self.whole + size(omega) * length),
        }
    }
}

/// Steps after which a start is given up: a good one needs two.
const STEPS: usize = 12;
/// The share of the root, and of the way to a branch point, up to which the last step tells of the next one.
const FINE: f64 = 1e-4;
const BENT: f64 = 0.05;
/// Relative residual at which a root is one: the few roundings of a term.
const RESIDUAL: f64 = 4.0 * f64::EPSILON;

impl Rows {
    /// The root of `v(ω) = v` near `start`, to rounding, with `dω/dv` and half of `d²ω/dv²` there, by Halley's method.
    pub(super) fn root_near(&self, v: Complex64, start: Complex64) -> Option<[Complex64; 3]> {
        let mut omega = start;
        let (mut last, mut before) = (f64::INFINITY, f64::INFINITY);
        for _ in 0..STEPS {
            let at = self.inverse(omega);
            let gap = v - at.v;
            let residual = size(gap) / (at.size + size(v));
            let found = |omega: Complex64, slope: Complex64| {
                let over = slope.over();
                [omega, over, -(at.bend * over * over * over)]
            };
            if residual <= RESIDUAL || (residual < 1e-14 && residual >= last) {
                return Some(found(omega, at.slope));
            }
            last = residual;
            let over = at.slope.over();
            let newton = gap * over;
            // What the second order changes, where a branch point is not as near.
            let bent = newton * at.bend * over;
            let is_near = size(bent) > 0.25;
            let step = if is_near {
                newton
            } else {
                newton * (1.0 + bent).over()
            };
            omega += step;
            // Of third order: the next step would be of the size of step⁴/before³.
            let (moved, scale) = (size(step), size(omega));
            let next = moved * (moved / before).powi(3);
            let tells = before.is_finite() && moved <= FINE * scale && size(bent) <= BENT;
            if tells && next <= 0.01 * f64::EPSILON * scale {
                return Some(found(omega, at.slope + 2.0 * at.bend * step));
            }
            before = moved;
        }
        None
    }
}
