//! Affine images.

use num_complex::Complex64;
use std::f64::consts::PI;

use crate::measure::arithmetic::ball::Ball;
use crate::measure::arithmetic::bound::{Lower, Upper};
use crate::measure::law::answer::moments;
use crate::measure::law::local::{Beside, LawJet, Local};
use crate::measure::law::transform::{Atom, Memory, Transform};
use crate::measure::law::{Law, LawError, Notation};

/// The law of `scale·X + shift`, `scale ≠ 0`.
#[derive(Clone, Debug)]
pub(crate) struct Affine {
    pub(crate) scale: f64,
    pub(crate) shift: f64,
    pub(crate) law: Law,
}

impl Affine {
    pub(crate) fn image(&self, x: f64) -> f64 {
        self.scale * x + self.shift
    }

    /// The point of the upper half plane that z is the image of, for negative scale that of its mirror image.
    fn place(&self, z: Ball) -> Ball {
        if z.center.im == 0.0 && z.radius == 0.0 && self.shift == 0.0 && self.scale == 1.0 {
            return z;
        }
        let mut w = (z - Ball::real(self.shift)) / Ball::real(self.scale);
        // The imaginary part is exact where it is 0.
        w.center.im = z.center.im.abs() / self.scale.abs();
        w
    }

    fn ordered(&self, (low, high): (f64, f64)) -> (f64, f64) {
        let (a, b) = (self.image(low), self.image(high));
        if a <= b { (a, b) } else { (b, a) }
    }
}

/// With `w = (z−b)/a`: `s = s(w)/a`, `χ = χ(w) − (b/a) s(w)`; for `a < 0` through the conjugate.
impl Transform for Affine {
    fn jet(&self, z: Complex64, memory: &mut Memory) -> Result<LawJet, LawError> {
        let w = (z - self.shift) / self.scale;
        let upper = Complex64::new(w.re, w.im.abs());
        let mut jet = self.law.jet(upper, &mut memory.inner(1)[0])?;
        if self.scale < 0.0 {
            jet = jet.conj();
        }
        Ok(LawJet {
            at: z,
            s: jet.s / self.scale,
            ds: jet.ds / (self.scale * self.scale),
            chi: jet.chi - self.shift / self.scale * jet.s,
            dchi: (jet.dchi - self.shift / self.scale * jet.ds) / self.scale,
        })
    }

    fn evaluate(&self, z: Ball, memory: &mut Memory) -> Result<Local, LawError> {
        let (scale, shift) = (Ball::real(self.scale), Ball::real(self.shift));
        let inner = self.law.local(self.place(z), &mut memory.inner(1)[0])?;
        let flip = |ball: Ball| {
            if self.scale < 0.0 { ball.conj() } else { ball }
        };
        let (s, size) = (flip(inner.s), self.scale.abs());
        let ratio = shift / scale;
        let dchi = (flip(inner.dchi) - ratio * flip(inner.ds)) / scale;
        // ∫ |ax| dμ/|ax − z|² is ∫ |x| dμ/|x − w|² over |a|; under a shift x does not stay x.
        let law = Beside {
            reach: (Lower(inner.law.reach) * size).0,
            spread: (Upper(inner.law.spread) / (Lower(size) * size)).0,
        };
        let chi_law = if self.shift == 0.0 {
            Beside {
                reach: (Lower(inner.chi_law.reach) * size).0,
                spread: (Upper(inner.chi_law.spread) / Lower(size)).0,
            }
        } else {
            Beside::at(law.reach)
        };
        let mut local = Local::new(
            z,
            s / scale,
            flip(inner.ds) / scale.square(),
            flip(inner.chi) - ratio * s,
            law.reach,
        )
        .with_slope(dchi)
        .with_bounds(law, chi_law);
        local.steps = inner.steps;
        Ok(local)
    }

    fn phase(&self, z: Ball, memory: &mut Memory) -> Result<Ball, LawError> {
        let inner = self.law.phase(self.place(z), &mut memory.inner(1)[0])?;
        Ok(if self.scale < 0.0 {
            Ball::pi() - inner
        } else {
            inner
        })
    }

    fn guessed_phase(&self, x: f64, memory: &mut Memory) -> Option<[f64; 2]> {
        let place = (x - self.shift) / self.scale;
        let [value, error] = self.law.guessed_phase(place, &mut memory.inner(1)[0])?;
        Some(if self.scale < 0.0 {
            [PI - value, error]
        } else {
            [value, error]
        })
    }

    fn guessed(&self, x: f64, memory: &mut Memory) -> Option<[f64; 2]> {
        let place = (x - self.shift) / self.scale;
        let found = self.law.guessed(place, &mut memory.inner(1)[0])?;
        Some(found.map(|x| x / self.scale.abs()))
    }

    fn atoms(&self) -> Vec<Atom> {
        let mut atoms: Vec<Atom> = self
            .law
            .point_masses()
            .iter()
            .map(|atom| Atom {
                at: self.image(atom.at),
                mass: atom.mass,
            })
            .collect();
        if self.scale < 0.0 {
            atoms.reverse();
        }
        atoms
    }

    fn hull(&self) -> (f64, f64) {
        let (low, high) = self.ordered(self.law.hull());
        let margin = 4.0 * f64::EPSILON * (low.abs().max(high.abs()) + self.shift.abs());
        // The half line is kept: the image of 0 under a scaling is 0, and the sign of ax + b, rounded once, is exact.
        if self.shift == 0.0 {
            return (low, high);
        }
        let (a, b) = self.law.hull();
        let lower = if self.scale < 0.0 { b } else { a };
        let lowest = if self.scale.mul_add(lower, self.shift) >= 0.0 {
            0.0
        } else {
            f64::NEG_INFINITY
        };
        ((low - margin).max(lowest), high + margin)
    }

    fn intervals(&self) -> Result<Vec<(f64, f64)>, LawError> {
        let mut intervals: Vec<_> = self
            .law
            .support()?
            .iter()
            .map(|&interval| self.ordered(interval))
            .collect();
        if self.scale < 0.0 {
            intervals.reverse();
        }
        Ok(intervals)
    }

    fn kinks(&self) -> Result<Vec<f64>, LawError> {
        Ok(self.law.kinks()?.iter().map(|&x| self.image(x)).collect())
    }

    fn moments(&self, count: usize) -> Result<Vec<f64>, LawError> {
        let moments = self.law.moments(count)?;
        Ok(moments::affine(&moments, self.scale, self.shift))
    }

    fn made_of(&self) -> Vec<&Law> {
        vec![&self.law]
    }

    fn notation(&self, f: &mut Notation<'_>) -> std::fmt::Result {
        match (self.scale, self.shift) {
            (scale, 0.0) => write!(f, "{scale} . {}", self.law),
            (1.0, shift) => write!(f, "({} + {shift})", self.law),
            (scale, shift) => write!(f, "({scale} . {} + {shift})", self.law),
        }
    }
}
