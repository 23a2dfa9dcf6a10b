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
        match self {
            Draw::Free(tensor) => vec![meaning(tensor, "an arbitrary tensor ")],
            Draw::Defined(tensor, value) => vec![meaning(tensor, &(written(value) + " over "))],
            Draw::Inverse(tensor, value) => {
                let of = format!("the inverse of {} over ", written(value));
                vec![meaning(tensor, &of)]
            }
            Draw::Function(function) => {
                let form = written(&function.form);
                let derivatives = (0..).zip(&function.derivatives);
                let each = |(k, tensor): (usize, &Tensor)| {
                    let of = format!("derivative {k} of a function of {form} over ");
                    meaning(tensor, &of)
                };
                derivatives.map(each).collect()
            }
            Draw::Mean(mean) => {
                let (over, value) = (mean.of.name(), written(&mean.value));
                let of = format!("the mean over {over} of {value} over ");
                vec![meaning(&mean.tensor, &of)]
            }
            Draw::SingularVectors {
                matrix,
                left,
                values,
                right,
            } => {
                let parts = [left, values, right];
                let names = parts.map(|t| t.name().to_string()).join(", ");
                let matrix_is = format!("the matrix with singular values {names} ");
                let part = format!("a part of the singular values of {} ", matrix.name());
                let mut meanings = vec![meaning(matrix, &matrix_is)];
                meanings.extend(parts.map(|t| meaning(t, &part)));
                meanings
            }
        }
    }
}

/// A tensor with what it stands for, over its slots, and its symmetries.
fn meaning(tensor: &Tensor, of: &str) -> (Symbol, String) {
    let slots = tensor.slots().iter().map(|space| &**space.dimension());
    let slots = slots.collect::<Vec<_>>().join(",");
    let symmetries = match tensor.symmetries() {
        [_] => String::new(),
        group => format!(", symmetric under {group:?}"),
    };
    (tensor.name().clone(), format!("{of}[{slots}]{symmetries}"))
}

/// An expression behind its legs.
fn written(value: &Expression) -> String {
    let legs = value.legs().iter().map(|leg| &*leg.name);
    match value.legs().is_empty() {
        true => value.to_string(),
        false => format!("[{}] {value}", legs.collect::<Vec<_>>().join(",")),
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
