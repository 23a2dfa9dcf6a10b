//! Rational expressions as formal power series, exactly.
//!
//! A series in letters that do not commute is rational if and only if it has a linear representation (Schützenberger 1961):
//! a row c, a matrix `A_x` for each letter and a column b with the coefficient `c A_{x₁} ⋯ A_{x_k} b` at `x₁ ⋯ x_k`, so that
//! the series is `c (1 − Σ A_x x)⁻¹ b`. Sums, products and inverses of such are again such; that two are
//! equal is decided exactly.

use num_traits::{One, Zero};
use std::collections::{BTreeMap, VecDeque};

use super::letter::{Letter, Symbol, Word, adjoint};
use super::scalar::{Exact, Matrix, Span, dot, row_times};

/// A rational series by a linear representation.
#[derive(Clone, Debug)]
pub(super) struct Series {
    /// c.
    pub(super) start: Vec<Exact>,
    /// `A_x`.
    pub(super) steps: BTreeMap<Letter, Matrix>,
    /// b.
    pub(super) end: Vec<Exact>,
}

/// A letter in which two series differ at the end of a word, and the coefficients.
pub(super) struct Difference {
    pub(super) word: Word,
    pub(super) left: Exact,
    pub(super) right: Exact,
}

fn corner(of: usize, at: usize) -> Vec<Exact> {
    (0..of)
        .map(|k| if k == at { Exact::one() } else { Exact::zero() })
        .collect()
}

impl Series {
    pub(super) fn constant(value: Exact) -> Self {
        Self {
            start: vec![value],
            steps: BTreeMap::new(),
            end: vec![Exact::one()],
        }
    }

    pub(super) fn letter(letter: Letter) -> Self {
        let step = |i, j| {
            if (i, j) == (0, 1) {
                Exact::one()
            } else {
                Exact::zero()
            }
        };
        Self {
            start: corner(2, 0),
            steps: BTreeMap::from([(letter, Matrix::from_fn(2, 2, step))]),
            end: corner(2, 1),
        }
    }

    pub(super) fn size(&self) -> usize {
        self.start.len()
    }

    /// The coefficient at the empty word.
    fn at_zero(&self) -> Exact {
        dot(&self.start, &self.end)
    }

    fn letters(&self, other: &Self) -> Vec<Letter> {
        let all = self.steps.keys().chain(other.steps.keys()).copied();
        let mut letters: Vec<Letter> = all.collect();
        letters.sort();
        letters.dedup();
        letters
    }

    /// The entry of `A_x`, 0 where the letter does not occur.
    fn step(&self, letter: Letter, i: usize, j: usize) -> Exact {
        let matrix = self.steps.get(&letter);
        matrix.map_or(Exact::zero(), |matrix| matrix.at(i, j).clone())
    }

    pub(super) fn plus(&self, other: &Self) -> Self {
        let (n, m) = (self.size(), other.size());
        let steps = self.letters(other).into_iter().map(|letter| {
            let entry = |i: usize, j: usize| match (i < n, j < n) {
                (true, true) => self.step(letter, i, j),
                (false, false) => other.step(letter, i - n, j - n),
                _ => Exact::zero(),
            };
            (letter, Matrix::from_fn(n + m, n + m, entry))
        });
        Self {
            steps: steps.collect(),
            start: [&self.start[..], &other.start].concat(),
            end: [&self.end[..], &other.end].concat(),
        }
    }

    pub(super) fn scaled(mut self, by: &Exact) -> Self {
        self.start.iter_mut().for_each(|x| *x = &*x * by);
        self
    }

    /// The word is cut where the first factor ends: `[[A₁, A₁b₁c₂], [0, A₂]]`.
    pub(super) fn times(&self, other: &Self) -> Self {
        let (n, m) = (self.size(), other.size());
        let steps = self.letters(other).into_iter().map(|letter| {
            let ends: Vec<Exact> = (0..n)
                .map(|i| {
                    let row = (0..n).map(|j| self.step(letter, i, j));
                    dot(&row.collect::<Vec<_>>(), &self.end)
                })
                .collect();
            let entry = |i: usize, j: usize| match (i < n, j < n) {
                (true, true) => self.step(letter, i, j),
                (true, false) => &ends[i] * &other.start[j - n],
                (false, false) => other.step(letter, i - n, j - n),
                (false, true) => Exact::zero(),
            };
            (letter, Matrix::from_fn(n + m, n + m, entry))
        });
        let here = self.at_zero();
        let second = other.start.iter().map(|x| x * &here);
        Self {
            steps: steps.collect(),
            start: self.start.iter().cloned().chain(second).collect(),
            end: corner(n, n)
                .into_iter()
                .chain(other.end.iter().cloned())
                .collect(),
        }
    }

