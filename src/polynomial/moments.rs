//! Exact moments by non-crossing partitions, without the linearisation.
//!
//! For free variables `φ(x₁ ⋯ x_k)` is the sum over the non-crossing partitions whose blocks are of one variable each, of
//! the product of the free cumulants of the blocks (Speicher 1994); a Gaussian matrix has pairs of it and its adjoint alone (Mingo and
//! Speicher 2017, chapters 1 and 4). The sum goes by the block of the first letter.

use num_rational::BigRational;
use num_traits::{One, Zero};
use std::collections::{BTreeMap, HashMap};
use std::ops::Sub;

use super::letter::{Letter, SymbolKind, Word};
use super::scalar::{Exact, real};
use super::sizes::Sizes;
use super::{MatrixExpression, PolynomialError};

/// Words of a power at most.
const WORDS: usize = 60_000;

/// Traces of words, remembered.
struct Traces<'a> {
    polynomial: &'a MatrixExpression,
    sizes: Vec<BigRational>,
    /// Free cumulants of the variables with atoms.
    cumulants: HashMap<usize, Vec<BigRational>>,
    known: BTreeMap<Word, BigRational>,
}

impl MatrixExpression {
    /// `φ(Pᵏ)`, `k = 0, …, count`, exactly for the stored numbers; `None` where a power has too many words or infinitely many, or where
    /// a law's moments are not known exactly.
    ///
    /// # Errors
    /// [`PolynomialError::Ratio`] where a ratio is missing.
    pub fn moments(&self, count: usize) -> Result<Option<Vec<BigRational>>, PolynomialError> {
        let Some(words) = self.series.words(WORDS) else {
            return Ok(None);
        };
        let law =
            |letter: &Letter| matches!(self.symbols[letter.symbol].kind, SymbolKind::Law { .. });
        if self.series.steps.keys().any(law) {
            return Ok(None);
        }
        let longest = words.keys().map(Vec::len).max().unwrap_or(0);
        let mut traces = Traces::new(self, &self.sizes()?, longest * count)?;
        let mut power = BTreeMap::from([(Word::new(), Exact::one())]);
        let mut moments = vec![BigRational::one()];
        for _ in 0..count {
            if power.len() * words.len() > WORDS {
                return Ok(None);
            }
            let mut next: BTreeMap<Word, Exact> = BTreeMap::new();
            for (left, a) in &power {
                for (right, b) in &words {
                    let word = [&left[..], right].concat();
                    let sum = next.entry(word).or_insert_with(Exact::zero);
                    *sum = &*sum + a * b;
                }
            }
            power = next;
            let sum = power
                .iter()
                .fold(Exact::zero(), |sum, (word, coefficient)| {
                    sum + coefficient * real(traces.of(word))
                });
            moments.push(sum.re);
        }
        Ok(Some(moments))
    }
}

impl<'a> Traces<'a> {
    fn new(
        polynomial: &'a MatrixExpression,
        sizes: &Sizes,
        length: usize,
    ) -> Result<Self, PolynomialError> {
        let exact = |x: f64| BigRational::from_float(x).unwrap_or_else(BigRational::zero);
        let mut all = Vec::new();
        let mut cumulants = HashMap::new();
        let used: Vec<usize> = polynomial
            .series
            .steps
            .keys()
            .map(|letter| letter.symbol)
            .collect();
        for (k, symbol) in polynomial.symbols.iter().enumerate() {
            let ratio = if used.contains(&k) {
                polynomial.size(sizes, symbol.rows)? / polynomial.size(sizes, symbol.cols)?
            } else {
                1.0
            };
            all.push(exact(ratio));
            if let SymbolKind::Discrete { atoms } = &symbol.kind {
                let total = atoms
                    .iter()
                    .fold(BigRational::zero(), |sum, (_, p)| sum + exact(*p));
                let moment = |n: usize| {
                    let terms = atoms
                        .iter()
                        .map(|(at, p)| exact(*p) * power(&exact(*at), n));
                    terms.fold(BigRational::zero(), |sum, term| sum + term) / &total
                };
                let moments: Vec<BigRational> = (0..=length).map(moment).collect();
                cumulants.insert(k, free_cumulants(&moments));
            }
        }
        Ok(Self {
            polynomial,
            sizes: all,
            cumulants,
            known: BTreeMap::new(),
        })
    }

