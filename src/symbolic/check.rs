//! The independent check: both sides of a step evaluated over `𝔽_{2⁶¹−1}` at random points (Schwartz 1980, Zippel 1979).

use super::degree::{degree, degree_of_moments};
use super::evaluate::evaluate;
use super::expression::{Expression, Factor, Index, Term};
use super::law::Law;
use super::point::Point;
use super::polynomial::{Polynomial, Symbol};
use super::rewrite::Rule;
use super::theory::Theory;
use crate::tensor::MERSENNE_61;
use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;
use std::collections::BTreeMap;
use thiserror::Error;

/// Shapes tried in this order, the sizes given to the spaces in the order of declaration; the first
/// [`SHAPES`] that a step can afford are used.
const CANDIDATES: [[usize; 4]; 9] = [
    [2, 3, 2, 3],
    [3, 2, 3, 3],
    [1, 3, 2, 3],
    [2, 2, 2, 2],
    [1, 2, 2, 2],
    [2, 1, 2, 2],
    [2, 2, 1, 2],
    [3, 1, 1, 1],
    [1, 1, 2, 2],
];

/// Shapes per step.
const SHAPES: usize = 3;

/// The most assignments of indices that a side is summed over, all terms together.
const BUDGET: u128 = 400_000;

/// The points are the same at every run; the bound below is over the choice of this number.
const SEED: u64 = 0x6e_74_6b;

/// A point that could not be made, or a check that failed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CheckError {
    /// A name or a coefficient without a value in the field.
    #[error("`{name}` has no value at the point")]
    NoValue {
        /// The name or the coefficient.
        name: String,
    },
    /// A matrix that is singular at the drawn point, hence most likely everywhere.
    #[error("the matrix that defines `{tensor}` is singular")]
    Singular {
        /// The tensor defined by it.
        tensor: String,
    },
    /// Values without the declared symmetries.
    #[error("the values of `{tensor}` do not have its declared symmetries")]
    NotSymmetric {
        /// The tensor.
        tensor: String,
    },
    /// A hypothesis that the points do not satisfy.
    #[error("the rule `{rule}` does not hold at {shape}")]
    RuleFails {
        /// The rule.
        rule: String,
        /// The dimensions.
        shape: String,
    },
    /// Too few shapes at which the sums are short enough.
    #[error("only {shapes} shapes can be checked with sums of at most {budget} terms")]
    TooLarge {
        /// The shapes that can.
        shapes: usize,
        /// The most terms.
        budget: u128,
    },
    /// The normal forms agree and the field disagrees: a fault of the toolkit.
    #[error("the two sides have one normal form but differ at {shape}")]
    Disagrees {
        /// The dimensions.
        shape: String,
    },
}

/// A check that passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldCheck {
    /// The dimensions, as in `n=2 d=3 p=2`.
    pub shapes: Vec<String>,
    /// A bound on the degree, in the random draws, of the difference of the two sides.
    pub degree: u64,
}

impl FieldCheck {
    /// The probability, at most, that a random point hides an identity that is false at its shape:
    /// degree over the size of the field (Schwartz 1980, Zippel 1979).
    pub fn bound(&self) -> f64 {
        self.degree as f64 / MERSENNE_61 as f64
    }
}

/// What a comparison in the field said.
pub(super) enum Comparison {
    /// Equal at all shapes.
    Equal(FieldCheck),
    /// Different at a shape.
    Different {
        /// The dimensions.
        shape: String,
    },
}

