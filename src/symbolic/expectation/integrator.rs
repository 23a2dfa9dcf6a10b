//! The sum over all ways of tying the random factors of one contraction graph.

use super::ties::Ties;
use crate::symbolic::ensemble::Signed;
use crate::symbolic::error::SymbolicError;
use crate::symbolic::expression::{Expression, Factor, Index, Term};
use crate::symbolic::graph::{Graph, identify};
use crate::symbolic::law::TensorLaw;
use crate::symbolic::normal::named;
use crate::symbolic::polynomial::Polynomial;
use crate::symbolic::tensor::{Space, Tensor};
use num_bigint::BigInt;
use std::collections::{BTreeMap, HashMap};

/// The most vertices of one contraction graph; `E Tr NTK⁴` has 20.
pub(super) const VERTICES: usize = 64;

/// The most steps of a sum; `E Tr NTK⁴` takes some millions.
const STEPS: u64 = 1 << 26;

/// Which vertex represents the class of each.
type Classes = [u8; VERTICES];

/// The random factors of a contraction graph, and how often each outcome of tying them occurs.
pub(super) struct Integrator<'a> {
    /// The slots of the random factors.
    slots: Vec<&'a [usize]>,
    ties: Ties,
    /// The space of each vertex, and its place among the distinct ones.
    spaces: Vec<Space>,
    kinds: Vec<usize>,
    dimensions: Vec<Space>,
    /// The vertices that legs and fixed factors hold.
    remaining: Vec<usize>,
    key: Vec<u8>,
    /// How often each outcome occurs: the class of each remaining vertex, the loops closed in each of
    /// the dimensions, the number of blocks of each order. Pairs count with their signs.
    counts: HashMap<Vec<u8>, i64>,
    steps: u64,
}

