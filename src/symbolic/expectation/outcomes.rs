//! What comes of tying the random factors of a contraction graph: how often each outcome, and the terms they are.

use super::integrator::{Classes, VERTICES};
use super::ties::Ties;
use crate::symbolic::expression::{Expression, Factor, Index, Term};
use crate::symbolic::graph::Graph;
use crate::symbolic::normal::named;
use crate::symbolic::polynomial::Polynomial;
use crate::symbolic::tensor::{Space, Tensor};
use num_bigint::BigInt;
use std::collections::{BTreeMap, HashMap};

/// How often each outcome occurs.
pub(super) struct Outcomes {
    /// The space of each vertex, and its place among the distinct ones.
    spaces: Vec<Space>,
    kinds: Vec<usize>,
    dimensions: Vec<Space>,
    /// The vertices that legs and fixed factors hold.
    remaining: Vec<usize>,
    key: Vec<u8>,
    /// By the class of each remaining vertex, the loops closed in each of the dimensions, and the number of blocks of each
    /// order. Pairs count with their signs.
    counts: HashMap<Vec<u8>, i64>,
}

impl Outcomes {
    /// None so far, for a graph in which `fixed` are the factors that are not random.
    pub(super) fn new(
        expression: &Expression,
        graph: &Graph,
        fixed: &[&(Tensor, Vec<usize>)],
    ) -> Self {
        let remains =
            |v: usize| v < graph.legs.len() || fixed.iter().any(|(_, slots)| slots.contains(&v));
        let legs = expression.legs.iter().map(|leg| &leg.space);
        let spaces: Vec<Space> = legs.chain(&graph.summed).cloned().collect();
        let mut dimensions = spaces.clone();
        dimensions.sort();
        dimensions.dedup();
        let kind = |space| dimensions.iter().position(|d| d == space).unwrap_or(0);
        Outcomes {
            kinds: spaces.iter().map(kind).collect(),
            dimensions,
            spaces,
            remaining: (0..graph.len()).filter(|&v| remains(v)).collect(),
            key: Vec::new(),
            counts: HashMap::new(),
        }
    }

    pub(super) fn count(&mut self, classes: &Classes, blocks: &[u8], sign: i64) {
        const OPEN: u8 = u8::MAX;
        let mut representative = [OPEN; VERTICES];
        self.key.clear();
        for &v in &self.remaining {
            let of_class = &mut representative[classes[v] as usize];
            if *of_class == OPEN {
                *of_class = v as u8;
            }
            self.key.push(*of_class);
        }
        // A class that nothing holds any more is a loop: its index runs freely.
        let loops = self.key.len();
        self.key.resize(loops + self.dimensions.len(), 0);
        for (v, &kind) in self.kinds.iter().enumerate() {
            if classes[v] as usize == v && representative[v] == OPEN {
                self.key[loops + kind] += 1;
            }
        }
        self.key.extend_from_slice(blocks);
        match self.counts.get_mut(&self.key) {
            Some(count) => *count += sign,
            None => {
                self.counts.insert(self.key.clone(), sign);
            }
        }
    }

    /// The counted outcomes as terms.
    pub(super) fn terms(
        &self,
        expression: &Expression,
        graph: &Graph,
        fixed: &[&(Tensor, Vec<usize>)],
        ties: &Ties,
    ) -> Vec<Term> {
        let legs = graph.legs.len();
        let held = self.remaining.len();
        let number = |v: usize| self.remaining.iter().position(|&r| r == v).unwrap_or(v);
        let summed: Vec<Space> = self.remaining[legs..]
            .iter()
            .map(|&v| self.spaces[v].clone())
            .collect();
        let summed: Vec<Index> = named(summed, &expression.legs);
        let edges = |(tensor, slots): &&(Tensor, Vec<usize>)| {
            Factor::Entry(tensor.clone(), slots.iter().map(|&v| number(v)).collect())
        };
        let edges: Vec<Factor> = fixed.iter().map(edges).collect();
        // One term for each graph that is left, whatever loops and blocks led to it.
        let mut collected: BTreeMap<&[u8], Polynomial> = BTreeMap::new();
        for (key, &count) in &self.counts {
            let mut coefficient =
                &graph.coefficient * &Polynomial::constant(BigInt::from(count).into());
            for (space, &loops) in self.dimensions.iter().zip(&key[held..]) {
                coefficient = &coefficient * &Polynomial::symbol(space.dimension(), loops.into());
            }
            let weight = ties.weight(&key[held + self.dimensions.len()..]);
            coefficient = &coefficient * &weight;
            let sum = collected.entry(&key[..held]).or_default();
            *sum = &*sum + &coefficient;
        }
        let term = |(classes, coefficient): (&[u8], Polynomial)| {
            let tied = self
                .remaining
                .iter()
                .zip(classes)
                .filter(|(v, class)| **v != **class as usize);
            let mut factors: Vec<Factor> = tied
                .map(|(&v, &class)| Factor::Delta(vec![number(class.into()), number(v)]))
                .collect();
            factors.extend(edges.iter().cloned());
            Term {
                coefficient,
                factors,
                summed: summed.clone(),
            }
        };
        collected.into_iter().map(term).collect()
    }
}
