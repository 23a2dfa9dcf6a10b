//! Canonical labelling of a contraction graph: colour refinement, then individualisation and search, component by component, pruned
//! by the automorphisms that are met on the way (the scheme of McKay's nauty, 1981).

mod refinement;

use super::graph::{Graph, identify};
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
    let mut orbits = Orbits::new(graph.len());
    let search = Search { graph };
    search.components(
        &vertices,
        &edges,
        &mut labels,
        legs,
        Reach::Least,
        &mut orbits,
    )
}

/// Vertices in an order, and the edges as it labels them.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Labelling<'a> {
    edges: Certificate<'a>,
    order: Vec<usize>,
}

/// Which of the labellings that the choices of vertices lead to is looked for.
#[derive(Clone, Copy)]
enum Reach {
    /// The one of the first choices: no other graph has to have it.
    First,
    /// The least of all.
    Least,
}

/// Which vertices the automorphisms that are known exchange, by the first of each orbit.
struct Orbits(Vec<usize>);

impl Orbits {
    fn new(vertices: usize) -> Self {
        Orbits((0..vertices).collect())
    }

    /// Takes the automorphism into account that takes one order to the other.
    fn join(&mut self, order: &[usize], image: &[usize]) {
        for (&v, &image) in order.iter().zip(image) {
            let (a, b) = (self.0[v], self.0[image]);
            identify(&mut self.0, a, b);
        }
    }

    fn hold(&self, v: usize, other: usize) -> bool {
        self.0[v] == self.0[other]
    }
}

struct Search<'a> {
    graph: &'a Graph,
}

impl<'a> Search<'a> {
    /// Orders vertices without a label. Those with one separate the rest into connected components,
    /// which are ordered one by one and sorted by certificate, so that equal branches cost no search.
    ///
    /// `orbits` takes the automorphisms that are met; they move no vertex with a label.
    fn components(
        &self,
        vertices: &[usize],
        edges: &[usize],
        labels: &mut Vec<Option<usize>>,
        next: usize,
        reach: Reach,
        orbits: &mut Orbits,
    ) -> Vec<usize> {
        let mut parts: Vec<Labelling<'a>> = Vec::new();
        for (vertices, edges) in self.split(vertices, edges, labels) {
            let order = self.connected(&vertices, &edges, labels, next, reach, orbits);
            parts.push(self.labelling(order, &edges, labels, next));
        }
        parts.sort();
        for pair in parts.windows(2) {
            if pair[0].edges == pair[1].edges {
                orbits.join(&pair[0].order, &pair[1].order);
            }
        }
        parts.into_iter().flat_map(|part| part.order).collect()
    }

    /// Orders one connected component.
    fn connected(
        &self,
        vertices: &[usize],
        edges: &[usize],
        labels: &mut Vec<Option<usize>>,
        next: usize,
        reach: Reach,
        orbits: &mut Orbits,
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
            return self.fixing(&told_apart, vertices, edges, labels, next, reach, orbits);
        }
        let Some(cell) = cells.values().min_by_key(|cell| cell.len()) else {
            return Vec::new();
        };
        if let Reach::First = reach {
            return self.fixing(&cell[..1], vertices, edges, labels, next, reach, orbits);
        }
        self.least_of(cell, vertices, edges, labels, next, orbits)
    }

    /// Orders a component by the vertex of a cell that gives the least labelling when it comes first. One of each orbit is tried: of
    /// two vertices from which the first choices lead to one labelling, each is the image of the other.
    fn least_of(
        &self,
        cell: &[usize],
        vertices: &[usize],
        edges: &[usize],
        labels: &mut Vec<Option<usize>>,
        next: usize,
        orbits: &mut Orbits,
    ) -> Vec<usize> {
        let mut own = Orbits::new(self.graph.len());
        let mut tried: Vec<(usize, Labelling<'a>)> = Vec::new();
        let mut best: Option<Labelling<'a>> = None;
        for &v in cell {
            if tried.iter().any(|(other, _)| own.hold(v, *other)) {
                continue;
            }
            let mut found = |reach, own: &mut Orbits| {
                let order = self.fixing(&[v], vertices, edges, labels, next, reach, own);
                self.labelling(order, edges, labels, next)
            };
            let first = found(Reach::First, &mut own);
            if let Some((_, same)) = tried.iter().find(|(_, other)| other.edges == first.edges) {
                own.join(&same.order, &first.order);
                continue;
            }
            let least = found(Reach::Least, &mut own);
            match &best {
                Some(best) if best.edges == least.edges => own.join(&best.order, &least.order),
                Some(best) if best.edges < least.edges => {}
                _ => best = Some(least),
            }
            tried.push((v, first));
        }
        orbits.join(
            vertices,
            &vertices.iter().map(|&v| own.0[v]).collect::<Vec<_>>(),
        );
        best.map(|best| best.order).unwrap_or_default()
    }

    /// Orders a component with some vertices fixed to come first.
    fn fixing(
        &self,
        first: &[usize],
        vertices: &[usize],
        edges: &[usize],
        labels: &mut Vec<Option<usize>>,
        next: usize,
        reach: Reach,
        orbits: &mut Orbits,
    ) -> Vec<usize> {
        for (k, &v) in first.iter().enumerate() {
            labels[v] = Some(next + k);
        }
        let rest: Vec<usize> = vertices
            .iter()
            .copied()
            .filter(|&v| labels[v].is_none())
            .collect();
        let next = next + first.len();
        let order = self.components(&rest, edges, labels, next, reach, orbits);
        for &v in first {
            labels[v] = None;
        }
        [first, &order].concat()
    }

    /// The edges with the vertices of `order` labelled `next, next + 1, …`.
    fn labelling(
        &self,
        order: Vec<usize>,
        edges: &[usize],
        labels: &[Option<usize>],
        next: usize,
    ) -> Labelling<'a> {
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
                    tensor.least(|k| number[slots[k]].unwrap_or(usize::MAX)),
                )
            })
            .collect();
        certificate.sort();
        Labelling {
            edges: certificate,
            order,
        }
    }
}
