//! Why a law was refused, or has no value that can be trusted.

use num_complex::Complex64;

use crate::measure::{AtomsError, ResponseError};
use crate::numerals::{as_written as number, complex_as_written as point};

impl LawError {
    /// The same with what is known, where only a proof is missing.
    pub(crate) fn with_estimate(self, value: f64, error: f64) -> Self {
        match self {
            Self::Slow { steps, .. } => Self::Slow {
                value,
                error,
                steps,
            },
            Self::NoBound { .. } => Self::Unproved { value, error },
            other => other,
        }
    }

    /// The value that is known where only its proof is missing, and about how far it is off.
    pub fn estimate(&self) -> Option<(f64, f64)> {
        match *self {
            Self::Slow { value, error, .. } | Self::Unproved { value, error } => {
                Some((value, error))
            }
            _ => None,
        }
    }

    /// Within `radius` of z no variation is known: next to an edge, or at it.
    pub(crate) fn at_edge(z: Complex64, radius: f64) -> Self {
        Self::Edge {
            z,
            radius,
            variation: f64::INFINITY,
        }
    }
}

/// Why a root is not enclosed.
fn varied(radius: f64, variation: f64) -> String {
    let hidden = "rounding, which next to an edge grows, hides the root";
    if !(radius.is_finite() && variation.is_finite()) {
        return hidden.to_owned();
    }
    format!(
        "within {radius:.1e} the derivative varies by {variation:.1e} of itself, at most 0.5 is needed: {hidden}"
    )
}

