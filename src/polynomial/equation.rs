//! The matrix Dyson equation of a linearisation: its blocks, its covariance, its atoms.

use num_complex::Complex64;
use num_traits::Zero;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::families::family;
use super::letter::{Letter, Symbol, SymbolKind};
use super::scalar::{Exact, Matrix, binary, dot, rounded, times_column};
use super::sizes::Sizes;
use super::{MatrixExpression, PolynomialError};
use crate::measure::Law;
use crate::measure::operator::Operator;
use crate::measure::operator::equation::{Block, Equation, Flow};

/// Unknowns of the equations at most.
const UNKNOWNS: usize = 300;
/// Choices of values for the variables with atoms at most.
const CHOICES: usize = 64;

/// Where the rows of a pencil stand in the blocks of the equation.
pub(super) struct Layout {
    /// The dimension of each block.
    pub(super) dimensions: Vec<usize>,
    /// The rows of each block.
    pub(super) rows: Vec<Vec<usize>>,
    begins: Vec<usize>,
}

impl Layout {
    /// The entry of W that stands in rows i and j of block t.
    fn entry(&self, t: usize, i: usize, j: usize) -> usize {
        self.begins[t] + i * self.rows[t].len() + j
    }

    fn block(&self, dimension: usize) -> Option<usize> {
        self.dimensions.iter().position(|&d| d == dimension)
    }
}

impl MatrixExpression {
    /// The law of the expression in the limit of large dimensions.
    ///
    /// # Errors
    /// [`PolynomialError::Ratio`] where a ratio is missing, [`PolynomialError::Singular`] where what is inverted is not proved to have an
    /// inverse, [`PolynomialError::Unknowns`] for too large a linearisation.
    pub fn law(&self) -> Result<Law, PolynomialError> {
        let sizes = self.sizes()?;
        if let Some(law) = self.image(&sizes)? {
            return Ok(law);
        }
        if let Some(law) = self.apart()? {
            return Ok(law);
        }
        let inverses = self.inverses()?;
        let equation = self.equation(&sizes)?;
        let unknowns = equation.count();
        if unknowns > UNKNOWNS {
            let limit = UNKNOWNS;
            return Err(PolynomialError::Unknowns { unknowns, limit });
        }
        Ok(Law::of_operator(
            self.operator(&sizes, equation, &inverses)?,
        ))
    }

    pub(super) fn operator(
        &self,
        sizes: &Sizes,
        equation: Equation,
        inverses: &[f64],
    ) -> Result<Operator, PolynomialError> {
        let hull = self.hull(sizes, inverses)?;
        Ok(Operator {
            equation,
            curve: self.curve(hull)?,
            hull,
            places: self.places(),
            shares: self.shares(sizes)?,
            text: format!("poly({})", self.text),
            found: OnceLock::new(),
            edges: OnceLock::new(),
        })
    }

    /// The blocks of the rows, that of the expression first.
    pub(super) fn layout(&self) -> Layout {
        let root = |k: usize| self.dimensions.root(k);
        let last = |letter: &Letter| {
            let symbol = &self.symbols[letter.symbol];
            root(if letter.adjoint {
                symbol.rows
            } else {
                symbol.cols
            })
        };
        let words = self.pencil.words.iter();
        let of_words = words.map(|word| word.last().map_or(root(self.main), last));
        let of_rows: Vec<usize> = std::iter::once(root(self.main)).chain(of_words).collect();
        let mut layout = Layout {
            dimensions: vec![],
            rows: vec![],
            begins: vec![],
        };
        for (row, dimension) in of_rows.into_iter().enumerate() {
            match layout.block(dimension) {
                Some(block) => layout.rows[block].push(row),
                None => {
                    layout.dimensions.push(dimension);
                    layout.rows.push(vec![row]);
                }
            }
        }
        let mut next = 0;
        for rows in &layout.rows {
            layout.begins.push(next);
            next += rows.len() * rows.len();
        }
        layout
    }

    pub(super) fn equation(&self, sizes: &Sizes) -> Result<Equation, PolynomialError> {
        let layout = self.layout();
        let part = |matrix: &Matrix, rows: &[usize]| -> Vec<Complex64> {
            let pairs = rows.iter().flat_map(|&i| rows.iter().map(move |&j| (i, j)));
            pairs.map(|(i, j)| rounded(matrix.at(i, j))).collect()
        };
        let block = |(rows, &dimension): (&Vec<usize>, &usize)| {
            let constant = part(&self.pencil.constant, rows);
            let here = |symbol: &Symbol| self.dimensions.root(symbol.rows) == dimension;
            let families = self.families().filter(|(_, symbol, _)| here(symbol));
            Ok(Block {
                size: rows.len(),
                constant: constant.iter().map(|x| -x).collect(),
                families: families
                    .map(|(matrix, symbol, source)| family(matrix, rows, symbol, source))
                    .collect::<Result<_, _>>()?,
            })
        };
        let blocks = layout.rows.iter().zip(&layout.dimensions).map(block);
        let blocks = blocks.collect::<Result<_, PolynomialError>>()?;
        let mut flows = BTreeMap::new();
        for (&letter, matrix) in &self.pencil.terms {
            self.add_flows(&mut flows, &layout, sizes, letter, matrix)?;
        }
        let flows = flows
            .into_iter()
            .filter(|(_, factor)| *factor != Complex64::ZERO);
        let flows = flows.map(|((to, from), factor)| Flow { to, from, factor });
        Ok(Equation::new(blocks, flows.collect()))
    }

