//! Sums of products of arrays, one index after the other: what is summed is never larger than it has to be for the
//! order that is chosen, the cheapest next index first.

use super::modulus::{Field, Residue};
use std::borrow::Cow;

/// An array with the index of each axis; an index that stands twice adds its strides.
pub(super) struct Piece<'a> {
    pub(super) strides: Vec<(usize, usize)>,
    pub(super) values: Cow<'a, [Residue]>,
}

impl<'a> Piece<'a> {
    /// An array whose axes, the last fastest, carry these indices.
    pub(super) fn new(axes: &[usize], lengths: &[usize], values: Cow<'a, [Residue]>) -> Self {
        let mut stride = 1;
        let mut strides: Vec<(usize, usize)> = Vec::new();
        for (&axis, &length) in axes.iter().zip(lengths).rev() {
            match strides.iter_mut().find(|(known, _)| *known == axis) {
                Some((_, sum)) => *sum += stride,
                None => strides.push((axis, stride)),
            }
            stride *= length;
        }
        Piece { strides, values }
    }

    pub(super) fn holds(&self, index: usize) -> bool {
        self.strides.iter().any(|(axis, _)| *axis == index)
    }
}

/// All assignments of some indices in turn, with the place that each array is read at.
pub(super) struct Walk {
    lengths: Vec<usize>,
    digits: Vec<usize>,
    steps: Vec<Vec<(usize, usize)>>,
    pub(super) places: Vec<usize>,
}

impl Walk {
    /// Over `indices`, the last fastest.
    pub(super) fn new(sizes: &[usize], indices: &[usize], strides: &[&[(usize, usize)]]) -> Self {
        let steps = |index: &usize| {
            let of = |(array, strides): (usize, &&[(usize, usize)])| {
                let own = strides.iter().find(|(axis, _)| axis == index);
                own.map(|(_, stride)| (array, *stride))
            };
            strides.iter().enumerate().filter_map(of).collect()
        };
        Walk {
            lengths: indices.iter().map(|&index| sizes[index]).collect(),
            digits: vec![0; indices.len()],
            steps: indices.iter().map(steps).collect(),
            places: vec![0; strides.len()],
        }
    }

    pub(super) fn advance(&mut self) {
        for k in (0..self.digits.len()).rev() {
            let turns = self.digits[k] + 1 == self.lengths[k];
            for &(array, stride) in &self.steps[k] {
                if turns {
                    self.places[array] -= stride * self.digits[k];
                } else {
                    self.places[array] += stride;
                }
            }
            self.digits[k] = if turns { 0 } else { self.digits[k] + 1 };
            if !turns {
                return;
            }
        }
    }
}

/// The product of arrays at every assignment of `axes`, summed over `summed`.
pub(super) fn table(
    field: Field,
    sizes: &[usize],
    pieces: &[Piece],
    axes: &[usize],
    summed: &[usize],
) -> Vec<Residue> {
    let length = |indices: &[usize]| indices.iter().map(|&index| sizes[index]).product();
    let strides: Vec<&[(usize, usize)]> = pieces.iter().map(|p| p.strides.as_slice()).collect();
    let mut walk = Walk::new(sizes, &[axes, summed].concat(), &strides);
    let mut values = vec![Residue::default(); length(axes)];
    let turns: usize = length(summed);
    for value in &mut values {
        for _ in 0..turns {
            let read = pieces.iter().zip(&walk.places);
            let read = read.map(|(piece, &place)| piece.values[place]);
            let product = read.reduce(|x, y| field.product(x, y));
            *value = field.sum(*value, product.unwrap_or_else(|| field.one()));
            walk.advance();
        }
    }
    values
}

/// The order in which the indices that are not kept are summed, and the products that takes.
pub(super) fn order(
    sizes: &[usize],
    mut scopes: Vec<Vec<usize>>,
    kept: impl Fn(usize) -> bool,
) -> (Vec<usize>, u128) {
    let joined = |scopes: &[Vec<usize>], index: usize| {
        let with = scopes.iter().filter(|scope| scope.contains(&index));
        let mut joined: Vec<usize> = with.flatten().copied().collect();
        joined.sort_unstable();
        joined.dedup();
        joined
    };
    let volume = |scope: &[usize]| {
        let sizes = scope.iter().map(|&index| sizes[index] as u128);
        sizes.fold(1_u128, u128::saturating_mul)
    };
    let mut left: Vec<usize> = scopes.iter().flatten().copied().collect();
    left.retain(|&index| !kept(index));
    left.sort_unstable();
    left.dedup();
    let (mut order, mut cost) = (Vec::new(), 0_u128);
    while let Some((at, volume)) = left
        .iter()
        .map(|&index| volume(&joined(&scopes, index)))
        .enumerate()
        .min_by_key(|(_, volume): &(usize, u128)| *volume)
    {
        let index = left.remove(at);
        let mut scope = joined(&scopes, index);
        let arrays = scopes.iter().filter(|scope| scope.contains(&index)).count();
        cost = cost.saturating_add(volume.saturating_mul(arrays as u128));
        scope.retain(|&other| other != index);
        scopes.retain(|scope| !scope.contains(&index));
        scopes.push(scope);
        order.push(index);
    }
    (order, cost)
}

/// Sums out of a product every index that is not kept, among those that an array holds.
pub(super) fn contracted<'a>(
    field: Field,
    sizes: &[usize],
    mut pieces: Vec<Piece<'a>>,
    kept: impl Fn(usize) -> bool,
) -> Vec<Piece<'a>> {
    let scope = |piece: &Piece| piece.strides.iter().map(|(axis, _)| *axis).collect();
    let (order, _) = order(sizes, pieces.iter().map(scope).collect(), kept);
    for index in order {
        let (with, rest): (Vec<_>, Vec<_>) =
            pieces.into_iter().partition(|piece| piece.holds(index));
        let mut axes: Vec<usize> = with.iter().flat_map(scope).collect();
        axes.sort_unstable();
        axes.dedup();
        axes.retain(|&axis| axis != index);
        let values = table(field, sizes, &with, &axes, &[index]);
        let lengths: Vec<usize> = axes.iter().map(|&axis| sizes[axis]).collect();
        pieces = rest;
        pieces.push(Piece::new(&axes, &lengths, Cow::Owned(values)));
    }
    pieces
}