/// Why an expression is no law, or a question to a law has no answer that can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum LawError {
    /// A parameter is out of its range.
    #[error("{name} is {}: it must be {needed}", number(*value))]
    Argument {
        /// The parameter.
        name: &'static str,
        /// Its value.
        value: f64,
        /// What it must be.
        needed: &'static str,
    },
    /// Positions and masses are no law.
    #[error(transparent)]
    Atoms(#[from] AtomsError),
    /// Matrices of a pencil that do not belong together.
    #[error(
        "the constant matrix is {}×{}, the coefficients are {}×{}: they must be square matrices of one size",
        constant.0, constant.1, coefficients.0, coefficients.1
    )]
    Coefficients {
        /// The shape of A₀.
        constant: (usize, usize),
        /// The shape of each A_j.
        coefficients: (usize, usize),
    },
    /// A matrix of a pencil that is not finite and symmetric.
    #[error(
        "matrix {matrix}: entry ({row}, {col}) is {}, the one opposite {}: the matrices must be finite and symmetric",
        number(*value), number(*other)
    )]
    Asymmetric {
        /// Which one, A₀ the first.
        matrix: usize,
        /// Its row.
        row: usize,
        /// Its column.
        col: usize,
        /// The entry.
        value: f64,
        /// The one opposite.
        other: f64,
    },
    /// A factor of a free multiplicative convolution is not a law on the half line.
    #[error("⊠ needs laws on the half line x ≥ 0: a factor reaches down to {}", number(*lowest))]
    Negative {
        /// The lower end of its support.
        lowest: f64,
    },
    /// A classical convolution of two laws that are neither discrete nor have densities in closed form.
    #[error(
        "of the laws under * at most one may be other than a mixture of images of atoms, mp, semicircle, uniform and arcsine"
    )]
    Classical,
    /// A product of independent variables of which neither is discrete or has a density in closed form on one side of 0.
    #[error(
        "[.] needs on one side a mixture of atoms and of mp, semicircle, uniform and arcsine laws that do not reach over 0"
    )]
    Product,
    /// A decompression of a law that is not known to be a free Meixner law.
    #[error(
        "decompress needs a free Meixner law: mp, semicircle, arcsine, two atoms, meixner(m, v, a, e), an image of one; meixner(LAW) is the one with the first four moments of LAW"
    )]
    Meixner,
    /// A law that a corner cannot have.
    #[error(
        "no matrix has a corner of share {} with this law: its share is at least {}",
        number(*share),
        number(*least)
    )]
    Corner {
        /// The share.
        share: f64,
        /// The least share at which the law is one of a corner.
        least: f64,
    },
    /// z is not finite, or below the real axis.
    #[error("z is {}: it must be finite, with Im z at least 0", point(*z))]
    Point {
        /// Its value.
        z: Complex64,
    },
    /// The transform has a pole.
    #[error("the law has an atom at {}: its transform has no value there", number(*at))]
    Atom {
        /// The place of the atom.
        at: f64,
    },
    /// A root was found but not enclosed: next to an edge of the support rounding grows, and hides it.
    #[error("at z = {} no bound can be given: {}", point(*z), varied(*radius, *variation))]
    Edge {
        /// The point asked for, or the point that it needs of an inner law.
        z: Complex64,
        /// Radius of the disc that was tried.
        radius: f64,
        /// Relative variation of the derivative on it; infinite if the disc meets the support.
        variation: f64,
    },
    /// The support is too large or too small for bounds to be computed.
    #[error(
        "the support reaches to {}: bounds are computed from 1e-75 to 1e75, where no power overflows",
        number(*reach)
    )]
    Range {
        /// The largest modulus of a point of the support.
        reach: f64,
    },
    /// Newton's method did not arrive.
    #[error(
        "at z = {} Newton's method stopped after {steps} steps, the last of relative size {change:.1e}",
        point(*z)
    )]
    NotConverged {
        /// The point asked for.
        z: Complex64,
        /// Relative size of the last step.
        change: f64,
        /// Steps taken.
        steps: usize,
    },
    /// The law's response comes without an error bound.
    #[error("at z = {} the law is known through a response that states no error bound", point(*z))]
    NoBound {
        /// The point asked for.
        z: Complex64,
    },
    /// A response could not be evaluated.
    #[error(transparent)]
    Response(#[from] ResponseError),
    /// The density does not integrate to 1.
    #[error("atoms and density together have mass {total}, not 1")]
    Mass {
        /// Their mass.
        total: f64,
    },
    /// A free cumulant is a small difference of large moments.
    #[error("of κ_{order} the rounding of the moments leaves less than six digits: ask for {} at most", order - 1)]
    Rounding {
        /// Its order.
        order: usize,
    },
    /// A moment that no number holds.
    #[error("E x^{order} is beyond the range of the numbers")]
    Moment {
        /// Its order.
        order: usize,
    },
    /// A proof would take too long; what is known without one.
    #[error("{value:.15}, off by about {error:.1e}: a proof takes more than {steps} steps")]
    Slow {
        /// The value, by the distribution function.
        value: f64,
        /// An estimate of its error.
        error: f64,
        /// Steps of Newton's method and nodes of quadratures that were spent.
        steps: usize,
    },
    /// What is known without a bound: of a law that has none on its support, or from one series for all points of a grid.
    #[error("{value:.15}, off by about {error:.1e}: an estimate, which nothing proves here")]
    Unproved {
        /// The value, by the distribution function.
        value: f64,
        /// An estimate of its error.
        error: f64,
    },
    /// The edges of the support are beyond the range of the numbers.
    #[error("the support reaches from {} to {}: its edges overflow", number(*low), number(*high))]
    Overflow {
        /// A lower edge.
        low: f64,
        /// The upper edge of the same interval; one of the two is not finite.
        high: f64,
    },
    /// Points and values of a density do not belong together.
    #[error(
        "{points} points and {values} values of the density: at least two of each, and as many"
    )]
    Lengths {
        /// Points given.
        points: usize,
        /// Values given.
        values: usize,
    },
    /// A point of a density that is not above the one before it.
    #[error("point {index} is {value}: it must be a finite number above the one before it")]
    Order {
        /// Which one, from 0.
        index: usize,
        /// Its value.
        value: f64,
    },
    /// A value of a density that is negative or not finite.
    #[error("value {index} of the density is {value}: it must be finite and at least 0")]
    Value {
        /// Which one, from 0.
        index: usize,
        /// Its value.
        value: f64,
    },
    /// A density is not resolved by a series of the degree allowed.
    #[error(
        "the density is not resolved by a series of degree {degree}, or not positive: its last terms are {tail:e} of the mass; where it has jumps or kinks give it by samples"
    )]
    Unresolved {
        /// The degree.
        degree: usize,
        /// Size of the last coefficients, relative to the mass.
        tail: f64,
    },
    /// A transform that needs a mean other than 0, or a point in its domain.
    #[error("the transform has no value at {}: {reason}", number(*at))]
    Domain {
        /// The argument.
        at: f64,
        /// Why.
        reason: &'static str,
    },
}
