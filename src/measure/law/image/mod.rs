//! The law of a rational function of a variable.
//!
//! The transform is a sum over the branches of the inverse function, see [`branches`]; each root has a disc that
//! contains it, and the law a bound over that disc.

use num_complex::Complex64;
use std::f64::consts::TAU;

mod branches;
mod fraction;
mod place;
mod roots;
#[cfg(test)]
mod tests;

use self::branches::{Branch, bounded, plainly};
pub(crate) use self::fraction::Fraction;
use super::local::{LawJet, Local};
use super::node::Kind;
use super::subordination::edges::{merged, union};
use super::transform::{Atom, Memory, Transform};
use super::{Law, LawError, Notation};
use crate::measure::arithmetic::ball::{Ball, size};
use crate::measure::arithmetic::bound::Upper;
use crate::numbers::most;

/// The law of `R(x)`, x of a law beside whose support the poles of R lie.
#[derive(Debug)]
pub(crate) struct Image {
    law: Law,
    fraction: Fraction,
    text: String,
    /// Whether the function has no real poles in the hull of the law.
    regular: bool,
}

/// Points of the contour of the moments, and its radius in sizes of the support.
const CONTOUR: usize = 128;
const RADIUS: f64 = 1.5;
/// Real parts of a root, beside its imaginary part, from which it is tried as a real one.
const FLAT: f64 = 1e-7;

impl Image {
    /// `None` where a pole is not proved to lie beside the support.
    pub(crate) fn new(law: Law, fraction: Fraction, text: String) -> Option<Self> {
        let (low, high) = law.hull();
        let p: Vec<Complex64> = fraction.poles.iter().map(|&c| Complex64::from(c)).collect();
        let found = roots::approximate(&p)?;
        let flat = found.iter().map(|&x| flattened(x)).collect::<Vec<_>>();
        let balls: Vec<Ball> = p.iter().map(|&c| Ball::exact(c)).collect();
        let mut regular = true;
        for pole in roots::enclosed(&balls, &flat)? {
            if pole.center.im.abs() > pole.radius || pole.beside((low, high)) > 0.0 {
                continue;
            }
            regular = false;
            let off = Upper(pole.radius) + Upper(pole.center.im.abs());
            if law.room(pole.center.re) <= off.0 {
                return None;
            }
        }
        Some(Self {
            law,
            fraction,
            text,
            regular,
        })
    }

    /// The modulus from which a root is far from the law.
    fn far(&self) -> f64 {
        let (low, high) = self.law.hull();
        2.0 * low.abs().max(high.abs())
    }

    fn centers(&self, z: Complex64) -> Result<Vec<Complex64>, LawError> {
        let found = roots::approximate(&self.fraction.polynomial(z));
        let found = found.ok_or(LawError::at_edge(z, 0.0))?;
        if z.im > 0.0 {
            return Ok(found);
        }
        Ok(found.into_iter().map(flattened).collect())
    }

    /// Stretches of the support on which R is monotone.
    fn stretches(&self) -> Result<Vec<(f64, f64)>, LawError> {
        let turns = self.fraction.turns();
        let mut all = Vec::new();
        for &(low, high) in self.law.support()? {
            let mut from = low;
            for turn in turns.iter().copied().filter(|x| *x > low && *x < high) {
                all.push((from, turn));
                from = turn;
            }
            all.push((from, high));
        }
        Ok(all)
    }
}

/// A number that is real to half its digits, as a real one.
fn flattened(x: Complex64) -> Complex64 {
    if x.im.abs() <= FLAT * size(x) {
        Complex64::new(x.re, 0.0)
    } else {
        x
    }
}

impl Transform for Image {
    fn jet(&self, z: Complex64, memory: &mut Memory) -> Result<LawJet, LawError> {
        let centers = self.centers(z)?;
        let memories = memory.inner(centers.len());
        let mut parts = Vec::with_capacity(centers.len());
        for (&x, memory) in centers.iter().zip(memories) {
            let branch = self.fraction.branch(z, x);
            let mut jet = self.law.jet(Complex64::new(x.re + 0.0, x.im), memory)?;
            if x.im == 0.0 && branch.slope.re < 0.0 {
                jet = jet.conj();
            }
            parts.push((branch, jet));
        }
        let beside = z.im == 0.0
            && parts
                .iter()
                .all(|(branch, jet)| branch.x.im != 0.0 || jet.s.im == 0.0);
        let mut values = plainly(&self.fraction, z, &parts, self.far());
        if beside {
            values.iter_mut().for_each(|x| x.im = 0.0);
        }
        let [s, ds, chi] = values;
        let dchi = -s - z * ds;
        let found = LawJet {
            at: z,
            s,
            ds,
            chi,
            dchi,
        };
        if s.is_finite() {
            Ok(found)
        } else {
            Err(LawError::at_edge(z, 0.0))
        }
    }

