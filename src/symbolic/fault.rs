//! Why a statement cannot be checked at points of a field, or fails there.

use super::error::SymbolicError;
use thiserror::Error;

/// A point that could not be made, or a check that failed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FieldError {
    /// A name or a coefficient without a value in the field.
    #[error("`{name}` has no value at the point")]
    NoValue {
        /// The name or the coefficient.
        name: String,
    },
    /// A matrix that is singular at the drawn point, hence most likely everywhere.
    #[error("the matrix that defines `{tensor}` is singular at {shape}")]
    Singular {
        /// The tensor defined by it.
        tensor: String,
        /// The dimensions.
        shape: String,
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
    #[error(
        "only {shapes} shapes can be checked with sums of at most {budget} terms; a further one takes {terms}"
    )]
    TooLarge {
        /// The shapes that can.
        shapes: usize,
        /// The terms at the cheapest further shape.
        terms: u128,
        /// The most terms.
        budget: u128,
    },
    /// A rule between arbitrary tensors whose sides are not equal for all dimensions.
    #[error("rule `{rule}` is false: its sides differ by {difference}")]
    RuleFalse {
        /// The rule.
        rule: String,
        /// The normal form of the difference, with all definitions written out.
        difference: String,
    },
    /// A rule that cannot be derived, and cannot be tested at sizes large enough to mean something.
    #[error(
        "rule `{rule}` follows from no definition or inverse, and cannot be tested: {shapes} shapes of at most {budget} products are not enough"
    )]
    RuleUntested {
        /// The rule.
        rule: String,
        /// The shapes at which it could be tested.
        shapes: u64,
        /// The most products of a shape.
        budget: u128,
    },
    /// A rule about functions, which are drawn as polynomials of one degree: what holds for these says nothing of others.
    #[error(
        "rule `{rule}` is about functions and follows from no definition or inverse: no test by polynomials decides it"
    )]
    RuleOfFunctions {
        /// The rule.
        rule: String,
    },
    /// A difference of so high a degree in the draws that a check would say little.
    #[error("a difference of degree {degree} in the draws cannot be checked at random points")]
    Degree {
        /// A bound on the degree.
        degree: u64,
    },
    /// What cannot be written out or compared.
    #[error(transparent)]
    Symbolic(#[from] SymbolicError),
    /// The normal forms agree and the field disagrees: a fault of the toolkit.
    #[error("the two sides have one normal form but differ at {shape}")]
    Disagrees {
        /// The dimensions.
        shape: String,
    },
}
