//! Why an expression has no law.

use crate::linalg::LinalgError;
use crate::measure::LawError;

/// Why a polynomial or rational expression was refused. Positions count characters from 0.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum PolynomialError {
    /// A character that belongs to no token.
    #[error("at {at}: '{found}' means nothing here")]
    Character {
        /// Where.
        at: usize,
        /// The character.
        found: char,
    },
    /// A number that is none, or out of range.
    #[error("at {at}: '{found}' is not a number that can be read exactly")]
    Decimal {
        /// Where.
        at: usize,
        /// The text.
        found: String,
    },
    /// Another token was expected.
    #[error("at {at}: found {found}, expected {wanted}")]
    Unexpected {
        /// Where.
        at: usize,
        /// What stands there.
        found: String,
        /// What may.
        wanted: &'static str,
    },
    /// A name that was not declared.
    #[error("at {at}: '{name}' is no variable that was declared")]
    Name {
        /// Where.
        at: usize,
        /// The name.
        name: String,
    },
    /// A name that cannot be declared.
    #[error("'{name}' is declared twice, or is no name: letters, digits and _, not i and not inv")]
    Declared {
        /// The name.
        name: String,
    },
    /// Matrices whose shapes do not fit.
    #[error("at {at}: '{operation}' of a {left} and a {right} matrix")]
    Shapes {
        /// Where the operation stands.
        at: usize,
        /// Which one.
        operation: char,
        /// Shape of the left operand.
        left: String,
        /// Shape of the right operand.
        right: String,
    },
    /// A matrix that must be square and is not.
    #[error("at {at}: {what} needs a square matrix, and this one is {shape}")]
    Square {
        /// Where.
        at: usize,
        /// What needs it.
        what: &'static str,
        /// Its shape.
        shape: String,
    },
    /// An exponent out of range.
    #[error("at {at}: the exponent is {found}: it must be an integer from -{limit} to {limit}")]
    Exponent {
        /// Where.
        at: usize,
        /// The exponent.
        found: String,
        /// The largest.
        limit: u32,
    },
    /// An inverse that has no expansion.
    #[error(
        "at {at}: the inverse has no expansion where the variables are numbers or 0, and the variables in it stand elsewhere too; add a multiple of 1 to what is inverted"
    )]
    Inverse {
        /// Where.
        at: usize,
    },
    /// An inverse that does not exist, or is not proved to.
    #[error(
        "{text}: what is inverted has no inverse, or none that is proved: 0 must lie beside the support of its law"
    )]
    Singular {
        /// The expression, or the part of it.
        text: String,
    },
    /// Too many parentheses, or too large a linearisation.
    #[error("at {at}: the expression is too large: {what} more than {limit}")]
    Large {
        /// Where.
        at: usize,
        /// What there is too much of.
        what: &'static str,
        /// How much is allowed.
        limit: usize,
    },
    /// A number where a matrix is needed.
    #[error("the expression is the number {value}: its law is point({value})")]
    Constant {
        /// The number.
        value: String,
    },
    /// The expression is not selfadjoint.
    #[error(
        "the expression is not selfadjoint: {word} has the coefficient {coefficient}, and in the adjoint {adjoint}; Brown measures of non-selfadjoint expressions are out of scope"
    )]
    Adjoint {
        /// A product of variables.
        word: String,
        /// Its coefficient.
        coefficient: String,
        /// The coefficient in the adjoint.
        adjoint: String,
    },
    /// The expression is not square.
    #[error("the expression is a {shape} matrix: only square ones have a law")]
    Rectangular {
        /// Its shape.
        shape: String,
    },
    /// Two dimensions whose ratio is not known.
    #[error("the ratio of {first} to {second} is needed and not given")]
    Ratio {
        /// A dimension.
        first: String,
        /// Another one.
        second: String,
    },
    /// A ratio that is not positive, or contradicts the others.
    #[error("the ratio {first}/{second} = {value} is not positive, or contradicts the others")]
    Contradiction {
        /// A dimension.
        first: String,
        /// Another one.
        second: String,
        /// The ratio given.
        value: f64,
    },
    /// A law whose numbers are out of range.
    #[error("{name} has the law {law}, whose numbers cannot be read exactly")]
    Law {
        /// The variable.
        name: String,
        /// Its law.
        law: String,
    },
    /// A variable that stands in too many places.
    #[error(
        "the coefficient of {name} in the linearisation has rank {rank}: of a variable whose law is neither of atoms nor made of Gaussian matrices at most {limit}"
    )]
    Rank {
        /// The variable.
        name: String,
        /// The rank.
        rank: usize,
        /// The largest.
        limit: usize,
    },
    /// The equations are too many.
    #[error("the equations have {unknowns} unknowns: at most {limit} are solved")]
    Unknowns {
        /// How many.
        unknowns: usize,
        /// How many at most.
        limit: usize,
    },
    /// The linearisation does not give the expression back.
    #[error("the linearisation of {states} rows does not give the expression back")]
    Linearisation {
        /// Its size.
        states: usize,
    },
    /// The law was refused.
    #[error(transparent)]
    Refused(#[from] LawError),
    /// A sample could not be evaluated.
    #[error(transparent)]
    Sampled(#[from] LinalgError),
}