    fn evaluate(&self, z: Ball, memory: &mut Memory) -> Result<Local, LawError> {
        let none = LawError::at_edge(z.center, 0.0);
        let centers = self.centers(z.center)?;
        let discs = roots::enclosed(&self.fraction.polynomial(z), &centers).ok_or(none)?;
        let memories = memory.inner(discs.len());
        let pairs = discs.iter().zip(memories);
        let places = pairs.map(|(&x, memory)| self.place(z, x, memory));
        let places = places.collect::<Result<Vec<_>, _>>()?;
        let parts: Vec<_> = places
            .iter()
            .map(|place| (place.branch, place.jet()))
            .collect();
        let real = z.center.im == 0.0 && z.radius == 0.0;
        let beside = |(branch, jet): &(Branch<Ball>, LawJet<Ball>)| {
            branch.x.center.im.abs() > branch.x.radius || jet.s.center.im == 0.0
        };
        let beside = real && parts.iter().all(beside);
        let mut values = bounded(&self.fraction, z, &parts, self.far());
        if beside {
            values.iter_mut().for_each(|ball| ball.center.im = 0.0);
        }
        let [s, ds, chi] = values;
        let mut local = Local::new(z, s, ds, chi, self.reach(z, &places));
        local.steps = places.iter().map(|place| place.local.steps).sum();
        Ok(local)
    }

    fn atoms(&self) -> Vec<Atom> {
        let atoms = self.law.point_masses().iter().map(|atom| Atom {
            at: self.fraction.at(atom.at) + 0.0,
            mass: atom.mass,
        });
        merged(atoms.collect())
    }

    fn hull(&self) -> (f64, f64) {
        let (low, high) = self.law.hull();
        let whole = if self.regular {
            None
        } else {
            self.law.support().ok()
        };
        let mut ends: Vec<f64> = match whole {
            None => vec![low, high],
            Some(intervals) => intervals.iter().flat_map(|&(a, b)| [a, b]).collect(),
        };
        ends.extend(self.law.point_masses().iter().map(|atom| atom.at));
        let inside = |x: &f64| match whole {
            None => *x > low && *x < high,
            Some(intervals) => intervals.iter().any(|(a, b)| x > a && x < b),
        };
        ends.extend(self.fraction.turns().into_iter().filter(inside));
        let values: Vec<f64> = ends.into_iter().map(|x| self.fraction.at(x)).collect();
        let least = values.iter().copied().fold(f64::INFINITY, f64::min);
        let largest = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        // Ends and turns are rounded.
        let margin = 1e-12 * least.abs().max(largest.abs());
        let lower = least - margin;
        // What a square of a number makes is not negative.
        (if least == 0.0 { 0.0 } else { lower }, largest + margin)
    }

    fn intervals(&self) -> Result<Vec<(f64, f64)>, LawError> {
        let images = self.stretches()?.into_iter().map(|(a, b)| {
            let (a, b) = (self.fraction.at(a) + 0.0, self.fraction.at(b) + 0.0);
            (a.min(b), a.max(b))
        });
        Ok(union(images.collect()))
    }

    fn kinks(&self) -> Result<Vec<f64>, LawError> {
        let stretches = self.stretches()?.into_iter().flat_map(|(a, b)| [a, b]);
        let all = stretches.chain(self.law.kinks()?);
        let mut kinks: Vec<f64> = all.map(|x| self.fraction.at(x) + 0.0).collect();
        kinks.sort_by(f64::total_cmp);
        // A place that several stretches reach is one, up to rounding.
        kinks.dedup_by(|b, a| (*b - *a).abs() <= 1e-13 * (a.abs() + b.abs()));
        Ok(kinks)
    }

    /// `−(1/2πi) ∮ zᵏ s dz` over a circle around the support by the trapezoidal rule, whose error falls like a power.
    fn moments(&self, count: usize) -> Result<Vec<f64>, LawError> {
        let (low, high) = self.hull();
        let reach = RADIUS * most([low.abs(), high.abs(), f64::MIN_POSITIVE]);
        let mut memory = Memory::default();
        let mut sums = vec![0.0; count + 1];
        for k in 0..CONTOUR / 2 {
            let z = Complex64::from_polar(reach, TAU * (k as f64 + 0.5) / CONTOUR as f64);
            let mut term = -z * self.jet(z, &mut memory)?.s;
            for sum in &mut sums {
                *sum += term.re / (CONTOUR / 2) as f64;
                term *= z;
            }
        }
        Ok(sums)
    }

    fn made_of(&self) -> Vec<&Law> {
        vec![&self.law]
    }

    fn notation(&self, f: &mut Notation<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

impl Law {
    /// A distance from a real point within which there is no support, 0 where none is proved.
    pub(crate) fn room(&self, at: f64) -> f64 {
        let outside = Ball::real(at).beside(self.hull());
        let local = self.local(Ball::real(at), &mut Memory::default());
        local.map_or(outside, |local| local.law.reach.max(outside))
    }

    /// The law of a rational function, written as `text`; `None` where a pole is not proved to lie beside the support.
    pub(crate) fn image(&self, fraction: Fraction, text: String) -> Option<Self> {
        if let ([shift, scale], [one]) = (&fraction.numerator[..], &fraction.denominator[..]) {
            return self.affine(scale / one, shift / one).ok();
        }
        let image = Image::new(self.clone(), fraction, text)?;
        if self.as_points().is_some() {
            let atoms = image.atoms().into_iter().map(|atom| (atom.at, atom.mass));
            let (at, mass) = atoms.unzip();
            return Self::atoms(at, mass).ok();
        }
        Some(Self::new(Kind::Image(image)))
    }
}
