//! Integration by parts over a Gaussian tensor: one entry is taken out of a product, and the other factors are
//! differentiated,
//!
//! ```math
//! E T_s F = Σ_t E[T_s T_t] E ∂F/∂T_t,   ∂R = −R (∂M) R for R = M⁻¹,   ∂φ(u) = φ′(u) ∂u.
//! ```
//!
//! Repeated until no entry is left it is Isserlis' and Stein's formula; beside a resolvent, which it does not remove,
//! once is what gives a Schwinger–Dyson equation.

use super::draw::Draw;
use super::error::SymbolicError;
use super::expression::{Expression, Factor, Index, Term};
use super::law::TensorLaw;
use super::polynomial::Polynomial;
use super::tensor::Tensor;
use super::theory::Theory;

/// What an entry is taken out of: products with a tensor of this name and law.
#[derive(Debug, Clone, Copy)]
pub(super) struct ByParts<'a> {
    theory: &'a Theory,
    random: &'a str,
    law: &'a TensorLaw,
}

/// An entry of the random tensor or its conjugate.
type Entry<'a> = (&'a Tensor, &'a [usize]);

impl<'a> ByParts<'a> {
    /// # Errors
    /// [`SymbolicError::Unsuited`] for a law that is not Gaussian, or not one of this tensor.
    pub(super) fn new(
        theory: &'a Theory,
        random: &'a str,
        law: &'a TensorLaw,
    ) -> Result<Self, SymbolicError> {
        let unsuited = || SymbolicError::Unsuited {
            tensor: random.into(),
            law: law.to_string(),
        };
        if !matches!(law, TensorLaw::Gaussian | TensorLaw::Ensemble(_)) {
            return Err(unsuited());
        }
        let tensor = theory.signature.tensor(random).ok_or_else(unsuited)?;
        law.suits(tensor)?;
        Ok(ByParts {
            theory,
            random,
            law,
        })
    }

    /// The name of the random tensor.
    pub(super) fn random(&self) -> &str {
        self.random
    }

    /// Whether a tensor is the random one, or its conjugate.
    pub(super) fn is_random(&self, tensor: &Tensor) -> bool {
        **tensor.name() == *self.random || self.law.conjugate() == Some(tensor.name())
    }

    /// Every term of a normal form with its first random entry taken out; terms without one stay as they are.
    ///
    /// # Errors
    /// [`SymbolicError::NoDerivative`], [`SymbolicError::MadeOf`].
    pub(super) fn once(&self, normal: &Expression) -> Result<Expression, SymbolicError> {
        let mut terms = Vec::new();
        for term in &normal.terms {
            match self.terms(normal.legs.len(), term)? {
                Some(new) => terms.extend(new),
                None => terms.push(term.clone()),
            }
        }
        let legs = normal.legs.clone();
        Ok(Expression { legs, terms }.normal_form())
    }

