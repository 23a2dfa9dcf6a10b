//! Sums of terms: a coefficient times δ's and tensors, with open legs and summed indices.

use super::error::SymbolicError;
use super::law::TensorLaw;
use super::polynomial::Polynomial;
use super::tensor::{Space, Tensor};
use std::collections::BTreeMap;
use std::sync::Arc;

/// An index by name and space.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Index {
    /// The letter it is written with.
    pub name: Arc<str>,
    /// What it runs over.
    pub space: Space,
}

/// A factor; indices are numbers, the open legs of the expression first, then the term's summed indices.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Factor {
    /// 1 where all its indices agree and 0 elsewhere; `δ[i]` is 1.
    Delta(Vec<usize>),
    /// An entry of a tensor.
    Entry(Tensor, Vec<usize>),
}

impl Factor {
    /// The factor with each index replaced.
    pub(super) fn renumbered(&self, place: impl Fn(usize) -> usize) -> Self {
        let renumber = |indices: &[usize]| indices.iter().map(|&v| place(v)).collect();
        match self {
            Factor::Delta(indices) => Factor::Delta(renumber(indices)),
            Factor::Entry(tensor, indices) => Factor::Entry(tensor.clone(), renumber(indices)),
        }
    }

    /// The indices, slot by slot.
    pub fn indices(&self) -> &[usize] {
        match self {
            Factor::Delta(indices) | Factor::Entry(_, indices) => indices,
        }
    }
}

/// A coefficient times a product of factors, summed over every index that is not a leg.
///
/// An index may occur any number of times, as in `κ₄ δ_ac G_ab G_ad`: what is contracted is a
/// hypergraph, not a graph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The coefficient.
    pub coefficient: Polynomial,
    /// The factors, which commute.
    pub factors: Vec<Factor>,
    /// The summed indices.
    pub summed: Vec<Index>,
}

/// A function of its open legs: a sum of [`Term`]s.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expression {
    pub(super) legs: Vec<Index>,
    pub(super) terms: Vec<Term>,
}

impl Expression {
    /// The open legs; two expressions are compared leg by leg in this order, whatever the names.
    pub fn legs(&self) -> &[Index] {
        &self.legs
    }

    /// The terms.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// 0, with these legs.
    pub(super) fn zero(&self) -> Self {
        Expression {
            legs: self.legs.clone(),
            terms: Vec::new(),
        }
    }

    /// Each term as an expression of its own.
    pub fn parts(&self) -> impl Iterator<Item = Expression> + '_ {
        let part = |term: &Term| Expression {
            legs: self.legs.clone(),
            terms: vec![term.clone()],
        };
        self.terms.iter().map(part)
    }

    /// The number of terms with the coefficients multiplied out.
    pub fn term_count(&self) -> usize {
        let monomials = |term: &Term| term.coefficient.terms().count();
        self.terms.iter().map(monomials).sum()
    }

    /// The tensors in it, as often as they occur.
    pub(super) fn tensors(&self) -> impl Iterator<Item = &Tensor> {
        let factors = self.terms.iter().flat_map(|term| &term.factors);
        factors.filter_map(|factor| match factor {
            Factor::Entry(tensor, _) => Some(tensor),
            Factor::Delta(_) => None,
        })
    }

    /// The most factors of a term that are random under the law of a tensor.
    pub(super) fn factors_of(&self, tensor: &str, law: &TensorLaw) -> usize {
        let is_random = |factor: &&Factor| {
            let Factor::Entry(own, _) = factor else {
                return false;
            };
            **own.name() == *tensor || law.conjugate() == Some(own.name())
        };
        let count = |term: &Term| term.factors.iter().filter(is_random).count();
        self.terms.iter().map(count).max().unwrap_or(0)
    }

    /// Whether no term is left.
    pub fn is_zero(&self) -> bool {
        self.terms.is_empty()
    }

    /// The polynomial it is, where it has neither legs nor tensors; the sum of its coefficients once in
    /// normal form.
    pub fn as_polynomial(&self) -> Option<Polynomial> {
        let normal = self.normal_form();
        let scalar = normal.legs.is_empty() && normal.terms.iter().all(|t| t.factors.is_empty());
        scalar.then(|| normal.terms.into_iter().map(|t| t.coefficient).sum())
    }

    /// The expression times a coefficient.
    pub fn scaled(&self, factor: &Polynomial) -> Self {
        let mut scaled = self.clone();
        for term in &mut scaled.terms {
            term.coefficient = &term.coefficient * factor;
        }
        scaled
    }

    /// `self + other`, the legs matched by position.
    ///
    /// # Errors
    /// [`SymbolicError::Legs`] if their spaces differ, [`SymbolicError::Foreign`] if a name stands for tensors of
    /// two theories.
    pub fn plus(&self, other: &Self) -> Result<Self, SymbolicError> {
        let spaces = |e: &Self| {
            e.legs
                .iter()
                .map(|l| l.space.dimension().to_string())
                .collect::<Vec<_>>()
        };
        if spaces(self) != spaces(other) {
            return Err(SymbolicError::Legs {
                left: spaces(self).join(","),
                right: spaces(other).join(","),
            });
        }
        let names: BTreeMap<&str, &Tensor> = self.tensors().map(|t| (&**t.name(), t)).collect();
        let mut others = other.tensors();
        if let Some(tensor) = others.find(|t| names.get(&**t.name()).is_some_and(|own| own != t)) {
            let name = tensor.name().to_string();
            return Err(SymbolicError::Foreign { name });
        }
        let mut sum = self.clone();
        // Matched by position, the legs have the names of the first side's.
        sum.terms.extend(other.called(&self.legs).terms);
        Ok(sum)
    }

    /// `self − other`, the legs matched by position.
    ///
    /// # Errors
    /// As [`Expression::plus`].
    pub fn minus(&self, other: &Self) -> Result<Self, SymbolicError> {
        self.plus(&other.scaled(&Polynomial::from(-1)))
    }

    /// The legs permuted: `result(l₀, l₁, …) = self(l_{order[0]}, l_{order[1]}, …)`, so that
    /// `τ₂₃(T)_abcd = T_acbd` is `[0, 2, 1, 3]` and `τ₂₄(T)_abcd = T_adcb` is `[0, 3, 2, 1]`.
    ///
    /// # Errors
    /// [`SymbolicError::NotAPermutation`] if `order` is not a permutation of the legs.
    pub fn braided(&self, order: &[usize]) -> Result<Self, SymbolicError> {
        let legs = self.legs.len();
        if order.len() != legs || (0..legs).any(|leg| !order.contains(&leg)) {
            return Err(SymbolicError::NotAPermutation {
                order: order.to_vec(),
                legs,
            });
        }
        let mut braided = self.clone();
        for (old, &new) in order.iter().enumerate() {
            braided.legs[new] = Index {
                space: self.legs[old].space.clone(),
                name: self.legs[new].name.clone(),
            };
        }
        let renumber = |index: &mut usize| *index = order.get(*index).copied().unwrap_or(*index);
        for factor in braided.terms.iter_mut().flat_map(|t| &mut t.factors) {
            match factor {
                Factor::Delta(indices) | Factor::Entry(_, indices) => {
                    indices.iter_mut().for_each(renumber)
                }
            }
        }
        Ok(braided)
    }

    /// The space of an index of one of the terms.
    pub(super) fn space<'a>(&'a self, term: &'a Term, index: usize) -> &'a Space {
        match self.legs.get(index) {
            Some(leg) => &leg.space,
            None => &term.summed[index - self.legs.len()].space,
        }
    }
}
