//! A density that is smooth between two ends, like a root or an inverse root at each, as a finite series.
//!
//! With `x = m + h cos θ` and `q = ζ − √(ζ²−1)`, `ζ = (z−m)/h`, `|q| ≤ 1`, the law is
//!
//! ```math
//! ρ(x) dx = (1/π) Re A(e^{iθ}) dθ,   A(q) = (1−q)^k (1+q)^l B(q),   B(q) = 1 + b_1 q + … + b_n qⁿ,
//! s(z) = −(2/h) q A(q)/(1−q²),
//! ```
//!
//! in the closed upper half plane, the axis included: `∫ cos kθ/(cos θ − ζ) dθ = −2π q^{k+1}/(1−q²)`. The exponents
//! k at the upper end and l at the lower one are 1 for a root and 0 for an inverse root. **The law is the one with
//! the stored coefficients**, a true law: that its density is positive is proved when it is made. So its bounds are of
//! rounding only.

use crate::measure::arithmetic::ball::Ball;
use crate::measure::law::local::Local;
use crate::measure::law::transform::{Atom, Memory, Transform};
use crate::measure::law::{LawError, Notation};

mod fit;
mod positive;

#[derive(Clone, Debug)]
pub(crate) struct Series {
    low: f64,
    high: f64,
    ends: Ends,
    /// `b_k`, the first 1.
    coefficients: Vec<f64>,
}

/// Whether the density vanishes like a root at an end.
#[derive(Clone, Copy, Debug)]
struct Ends {
    low: bool,
    high: bool,
}

impl Series {
    /// The coefficients of A.
    fn cosines(&self) -> Vec<f64> {
        let mut a = self.coefficients.clone();
        for (is_root, sign) in [(self.ends.high, -1.0), (self.ends.low, 1.0)] {
            if is_root {
                a.push(0.0);
                for k in (1..a.len()).rev() {
                    a[k] += sign * a[k - 1];
                }
            }
        }
        a
    }
}

impl Ends {
    /// `D`, `(D−1)/q` and what an end without a root adds to the logarithmic derivative.
    fn at(&self, q: Ball) -> (Ball, Ball, Ball) {
        let one = Ball::real(1.0);
        let (to_high, to_low) = ((one - q).inv(), (one + q).inv());
        match *self {
            Ends {
                low: true,
                high: true,
            } => (one, Ball::real(0.0), Ball::real(0.0)),
            Ends {
                low: true,
                high: false,
            } => (to_high, to_high, to_high),
            Ends {
                low: false,
                high: true,
            } => (to_low, -to_low, -to_low),
            Ends {
                low: false,
                high: false,
            } => {
                let both = to_high * to_low;
                (both, q * both, to_high - to_low)
            }
        }
    }
}

/// `Σ a_k qᵏ` by Horner's rule.
fn horner(coefficients: impl DoubleEndedIterator<Item = f64>, q: Ball) -> Ball {
    coefficients
        .rev()
        .fold(Ball::real(0.0), |sum, c| sum * q + Ball::real(c))
}

impl Transform for Series {
    /// With `D = A/((1−q²)B)`: `s = −(2/h) q B D` and `χ = −m s + q (C D + (D−1)/q + q B D)`, `B = 1 + q C`.
    fn evaluate(&self, z: Ball, _: &mut Memory) -> Result<Local, LawError> {
        let (low, high, one) = (Ball::real(self.low), Ball::real(self.high), Ball::real(1.0));
        let (half, middle) = ((high - low) * 0.5, (low + high) * 0.5);
        let root = (z - low).sqrt_upper() * (z - high).sqrt_upper();
        let q = half / (z - middle + root);
        let (d, d_minus, log_slope) = self.ends.at(q);
        let terms = || self.coefficients.iter().copied();
        let c = horner(terms().skip(1), q);
        let b = one + q * c;
        let slopes = self.coefficients.iter().enumerate();
        let slopes: Vec<f64> = slopes.map(|(k, c)| (k + 1) as f64 * c).collect();
        // Each slope is rounded once; |q| ≤ 1.
        let rounding: f64 = slopes.iter().map(|c| f64::EPSILON * c.abs()).sum();
        let slope = horner(slopes.into_iter(), q).grown(rounding);
        let scale = Ball::real(2.0) / half;
        let s = -(scale * q * b * d);
        // dq/dz = −q/root.
        let ds = scale * q * d * (slope + q * b * log_slope) / root;
        let far = q * (c * d + d_minus + q * b * d) - middle * s;
        let near = -(z * s) - one;
        let chi = if near.radius < far.radius { near } else { far };
        let edge = LawError::at_edge(z.center, z.radius);
        if !s.is_finite() {
            return Err(edge);
        }
        let reach = z.beside(self.hull());
        let mut values = [s, ds, chi];
        if z.center.im == 0.0 && reach > 0.0 {
            // The values there are real.
            values.iter_mut().for_each(|value| value.center.im = 0.0);
        }
        let [s, ds, chi] = values;
        let mut local = Local::new(z, s, ds, chi, reach);
        local.steps = self.coefficients.len();
        Ok(local)
    }

    fn atoms(&self) -> Vec<Atom> {
        Vec::new()
    }

    fn hull(&self) -> (f64, f64) {
        (self.low, self.high)
    }

    fn intervals(&self) -> Result<Vec<(f64, f64)>, LawError> {
        Ok(vec![(self.low, self.high)])
    }

    /// `xʲρ` has the cosines that three terms of recurrence make of those of ρ; its mass is the first of them.
    fn moments(&self, count: usize) -> Result<Vec<f64>, LawError> {
        let (middle, half) = (0.5 * (self.low + self.high), 0.5 * (self.high - self.low));
        let mut series = self.cosines();
        let mut moments = Vec::with_capacity(count + 1);
        for _ in 0..=count {
            moments.push(series[0]);
            let at = |k: usize| series.get(k).copied().unwrap_or(0.0);
            series = (0..=series.len())
                .map(|k| {
                    let before = match k {
                        0 => 0.0,
                        1 => 2.0 * at(0),
                        _ => at(k - 1),
                    };
                    middle * at(k) + 0.5 * half * (before + at(k + 1))
                })
                .collect();
        }
        Ok(moments)
    }

    fn notation(&self, f: &mut Notation<'_>) -> std::fmt::Result {
        write!(
            f,
            "density({}, {}, {} terms)",
            self.low,
            self.high,
            self.coefficients.len()
        )
    }
}