    /// Of a letter x (p×q) what `E L_x x W x* L_x*` adds to η: `factor·(L_x)_ik (L_x*)_lj tr W_kl`, where the factor is `E |x_ab|²` times
    /// the number of columns.
    fn add_flows(
        &self,
        flows: &mut BTreeMap<(usize, usize), Complex64>,
        layout: &Layout,
        sizes: &Sizes,
        letter: Letter,
        matrix: &Matrix,
    ) -> Result<(), PolynomialError> {
        let symbol = &self.symbols[letter.symbol];
        let (rows, cols) = match letter.adjoint {
            false => (symbol.rows, symbol.cols),
            true => (symbol.cols, symbol.rows),
        };
        let variance = match symbol.kind {
            SymbolKind::Discrete { .. } | SymbolKind::Law { .. } => return Ok(()),
            SymbolKind::Semicircle { variance } => variance,
            SymbolKind::Gaussian if !letter.adjoint => 1.0,
            SymbolKind::Gaussian => {
                self.size(sizes, symbol.rows)? / self.size(sizes, symbol.cols)?
            }
        };
        let [to, from] = [rows, cols].map(|k| layout.block(self.dimensions.root(k)));
        let (Some(to), Some(from)) = (to, from) else {
            return Ok(());
        };
        let at = |t: usize| layout.rows[t].iter().enumerate();
        for (i, &row) in at(to) {
            for (k, &inner) in at(from) {
                let left = rounded(matrix.at(row, inner));
                if left == Complex64::ZERO {
                    continue;
                }
                for (j, &col) in at(to) {
                    for (l, &other) in at(from) {
                        // L is selfadjoint: the entry of the adjoint letter is the conjugate.
                        let right = rounded(matrix.at(col, other)).conj();
                        let place = (layout.entry(to, i, j), layout.entry(from, k, l));
                        *flows.entry(place).or_insert(Complex64::ZERO) += left * right * variance;
                    }
                }
            }
        }
        Ok(())
    }

    /// The values of the expression where Gaussian variables are 0 and the others one of their atoms, or 0 where they have none; and its
    /// constant term, at which what is added to it may have an edge: a square and its like.
    fn places(&self) -> Vec<f64> {
        let values: Vec<Vec<f64>> = self
            .families()
            .map(|(_, _, source)| {
                let atoms: Vec<f64> = source.atoms().iter().map(|(at, _)| *at).collect();
                if atoms.is_empty() { vec![0.0] } else { atoms }
            })
            .collect();
        let choices: usize = values.iter().map(Vec::len).product();
        if choices > CHOICES {
            return vec![];
        }
        let mut places: Vec<f64> = (0..choices)
            .filter_map(|k| self.value(k, &values))
            .chain([rounded(self.pencil.constant.at(0, 0)).re])
            .collect();
        places.sort_by(f64::total_cmp);
        places.dedup();
        places
    }

    /// The k-th of these; `None` where an inverse has no value.
    fn value(&self, mut k: usize, values: &[Vec<f64>]) -> Option<f64> {
        let n = self.pencil.constant.rows;
        let mut whole = self.pencil.constant.clone();
        for ((matrix, _, _), values) in self.families().zip(values) {
            let at = binary(values[k % values.len()])?;
            k /= values.len();
            whole = Matrix::from_fn(n, n, |i, j| whole.at(i, j) + matrix.at(i, j) * &at);
        }
        let inner = Matrix::from_fn(n - 1, n - 1, |i, j| -whole.at(i + 1, j + 1));
        let column: Vec<Exact> = (1..n).map(|i| whole.at(i, 0).clone()).collect();
        let solved = times_column(&inner.inverse()?, &column);
        let row: Vec<Exact> = (1..n).map(|j| whole.at(0, j).clone()).collect();
        let value = whole.at(0, 0) + dot(&row, &solved);
        value.im.is_zero().then(|| rounded(&value).re)
    }

    /// Relative dimensions, and these times the masses of atoms.
    fn shares(&self, sizes: &Sizes) -> Result<Vec<f64>, PolynomialError> {
        let mut shares = vec![1.0];
        for &dimension in &self.layout().dimensions {
            shares.push(self.size(sizes, dimension)?);
        }
        for (_, symbol, source) in self.families() {
            let size = self.size(sizes, symbol.rows)?;
            shares.extend(source.atoms().iter().map(|(_, mass)| size * mass));
        }
        shares.sort_by(f64::total_cmp);
        shares.dedup();
        Ok(shares)
    }
}
