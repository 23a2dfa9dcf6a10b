//! Rules that follow from what an inverse is.

use crate::symbolic::expression::{Expression, Factor, Index, Term};
use crate::symbolic::polynomial::Polynomial;
use crate::symbolic::tensor::Tensor;

/// Whether a difference is a multiple of `M M⁻¹ − 1` or of `M⁻¹ M − 1`, or of the trace of one of them.
pub(super) fn is_instance(difference: &Expression, inverse: &Tensor, matrix: &Expression) -> bool {
    let half = matrix.legs().len() / 2;
    let swap: Vec<usize> = (half..2 * half).chain(0..half).collect();
    let identities = [First::Matrix, First::Inverse].map(|first| identity(inverse, matrix, first));
    identities.into_iter().any(|zero| {
        let swapped = zero.braided(&swap).ok();
        let trace = traced(&zero);
        let all = [Some(zero), swapped, Some(trace)];
        all.iter()
            .flatten()
            .any(|zero| is_multiple(difference, zero))
    })
}

/// Which of a matrix and its inverse is the left factor of their product.
#[derive(Clone, Copy)]
enum First {
    Matrix,
    Inverse,
}

/// The product of the matrix and its inverse minus one, over the legs of the matrix.
fn identity(inverse: &Tensor, matrix: &Expression, first: First) -> Expression {
    let legs = matrix.legs().len();
    let half = legs / 2;
    let middle = |k: usize| legs + k;
    // The matrix's own legs become a leg or an index of the middle.
    let place = |v: usize| match first {
        First::Matrix if v < half => v,
        First::Matrix if v < legs => middle(v - half),
        First::Inverse if v < half => middle(v),
        First::Inverse if v < legs => v,
        _ => v + half,
    };
    let slots: Vec<usize> = match first {
        First::Matrix => (0..half).map(middle).chain(half..legs).collect(),
        First::Inverse => (0..half).chain((0..half).map(middle)).collect(),
    };
    let mut terms: Vec<Term> = Vec::new();
    for term in matrix.terms() {
        let mut factors: Vec<Factor> = term.factors.iter().map(|f| f.renumbered(place)).collect();
        factors.push(Factor::Entry(inverse.clone(), slots.clone()));
        let summed: Vec<Index> = matrix.legs()[..half].to_vec();
        terms.push(Term {
            coefficient: term.coefficient.clone(),
            factors,
            summed: [summed, term.summed.clone()].concat(),
        });
    }
    terms.push(Term {
        coefficient: Polynomial::from(-1),
        factors: (0..half)
            .map(|k| Factor::Delta(vec![k, half + k]))
            .collect(),
        summed: Vec::new(),
    });
    let legs = matrix.legs().to_vec();
    Expression { legs, terms }.normal_form()
}

/// The sum over equal rows and columns.
fn traced(matrix: &Expression) -> Expression {
    let half = matrix.legs().len() / 2;
    let place = |v: usize| if v < half { v } else { v - half };
    let rows = &matrix.legs()[..half];
    let term = |term: &Term| Term {
        coefficient: term.coefficient.clone(),
        factors: term.factors.iter().map(|f| f.renumbered(place)).collect(),
        summed: [rows, term.summed.as_slice()].concat(),
    };
    let terms = matrix.terms().iter().map(term).collect();
    Expression {
        legs: Vec::new(),
        terms,
    }
    .normal_form()
}

/// Whether one normal form is another times a polynomial.
fn is_multiple(difference: &Expression, zero: &Expression) -> bool {
    let pairs = difference.terms().iter().zip(zero.terms());
    let ratio = pairs
        .clone()
        .find_map(|(a, b)| Some(&a.coefficient * &b.coefficient.reciprocal()?));
    let is_zero = |ratio: Polynomial| {
        let rest = zero.scaled(&ratio).minus(difference);
        rest.is_ok_and(|rest| rest.normal_form().is_zero())
    };
    difference.terms().len() == zero.terms().len() && ratio.is_some_and(is_zero)
}
