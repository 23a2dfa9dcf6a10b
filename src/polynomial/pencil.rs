//! Linearisation: the smallest selfadjoint one, exactly.
//!
//! For a selfadjoint series r let `H[u, v]` be the coefficient at the word uv, u and v not empty. Its rank is finite (Fliess
//! 1974). Take words `u₁, …, u_k` whose rows are a basis of all; then those of the adjoint words are a basis of the columns,
//! and
//!
//! ```math
//! r = r₀ + Σ r_x x + c (M − N)⁻¹ c*,   M_{ij} = [u_i u_j*],   N = Σ_x [u_i x u_j*] x,   c_j = Σ_x [x u_j*] x,
//! ```
//!
//! `[w]` the coefficient at w: every entry is a coefficient of r, and the matrices are selfadjoint because r is. It is the
//! Schur complement of `z e₁₁ − L = [[z − r₀ − Σ r_x x, −c], [−c*, M − N]]`, of which nothing can be left out. That the formula gives r back
//! is decided exactly, as an equality of series, and so holds for matrices of every dimension (the linearisations of Haagerup and Thorbjørnsen
//! 2005 and Anderson 2013, and of Helton, Mai and Speicher 2018 for rational expressions, reduced).

use num_traits::{One, Zero};
use std::collections::{BTreeMap, VecDeque};

use super::PolynomialError;
use super::letter::{Letter, Symbol, Word, adjoint, reversed};
use super::scalar::{Exact, Matrix, Span, dot, row_times, times_column};
use super::series::Series;

/// Rows of a linearisation at most.
const STATES: usize = 40;

/// `L = K + Σ L_x x` with `r = L₁₁ − L₁₂ L₂₂⁻¹ L₂₁`.
#[derive(Clone, Debug)]
pub(super) struct Pencil {
    /// The words `u_j` that the rows after the first belong to.
    pub(super) words: Vec<Word>,
    /// K.
    pub(super) constant: Matrix,
    /// `L_x`, without those that are 0.
    pub(super) terms: BTreeMap<Letter, Matrix>,
}

/// Words whose rows (or columns) are independent, shortest first, with these.
fn basis(
    first: &[(Letter, Vec<Exact>)],
    limit: usize,
    next: impl Fn(&Word, &[Exact]) -> Vec<(Word, Vec<Exact>)>,
    image: impl Fn(&[Exact]) -> Vec<Exact>,
) -> Option<Vec<(Word, Vec<Exact>)>> {
    let mut span = Span::default();
    let mut waiting: VecDeque<(Word, Vec<Exact>)> = first
        .iter()
        .map(|(x, row)| (vec![*x], row.clone()))
        .collect();
    let mut found = Vec::new();
    while let Some((word, row)) = waiting.pop_front() {
        if !span.grow(&image(&row)) {
            continue;
        }
        waiting.extend(next(&word, &row));
        found.push((word, row));
        if found.len() > limit {
            return None;
        }
    }
    Some(found)
}

impl Pencil {
    /// The linearisation of a selfadjoint series.
    pub(super) fn new(series: &Series, symbols: &[Symbol]) -> Result<Self, PolynomialError> {
        let large = PolynomialError::Large {
            at: 0,
            what: "rows of the linearisation",
            limit: STATES,
        };
        let steps = &series.steps;
        // What can still be read: the columns `A_v b` of words v.
        let ends = steps
            .iter()
            .map(|(&x, matrix)| (x, times_column(matrix, &series.end)));
        let seen = basis(
            &ends.collect::<Vec<_>>(),
            usize::MAX,
            |word, column| {
                let longer = |(&x, matrix): (&Letter, &Matrix)| {
                    ([&[x], &word[..]].concat(), times_column(matrix, column))
                };
                steps.iter().map(longer).collect()
            },
            <[Exact]>::to_vec,
        )
        .unwrap_or_default();
        // Rows `c A_u` of words u, as what is read of them.
        let starts = steps
            .iter()
            .map(|(&x, matrix)| (x, row_times(&series.start, matrix)));
        let rows = basis(
            &starts.collect::<Vec<_>>(),
            STATES,
            |word, row| {
                let longer = |(&x, matrix): (&Letter, &Matrix)| {
                    ([&word[..], &[x]].concat(), row_times(row, matrix))
                };
                steps.iter().map(longer).collect()
            },
            |row| seen.iter().map(|(_, column)| dot(row, column)).collect(),
        )
        .ok_or(large)?;
        Ok(Self::of_basis(series, rows, symbols))
    }

