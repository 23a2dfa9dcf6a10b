//! The sizes at which a step is checked and a hypothesis tested.

use super::condition::{Condition, Conditions, Least, raised};
use super::draw::Draw;
use super::evaluate::cost;
use super::expression::Expression;
use super::fault::FieldError;
use super::point::Sizes;
use super::polynomial::{Polynomial, Symbol, base, pole};
use super::theory::Theory;
use std::collections::BTreeSet;

/// Shapes for each step.
const SHAPES: usize = 3;

/// How often one size of a shape is raised: with two more, what conditions tie together leaves three shapes.
const RAISED: usize = 3;

/// The most dimensions of which all orders are gone through.
pub(super) const ORDERED: usize = 4;

/// All orders of some numbers from 0 on.
pub(super) fn permutations(count: usize) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new()];
    for next in 0..count {
        let longer = |order: &Vec<usize>| -> Vec<Vec<usize>> {
            (0..=order.len())
                .map(|at| [&order[..at], &[next], &order[at..]].concat())
                .collect()
        };
        all = all.iter().flat_map(longer).collect();
    }
    all
}

/// What some expressions speak of, with all that it is made of.
pub(super) struct Scope<'a> {
    /// In the order of declaration.
    pub(super) draws: Vec<&'a Draw>,
    /// The dimensions, in the order of declaration.
    pub(super) spaces: Vec<Symbol>,
    /// What their sizes have to satisfy: the theory's conditions, and that no pole is met.
    conditions: Conditions,
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
        let mut conditions = theory.conditions.clone();
        for condition in symbols.iter().filter_map(beyond) {
            conditions.insert(condition);
        }
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
        self.conditions.insert(condition);
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
            .closed()
            .iter()
            .filter(own)
            .map(|condition| &condition.least)
    }

    /// Consecutive sizes from one on, in turn, forwards and backwards: every dimension is once the largest and once the smallest.
    fn orders(&self, first: usize) -> Vec<Vec<usize>> {
        let count = self.spaces.len();
        let mut orders = Vec::new();
        for turn in 0..count.max(1) {
            let forwards: Vec<usize> = (0..count).map(|k| first + (k + turn) % count).collect();
            orders.push(forwards.iter().rev().copied().collect());
            orders.push(forwards);
        }
        orders
    }

    /// Shapes of sizes above a number, pairwise different, in both orders, as far as the conditions let it.
    pub(super) fn turned(&self, above: usize) -> Vec<Sizes> {
        let orders = self.orders(above + 1);
        orders
            .iter()
            .filter_map(|order| self.sizes(order))
            .collect()
    }

    /// Shapes of sizes above a number and above all that the conditions ask for: in every order of the dimensions, or where there
    /// are many of them turned.
    pub(super) fn ordered(&self, above: usize) -> Vec<Sizes> {
        let count = self.spaces.len();
        let asked = (0..count).map(|place| self.least(place)).max();
        let above = above.max(asked.unwrap_or(0));
        if count > ORDERED {
            return self.turned(above);
        }
        let shape = |order: &Vec<usize>| -> Vec<usize> {
            let size = |rank: &usize| above.saturating_add(1 + rank);
            order.iter().map(size).collect()
        };
        let orders = permutations(count);
        orders
            .iter()
            .filter_map(|order| self.sizes(&shape(order)))
            .collect()
    }

    /// The sizes, raised where the conditions ask for it; `None` if no sizes satisfy them.
    pub(super) fn sizes(&self, sizes: &[usize]) -> Option<Sizes> {
        let step = self.spaces.len().max(1);
        let sizes = raised(self.conditions.closed(), &self.spaces, sizes.to_vec(), step)?;
        Some(Sizes(self.spaces.iter().cloned().zip(sizes).collect()))
    }

    /// Small shapes, no two spaces of one size and none of size 1: 2, 3, 4, … in turn forwards and backwards, so that
    /// every space is once larger and once smaller than every other, as far as the conditions let it, and each of these with one
    /// size raised.
    pub(super) fn small(&self) -> Vec<Sizes> {
        let count = self.spaces.len();
        let raised =
            |sizes: Vec<usize>| raised(self.conditions.closed(), &self.spaces, sizes, count.max(1));
        // From what the conditions ask for: to raise what they raise anyhow would be no other shape.
        let orders: Vec<Vec<usize>> = self.orders(2).into_iter().filter_map(raised).collect();
        let mut all = orders.clone();
        for by in 1..=RAISED {
            for space in 0..count {
                for order in &orders {
                    let mut order = order.clone();
                    order[space] += by * count;
                    all.extend(raised(order));
                }
            }
        }
        let mut shapes: Vec<Sizes> = Vec::new();
        for sizes in all {
            let sizes = Sizes(self.spaces.iter().cloned().zip(sizes).collect());
            if !shapes.contains(&sizes) {
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
