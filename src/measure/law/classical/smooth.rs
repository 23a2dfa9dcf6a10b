//! Laws whose density and transform are products of powers: what the quadrature of a convolution needs of them.

#[cfg(test)]
mod tests;

use num_complex::Complex64;

use crate::measure::arithmetic::ball::Ball;
use crate::measure::law::kind::algebraic::{self, Algebraic};
use crate::measure::law::kind::uniform::Uniform;

/// A part with a density, as a standard variable.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Shape {
    /// Of Marchenko–Pastur, for `γ > 1`, the part without the atom, of mass 1/γ.
    Algebraic(Algebraic),
    /// Uniform.
    Uniform {
        /// Lower end.
        low: f64,
        /// Upper end.
        high: f64,
    },
}

use Algebraic::{Arcsine, MarchenkoPastur, Semicircle};

/// Distances at one point: from the lower end, from the upper end, and from 0; each in the closed upper half
/// plane.
#[derive(Clone, Copy)]
pub(super) struct From {
    pub(super) low: Ball,
    pub(super) high: Ball,
    pub(super) zero: Ball,
}

/// Bounds of the modulus of a distance over a disc.
#[derive(Clone, Copy)]
pub(super) struct Range {
    pub(super) most: f64,
    pub(super) least: f64,
}

impl Range {
    fn power(self, p: f64) -> f64 {
        if p >= 0.0 {
            self.most.powf(p)
        } else {
            self.least.powf(p)
        }
    }
}

/// Ranges of the three distances.
#[derive(Clone, Copy)]
pub(super) struct Ranges {
    pub(super) low: Range,
    pub(super) high: Range,
    pub(super) zero: Range,
}

impl Shape {
    /// The mass: 1, but for Marchenko–Pastur with an atom.
    pub(crate) fn mass(self) -> Ball {
        match self {
            Shape::Algebraic(MarchenkoPastur { gamma }) if gamma > 1.0 => Ball::real(gamma).inv(),
            _ => Ball::real(1.0),
        }
    }

    /// The mirror image at 0, where it is of the same kind.
    pub(super) fn mirrored(self) -> Option<Self> {
        match self {
            Shape::Algebraic(MarchenkoPastur { .. }) => None,
            Shape::Algebraic(Semicircle { .. }) => Some(self),
            Shape::Algebraic(Arcsine { low, high }) => Some(Shape::Algebraic(Arcsine {
                low: -high,
                high: -low,
            })),
            Shape::Uniform { low, high } => Some(Shape::Uniform {
                low: -high,
                high: -low,
            }),
        }
    }

    pub(super) fn ends(self) -> [Ball; 2] {
        let (low, high) = match self {
            Shape::Algebraic(algebraic) => algebraic.ends(),
            Shape::Uniform { low, high } => (Ball::real(low), Ball::real(high)),
        };
        [low, high]
    }

    /// Whether density and transform have a pole at 0, on another sheet or off the axis.
    pub(super) fn has_pole(self) -> bool {
        matches!(self, Shape::Algebraic(MarchenkoPastur { gamma }) if gamma != 1.0)
    }

    /// Whether the transform has logarithms at the ends.
    pub(super) fn has_logarithms(self) -> bool {
        matches!(self, Shape::Uniform { .. })
    }

    /// The powers of the two distances in the density.
    pub(super) fn powers(self) -> [f64; 2] {
        match self {
            Shape::Algebraic(MarchenkoPastur { gamma: 1.0 }) => [-0.5, 0.5],
            Shape::Algebraic(MarchenkoPastur { .. } | Semicircle { .. }) => [0.5, 0.5],
            Shape::Algebraic(Arcsine { .. }) => [-0.5, -0.5],
            Shape::Uniform { .. } => [0.0, 0.0],
        }
    }

    /// What the powers are multiplied by.
    pub(super) fn constant(self) -> Ball {
        let two_pi = Ball::new(
            Complex64::new(2.0 * std::f64::consts::PI, 0.0),
            4.0 * f64::EPSILON,
        );
        match self {
            Shape::Algebraic(MarchenkoPastur { gamma }) => (two_pi * gamma).inv(),
            Shape::Algebraic(Semicircle { variance }) => (two_pi * variance).inv(),
            Shape::Algebraic(Arcsine { .. }) => (two_pi * 0.5).inv(),
            Shape::Uniform { low, high } => (Ball::real(high) - Ball::real(low)).inv(),
        }
    }

