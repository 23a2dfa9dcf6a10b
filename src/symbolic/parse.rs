//! Reading an expression as it is written on a slide; the grammar stands with [`super::Theory::expression`].

mod reader;

use super::error::SymbolicError;
use super::expression::{Expression, Index};
use super::polynomial::Polynomial;
use super::signature::Signature;
use super::typing::typed;
use reader::Reader;

/// A tensor or δ with the names of its indices, before their spaces are known.
pub(super) type NamedFactor = (String, Vec<String>);

/// A product before its indices are typed.
#[derive(Debug, Clone)]
pub(super) struct NamedTerm {
    pub(super) coefficient: Polynomial,
    pub(super) factors: Vec<NamedFactor>,
}

/// How δ is written.
pub(super) const DELTA: &str = "δ";

/// Reads `[a,b] …`, or a scalar where no legs are written; legs that nothing types are typed as `like`.
pub(super) fn expression(
    signature: &Signature,
    text: &str,
    like: &[Index],
) -> Result<Expression, SymbolicError> {
    let mut reader = Reader::new(signature, text)?;
    let legs = if reader.sees('[') {
        reader.names()?
    } else {
        Vec::new()
    };
    let terms = reader.whole_sum()?;
    typed(signature, text, &legs, like, &terms)
}

/// Reads a sum whose legs are known.
pub(super) fn sum(
    signature: &Signature,
    legs: &[String],
    text: &str,
) -> Result<Expression, SymbolicError> {
    let mut reader = Reader::new(signature, text)?;
    let terms = reader.whole_sum()?;
    typed(signature, text, legs, &[], &terms)
}

/// Reads `left = right`; the legs of both sides are those written in front, or else the indices of the left side
/// where that is one tensor, or else none.
pub(super) fn equation(
    signature: &Signature,
    text: &str,
) -> Result<(Expression, Expression), SymbolicError> {
    let mut reader = Reader::new(signature, text)?;
    let written = if reader.sees('[') {
        Some(reader.names()?)
    } else {
        None
    };
    let left = reader.sum()?;
    reader.expect('=')?;
    let right = reader.whole_sum()?;
    // One tensor alone says what its legs are; a product has to write them in front.
    let of_the_left = || match left.as_slice() {
        [term] if term.factors.len() == 1 => Some(term.factors[0].1.clone()),
        _ => None,
    };
    let legs = written.or_else(of_the_left).unwrap_or_default();
    Ok((
        typed(signature, text, &legs, &[], &left)?,
        typed(signature, text, &legs, &[], &right)?,
    ))
}
