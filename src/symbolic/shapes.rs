//! The sizes at which a step is checked and a hypothesis tested.

use super::condition::{Condition, Least, raised};
use super::draw::Draw;
use super::evaluate::cost;
use super::expression::Expression;
use super::fault::FieldError;
use super::point::Sizes;
use super::polynomial::{Polynomial, Symbol, base, pole};
use super::theory::Theory;
use std::collections::{BTreeMap, BTreeSet};

/// Shapes for each step.
const SHAPES: usize = 3;

/// What some expressions speak of, with all that it is made of.
pub(super) struct Scope<'a> {
    /// In the order of declaration.
    pub(super) draws: Vec<&'a Draw>,
    /// The dimensions, in the order of declaration.
    pub(super) spaces: Vec<Symbol>,
    /// What their sizes have to satisfy: the theory's conditions, and that no pole is met.
    conditions: Vec<Condition>,
}

impl<'a> Scope<'a> {
    pub(super) fn of(
        theory: &'a Theory,
        expressions: &[&Expression],
        further: &[Polynomial],
    ) -> Self {
        let (mut tensors, mut symbols) = (BTreeSet::new(), BTreeSet::new());
        for expression in expressions {
            tensors.extend(expression.tensors().cloned());
            symbols.extend(named_in(expression));
            let legs = expression.legs().iter();
            symbols.extend(legs.map(|leg| leg.space.dimension().clone()));
        }
        let mut draws = Vec::new();
        for draw in theory.draws.iter().rev() {
            let made = draw.tensors();
            if made.iter().any(|tensor| tensors.contains(*tensor)) {
                let slots = made.iter().flat_map(|tensor| tensor.slots());
                symbols.extend(slots.map(|space| space.dimension().clone()));
                if let Some(source) = draw.source() {
                    tensors.extend(source.tensors().cloned());
                    symbols.extend(named_in(source));
                }
                draws.push(draw);
            }
        }
        draws.reverse();
        symbols.extend(further.iter().flat_map(symbols_of));
        let beyond = |symbol: &Symbol| {
            let (base, shift) = pole(symbol)?;
            Some(Condition::number(base, usize::try_from(1 - shift).ok()?))
        };
        let conditions = theory.conditions.iter().cloned();
        let conditions = conditions
            .chain(symbols.iter().filter_map(beyond))
            .collect();
        let symbols: BTreeSet<Symbol> = symbols.iter().map(|symbol| base(symbol).into()).collect();
        let spaces = theory
            .signature
            .spaces()
            .iter()
            .map(|space| space.dimension().clone());
        Scope {
            draws,
            spaces: spaces.filter(|name| symbols.contains(name)).collect(),
            conditions,
        }
    }

    /// Asks for sizes that satisfy one condition more.
    pub(super) fn require(&mut self, condition: Condition) {
        self.conditions.push(condition);
    }

    /// The products that a point takes.
    pub(super) fn cost(&self, sizes: &Sizes) -> Result<u128, FieldError> {
        let mut all = 0_u128;
        for draw in &self.draws {
            if let Draw::Mean(mean) = draw {
                all = all.saturating_add(super::smooth::cost(&mean.value, sizes, &mean.of)?);
            } else if let Some(source) = draw.source() {
                all = all.saturating_add(cost(source, sizes, &[])?);
            }
            for tensor in draw.tensors() {
                all = all.saturating_add(sizes.entries(tensor)?);
            }
            if let Draw::Inverse(tensor, _) = draw {
                let slots = sizes.slots(tensor)?;
                let rows = slots[..slots.len() / 2].iter();
                let rows = rows.fold(1_u128, |all, &size| all.saturating_mul(size as u128));
                all = all.saturating_add(rows.saturating_pow(3).saturating_mul(2));
            }
        }
        Ok(all)
    }

    /// The number that a dimension is not below.
    pub(super) fn least(&self, place: usize) -> usize {
        let own = self.asked(place).map(|least| match least {
            Least::Number(number) => *number,
            Least::Dimension(_) => 1,
        });
        own.max().unwrap_or(1)
    }

    /// The dimensions that one is not below.
    pub(super) fn not_below(&self, place: usize) -> Vec<usize> {
        let others = self.asked(place).filter_map(|least| match least {
            Least::Number(_) => None,
            Least::Dimension(other) => self.spaces.iter().position(|name| name == other),
        });
        others.collect()
    }

    fn asked(&self, place: usize) -> impl Iterator<Item = &Least> {
        let own = move |condition: &&Condition| condition.dimension == self.spaces[place];
        self.conditions
            .iter()
            .filter(own)
            .map(|condition| &condition.least)
    }

    /// Shapes of sizes above a number, pairwise different, in which every dimension is once the largest and once the smallest,
    /// as far as the conditions let it.
    pub(super) fn turned(&self, above: usize) -> Vec<Sizes> {
        let count = self.spaces.len();
        let mut shapes = Vec::new();
        for turn in 0..count {
            let forwards: Vec<usize> = (0..count).map(|k| above + 1 + (k + turn) % count).collect();
            let backwards = forwards.iter().rev().copied().collect();
            shapes.extend(
                [forwards, backwards]
                    .iter()
                    .filter_map(|shape: &Vec<usize>| self.sizes(shape)),
            );
        }
        shapes
    }

