//! What a proof takes for granted, collected from its steps.

mod collected;

pub(super) use collected::{
    of_coefficient, of_condition, of_expression, of_independence, of_law, of_parts, of_rule,
    of_scaling,
};

use std::collections::BTreeSet;
use std::fmt;

/// Something that a proof takes for granted; printed as it is to be read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Assumption {
    /// A tensor has this law.
    Law {
        /// The tensor.
        tensor: String,
        /// The law, in words.
        law: String,
    },
    /// Two random tensors are independent.
    Independent {
        /// Both.
        tensors: String,
    },
    /// A matrix has an inverse.
    Invertible {
        /// The inverse.
        inverse: String,
        /// The matrix.
        matrix: String,
    },
    /// A matrix has singular values and vectors over the modes that are declared.
    SingularValues {
        /// The matrix, its values and its vectors.
        names: String,
        /// The dimension of the modes.
        modes: String,
    },
    /// A rule that follows from no definition or inverse, and was tested only.
    Rule {
        /// Its name.
        name: String,
        /// What it says.
        equation: String,
        /// The sizes.
        shapes: Vec<String>,
    },
    /// A function has derivatives, and it and they have means.
    Smooth {
        /// The function and its derivatives.
        names: String,
    },
    /// What is integrated by parts, and its derivatives, have means.
    Integrable {
        /// The random tensor.
        tensor: String,
        /// The resolvents that are made of it.
        resolvents: String,
    },
    /// A dimension is not below a number or another dimension.
    AtLeast {
        /// The condition, as in `n ≥ d`.
        condition: String,
    },
    /// A scalar that is divided by.
    NotZero {
        /// The scalar.
        symbol: String,
    },
    /// A scalar of order 0 under `≈` that is divided by beside a number.
    AwayFromZero {
        /// As in `(z+5)`.
        pole: String,
    },
    /// How the symbols grow under `≈`.
    Growth {
        /// Each with its order.
        orders: String,
    },
    /// What a tensor that is left counts as under `≈`.
    Order {
        /// The tensor.
        tensor: String,
        /// The order of each factor.
        order: i32,
    },
}

impl fmt::Display for Assumption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Assumption::Law { tensor, law } => write!(f, "{tensor} has {law}"),
            Assumption::Independent { tensors } => write!(f, "{tensors} are independent"),
            Assumption::Invertible { inverse, matrix } => {
                write!(
                    f,
                    "{inverse} is the inverse of {matrix}, where there is one"
                )
            }
            Assumption::SingularValues { names, modes } => write!(
                f,
                "{names}: a matrix with its left vectors, singular values and right vectors, at most {modes} of them"
            ),
            Assumption::Rule {
                name,
                equation,
                shapes,
            } => write!(
                f,
                "rule {name}: {equation} (not derived, tested at {} shapes from {} on)",
                shapes.len(),
                shapes.first().map_or("", String::as_str)
            ),
            Assumption::Smooth { names } => write!(
                f,
                "{names}: a function with its derivatives, each the integral of the next and of polynomial growth"
            ),
            Assumption::Integrable { tensor, resolvents } if resolvents.is_empty() => {
                write!(f, "what is integrated by parts over {tensor} has a mean")
            }
            Assumption::Integrable { tensor, resolvents } => write!(
                f,
                "products of {resolvents} with entries of {tensor} have means over {tensor}, and so have their derivatives"
            ),
            Assumption::AtLeast { condition } => f.write_str(condition),
            Assumption::NotZero { symbol } => write!(f, "{symbol} ≠ 0"),
            Assumption::AwayFromZero { pole } => {
                write!(f, "{pole} stays away from 0 as N grows")
            }
            Assumption::Growth { orders } => write!(f, "≈ as N grows, with {orders}"),
            Assumption::Order { tensor, order } => {
                write!(f, "each factor {tensor} counts as of order {order} under ≈")
            }
        }
    }
}

/// The assumptions of a proof, each once.
pub(super) type Assumptions = BTreeSet<Assumption>;
