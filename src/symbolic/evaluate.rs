//! The independent checker's evaluation: an expression at a point of a prime field.
//!
//! Nothing here knows of contraction graphs, normal forms, rules or pairings: an expectation is a product
//! of moments, one for each *entry* of the random tensor that an assignment of its indices meets.

use super::contract::{Piece, Walk, contracted, order, table};
use super::expression::{Expression, Factor, Term};
use super::fault::FieldError;
use super::modulus::{Field, Residue};
use super::point::{Point, Sizes};
use super::random::{Random, Variables};
use super::tensor::Tensor;
use rayon::prelude::*;
use std::borrow::Cow;

/// The expression at every assignment of its legs, the last leg fastest; expectations over the tensors
/// in `random`.
pub(super) fn evaluate(
    expression: &Expression,
    point: &Point,
    random: &[Random],
) -> Result<Vec<Residue>, FieldError> {
    let field = point.field();
    let legs = expression
        .legs()
        .iter()
        .map(|leg| point.sizes().of(&leg.space));
    let legs: usize = legs.product::<Result<_, _>>()?;
    let is_random = |tensor: &Tensor| random.iter().any(|r| r.side(tensor.name()).is_some());
    let values = expression.terms().par_iter().map(|term| {
        let written = Written::new(expression, term, point.sizes())?;
        written.values(point, term, random, &is_random)
    });
    // Sums in a field do not depend on their order, but the first error does.
    let values: Vec<Result<Vec<Residue>, FieldError>> = values.collect();
    let mut sum = vec![Residue::default(); legs];
    for values in values {
        for (sum, value) in sum.iter_mut().zip(values?) {
            *sum = field.sum(*sum, value);
        }
    }
    Ok(sum)
}

/// The products that evaluating takes, expectations over the tensors called `random`.
pub(super) fn cost(
    expression: &Expression,
    sizes: &Sizes,
    random: &[&str],
) -> Result<u128, FieldError> {
    let mut cost = 0_u128;
    for term in expression.terms() {
        let written = Written::new(expression, term, sizes)?;
        let is_random = |tensor: &Tensor| random.iter().any(|name| **name == **tensor.name());
        let (fixed, drawn) = written.split(&is_random);
        let kept = written.kept(&drawn);
        let scopes = fixed.iter().map(|(_, axes)| axes.clone());
        let scopes = scopes.chain(written.ties.iter().map(|tie| tie.to_vec()));
        let (_, products) = order(&written.sizes, scopes.collect(), |v| kept[v]);
        let walked = written.sizes.iter().zip(&kept).filter(|(_, kept)| **kept);
        let walked: u128 = walked.fold(1, |all, (&size, _)| all.saturating_mul(size as u128));
        // One product for each array that may be left, one for each entry that is met.
        let each = (1 + fixed.len() + drawn.len()) as u128;
        cost = cost
            .saturating_add(products)
            .saturating_add(walked.saturating_mul(each));
    }
    Ok(cost)
}

/// A tensor with the index of each slot.
type Entry<'a> = (&'a Tensor, Vec<usize>);

/// Whether a tensor is a random one.
type IsRandom<'a> = dyn Fn(&Tensor) -> bool + 'a;

/// The factors of a term after its δ's have renamed what is summed; indices are numbers, the legs first.
struct Written<'a> {
    legs: usize,
    sizes: Vec<usize>,
    /// Summed indices that a δ has renamed away.
    gone: Vec<bool>,
    factors: Vec<Entry<'a>>,
    /// Pairs of legs that a δ ties.
    ties: Vec<[usize; 2]>,
}