impl<'a> Integrator<'a> {
    /// # Errors
    /// Those of [`Ties::new`].
    pub(super) fn new(
        expression: &Expression,
        graph: &Graph,
        random: &[&'a (Tensor, Vec<usize>)],
        fixed: &[&(Tensor, Vec<usize>)],
        law: &TensorLaw,
    ) -> Result<Self, SymbolicError> {
        let remains =
            |v: usize| v < graph.legs.len() || fixed.iter().any(|(_, slots)| slots.contains(&v));
        let legs = expression.legs.iter().map(|leg| &leg.space);
        let spaces: Vec<Space> = legs.chain(&graph.summed).cloned().collect();
        let mut dimensions = spaces.clone();
        dimensions.sort();
        dimensions.dedup();
        let kind = |space| dimensions.iter().position(|d| d == space).unwrap_or(0);
        Ok(Integrator {
            slots: random.iter().map(|(_, slots)| slots.as_slice()).collect(),
            ties: Ties::new(law, random)?,
            kinds: spaces.iter().map(kind).collect(),
            dimensions,
            spaces,
            remaining: (0..graph.len()).filter(|&v| remains(v)).collect(),
            key: Vec::new(),
            counts: HashMap::new(),
            steps: 0,
        })
    }

    /// Ties the factors in all ways, from vertices that are tied to one another already.
    ///
    /// # Errors
    /// [`SymbolicError::TooManyWays`].
    pub(super) fn run(&mut self, classes: &Classes) -> Result<(), SymbolicError> {
        let count = self.slots.len();
        let all = match count {
            0 => 0,
            count => u64::MAX >> (VERTICES - count),
        };
        match self.ties {
            Ties::Blocks(_) => self.partition(all, classes, &mut vec![0; count + 1]),
            Ties::Pairs(..) => self.pair(all, classes, 1),
            Ties::TwoPairings(_) => self.pair_twice(classes),
        }
        let limit = STEPS;
        match self.steps > limit {
            true => Err(SymbolicError::TooManyWays {
                factors: count,
                limit,
            }),
            false => Ok(()),
        }
    }

    /// Partitions the factors in the bit set `left` in all ways: the first of them with each subset of
    /// the others.
    fn partition(&mut self, left: u64, classes: &Classes, blocks: &mut Vec<u8>) {
        self.steps += 1;
        if self.steps > STEPS {
            return;
        }
        if left == 0 {
            return self.count(classes, blocks, 1);
        }
        let first = left.trailing_zeros() as usize;
        self.block(
            first,
            1,
            left & (left - 1),
            left & (left - 1),
            classes,
            blocks,
        );
    }

    /// Closes the block whose last member is `last`, or extends it by one of `candidates`.
    fn block(
        &mut self,
        last: usize,
        size: usize,
        left: u64,
        mut candidates: u64,
        classes: &Classes,
        blocks: &mut Vec<u8>,
    ) {
        self.steps += 1;
        if self.steps > STEPS {
            return;
        }
        let Ties::Blocks(cumulants) = &self.ties else {
            return;
        };
        let (closes, extends) = (
            !cumulants[size].is_zero(),
            !cumulants[size + 1..].iter().all(Polynomial::is_zero),
        );
        if closes {
            blocks[size] += 1;
            self.partition(left, classes, blocks);
            blocks[size] -= 1;
        }
        if !extends {
            return;
        }
        while candidates != 0 {
            let next = candidates.trailing_zeros() as usize;
            candidates &= candidates - 1;
            let mut joined = *classes;
            for (&a, &b) in self.slots[last].iter().zip(self.slots[next]) {
                identify(&mut joined[..self.spaces.len()], a, b);
            }
            self.block(
                next,
                size + 1,
                left & !(1 << next),
                candidates,
                &joined,
                blocks,
            );
        }
    }

    /// Pairs the rows in all ways, and the columns.
    fn pair_twice(&mut self, classes: &Classes) {
        let Ties::TwoPairings(pairings) = &self.ties else {
            return;
        };
        let joined = |classes: &Classes, pairing: &[usize], slot: usize| {
            let mut joined = *classes;
            for (one, &other) in pairing.iter().enumerate() {
                let (a, b) = (self.slots[one][slot], self.slots[other][slot]);
                identify(&mut joined[..self.spaces.len()], a, b);
            }
            joined
        };
        let mut outcomes = Vec::new();
        for rows in &pairings.all {
            let of_rows = joined(classes, rows, 0);
            for columns in &pairings.all {
                let class = pairings.class(rows, columns) as u8;
                outcomes.push((joined(&of_rows, columns, 1), class));
            }
        }
        for (joined, class) in outcomes {
            self.count(&joined, &[class], 1);
        }
    }

    /// Pairs the factors in the bit set `left` in all ways.
    fn pair(&mut self, left: u64, classes: &Classes, sign: i64) {
        self.steps += 1;
        if self.steps > STEPS {
            return;
        }
        if left == 0 {
            return self.count(classes, &[], sign);
        }
        let first = left.trailing_zeros() as usize;
        let left = left & (left - 1);
        let mut partners = left;
        while partners != 0 {
            let next = partners.trailing_zeros() as usize;
            partners &= partners - 1;
            let Ties::Pairs(ways, sides) = &self.ties else {
                return;
            };
            if sides[first].is_some() && sides[first] == sides[next] {
                continue;
            }
            let joined = |(own, g): &Signed| {
                let mut joined = *classes;
                for (&a, &k) in self.slots[first].iter().zip(g) {
                    identify(&mut joined[..self.spaces.len()], a, self.slots[next][k]);
                }
                (joined, sign * own)
            };
            let all: Vec<(Classes, i64)> = ways.iter().map(joined).collect();
            for (joined, sign) in all {
                self.pair(left & !(1 << next), &joined, sign);
            }
        }
    }

    fn count(&mut self, classes: &Classes, blocks: &[u8], sign: i64) {
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
            let weight = self.ties.weight(&key[held + self.dimensions.len()..]);
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
