//! Terms as words: `x i a` for an entry, `k:d` for a summed index and its space, `3/2 d^-2` for a monomial.

use crate::symbolic::expression::{Expression, Factor, Index, Term};
use crate::symbolic::parse::DELTA;
use crate::symbolic::polynomial::Polynomial;
use serde::Serialize;

/// A function of its open legs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct ExpressionRecord {
    /// The legs with their spaces, `i:n a:d`.
    pub(super) legs: String,
    /// The terms.
    pub(super) terms: Vec<TermRecord>,
}

/// A coefficient times a product of factors, summed over its indices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct TermRecord {
    /// The monomials of the coefficient.
    pub(super) coefficient: Vec<String>,
    /// The product.
    #[serde(flatten)]
    pub(super) product: ProductRecord,
}

/// A product of factors, summed over its indices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct ProductRecord {
    /// The summed indices with their spaces, `k:d q:d`.
    pub(super) sum: String,
    /// The factors, each a tensor or δ with its indices.
    pub(super) product: Vec<String>,
}

/// Index names that a term is written with: those of the legs, then the summed ones, made different from
/// all before them.
pub(super) fn index_names(legs: &[String], summed: &[Index]) -> Vec<String> {
    let mut names = legs.to_vec();
    for index in summed {
        let numbered = (2..).map(|k| format!("{}{k}", index.name));
        let mut candidates = std::iter::once(index.name.to_string()).chain(numbered);
        let free = candidates.find(|name| !names.contains(name));
        names.push(free.unwrap_or_default());
    }
    names
}

/// The names of an expression's own legs.
pub(super) fn leg_names(expression: &Expression) -> Vec<String> {
    index_names(&[], expression.legs())
}

/// Indices with their spaces.
pub(super) fn typed(names: &[String], indices: &[Index]) -> String {
    let word = |(name, index): (&String, &Index)| format!("{name}:{}", index.space.dimension());
    joined(names.iter().zip(indices).map(word))
}

/// The terms of an expression, its legs called `legs`.
pub(super) fn terms(legs: &[String], expression: &Expression) -> Vec<TermRecord> {
    let record = |term: &Term| TermRecord {
        coefficient: polynomial(&term.coefficient),
        product: product(&index_names(legs, &term.summed), term),
    };
    expression.terms().iter().map(record).collect()
}

/// An expression with its own legs.
pub(super) fn expression(expression: &Expression) -> ExpressionRecord {
    let legs = leg_names(expression);
    ExpressionRecord {
        legs: typed(&legs, expression.legs()),
        terms: terms(&legs, expression),
    }
}

/// The product of a term whose indices, legs first, are called `names`.
pub(super) fn product(names: &[String], term: &Term) -> ProductRecord {
    let legs = names.len() - term.summed.len();
    let factor = |factor: &Factor| {
        let head = match factor {
            Factor::Delta(_) => DELTA,
            Factor::Entry(tensor, _) => tensor.name(),
        };
        let indices = factor.indices().iter().map(|&v| names[v].clone());
        joined(std::iter::once(head.to_owned()).chain(indices))
    };
    ProductRecord {
        sum: typed(&names[legs..], &term.summed),
        product: term.factors.iter().map(factor).collect(),
    }
}

/// The monomials of a polynomial, none for 0.
pub(super) fn polynomial(polynomial: &Polynomial) -> Vec<String> {
    let monomials = polynomial.terms().map(|(monomial, value)| {
        let power = |(symbol, power): (&_, i64)| match power {
            1 => format!("{symbol}"),
            _ => format!("{symbol}^{power}"),
        };
        joined(std::iter::once(value.to_string()).chain(monomial.powers().map(power)))
    });
    monomials.collect()
}

/// A permutation of slots.
pub(super) fn numbers(list: &[usize], separator: &str) -> String {
    let numbers: Vec<String> = list.iter().map(ToString::to_string).collect();
    numbers.join(separator)
}

/// Words with a space between them.
pub(super) fn joined(words: impl Iterator<Item = String>) -> String {
    words.collect::<Vec<_>>().join(" ")
}
