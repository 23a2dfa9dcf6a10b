//! What a proof takes for granted, collected from its steps.

use super::condition::Condition;
use super::draw::Draw;
use super::expression::Expression;
use super::hypothesis::{Hypothesis, Standing};
use super::law::TensorLaw;
use super::polynomial::{Polynomial, Scaling, Symbol, pole};
use super::theory::Theory;
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
            Assumption::Growth { orders } => write!(f, "≈ as N grows, with {orders}"),
            Assumption::Order { tensor, order } => {
                write!(f, "each factor {tensor} counts as of order {order} under ≈")
            }
        }
    }
}

/// The assumptions of a proof, each once.
pub(super) type Assumptions = BTreeSet<Assumption>;

/// That a tensor has a law.
pub(super) fn of_law(tensor: &str, law: &TensorLaw) -> Assumption {
    Assumption::Law {
        tensor: tensor.into(),
        law: match law.is_of_independent_entries() {
            true => format!("independent {law}"),
            false => law.to_string(),
        },
    }
}

/// That two random tensors are independent, whichever is named first.
pub(super) fn of_independence(one: &str, other: &str) -> Assumption {
    let (first, second) = (one.min(other), one.max(other));
    Assumption::Independent {
        tensors: format!("{first} and {second}"),
    }
}

/// That a mean can be integrated by parts over a tensor.
pub(super) fn of_parts(theory: &Theory, expression: &Expression, tensor: &str) -> Assumption {
    let resolvents = expression.tensors();
    let resolvents = resolvents.filter(|own| theory.is_resolvent_of(own, tensor));
    let names: BTreeSet<&str> = resolvents.map(|own| &**own.name()).collect();
    Assumption::Integrable {
        tensor: tensor.into(),
        resolvents: names.into_iter().collect::<Vec<_>>().join(", "),
    }
}

/// What a rule rests on, beyond definitions.
pub(super) fn of_rule(hypothesis: &Hypothesis, standing: &Standing) -> Option<Assumption> {
    let Standing::Tested(shapes) = standing else {
        return None;
    };
    let (left, right) = hypothesis.rule.sides();
    Some(Assumption::Rule {
        name: hypothesis.rule.name().into(),
        equation: format!("{left} = {right}"),
        shapes: shapes.clone(),
    })
}

/// How symbols and tensors count under `≈`.
pub(super) fn of_scaling(
    theory: &Theory,
    expression: &Expression,
    scaling: Scaling,
) -> Assumptions {
    let orders = scaling.iter().map(|(symbol, order)| match order {
        1 => format!("{symbol} ~ N"),
        _ => format!("{symbol} ~ N^{order}"),
    });
    let orders = orders.collect::<Vec<_>>().join(", ");
    let mut all = Assumptions::from([Assumption::Growth { orders }]);
    for tensor in expression.tensors() {
        if let Some(order) = theory.order_of(tensor.name()) {
            let tensor = tensor.name().to_string();
            all.insert(Assumption::Order { tensor, order });
        }
    }
    all
}

/// What an expression rests on by the tensors in it: inverses, singular vectors, scalars that are divided by.
pub(super) fn of_expression(theory: &Theory, expression: &Expression) -> Assumptions {
    let mut all = Assumptions::new();
    divided(theory, expression, &mut all);
    all.extend(theory.conditions.iter().map(of_condition));
    let mut made: BTreeSet<Symbol> = expression.tensors().map(|t| t.name().clone()).collect();
    for draw in theory.draws.iter().rev() {
        if !draw
            .tensors()
            .iter()
            .any(|tensor| made.contains(tensor.name()))
        {
            continue;
        }
        if let Some(source) = draw.source() {
            made.extend(source.tensors().map(|tensor| tensor.name().clone()));
            divided(theory, source, &mut all);
        }
        match draw {
            Draw::Inverse(tensor, matrix) => {
                let legs = matrix
                    .legs()
                    .iter()
                    .map(|leg| &*leg.name)
                    .collect::<Vec<_>>();
                let matrix = match legs.is_empty() {
                    true => matrix.to_string(),
                    false => format!("[{}] {matrix}", legs.join(",")),
                };
                let inverse = tensor.name().to_string();
                all.insert(Assumption::Invertible { inverse, matrix });
            }
            Draw::SingularVectors {
                matrix,
                left,
                values,
                right,
            } => {
                let names = [matrix, left, values, right]
                    .map(|t| t.name().to_string())
                    .join(", ");
                let modes = values.slots()[0].dimension().to_string();
                all.insert(Assumption::SingularValues { names, modes });
            }
            Draw::Function(function) => {
                let names = function.derivatives.iter().map(|t| t.name().to_string());
                let names = names.collect::<Vec<_>>().join(", ");
                all.insert(Assumption::Smooth { names });
            }
            Draw::Free(_) | Draw::Defined(..) | Draw::Mean(_) => {}
        }
    }
    all
}

/// The formal scalars under a negative power; dimensions are never 0.
fn divided(theory: &Theory, expression: &Expression, all: &mut Assumptions) {
    let coefficients = expression.terms().iter().map(|term| &term.coefficient);
    coefficients.for_each(|coefficient| all.extend(of_coefficient(theory, coefficient)));
}

/// The formal scalars under a negative power of a coefficient.
pub(super) fn of_coefficient(theory: &Theory, coefficient: &Polynomial) -> Assumptions {
    let powers = coefficient
        .terms()
        .flat_map(|(monomial, _)| monomial.powers());
    let is_never_zero = |symbol: &Symbol| match pole(symbol) {
        Some((base, shift)) => shift > 0 && theory.signature.space(base).is_some(),
        None => theory.signature.space(symbol).is_some(),
    };
    let divisors = powers.filter(|(symbol, power)| *power < 0 && !is_never_zero(symbol));
    let not_zero = divisors.map(|(symbol, _)| Assumption::NotZero {
        symbol: symbol.to_string(),
    });
    not_zero.collect()
}

pub(super) fn of_condition(condition: &Condition) -> Assumption {
    Assumption::AtLeast {
        condition: condition.to_string(),
    }
}
