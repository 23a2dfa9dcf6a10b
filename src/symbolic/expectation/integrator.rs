//! The sum over all ways of tying the random factors of one contraction graph.

use super::outcomes::Outcomes;
use super::ties::Ties;
use crate::symbolic::ensemble::Signed;
use crate::symbolic::error::SymbolicError;
use crate::symbolic::expression::{Expression, Term};
use crate::symbolic::graph::{Graph, identify};
use crate::symbolic::law::TensorLaw;
use crate::symbolic::polynomial::Polynomial;
use crate::symbolic::tensor::Tensor;

/// The most vertices of one contraction graph; `E Tr NTK⁴` has 20.
pub(super) const VERTICES: usize = 64;

/// The most steps of a sum; `E Tr NTK⁴` takes some millions.
const STEPS: u64 = 1 << 26;

/// Which vertex represents the class of each.
pub(super) type Classes = [u8; VERTICES];

/// The random factors of a contraction graph, and what comes of tying them.
pub(super) struct Integrator<'a> {
    /// The slots of the random factors.
    slots: Vec<&'a [usize]>,
    ties: Ties,
    /// How many vertices there are.
    vertices: usize,
    outcomes: Outcomes,
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
        Ok(Integrator {
            slots: random.iter().map(|(_, slots)| slots.as_slice()).collect(),
            ties: Ties::new(law, random)?,
            vertices: graph.len(),
            outcomes: Outcomes::new(expression, graph, fixed),
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
        match self.steps > STEPS {
            true => Err(SymbolicError::TooManyWays {
                factors: count,
                limit: STEPS,
            }),
            false => Ok(()),
        }
    }

    /// Counts a step, and whether there were too many.
    fn is_over(&mut self) -> bool {
        self.steps += 1;
        self.steps > STEPS
    }

    /// Partitions the factors in the bit set `left` in all ways: the first of them with each subset of
    /// the others.
    fn partition(&mut self, left: u64, classes: &Classes, blocks: &mut Vec<u8>) {
        if self.is_over() {
            return;
        }
        if left == 0 {
            return self.outcomes.count(classes, blocks, 1);
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
        if self.is_over() {
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
                identify(&mut joined[..self.vertices], a, b);
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
                identify(&mut joined[..self.vertices], a, b);
            }
            joined
        };
        for rows in &pairings.all {
            let of_rows = joined(classes, rows, 0);
            for columns in &pairings.all {
                let class = pairings.class(rows, columns) as u8;
                let of_both = joined(&of_rows, columns, 1);
                self.outcomes.count(&of_both, &[class], 1);
            }
        }
    }

    /// Pairs the factors in the bit set `left` in all ways.
    fn pair(&mut self, left: u64, classes: &Classes, sign: i64) {
        if self.is_over() {
            return;
        }
        if left == 0 {
            return self.outcomes.count(classes, &[], sign);
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
                    identify(&mut joined[..self.vertices], a, self.slots[next][k]);
                }
                (joined, sign * own)
            };
            let all: Vec<(Classes, i64)> = ways.iter().map(joined).collect();
            for (joined, sign) in all {
                self.pair(left & !(1 << next), &joined, sign);
            }
        }
    }

    /// The outcomes as terms.
    pub(super) fn terms(
        &self,
        expression: &Expression,
        graph: &Graph,
        fixed: &[&(Tensor, Vec<usize>)],
    ) -> Vec<Term> {
        self.outcomes.terms(expression, graph, fixed, &self.ties)
    }
}