    /// The density and its derivative, continued from the support; `high` here is `b − t`.
    pub(super) fn density(self, at: From) -> (Ball, Ball) {
        let power = |x: Ball, p: f64| match p {
            0.5 => x.sqrt_upper(),
            -0.5 => x.sqrt_upper().inv(),
            _ => Ball::real(1.0),
        };
        let [low, high] = self.powers();
        let mut value = self.constant() * power(at.low, low) * power(at.high, high);
        let mut slope = Ball::real(0.0);
        if low != 0.0 {
            slope = at.low.inv() * low - at.high.inv() * high;
        }
        if self.has_pole() {
            let inverse = at.zero.inv();
            value = value * inverse;
            slope = slope - inverse;
        }
        (value, value * slope)
    }

    /// Bounds of the same over a disc.
    pub(super) fn density_range(self, at: Ranges) -> (f64, f64) {
        let [low, high] = self.powers();
        let mut value = self.constant().most() * at.low.power(low) * at.high.power(high);
        let mut slope = low.abs() / at.low.least + high.abs() / at.high.least;
        if self.has_pole() {
            value /= at.zero.least;
            slope += 1.0 / at.zero.least;
        }
        if low == 0.0 {
            slope = 0.0;
        }
        (value, value * slope)
    }

    /// `s`, `s′`, `χ` in the closed upper half plane; `high` here is `w − b`.
    pub(super) fn transform(self, at: From) -> [Ball; 3] {
        let one = Ball::real(1.0);
        let Shape::Algebraic(law) = self else {
            let width = self.constant();
            let s = (at.high.log_upper() - at.low.log_upper()) * width;
            return [s, (at.low * at.high).inv(), -(at.zero * s) - one];
        };
        let root = at.low.sqrt_upper() * at.high.sqrt_upper();
        let [s, ds, chi, _] = match law {
            MarchenkoPastur { gamma } => {
                // γws² + (w−g)s + m = 0, with g = |1−γ| and m the mass.
                let gap = one - Ball::real(gamma);
                let linear = at.zero - if gamma > 1.0 { -gap } else { gap };
                algebraic::quadratic(gamma, self.mass(), at.zero, linear, root)
            }
            Semicircle { variance } => algebraic::semicircle(variance, at.zero, root),
            Arcsine { low, high } => algebraic::arcsine([low, high], at.zero, root),
        };
        [s, ds, chi]
    }

    /// `∫ log(w − x)` of the part divided by its mass, in the closed upper half plane, up to a real constant; `high` here is `w − b`.
    pub(super) fn potential(self, at: From) -> Ball {
        match self {
            Shape::Algebraic(law) => {
                law.potential(at.zero, at.low.sqrt_upper() * at.high.sqrt_upper())
            }
            Shape::Uniform { low, high } => Uniform { low, high }.potential([at.low, at.high]),
        }
    }

    /// Bounds of the moduli of `s`, `s′`, `χ` on a disc without branch point, whatever the sheet.
    pub(super) fn transform_range(self, at: Ranges) -> [f64; 3] {
        let roots = (at.low.most * at.high.most).sqrt();
        let least = (at.low.least * at.high.least).sqrt();
        let zero = at.zero.most;
        match self {
            Shape::Algebraic(MarchenkoPastur { gamma }) => {
                let s = if self.has_pole() {
                    (roots + zero + (1.0 - gamma).abs()) / (2.0 * gamma * at.zero.least)
                } else {
                    // (√(w−4)/√w − 1)/2.
                    0.5 + 0.5 * (at.high.most / at.low.least).sqrt()
                };
                [s, s * (gamma * s + 1.0) / least, 1.0 + zero * s]
            }
            Shape::Algebraic(Semicircle { variance }) => {
                let s = (roots + zero) / (2.0 * variance);
                [s, s / least, variance * s * s]
            }
            Shape::Algebraic(Arcsine { low, high }) => {
                let middle = zero + 0.5 * (low + high).abs();
                [1.0 / least, middle / least.powi(3), 1.0 + zero / least]
            }
            Shape::Uniform { low, high } => {
                let log = |r: Range| r.most.ln().abs().max(r.least.ln().abs());
                // On a disc without branch point each argument moves by less than a turn.
                let turns = 6.0 * std::f64::consts::PI;
                let s = (log(at.low) + log(at.high) + turns) / (high - low) * (1.0 + 1e-14);
                [s, 1.0 / (least * least), 1.0 + zero * s]
            }
        }
    }
}
