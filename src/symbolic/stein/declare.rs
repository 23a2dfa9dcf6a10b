//! Functions of a form, and their means, as a theory declares them.

use super::{Function, Mean};
use crate::symbolic::draw::Draw;
use crate::symbolic::error::SymbolicError;
use crate::symbolic::expression::{Expression, Factor, Term};
use crate::symbolic::parse;
use crate::symbolic::polynomial::Polynomial;
use crate::symbolic::signature::declaration;
use crate::symbolic::tensor::Tensor;
use crate::symbolic::theory::Theory;

impl Theory {
    /// An arbitrary function with its derivatives, applied entry by entry to a form that is linear in a random tensor:
    /// `functions(&["φ", "φ′", "φ″"], "x", "u[b] = x[a] G[a,b]")` declares `φ[b] = φ(u_b)`, `φ′[b]`, `φ″[b]`. The form
    /// itself is written out where it stands alone.
    ///
    /// An expectation over `x` with [`TensorLaw::Gaussian`](crate::symbolic::TensorLaw::Gaussian) goes by Stein's formula, for every φ that is smooth enough and of
    /// which the means exist; what it leaves is declared with [`Theory::mean`].
    ///
    /// ```
    /// use tensor_dyson::symbolic::{ProofError, TensorLaw, Theory};
    ///
    /// let mut theory = Theory::new();
    /// theory
    ///     .tensors("x[d] G[d,p]")?
    ///     .functions(&["φ", "φ′"], "x", "u[b] = x[a] G[a,b]")?
    ///     .mean("m[b] = φ′[b]")?;
    /// let proof = theory
    ///     .prove("E xφ(Gᵀx) = G E φ′(Gᵀx)")
    ///     .from("[a,b] x[a] φ[b]")?
    ///     .expect("over x", "x", &TensorLaw::Gaussian)?
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
        let (_, legs) = declaration(left)?;
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
        if names.is_empty()
            || !is_real
            || !self.draws.iter().any(is_free)
            || !form.terms().iter().all(linear)
        {
            return Err(not_linear());
        }
        let Some(of) = self.signature.tensor(of).cloned() else {
            return Err(not_linear());
        };
        self.wholly(|theory| {
            let declare = |name: &&str| theory.declare_like(name, &form, &[]);
            let derivatives = names.iter().map(declare).collect::<Result<_, _>>()?;
            theory.draw(Draw::Function(Function {
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
        let (name, legs) = declaration(left)?;
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
            theory.draw(Draw::Mean(Mean { tensor, value, of }));
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
        // With the nearest equal one: these generate all.
        let mut before = term.factors[..k].iter().rev();
        let equal = before.find_map(|other| match (one, other) {
            (Factor::Entry(a, slots), Factor::Entry(b, others)) if a == b => Some((slots, others)),
            _ => None,
        });
        if let Some((slots, others)) = equal {
            let mut exchange: Vec<usize> = (0..all).collect();
            for (&x, &y) in slots.iter().zip(others) {
                exchange.swap(x, y);
            }
            exchanges.push(exchange);
        }
    }
    exchanges
}
