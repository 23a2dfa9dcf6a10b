//! The normal form of an expression, and equality for all dimensions.

use super::canonical::canonical_order;
use super::error::SymbolicError;
use super::expression::{Expression, Factor, Index, Term};
use super::graph::Graph;
use super::polynomial::Polynomial;
use super::signature::appearance;
use super::tensor::{Space, Tensor};
use std::collections::BTreeMap;

/// A contraction without its coefficient, canonically numbered.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Contraction {
    legs: Vec<usize>,
    edges: Vec<(Tensor, Vec<usize>)>,
    summed: Vec<Space>,
}

impl Contraction {
    fn of(graph: &Graph) -> Self {
        Self::labelled(graph, &canonical_order(graph))
    }

    /// The contraction of a graph whose canonical order is known.
    pub(super) fn labelled(graph: &Graph, order: &[usize]) -> Self {
        let legs = graph.legs.len();
        let mut number: Vec<usize> = (0..graph.len()).collect();
        for (k, &v) in order.iter().enumerate() {
            number[v] = legs + k;
        }
        let label = |(tensor, slots): &(Tensor, Vec<usize>)| {
            (tensor.clone(), tensor.least(|k| number[slots[k]]))
        };
        let mut edges: Vec<_> = graph.edges.iter().map(label).collect();
        edges.sort();
        let summed = order
            .iter()
            .map(|&v| graph.summed[v - legs].clone())
            .collect();
        Contraction {
            legs: graph.legs.clone(),
            edges,
            summed,
        }
    }
}

impl Expression {
    /// The normal form: δ's carried out, closed loops turned into dimensions, summed indices renamed,
    /// factors and terms sorted, like terms collected.
    ///
    /// Exact: isomorphic contractions get the same form (the search has no cut-off), and only those.
    pub fn normal_form(&self) -> Expression {
        let mut collected: BTreeMap<Contraction, Polynomial> = BTreeMap::new();
        for term in &self.terms {
            let graph = Graph::of(self, term);
            if graph.coefficient.is_zero() {
                continue;
            }
            let sum = collected.entry(Contraction::of(&graph)).or_default();
            *sum = &*sum + &graph.coefficient;
        }
        collected.retain(|_, coefficient| !coefficient.is_zero());
        let terms = collected
            .into_iter()
            .map(|(c, coefficient)| c.term(&self.legs, coefficient))
            .collect();
        Expression {
            legs: self.legs.clone(),
            terms,
        }
    }

    /// Whether both sides are equal for all dimensions and all values of their tensors and scalars.
    ///
    /// # Errors
    /// [`SymbolicError::Legs`] if the spaces of the legs differ.
    pub fn equals(&self, other: &Self) -> Result<bool, SymbolicError> {
        Ok(self.minus(other)?.normal_form().is_zero())
    }
}

impl Expression {
    /// The same with its legs called like these, and the summed indices of a term renamed where one of them would be
    /// taken for a leg.
    pub(super) fn called(&self, legs: &[Index]) -> Expression {
        let called = |own: &Index, leg: &Index| Index {
            name: leg.name.clone(),
            space: own.space.clone(),
        };
        let own = self.legs.iter().zip(legs);
        let legs: Vec<Index> = own.map(|(own, leg)| called(own, leg)).collect();
        let term = |term: &Term| {
            let mut term = term.clone();
            let mut summed = term.summed.iter();
            if summed.any(|index| legs.iter().any(|leg| looks_like(leg, &index.name))) {
                let spaces = term.summed.iter().map(|index| index.space.clone());
                term.summed = named(spaces.collect(), &legs);
            }
            term
        };
        let terms = self.terms.iter().map(term).collect();
        Expression { legs, terms }
    }
}

impl Contraction {
    /// The term with this coefficient, its summed indices named beside the legs `names`.
    pub(super) fn term(self, names: &[Index], coefficient: Polynomial) -> Term {
        let Contraction {
            legs,
            edges,
            summed,
        } = self;
        let tied = legs.iter().enumerate().filter(|(leg, root)| leg != *root);
        let mut factors: Vec<Factor> = tied
            .map(|(leg, &root)| Factor::Delta(vec![root, leg]))
            .collect();
        factors.extend(
            edges
                .into_iter()
                .map(|(tensor, slots)| Factor::Entry(tensor, slots)),
        );
        Term {
            coefficient,
            factors,
            summed: named(summed, names),
        }
    }
}

/// Whether a reader takes a name for that of an index.
fn looks_like(index: &Index, name: &str) -> bool {
    *index.name == *name || appearance(&index.name) == appearance(name)
}

/// Gives summed indices the letters of their spaces, leaving out what looks like a leg.
pub(super) fn named(spaces: Vec<Space>, legs: &[Index]) -> Vec<Index> {
    let mut taken: Vec<String> = Vec::new();
    let mut index = |space: Space| {
        let fresh = |round: usize| {
            let letters = space.letters().chars();
            letters.map(move |letter| {
                if round == 0 {
                    letter.to_string()
                } else {
                    format!("{letter}{round}")
                }
            })
        };
        let name = (0..)
            .flat_map(fresh)
            .find(|name| !taken.contains(name) && !legs.iter().any(|leg| looks_like(leg, name)))
            .unwrap_or_default();
        taken.push(name.clone());
        Index {
            name: name.into(),
            space,
        }
    };
    spaces.into_iter().map(&mut index).collect()
}
