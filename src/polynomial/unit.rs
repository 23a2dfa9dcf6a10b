//! Expressions in one variable, and their laws.

use num_traits::One;

use super::letter::{Symbol, SymbolKind};
use super::quotient::Quotient;
use super::scalar::Exact;
use super::sizes::Sizes;
use super::tree::Tree;
use super::{MatrixExpression, PolynomialError};
use crate::measure::{Law, LawError};

/// What a function of one variable is a function of: a selfadjoint symbol, or `XX'` or `X'X` of a Gaussian one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Unit {
    /// A symbol.
    Symbol(usize),
    /// A Gaussian matrix with its adjoint, and whether that stands first.
    Square(usize, bool),
}

/// The factors of a product, from the left.
fn factors<'a>(tree: &'a Tree, into: &mut Vec<&'a Tree>) {
    match tree {
        Tree::Product(_, a, b) => {
            factors(a, into);
            factors(b, into);
        }
        other => into.push(other),
    }
}

/// A Gaussian symbol, and whether it is its adjoint.
fn gaussian(tree: &Tree, symbols: &[Symbol]) -> Option<(usize, bool)> {
    match tree {
        Tree::Variable(k) if !symbols[*k].selfadjoint() => Some((*k, false)),
        Tree::Adjoint(inner) => gaussian(inner, symbols).map(|(k, adjoint)| (k, !adjoint)),
        _ => None,
    }
}

/// The one unit of all that a tree is made of, or a part of it in the place of that.
struct Reading<'a> {
    symbols: &'a [Symbol],
    unit: Option<Unit>,
    part: Option<&'a Tree>,
}

impl Reading<'_> {
    fn unit(&mut self, found: Unit) -> Option<Quotient> {
        if self.part.is_some() {
            return None;
        }
        let same = *self.unit.get_or_insert(found) == found;
        same.then(Quotient::letter)
    }

    fn product(&mut self, tree: &Tree) -> Option<Quotient> {
        let mut all = Vec::new();
        factors(tree, &mut all);
        let mut product = Quotient::number(Exact::one());
        let mut next = 0;
        while let Some(factor) = all.get(next) {
            let read = match gaussian(factor, self.symbols) {
                None => self.of(factor)?,
                Some((k, adjoint)) => {
                    next += 1;
                    let partner = gaussian(all.get(next)?, self.symbols)?;
                    if partner != (k, !adjoint) {
                        return None;
                    }
                    self.unit(Unit::Square(k, adjoint))?
                }
            };
            product = product.times(&read)?;
            next += 1;
        }
        Some(product)
    }

    fn of(&mut self, tree: &Tree) -> Option<Quotient> {
        if self.part.is_some_and(|part| tree.is_like(part)) {
            return Some(Quotient::letter());
        }
        match tree {
            Tree::Number(x) => Some(Quotient::number(x.clone())),
            Tree::Variable(k) if self.symbols[*k].selfadjoint() => self.unit(Unit::Symbol(*k)),
            Tree::Variable(_) => None,
            Tree::Sum(_, a, b) => {
                let (a, b) = (self.of(a)?, self.of(b)?);
                a.plus(&b)
            }
            Tree::Product(..) => self.product(tree),
            Tree::Adjoint(a) => Some(self.of(a)?.conj()),
            Tree::Power(_, a, exponent) => {
                let base = self.of(a)?;
                let one = Quotient::number(Exact::one());
                (0..*exponent).try_fold(one, |power, _| power.times(&base))
            }
            Tree::Inverse(_, a) => self.of(a)?.inverse(),
        }
    }
}

/// The unit that a tree is a function of, and the function; `None` where there are several or none.
pub(super) fn single(tree: &Tree, symbols: &[Symbol]) -> Option<(Unit, Quotient)> {
    let mut reading = Reading {
        symbols,
        unit: None,
        part: None,
    };
    let quotient = reading.of(tree)?;
    Some((reading.unit?, quotient))
}

/// The function of a part that a tree is, if it is one.
pub(super) fn function_of(tree: &Tree, part: &Tree, symbols: &[Symbol]) -> Option<Quotient> {
    let mut reading = Reading {
        symbols,
        unit: None,
        part: Some(part),
    };
    reading.of(tree)
}

/// The law of a unit, from the sizes of dimensions.
pub(super) fn law_of_unit(
    unit: Unit,
    symbols: &[Symbol],
    size: impl Fn(usize) -> Result<f64, PolynomialError>,
) -> Result<Law, PolynomialError> {
    let law = match unit {
        Unit::Symbol(k) => match &symbols[k].kind {
            SymbolKind::Semicircle { variance } => Law::semicircle(*variance),
            SymbolKind::Discrete { atoms } => {
                let (at, mass) = atoms.iter().copied().unzip();
                Law::atoms(at, mass)
            }
            SymbolKind::Law { law } => Ok(law.clone()),
            SymbolKind::Gaussian => Err(LawError::Classical),
        },
        Unit::Square(k, adjoint) => {
            let gamma = size(symbols[k].rows)? / size(symbols[k].cols)?;
            // Of X'X the entries have the variance 1/columns, not 1/rows.
            match adjoint {
                false => Law::marchenko_pastur(gamma),
                true => Law::marchenko_pastur(1.0 / gamma).and_then(|law| law.scaled(gamma)),
            }
        }
    };
    Ok(law?)
}

impl MatrixExpression {
    /// The law of an expression in one variable; `None` for any other one.
    ///
    /// # Errors
    /// [`PolynomialError::Singular`] where what is inverted is not proved to have an inverse.
    pub(super) fn image(&self, sizes: &Sizes) -> Result<Option<Law>, PolynomialError> {
        if let Some((law, quotient)) = &self.single {
            return image(&self.text, law, quotient);
        }
        let Some((unit, quotient)) = single(&self.tree, &self.symbols) else {
            return Ok(None);
        };
        let law = law_of_unit(unit, &self.symbols, |k| self.size(sizes, k))?;
        image(&self.text, &law, &quotient)
    }
}

/// The law of a function of a variable of a law; `None` of a constant.
///
/// # Errors
/// [`PolynomialError::Singular`] where what is inverted is not proved to have an inverse.
pub(super) fn image(
    text: &str,
    law: &Law,
    quotient: &Quotient,
) -> Result<Option<Law>, PolynomialError> {
    let Some(fraction) = quotient.fraction() else {
        return Ok(None);
    };
    if fraction.numerator.len().max(fraction.denominator.len()) < 2 {
        return Ok(None);
    }
    let text = text.trim();
    let found = law.image(fraction, format!("poly({text})"));
    let singular = || PolynomialError::Singular {
        text: text.to_owned(),
    };
    found.map(Some).ok_or_else(singular)
}
