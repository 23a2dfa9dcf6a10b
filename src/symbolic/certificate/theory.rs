//! A theory as a certificate states it, with where the values of each tensor come from.

use super::rules::{RuleRecord, rule_record};
use super::words::{ExpressionRecord, expression, joined, numbers};
use crate::symbolic::condition::{Condition, Least};
use crate::symbolic::conjugate::Conjugate;
use crate::symbolic::draw::Draw;
use crate::symbolic::error::SymbolicError;
use crate::symbolic::tensor::Tensor;
use crate::symbolic::theory::Theory;
use serde::Serialize;

/// What may occur in a chain, and what holds there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct TheoryRecord {
    spaces: String,
    /// Dimensions with what they are not below, as in `n d` for `n ≥ d`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    conditions: Vec<String>,
    scalars: String,
    tensors: Vec<TensorRecord>,
    rules: Vec<RuleRecord>,
}

/// A tensor with its slots, symmetries and the source of its values; it may be made of earlier ones only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct TensorRecord {
    name: String,
    slots: String,
    symmetries: Vec<String>,
    values: Values,
}

/// Where the values of a tensor come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Values {
    /// They are arbitrary, up to the symmetries.
    Free,
    /// They are those of a matrix whose conjugate is its transpose.
    Hermitian,
    /// They are the conjugates of the entries of an earlier tensor.
    Conjugate(String),
    /// They are those of an expression.
    Defined(ExpressionRecord),
    /// They are the inverse of a matrix whose rows are the first half of its legs.
    Inverse(ExpressionRecord),
    /// They are those of a function of a form that is linear in a random tensor, and this name's tensors are its
    /// derivatives.
    Function {
        /// The random tensor.
        of: String,
        /// The function and its derivatives, this tensor first.
        derivatives: String,
        /// The form.
        #[serde(flatten)]
        form: ExpressionRecord,
    },
    /// They are the mean of a product of functions.
    Mean {
        /// Over this tensor, with standard Gaussian entries.
        of: String,
        /// The product.
        #[serde(flatten)]
        value: ExpressionRecord,
    },
    /// `W = Σ_j σ_j u^j v^jᵀ` with orthonormal `u^j` and `v^j`: the tensors `u`, `σ` and `v` over the modes.
    Singular {
        /// The space of the modes.
        modes: String,
        /// The tensors `u`, `σ`, `v`.
        vectors: String,
    },
}

/// The record of a theory.
pub(super) fn record(theory: &Theory) -> Result<TheoryRecord, SymbolicError> {
    let spaces = theory.signature.spaces().iter();
    let mut rules = Vec::new();
    for (place, hypothesis) in theory.rules.iter().enumerate() {
        rules.push(rule_record(theory, place, &hypothesis.rule)?);
    }
    Ok(TheoryRecord {
        spaces: joined(spaces.map(|space| space.dimension().to_string())),
        conditions: theory.conditions.stated().iter().map(condition).collect(),
        scalars: joined(theory.signature.scalars().map(|s| s.to_string())),
        tensors: theory
            .draws
            .iter()
            .map(|draw| tensor_record(theory, draw))
            .collect(),
        rules,
    })
}

fn condition(condition: &Condition) -> String {
    match &condition.least {
        Least::Number(number) => format!("{} {number}", condition.dimension),
        Least::Dimension(other) => format!("{} {other}", condition.dimension),
    }
}

fn tensor_record(theory: &Theory, draw: &Draw) -> TensorRecord {
    let (tensor, values) = match draw {
        Draw::Free(tensor) => (tensor, free(theory, tensor)),
        Draw::Defined(tensor, value) => (tensor, Values::Defined(expression(value))),
        Draw::Inverse(tensor, matrix) => (tensor, Values::Inverse(expression(matrix))),
        Draw::Function(function) => {
            let names = function
                .derivatives
                .iter()
                .map(|tensor| tensor.name().to_string());
            let values = Values::Function {
                of: function.of.name().to_string(),
                derivatives: joined(names),
                form: expression(&function.form),
            };
            (&function.derivatives[0], values)
        }
        Draw::Mean(mean) => {
            let values = Values::Mean {
                of: mean.of.name().to_string(),
                value: expression(&mean.value),
            };
            (&mean.tensor, values)
        }
        Draw::SingularVectors {
            matrix,
            left,
            values,
            right,
        } => {
            let modes = values
                .slots()
                .iter()
                .map(|space| space.dimension().to_string());
            let vectors = [left, values, right].map(|tensor| tensor.name().to_string());
            let vectors = joined(vectors.into_iter());
            (
                matrix,
                Values::Singular {
                    modes: joined(modes),
                    vectors,
                },
            )
        }
    };
    let slots = tensor
        .slots()
        .iter()
        .map(|space| space.dimension().to_string());
    let symmetries = tensor.symmetries()[1..].iter();
    TensorRecord {
        name: tensor.name().to_string(),
        slots: joined(slots),
        symmetries: symmetries.map(|s| numbers(s, " ")).collect(),
        values,
    }
}

/// The values of a tensor that is drawn; of a complex tensor and its conjugate the second is made of the first.
fn free(theory: &Theory, tensor: &Tensor) -> Values {
    let place = |name: &str| theory.place_of(name);
    match theory.conjugates.get(tensor.name()) {
        Some(Conjugate::Transposed) => Values::Hermitian,
        Some(Conjugate::Of(other)) if place(other) < place(tensor.name()) => {
            Values::Conjugate(other.to_string())
        }
        Some(Conjugate::Of(_)) | None => Values::Free,
    }
}
