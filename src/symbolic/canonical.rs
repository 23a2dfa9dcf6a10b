//! Canonical labelling of a contraction graph: colour refinement, then individualisation and search,
//! component by component (the scheme of McKay's nauty, without its pruning by automorphisms).

use super::graph::Graph;
use super::tensor::Tensor;
use std::collections::BTreeMap;

/// Edges as (tensor, labels of the vertices), sorted: equal for two graphs exactly if they are isomorphic.
type Certificate<'a> = Vec<(&'a Tensor, Vec<usize>)>;

/// The summed vertices in canonical order: two graphs with the same legs are isomorphic exactly if
/// numbering the vertices by this order gives the same edges.
pub(super) fn canonical_order(graph: &Graph) -> Vec<usize> {
    let legs = graph.legs.len();
    let mut labels: Vec<Option<usize>> =
        (0..graph.len()).map(|v| (v < legs).then_some(v)).collect();
    let edges: Vec<usize> = (0..graph.edges.len()).collect();
    let vertices: Vec<usize> = (legs..graph.len()).collect();
    Search { graph }.components(&vertices, &edges, &mut labels, legs)
}

/// The labels of an edge, the least among those that its tensor's symmetries allow.
pub(super) fn least<T: Ord>(tensor: &Tensor, label: impl Fn(usize) -> T) -> Vec<T> {
    let arrangement = |symmetry: &Vec<usize>| symmetry.iter().map(|&slot| label(slot)).collect();
    tensor
        .symmetries()
        .iter()
        .map(arrangement)
        .min()
        .unwrap_or_default()
}

struct Search<'a> {
    graph: &'a Graph,
}

impl<'a> Search<'a> {
    /// Orders vertices without a label. Those with one separate the rest into connected components,
    /// which are ordered one by one and sorted by certificate, so that equal branches cost no search.
    fn components(
        &self,
        vertices: &[usize],
        edges: &[usize],
        labels: &mut Vec<Option<usize>>,
        next: usize,
    ) -> Vec<usize> {
        let mut parts: Vec<(Certificate<'a>, Vec<usize>)> = Vec::new();
        for (vertices, edges) in self.split(vertices, edges, labels) {
            let order = self.connected(&vertices, &edges, labels, next);
            parts.push((self.certificate(&order, &edges, labels, next), order));
        }
        parts.sort();
        parts.into_iter().flat_map(|(_, order)| order).collect()
    }

    /// Orders one connected component.
    fn connected(
        &self,
        vertices: &[usize],
        edges: &[usize],
        labels: &mut Vec<Option<usize>>,
        next: usize,
    ) -> Vec<usize> {
        let colours = self.refine(vertices, edges, labels);
        let mut cells: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for &v in vertices {
            cells.entry(colours[&v]).or_default().push(v);
        }
        let told_apart: Vec<usize> = cells
            .values()
            .filter(|c| c.len() == 1)
            .map(|c| c[0])
            .collect();
        if !told_apart.is_empty() {
            return self.fixing(&told_apart, vertices, edges, labels, next);
        }
        let Some(cell) = cells.values().min_by_key(|cell| cell.len()) else {
            return Vec::new();
        };
        let mut best: Option<(Certificate<'a>, Vec<usize>)> = None;
        for &v in cell {
            let order = self.fixing(&[v], vertices, edges, labels, next);
            let candidate = (self.certificate(&order, edges, labels, next), order);
            if best.as_ref().is_none_or(|best| candidate.0 < best.0) {
                best = Some(candidate);
            }
        }
        best.map(|(_, order)| order).unwrap_or_default()
    }

    /// Orders a component with some vertices fixed to come first.
    fn fixing(
        &self,
        first: &[usize],
        vertices: &[usize],
        edges: &[usize],
        labels: &mut Vec<Option<usize>>,
        next: usize,
    ) -> Vec<usize> {
        for (k, &v) in first.iter().enumerate() {
            labels[v] = Some(next + k);
        }
        let rest: Vec<usize> = vertices
            .iter()
            .copied()
            .filter(|&v| labels[v].is_none())
            .collect();
        let order = self.components(&rest, edges, labels, next + first.len());
        for &v in first {
            labels[v] = None;
        }
        [first, &order].concat()
    }

    /// The connected components of the vertices without a label, each with the edges that touch it.
    fn split(
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
                super::graph::identify(&mut root, pair[0], pair[1]);
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
    fn refine(
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
                        (tensor, least(tensor, colour))
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

    /// The edges with the vertices of `order` labelled `next, next + 1, …`.
    fn certificate(
        &self,
        order: &[usize],
        edges: &[usize],
        labels: &[Option<usize>],
        next: usize,
    ) -> Certificate<'a> {
        let mut number = labels.to_vec();
        for (k, &v) in order.iter().enumerate() {
            number[v] = Some(next + k);
        }
        let mut certificate: Certificate = edges
            .iter()
            .map(|&edge| &self.graph.edges[edge])
            .map(|(tensor, slots)| {
                (
                    tensor,
                    least(tensor, |k| number[slots[k]].unwrap_or(usize::MAX)),
                )
            })
            .collect();
        certificate.sort();
        certificate
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
