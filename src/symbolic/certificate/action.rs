//! What is done to a contraction, and the terms that come of it.

use super::blocks::{blocks, pairs, two_pairings};
use super::words::{index_names, joined, leg_names, numbers};
use crate::symbolic::by_parts::ByParts;
use crate::symbolic::error::SymbolicError;
use crate::symbolic::expression::{Factor, Term};
use crate::symbolic::graph::Graph;
use crate::symbolic::law::TensorLaw;
use crate::symbolic::polynomial::Polynomial;
use crate::symbolic::rewrite::{Match, Rule, matched, replaced};
use crate::symbolic::tensor::Tensor;
use crate::symbolic::theory::Theory;
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
    /// Functions of a Gaussian form are replaced by their mean.
    Mean {
        /// The mean.
        mean: String,
        /// The functions, in the order of its definition.
        at: String,
    },
}

/// What acts on contractions.
#[derive(Debug, Clone, Copy)]
pub(super) enum Action<'a> {
    /// The first of the rules that matches.
    Rewrite(&'a [&'a Rule]),
    /// The expectation over the entries of a tensor.
    Integrate(&'a str, &'a TensorLaw),
    /// The same for standard Gaussian entries, by Stein's formula.
    Stein(&'a ByParts<'a>, &'a Theory),
    /// One entry of a tensor is taken out of each term.
    Once(&'a ByParts<'a>),
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
        .map(|rule| Some((rule, matched(graph, rule.pattern()).ok()??)));
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

/// For independent entries `E x_{s₁} ⋯ x_{s_m} = Σ_{B∋1} κ_|B| δ(the slots of B agree) E Π_{j∉B} x_{s_j}`, by size of `B`,
/// then in the order of the factors; for those of an ensemble
/// `E T_{s₁} ⋯ T_{s_m} = Σ_{j>1} Σ_g χ(g) δ(s₁, g·s_j) E Π_{k≠1,j} T_{s_k}`; for a uniform matrix of a group all factors
/// at once, by the pairing of the rows and then of the columns.
pub(super) fn integrated(
    graph: &Graph,
    name: &str,
    law: &TensorLaw,
    term: &Term,
    names: &[String],
) -> Result<Option<Raw>, SymbolicError> {
    let is_random = |edge: &usize| {
        let own = graph.edges[*edge].0.name();
        **own == *name || law.conjugate() == Some(own)
    };
    let random: Vec<usize> = (0..graph.edges.len()).filter(is_random).collect();
    let Some((&first, others)) = random.split_first() else {
        return Ok(None);
    };
    let blocks = match law {
        TensorLaw::Ensemble(ensemble) => pairs(graph, ensemble, first, others),
        TensorLaw::Haar(haar) => two_pairings(graph, haar, &random),
        TensorLaw::Gaussian | TensorLaw::Cumulants(_) => blocks(graph, law, first, others)?,
    };
    let terms = blocks.into_iter().map(|block| {
        let rest = (0..graph.edges.len()).filter(|edge| !block.members.contains(edge));
        let rest = rest.map(|edge| {
            let (tensor, slots) = &graph.edges[edge];
            Factor::Entry(tensor.clone(), slots.clone())
        });
        let ties = graph.leg_deltas().chain(block.ties);
        let new = Term {
            coefficient: Polynomial::one(),
            factors: ties.chain(rest).collect(),
            summed: term.summed.clone(),
        };
        (new, names.to_vec())
    });
    let action = ActionRecord::Integrate { integrate: first };
    Ok(Some((action, terms.collect())))
}

/// The first random factor of a contraction is taken out, and the others are differentiated.
pub(super) fn by_parts(
    graph: &Graph,
    parts: &ByParts,
    term: &Term,
    names: &[String],
) -> Result<Option<Raw>, SymbolicError> {
    let whole = whole(graph, term);
    let is_random = |(tensor, _): &(Tensor, Vec<usize>)| parts.is_random(tensor);
    let Some(integrate) = graph.edges.iter().position(is_random) else {
        return Ok(None);
    };
    let named = |new: Term| {
        let fresh = new.summed[term.summed.len()..].iter();
        let fresh = fresh.map(|index| format!("{}{FRESH}", index.name));
        let names = names.iter().cloned().chain(fresh).collect();
        (new, names)
    };
    let terms = parts.terms(graph.legs.len(), &whole)?;
    let terms = terms.into_iter().flatten().map(named).collect();
    Ok(Some((ActionRecord::Integrate { integrate }, terms)))
}

/// Stein's formula for the first random factor, or where there is none the name of the mean that is left.
pub(super) fn stein(
    graph: &Graph,
    parts: &ByParts,
    theory: &Theory,
    term: &Term,
    names: &[String],
) -> Result<Option<Raw>, SymbolicError> {
    let random = parts.random();
    if let Some(taken) = by_parts(graph, parts, term, names)? {
        return Ok(Some(taken));
    }
    let whole = whole(graph, term);
    let ties = graph.leg_deltas().count();
    let Some((mean, at)) = theory.mean_of(&whole.factors, random)? else {
        return Ok(None);
    };
    let action = ActionRecord::Mean {
        mean: mean.name().to_string(),
        at: joined(at.iter().map(|place| (place - ties).to_string())),
    };
    let new = theory.named(whole, random)?;
    Ok(Some((action, vec![(new, names.to_vec())])))
}

/// A contraction as a term with coefficient 1.
fn whole(graph: &Graph, term: &Term) -> Term {
    let edges = graph.edges.iter();
    let factors = edges.map(|(tensor, slots)| Factor::Entry(tensor.clone(), slots.clone()));
    Term {
        coefficient: Polynomial::one(),
        factors: graph.leg_deltas().chain(factors).collect(),
        summed: term.summed.clone(),
    }
}