    /// `1/r` where `r₀ = r(0) ≠ 0`: `r₀⁻¹ − r₀⁻¹ c A(x) (1 − (1 − b r₀⁻¹ c) A(x))⁻¹ b r₀⁻¹`; `None` where `r₀ = 0`.
    pub(super) fn inverse(&self) -> Option<Self> {
        let here = self.at_zero();
        if here.is_zero() {
            return None;
        }
        let (n, scale) = (self.size(), Exact::one() / here);
        let end: Vec<Exact> = self.end.iter().map(|x| x * &scale).collect();
        let steps = self.steps.iter().map(|(&letter, matrix)| {
            let through = row_times(&self.start, matrix);
            let entry = |i: usize, j: usize| match (i, j) {
                (_, 0) => Exact::zero(),
                (0, _) => -(&through[j - 1] * &scale),
                _ => matrix.at(i - 1, j - 1) - &end[i - 1] * &through[j - 1],
            };
            (letter, Matrix::from_fn(n + 1, n + 1, entry))
        });
        Some(Self {
            steps: steps.collect(),
            start: corner(n + 1, 0),
            end: std::iter::once(scale.clone())
                .chain(end.iter().cloned())
                .collect(),
        })
    }

    pub(super) fn adjoint(&self, symbols: &[Symbol]) -> Self {
        let steps = self.steps.iter();
        let conjugate = |row: &[Exact]| row.iter().map(Exact::conj).collect();
        Self {
            start: conjugate(&self.end),
            steps: steps
                .map(|(&x, matrix)| (adjoint(x, symbols), matrix.adjoint()))
                .collect(),
            end: conjugate(&self.start),
        }
    }

    /// A shortest word at which two series differ; `None` if they are equal.
    ///
    /// Their difference has a representation, and is 0 if and only if all rows `c A_w` that are reached are orthogonal to b;
    /// a basis of these is found word by word.
    pub(super) fn difference(&self, other: &Self) -> Option<Difference> {
        let apart = self.plus(&other.clone().scaled(&-Exact::one()));
        let mut span = Span::default();
        let mut waiting = VecDeque::from([(Word::new(), apart.start.clone())]);
        while let Some((word, row)) = waiting.pop_front() {
            if !span.grow(&row) {
                continue;
            }
            if !dot(&row, &apart.end).is_zero() {
                let n = self.size();
                return Some(Difference {
                    left: dot(&row[..n], &self.end),
                    right: -dot(&row[n..], &other.end),
                    word,
                });
            }
            for (&letter, matrix) in &apart.steps {
                let next = [&word[..], &[letter]].concat();
                waiting.push_back((next, row_times(&row, matrix)));
            }
        }
        None
    }

    /// The coefficients of all words that have one, if these are at most `limit`; `None` for more, or for infinitely many.
    pub(super) fn words(&self, limit: usize) -> Option<BTreeMap<Word, Exact>> {
        let mut found = BTreeMap::new();
        let mut level = vec![(Word::new(), self.start.clone())];
        // A word as long as the representation is large would be one of infinitely many.
        for _ in 0..=self.size() {
            let mut next = Vec::new();
            for (word, row) in level {
                let coefficient = dot(&row, &self.end);
                for (&letter, matrix) in &self.steps {
                    let row = row_times(&row, matrix);
                    if row.iter().any(|x| !x.is_zero()) {
                        next.push(([&word[..], &[letter]].concat(), row));
                    }
                }
                if !coefficient.is_zero() {
                    found.insert(word, coefficient);
                }
            }
            if next.is_empty() {
                return Some(found);
            }
            if next.len() > 4 * limit || found.len() > limit {
                return None;
            }
            level = next;
        }
        None
    }
}
