//! The linearisation as it stands on a slide.

use num_traits::{One, Zero};
use std::fmt;

use super::MatrixExpression;
use super::letter::spelled;
use super::scalar::{Exact, written};

/// `z e₁₁ − L`, of which the expression is the Schur complement: `(z − P)⁻¹` is the first entry of the inverse.
#[derive(Clone, Debug, PartialEq)]
pub struct Linearisation {
    /// The dimension of each row.
    pub dimensions: Vec<String>,
    /// The entries as they are read, by rows.
    pub entries: Vec<Vec<String>>,
    /// What variables stand for that are made of others: `a = a.1*a.1', a.1 Gaussian of n×cols(a.1)`.
    pub variables: Vec<String>,
}

impl MatrixExpression {
    /// The linearisation that the law is computed from.
    pub fn linearisation(&self) -> Linearisation {
        let layout = self.layout();
        let n = self.pencil.constant.rows;
        let mut dimensions = vec![String::new(); n];
        for (rows, &dimension) in layout.rows.iter().zip(&layout.dimensions) {
            for &row in rows {
                dimensions[row] = self.dimensions.name(dimension).to_owned();
            }
        }
        let entry = |i: usize, j: usize| {
            let mut terms = Vec::new();
            if (i, j) == (0, 0) {
                terms.push((Exact::one(), "z".to_owned()));
            }
            let constant = -self.pencil.constant.at(i, j);
            if !constant.is_zero() {
                terms.push((constant, String::new()));
            }
            for (&letter, matrix) in &self.pencil.terms {
                let factor = -matrix.at(i, j);
                if !factor.is_zero() {
                    terms.push((factor, spelled(&[letter], &self.symbols)));
                }
            }
            sum(&terms)
        };
        let rows = (0..n).map(|i| (0..n).map(|j| entry(i, j)).collect());
        Linearisation {
            dimensions,
            entries: rows.collect(),
            variables: self.made.clone(),
        }
    }
}

/// `2*a - b + 1`.
fn sum(terms: &[(Exact, String)]) -> String {
    let mut text = String::new();
    for (factor, name) in terms {
        let (minus, size) = match written(factor).strip_prefix('-') {
            Some(size) => (true, size.to_owned()),
            None => (false, written(factor)),
        };
        text += match (text.is_empty(), minus) {
            (true, false) => "",
            (true, true) => "-",
            (false, false) => " + ",
            (false, true) => " - ",
        };
        text += &match (name.is_empty(), size == "1") {
            (true, _) => size,
            (false, true) => name.clone(),
            (false, false) => format!("{size}*{name}"),
        };
    }
    if text.is_empty() {
        "0".to_owned()
    } else {
        text
    }
}

impl fmt::Display for Linearisation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = |j: usize| {
            let column = self.entries.iter().map(|row| row[j].chars().count());
            column.max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..self.entries.len()).map(width).collect();
        for (row, dimension) in self.entries.iter().zip(&self.dimensions) {
            let cells = row
                .iter()
                .zip(&widths)
                .map(|(cell, width)| format!("{cell:>width$}"));
            let cells = cells.collect::<Vec<_>>().join("  ");
            writeln!(f, "[ {cells} ]  {dimension}")?;
        }
        for variable in &self.variables {
            writeln!(f, "where {variable}")?;
        }
        Ok(())
    }
}
