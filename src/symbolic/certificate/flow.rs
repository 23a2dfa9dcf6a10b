//! The flow of a step: which contractions its terms become, down to those that nothing acts on.
//!
//! Both sides enter a directed graph of contractions, the right one with a minus sign; a contraction that a
//! rule matches, or that holds a random factor, passes its coefficient on to what it becomes. The step holds
//! if nothing is left anywhere. Isomorphic contractions are one node, so an expectation of `2k` factors takes
//! as many nodes as there are different contractions on the way, not `(2k − 1)!!` pairings.

use super::words::{ProductRecord, index_names, joined, leg_names, numbers, product};
use crate::symbolic::canonical::canonical_order;
use crate::symbolic::error::SymbolicError;
use crate::symbolic::expression::{Expression, Factor, Index, Term};
use crate::symbolic::graph::Graph;
use crate::symbolic::law::Law;
use crate::symbolic::normal::Contraction;
use crate::symbolic::polynomial::Polynomial;
use crate::symbolic::rewrite::{Match, Rule, matched, replaced};
use serde::Serialize;
use std::collections::BTreeMap;

/// Nodes and depth after which a flow is given up; that of `E Tr NTK⁴` has some hundreds of nodes.
const NODES: usize = 9_999;
const DEPTH: usize = 1_000;

/// What marks the names of indices that come from elsewhere: no name that is written holds it.
pub(super) const FRESH: char = '~';

/// A contraction, and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct NodeRecord {
    #[serde(flatten)]
    product: ProductRecord,
    #[serde(skip_serializing_if = "Option::is_none", rename = "do")]
    action: Option<ActionRecord>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    into: Vec<String>,
}

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

/// The flow of a step, with the nodes that the terms of its sides are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Flow {
    nodes: Vec<NodeRecord>,
    left: Vec<String>,
    right: Vec<String>,
}

/// What acts on contractions.
#[derive(Debug, Clone, Copy)]
pub(super) enum Action<'a> {
    /// The first of the rules that matches.
    Rewrite(&'a [&'a Rule]),
    /// The expectation over the entries of a tensor.
    Integrate(&'a str, &'a Law),
}

/// An expression with the names of the indices of each of its terms, legs first.
pub(super) struct Named<'a> {
    pub(super) expression: &'a Expression,
    pub(super) names: Vec<Vec<String>>,
}

impl<'a> Named<'a> {
    /// The names that the record of the expression has.
    pub(super) fn as_written(legs: &[String], expression: &'a Expression) -> Self {
        let names = |term: &Term| index_names(legs, &term.summed);
        Named {
            expression,
            names: expression.terms().iter().map(names).collect(),
        }
    }
}

/// The flow of `left = right`; each side is the sum of its parts.
pub(super) fn flow(
    legs: &[String],
    left: &[Named],
    right: &[Named],
    action: Action,
) -> Result<Flow, SymbolicError> {
    let mut walk = Walk {
        legs,
        action,
        known: BTreeMap::new(),
        nodes: Vec::new(),
        finished: Vec::new(),
    };
    let mut entries = [Vec::new(), Vec::new()];
    for (side, parts) in entries.iter_mut().zip([left, right]) {
        for part in parts {
            for (term, names) in part.expression.terms().iter().zip(&part.names) {
                side.push(walk.enter(part.expression, term, names, 0)?);
            }
        }
    }
    let [left, right] = entries;
    Ok(walk.written(&left, &right))
}

/// A term as one of the nodes.
struct Entry {
    node: usize,
    /// The term's names of the node's summed indices, and the symmetries used.
    words: String,
}

/// A node before the nodes are put in order.
struct Node {
    product: ProductRecord,
    action: Option<ActionRecord>,
    into: Vec<Entry>,
}

struct Walk<'a> {
    legs: &'a [String],
    action: Action<'a>,
    known: BTreeMap<Contraction, usize>,
    nodes: Vec<Option<Node>>,
    /// The nodes, each after all that it becomes.
    finished: Vec<usize>,
}

