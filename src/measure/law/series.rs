//! A density that vanishes like a root at both ends, as a series of Chebyshev polynomials of the second kind.
//!
//! With `x = m + h cos θ` and `hρ(x) = Σ c_k sin (k+1)θ`, for z in the closed upper half plane and
//! `q = ζ − √(ζ²−1)`, `ζ = (z−m)/h`, `|q| ≤ 1`,
//!
//! ```math
//! s(z) = −(π/h) Σ c_k q^{k+1},
//! ```
//!
//! on the axis too.

use num_complex::Complex64;
use std::f64::consts::PI;

use super::algebraic::outside;
use super::ball::Ball;
use super::local::Local;
use super::transform::{Atom, Memory, Transform};
use super::{Law, LawError, Notation};

#[derive(Clone, Debug)]
struct Series {
    low: f64,
    high: f64,
    /// `c_k`.
    coefficients: Vec<f64>,
    /// The coefficients of `xρ`.
    weighted: Vec<f64>,
    /// An estimate of `Σ |c_k|` over the terms that are left out.
    tail: f64,
}

/// Degrees tried, by doubling.
const FIRST: usize = 32;
const LAST: usize = 2048;
/// The last quarter of the coefficients, relative to the mass, at which a series is taken.
const TAIL: f64 = 1e-13;
/// By how much the mass may miss 1.
const MASS: f64 = 1e-9;

impl Law {
    /// The law with a density on `[low, high]` that is smooth inside and vanishes like a root at the ends, or like an odd
    /// power of one: eigenvalue densities with soft edges.
    ///
    /// The density is sampled at Chebyshev points, and expanded; s(z) follows exactly from the series, on the real
    /// axis too. What the series leaves out is estimated from its last coefficients, so that radii are not
    /// proved. The mass may miss 1 by `1e-9` and is divided out.
    ///
    /// ```
    /// use tensor_dyson::measure::Law;
    /// let density = |x: f64| 2.0 / std::f64::consts::PI * (1.0 - x * x).sqrt();
    /// let law = Law::from_density(-1.0, 1.0, density)?;
    /// assert!((law.density(0.5)?.value - density(0.5)).abs() < 1e-13);
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
        super::build::ordered(low, high)?;
        let mut degree = FIRST;
        loop {
            let series = Series::sampled(low, high, &density, degree)?;
            let mass = 0.5 * PI * series.coefficients[0];
            let resolved = series.tail <= TAIL * mass.abs();
            if resolved && (mass - 1.0).abs() <= MASS {
                return Ok(Self::from_transform(series.divided(mass)));
            }
            if resolved {
                return Err(LawError::Mass { total: mass });
            }
            if degree >= LAST {
                let tail = series.tail / mass.abs();
                return Err(LawError::Unresolved { degree, tail });
            }
            degree *= 2;
        }
    }
}

impl Series {
    fn sampled(
        low: f64,
        high: f64,
        density: &impl Fn(f64) -> f64,
        degree: usize,
    ) -> Result<Self, LawError> {
        let half = 0.5 * (high - low);
        let step = PI / (degree + 1) as f64;
        // From the nearer end, so that roots there keep their relative accuracy.
        let place = |angle: f64| {
            if angle < 0.5 * PI {
                high - (high - low) * (0.5 * angle).sin().powi(2)
            } else {
                low + (high - low) * (0.5 * (PI - angle)).sin().powi(2)
            }
        };
        let mut values = Vec::with_capacity(degree);
        for j in 1..=degree {
            let value = density(place(step * j as f64));
            if !(value.is_finite() && value >= 0.0) {
                return Err(LawError::Argument {
                    name: "density",
                    value,
                    needed: "finite and at least 0",
                });
            }
            values.push(half * value);
        }
        let coefficient = |k: usize| {
            // The angle modulo a turn, in integers.
            let wave = |j: usize| (step * ((k * j) % (2 * degree + 2)) as f64).sin();
            let terms = values.iter().enumerate().map(|(j, v)| v * wave(j + 1));
            2.0 / (degree + 1) as f64 * terms.sum::<f64>()
        };
        let coefficients: Vec<f64> = (1..=degree).map(coefficient).collect();
        let tail = coefficients[degree - degree / 4..].iter();
        let tail = tail.map(|c| c.abs()).sum();
        Ok(Self {
            low,
            high,
            coefficients,
            weighted: Vec::new(),
            tail,
        })
    }

    /// Normalised, cut where the coefficients are rounding, with the series of `xρ`.
    fn divided(mut self, mass: f64) -> Self {
        self.coefficients.iter_mut().for_each(|c| *c /= mass);
        let (middle, half) = (0.5 * (self.low + self.high), 0.5 * (self.high - self.low));
        let mut cut = self.coefficients.len();
        let mut left_out = 0.0;
        while cut > 1 && left_out + self.coefficients[cut - 1].abs() <= 0.25 * self.tail {
            cut -= 1;
            left_out += self.coefficients[cut].abs();
        }
        self.coefficients.truncate(cut);
        self.tail += left_out;
        let at = |k: usize| self.coefficients.get(k).copied().unwrap_or(0.0);
        self.weighted = (0..=cut)
            .map(|k| {
                let before = if k > 0 { at(k - 1) } else { 0.0 };
                middle * at(k) + 0.5 * half * (before + at(k + 1))
            })
            .collect();
        self
    }
}

/// `Σ a_k q^{k+1}` by Horner's rule.
fn horner(coefficients: impl DoubleEndedIterator<Item = f64>, q: Ball) -> Ball {
    coefficients
        .rev()
        .fold(Ball::real(0.0), |sum, c| (sum + Ball::real(c)) * q)
}

impl Transform for Series {
    fn evaluate(&self, z: Ball, _: &mut Memory) -> Result<Local, LawError> {
        let (low, high) = (Ball::real(self.low), Ball::real(self.high));
        let half = (high - low) * 0.5;
        let root = (z - low).sqrt_upper() * (z - high).sqrt_upper();
        // q = h/(z − m + root).
        let q = half / (z - (low + high) * 0.5 + root);
        let scale = Ball::new(Complex64::new(PI, 0.0), f64::EPSILON * PI) / half;
        let terms = || self.coefficients.iter().copied();
        let left = scale.most() * self.tail;
        let s = -(scale * horner(terms(), q)).grown(left);
        let slopes = terms().enumerate().map(|(k, c)| (k + 1) as f64 * c);
        let slopes: Vec<f64> = slopes.collect();
        let size = self.coefficients.len() as f64;
        // dq/dz = −q/root.
        let ds = scale * horner(slopes.into_iter(), q).grown(self.tail * size) / root;
        let largest = self.low.abs().max(self.high.abs());
        let chi = scale * horner(self.weighted.iter().copied(), q);
        let reach = (outside(z.center, self.hull()) - z.radius) * (1.0 - 4.0 * f64::EPSILON);
        let mut local = Local::new(z, s, ds, chi.grown(left * largest), reach);
        local.proved = false;
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

    /// `xʲρ` has the series that three terms of recurrence make of it; its mass is `π/2` times the first coefficient.
    fn moments(&self, count: usize) -> Result<Vec<f64>, LawError> {
        let (middle, half) = (0.5 * (self.low + self.high), 0.5 * (self.high - self.low));
        let mut series = self.coefficients.clone();
        let mut moments = Vec::with_capacity(count + 1);
        for _ in 0..=count {
            moments.push(0.5 * PI * series[0]);
            let at = |k: usize| series.get(k).copied().unwrap_or(0.0);
            series = (0..=series.len())
                .map(|k| {
                    let before = if k > 0 { at(k - 1) } else { 0.0 };
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