impl<'a> Written<'a> {
    fn new(expression: &Expression, term: &'a Term, at: &Sizes) -> Result<Self, FieldError> {
        let indices = expression.legs().iter().chain(&term.summed);
        let sizes = indices
            .map(|index| at.of(&index.space))
            .collect::<Result<Vec<_>, _>>()?;
        let legs = expression.legs().len();
        let mut name: Vec<usize> = (0..sizes.len()).collect();
        let mut ties = Vec::new();
        for factor in &term.factors {
            let Factor::Delta(indices) = factor else {
                continue;
            };
            for pair in indices.windows(2) {
                let (a, b) = (
                    name[pair[0]].min(name[pair[1]]),
                    name[pair[0]].max(name[pair[1]]),
                );
                if b >= legs {
                    name.iter_mut().filter(|v| **v == b).for_each(|v| *v = a);
                } else if a != b {
                    ties.push([a, b]);
                }
            }
        }
        let renamed = |factor: &'a Factor| match factor {
            Factor::Entry(tensor, slots) => {
                Some((tensor, slots.iter().map(|&v| name[v]).collect()))
            }
            Factor::Delta(_) => None,
        };
        Ok(Written {
            legs,
            gone: name
                .iter()
                .enumerate()
                .map(|(v, name)| v != *name)
                .collect(),
            factors: term.factors.iter().filter_map(renamed).collect(),
            sizes,
            ties,
        })
    }

    /// The factors that are held fixed, and the random ones.
    fn split(&self, is_random: &IsRandom) -> (Vec<&Entry<'a>>, Vec<&Entry<'a>>) {
        self.factors
            .iter()
            .partition(|(tensor, _)| !is_random(tensor))
    }

    /// The indices that are not summed beforehand: the legs and those of random entries.
    fn kept(&self, drawn: &[&Entry]) -> Vec<bool> {
        let mut kept: Vec<bool> = (0..self.sizes.len()).map(|v| v < self.legs).collect();
        drawn
            .iter()
            .flat_map(|(_, slots)| slots)
            .for_each(|&v| kept[v] = true);
        kept
    }

    fn values(
        &self,
        point: &Point,
        term: &Term,
        random: &[Random],
        is_random: &IsRandom,
    ) -> Result<Vec<Residue>, FieldError> {
        let field = point.field();
        let (fixed, drawn) = self.split(is_random);
        let kept = self.kept(&drawn);
        let mut pieces = Vec::new();
        for (tensor, slots) in fixed {
            let array = point.tensor(tensor.name())?;
            let lengths: Vec<usize> = slots.iter().map(|&v| self.sizes[v]).collect();
            pieces.push(Piece::new(slots, &lengths, Cow::Borrowed(&array.values)));
        }
        for tie in &self.ties {
            let size = self.sizes[tie[0]];
            let entry = |k: usize| {
                if k.is_multiple_of(size + 1) {
                    field.one()
                } else {
                    Residue::default()
                }
            };
            let identity = (0..size * size).map(entry).collect();
            pieces.push(Piece::new(tie, &[size; 2], Cow::Owned(identity)));
        }
        let mut scale = point.coefficient(&term.coefficient)?;
        // An index that nothing holds runs freely.
        for v in (self.legs..self.sizes.len()).filter(|&v| !self.gone[v] && !kept[v]) {
            if !pieces.iter().any(|piece| piece.holds(v)) {
                scale = field.product(scale, field.number(self.sizes[v] as u64));
            }
        }
        let mut pieces = contracted(field, &self.sizes, pieces, |v| kept[v]);
        pieces.push(Piece::new(&[], &[], Cow::Owned(vec![scale])));
        if drawn.is_empty() {
            let legs: Vec<usize> = (0..self.legs).collect();
            return Ok(table(field, &self.sizes, &pieces, &legs, &[]));
        }
        self.walked(point, &pieces, &drawn, random)
    }

    /// The mean of each assignment of the indices that legs and random entries hold, times the arrays that are left.
    fn walked(
        &self,
        point: &Point,
        pieces: &[Piece],
        drawn: &[&Entry],
        random: &[Random],
    ) -> Result<Vec<Residue>, FieldError> {
        let (field, kept) = (point.field(), self.kept(drawn));
        let (legs, summed): (Vec<usize>, Vec<usize>) = (0..self.sizes.len())
            .filter(|&v| kept[v])
            .partition(|&v| v < self.legs);
        let strides = |(_, slots): &&Entry| {
            let lengths: Vec<usize> = slots.iter().map(|&v| self.sizes[v]).collect();
            Piece::new(slots, &lengths, Cow::Borrowed(&[])).strides
        };
        let strides: Vec<Vec<(usize, usize)>> = drawn.iter().map(strides).collect();
        let strides = strides
            .iter()
            .chain(pieces.iter().map(|piece| &piece.strides));
        let strides: Vec<&[(usize, usize)]> = strides.map(Vec::as_slice).collect();
        let mut walk = Walk::new(&self.sizes, &[legs.as_slice(), &summed].concat(), &strides);
        let turns = |indices: &[usize]| indices.iter().map(|&v| self.sizes[v]).product::<usize>();
        let mut entries = Entries::new(point, drawn, random)?;
        let mut values = vec![Residue::default(); turns(&legs)];
        for value in &mut values {
            for _ in 0..turns(&summed) {
                let (met, places) = walk.places.split_at(drawn.len());
                let mut product = entries.mean(field, met);
                if !field.is_zero(product) {
                    for (piece, &place) in pieces.iter().zip(places) {
                        product = field.product(product, piece.values[place]);
                    }
                    *value = field.sum(*value, product);
                }
                walk.advance();
            }
        }
        Ok(values)
    }
}

/// The random entries of a term.
struct Entries {
    /// The random tensor that each factor is an entry of, and whether of its conjugate.
    of: Vec<(usize, usize)>,
    /// How the mean of entries of each random tensor is computed.
    means: Vec<Variables>,
    /// The entries that an assignment meets, of each.
    met: Vec<Vec<(usize, usize)>>,
}

impl Entries {
    fn new(point: &Point, drawn: &[&Entry], random: &[Random]) -> Result<Self, FieldError> {
        let mut entries = Entries {
            of: Vec::new(),
            means: Vec::new(),
            met: Vec::new(),
        };
        for one in random {
            let mut factors = drawn.iter().filter(|(t, _)| one.side(t.name()).is_some());
            let Some((tensor, _)) = factors.next() else {
                continue;
            };
            let sizes = point.sizes().slots(tensor)?;
            let most = factors.count() + 1;
            let means = Variables::new(point.field(), &one.law, &sizes, most);
            entries.means.push(means);
            entries.met.push(Vec::new());
        }
        for (tensor, _) in drawn {
            let present = |one: &&Random| drawn.iter().any(|(t, _)| one.side(t.name()).is_some());
            let sides = random
                .iter()
                .filter(present)
                .map(|one| one.side(tensor.name()));
            let of = sides.enumerate().find_map(|(k, side)| Some((k, side?)));
            entries.of.extend(of);
        }
        Ok(entries)
    }

    /// The mean of a product of entries: different random tensors are independent.
    fn mean(&mut self, field: Field, places: &[usize]) -> Residue {
        self.met.iter_mut().for_each(Vec::clear);
        for (&place, &(random, side)) in places.iter().zip(&self.of) {
            self.met[random].push((place, side));
        }
        let means = self.means.iter_mut().zip(&self.met);
        means.fold(field.one(), |product, (means, met)| {
            field.product(product, means.mean(field, met))
        })
    }
}
