//! The rank of a term of 𝒬 as an operator, as far as its indices tell.
//!
//! A term is a network between the legs of ω and their copies. If fixing some indices takes it apart into a factor with the legs
//! and one with the copies, it is a sum over the values of these indices of operators of rank 1: the rank is at most the
//! product of their sizes (a minimal cut of vertices).

use super::model::Model;
use crate::symbolic::{Expression, Factor, Term};

/// The most indices of a term of which all cuts are tried; one with more is taken to be of full rank.
const INDICES: usize = 14;

/// The sizes whose product bounds the rank, `d p`, where it is of smaller order than N; `None` for a term of full order.
pub(super) fn deficient(model: &Model, whole: &Expression, term: &Term) -> Option<String> {
    let legs = whole.legs().len();
    let spaces = whole.legs().iter().chain(&term.summed);
    let symbols: Vec<String> = spaces
        .map(|index| index.space.dimension().to_string())
        .collect();
    let class = classes(term, symbols.len());
    let mut vertices = class.clone();
    vertices.sort_unstable();
    vertices.dedup();
    if vertices.len() > INDICES {
        return None;
    }
    let order = |cut: usize| -> i64 {
        let held = vertices
            .iter()
            .enumerate()
            .filter(|(k, _)| cut >> k & 1 == 1);
        held.map(|(_, &v)| model.order_of(&symbols[v])).sum()
    };
    let full: i64 = symbols
        .iter()
        .take(legs / 2)
        .map(|s| model.order_of(s))
        .sum();
    let number = |index: usize| vertices.binary_search(&class[index]).unwrap_or(0);
    let edges: Vec<Vec<usize>> = term
        .factors
        .iter()
        .map(|factor| factor.indices().iter().map(|&k| number(k)).collect())
        .collect();
    let (own, copies): (Vec<usize>, Vec<usize>) = (
        (0..legs / 2).map(number).collect(),
        (legs / 2..legs).map(number).collect(),
    );
    let cuts = (0..1_usize << vertices.len()).filter(|&cut| order(cut) < full);
    let least = cuts
        .filter(|&cut| is_cut(cut, &edges, &own, &copies))
        .min_by_key(|&cut| (order(cut), cut.count_ones()))?;
    let held = vertices
        .iter()
        .enumerate()
        .filter(|(k, _)| least >> k & 1 == 1);
    let sizes: Vec<&str> = held.map(|(_, &v)| symbols[v].as_str()).collect();
    Some(match sizes.is_empty() {
        true => "1".into(),
        false => sizes.join(" "),
    })
}

/// The index that each stands for, δ's carried out.
fn classes(term: &Term, count: usize) -> Vec<usize> {
    let mut class: Vec<usize> = (0..count).collect();
    for factor in &term.factors {
        let Factor::Delta(indices) = factor else {
            continue;
        };
        for pair in indices.windows(2) {
            let (from, to) = (
                class[pair[0]].max(class[pair[1]]),
                class[pair[0]].min(class[pair[1]]),
            );
            class
                .iter_mut()
                .filter(|c| **c == from)
                .for_each(|c| *c = to);
        }
    }
    class
}

/// Whether no way from a leg to a copy is left without these vertices.
fn is_cut(cut: usize, edges: &[Vec<usize>], own: &[usize], copies: &[usize]) -> bool {
    let fixed = |v: &usize| cut >> v & 1 == 1;
    let mut reached: Vec<usize> = own.iter().filter(|v| !fixed(v)).copied().collect();
    let mut at = 0;
    while let Some(&v) = reached.get(at) {
        at += 1;
        for edge in edges.iter().filter(|edge| edge.contains(&v)) {
            for w in edge {
                if !fixed(w) && !reached.contains(w) {
                    reached.push(*w);
                }
            }
        }
    }
    copies.iter().all(|v| !reached.contains(v))
}
