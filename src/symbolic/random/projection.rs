//! Means over a uniform matrix of a group, from the projection onto what the group fixes.

use crate::symbolic::haar::Haar;
use crate::symbolic::matrix::{Rows, inverse};
use crate::symbolic::modulus::{Field, Residue};
use crate::symbolic::weingarten::coset_type;

/// The projection onto what a group fixes, by its pairings.
#[derive(Debug, Clone)]
pub(in crate::symbolic) struct Projection {
    size: usize,
    pairings: Vec<Vec<usize>>,
    inverse: Rows,
}

impl Projection {
    pub(super) fn new(field: Field, haar: &Haar, sizes: &[usize], sides: &[usize]) -> Option<Self> {
        let size = *sizes.first()?;
        let pairings = haar.pairings(sides);
        let loops = |p: &[usize], q: &[usize]| coset_type(p, q).len() as u64;
        let entry =
            |p: &Vec<usize>, q: &Vec<usize>| field.power(field.number(size as u64), loops(p, q));
        let row = |p: &Vec<usize>| pairings.iter().map(|q| entry(p, q)).collect();
        let gram: Rows = pairings.iter().map(row).collect();
        Some(Projection {
            inverse: inverse(field, &gram)?,
            size,
            pairings,
        })
    }

    pub(super) fn mean(&self, field: Field, entries: &[(usize, usize)]) -> Residue {
        let agreeing = |of: &dyn Fn(usize) -> usize| -> Vec<usize> {
            let agrees = |p: &Vec<usize>| {
                let mut pairs = p.iter().enumerate();
                pairs.all(|(x, &y)| of(entries[x].0) == of(entries[y].0))
            };
            (0..self.pairings.len())
                .filter(|&k| agrees(&self.pairings[k]))
                .collect()
        };
        let rows = agreeing(&|place| place / self.size);
        let columns = agreeing(&|place| place % self.size);
        let terms = rows
            .iter()
            .flat_map(|&p| columns.iter().map(move |&q| self.inverse[p][q]));
        terms.fold(Residue::default(), |sum, term| field.sum(sum, term))
    }
}
