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

use std::f64::consts::PI;

use super::algebraic::outside;
use crate::measure::arithmetic::ball::Ball;
use crate::measure::law::build;
use crate::measure::law::local::Local;
use crate::measure::law::transform::{Atom, Memory, Transform};
use crate::measure::law::{Law, LawError, Notation};

mod positive;

#[derive(Clone, Debug)]
struct Series {
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

/// Degrees tried, by doubling.
const FIRST: usize = 32;
const LAST: usize = 2048;
/// The last quarter of the coefficients, relative to the mass, at which a series is taken.
const TAIL: f64 = 1e-13;
/// The value of A at an end, relative to the mass, up to which it is a root of A.
const ROOT: f64 = 1e-11;
/// By how much the mass may miss 1.
const MASS: f64 = 1e-9;

impl Law {
    /// The law with a density on `[low, high]` that is smooth inside; at each end it may vanish like a root (or an odd
    /// power of one: a soft edge), or grow like an inverse root (a hard edge). Which it is is found out.
    ///
    /// The density is sampled at Chebyshev points, more and more until its series is resolved to `1e-13` of the mass as far
    /// as its last coefficients tell. **The law is that of the series**: with respect to it every bound is proved, while how
    /// far the series is from the function in the closure is not known but at the points sampled. The mass may miss 1
    /// by `1e-9` and is divided out, and the density is raised by some `1e-13` if that is needed to prove it
    /// positive. For a density with jumps or kinks, or known at some points only, take [`Law::from_samples`].
    ///
    /// ```
    /// use tensor_dyson::measure::Law;
    /// let density = |x: f64| 2.0 / std::f64::consts::PI * (1.0 - x * x).sqrt();
    /// let law = Law::from_density(-1.0, 1.0, density)?;
    /// assert!((law.density(0.5)?.value - density(0.5)).abs() < 1e-12);
    /// # Ok::<(), tensor_dyson::measure::LawError>(())
    /// ```
    ///
    /// # Errors
    /// [`LawError::Argument`] for bad ends or a negative or infinite density, [`LawError::Mass`], and
    /// [`LawError::Unresolved`] for a density that 2048 terms do not resolve: a jump or a kink, or another power at an end.
    pub fn from_density(
        low: f64,
        high: f64,
        density: impl Fn(f64) -> f64,
    ) -> Result<Self, LawError> {
        build::ordered(low, high)?;
        let mut degree = FIRST;
        loop {
            let cosines = sampled(low, high, &density, degree)?;
            let mass = PI * cosines[0];
            let last = cosines[degree - degree / 4..].iter();
            let tail = PI * last.map(|c| c.abs()).sum::<f64>() / mass.abs();
            if tail <= TAIL && (mass - 1.0).abs() <= MASS {
                let series = Series::divided(low, high, cosines);
                return match series.made_positive() {
                    Some(series) => Ok(Self::from_transform(series)),
                    None => Err(LawError::Unresolved { degree, tail }),
                };
            }
            if tail <= TAIL {
                return Err(LawError::Mass { total: mass });
            }
            if degree >= LAST {
                return Err(LawError::Unresolved { degree, tail });
            }
            degree *= 2;
        }
    }
}

/// The coefficients of `hρ sin θ = Σ a_k cos kθ` from its values at the midpoints of `degree` equal parts of `[0, π]`.
fn sampled(
    low: f64,
    high: f64,
    density: &impl Fn(f64) -> f64,
    degree: usize,
) -> Result<Vec<f64>, LawError> {
    let half = 0.5 * (high - low);
    let step = PI / degree as f64;
    // From the nearer end, so that powers there keep their relative accuracy.
    let place = |angle: f64| {
        if angle < 0.5 * PI {
            high - (high - low) * (0.5 * angle).sin().powi(2)
        } else {
            low + (high - low) * (0.5 * (PI - angle)).sin().powi(2)
        }
    };
    let mut values = Vec::with_capacity(degree);
    for j in 0..degree {
        let angle = step * (j as f64 + 0.5);
        let value = density(place(angle));
        if !(value.is_finite() && value >= 0.0) {
            return Err(LawError::Argument {
                name: "density",
                value,
                needed: "finite and at least 0",
            });
        }
        values.push(half * value * angle.sin());
    }
    let coefficient = |k: usize| {
        // The angle modulo a turn, in integers.
        let wave = |j: usize| (0.5 * step * ((k * (2 * j + 1)) % (4 * degree)) as f64).cos();
        let terms = values.iter().enumerate().map(|(j, v)| v * wave(j));
        terms.sum::<f64>() * if k == 0 { 1.0 } else { 2.0 } / degree as f64
    };
    Ok((0..degree).map(coefficient).collect())
}

impl Series {
    /// B and its ends from A, normalised and cut where the coefficients are rounding.
    fn divided(low: f64, high: f64, mut a: Vec<f64>) -> Self {
        let mass = a[0];
        let (mut at_high, mut at_low) = (0.0, 0.0);
        for (k, c) in a.iter_mut().enumerate() {
            *c /= mass;
            at_high += *c;
            at_low += if k % 2 == 0 { *c } else { -*c };
        }
        let ends = Ends {
            low: at_low.abs() <= ROOT,
            high: at_high.abs() <= ROOT,
        };
        // The quotient from its last coefficient on, where nothing cancels; its remainder is A at the ends.
        let mut b = match ends {
            Ends {
                low: true,
                high: true,
            } => quotient(&a, 2, 1.0),
            Ends {
                low: false,
                high: true,
            } => quotient(&a, 1, 1.0),
            Ends {
                low: true,
                high: false,
            } => quotient(&a, 1, -1.0),
            Ends {
                low: false,
                high: false,
            } => a,
        };
        let mut left_out = 0.0;
        while b.len() > 1 && left_out + b[b.len() - 1].abs() <= 0.25 * TAIL {
            left_out += b.pop().map_or(0.0, f64::abs);
        }
        let first = b[0];
        b.iter_mut().for_each(|c| *c /= first);
        Self {
            low,
            high,
            ends,
            coefficients: b,
        }
    }

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

/// `A/(1 − sign·q^step)` without its remainder.
fn quotient(a: &[f64], step: usize, sign: f64) -> Vec<f64> {
    let mut b = vec![0.0; a.len() + step];
    for k in (step..a.len()).rev() {
        b[k - step] = sign * (b[k] - a[k]);
    }
    b.truncate((a.len() - step).max(1));
    b
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
        let (to_high, to_low) = ((one - q).inv(), (one + q).inv());
        let (d, d_minus, log_slope) = match self.ends {
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
        };
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
        let edge = LawError::Edge {
            z: z.center,
            radius: z.radius,
            variation: f64::INFINITY,
        };
        if !s.is_finite() {
            return Err(edge);
        }
        let beside = outside(z.center, self.hull());
        let mut values = [s, ds, chi];
        if z.center.im == 0.0 && beside > z.radius {
            // The values there are real.
            values.iter_mut().for_each(|value| value.center.im = 0.0);
        }
        let [s, ds, chi] = values;
        let reach = (beside - z.radius) * (1.0 - 4.0 * f64::EPSILON);
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
