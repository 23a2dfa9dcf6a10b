//! The flow of a step: which contractions its terms become, down to those that nothing acts on.
//!
//! Both sides enter a directed graph of contractions, the right one with a minus sign; a contraction that a
//! rule matches, or that holds a random factor, passes its coefficient on to what it becomes. The step holds
//! if nothing is left anywhere. Isomorphic contractions are one node, so an expectation of `2k` factors takes
//! as many nodes as there are different contractions on the way, not `(2k − 1)!!` pairings.

use super::action::{Action, ActionRecord, by_parts, integrated, rewritten, stein};
use super::words::{ProductRecord, index_names, joined, numbers, product};
use crate::symbolic::canonical::canonical_order;
use crate::symbolic::error::SymbolicError;
use crate::symbolic::expression::{Expression, Index, Term};
use crate::symbolic::graph::Graph;
use crate::symbolic::normal::Contraction;
use crate::symbolic::polynomial::Polynomial;
use serde::Serialize;
use std::collections::BTreeMap;

/// Nodes and depth after which a flow is given up; that of `E Tr NTK⁴` has some hundreds of nodes.
const NODES: usize = 9_999;
const DEPTH: usize = 1_000;

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

/// The flow of a step, with the nodes that the terms of its sides are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Flow {
    nodes: Vec<NodeRecord>,
    left: Vec<String>,
    right: Vec<String>,
}

impl Flow {
    /// Whether a rule is applied somewhere.
    pub(super) fn takes(&self, name: &str) -> bool {
        let is_applied = |node: &NodeRecord| matches!(&node.action, Some(ActionRecord::Rule { rule, .. }) if rule == name);
        self.nodes.iter().any(is_applied)
    }
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
    let mut entered = |parts: &[Named], turn| {
        let mut side = Vec::new();
        for part in parts {
            for (term, names) in part.expression.terms().iter().zip(&part.names) {
                side.push(walk.enter(part.expression, term, names, turn)?);
            }
        }
        Ok::<_, SymbolicError>(side)
    };
    let left = entered(left, Turn::first())?;
    let right = entered(right, action.after(Turn::first()))?;
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

/// Whether a node is acted on, if something in it can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Role {
    Acted,
    Left,
}

/// How deep a node is, and its role.
#[derive(Debug, Clone, Copy)]
struct Turn {
    depth: usize,
    role: Role,
}

impl Turn {
    fn first() -> Self {
        Turn {
            depth: 0,
            role: Role::Acted,
        }
    }
}

impl Action<'_> {
    /// The turn of what a node becomes, and of the right side.
    fn after(&self, turn: Turn) -> Turn {
        Turn {
            depth: turn.depth + 1,
            role: match self {
                Action::Once(_) => Role::Left,
                Action::Rewrite(_) | Action::Integrate(..) | Action::Stein(..) => turn.role,
            },
        }
    }

    /// The role of a contraction: what has no random factor to be taken out is left on either side.
    fn role(&self, graph: &Graph, role: Role) -> Role {
        match self {
            Action::Once(parts) if !graph.edges.iter().any(|(t, _)| parts.is_random(t)) => {
                Role::Left
            }
            _ => role,
        }
    }
}

struct Walk<'a> {
    legs: &'a [String],
    action: Action<'a>,
    known: BTreeMap<(Role, Contraction), usize>,
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
        turn: Turn,
    ) -> Result<Entry, SymbolicError> {
        let graph = Graph::of(expression, term);
        let role = self.action.role(&graph, turn.role);
        let order = canonical_order(&graph);
        let contraction = Contraction::labelled(&graph, &order);
        let legs = graph.legs.len();
        let own = order.iter().map(|&v| names[graph.origin[v - legs]].clone());
        let words = joined(own.chain(symmetries_used(&graph, &order)));
        let node = match self.known.get(&(role, contraction.clone())) {
            Some(&node) => node,
            None => {
                let node = self.nodes.len();
                if node == NODES || turn.depth == DEPTH {
                    return Err(SymbolicError::Rewriting {
                        steps: turn.depth.max(node),
                    });
                }
                self.nodes.push(None);
                self.known.insert((role, contraction.clone()), node);
                let made = self.node(expression, contraction, Turn { role, ..turn })?;
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
        turn: Turn,
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
            Action::Stein(parts, means) => stein(&graph, parts, means, term, &names)?,
            Action::Once(_) if turn.role == Role::Left => None,
            Action::Once(parts) => by_parts(&graph, parts, term, &names)?,
        };
        if let Some((action, terms)) = raw {
            node.action = Some(action);
            for (term, names) in &terms {
                let turn = self.action.after(turn);
                node.into.push(self.enter(&whole, term, names, turn)?);
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
