//! What an expression can vanish at without being 0.

use super::draw::Draw;
use super::expression::{Expression, Factor};
use super::polynomial::{Symbol, base};
use super::theory::Theory;
use std::collections::BTreeMap;

/// What an expression can vanish at without being 0.
#[derive(Debug, Clone, Default)]
pub(super) struct Reach {
    /// For each dimension the most indices over it in a term.
    vertices: BTreeMap<Symbol, u64>,
    /// The largest powers of each symbol, or pole, and of its inverse.
    powers: BTreeMap<Symbol, [u64; 2]>,
}

impl Reach {
    /// Of a dimension the most indices over it.
    pub(super) fn vertices(&self, dimension: &str) -> u64 {
        self.vertices.get(dimension).copied().unwrap_or(0)
    }

    /// How many roots there can be in a dimension: multiplied by all their poles the coefficients are polynomials, and each sum
    /// may hide a factor of the dimension, as the trace of an inverse of δ does.
    pub(super) fn roots(&self, dimension: &str) -> u64 {
        let own = self.powers.iter().filter(|(s, _)| base(s) == dimension);
        own.flat_map(|(_, powers)| powers)
            .fold(self.vertices(dimension), |sum, power| {
                sum.saturating_add(*power)
            })
    }

    fn widen(&mut self, other: &Self, times: u64) {
        for (space, count) in &other.vertices {
            let own = self.vertices.entry(space.clone()).or_default();
            *own = own.saturating_add(count.saturating_mul(times));
        }
        for (symbol, powers) in &other.powers {
            let own = self.powers.entry(symbol.clone()).or_default();
            for (own, power) in own.iter_mut().zip(powers) {
                *own = own.saturating_add(power.saturating_mul(times));
            }
        }
    }
}

/// How far an expression reaches; what a tensor is made of counts wherever it stands.
pub(super) fn reach(theory: &Theory, expression: &Expression) -> Reach {
    let mut of_tensor: BTreeMap<Symbol, Reach> = BTreeMap::new();
    for draw in &theory.draws {
        if let Some(source) = draw.source() {
            let is_inverse = matches!(draw, Draw::Inverse(..));
            let reach = reach_of(&source.normal_form(), &of_tensor, is_inverse);
            for tensor in draw.tensors() {
                of_tensor.insert(tensor.name().clone(), reach.clone());
            }
        }
    }
    reach_of(expression, &of_tensor, false)
}

/// Of a sum the terms are brought over all poles, so that of each symbol the largest power counts; in the entries of an inverse
/// the terms of its matrix are multiplied, so that the powers add up.
fn reach_of(
    expression: &Expression,
    of_tensor: &BTreeMap<Symbol, Reach>,
    is_inverse: bool,
) -> Reach {
    let gather = |most: &mut u64, count: u64| {
        *most = match is_inverse {
            true => most.saturating_add(count),
            false => count.max(*most),
        }
    };
    let mut whole = Reach::default();
    // Of each tensor the most factors in a term: terms are brought over the poles of all of them.
    let mut made: BTreeMap<&Symbol, u64> = BTreeMap::new();
    for term in expression.terms() {
        let mut vertices: BTreeMap<Symbol, u64> = BTreeMap::new();
        for index in expression.legs().iter().chain(&term.summed) {
            *vertices.entry(index.space.dimension().clone()).or_default() += 1;
        }
        for (space, count) in vertices {
            let most = whole.vertices.entry(space).or_default();
            *most = count.max(*most);
        }
        let mut powers: BTreeMap<Symbol, [u64; 2]> = BTreeMap::new();
        for (monomial, _) in term.coefficient.terms() {
            for (symbol, power) in monomial.powers() {
                let most = powers.entry(symbol.clone()).or_default();
                let side = &mut most[usize::from(power < 0)];
                *side = power.unsigned_abs().max(*side);
            }
        }
        for (symbol, powers) in powers {
            let sides = whole.powers.entry(symbol).or_default();
            for (most, power) in sides.iter_mut().zip(powers) {
                gather(most, power);
            }
        }
        let mut counts: BTreeMap<&Symbol, u64> = BTreeMap::new();
        for factor in &term.factors {
            if let Factor::Entry(tensor, _) = factor {
                *counts.entry(tensor.name()).or_default() += 1;
            }
        }
        for (name, count) in counts {
            gather(made.entry(name).or_default(), count);
        }
    }
    for (name, count) in made {
        if let Some(reach) = of_tensor.get(name) {
            whole.widen(reach, count);
        }
    }
    whole
}
