//! Which random factors are integrated out with the first, law by law.

use crate::symbolic::ensemble::{Ensemble, Signed};
use crate::symbolic::error::SymbolicError;
use crate::symbolic::expression::Factor;
use crate::symbolic::graph::Graph;
use crate::symbolic::haar::Haar;
use crate::symbolic::law::TensorLaw;

/// Random factors that are integrated out together, and what ties their slots. The checker knows the coefficient.
pub(super) struct Block {
    pub(super) members: Vec<usize>,
    pub(super) ties: Vec<Factor>,
}

/// The blocks of independent entries that hold the first.
pub(super) fn blocks(
    graph: &Graph,
    law: &TensorLaw,
    first: usize,
    others: &[usize],
) -> Result<Vec<Block>, SymbolicError> {
    let mut blocks = Vec::new();
    for size in 0..=others.len() {
        if law.cumulant(size + 1)?.is_zero() {
            continue;
        }
        for chosen in combinations(others, size) {
            let members = [&[first], chosen.as_slice()].concat();
            let tied = |k: usize| members.iter().map(|&edge| graph.edges[edge].1[k]).collect();
            let slots = 0..graph.edges[first].1.len();
            let ties = slots.map(|k| Factor::Delta(tied(k))).collect();
            blocks.push(Block { members, ties });
        }
    }
    Ok(blocks)
}

/// All factors, for each pairing of the rows and each of the columns.
pub(super) fn two_pairings(graph: &Graph, haar: &Haar, random: &[usize]) -> Vec<Block> {
    let side = |&edge: &usize| usize::from(haar.conjugate() == Some(graph.edges[edge].0.name()));
    let pairings = haar.pairings(&random.iter().map(side).collect::<Vec<_>>());
    let tied = |pairing: &[usize], slot: usize| -> Vec<Factor> {
        let pairs = pairing
            .iter()
            .enumerate()
            .filter(|(one, other)| one < other);
        let index = |k: usize| graph.edges[random[k]].1[slot];
        pairs
            .map(|(one, &other)| Factor::Delta(vec![index(one), index(other)]))
            .collect()
    };
    let block = |rows: &[usize], columns: &[usize]| Block {
        members: random.to_vec(),
        ties: [tied(rows, 0), tied(columns, 1)].concat(),
    };
    let both = pairings
        .iter()
        .flat_map(|rows| pairings.iter().map(move |columns| (rows, columns)));
    both.map(|(rows, columns)| block(rows, columns)).collect()
}

/// The pairs with the first, each in every way.
pub(super) fn pairs(
    graph: &Graph,
    ensemble: &Ensemble,
    first: usize,
    others: &[usize],
) -> Vec<Block> {
    let (tensor, slots) = &graph.edges[first];
    let is_complex = ensemble.conjugate().is_some();
    let partners = others
        .iter()
        .filter(|&&other| !is_complex || graph.edges[other].0 != *tensor);
    let pair = |(&other, (_, g)): (&usize, &Signed)| {
        let tied = slots.iter().zip(g);
        let tie = |(&a, &k): (&usize, &usize)| Factor::Delta(vec![a, graph.edges[other].1[k]]);
        Block {
            members: vec![first, other],
            ties: tied.map(tie).collect(),
        }
    };
    let ways = |other| ensemble.pairings().iter().map(move |way| (other, way));
    partners.flat_map(ways).map(pair).collect()
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
