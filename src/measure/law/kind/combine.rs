//! Affine images and mixtures.

use num_complex::Complex64;

use crate::measure::arithmetic::ball::Ball;
use crate::measure::law::answer::moments;
use crate::measure::law::classical::Part;
use crate::measure::law::local::{LawJet, Local};
use crate::measure::law::subordination::edges;
use crate::measure::law::transform::{Atom, Memory, Transform};
use crate::measure::law::{Law, LawError, Notation};

/// The law of `scale·X + shift`, `scale ≠ 0`.
#[derive(Clone, Debug)]
pub(crate) struct Affine {
    pub(crate) scale: f64,
    pub(crate) shift: f64,
    pub(crate) law: Law,
}

fn conjugate(ball: Ball) -> Ball {
    Ball {
        center: ball.center.conj(),
        radius: ball.radius,
    }
}

impl Affine {
    fn image(&self, x: f64) -> f64 {
        self.scale * x + self.shift
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
            s: jet.s / self.scale,
            ds: jet.ds / (self.scale * self.scale),
            chi: jet.chi - self.shift / self.scale * jet.s,
        })
    }

    fn evaluate(&self, z: Ball, memory: &mut Memory) -> Result<Local, LawError> {
        let (scale, shift) = (Ball::real(self.scale), Ball::real(self.shift));
        // The imaginary part is exact where it is 0.
        let mut w = (z - shift) / scale;
        w.center.im = z.center.im.abs() / self.scale.abs();
        if z.center.im == 0.0 && z.radius == 0.0 && self.shift == 0.0 && self.scale == 1.0 {
            w = z;
        }
        let inner = self.law.local(w, &mut memory.inner(1)[0])?;
        let flip = |ball: Ball| {
            if self.scale < 0.0 {
                conjugate(ball)
            } else {
                ball
            }
        };
        let s = flip(inner.s);
        let mut local = Local::new(
            z,
            s / scale,
            flip(inner.ds) / scale.square(),
            flip(inner.chi) - shift / scale * s,
            inner.reach * self.scale.abs() * (1.0 - 4.0 * f64::EPSILON),
        );
        let spread = inner.spread / (self.scale * self.scale) * (1.0 + 1e-14);
        local.spread = local.spread.min(spread);
        local.steps = inner.steps;
        Ok(local)
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

    fn parts(&self) -> Option<Vec<(f64, Part)>> {
        let parts = self.law.parts()?;
        let image = |(weight, part): (f64, Part)| (weight, part.image(self.scale, self.shift));
        Some(parts.into_iter().map(image).collect())
    }

    fn as_marchenko_pastur(&self) -> Option<(f64, f64)> {
        let (gamma, a) = self.law.as_marchenko_pastur()?;
        (self.shift == 0.0 && self.scale > 0.0).then_some((gamma, a * self.scale))
    }

    fn as_affine(&self) -> Option<(f64, f64, &Law)> {
        Some((self.scale, self.shift, &self.law))
    }

    fn as_semicircle(&self) -> Option<(f64, f64)> {
        let (variance, mean) = self.law.as_semicircle()?;
        Some((variance * self.scale * self.scale, self.image(mean)))
    }

    fn moments(&self, count: usize) -> Result<Vec<f64>, LawError> {
        let moments = self.law.moments(count)?;
        Ok(moments::affine(&moments, self.scale, self.shift))
    }

    fn notation(&self, f: &mut Notation<'_>) -> std::fmt::Result {
        match (self.scale, self.shift) {
            (scale, 0.0) => write!(f, "{scale} . {}", self.law),
            (1.0, shift) => write!(f, "({} + {shift})", self.law),
            (scale, shift) => write!(f, "({scale} . {} + {shift})", self.law),
        }
    }
}

/// `Σ wᵢ μᵢ`, `Σ wᵢ = 1`. A weight may be negative as long as the whole is a law.
#[derive(Clone, Debug)]
pub(crate) struct Mixture {
    pub(crate) parts: Vec<(f64, Law)>,
}

