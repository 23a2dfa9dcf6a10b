//! Sums and products of independent variables under their own names.

use num_complex::Complex64;

use super::against::Operation;
use crate::measure::arithmetic::ball::Ball;
use crate::measure::law::answer::moments;
use crate::measure::law::local::{LawJet, Local};
use crate::measure::law::transform::{Atom, Memory, Transform};
use crate::measure::law::{Law, LawError, Notation};

/// `μ * ν`, or the law of a product, under its own name.
#[derive(Clone, Debug)]
pub(crate) struct Classical {
    pub(super) operation: Operation,
    pub(super) first: Law,
    pub(super) second: Law,
    pub(super) whole: Law,
}

impl Transform for Classical {
    fn jet(&self, z: Complex64, memory: &mut Memory) -> Result<LawJet, LawError> {
        self.whole.jet(z, &mut memory.inner(1)[0])
    }

    fn evaluate(&self, z: Ball, memory: &mut Memory) -> Result<Local, LawError> {
        self.whole.local(z, &mut memory.inner(1)[0])
    }

    fn phase(&self, z: Ball, memory: &mut Memory) -> Result<Ball, LawError> {
        self.whole.phase(z, &mut memory.inner(1)[0])
    }

    fn guessed_phase(&self, x: f64, memory: &mut Memory) -> Option<[f64; 2]> {
        self.whole.guessed_phase(x, &mut memory.inner(1)[0])
    }

    fn guessed(&self, x: f64, memory: &mut Memory) -> Option<[f64; 2]> {
        self.whole.guessed(x, &mut memory.inner(1)[0])
    }

    fn atoms(&self) -> Vec<Atom> {
        self.whole.point_masses().to_vec()
    }

    fn hull(&self) -> (f64, f64) {
        self.whole.hull()
    }

    fn intervals(&self) -> Result<Vec<(f64, f64)>, LawError> {
        Ok(self.whole.support()?.to_vec())
    }

    fn kinks(&self) -> Result<Vec<f64>, LawError> {
        self.whole.kinks()
    }

    fn moments(&self, count: usize) -> Result<Vec<f64>, LawError> {
        let (first, second) = (self.first.moments(count)?, self.second.moments(count)?);
        Ok(match self.operation {
            Operation::Sum => moments::convolved(&first, &second),
            Operation::Product => first.iter().zip(&second).map(|(a, b)| a * b).collect(),
        })
    }

    fn made_of(&self) -> Vec<&Law> {
        vec![&self.whole]
    }

    fn notation(&self, f: &mut Notation<'_>) -> std::fmt::Result {
        let sign = match self.operation {
            Operation::Sum => "*",
            Operation::Product => "[.]",
        };
        write!(f, "({} {sign} {})", self.first, self.second)
    }
}
