//! Why a text is no law.

use super::parser::LAWS;
use crate::measure::{LawError, WeightedCovarianceError};

/// Why a text describes no law. Positions count characters from 0.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ParseError {
    /// A character that belongs to no token.
    #[error("at {at}: '{found}' means nothing here")]
    Character {
        /// Where.
        at: usize,
        /// The character.
        found: char,
    },
    /// A number that is none, or too large.
    #[error("at {at}: '{found}' is not a finite number")]
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
    /// A comma that the arguments of a law have no place for, as of `mp(0,5)`.
    #[error(
        "at {at}: this ',' is one too many: it is {form}, and a number has a decimal point, 0.5"
    )]
    Comma {
        /// Where.
        at: usize,
        /// What the law takes.
        form: &'static str,
    },
    /// No law has this name.
    #[error(
        "at {at}: '{name}' is no law; there are {}", LAWS.map(|law| law.0).join(", ")
    )]
    Name {
        /// Where.
        at: usize,
        /// The name.
        name: String,
    },
    /// A number where a law is needed.
    #[error(
        "at {at}: {value} is a number where a law is needed; the law of a constant is point({value})"
    )]
    Number {
        /// Where.
        at: usize,
        /// Its value.
        value: f64,
    },
    /// `+` between two laws.
    #[error(
        "at {at}: '+' shifts a law by a number; between laws write [+] (free), * (classical) or mix(p: law, …)"
    )]
    Plus {
        /// Where the second law starts.
        at: usize,
    },
    /// Two operations without parentheses.
    #[error("at {at}: another operation in the same chain: parentheses say which comes first")]
    Order {
        /// Where the other operation stands.
        at: usize,
    },
    /// Too many parentheses inside one another.
    #[error("at {at}: more than {limit} expressions inside one another")]
    Deep {
        /// Where.
        at: usize,
        /// How many are allowed.
        limit: usize,
    },
    /// Too many operations.
    #[error("at {at}: more than {limit} operations")]
    Long {
        /// Where.
        at: usize,
        /// How many are allowed.
        limit: usize,
    },
    /// The coefficients belong to no covariance.
    #[error("at {at}: {reason}")]
    Covariance {
        /// Where it starts.
        at: usize,
        /// Why.
        reason: WeightedCovarianceError,
    },
    /// Weights that are not discrete.
    #[error("at {at}: the squared weights need a law of finitely many atoms")]
    Weights {
        /// Where it starts.
        at: usize,
    },
    /// The law was refused.
    #[error("at {at}: {reason}")]
    Law {
        /// Where it starts.
        at: usize,
        /// Why.
        reason: LawError,
    },
}
