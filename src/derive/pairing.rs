//! Which terms of 𝒬 are Kronecker products, and of what.

use super::arrays::shaped;
use super::built::Built;
use super::drawn::Drawn;
use crate::symbolic::{Expression, Factor, Term};
use ndarray::{Array2, Axis};
use std::collections::BTreeMap;

/// A term of 𝒬 that is a product of matrices, each between two legs: `δ_ac (GᵀG)_be`, `G_ae G_cb`, `δ_ac δ_be δ_uv`.
#[derive(Debug, Clone, PartialEq)]
pub struct Pairing {
    /// For each matrix the legs of its rows and columns, those of ω before those of its copy.
    pub legs: Vec<(usize, usize)>,
    /// Each matrix as a product.
    links: Vec<Vec<Link>>,
    /// What is summed in each.
    parts: Vec<Term>,
    /// The coefficient, with the factors that have no leg.
    scalar: Term,
}

impl Pairing {
    /// The term as a product over pairs of its legs, if it is one.
    pub(super) fn of(whole: &Expression, term: &Term, symmetric: &[&str]) -> Option<Pairing> {
        let legs = whole.legs().len();
        let count = legs + term.summed.len();
        let mut class: Vec<usize> = (0..count).collect();
        for factor in &term.factors {
            for pair in factor.indices().windows(2) {
                let (a, b) = (class[pair[0]], class[pair[1]]);
                let (from, to) = (a.max(b), a.min(b));
                class
                    .iter_mut()
                    .filter(|c| **c == from)
                    .for_each(|c| *c = to);
            }
        }
        let mut found: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (leg, class) in class.iter().enumerate().take(legs) {
            found.entry(*class).or_default().push(leg);
        }
        // A factor without indices, a scalar weight, is of no class.
        let of_factor = |factor: &Factor| factor.indices().first().map(|&i| class[i]);
        let part = |of: &dyn Fn(Option<usize>) -> bool, coefficient| Term {
            coefficient,
            factors: term
                .factors
                .iter()
                .filter(|factor| of(of_factor(factor)))
                .cloned()
                .collect(),
            summed: term.summed.clone(),
        };
        let mut pairing = Pairing {
            legs: Vec::new(),
            links: Vec::new(),
            parts: Vec::new(),
            scalar: part(
                &|class| class.is_none_or(|c| !found.contains_key(&c)),
                term.coefficient.clone(),
            ),
        };
        for (&root, ends) in &found {
            let &[first, second] = ends.as_slice() else {
                return None;
            };
            let own = part(
                &|class| class == Some(root),
                crate::symbolic::Polynomial::one(),
            );
            pairing.links.push(chain(&own, symmetric, first, second)?);
            pairing.legs.push((first, second));
            pairing.parts.push(own);
        }
        Some(pairing)
    }

    /// The matrix of a pair of legs, rows by the first.
    pub(super) fn matrix(&self, whole: &Expression, drawn: &Drawn, pair: usize) -> Array2<f64> {
        let ((first, second), part) = (self.legs[pair], &self.parts[pair]);
        let mut network = Built::new(whole, drawn);
        network.add(&held(part, whole.legs().len()), &BTreeMap::new(), None, 1.0);
        let matrix = network.of_component(&[first, second]);
        let shape = (matrix.len_of(Axis(0)), matrix.len_of(Axis(1)));
        shaped(matrix, shape)
    }

    /// The coefficient at these weights.
    pub(super) fn value(&self, whole: &Expression, drawn: &Drawn) -> f64 {
        let mut network = Built::new(whole, drawn);
        let coefficient = drawn.sizes.value(&self.scalar.coefficient);
        network.add(
            &held(&self.scalar, whole.legs().len()),
            &BTreeMap::new(),
            None,
            coefficient,
        );
        network.of_component(&[]).sum()
    }

    /// Whether it is a number times Kronecker products: no tensor is summed by itself, as in `A_kk`.
    pub(super) fn is_braid(&self) -> bool {
        self.scalar.factors.is_empty()
    }

    /// Whether each leg of ω meets the same leg of its copy.
    pub fn is_straight(&self) -> bool {
        let half = self.legs.len();
        self.legs.iter().all(|&(a, b)| b == a + half)
    }

