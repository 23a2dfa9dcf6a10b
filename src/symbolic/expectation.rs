//! Expectations over a tensor of independent entries, or of Gaussian ones that are tied to one another.
//!
//! The sums run on the contraction graph: a pairing identifies vertices, and only the distinct graphs that remain,
//! with the number of loops they lost, become terms.

mod integrator;
mod outcomes;
mod ties;

use super::error::SymbolicError;
use super::expression::{Expression, Term};
use super::graph::Graph;
use super::law::TensorLaw;
use super::polynomial::Polynomial;
use super::tensor::Tensor;
use integrator::{Integrator, VERTICES};
use rayon::prelude::*;

impl Expression {
    /// The expectation over the tensor called `tensor`, with law `law`; all other tensors are held fixed, also those
    /// that a theory defines by it ([`Prover::expect`](super::Prover::expect) refuses those). In normal form, for
    /// independent entries with
    ///
    /// ```math
    /// E x_{s_1} ⋯ x_{s_m} = Σ_π Π_{B ∈ π} κ_{|B|} δ(the slots of B agree)
    /// ```
    ///
    /// over the set partitions `π` of the factors; for Gaussian entries only the pairings are left (Isserlis 1918,
    /// Wick 1950), each pair with what an [`Ensemble`](super::Ensemble) says of it.
    ///
    /// # Errors
    /// [`SymbolicError::Cumulant`] where the law does not reach far enough, [`SymbolicError::Dependent`]
    /// for a tensor whose symmetries make its entries dependent, [`SymbolicError::TooManyIndices`] and
    /// [`SymbolicError::TooManyWays`] for what is too long a sum, [`SymbolicError::Overflow`] for a power that is too high to stand
    /// beside the poles of the law.
    pub fn expected(&self, tensor: &str, law: &TensorLaw) -> Result<Expression, SymbolicError> {
        let normal = self.normal_form();
        let expected = normal.terms().par_iter();
        let expected = expected.map(|term| {
            let graph = Graph::of(&normal, term);
            expected_term(&normal, &graph, tensor, law)
        });
        let expected: Vec<Result<Vec<Term>, SymbolicError>> = expected.collect();
        let mut terms = Vec::new();
        for found in expected {
            terms.extend(found?);
        }
        Ok(Expression {
            legs: self.legs.clone(),
            terms,
        }
        .normal_form())
    }
}

fn expected_term(
    expression: &Expression,
    graph: &Graph,
    name: &str,
    law: &TensorLaw,
) -> Result<Vec<Term>, SymbolicError> {
    let conjugate = law.conjugate();
    let is_random = |(tensor, _): &&(Tensor, Vec<usize>)| {
        **tensor.name() == *name || conjugate == Some(tensor.name())
    };
    let random: Vec<_> = graph.edges.iter().filter(is_random).collect();
    let fixed: Vec<_> = graph.edges.iter().filter(|edge| !is_random(edge)).collect();
    for (tensor, _) in &random {
        law.suits(tensor)?;
    }
    if graph.len() > VERTICES || random.len() > VERTICES {
        let indices = graph.len().max(random.len());
        return Err(SymbolicError::TooManyIndices {
            indices,
            limit: VERTICES,
        });
    }
    let given: &[Polynomial] = match law {
        TensorLaw::Cumulants(given) => given,
        _ => &[],
    };
    let coefficients = || given.iter().chain([&graph.coefficient]);
    // A product of the two is a sum of as many terms as the power is high.
    let has_poles = matches!(law, TensorLaw::Haar(_)) || coefficients().any(Polynomial::has_poles);
    if has_poles && coefficients().any(Polynomial::is_high) {
        let text = graph.coefficient.to_string();
        return Err(SymbolicError::Overflow { text });
    }
    let mut integrator = Integrator::new(expression, graph, &random, &fixed, law)?;
    let mut classes = [0; VERTICES];
    for (v, class) in classes.iter_mut().enumerate().take(graph.len()) {
        *class = graph.legs.get(v).copied().unwrap_or(v) as u8;
    }
    integrator.run(&classes)?;
    Ok(integrator.terms(expression, graph, &fixed))
}
