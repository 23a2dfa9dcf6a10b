//! Classical convolution: the law of the sum of two independent variables.

use super::{Law, LawError};

/// A part of a law that is a mixture of parts with weights that add to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Part {
    /// A point mass.
    Point(f64),
}

impl Part {
    /// The image under `x ↦ scale·x + shift`.
    pub(crate) fn image(self, scale: f64, shift: f64) -> Self {
        match self {
            Part::Point(at) => Part::Point(scale * at + shift),
        }
    }
}

/// Pairs of atoms at most.
const PAIRS: usize = 4_000_000;

/// The atoms of a discrete law.
pub(crate) fn discrete(law: &Law) -> Option<Vec<(f64, f64)>> {
    let point = |(weight, part): (f64, Part)| match part {
        Part::Point(at) => Some((weight, at)),
    };
    law.parts()?.into_iter().map(point).collect()
}

/// `μ * ν`.
pub(crate) fn classical(mu: &Law, nu: &Law) -> Result<Law, LawError> {
    match (discrete(mu), discrete(nu)) {
        (Some(a), Some(b)) => sums(&a, &b),
        (Some(atoms), None) => shifts(&atoms, nu),
        (None, Some(atoms)) => shifts(&atoms, mu),
        (None, None) => Err(LawError::Classical),
    }
}

fn sums(a: &[(f64, f64)], b: &[(f64, f64)]) -> Result<Law, LawError> {
    let pairs = a.len().saturating_mul(b.len());
    if pairs > PAIRS {
        return Err(LawError::Argument {
            name: "number of pairs of atoms",
            value: pairs as f64,
            needed: "at most 4000000",
        });
    }
    let all = a
        .iter()
        .flat_map(|(p, x)| b.iter().map(move |(q, y)| (x + y, p * q)));
    let (at, mass) = all.unzip();
    Law::atoms(at, mass)
}

fn shifts(atoms: &[(f64, f64)], law: &Law) -> Result<Law, LawError> {
    let parts: Result<Vec<(f64, Law)>, LawError> = atoms
        .iter()
        .map(|&(weight, by)| Ok((weight, law.shifted(by)?)))
        .collect();
    Law::mixture(&parts?)
}
