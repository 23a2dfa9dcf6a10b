//! Functions of a Gaussian form, `φ(u_b)` with `u = Gᵀx`: Stein's formula (1972) takes out one entry of `x` after the other,
//!
//! ```math
//! E x_s F = Σ_{other factors x_t} δ(s, t) E F∖x_t + Σ_{factors φ^{(k)}(u_b)} (∂u_b/∂x_s) E F[φ^{(k)} → φ^{(k+1)}],
//! ```
//!
//! and what is left is a mean of functions alone, which has a name.

mod declare;

use super::by_parts::ByParts;
use super::draw::Draw;
use super::error::SymbolicError;
use super::expression::{Expression, Factor, Term};
use super::law::TensorLaw;
use super::tensor::Tensor;
use super::theory::Theory;

/// Terms on the way, of all steps; the fourth moment of features takes some thousands.
const TERMS: usize = 100_000;

/// A function with its derivatives at a form that is linear in a random tensor.
#[derive(Debug, Clone)]
pub(super) struct Function {
    /// `φ(u), φ′(u), …`.
    pub(super) derivatives: Vec<Tensor>,
    /// `u`.
    pub(super) form: Expression,
    /// The random tensor.
    pub(super) of: Tensor,
}

/// A mean of functions, `K_be = E φ(u_b) φ(u_e)`.
#[derive(Debug, Clone)]
pub(super) struct Mean {
    pub(super) tensor: Tensor,
    pub(super) value: Expression,
    pub(super) of: Tensor,
}

impl Function {
    /// Of which order a tensor is a derivative.
    pub(super) fn order_of(&self, tensor: &Tensor) -> Option<usize> {
        self.derivatives.iter().position(|own| own == tensor)
    }
}

impl Theory {
    /// The function that a tensor is a derivative of, and of which order.
    pub(super) fn function(&self, tensor: &Tensor) -> Option<(&Function, usize)> {
        self.draws.iter().find_map(|draw| match draw {
            Draw::Function(function) => Some((function, function.order_of(tensor)?)),
            _ => None,
        })
    }

    /// Whether a tensor is a function of a form in the random one.
    pub(super) fn is_function_of(&self, tensor: &Tensor, random: &str) -> bool {
        self.function(tensor)
            .is_some_and(|(function, _)| **function.of.name() == *random)
    }

    /// The expectation over a tensor: by Stein's formula where there are functions of it.
    ///
    /// # Errors
    /// As [`Expression::expected`]; [`SymbolicError::NoDerivative`] and [`SymbolicError::NoMean`] for what is not
    /// declared, [`SymbolicError::Unsuited`] for functions under another law than the Gaussian.
    pub(super) fn expected(
        &self,
        before: &Expression,
        random: &str,
        law: &TensorLaw,
    ) -> Result<Expression, SymbolicError> {
        if !before
            .tensors()
            .any(|tensor| self.is_function_of(tensor, random))
        {
            return before.expected(random, law);
        }
        if *law != TensorLaw::Gaussian {
            return Err(SymbolicError::Unsuited {
                tensor: random.into(),
                law: law.to_string(),
            });
        }
        let parts = ByParts::new(self, random, law)?;
        let mut left = before.clone();
        let mut done = Vec::new();
        let mut taken = 0;
        while let Some(term) = left.terms.pop() {
            taken += 1;
            if taken > TERMS {
                return Err(SymbolicError::Rewriting { steps: taken });
            }
            match parts.terms(before.legs.len(), &term)? {
                Some(terms) => left.terms.extend(terms),
                None => done.push(self.named(term, random)?),
            }
        }
        Ok(Expression {
            legs: before.legs.clone(),
            terms: done,
        }
        .normal_form())
    }

    /// The mean of the functions among some factors, with their places in the order of its definition; `None` where
    /// there are none.
    ///
    /// # Errors
    /// [`SymbolicError::NoMean`].
    pub(super) fn mean_of(
        &self,
        factors: &[Factor],
        random: &str,
    ) -> Result<Option<(&Tensor, Vec<usize>)>, SymbolicError> {
        let function = |factor: &Factor| match factor {
            Factor::Entry(tensor, _) if self.is_function_of(tensor, random) => Some(tensor.clone()),
            _ => None,
        };
        let functions = factors.iter().enumerate();
        let functions: Vec<(usize, Tensor)> = functions
            .filter_map(|(place, factor)| Some((place, function(factor)?)))
            .collect();
        if functions.is_empty() {
            return Ok(None);
        }
        let means = self.draws.iter().filter_map(|draw| match draw {
            Draw::Mean(mean) if **mean.of.name() == *random => Some(mean),
            _ => None,
        });
        let mut found = means.filter_map(|mean| Some((&mean.tensor, mean.matched(&functions)?)));
        let names = || {
            functions
                .iter()
                .map(|(_, tensor)| tensor.name().to_string())
        };
        found.next().map(Some).ok_or_else(|| SymbolicError::NoMean {
            functions: names().collect::<Vec<_>>().join(" "),
        })
    }

    /// A term without random entries, the functions in it replaced by their mean, which stands last.
    pub(super) fn named(&self, mut term: Term, random: &str) -> Result<Term, SymbolicError> {
        if let Some((mean, places)) = self.mean_of(&term.factors, random)? {
            let slots = places
                .iter()
                .flat_map(|&place| term.factors[place].indices());
            let mean = Factor::Entry(mean.clone(), slots.copied().collect());
            let factors = term.factors.into_iter().enumerate();
            let others = factors.filter(|(place, _)| !places.contains(place));
            term.factors = others.map(|(_, factor)| factor).chain([mean]).collect();
        }
        Ok(term)
    }
}

impl Mean {
    /// The places of functions in the order of the definition, if it is the mean of these.
    fn matched(&self, functions: &[(usize, Tensor)]) -> Option<Vec<usize>> {
        let mut left: Vec<&(usize, Tensor)> = functions.iter().collect();
        let mut places = Vec::new();
        for factor in self.value.terms().iter().flat_map(|term| &term.factors) {
            let Factor::Entry(tensor, _) = factor else {
                return None;
            };
            let at = left.iter().position(|(_, own)| own == tensor)?;
            places.push(left.remove(at).0);
        }
        left.is_empty().then_some(places)
    }
}