impl Transform for Mixture {
    fn jet(&self, z: Complex64, memory: &mut Memory) -> Result<LawJet, LawError> {
        let memories = memory.inner(self.parts.len());
        let zero = Complex64::ZERO;
        let mut sum = LawJet {
            s: zero,
            ds: zero,
            chi: zero,
        };
        for ((weight, law), memory) in self.parts.iter().zip(memories) {
            let jet = law.jet(z, memory)?;
            sum.s += *weight * jet.s;
            sum.ds += *weight * jet.ds;
            sum.chi += *weight * jet.chi;
        }
        Ok(sum)
    }

    fn evaluate(&self, z: Ball, memory: &mut Memory) -> Result<Local, LawError> {
        let memories = memory.inner(self.parts.len());
        let zero = Ball::real(0.0);
        let (mut s, mut ds, mut chi) = (zero, zero, zero);
        let (mut reach, mut spread, mut steps) = (f64::INFINITY, 0.0, 0);
        for ((weight, law), memory) in self.parts.iter().zip(memories) {
            let part = law.local(z, memory)?;
            // The weights were rounded, and divided by their sum.
            let weighted = |ball: Ball| {
                let term = ball * *weight;
                term.grown(4.0 * f64::EPSILON * term.most())
            };
            s = s + weighted(part.s);
            ds = ds + weighted(part.ds);
            chi = chi + weighted(part.chi);
            reach = part.reach.min(reach);
            spread += weight.abs() * part.spread;
            steps += part.steps;
        }
        let mut local = Local::new(z, s, ds, chi, reach);
        local.spread = local.spread.min(spread * (1.0 + 1e-14));
        local.steps = steps;
        Ok(local)
    }

    fn atoms(&self) -> Vec<Atom> {
        let atoms = self.parts.iter().flat_map(|(weight, law)| {
            law.point_masses().iter().map(|atom| Atom {
                at: atom.at,
                mass: *weight * atom.mass,
            })
        });
        let merged = edges::merged(atoms.collect());
        // Of masses that cancel in a signed combination rounding is left.
        merged
            .into_iter()
            .filter(|atom| atom.mass > 8.0 * f64::EPSILON)
            .collect()
    }

    fn hull(&self) -> (f64, f64) {
        let hulls = self.parts.iter().map(|(_, law)| law.hull());
        hulls.fold((f64::INFINITY, f64::NEG_INFINITY), |all, one| {
            (all.0.min(one.0), all.1.max(one.1))
        })
    }

    fn intervals(&self) -> Result<Vec<(f64, f64)>, LawError> {
        let mut all = Vec::new();
        for (_, law) in &self.parts {
            all.extend(law.support()?);
        }
        Ok(edges::union(all))
    }

    fn kinks(&self) -> Result<Vec<f64>, LawError> {
        let mut kinks = Vec::new();
        for (_, law) in &self.parts {
            kinks.extend(law.kinks()?);
            kinks.extend(law.support()?.iter().flat_map(|&(a, b)| [a, b]));
        }
        Ok(kinks)
    }

    fn parts(&self) -> Option<Vec<(f64, Part)>> {
        let mut all = Vec::new();
        for (weight, law) in &self.parts {
            let parts = law.parts()?.into_iter();
            all.extend(parts.map(|(inner, part)| (weight * inner, part)));
        }
        Some(all)
    }

    fn moments(&self, count: usize) -> Result<Vec<f64>, LawError> {
        let mut sum = vec![0.0; count + 1];
        for (weight, law) in &self.parts {
            for (total, moment) in sum.iter_mut().zip(law.moments(count)?) {
                *total += weight * moment;
            }
        }
        Ok(sum)
    }

    fn notation(&self, f: &mut Notation<'_>) -> std::fmt::Result {
        f.write_str("mix(")?;
        for (k, (weight, law)) in self.parts.iter().enumerate() {
            let comma = if k > 0 { ", " } else { "" };
            write!(f, "{comma}{weight}: {law}")?;
        }
        f.write_str(")")
    }
}
