//! The variables with a law, and what is left of their coefficients.

use num_complex::Complex64;

use super::letter::{Symbol, SymbolKind};
use super::scalar::{Exact, Matrix, Span, rounded};
use super::{MatrixExpression, PolynomialError};
use crate::measure::operator::energy::Source;
use crate::measure::operator::equation::Family;

/// Ranks of the coefficient of a variable with a law that is not of atoms, at most.
const RANK: usize = 2;
impl MatrixExpression {
    /// The variables with a law that occur.
    pub(super) fn families(&self) -> impl Iterator<Item = (&Matrix, &Symbol, Source)> {
        self.pencil.terms.iter().filter_map(|(letter, matrix)| {
            let symbol = &self.symbols[letter.symbol];
            let source = match &symbol.kind {
                SymbolKind::Discrete { atoms } => Source::Atoms(atoms.clone()),
                SymbolKind::Law { law } => Source::Law(law.clone()),
                _ => return None,
            };
            Some((matrix, symbol, source))
        })
    }
}

/// A coefficient on the rows of a block taken apart: of independent rows I, `K = C_II` has an inverse because C is Hermitian,
/// and `C = C_{·I} K⁻¹ C_{I·}`. The columns `C_{·I}`, and K.
pub(super) fn factored(matrix: &Matrix, rows: &[usize]) -> (Matrix, Matrix) {
    let mut span = Span::default();
    let here = |i: usize| -> Vec<Exact> { rows.iter().map(|&j| matrix.at(i, j).clone()).collect() };
    let chosen: Vec<usize> = rows
        .iter()
        .copied()
        .filter(|&i| span.grow(&here(i)))
        .collect();
    let rank = chosen.len();
    let middle = Matrix::from_fn(rank, rank, |i, j| matrix.at(chosen[i], chosen[j]).clone());
    let columns = Matrix::from_fn(rows.len(), rank, |i, j| {
        matrix.at(rows[i], chosen[j]).clone()
    });
    (columns, middle)
}

/// A variable on the rows of a block, with its coefficient `C = U K U*` there, `U = C_{·I} K⁻¹`.
pub(super) fn family(
    matrix: &Matrix,
    rows: &[usize],
    symbol: &Symbol,
    source: Source,
) -> Result<Family, PolynomialError> {
    let (columns, middle) = factored(matrix, rows);
    let rank = middle.rows;
    let refused = || PolynomialError::Rank {
        name: symbol.name.clone(),
        rank,
        limit: RANK,
    };
    if matches!(source, Source::Law(_)) && rank > RANK {
        return Err(refused());
    }
    let left = columns.times(&middle.inverse().ok_or_else(refused)?);
    let numbers = |matrix: &Matrix| -> Vec<Complex64> {
        let entries = (0..matrix.rows).flat_map(|i| matrix.row(i));
        entries.map(rounded).collect()
    };
    Ok(Family {
        rank,
        left: numbers(&left),
        middle: numbers(&middle),
        source,
    })
}
