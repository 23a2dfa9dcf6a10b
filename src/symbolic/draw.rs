//! Where the values of tensors come from.

use super::expression::Expression;
use super::polynomial::Symbol;
use super::stein::{Function, Mean};
use super::tensor::Tensor;

/// How a tensor gets its values, in the order of declaration.
#[derive(Debug, Clone)]
pub(super) enum Draw {
    /// Independent uniform entries, up to the declared symmetries.
    Free(Tensor),
    /// The values of an expression.
    Defined(Tensor, Expression),
    /// The inverse of a matrix whose rows are the first half of the legs.
    Inverse(Tensor, Expression),
    /// A random polynomial and its derivatives at the values of a form.
    Function(Function),
    /// The mean of a product of functions.
    Mean(Mean),
    /// `W = U diag(s) Vᵀ` with `U`, `V` orthogonal; the vectors as rows of `left` and `right`.
    SingularVectors {
        matrix: Tensor,
        left: Tensor,
        values: Tensor,
        right: Tensor,
    },
}

impl Draw {
    /// The tensors it gives values to.
    pub(super) fn tensors(&self) -> Vec<&Tensor> {
        match self {
            Draw::Free(tensor) | Draw::Defined(tensor, _) | Draw::Inverse(tensor, _) => {
                vec![tensor]
            }
            Draw::Function(function) => function.derivatives.iter().collect(),
            Draw::Mean(mean) => vec![&mean.tensor],
            Draw::SingularVectors {
                matrix,
                left,
                values,
                right,
            } => vec![matrix, left, values, right],
        }
    }

    /// What it makes the values of, if not of draws alone.
    pub(super) fn source(&self) -> Option<&Expression> {
        match self {
            Draw::Defined(_, value) | Draw::Inverse(_, value) => Some(value),
            Draw::Function(function) => Some(&function.form),
            Draw::Mean(mean) => Some(&mean.value),
            Draw::Free(_) | Draw::SingularVectors { .. } => None,
        }
    }

    /// The tensors it gives values to, each with what it stands for.
    pub(super) fn meanings(&self) -> Vec<(Symbol, String)> {
        let of = |tensor: &Tensor, meaning: String| {
            let slots = tensor.slots().iter().map(|space| &**space.dimension());
            let slots = slots.collect::<Vec<_>>().join(",");
            let symmetries = match tensor.symmetries() {
                [_] => String::new(),
                group => format!(", symmetric under {group:?}"),
            };
            (
                tensor.name().clone(),
                format!("{meaning}[{slots}]{symmetries}"),
            )
        };
        let written = |value: &Expression| {
            let legs = value.legs().iter().map(|leg| &*leg.name);
            match value.legs().is_empty() {
                true => value.to_string(),
                false => format!("[{}] {value}", legs.collect::<Vec<_>>().join(",")),
            }
        };
        match self {
            Draw::Free(tensor) => vec![of(tensor, "an arbitrary tensor ".into())],
            Draw::Defined(tensor, value) => vec![of(tensor, written(value) + " over ")],
            Draw::Inverse(tensor, value) => {
                vec![of(
                    tensor,
                    format!("the inverse of {} over ", written(value)),
                )]
            }
            Draw::Function(function) => {
                let form = written(&function.form);
                let meaning = |(k, tensor): (usize, &Tensor)| {
                    of(
                        tensor,
                        format!("derivative {k} of a function of {form} over "),
                    )
                };
                function
                    .derivatives
                    .iter()
                    .enumerate()
                    .map(meaning)
                    .collect()
            }
            Draw::Mean(mean) => {
                let meaning = format!(
                    "the mean over {} of {} over ",
                    mean.of.name(),
                    written(&mean.value)
                );
                vec![of(&mean.tensor, meaning)]
            }
            Draw::SingularVectors {
                matrix,
                left,
                values,
                right,
            } => {
                let names = [left, values, right]
                    .map(|t| t.name().to_string())
                    .join(", ");
                let matrix_is = format!("the matrix with singular values {names} ");
                let part = format!("a part of the singular values of {} ", matrix.name());
                let mut meanings = vec![of(matrix, matrix_is)];
                meanings.extend([left, values, right].map(|t| of(t, part.clone())));
                meanings
            }
        }
    }
}

/// The functions among some draws.
pub(super) fn functions<'a>(draws: &[&'a Draw]) -> Vec<&'a Function> {
    let function = |draw: &&'a Draw| match draw {
        Draw::Function(function) => Some(function),
        _ => None,
    };
    draws.iter().filter_map(function).collect()
}
