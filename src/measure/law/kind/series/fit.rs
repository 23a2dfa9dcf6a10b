//! The series of a density given by a closure.

use std::f64::consts::PI;

use super::{Ends, Series};
use crate::measure::arithmetic::cosines;
use crate::measure::law::node::Kind;
use crate::measure::law::{Law, LawError, build};

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
                    Some(series) => Ok(Self::new(Kind::Series(series))),
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
        let angle = cosines::angle(j, degree);
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
    Ok(cosines::coefficients(&values))
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
