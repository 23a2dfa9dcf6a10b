//! What tells vertices apart without a choice: what hangs together, and the colours around each.

use super::Search;
use crate::symbolic::graph::identify;
use std::collections::BTreeMap;

impl Search<'_> {
    /// The connected components of the vertices without a label, each with the edges that touch it.
    pub(super) fn split(
        &self,
        vertices: &[usize],
        edges: &[usize],
        labels: &[Option<usize>],
    ) -> Vec<(Vec<usize>, Vec<usize>)> {
        let mut root: Vec<usize> = (0..self.graph.len()).collect();
        let open = |edge: usize| {
            self.graph.edges[edge]
                .1
                .iter()
                .filter(|&&v| labels[v].is_none())
        };
        for &edge in edges {
            let slots: Vec<usize> = open(edge).copied().collect();
            for pair in slots.windows(2) {
                identify(&mut root, pair[0], pair[1]);
            }
        }
        let mut parts: BTreeMap<usize, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        for &v in vertices {
            parts.entry(root[v]).or_default().0.push(v);
        }
        for &edge in edges {
            if let Some(&v) = open(edge).next() {
                parts.entry(root[v]).or_default().1.push(edge);
            }
        }
        parts.into_values().collect()
    }

    /// Colours that no isomorphism can change: from the spaces, then from the colours around each vertex,
    /// until no cell splits further.
    pub(super) fn refine(
        &self,
        vertices: &[usize],
        edges: &[usize],
        labels: &[Option<usize>],
    ) -> BTreeMap<usize, usize> {
        let legs = self.graph.legs.len();
        let mut colours = ranks(vertices, |v| &self.graph.summed[v - legs]);
        loop {
            let sight = |v: usize| {
                let mut around: Vec<_> = edges
                    .iter()
                    .map(|&edge| &self.graph.edges[edge])
                    .filter(|(_, slots)| slots.contains(&v))
                    .map(|(tensor, slots)| {
                        let colour = |k: usize| {
                            (
                                slots[k] == v,
                                labels[slots[k]],
                                colours.get(&slots[k]).copied(),
                            )
                        };
                        (tensor, tensor.least(colour))
                    })
                    .collect();
                around.sort();
                (colours[&v], around)
            };
            let finer = ranks(vertices, sight);
            if finer == colours {
                return colours;
            }
            colours = finer;
        }
    }
}

/// Each vertex's rank among the distinct keys.
fn ranks<K: Ord>(vertices: &[usize], key: impl Fn(usize) -> K) -> BTreeMap<usize, usize> {
    let mut cells: BTreeMap<K, Vec<usize>> = BTreeMap::new();
    for &v in vertices {
        cells.entry(key(v)).or_default().push(v);
    }
    let ranked = cells.into_values().enumerate();
    ranked
        .flat_map(|(rank, cell)| cell.into_iter().map(move |v| (v, rank)))
        .collect()
}
