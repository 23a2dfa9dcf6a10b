//! The independent checker's arithmetic: an expression summed index by index at a point of a prime field.
//!
//! Nothing here knows of contraction graphs, normal forms, rules or pairings: an expectation is a product
//! of moments, one for each *entry* of the random tensor that an assignment of the indices meets.

use super::check::CheckError;
use super::expression::{Expression, Factor, Term};
use super::point::Point;
use crate::tensor::Fp61;
use num_traits::{One, Zero};

/// Entry moments `E x^k`, `k = 0, 1, …`, of the random tensors, by name.
pub(super) type Moments = [(String, Vec<Fp61>)];

/// The expression at every assignment of its legs, the last leg fastest; expectations over the tensors
/// in `random`.
pub(super) fn evaluate(
    expression: &Expression,
    point: &Point,
    random: &Moments,
) -> Result<Vec<Fp61>, CheckError> {
    let legs: Vec<usize> = expression
        .legs()
        .iter()
        .map(|leg| point.dimension(&leg.space))
        .collect::<Result<_, _>>()?;
    let prepared: Vec<Prepared> = expression
        .terms()
        .iter()
        .map(|term| Prepared::new(term, point, random))
        .collect::<Result<_, _>>()?;
    let mut values = Vec::new();
    let mut assignment = vec![0; legs.len()];
    loop {
        let sum = prepared.iter().fold(Fp61::zero(), |sum, term| {
            sum + term.sum(&assignment, random)
        });
        values.push(sum);
        if !advance(&mut assignment, &legs) {
            return Ok(values);
        }
    }
}

/// The next assignment in lexicographic order, `false` after the last.
pub(super) fn advance(assignment: &mut [usize], dimensions: &[usize]) -> bool {
    for (index, dimension) in assignment.iter_mut().zip(dimensions).rev() {
        *index += 1;
        if *index < *dimension {
            return true;
        }
        *index = 0;
    }
    false
}

/// A term with its tensors looked up.
struct Prepared<'a> {
    coefficient: Fp61,
    deltas: Vec<&'a [usize]>,
    fixed: Vec<Entry<'a>>,
    /// Random factors, with the number of their tensor in the list of moments.
    random: Vec<(usize, Entry<'a>)>,
    summed: Vec<usize>,
}

/// A factor as a place in an array.
struct Entry<'a> {
    values: &'a [Fp61],
    slots: &'a [usize],
    dimensions: &'a [usize],
}

impl Entry<'_> {
    fn place(&self, assignment: &[usize]) -> usize {
        let slots = self.slots.iter().zip(self.dimensions);
        slots.fold(0, |place, (&index, dimension)| {
            place * dimension + assignment[index]
        })
    }
}

impl<'a> Prepared<'a> {
    fn new(term: &'a Term, point: &'a Point, moments: &Moments) -> Result<Self, CheckError> {
        let mut prepared = Prepared {
            coefficient: point.coefficient(&term.coefficient)?,
            deltas: Vec::new(),
            fixed: Vec::new(),
            random: Vec::new(),
            summed: Vec::new(),
        };
        for index in &term.summed {
            prepared.summed.push(point.dimension(&index.space)?);
        }
        for factor in &term.factors {
            match factor {
                Factor::Delta(slots) => prepared.deltas.push(slots),
                Factor::Entry(tensor, slots) => {
                    let array = point.tensor(tensor.name())?;
                    let entry = Entry {
                        values: &array.values,
                        slots,
                        dimensions: &array.dimensions,
                    };
                    match moments
                        .iter()
                        .position(|(name, _)| **name == **tensor.name())
                    {
                        Some(law) => prepared.random.push((law, entry)),
                        None => prepared.fixed.push(entry),
                    }
                }
            }
        }
        Ok(prepared)
    }

    /// The term summed over its summed indices.
    fn sum(&self, legs: &[usize], moments: &Moments) -> Fp61 {
        let mut assignment = [legs, &vec![0; self.summed.len()]].concat();
        let mut sum = Fp61::zero();
        let mut met = Vec::with_capacity(self.random.len());
        loop {
            if self.deltas.iter().all(|slots| {
                slots
                    .windows(2)
                    .all(|w| assignment[w[0]] == assignment[w[1]])
            }) {
                let entries = self
                    .fixed
                    .iter()
                    .map(|entry| entry.values[entry.place(&assignment)]);
                let product = entries.fold(self.coefficient, |product, value| product * value);
                met.clear();
                met.extend(
                    self.random
                        .iter()
                        .map(|(law, entry)| (*law, entry.place(&assignment))),
                );
                sum = sum + product * expectation(&mut met, moments);
            }
            if !advance(&mut assignment[legs.len()..], &self.summed) {
                return sum;
            }
        }
    }
}

/// `E Π x_entry`: equal entries together give one moment, different ones are independent.
fn expectation(met: &mut [(usize, usize)], moments: &Moments) -> Fp61 {
    met.sort_unstable();
    let power = |equal: &[(usize, usize)]| {
        let (law, _) = equal[0];
        moments[law].1[equal.len()]
    };
    met.chunk_by(|a, b| a == b)
        .fold(Fp61::one(), |product, equal| product * power(equal))
}
