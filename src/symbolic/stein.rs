//! Functions of a Gaussian form, `φ(u_b)` with `u = Gᵀx`: Stein's formula (1972) takes out one entry of `x` after the other,
//!
//! ```math
//! E x_s F = Σ_{other factors x_t} δ(s, t) E F∖x_t + Σ_{factors φ^{(k)}(u_b)} (∂u_b/∂x_s) E F[φ^{(k)} → φ^{(k+1)}],
//! ```
//!
//! and what is left is a mean of functions alone, which has a name.

use super::by_parts::ByParts;
use super::draw::Draw;
use super::error::SymbolicError;
use super::expression::{Expression, Factor, Term};
use super::law::Law;
use super::parse;
use super::polynomial::Polynomial;
use super::signature::declarations;
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
    /// An arbitrary function with its derivatives, applied entry by entry to a form that is linear in a random tensor:
    /// `functions(&["φ", "φ′", "φ″"], "x", "u[b] = x[a] G[a,b]")` declares `φ[b] = φ(u_b)`, `φ′[b]`, `φ″[b]`. The form
    /// itself is written out where it stands alone.
    ///
    /// An expectation over `x` with [`Law::Gaussian`] goes by Stein's formula, for every φ that is smooth enough and of
    /// which the means exist; what it leaves is declared with [`Theory::mean`].
    ///
    /// ```
    /// use tensor_dyson::symbolic::{Law, ProofError, Theory};
    ///
    /// let mut theory = Theory::new();
    /// theory
    ///     .tensors("x[d] G[d,p]")?
    ///     .functions(&["φ", "φ′"], "x", "u[b] = x[a] G[a,b]")?
    ///     .mean("m[b] = φ′[b]")?;
    /// let proof = theory
    ///     .prove("E xφ(Gᵀx) = G E φ′(Gᵀx)")
    ///     .from("[a,b] x[a] φ[b]")?
    ///     .expect("over x", "x", &Law::Gaussian)?
    ///     .is("Stein", "[a,b] G[a,b] m[b]")?
    ///     .done();
    /// # Ok::<(), ProofError>(())
    /// ```
    ///
    /// # Errors
    /// As [`Theory::tensors`]; [`SymbolicError::NotLinear`] for a form that is not linear in a tensor with free entries.
    pub fn functions(
        &mut self,
        names: &[&str],
        of: &str,
        form: &str,
    ) -> Result<&mut Self, SymbolicError> {
        let not_linear = || SymbolicError::NotLinear {
            form: form.into(),
            tensor: of.into(),
        };
        let (left, right) = form.split_once('=').ok_or_else(not_linear)?;
        let (_, legs) = declarations(left)?.pop().ok_or_else(not_linear)?;
        let form = parse::sum(&self.signature, &legs, right)?;
        let is_free = |draw: &Draw| matches!(draw, Draw::Free(t) if **t.name() == *of && t.symmetries().len() == 1);
        let linear = |term: &Term| {
            let depends = |factor: &&Factor| match factor {
                Factor::Entry(tensor, _) => self.is_made_of(tensor.name(), of),
                Factor::Delta(_) => false,
            };
            let mut random = term.factors.iter().filter(depends);
            matches!((random.next(), random.next()), (Some(Factor::Entry(t, _)), None) if **t.name() == *of)
        };
        let is_real = !self.conjugates.contains_key(of);
        if !is_real || !self.draws.iter().any(is_free) || !form.terms().iter().all(linear) {
            return Err(not_linear());
        }
        let Some(of) = self.signature.tensor(of).cloned() else {
            return Err(not_linear());
        };
        self.wholly(|theory| {
            let declare = |name: &&str| theory.declare_like(name, &form, &[]);
            let derivatives = names.iter().map(declare).collect::<Result<_, _>>()?;
            theory.draws.push(Draw::Function(Function {
                derivatives,
                form: form.clone(),
                of,
            }));
            Ok(())
        })
    }

    /// The mean of a product of functions of one random tensor, as in `mean("K[b,e] = φ[b] φ[e]")`. Where two factors
    /// are of one function it does not change when their indices are exchanged.
    ///
    /// # Errors
    /// As [`Theory::tensors`]; [`SymbolicError::NotAMean`] for anything but functions of one random tensor, each index
    /// once and in their order.
    pub fn mean(&mut self, definition: &str) -> Result<&mut Self, SymbolicError> {
        let not_a_mean = || SymbolicError::NotAMean {
            text: definition.into(),
        };
        let (left, right) = definition.split_once('=').ok_or_else(not_a_mean)?;
        let (name, legs) = declarations(left)?.pop().ok_or_else(not_a_mean)?;
        let value = parse::sum(&self.signature, &legs, right)?;
        let of = self.function_of(&value).ok_or_else(not_a_mean)?;
        let [term] = value.terms() else {
            return Err(not_a_mean());
        };
        let indices = term.factors.iter().flat_map(Factor::indices);
        if term.coefficient != Polynomial::one() || !indices.copied().eq(0..legs.len()) {
            return Err(not_a_mean());
        }
        let symmetries = exchanges(term);
        self.wholly(|theory| {
            let tensor = theory.declare_like(&name, &value, &symmetries)?;
            let value = value.clone();
            theory.draws.push(Draw::Mean(Mean { tensor, value, of }));
            Ok(())
        })
    }

    /// The random tensor, where every factor is a function of the same.
    fn function_of(&self, value: &Expression) -> Option<Tensor> {
        let of = |factor: &Factor| match factor {
            Factor::Entry(tensor, _) => Some(self.function(tensor)?.0.of.clone()),
            Factor::Delta(_) => None,
        };
        let factors = value.terms().iter().flat_map(|term| &term.factors);
        let all: Vec<Tensor> = factors.map(of).collect::<Option<_>>()?;
        let first = all.first()?;
        all.iter()
            .all(|other| other == first)
            .then(|| first.clone())
    }

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
        law: &Law,
    ) -> Result<Expression, SymbolicError> {
        if !before
            .tensors()
            .any(|tensor| self.is_function_of(tensor, random))
        {
            return before.expected(random, law);
        }
        if *law != Law::Gaussian {
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

/// The exchanges of equal factors of a product whose indices stand in order.
fn exchanges(term: &Term) -> Vec<Vec<usize>> {
    let all: usize = term
        .factors
        .iter()
        .map(|factor| factor.indices().len())
        .sum();
    let mut exchanges = Vec::new();
    for (k, one) in term.factors.iter().enumerate() {
        for other in &term.factors[..k] {
            if let (Factor::Entry(a, slots), Factor::Entry(b, others)) = (one, other)
                && a == b
            {
                let mut exchange: Vec<usize> = (0..all).collect();
                for (&x, &y) in slots.iter().zip(others) {
                    exchange.swap(x, y);
                }
                exchanges.push(exchange);
            }
        }
    }
    exchanges
}
