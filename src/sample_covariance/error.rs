//! Why data have no spectrum to speak of.

use crate::linalg::LinalgError;
use crate::measure::LawError;

/// Why data are refused, or a question about them has no answer.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum DataError {
    /// An entry is NaN or infinite.
    #[error("entry [{row}, {column}] is {value}: data must be finite numbers")]
    NotFinite {
        /// Its row, from 0.
        row: usize,
        /// Its column, from 0.
        column: usize,
        /// Its value.
        value: f64,
    },
    /// Too few samples or variables.
    #[error(
        "the data have {rows} rows and {columns} columns: at least {needed} samples (rows) and 2 variables (columns) are \
         needed"
    )]
    Small {
        /// Samples given.
        rows: usize,
        /// Variables given.
        columns: usize,
        /// Samples needed.
        needed: usize,
    },
    /// All entries are 0.
    #[error("all entries of the data are 0")]
    Zero,
    /// A variable does not vary.
    #[error(
        "column {column} is constant (columns are counted from 0), to the rounding of its mean (standard deviation {deviation:.1e}): it is no \
         random variable; leave it out"
    )]
    Constant {
        /// Which, from 0.
        column: usize,
        /// Its standard deviation.
        deviation: f64,
    },
    /// Squares of the entries are no numbers.
    #[error(
        "the entries are of size {scale:.1e}: their squares leave the range of the numbers; rescale the data"
    )]
    Range {
        /// The power of two near the largest.
        scale: f64,
    },
    /// Nothing is left beside the components.
    #[error(
        "the data have rank {rank} to rounding: beside {rank} components nothing is left that could be noise"
    )]
    NoNoise {
        /// The rank.
        rank: usize,
    },
    /// A parameter is out of its range.
    #[error("{name} is {value}: it must be {needed}")]
    Argument {
        /// The parameter.
        name: &'static str,
        /// Its value.
        value: f64,
        /// What it must be.
        needed: &'static str,
    },
    /// The smaller side is too long for its matrix.
    #[error(
        "the smaller side of the data is {side}: its {side}×{side} matrix would take {bytes} bytes, more than {limit}"
    )]
    Large {
        /// min(n, p).
        side: usize,
        /// Bytes of the matrix.
        bytes: u64,
        /// Bytes allowed.
        limit: u64,
    },
    /// A population with a negative part, or without a density at its upper edge.
    #[error("the law of the bulk has no upper edge at which its density falls to 0 like a root")]
    NoEdge,
    /// Whoever was told of the progress said stop.
    #[error("stopped")]
    Stopped,
    /// The law has no answer.
    #[error(transparent)]
    Law(#[from] LawError),
    /// The eigenvalues were not found.
    #[error(transparent)]
    Linalg(#[from] LinalgError),
}
