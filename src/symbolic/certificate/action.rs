//! What is done to a contraction, and the terms that come of it.

use super::words::{index_names, joined, leg_names, numbers};
use crate::symbolic::error::SymbolicError;
use crate::symbolic::expression::{Factor, Term};
use crate::symbolic::graph::Graph;
use crate::symbolic::law::Law;
use crate::symbolic::polynomial::Polynomial;
use crate::symbolic::rewrite::{Match, Rule, matched, replaced};
use serde::Serialize;

/// What marks the names of indices that come from elsewhere: no name that is written holds it.
pub(super) const FRESH: char = '~';

/// What is done to a contraction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(super) enum ActionRecord {
    /// A rule is applied.
    Rule {
        /// Its name.
        rule: String,
        /// The factors that the rule's factors match, each with its permutation of slots unless it is 1.
        at: String,
        /// What the rule's indices are, legs first.
        #[serde(rename = "as")]
        indices: String,
    },
    /// The block of a random factor is summed over.
    Integrate {
        /// The factor.
        integrate: usize,
    },
}

/// What acts on contractions.
#[derive(Debug, Clone, Copy)]
pub(super) enum Action<'a> {
    /// The first of the rules that matches.
    Rewrite(&'a [&'a Rule]),
    /// The expectation over the entries of a tensor.
    Integrate(&'a str, &'a Law),
}

/// What is done, and the terms that come of it with the names of their indices.
pub(super) type Raw = (ActionRecord, Vec<(Term, Vec<String>)>);

/// The first rule that matches a contraction, applied.
pub(super) fn rewritten(
    graph: &Graph,
    rules: &[&Rule],
    term: &Term,
    names: &[String],
) -> Option<Raw> {
    let mut matches = rules
        .iter()
        .map(|rule| Some((rule, matched(graph, rule.pattern())?)));
    let (rule, found) = matches.find_map(|m| m)?;
    let legs = graph.legs.len();
    let action = ActionRecord::Rule {
        rule: rule.name().into(),
        at: joined(found.edges.iter().enumerate().map(|(k, &edge)| {
            let symmetry = symmetry_of(graph, rule.pattern(), &found, k);
            symmetry.map_or(edge.to_string(), |s| format!("{edge}:{s}"))
        })),
        indices: joined(found.vertices.iter().flatten().map(|&v| names[v].clone())),
    };
    let (left, right) = rule.sides();
    let rule_legs = leg_names(left);
    let replaced = replaced(graph, &found, rule, &term.summed);
    let named = |(new, of_rule): (Term, &Term)| {
        let kept = new.summed.len() - of_rule.summed.len();
        let own = new.summed[..kept]
            .iter()
            .map(|index| index.name.to_string());
        let fresh = index_names(&rule_legs, &of_rule.summed);
        let fresh = fresh[rule_legs.len()..]
            .iter()
            .map(|name| format!("{name}{FRESH}"));
        let names = names[..legs]
            .iter()
            .cloned()
            .chain(own)
            .chain(fresh)
            .collect();
        (new, names)
    };
    let terms = replaced.into_iter().zip(right.terms()).map(named).collect();
    Some((action, terms))
}

/// The permutation of slots, other than 1, by which factor `k` of a pattern matches.
fn symmetry_of(graph: &Graph, pattern: &Graph, found: &Match, k: usize) -> Option<String> {
    let (tensor, slots) = &pattern.edges[k];
    let at = &graph.edges[found.edges[k]].1;
    let agrees = |symmetry: &&Vec<usize>| {
        let mut pairs = slots.iter().zip(symmetry.iter());
        pairs.all(|(&vertex, &slot)| found.vertices[vertex] == Some(at[slot]))
    };
    let symmetry = tensor.symmetries().iter().find(agrees)?;
    (*symmetry != tensor.symmetries()[0]).then(|| numbers(symmetry, ","))
}

/// `E x_{s₁} ⋯ x_{s_m} = Σ_{B∋1} κ_|B| δ(the slots of B agree) E Π_{j∉B} x_{s_j}`, by size of `B`, then in
/// the order of the factors.
pub(super) fn integrated(
    graph: &Graph,
    name: &str,
    law: &Law,
    term: &Term,
    names: &[String],
) -> Result<Option<Raw>, SymbolicError> {
    let is_random = |edge: &usize| **graph.edges[*edge].0.name() == *name;
    let random: Vec<usize> = (0..graph.edges.len()).filter(is_random).collect();
    let Some((&first, others)) = random.split_first() else {
        return Ok(None);
    };
    let mut terms = Vec::new();
    for size in 1..=random.len() {
        if law.cumulant(size)?.is_zero() {
            continue;
        }
        for chosen in combinations(others, size - 1) {
            let block = [&[first], chosen.as_slice()].concat();
            let slots = |slot: usize| block.iter().map(move |&edge| graph.edges[edge].1[slot]);
            let tied = |slot: usize| Factor::Delta(slots(slot).collect());
            let ties = (0..graph.edges[first].1.len()).map(tied);
            let rest = (0..graph.edges.len()).filter(|edge| !block.contains(edge));
            let rest = rest.map(|edge| {
                let (tensor, slots) = &graph.edges[edge];
                Factor::Entry(tensor.clone(), slots.clone())
            });
            let new = Term {
                coefficient: Polynomial::one(),
                factors: graph.leg_deltas().chain(ties).chain(rest).collect(),
                summed: term.summed.clone(),
            };
            terms.push((new, names.to_vec()));
        }
    }
    Ok(Some((ActionRecord::Integrate { integrate: first }, terms)))
}

/// The subsets of a size, in lexicographic order.
fn combinations(of: &[usize], size: usize) -> Vec<Vec<usize>> {
    if size == 0 {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for (k, &first) in of.iter().enumerate() {
        for rest in combinations(&of[k + 1..], size - 1) {
            all.push([&[first], rest.as_slice()].concat());
        }
    }
    all
}
