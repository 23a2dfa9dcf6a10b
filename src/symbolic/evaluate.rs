//! The independent checker's evaluation: an expression at a point of a prime field.
//!
//! Nothing here knows of contraction graphs, normal forms, rules or pairings: an expectation is a product
//! of moments, one for each *entry* of the random tensor that an assignment of its indices meets.

use super::check::CheckError;
use super::contract::{Piece, Walk, contracted, order, table};
use super::expression::{Expression, Factor, Term};
use super::modulus::Residue;
use super::point::{Point, Sizes};
use super::tensor::Tensor;
use std::borrow::Cow;

/// Entry moments `E x^k`, `k = 0, 1, …`, of the random tensors, by name.
pub(super) type Moments = [(String, Vec<Residue>)];

/// The expression at every assignment of its legs, the last leg fastest; expectations over the tensors
/// in `random`.
pub(super) fn evaluate(
    expression: &Expression,
    point: &Point,
    random: &Moments,
) -> Result<Vec<Residue>, CheckError> {
    let field = point.field();
    let legs = expression
        .legs()
        .iter()
        .map(|leg| point.sizes().of(&leg.space));
    let legs: usize = legs.product::<Result<_, _>>()?;
    let mut sum = vec![Residue::default(); legs];
    for term in expression.terms() {
        let is_random = |tensor: &Tensor| {
            random
                .iter()
                .position(|(name, _)| **name == **tensor.name())
        };
        let written = Written::new(expression, term, point.sizes())?;
        let values = written.values(point, term, random, &is_random)?;
        for (sum, value) in sum.iter_mut().zip(values) {
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
) -> Result<u128, CheckError> {
    let mut cost = 0_u128;
    for term in expression.terms() {
        let written = Written::new(expression, term, sizes)?;
        let is_random = |tensor: &Tensor| random.iter().position(|name| **name == **tensor.name());
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

/// A tensor's number among the random ones.
type IsRandom<'a> = dyn Fn(&Tensor) -> Option<usize> + 'a;

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
    fn new(expression: &Expression, term: &'a Term, at: &Sizes) -> Result<Self, CheckError> {
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
            .partition(|(tensor, _)| is_random(tensor).is_none())
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
        random: &Moments,
        is_random: &IsRandom,
    ) -> Result<Vec<Residue>, CheckError> {
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
        let legs: Vec<usize> = (0..self.legs).collect();
        if drawn.is_empty() {
            return Ok(table(field, &self.sizes, &pieces, &legs, &[]));
        }
        let summed: Vec<usize> = (self.legs..self.sizes.len()).filter(|&v| kept[v]).collect();
        let mut entries = Entries::new(&self.sizes, &drawn, is_random);
        Ok(entries.expectations(point, &pieces, random, &self.sizes, [&legs, &summed]))
    }
}

/// The random entries of a term: those of each tensor after those of the one before.
struct Entries {
    strides: Vec<Vec<(usize, usize)>>,
    /// Where the tensor of each factor begins, and its number.
    begins: Vec<(usize, usize)>,
    /// How often an assignment meets each entry.
    met: Vec<u32>,
}

impl Entries {
    fn new(sizes: &[usize], drawn: &[&Entry], is_random: &IsRandom) -> Self {
        let mut begin_of: Vec<(usize, usize)> = Vec::new();
        let (mut strides, mut begins, mut entries) = (Vec::new(), Vec::new(), 0);
        for (tensor, slots) in drawn {
            let lengths: Vec<usize> = slots.iter().map(|&v| sizes[v]).collect();
            let number = is_random(tensor).unwrap_or_default();
            let known = begin_of.iter().find(|(n, _)| *n == number).copied();
            let (_, begin) = known.unwrap_or_else(|| {
                begin_of.push((number, entries));
                entries += lengths.iter().product::<usize>();
                (number, entries - lengths.iter().product::<usize>())
            });
            strides.push(Piece::new(slots, &lengths, Cow::Borrowed(&[])).strides);
            begins.push((begin, number));
        }
        Entries {
            strides,
            begins,
            met: vec![0; entries],
        }
    }

    fn expectations(
        &mut self,
        point: &Point,
        pieces: &[Piece],
        random: &Moments,
        sizes: &[usize],
        [legs, summed]: [&[usize]; 2],
    ) -> Vec<Residue> {
        let field = point.field();
        let length = |indices: &[usize]| indices.iter().map(|&v| sizes[v]).product::<usize>();
        let own = self.strides.iter().map(Vec::as_slice);
        let strides: Vec<&[(usize, usize)]> = own
            .chain(pieces.iter().map(|piece| piece.strides.as_slice()))
            .collect();
        let mut walk = Walk::new(sizes, &[legs, summed].concat(), &strides);
        let mut values = vec![Residue::default(); length(legs)];
        for value in &mut values {
            for _ in 0..length(summed) {
                let (entries, places) = walk.places.split_at(self.begins.len());
                let mut product = self.expectation(point, entries, random);
                if !field.is_zero(product) {
                    for (piece, &place) in pieces.iter().zip(places) {
                        product = field.product(product, piece.values[place]);
                    }
                    *value = field.sum(*value, product);
                }
                walk.advance();
            }
        }
        values
    }

    /// `E Π x_entry`: equal entries together give one moment, different ones are independent.
    fn expectation(&mut self, point: &Point, places: &[usize], random: &Moments) -> Residue {
        let field = point.field();
        for (&place, &(begin, _)) in places.iter().zip(&self.begins) {
            self.met[begin + place] += 1;
        }
        let mut product = field.one();
        for (&place, &(begin, number)) in places.iter().zip(&self.begins) {
            let times = std::mem::take(&mut self.met[begin + place]);
            if times > 0 {
                product = field.product(product, random[number].1[times as usize]);
            }
        }
        product
    }
}
