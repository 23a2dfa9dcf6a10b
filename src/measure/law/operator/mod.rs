//! The law of a selfadjoint pencil in free variables: `(id ⊗ φ)` of its resolvent solves a matrix Dyson equation.

mod atoms;
pub(crate) mod curve;
pub(crate) mod dense;
mod enclosure;
pub(crate) mod energy;
pub(crate) mod equation;
mod expansion;
mod fold;
mod hidden;
mod jacobian;
mod newton;
mod norms;
mod signs;
mod small;
mod solver;
mod support;

#[cfg(test)]
mod tests;

use num_complex::Complex64;
use std::f64::consts::{PI, TAU};
use std::sync::OnceLock;

use self::curve::Curve;
use self::equation::Equation;
use self::solver::{Found, Search};
use super::local::{LawJet, Local};
use super::transform::{Atom, Memory, Root, Transform};
use super::{LawError, Notation};
use crate::measure::arithmetic::ball::{Ball, size};
use crate::numbers::most;

/// What a pencil's law is made of.
#[derive(Debug)]
pub(crate) struct Operator {
    /// `s = −W₁₁` at its root.
    pub(crate) equation: Equation,
    /// An equation of the transform alone, if one is known.
    pub(crate) curve: Option<Curve>,
    /// An interval that contains the support.
    pub(crate) hull: (f64, f64),
    /// Where there may be atoms: the values where variables are numbers.
    pub(crate) places: Vec<f64>,
    /// Numbers of which masses of atoms are sums and differences.
    pub(crate) shares: Vec<f64>,
    /// The expression.
    pub(crate) text: String,
    /// Its atoms, once they are found.
    pub(crate) found: OnceLock<Vec<Atom>>,
    /// The intervals of its support, likewise.
    pub(crate) edges: OnceLock<Vec<(f64, f64)>>,
}

/// The relative bound of a root of the transform's own equation, whose terms may cancel, above which the pencil is asked as well.
const LOST: f64 = 1e-12;
/// Points of the contour of [`Operator::moments`], and its radius in sizes of the support.
const CONTOUR: usize = 128;
const RADIUS: f64 = 1.5;
/// By how much the mass within a contour around all of the support differs from 1, by rounding.
const WHOLE: f64 = 1e-9;

impl Operator {
    /// `s`, `s′`, `χ` from a root, without bounds, and what the next search starts from.
    fn plain(&self, search: &mut Search<'_>, found: Found) -> Result<(LawJet, Root), LawError> {
        let (equation, z) = (&self.equation, search.z);
        let push = equation.pushed(&equation.corner(), &found.x);
        let slope: Vec<Complex64> = dense::times(&found.inverse, &push)
            .iter()
            .map(|x| -x)
            .collect();
        let flat = enclosure::hermitian(equation, &found.x);
        let apart = most(flat.iter().zip(&found.x).map(|(a, b)| size(a - b)));
        let real = z.im == 0.0 && apart <= 1e-7 * most(found.x.iter().map(|x| size(*x)));
        let exact = vec![0.0; slope.len()];
        let beside =
            real && equation.is_rising((&found.x, &exact), (&slope, &exact), &mut search.memories);
        // A Hermitian root that does not rise is another one, however little its imaginary part is off.
        if !beside && (real || !equation.is_nearly_upper(z, &found.x, &mut search.memories)) {
            return Err(LawError::at_edge(z, 0.0));
        }
        let x = if beside { flat } else { found.x };
        let corner = |x: &[Complex64]| -x.first().copied().unwrap_or(Complex64::ZERO);
        let (mut s, mut ds) = (corner(&x), corner(&slope));
        if beside {
            (s.im, ds.im) = (0.0, 0.0);
        }
        let jet = LawJet::from_stieltjes(z, s, ds);
        Ok((jet, Root { z, x, slope }))
    }

    /// Where there may be atoms, or where the density is not smooth.
    fn special(&self) -> impl Iterator<Item = f64> {
        let critical = self.curve.iter().flat_map(|curve| &curve.critical);
        self.places.iter().chain(critical).copied()
    }