    /// The terms that taking out the first random entry leaves, `None` where there is none.
    ///
    /// # Errors
    /// [`SymbolicError::NoDerivative`], [`SymbolicError::MadeOf`].
    pub(super) fn terms<'t>(
        &self,
        legs: usize,
        term: &'t Term,
    ) -> Result<Option<Vec<Term>>, SymbolicError> {
        let entry = |(place, factor): (usize, &'t Factor)| match factor {
            Factor::Entry(tensor, slots) if self.is_random(tensor) => {
                Some((place, (tensor, slots.as_slice())))
            }
            _ => None,
        };
        let Some((first, taken)) = term.factors.iter().enumerate().find_map(entry) else {
            return Ok(None);
        };
        let fresh = legs + term.summed.len();
        let mut terms = Vec::new();
        for (place, factor) in term.factors.iter().enumerate() {
            if place == first {
                continue;
            }
            for derivative in self.derivative(taken, factor, fresh)? {
                let others = term.factors.iter().enumerate();
                let others = others.filter(|(k, _)| *k != first && *k != place);
                let others = others.map(|(_, factor)| factor.clone());
                terms.push(Term {
                    coefficient: &term.coefficient * &derivative.coefficient,
                    factors: others.chain(derivative.factors).collect(),
                    summed: [term.summed.as_slice(), &derivative.summed].concat(),
                });
            }
        }
        Ok(Some(terms))
    }

    /// `Σ_t E[T_s T_t] ∂/∂T_t` of one factor; the indices from `fresh` on are its own.
    fn derivative(
        &self,
        taken: Entry,
        factor: &Factor,
        fresh: usize,
    ) -> Result<Vec<Term>, SymbolicError> {
        let Factor::Entry(tensor, at) = factor else {
            return Ok(Vec::new());
        };
        if self.is_random(tensor) {
            let pair = |(sign, ties)| Term {
                coefficient: Polynomial::from(sign),
                factors: ties,
                summed: Vec::new(),
            };
            return Ok(self.ways(taken, (tensor, at)).map(pair).collect());
        }
        if self.theory.is_function_of(tensor, self.random) {
            return self.of_function(taken, (tensor, at), fresh);
        }
        if !self.theory.depends_on(tensor, self.random) {
            return Ok(Vec::new());
        }
        match self.theory.inverted_by(tensor) {
            Some(matrix) => Ok(self.of_inverse(taken, (tensor, at), matrix, fresh)),
            None => Err(SymbolicError::MadeOf {
                tensor: tensor.name().to_string(),
                random: self.random.into(),
            }),
        }
    }

    /// The ways in which two entries are tied, each with its sign: what their covariance is the sum of.
    fn ways(
        &self,
        (first, slots): Entry,
        (other, at): Entry,
    ) -> impl Iterator<Item = (i64, Vec<Factor>)> {
        let ways = match self.law.ensemble() {
            // Of a complex tensor an entry has a covariance with conjugates only.
            Some(ensemble) if ensemble.conjugate().is_some() && first == other => Vec::new(),
            Some(ensemble) => ensemble.pairings().to_vec(),
            None => vec![(1, (0..slots.len()).collect())],
        };
        ways.into_iter().map(move |(sign, g)| {
            let ties = slots.iter().zip(&g);
            let tie = |(&slot, &k): (&usize, &usize)| Factor::Delta(vec![slot, at[k]]);
            (sign, ties.map(tie).collect())
        })
    }

    /// The derivative of an expression: for each random entry of each of its terms and each way it is tied to the entry
    /// taken out, the term with δ's in its place. Its indices are renumbered by `place`.
    fn of_expression(
        &self,
        taken: Entry,
        expression: &Expression,
        place: impl Fn(usize) -> usize,
    ) -> Vec<Term> {
        let mut terms = Vec::new();
        for term in &expression.terms {
            let factors = term.factors.iter().map(|f| f.renumbered(&place));
            let factors: Vec<Factor> = factors.collect();
            for (k, factor) in factors.iter().enumerate() {
                let Factor::Entry(tensor, at) = factor else {
                    continue;
                };
                if !self.is_random(tensor) {
                    continue;
                }
                for (sign, ties) in self.ways(taken, (tensor, at)) {
                    let others = [&factors[..k], &factors[k + 1..]].concat();
                    terms.push(Term {
                        coefficient: &term.coefficient * &Polynomial::from(sign),
                        factors: [others, ties].concat(),
                        summed: term.summed.clone(),
                    });
                }
            }
        }
        terms
    }

    /// `φ^{(k+1)}(u_b) ∂u_b`.
    fn of_function(
        &self,
        taken: Entry,
        (tensor, at): Entry,
        fresh: usize,
    ) -> Result<Vec<Term>, SymbolicError> {
        let no_derivative = || SymbolicError::NoDerivative {
            function: tensor.name().to_string(),
        };
        let (function, order) = self.theory.function(tensor).ok_or_else(no_derivative)?;
        let next = function.derivatives.get(order + 1);
        let next = Factor::Entry(next.ok_or_else(no_derivative)?.clone(), at.to_vec());
        // The form's legs are where the function stands, its summed indices are new.
        let place = |v: usize| at.get(v).copied().unwrap_or_else(|| v - at.len() + fresh);
        let mut terms = self.of_expression(taken, &function.form, place);
        for term in &mut terms {
            term.factors.push(next.clone());
        }
        Ok(terms)
    }

    /// `−R (∂M) R`: new are the columns of the left factor, the rows of the right one, and what the matrix sums over.
    fn of_inverse(
        &self,
        taken: Entry,
        (tensor, at): Entry,
        matrix: &Expression,
        fresh: usize,
    ) -> Vec<Term> {
        let half = at.len() / 2;
        let between: Vec<usize> = (fresh..fresh + at.len()).collect();
        let (rows, columns) = (&at[..half], &at[half..]);
        let left = [rows, &between[..half]].concat();
        let right = [&between[half..], columns].concat();
        let mut terms = self.of_expression(taken, matrix, |v| v + fresh);
        for term in &mut terms {
            term.coefficient = -&term.coefficient;
            let sides = [left.clone(), right.clone()];
            let sides = sides.map(|slots| Factor::Entry(tensor.clone(), slots));
            term.factors.extend(sides);
            let legs: Vec<Index> = matrix.legs.clone();
            term.summed = [legs, std::mem::take(&mut term.summed)].concat();
        }
        terms
    }
}

impl Theory {
    /// The matrix that a tensor is the inverse of.
    pub(super) fn inverted_by(&self, tensor: &Tensor) -> Option<&Expression> {
        self.draws.iter().find_map(|draw| match draw {
            Draw::Inverse(own, matrix) if own == tensor => Some(matrix),
            _ => None,
        })
    }

    /// Whether a tensor is made of a random one or of its conjugate.
    pub(super) fn depends_on(&self, tensor: &Tensor, random: &str) -> bool {
        let random = self.random_with(random);
        let mut random = random.iter();
        random.any(|own| self.is_made_of(tensor.name(), own))
    }

    /// Whether a tensor is the inverse of a matrix in which a random one stands as it is, not within a definition.
    pub(super) fn is_resolvent_of(&self, tensor: &Tensor, random: &str) -> bool {
        let all = self.random_with(random);
        let is_open = |own: &Tensor| all.contains(own.name()) || !self.depends_on(own, random);
        let matrix = self.inverted_by(tensor);
        matrix.is_some_and(|matrix| matrix.tensors().all(is_open))
    }
}
