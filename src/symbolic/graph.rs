//! The contraction graph of a term: δ's carried out, closed loops turned into dimensions.

use super::expression::{Expression, Factor, Term};
use super::polynomial::Polynomial;
use super::tensor::{Space, Tensor};

/// A term whose δ's have been carried out. Vertices are the indices: the legs `0..legs.len()`, then the
/// summed ones; an edge is a tensor, which joins as many vertices as it has slots.
#[derive(Debug, Clone)]
pub(super) struct Graph {
    pub(super) coefficient: Polynomial,
    /// For each leg the first leg that δ's make equal to it.
    pub(super) legs: Vec<usize>,
    pub(super) summed: Vec<Space>,
    /// For each summed vertex its place among the term's indices, legs first.
    pub(super) origin: Vec<usize>,
    pub(super) edges: Vec<(Tensor, Vec<usize>)>,
}

impl Graph {
    /// The graph of one term of an expression: `δ_ab T_bc = T_ac`, and a summed index that no tensor
    /// holds gives its dimension.
    pub(super) fn of(expression: &Expression, term: &Term) -> Self {
        let legs = expression.legs.len();
        let mut root: Vec<usize> = (0..legs + term.summed.len()).collect();
        for factor in &term.factors {
            if let Factor::Delta(indices) = factor {
                for pair in indices.windows(2) {
                    identify(&mut root, pair[0], pair[1]);
                }
            }
        }
        let mut edges: Vec<(Tensor, Vec<usize>)> = Vec::new();
        for factor in &term.factors {
            if let Factor::Entry(tensor, indices) = factor {
                edges.push((tensor.clone(), indices.iter().map(|&v| root[v]).collect()));
            }
        }
        let mut used = vec![false; root.len()];
        edges
            .iter()
            .flat_map(|(_, slots)| slots)
            .for_each(|&v| used[v] = true);

        let mut number: Vec<usize> = (0..legs).collect();
        let (mut summed, mut origin) = (Vec::new(), Vec::new());
        let mut coefficient = term.coefficient.clone();
        for v in legs..root.len() {
            number.push(legs + summed.len());
            if root[v] == v {
                let space = expression.space(term, v);
                if used[v] {
                    summed.push(space.clone());
                    origin.push(v);
                } else {
                    coefficient = &coefficient * &Polynomial::symbol(space.dimension(), 1);
                }
            }
        }
        for v in edges.iter_mut().flat_map(|(_, slots)| slots) {
            *v = number[*v];
        }
        root.truncate(legs);
        Graph {
            coefficient,
            legs: root,
            summed,
            origin,
            edges,
        }
    }

    /// The number of vertices.
    pub(super) fn len(&self) -> usize {
        self.legs.len() + self.summed.len()
    }

    /// The δ's between legs, as factors.
    pub(super) fn leg_deltas(&self) -> impl Iterator<Item = Factor> + '_ {
        let tied = self
            .legs
            .iter()
            .enumerate()
            .filter(|(leg, root)| leg != *root);
        tied.map(|(leg, &root)| Factor::Delta(vec![root, leg]))
    }
}

/// Makes two indices one, represented by the smaller, so that a leg represents its class.
pub(super) fn identify<T: Copy + Ord>(root: &mut [T], a: usize, b: usize) {
    let (keep, drop) = (root[a].min(root[b]), root[a].max(root[b]));
    if keep != drop {
        root.iter_mut()
            .filter(|r| **r == drop)
            .for_each(|r| *r = keep);
    }
}
