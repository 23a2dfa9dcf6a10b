//! Oriented rules: hypotheses such as `W v^j = σ_j u^j` and definitions such as `ω = x ⊗ Gᵀx`.

use super::error::SymbolicError;
use super::expression::{Expression, Factor, Index, Term};
use super::graph::Graph;
use super::polynomial::Polynomial;
use std::sync::Arc;

/// Steps after which rewriting is given up; a set of rules that terminates needs a few dozen.
const STEPS: usize = 10_000;

/// The most that is rewritten in all, in factors cubed, as the normal form of a product takes: rules under which a product grows
/// without end reach it with some 250 factors, while a term of 20 may be rewritten a hundred thousand times.
const WORK: u64 = 1_000_000_000;

/// `left → right`: a product of tensors and what it may be replaced by, on the same legs.
#[derive(Debug, Clone)]
pub struct Rule {
    name: Arc<str>,
    left: Expression,
    pattern: Graph,
    right: Expression,
}

impl Rule {
    /// A rule; `left` is one product of tensors with coefficient 1 in which every leg occurs.
    ///
    /// # Errors
    /// [`SymbolicError::Pattern`] for any other `left`, [`SymbolicError::Legs`] if the sides' legs differ.
    pub fn new(name: &str, left: Expression, right: Expression) -> Result<Self, SymbolicError> {
        left.plus(&right)?;
        let pattern = match left.terms() {
            [term] => Some(Graph::of(&left, term)),
            _ => None,
        };
        let usable = |graph: &Graph| {
            let occurs = |leg: usize| graph.edges.iter().any(|(_, slots)| slots.contains(&leg));
            graph.coefficient == Polynomial::one()
                && !graph.edges.is_empty()
                && graph
                    .legs
                    .iter()
                    .enumerate()
                    .all(|(leg, &root)| leg == root && occurs(leg))
        };
        match pattern.filter(usable) {
            Some(pattern) => Ok(Rule {
                name: name.into(),
                left,
                pattern,
                right,
            }),
            None => Err(SymbolicError::Pattern {
                pattern: left.to_string(),
            }),
        }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The left side as a contraction, its δ's carried out.
    pub(super) fn pattern(&self) -> &Graph {
        &self.pattern
    }

    /// Both sides.
    pub fn sides(&self) -> (&Expression, &Expression) {
        (&self.left, &self.right)
    }
}

impl Expression {
    /// The normal form after the rules, the first that matches first, until none does.
    ///
    /// Equal results prove equality under the rules as hypotheses. Different results disprove nothing
    /// unless the rules are confluent: the rules are used from left to right only.
    ///
    /// # Errors
    /// [`SymbolicError::Rewriting`] where the rules do not terminate, [`SymbolicError::Overflow`] for coefficients whose product is
    /// too large.
    pub fn rewritten(&self, rules: &[&Rule]) -> Result<Expression, SymbolicError> {
        let mut current = self.normal_form();
        let mut spent = 0_u64;
        for number in 1..=STEPS {
            let Some((next, work)) = step(&current, rules)? else {
                return Ok(current);
            };
            spent = spent.saturating_add(work);
            if spent > WORK {
                return Err(SymbolicError::Rewriting { steps: number });
            }
            current = next.normal_form();
        }
        Err(SymbolicError::Rewriting { steps: STEPS })
    }
}

/// The ways to match a rule that are tried.
const WAYS: usize = 1 << 21;

/// Applies the first rule that matches to every term it matches, once; with the cubes of the factors in these terms.
fn step(
    expression: &Expression,
    rules: &[&Rule],
) -> Result<Option<(Expression, u64)>, SymbolicError> {
    let mut terms = Vec::new();
    let mut work = 0_u64;
    for term in expression.terms() {
        let graph = Graph::of(expression, term);
        let mut found = None;
        for rule in rules {
            if let Some(own) = matched(&graph, &rule.pattern)? {
                found = Some((rule, own));
                break;
            }
        }
        match found {
            Some((rule, found)) => {
                let mut right = rule.right.terms().iter();
                let fits = |t: &Term| term.coefficient.multiplies(&t.coefficient);
                if !right.all(fits) {
                    let text = term.coefficient.to_string();
                    return Err(SymbolicError::Overflow { text });
                }
                work = work.saturating_add((term.factors.len() as u64 + 1).saturating_pow(3));
                terms.extend(replaced(&graph, &found, rule, &term.summed));
            }
            None => terms.push(term.clone()),
        }
    }
    let legs = expression.legs.clone();
    Ok((work > 0).then_some((Expression { legs, terms }, work)))
}

/// An occurrence of a pattern: the edges it covers and the vertex each of its vertices goes to.
pub(super) struct Match {
    pub(super) edges: Vec<usize>,
    pub(super) vertices: Vec<Option<usize>>,
}

/// The first occurrence of a pattern.
///
/// # Errors
/// [`SymbolicError::TooMany`] where millions of ways were tried.
pub(super) fn matched(graph: &Graph, pattern: &Graph) -> Result<Option<Match>, SymbolicError> {
    let mut found = Match {
        edges: Vec::new(),
        vertices: vec![None; pattern.len()],
    };
    let mut left = WAYS;
    let is_found = extend(graph, pattern, &mut found, &mut left);
    match left {
        0 => Err(SymbolicError::TooMany {
            what: "ways in which a rule may match",
            count: WAYS,
            limit: WAYS,
        }),
        _ => Ok(is_found.then_some(found)),
    }
}

/// Extends a partial match by the pattern's next edge, in all ways, until one is complete.
fn extend(graph: &Graph, pattern: &Graph, found: &mut Match, left: &mut usize) -> bool {
    let Some((tensor, slots)) = pattern.edges.get(found.edges.len()) else {
        return is_closed(graph, pattern, found);
    };
    for (edge, (candidate, at)) in graph.edges.iter().enumerate() {
        if candidate != tensor || found.edges.contains(&edge) {
            continue;
        }
        for symmetry in tensor.symmetries() {
            *left = left.saturating_sub(1);
            if *left == 0 {
                return false;
            }
            let before = found.vertices.clone();
            let mut agrees = |(&vertex, &slot): (&usize, &usize)| {
                *found.vertices[vertex].get_or_insert(at[slot]) == at[slot]
            };
            if slots.iter().zip(symmetry).all(&mut agrees) {
                found.edges.push(edge);
                if extend(graph, pattern, found, left) {
                    return true;
                }
                found.edges.pop();
            }
            found.vertices = before;
        }
    }
    false
}

/// Whether what the pattern sums over is summed over in the graph and occurs nowhere else.
fn is_closed(graph: &Graph, pattern: &Graph, found: &Match) -> bool {
    let count = |graph: &Graph, v: usize| {
        graph
            .edges
            .iter()
            .flat_map(|(_, slots)| slots)
            .filter(|&&slot| slot == v)
            .count()
    };
    (pattern.legs.len()..pattern.len()).all(|vertex| match found.vertices[vertex] {
        Some(image) => image >= graph.legs.len() && count(graph, image) == count(pattern, vertex),
        None => false,
    })
}

/// The terms of the rule's right side in place of the match.
pub(super) fn replaced(graph: &Graph, found: &Match, rule: &Rule, names: &[Index]) -> Vec<Term> {
    let legs = graph.legs.len();
    // What the pattern summed over goes with it; the rest keeps its place.
    let gone: Vec<usize> = found.vertices[rule.pattern.legs.len()..]
        .iter()
        .flatten()
        .copied()
        .collect();
    let kept: Vec<usize> = (legs..graph.len()).filter(|v| !gone.contains(v)).collect();
    let number = |v: usize| kept.iter().position(|&k| k == v).map_or(v, |k| k + legs);
    let mut rest: Vec<Factor> = graph.leg_deltas().collect();
    for (edge, (tensor, slots)) in graph.edges.iter().enumerate() {
        if !found.edges.contains(&edge) {
            let slots = slots.iter().map(|&v| number(v)).collect();
            rest.push(Factor::Entry(tensor.clone(), slots));
        }
    }
    let summed: Vec<Index> = kept.iter().map(|&v| names[v - legs].clone()).collect();
    let place = |v: &usize| match found.vertices.get(*v) {
        Some(&Some(image)) if *v < rule.pattern.legs.len() => number(image),
        _ => legs + summed.len() + v - rule.pattern.legs.len(),
    };
    let instance = |term: &Term| {
        let mut factors = rest.clone();
        factors.extend(term.factors.iter().map(|factor| match factor {
            Factor::Delta(slots) => Factor::Delta(slots.iter().map(place).collect()),
            Factor::Entry(tensor, slots) => {
                Factor::Entry(tensor.clone(), slots.iter().map(place).collect())
            }
        }));
        Term {
            coefficient: &graph.coefficient * &term.coefficient,
            factors,
            summed: [summed.as_slice(), term.summed.as_slice()].concat(),
        }
    };
    rule.right.terms().iter().map(instance).collect()
}