    /// Moments from a circle around the support.
    fn moments_on(&self, radius: f64, count: usize) -> Result<Vec<f64>, LawError> {
        let mut memory = Memory::default();
        let mut sums = vec![0.0; count + 1];
        for k in 0..CONTOUR / 2 {
            // The lower half is the conjugate of the upper one.
            let z = Complex64::from_polar(radius, TAU * (k as f64 + 0.5) / CONTOUR as f64);
            let mut term = -z * self.jet(z, &mut memory)?.s;
            for sum in &mut sums {
                *sum += term.re / (CONTOUR / 2) as f64;
                term *= z;
            }
        }
        Ok(sums)
    }

    /// From the equation of the transform alone.
    pub(super) fn on_the_curve(&self, disc: Ball, memory: &mut Memory) -> Option<Local> {
        let [memory] = memory.inner(1) else {
            return None;
        };
        self.curve.as_ref()?.local(disc, self.hull, memory)
    }

    /// From the root beside the support at the foot of z, if the law is analytic on a disc around it that holds all of a disc.
    fn above_the_axis(&self, disc: Ball) -> Option<Local> {
        let foot = Complex64::new(disc.center.re, 0.0);
        let mut search = Search::new(&self.equation, foot);
        let found = search.run(&mut Memory::default(), |search, found| {
            let flat = enclosure::hermitian(&self.equation, &found.x);
            search.beside(flat, &found.inverse)
        });
        found.ok()?.moved_to(disc.center)?.widened(disc.radius)
    }
}

impl Transform for Operator {
    fn jet(&self, z: Complex64, memory: &mut Memory) -> Result<LawJet, LawError> {
        // Where the equation's root is lost in rounding the pencil's is none to rely on without a proof.
        if self.curve.is_some() {
            let local = self.on_the_curve(Ball::exact(z), memory);
            return Ok(local.ok_or(LawError::at_edge(z, 0.0))?.jet());
        }
        let mut search = Search::new(&self.equation, z);
        search.run(memory, |search, found| self.plain(search, found))
    }

    fn evaluate(&self, disc: Ball, memory: &mut Memory) -> Result<Local, LawError> {
        let curve = self.curve.as_ref().filter(|curve| curve.proved);
        let known = curve.and_then(|_| self.on_the_curve(disc, memory));
        if let Some(local) = known.filter(|local| local.s.radius <= LOST * local.s.most()) {
            return Ok(local);
        }
        let mut search = Search::new(&self.equation, disc.center);
        let found = search.run(memory, |search, found| search.certify(found, disc));
        match (found, known) {
            (Ok(found), Some(known)) if known.s.radius < found.s.radius => Ok(known),
            (Err(_), Some(known)) => Ok(known),
            (Err(error), None) => self.above_the_axis(disc).ok_or(error),
            (found, _) => found,
        }
    }

    fn guessed(&self, x: f64, memory: &mut Memory) -> Option<[f64; 2]> {
        let s = self.on_the_curve(Ball::real(x), memory)?.s;
        Some([s.center.im.max(0.0) / PI, s.radius / PI])
    }

    fn atoms(&self) -> Vec<Atom> {
        self.found.get_or_init(|| self.masses()).clone()
    }

    fn hull(&self) -> (f64, f64) {
        self.hull
    }

    fn intervals(&self) -> Result<Vec<(f64, f64)>, LawError> {
        Ok(self.edges().to_vec())
    }

    fn kinks(&self) -> Result<Vec<f64>, LawError> {
        Ok(self.special().collect())
    }

    /// `−(1/2πi) ∮ zᵏ s dz` over a circle around the support by the trapezoidal rule, whose error falls like a power.
    fn moments(&self, count: usize) -> Result<Vec<f64>, LawError> {
        let intervals = self.edges().iter().flat_map(|&(low, high)| [low, high]);
        let atoms = self.atoms().into_iter().map(|atom| atom.at);
        let reach = most(intervals.chain(atoms).map(f64::abs));
        if reach > 0.0 {
            let found = self.moments_on(RADIUS * reach, count)?;
            if (found[0] - 1.0).abs() <= WHOLE {
                return Ok(found);
            }
        }
        // What lies within the circle is not all: an interval was missed.
        let whole = most([self.hull.0, self.hull.1].map(f64::abs));
        self.moments_on(RADIUS * if whole > 0.0 { whole } else { 1.0 }, count)
    }

    fn notation(&self, f: &mut Notation<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}
