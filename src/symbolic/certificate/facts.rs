//! What the declarations of a theory state: `T = …`, `M R = 1`, `W v^j = σ_j u^j`.

use super::action::FRESH;
use super::words::{index_names, leg_names};
use crate::symbolic::draw::Draw;
use crate::symbolic::expression::{Expression, Factor, Index, Term};
use crate::symbolic::polynomial::Polynomial;
use crate::symbolic::tensor::Tensor;

/// `one = other`, with the names of the summed indices of each term; all are marked with [`FRESH`].
pub(super) struct Fact {
    pub(super) of: String,
    pub(super) form: &'static str,
    pub(super) one: Expression,
    pub(super) one_names: Vec<Vec<String>>,
    pub(super) other: Expression,
    pub(super) other_names: Vec<Vec<String>>,
}

/// The facts that a declaration states.
pub(super) fn facts(draw: &Draw) -> Vec<Fact> {
    match draw {
        Draw::Free(_) | Draw::Function(_) | Draw::Mean(_) => Vec::new(),
        Draw::Defined(tensor, value) => vec![definition(tensor, value)],
        Draw::Inverse(tensor, matrix) => {
            vec![
                times_inverse(matrix, tensor, "right"),
                times_inverse(matrix, tensor, "left"),
            ]
        }
        Draw::SingularVectors {
            matrix,
            left,
            values,
            right,
        } => vec![
            singular([matrix, left, values, right], "right"),
            singular([matrix, right, values, left], "left"),
        ],
    }
}

/// `T = value`: one is the value's side, other the tensor's.
fn definition(tensor: &Tensor, value: &Expression) -> Fact {
    let legs = (0..value.legs().len()).collect();
    let own = leg_names(value);
    Fact {
        of: tensor.name().to_string(),
        form: "value",
        one: product(
            value.legs(),
            vec![Factor::Entry(tensor.clone(), legs)],
            Vec::new(),
        ),
        one_names: vec![Vec::new()],
        other: value.clone(),
        other_names: marked(value, &own, &[]),
    }
}

/// `M R = 1` on the right, else `R M = 1`: the columns of the first are summed with the rows of the second.
fn times_inverse(matrix: &Expression, inverse: &Tensor, form: &'static str) -> Fact {
    let legs = matrix.legs().len();
    let half = legs / 2;
    let own = leg_names(matrix);
    // Rows, columns and the sum between them, as indices of the product.
    let (rows, columns, between) = (0..half, half..legs, legs..legs + half);
    let right = form == "right";
    let (of_matrix, of_inverse, names): (Vec<usize>, Vec<usize>, &[String]) = if right {
        (
            rows.chain(between.clone()).collect(),
            between.chain(columns).collect(),
            &own[half..],
        )
    } else {
        (
            between.clone().chain(columns).collect(),
            rows.chain(between).collect(),
            &own[..half],
        )
    };
    let term = |term: &Term| {
        let place = |&v: &usize| of_matrix.get(v).copied().unwrap_or(v + half);
        let moved = |factor: &Factor| match factor {
            Factor::Delta(slots) => Factor::Delta(slots.iter().map(place).collect()),
            Factor::Entry(tensor, slots) => {
                Factor::Entry(tensor.clone(), slots.iter().map(place).collect())
            }
        };
        let mut factors: Vec<Factor> = term.factors.iter().map(moved).collect();
        factors.push(Factor::Entry(inverse.clone(), of_inverse.clone()));
        Term {
            coefficient: term.coefficient.clone(),
            factors,
            summed: [&matrix.legs()[half..], term.summed.as_slice()].concat(),
        }
    };
    let deltas = (0..half).map(|row| Factor::Delta(vec![row, row + half]));
    Fact {
        of: inverse.name().to_string(),
        form,
        one: Expression {
            legs: matrix.legs().to_vec(),
            terms: matrix.terms().iter().map(term).collect(),
        },
        one_names: marked(matrix, &own, names),
        other: product(matrix.legs(), deltas.collect(), Vec::new()),
        other_names: vec![Vec::new()],
    }
}

/// `W v^j = σ_j u^j` on the right, `Wᵀ u^j = σ_j v^j` on the left, for `[W, u, σ, v]`, or `[W, v, σ, u]` on the left.
fn singular([matrix, image, values, vector]: [&Tensor; 4], form: &'static str) -> Fact {
    let index = |tensor: &Tensor, slot: usize, name: &str| Index {
        name: name.into(),
        space: tensor.slots()[slot].clone(),
    };
    let entry = if form == "right" {
        vec![1, 2]
    } else {
        vec![2, 1]
    };
    let factors = vec![
        Factor::Entry(matrix.clone(), entry),
        Factor::Entry(vector.clone(), vec![0, 2]),
    ];
    let images = vec![
        Factor::Entry(values.clone(), vec![0]),
        Factor::Entry(image.clone(), vec![0, 1]),
    ];
    let legs = [index(image, 0, "j"), index(image, 1, "a")];
    let between = format!("k{FRESH}");
    Fact {
        of: matrix.name().to_string(),
        form,
        one: product(&legs, factors, vec![index(vector, 1, &between)]),
        one_names: vec![vec![between]],
        other: product(&legs, images, Vec::new()),
        other_names: vec![Vec::new()],
    }
}

/// A product with coefficient 1.
fn product(legs: &[Index], factors: Vec<Factor>, summed: Vec<Index>) -> Expression {
    Expression {
        legs: legs.to_vec(),
        terms: vec![Term {
            coefficient: Polynomial::one(),
            factors,
            summed,
        }],
    }
}

/// The marked names of what is summed between two factors, then of the summed indices of each term.
fn marked(expression: &Expression, legs: &[String], between: &[String]) -> Vec<Vec<String>> {
    let names = |term: &Term| {
        let own = index_names(legs, &term.summed);
        let all = between.iter().chain(&own[legs.len()..]);
        all.map(|name| format!("{name}{FRESH}")).collect()
    };
    expression.terms().iter().map(names).collect()
}