impl Walk<'_> {
    /// The node that a term is, made with all that follows from it if it is new.
    fn enter(
        &mut self,
        expression: &Expression,
        term: &Term,
        names: &[String],
        depth: usize,
    ) -> Result<Entry, SymbolicError> {
        let graph = Graph::of(expression, term);
        let order = canonical_order(&graph);
        let contraction = Contraction::labelled(&graph, &order);
        let legs = graph.legs.len();
        let own = order.iter().map(|&v| names[graph.origin[v - legs]].clone());
        let words = joined(own.chain(symmetries_used(&graph, &order)));
        let node = match self.known.get(&contraction) {
            Some(&node) => node,
            None => {
                let node = self.nodes.len();
                if node == NODES || depth == DEPTH {
                    return Err(SymbolicError::Rewriting {
                        steps: depth.max(node),
                    });
                }
                self.nodes.push(None);
                self.known.insert(contraction.clone(), node);
                let made = self.node(expression, contraction, depth)?;
                self.nodes[node] = Some(made);
                self.finished.push(node);
                node
            }
        };
        Ok(Entry { node, words })
    }

    fn node(
        &mut self,
        expression: &Expression,
        contraction: Contraction,
        depth: usize,
    ) -> Result<Node, SymbolicError> {
        let legs: Vec<Index> = expression
            .legs()
            .iter()
            .zip(self.legs)
            .map(|(leg, name)| Index {
                name: name.as_str().into(),
                space: leg.space.clone(),
            })
            .collect();
        let whole = Expression {
            terms: vec![contraction.term(&legs, Polynomial::one())],
            legs,
        };
        let term = &whole.terms()[0];
        let names = index_names(self.legs, &term.summed);
        let graph = Graph::of(&whole, term);
        let mut node = Node {
            product: product(&names, term),
            action: None,
            into: Vec::new(),
        };
        let raw = match self.action {
            Action::Rewrite(rules) => rewritten(&graph, rules, term, &names),
            Action::Integrate(tensor, law) => integrated(&graph, tensor, law, term, &names)?,
        };
        if let Some((action, terms)) = raw {
            node.action = Some(action);
            for (term, names) in &terms {
                node.into.push(self.enter(&whole, term, names, depth + 1)?);
            }
        }
        Ok(node)
    }

    /// The records, each node before all that it becomes.
    fn written(self, left: &[Entry], right: &[Entry]) -> Flow {
        let mut place = vec![0; self.nodes.len()];
        for (k, &node) in self.finished.iter().rev().enumerate() {
            place[node] = k;
        }
        let word = |entry: &Entry| {
            joined(
                [place[entry.node].to_string(), entry.words.clone()]
                    .into_iter()
                    .filter(|w| !w.is_empty()),
            )
        };
        let mut records: Vec<(usize, NodeRecord)> = Vec::new();
        for (k, node) in self.nodes.into_iter().enumerate() {
            if let Some(node) = node {
                let into = node.into.iter().map(word).collect();
                let record = NodeRecord {
                    product: node.product,
                    action: node.action,
                    into,
                };
                records.push((place[k], record));
            }
        }
        records.sort_by_key(|(place, _)| *place);
        Flow {
            nodes: records.into_iter().map(|(_, record)| record).collect(),
            left: left.iter().map(word).collect(),
            right: right.iter().map(word).collect(),
        }
    }
}

/// The permutations of slots, other than 1, that put the factors of a graph in the form of its node.
fn symmetries_used(graph: &Graph, order: &[usize]) -> Vec<String> {
    let legs = graph.legs.len();
    let mut number: Vec<usize> = (0..graph.len()).collect();
    for (k, &v) in order.iter().enumerate() {
        number[v] = legs + k;
    }
    let mut used = Vec::new();
    for (factor, (tensor, slots)) in graph.edges.iter().enumerate() {
        let arranged = |symmetry: &&Vec<usize>| -> Vec<usize> {
            symmetry.iter().map(|&k| number[slots[k]]).collect()
        };
        let symmetries = tensor.symmetries();
        if symmetries.len() > 1
            && let Some(best) = symmetries.iter().min_by_key(arranged)
            && *best != symmetries[0]
        {
            used.push(format!("{factor}:{}", numbers(best, ",")));
        }
    }
    used
}

/// What is done, and the terms that come of it with the names of their indices.
type Raw = (ActionRecord, Vec<(Term, Vec<String>)>);

fn rewritten(graph: &Graph, rules: &[&Rule], term: &Term, names: &[String]) -> Option<Raw> {
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
fn integrated(
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