    fn of_basis(series: &Series, rows: Vec<(Word, Vec<Exact>)>, symbols: &[Symbol]) -> Self {
        // The columns of the adjoint words `u_j*`.
        let columns: Vec<Vec<Exact>> = rows
            .iter()
            .map(|(word, _)| {
                let word = reversed(word, symbols);
                let letters = word.iter().rev();
                letters.fold(series.end.clone(), |column, letter| {
                    let step = series.steps.get(letter);
                    step.map_or(vec![Exact::zero(); column.len()], |step| {
                        times_column(step, &column)
                    })
                })
            })
            .collect();
        // The row before all words stands for the empty one.
        let starts: Vec<&[Exact]> = std::iter::once(&series.start[..])
            .chain(rows.iter().map(|(_, row)| &row[..]))
            .collect();
        let ends: Vec<&[Exact]> = std::iter::once(&series.end[..])
            .chain(columns.iter().map(|column| &column[..]))
            .collect();
        let size = starts.len();
        let constant = |i: usize, j: usize| match (i, j) {
            (0, 0) => dot(starts[0], ends[0]),
            (0, _) | (_, 0) => Exact::zero(),
            _ => -dot(starts[i], ends[j]),
        };
        let terms = series.steps.iter().map(|(&letter, step)| {
            let rows: Vec<Vec<Exact>> = starts.iter().map(|row| row_times(row, step)).collect();
            (
                letter,
                Matrix::from_fn(size, size, |i, j| dot(&rows[i], ends[j])),
            )
        });
        Self {
            constant: Matrix::from_fn(size, size, constant),
            terms: terms.filter(|(_, matrix)| !matrix.is_zero()).collect(),
            words: rows.into_iter().map(|(word, _)| word).collect(),
        }
    }

    /// The series that the Schur complement is; `None` if the constant part of the lower block has no inverse, or stands beside others.
    pub(super) fn schur_complement(&self) -> Option<Series> {
        let n = self.constant.rows;
        let beside =
            |k: usize| !self.constant.at(0, k).is_zero() || !self.constant.at(k, 0).is_zero();
        if (1..n).any(beside) {
            return None;
        }
        let inner = Matrix::from_fn(n - 1, n - 1, |i, j| -self.constant.at(i + 1, j + 1));
        let inverse = inner.inverse()?;
        // `c (M − N)⁻¹ c* = c (1 − M⁻¹N)⁻¹ M⁻¹c*`: before, within and after the lower block.
        let steps = self.terms.iter().map(|(&letter, matrix)| {
            let part = |rows: std::ops::Range<usize>, cols: std::ops::Range<usize>| {
                Matrix::from_fn(rows.len(), cols.len(), |i, j| {
                    matrix.at(rows.start + i, cols.start + j).clone()
                })
            };
            let through = inverse.times(&part(1..n, 1..n));
            let out = inverse.times(&part(1..n, 0..1));
            let entry = |i: usize, j: usize| match (i, j) {
                (0, j) if j == n => matrix.at(0, 0).clone(),
                (0, j) if j > 0 => matrix.at(0, j).clone(),
                (i, j) if i > 0 && i < n && j == n => out.at(i - 1, 0).clone(),
                (i, j) if i > 0 && i < n && j > 0 => through.at(i - 1, j - 1).clone(),
                _ => Exact::zero(),
            };
            (letter, Matrix::from_fn(n + 1, n + 1, entry))
        });
        let unit =
            |at: usize| (0..=n).map(move |k| if k == at { Exact::one() } else { Exact::zero() });
        let mut end: Vec<Exact> = unit(n).collect();
        end[0] = self.constant.at(0, 0).clone();
        Some(Series {
            start: unit(0).collect(),
            steps: steps.collect(),
            end,
        })
    }

    /// An error unless the pencil is selfadjoint and its Schur complement is the series.
    pub(super) fn proved(
        self,
        series: &Series,
        symbols: &[Symbol],
    ) -> Result<Self, PolynomialError> {
        let zero = || Matrix::from_fn(self.constant.rows, self.constant.rows, |_, _| Exact::zero());
        let selfadjoint = self.constant == self.constant.adjoint()
            && self.terms.iter().all(|(&letter, matrix)| {
                let other = self.terms.get(&adjoint(letter, symbols)).cloned();
                other.unwrap_or_else(zero) == matrix.adjoint()
            });
        let back = self.schur_complement();
        let same = back.is_some_and(|back| back.difference(series).is_none());
        if selfadjoint && same {
            return Ok(self);
        }
        Err(PolynomialError::Linearisation {
            states: self.constant.rows,
        })
    }
}
