//! What a law must be able to do; and what is remembered between neighbouring points.

use num_complex::Complex64;
use std::fmt::Debug;

use super::exterior::Asked;
use super::local::{LawJet, Local};
use super::{Law, LawError, Notation};
use crate::measure::arithmetic::ball::Ball;

/// A point of positive mass.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Atom {
    /// Its place.
    pub at: f64,
    /// Its mass.
    pub mass: f64,
}

/// A law with compact support, known through its transform on the closed upper half plane.
pub(crate) trait Transform: Debug + Send + Sync {
    /// `s`, `s′`, `χ` without bounds, for an iteration.
    fn jet(&self, z: Complex64, memory: &mut Memory) -> Result<LawJet, LawError> {
        Ok(self.evaluate(Ball::exact(z), memory)?.jet())
    }

    /// `s`, `s′`, `χ` with bounds, for every point of the disc in the closed upper half plane. On the real axis:
    /// the limit from above.
    fn evaluate(&self, z: Ball, memory: &mut Memory) -> Result<Local, LawError>;

    /// χ alone, for every point of a disc in the upper half plane.
    fn chi(&self, z: Ball, memory: &mut Memory) -> Result<Ball, LawError> {
        Ok(self.evaluate(z, memory)?.chi)
    }

    /// `∫ arg(z − x) dμ(x)`, arguments from 0 to π, for every point of a disc in the closed upper half plane: the imaginary part of
    /// the logarithmic potential `∫ log(z − x) dμ(x)`, on the axis π times the mass above. Only for the laws that
    /// [`super::node::Kind::has_phase`].
    fn phase(&self, z: Ball, _memory: &mut Memory) -> Result<Ball, LawError> {
        Err(LawError::NoBound { z: z.center })
    }

    /// [`Transform::phase`] on the axis where it has no bound, and what it is off by as far as is known without a proof.
    fn guessed_phase(&self, _x: f64, _memory: &mut Memory) -> Option<[f64; 2]> {
        None
    }

    /// The density at a point, where it comes far quicker than with a bound, and what it is off by, as far as is known without a proof.
    fn guessed(&self, _x: f64, _memory: &mut Memory) -> Option<[f64; 2]> {
        None
    }

    /// The atoms, ascending.
    fn atoms(&self) -> Vec<Atom>;

    /// An interval that contains the support.
    fn hull(&self) -> (f64, f64);

    /// An interval that contains the support but for an atom at 0, as small as is worth while.
    fn interval(&self) -> (f64, f64) {
        self.hull()
    }

    /// The intervals that carry the rest, ascending and disjoint.
    fn intervals(&self) -> Result<Vec<(f64, f64)>, LawError>;

    /// Further points where the density is not smooth.
    fn kinks(&self) -> Result<Vec<f64>, LawError> {
        Ok(Vec::new())
    }

    /// `∫ xᵏ dμ`, `k = 0, …, count`.
    fn moments(&self, count: usize) -> Result<Vec<f64>, LawError>;

    /// The laws that it is made of.
    fn made_of(&self) -> Vec<&Law> {
        Vec::new()
    }

    /// The law as an expression.
    fn notation(&self, f: &mut Notation<'_>) -> std::fmt::Result;
}

/// The last root of a law's equation, and the same for the laws it is made of: where the search for
/// the next root starts. It never decides which root is found, but where a root that was proved of the same law is followed
/// ([`super::operator::curve`]).
#[derive(Clone, Debug, Default)]
pub(crate) struct Memory {
    pub(crate) last: Option<Last>,
    /// The root before that.
    pub(crate) before: Option<Last>,
    pub(crate) root: Option<Root>,
    /// What a law outside its support was asked for.
    pub(super) asked: Asked,
    inner: Vec<Memory>,
}

/// A root of a system of equations, where it was found and how it moves.
#[derive(Clone, Debug)]
pub(crate) struct Root {
    pub(crate) z: Complex64,
    pub(crate) x: Vec<Complex64>,
    pub(crate) slope: Vec<Complex64>,
}

/// A root, where it was found and how it moves.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Last {
    pub(crate) z: Complex64,
    pub(crate) omega: Complex64,
    pub(crate) slope: Complex64,
}

impl Memory {
    /// Of a walk over that many points, which tells of what is worth making first.
    pub(crate) fn over(points: usize) -> Self {
        Self {
            asked: Asked::over(points),
            ..Self::default()
        }
    }

    /// Remembers a root, and the last one as the one before.
    pub(crate) fn remember(&mut self, root: Last) {
        self.before = self.last.replace(root);
    }

    /// The memories of `count` parts.
    pub(crate) fn inner(&mut self, count: usize) -> &mut [Memory] {
        if self.inner.len() < count {
            let part = Memory {
                asked: self.asked.clone(),
                ..Memory::default()
            };
            self.inner.resize(count, part);
        }
        &mut self.inner[..count]
    }
}