/// Compares `E before = after` over the random tensors in `laws` (none: `before = after`), after testing
/// the rules.
pub(super) fn compare(
    theory: &Theory,
    before: &Expression,
    laws: &[(&str, &Law)],
    after: &Expression,
    rules: &[&Rule],
) -> Result<Comparison, CheckError> {
    let (mut shapes, mut largest) = (Vec::new(), 0);
    for (number, candidate) in CANDIDATES.iter().enumerate() {
        let dimensions = dimensions(theory, candidate);
        if cost(before, &dimensions) > BUDGET || cost(after, &dimensions) > BUDGET {
            continue;
        }
        let spaces = theory
            .signature
            .spaces()
            .iter()
            .map(|space| space.dimension());
        let shape: Vec<String> = spaces
            .map(|name| format!("{name}={}", dimensions[name]))
            .collect();
        let shape = shape.join(" ");
        let mut rng = ChaCha8Rng::seed_from_u64(SEED);
        rng.set_stream(number as u64);
        let point = Point::draw(
            dimensions,
            theory.signature.scalars(),
            &theory.draws,
            &mut rng,
        )?;
        for rule in rules {
            let (left, right) = rule.sides();
            if evaluate(left, &point, &[])? != evaluate(right, &point, &[])? {
                return Err(CheckError::RuleFails {
                    rule: rule.name().into(),
                    shape,
                });
            }
        }
        let moments = laws.iter().map(|(name, law)| moments(name, law, before));
        let moments = moments.collect::<Result<Vec<_>, _>>()?;
        let mut values = Vec::new();
        for ((name, _), (moments, _)) in laws.iter().zip(&moments) {
            let at_point = moments.iter().map(|moment| point.coefficient(moment));
            values.push((name.to_string(), at_point.collect::<Result<_, _>>()?));
        }
        if evaluate(before, &point, &values)? != evaluate(after, &point, &[])? {
            return Ok(Comparison::Different { shape });
        }
        let mut left = degree(before, &point);
        for (moments, factors) in &moments {
            // At most one moment for each random factor.
            let one = degree_of_moments(moments, &point);
            left.numerator += *factors as u64 * one.numerator;
            left.denominator += *factors as u64 * one.denominator;
        }
        let sides = [left, degree(after, &point)];
        let cleared: u64 = sides.iter().map(|side| side.denominator).sum();
        let highest = sides.iter().map(|side| side.numerator).max().unwrap_or(0);
        largest = largest.max(highest + cleared);
        shapes.push(shape);
        if shapes.len() == SHAPES {
            return Ok(Comparison::Equal(FieldCheck {
                shapes,
                degree: largest,
            }));
        }
    }
    Err(CheckError::TooLarge {
        shapes: shapes.len(),
        budget: BUDGET,
    })
}

fn dimensions(theory: &Theory, candidate: &[usize; 4]) -> BTreeMap<Symbol, usize> {
    let sizes = candidate.iter().chain(std::iter::repeat(&candidate[1]));
    let spaces = theory
        .signature
        .spaces()
        .iter()
        .map(|space| space.dimension().clone());
    spaces.zip(sizes.copied()).collect()
}

/// The number of assignments of indices that evaluating takes.
fn cost(expression: &Expression, dimensions: &BTreeMap<Symbol, usize>) -> u128 {
    let size = |index: &Index| {
        u128::from(
            dimensions
                .get(index.space.dimension())
                .copied()
                .unwrap_or(1) as u64,
        )
    };
    let legs: u128 = expression.legs().iter().map(size).product();
    let terms = expression.terms().iter();
    legs * terms
        .map(|term| term.summed.iter().map(size).product::<u128>())
        .sum::<u128>()
}

/// The moments of a law's entries up to the order that an expression can meet, and that order.
fn moments(
    name: &str,
    law: &Law,
    expression: &Expression,
) -> Result<(Vec<Polynomial>, usize), CheckError> {
    let is_random =
        |factor: &&Factor| matches!(factor, Factor::Entry(tensor, _) if **tensor.name() == *name);
    let count = |term: &Term| term.factors.iter().filter(is_random).count();
    let order = expression.terms().iter().map(count).max().unwrap_or(0);
    let unknown = |_| CheckError::NoValue {
        name: format!("a moment of {name} of order {order}"),
    };
    Ok((law.moments(order).map_err(unknown)?, order))
}