    /// The normalised trace of a square word.
    fn of(&mut self, word: &[Letter]) -> BigRational {
        let Some((&first, rest)) = word.split_first() else {
            return BigRational::one();
        };
        if let Some(known) = self.known.get(word) {
            return known.clone();
        }
        let value = match self.polynomial.symbols[first.symbol].kind {
            SymbolKind::Discrete { .. } | SymbolKind::Law { .. } => self.block(first, 1, rest),
            SymbolKind::Semicircle { variance } => {
                let variance = BigRational::from_float(variance);
                self.pairs(first, rest) * variance.unwrap_or_else(BigRational::zero)
            }
            SymbolKind::Gaussian => {
                let partner = Letter {
                    adjoint: !first.adjoint,
                    ..first
                };
                let pairs = self.pairs(partner, rest);
                // `tr_q(X' A X B) = (p/q) tr_p(A) tr_q(B)`.
                if first.adjoint {
                    pairs * &self.sizes[first.symbol]
                } else {
                    pairs
                }
            }
        };
        self.known.insert(word.to_vec(), value.clone());
        value
    }

    /// The first letter joined with each of its partners.
    fn pairs(&mut self, partner: Letter, rest: &[Letter]) -> BigRational {
        let mut sum = BigRational::zero();
        for k in (0..rest.len()).filter(|&k| rest[k] == partner) {
            let inner = self.of(&rest[..k]);
            if !inner.is_zero() {
                sum += inner * self.of(&rest[k + 1..]);
            }
        }
        sum
    }

    /// The block of a letter has `size` elements so far; `rest` follows the last of them.
    fn block(&mut self, letter: Letter, size: usize, rest: &[Letter]) -> BigRational {
        let cumulant = self.cumulants[&letter.symbol][size - 1].clone();
        let mut sum = if cumulant.is_zero() {
            cumulant
        } else {
            cumulant * self.of(rest)
        };
        for k in (0..rest.len()).filter(|&k| rest[k] == letter) {
            let gap = self.of(&rest[..k]);
            if !gap.is_zero() {
                sum += gap * self.block(letter, size + 1, &rest[k + 1..]);
            }
        }
        sum
    }
}

fn power(x: &BigRational, n: usize) -> BigRational {
    (0..n).fold(BigRational::one(), |power, _| power * x)
}

/// `κ_1, κ_2, …` from `m_0, m_1, …`: `m_n = Σ_s κ_s Σ m_{i_1} ⋯ m_{i_s}`, the indices of sum n − s.
pub(super) fn free_cumulants<T>(moments: &[T]) -> Vec<T>
where
    T: Clone + Zero + One + Sub<Output = T>,
{
    let count = moments.len().saturating_sub(1);
    // The powers of the series of moments.
    let mut one = vec![T::zero(); count + 1];
    one[0] = T::one();
    let mut powers = vec![one];
    for s in 1..count {
        let last = &powers[s - 1];
        let next = (0..=count - s).map(|k| {
            let terms = (0..=k).map(|i| moments[i].clone() * last[k - i].clone());
            terms.fold(T::zero(), |sum, term| sum + term)
        });
        powers.push(next.collect());
    }
    let mut cumulants: Vec<T> = Vec::new();
    for n in 1..=count {
        let known = cumulants
            .iter()
            .enumerate()
            .map(|(s, cumulant)| cumulant.clone() * powers[s + 1][n - s - 1].clone());
        let known = known.fold(T::zero(), |sum, term| sum + term);
        cumulants.push(moments[n].clone() - known);
    }
    cumulants
}
