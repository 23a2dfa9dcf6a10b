//! A bound of the norm of an expression.

use super::letter::{Symbol, SymbolKind};
use super::scalar::rounded;
use super::sizes::Sizes;
use super::tree::Tree;
use super::{MatrixExpression, PolynomialError};
use crate::measure::operator::energy::Source;

/// Words of which a bound of the norm is the sum, at most.
const WORDS: usize = 4000;

impl MatrixExpression {
    /// A bound of the norm of each symbol.
    fn norm(&self, symbol: &Symbol, sizes: &Sizes) -> Result<f64, PolynomialError> {
        Ok(match &symbol.kind {
            SymbolKind::Semicircle { variance } => 2.0 * variance.sqrt(),
            SymbolKind::Discrete { atoms } => {
                crate::numbers::most(atoms.iter().map(|(at, _)| at.abs()))
            }
            SymbolKind::Law { law } => Source::Law(law.clone()).reach(),
            SymbolKind::Gaussian => {
                let ratio = self.size(sizes, symbol.rows)? / self.size(sizes, symbol.cols)?;
                1.0 + ratio.sqrt()
            }
        })
    }

    /// A bound of the norm of a part, with those of its inverses, from the inside.
    fn size_of(
        &self,
        tree: &Tree,
        sizes: &Sizes,
        inverses: &mut impl Iterator<Item = f64>,
    ) -> Result<f64, PolynomialError> {
        let mut of = |tree: &Tree| self.size_of(tree, sizes, &mut *inverses);
        Ok(match tree {
            Tree::Number(x) => rounded(x).norm(),
            Tree::Variable(k) => self.norm(&self.symbols[*k], sizes)?,
            Tree::Sum(_, a, b) => of(a)? + of(b)?,
            Tree::Product(_, a, b) => of(a)? * of(b)?,
            Tree::Adjoint(a) => of(a)?,
            Tree::Power(_, a, exponent) => of(a)?.powi((*exponent).min(i32::MAX as u32) as i32),
            Tree::Inverse(_, a) => {
                of(a)?;
                inverses.next().unwrap_or(f64::INFINITY)
            }
        })
    }

    /// The constant term and, on both sides, the sum of the moduli of the others with bounds of their norms; of a rational expression a
    /// bound of its norm.
    pub(super) fn hull(
        &self,
        sizes: &Sizes,
        inverses: &[f64],
    ) -> Result<(f64, f64), PolynomialError> {
        let Some(words) = self.series.words(WORDS) else {
            let mut inverses = inverses.iter().copied();
            let reach = self.size_of(&self.tree, sizes, &mut inverses)? * (1.0 + 1e-9);
            return Ok((-reach, reach));
        };
        let (mut center, mut reach) = (0.0, 0.0);
        for (word, coefficient) in words {
            let size = rounded(&coefficient);
            if word.is_empty() {
                center = size.re;
                continue;
            }
            let mut norm = size.norm();
            for letter in word {
                norm *= self.norm(&self.symbols[letter.symbol], sizes)?;
            }
            reach += norm;
        }
        let reach = reach * (1.0 + 1e-9) + 1e-15 * f64::abs(center);
        Ok((center - reach, center + reach))
    }
}
