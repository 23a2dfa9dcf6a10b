//! The series of `ρ = Σ κ_{k+1} γᵏ` of a variable with atoms, modulo a prime: its equations as a list of sums and products, each of which is
//! known to one order more at a time.

use std::cell::RefCell;

use super::super::block_equations::Ring;
use super::super::block_system::Family;
use super::super::residues::Residues;
use super::super::scalar::Exact;
use super::convolved;

/// What a series is made of: others, by their places in the list.
#[derive(Clone, Copy)]
enum Part {
    Given,
    Number(u64),
    Sum(usize, usize),
    Product(usize, usize),
}

/// A list of series, each of earlier ones.
struct List {
    field: Residues,
    parts: RefCell<Vec<Part>>,
}

impl List {
    fn add(&self, part: Part) -> usize {
        let mut parts = self.parts.borrow_mut();
        parts.push(part);
        parts.len() - 1
    }
}

impl Ring for List {
    type Element = usize;

    fn number(&self, x: &Exact) -> Option<usize> {
        Some(self.add(Part::Number(self.field.exact(x)?)))
    }

    fn sum(&self, a: &usize, b: &usize) -> usize {
        self.add(Part::Sum(*a, *b))
    }

    fn product(&self, a: &usize, b: &usize) -> usize {
        self.add(Part::Product(*a, *b))
    }
}

/// A variable with atoms.
pub(super) struct Line {
    /// Entry of R, entry of ρ, factor.
    pub(super) acting: Vec<(usize, usize, u64)>,
    /// Entry of γ, entry of W, factor.
    reading: Vec<(usize, usize, u64)>,
    rank: usize,
    parts: Vec<Part>,
    /// Coefficients of these, of which the first are the entries of ρ, the next those of γ.
    series: Vec<Vec<u64>>,
    /// Where the left sides stand.
    sides: Vec<usize>,
}

impl Line {
    pub(super) fn new(family: &Family, last: usize, field: Residues) -> Option<Self> {
        let modulo = |list: &[(usize, usize, Exact)]| {
            let entries = list
                .iter()
                .map(|(to, from, x)| Some((*to, *from, field.exact(x)?)));
            entries.collect::<Option<Vec<_>>>()
        };
        let rank = family.rank;
        let list = List {
            field,
            parts: RefCell::new(vec![]),
        };
        let [rho, gamma] = [(); 2].map(|()| {
            (0..rank * rank)
                .map(|_| list.add(Part::Given))
                .collect::<Vec<_>>()
        });
        let sides = family.sides(&list, &gamma, &rho)?;
        let parts = list.parts.into_inner();
        Some(Self {
            acting: modulo(&family.acting)?,
            reading: modulo(&family.reading)?,
            rank,
            series: vec![vec![0; last + 1]; parts.len()],
            parts,
            sides,
        })
    }

    /// The entries of ρ.
    pub(super) fn rho(&self) -> &[Vec<u64>] {
        &self.series[..self.rank * self.rank]
    }

    /// Coefficient k of ρ, from those of W.
    pub(super) fn next(&mut self, whole: &[Vec<u64>], k: usize, field: Residues) {
        let entries = self.rank * self.rank;
        for gamma in &mut self.series[entries..2 * entries] {
            gamma[k] = 0;
        }
        for (to, from, factor) in &self.reading {
            let sum = &mut self.series[entries + to][k];
            *sum = field.plus(*sum, field.times(*factor, whole[*from][k]));
        }
        // `γ(∞)` is nilpotent: what is taken away has settled after as many times as it has powers, on either side.
        for _ in 0..=2 * self.rank {
            self.raise(k, field);
            for (e, &side) in self.sides.iter().enumerate() {
                self.series[e][k] = field.minus(self.series[e][k], self.series[side][k]);
            }
        }
    }

    /// Coefficient k of all that is made of others.
    fn raise(&mut self, k: usize, field: Residues) {
        for (at, part) in self.parts.iter().enumerate() {
            let value = match *part {
                Part::Given => continue,
                Part::Number(x) if k == 0 => x,
                Part::Number(_) => 0,
                Part::Sum(a, b) => field.plus(self.series[a][k], self.series[b][k]),
                Part::Product(a, b) => convolved(&self.series[a], &self.series[b], k, field),
            };
            self.series[at][k] = value;
        }
    }
}
