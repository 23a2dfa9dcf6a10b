//! The laws with `√((z−a)(z−b))` in their transform: Marchenko–Pastur, semicircle, arcsine.

use num_complex::Complex64;

use crate::measure::arithmetic::ball::{Ball, size};
use crate::measure::law::answer::moments;
use crate::measure::law::classical::{Kind, Part, Smooth};
use crate::measure::law::local::Local;
use crate::measure::law::transform::{Atom, Memory, Transform};
use crate::measure::law::{LawError, Notation};

/// A law of the family.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Algebraic {
    /// `MP^γ`: `γzs² + (z+γ−1)s + 1 = 0`.
    MarchenkoPastur {
        /// γ.
        gamma: f64,
    },
    /// The semicircle of variance t: `ts² + zs + 1 = 0`.
    Semicircle {
        /// t.
        variance: f64,
    },
    /// The arcsine law: `(z−a)(z−b)s² = 1`.
    Arcsine {
        /// a.
        low: f64,
        /// b.
        high: f64,
    },
}

use Algebraic::{Arcsine, MarchenkoPastur, Semicircle};

fn enclosed_root(x: f64) -> Ball {
    let root = x.sqrt();
    Ball::new(Complex64::new(root, 0.0), f64::EPSILON * root)
}

impl Algebraic {
    /// The ends a and b with their rounding.
    pub(crate) fn ends(&self) -> (Ball, Ball) {
        match *self {
            MarchenkoPastur { gamma } => {
                let root = enclosed_root(gamma);
                let one = Ball::real(1.0);
                ((one - root).square(), (one + root).square())
            }
            Semicircle { variance } => {
                let root = enclosed_root(variance) * 2.0;
                (-root, root)
            }
            Arcsine { low, high } => (Ball::real(low), Ball::real(high)),
        }
    }

    fn interval(&self) -> (f64, f64) {
        let (a, b) = self.ends();
        (a.center.re, b.center.re)
    }
}

impl Transform for Algebraic {
    fn evaluate(&self, exact: Ball, _: &mut Memory) -> Result<Local, LawError> {
        let (low, high) = self.ends();
        let z = exact.center;
        let (from_low, from_high) = (exact - low, exact - high);
        // Behaves as z at infinity and is cut along [a, b].
        let root = from_low.sqrt_upper() * from_high.sqrt_upper();
        let (s, ds, chi) = match *self {
            MarchenkoPastur { gamma } => {
                if z.norm() == 0.0 && gamma >= 1.0 {
                    return Err(LawError::Atom { at: 0.0 });
                }
                let (one, gamma_ball) = (Ball::real(1.0), Ball::real(gamma));
                let linear = exact + (gamma_ball - one);
                // Of the two equal forms of the root the one without cancellation.
                let s = if (linear.center.conj() * root.center).re >= 0.0 {
                    -(Ball::real(2.0) / (linear + root))
                } else {
                    (root - linear) / (exact * (2.0 * gamma))
                };
                let grown = s * gamma + one;
                (s, -(s * grown / root), -(s / grown))
            }
            Semicircle { variance } => {
                let s = -(Ball::real(2.0) / (exact + root));
                (s, -(s / root), s.square() * variance)
            }
            Arcsine { low, high } => {
                let inverse = root.inv();
                let middle = exact - (Ball::real(low) + Ball::real(high)) * 0.5;
                let chi = if (z.conj() * root.center).re >= 0.0 {
                    let top = exact * (Ball::real(low) + Ball::real(high))
                        - Ball::real(low) * Ball::real(high);
                    top / (root * (exact + root))
                } else {
                    exact * inverse - Ball::real(1.0)
                };
                (-inverse, middle * inverse.square() * inverse, chi)
            }
        };
        let mut reach = outside(z, self.hull());
        if let MarchenkoPastur { gamma } = *self
            && gamma > 1.0
        {
            let interval = outside(z, self.interval());
            reach = interval.min(size(z));
        }
        let reach =
            (reach - high.radius.max(low.radius) - exact.radius) * (1.0 - 4.0 * f64::EPSILON);
        Ok(Local::new(exact, s, ds, chi, reach))
    }

    fn atoms(&self) -> Vec<Atom> {
        match *self {
            MarchenkoPastur { gamma } if gamma > 1.0 => vec![Atom {
                at: 0.0,
                mass: 1.0 - 1.0 / gamma,
            }],
            _ => Vec::new(),
        }
    }

    fn hull(&self) -> (f64, f64) {
        let (a, b) = self.interval();
        match *self {
            MarchenkoPastur { gamma } if gamma > 1.0 => (0.0, b),
            _ => (a, b),
        }
    }

    fn intervals(&self) -> Result<Vec<(f64, f64)>, LawError> {
        Ok(vec![self.interval()])
    }

    fn parts(&self) -> Option<Vec<(f64, Part)>> {
        let smooth = Part::Smooth(Smooth::standard(Kind::Algebraic(*self)));
        let points = self.atoms().into_iter();
        let points = points.map(|atom| (atom.mass, Part::Point(atom.at)));
        Some(points.chain([(1.0, smooth)]).collect())
    }

    fn as_marchenko_pastur(&self) -> Option<(f64, f64)> {
        match *self {
            MarchenkoPastur { gamma } => Some((gamma, 1.0)),
            _ => None,
        }
    }

    fn as_semicircle(&self) -> Option<(f64, f64)> {
        match *self {
            Semicircle { variance } => Some((variance, 0.0)),
            _ => None,
        }
    }

    fn moments(&self, count: usize) -> Result<Vec<f64>, LawError> {
        let cumulants: Vec<f64> = match *self {
            MarchenkoPastur { gamma } => (0..count).map(|k| gamma.powi(k as i32)).collect(),
            Semicircle { variance } => (1..=count)
                .map(|k| if k == 2 { variance } else { 0.0 })
                .collect(),
            Arcsine { low, high } => {
                return Ok(arcsine(0.5 * (low + high), 0.5 * (high - low), count));
            }
        };
        Ok(moments::from_free_cumulants(&cumulants))
    }

    fn notation(&self, f: &mut Notation<'_>) -> std::fmt::Result {
        match *self {
            MarchenkoPastur { gamma } => write!(f, "mp({gamma})"),
            Semicircle { variance } => write!(f, "semicircle({variance})"),
            Arcsine { low, high } => write!(f, "arcsine({low}, {high})"),
        }
    }
}

/// `E (m + h cos θ)ᵏ`, θ uniform, by the trapezoidal rule that is exact for these degrees.
fn arcsine(middle: f64, half: f64, count: usize) -> Vec<f64> {
    let nodes = count + 1;
    (0..=count)
        .map(|k| {
            let value = |j: usize| {
                let theta = std::f64::consts::PI * (j as f64 + 0.5) / nodes as f64;
                (middle + half * theta.cos()).powi(k as i32)
            };
            (0..nodes).map(value).sum::<f64>() / nodes as f64
        })
        .collect()
}

/// The distance from z to an interval of the real axis.
pub(crate) fn outside(z: Complex64, (low, high): (f64, f64)) -> f64 {
    let beside = (low - z.re).max(z.re - high).max(0.0);
    size(Complex64::new(beside, z.im))
}