    /// The sizes, raised where the conditions ask for it; `None` if no sizes satisfy them.
    pub(super) fn sizes(&self, sizes: &[usize]) -> Option<Sizes> {
        let step = self.spaces.len().max(1);
        let sizes = raised(&self.conditions, &self.spaces, sizes.to_vec(), step)?;
        Some(Sizes(self.spaces.iter().cloned().zip(sizes).collect()))
    }

    /// Small shapes, no two spaces of one size and none of size 1: 2, 3, 4, … in turn forwards and backwards, so that
    /// every space is once larger and once smaller than every other, and each of these with one size raised.
    pub(super) fn small(&self) -> Vec<Sizes> {
        let count = self.spaces.len();
        let mut orders: Vec<Vec<usize>> = Vec::new();
        for turn in 0..count.max(1) {
            let forwards: Vec<usize> = (0..count).map(|k| 2 + (k + turn) % count).collect();
            orders.push(forwards.iter().rev().copied().collect());
            orders.push(forwards);
        }
        let raised = |order: &Vec<usize>, (space, by): (usize, usize)| {
            let mut order = order.clone();
            order[space] += by * count;
            order
        };
        let mut all = orders.clone();
        // What the conditions raise to one and the same is one shape less.
        let least = self
            .conditions
            .iter()
            .map(|condition| match condition.least {
                Least::Number(number) => number.min(64),
                Least::Dimension(_) => 1,
            });
        for by in 1..=2 + least.max().unwrap_or(0) {
            for space in 0..count {
                all.extend(orders.iter().map(|order| raised(order, (space, by))));
            }
        }
        let mut shapes: Vec<Sizes> = Vec::new();
        for order in all {
            if let Some(sizes) = self.sizes(&order)
                && !shapes.contains(&sizes)
            {
                shapes.push(sizes);
            }
        }
        shapes
    }
}

fn symbols_of(coefficient: &Polynomial) -> impl Iterator<Item = Symbol> {
    let powers = coefficient
        .terms()
        .flat_map(|(monomial, _)| monomial.powers());
    powers.map(|(symbol, _)| symbol.clone())
}

/// The cheapest shapes within a budget, each if possible different from those before in every space.
pub(super) fn chosen(mut priced: Vec<(u128, Sizes)>, budget: u128) -> Vec<Sizes> {
    priced.retain(|(cost, _)| *cost <= budget);
    priced.sort_by_key(|(cost, _)| *cost);
    let mut chosen: Vec<Sizes> = Vec::new();
    let differs = |one: &Sizes, other: &Sizes| {
        let pairs = one.0.values().zip(other.0.values());
        pairs.filter(|(a, b)| a == b).count() == 0
    };
    while chosen.len() < SHAPES {
        let fresh = |(_, s): &&(u128, Sizes)| chosen.iter().all(|known| differs(known, s));
        let other = |(_, s): &&(u128, Sizes)| !chosen.contains(s);
        match priced
            .iter()
            .find(fresh)
            .or_else(|| priced.iter().find(other))
        {
            Some((_, sizes)) if !chosen.contains(sizes) => chosen.push(sizes.clone()),
            _ => break,
        }
    }
    chosen
}

/// The dimensions that an expression sums over, and the symbols of its coefficients.
fn named_in(expression: &Expression) -> BTreeSet<Symbol> {
    let terms = expression.terms().iter();
    let summed = terms.clone().flat_map(|term| &term.summed);
    let dimensions = summed.map(|index| index.space.dimension().clone());
    let coefficients = terms.flat_map(|term| symbols_of(&term.coefficient));
    dimensions.chain(coefficients).collect()
}

/// How many shapes a step needs: one where no dimension occurs.
pub(super) fn needed(scope: &Scope) -> usize {
    if scope.spaces.is_empty() { 1 } else { SHAPES }
}

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
            let reach = reach_of(&source.normal_form(), &of_tensor);
            for tensor in draw.tensors() {
                of_tensor.insert(tensor.name().clone(), reach.clone());
            }
        }
    }
    reach_of(expression, &of_tensor)
}

fn reach_of(expression: &Expression, of_tensor: &BTreeMap<Symbol, Reach>) -> Reach {
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
        for (monomial, _) in term.coefficient.terms() {
            for (symbol, power) in monomial.powers() {
                let most = whole.powers.entry(symbol.clone()).or_default();
                let side = &mut most[usize::from(power < 0)];
                *side = power.unsigned_abs().max(*side);
            }
        }
        let mut counts: BTreeMap<&Symbol, u64> = BTreeMap::new();
        for factor in &term.factors {
            if let super::expression::Factor::Entry(tensor, _) = factor {
                *counts.entry(tensor.name()).or_default() += 1;
            }
        }
        for (name, count) in counts {
            let most = made.entry(name).or_default();
            *most = count.max(*most);
        }
    }
    for (name, count) in made {
        if let Some(reach) = of_tensor.get(name) {
            whole.widen(reach, count);
        }
    }
    whole
}