    /// `τ₂₃(I⊗GᵀG)`, `τ₂₄(G⊗G)`; where ω has not two legs, each matrix with the numbers of its legs.
    pub fn braid(&self) -> String {
        let name = |k: usize| self.links.get(k).map_or_else(String::new, spelled);
        match self.legs.as_slice() {
            [(0, 1), (2, 3)] => format!("{}⊗{}", name(0), name(1)),
            [(0, 2), (1, 3)] => format!("τ₂₃({}⊗{})", name(0), name(1)),
            // (A⊗B)_abcd = A_ab B_cd and τ₂₄(T)_abcd = T_adcb: the second matrix runs from c to b.
            [(0, 3), (1, 2)] => {
                let second = self
                    .links
                    .get(1)
                    .map_or_else(Vec::new, |links| turned(links));
                format!("τ₂₄({}⊗{})", name(0), spelled(&second))
            }
            pairs => {
                let place = |k: &usize| "₁₂₃₄₅₆₇₈₉".chars().nth(*k).unwrap_or('₊');
                let one = |(links, (a, b)): (&Vec<Link>, &(usize, usize))| {
                    format!("({}){}{}", spelled(links), place(a), place(b))
                };
                let parts: Vec<String> = self.links.iter().zip(pairs).map(one).collect();
                parts.join("")
            }
        }
    }
}

/// Only the indices that the factors hold.
fn held(term: &Term, legs: usize) -> Term {
    let mut used: Vec<usize> = term
        .factors
        .iter()
        .flat_map(|f| f.indices())
        .copied()
        .collect();
    used.sort_unstable();
    used.dedup();
    used.retain(|&k| k >= legs);
    let place = |k: usize| {
        if k < legs {
            k
        } else {
            legs + used.binary_search(&k).unwrap_or(0)
        }
    };
    let renumbered = |factor: &Factor| {
        let indices = factor.indices().iter().map(|&k| place(k)).collect();
        match factor {
            Factor::Delta(_) => Factor::Delta(indices),
            Factor::Entry(tensor, _) => Factor::Entry(tensor.clone(), indices),
        }
    };
    Term {
        coefficient: term.coefficient.clone(),
        factors: term.factors.iter().map(renumbered).collect(),
        summed: used
            .iter()
            .filter_map(|&k| term.summed.get(k - legs).cloned())
            .collect(),
    }
}

/// A matrix of a product, as it is met on the way from one leg to the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    name: String,
    side: Side,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Plain,
    Transposed,
    Symmetric,
}

/// `GᵀG`; the empty product is I.
fn spelled<'a>(links: impl IntoIterator<Item = &'a Link>) -> String {
    let mut text = String::new();
    for link in links {
        text.push_str(&link.name);
        if link.side == Side::Transposed {
            text.push('ᵀ');
        }
    }
    if text.is_empty() { "I".into() } else { text }
}

/// The product read from the other end.
fn turned(links: &[Link]) -> Vec<Link> {
    let turn = |link: &Link| Link {
        name: link.name.clone(),
        side: match link.side {
            Side::Plain => Side::Transposed,
            Side::Transposed => Side::Plain,
            Side::Symmetric => Side::Symmetric,
        },
    };
    links.iter().rev().map(turn).collect()
}

/// The matrices on the way from one leg to another, if the factors are a chain of them.
fn chain(term: &Term, symmetric: &[&str], first: usize, second: usize) -> Option<Vec<Link>> {
    let mut left: Vec<&Factor> = term.factors.iter().collect();
    let (mut at, mut links) = (first, Vec::new());
    while !left.is_empty() {
        // A vector is a diagonal matrix on the way, before the way goes on.
        let is_vector = |factor: &&Factor| factor.indices() == [at];
        let continues = |factor: &&Factor| factor.indices().contains(&at);
        let next = left.iter().position(is_vector);
        let next = next.or_else(|| left.iter().position(continues))?;
        let factor = left.remove(next);
        if let (Factor::Entry(tensor, _), [_]) = (factor, factor.indices()) {
            links.push(Link {
                name: format!("diag({})", tensor.name()),
                side: Side::Symmetric,
            });
            continue;
        }
        let &[from, to] = factor.indices() else {
            return None;
        };
        let backwards = from != at;
        if let Factor::Entry(tensor, _) = factor {
            let name: &str = tensor.name();
            let side = match backwards {
                _ if tensor.symmetries().len() > 1 || symmetric.contains(&name) => Side::Symmetric,
                true => Side::Transposed,
                false => Side::Plain,
            };
            links.push(Link {
                name: name.into(),
                side,
            });
        }
        at = if backwards { from } else { to };
    }
    (at == second).then_some(links)
}
