//! The laws with `√((z−a)(z−b))` in their transform: Marchenko–Pastur, semicircle, arcsine.

use num_complex::Complex64;

use crate::measure::arithmetic::ball::{Ball, size};
use crate::measure::arithmetic::scalar::Scalar;
use crate::measure::law::answer::moments;
use crate::measure::law::local::{Beside, Local};
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

/// `s`, `s′`, `χ`, `χ′` of `MP^γ`, from `√((z−a)(z−b))`.
pub(crate) fn marchenko_pastur<T: Scalar>(gamma: f64, z: T, root: T) -> [T; 4] {
    let one = T::real(1.0);
    quadratic(gamma, one, z, z + (T::real(gamma) - one), root)
}

/// `s`, `s′`, `χ`, `χ′` for the root s of `γzs² + linear·s + mass = 0` that vanishes at infinity; `root² = linear² − 4γ·mass·z`.
pub(crate) fn quadratic<T: Scalar>(gamma: f64, mass: T, z: T, linear: T, root: T) -> [T; 4] {
    // Of the two equal forms of the root the one without cancellation.
    let s = if (linear.center().conj() * root.center()).re >= 0.0 {
        -(mass * 2.0 / (linear + root))
    } else {
        (root - linear) / (z * (2.0 * gamma))
    };
    let grown = s * gamma + T::real(1.0);
    let chi = -(s / (grown * mass));
    // χ′ = −s′/(γs+1)².
    [s, -(s * grown / root), chi, -(chi / root)]
}

/// The same of the semicircle of variance t.
pub(crate) fn semicircle<T: Scalar>(variance: f64, z: T, root: T) -> [T; 4] {
    let s = -(T::real(2.0) / (z + root));
    let chi = s.square() * variance;
    [s, -(s / root), chi, -(chi / root * 2.0)]
}

/// The same of the arcsine law.
pub(crate) fn arcsine<T: Scalar>(ends: [f64; 2], z: T, root: T) -> [T; 4] {
    let [low, high] = ends.map(T::real);
    let inverse = root.inv();
    let middle = z - (low + high) * 0.5;
    let chi = if (z.center().conj() * root.center()).re >= 0.0 {
        (z * (low + high) - low * high) / (root * (z + root))
    } else {
        z * inverse - T::real(1.0)
    };
    // χ′ = 1/root − z middle/root³, and root² = z² − (a+b)z + ab.
    let slope = low * high - z * (low + high) * 0.5;
    let cube = inverse.square() * inverse;
    [-inverse, middle * cube, chi, slope * cube]
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

    /// `∫ log(w − x)` of the part without an atom, divided by its mass, up to a real constant, for w in the closed upper half plane, from
    /// `√((w−a)(w−b))`. Of the semicircle `−log G + tG²/2`, `G = −s`; of the arcsine law `log(w − (a+b)/2 + root)`; of Marchenko and
    /// Pastur's, with `w = u (γ + 1/(u−1))` as [`mp_map`](super::super::subordination::mp_map) has it for a point mass,
    ///
    /// ```math
    /// (1 − 1/γ) log u + (log(u−1) + 1/(u−1))/γ,   γ > 1:   log(u−1) + 1/(u−1) − (γ−1) log(w/u),
    /// ```
    ///
    /// the latter without the atom's `(1 − 1/γ) log w`. With w is u above the axis, and w/u below it.
    pub(crate) fn potential(&self, w: Ball, root: Ball) -> Ball {
        let one = Ball::real(1.0);
        match *self {
            MarchenkoPastur { gamma } => {
                let ratio = Ball::real(gamma);
                let linear = w + (ratio - one);
                // Of two equal forms the one without cancellation, as in [`quadratic`].
                let u = if (linear.center.conj() * root.center).re >= 0.0 {
                    (linear + root) / (ratio * 2.0)
                } else {
                    w * 2.0 / (linear - root)
                };
                let over = (u - one).inv();
                let rest = (u - one).log_upper() + over;
                match gamma {
                    1.0 => rest,
                    _ if gamma > 1.0 => {
                        let log = (ratio + over).conj().log_upper().conj();
                        rest - log * (ratio - one)
                    }
                    _ => {
                        let share = ratio.inv();
                        u.log_upper() * (one - share) + rest * share
                    }
                }
            }
            Semicircle { variance } => {
                let [s, ..] = semicircle(variance, w, root);
                (-s.inv()).log_upper() + s.square() * (0.5 * variance)
            }
            Arcsine { low, high } => {
                let middle = (Ball::real(low) + Ball::real(high)) * 0.5;
                (w - middle + root).log_upper()
            }
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
        if let MarchenkoPastur { gamma } = *self
            && size(z) == 0.0
        {
            // For γ = 1 there is no atom, but a density that is infinite.
            let edge = LawError::at_edge(z, 0.0);
            match gamma {
                1.0 => return Err(edge),
                _ if gamma > 1.0 => return Err(LawError::Atom { at: 0.0 }),
                _ => {}
            }
        }
        // Behaves as z at infinity and is cut along [a, b].
        let root = (exact - low).sqrt_upper() * (exact - high).sqrt_upper();
        let [s, ds, chi, dchi] = match *self {
            MarchenkoPastur { gamma } => marchenko_pastur(gamma, exact, root),
            Semicircle { variance } => semicircle(variance, exact, root),
            Arcsine { low, high } => arcsine([low, high], exact, root),
        };
        // The ends are rounded.
        let disc = exact.grown(high.radius.max(low.radius));
        let moments = Beside::at(disc.beside(self.interval()));
        let mut law = moments;
        if !self.atoms().is_empty() {
            law.reach = law.reach.min(disc.least());
        }
        let local = Local::new(exact, s, ds, chi, law.reach).with_slope(dchi);
        Ok(local.with_bounds(law, moments))
    }

    fn phase(&self, z: Ball, _: &mut Memory) -> Result<Ball, LawError> {
        let (low, high) = self.ends();
        let root = (z - low).sqrt_upper() * (z - high).sqrt_upper();
        let own = self.potential(z, root).im();
        Ok(match *self {
            MarchenkoPastur { gamma } if gamma > 1.0 => {
                let share = Ball::real(gamma).inv();
                own * share + z.arg_upper() * (Ball::real(1.0) - share)
            }
            _ => own,
        })
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

    fn moments(&self, count: usize) -> Result<Vec<f64>, LawError> {
        let cumulants: Vec<f64> = match *self {
            MarchenkoPastur { gamma } => (0..count).map(|k| gamma.powi(k as i32)).collect(),
            Semicircle { variance } => (1..=count)
                .map(|k| if k == 2 { variance } else { 0.0 })
                .collect(),
            Arcsine { low, high } => {
                return Ok(arcsine_moments(
                    0.5 * (low + high),
                    0.5 * (high - low),
                    count,
                ));
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
fn arcsine_moments(middle: f64, half: f64, count: usize) -> Vec<f64> {
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
