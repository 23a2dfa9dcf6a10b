//! Products of powers of symbols.

use super::{IMAGINARY, Scaling, Symbol, base, pole};
use num_rational::BigRational;
use std::collections::BTreeMap;

/// A product of powers of symbols, negative powers allowed; no exponent stored is zero.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Monomial(pub(super) BTreeMap<Symbol, i64>);

impl Monomial {
    /// The powers, in the order of the names.
    pub fn powers(&self) -> impl Iterator<Item = (&Symbol, i64)> {
        self.0.iter().map(|(symbol, power)| (symbol, *power))
    }

    /// The exponent of a symbol, 0 where it does not occur.
    pub fn power_of(&self, symbol: &str) -> i64 {
        self.0.get(symbol).copied().unwrap_or(0)
    }

    /// The order of growth under a scaling: `n + 1` grows like n where n grows, and like 1 where it shrinks.
    pub fn order(&self, scaling: Scaling) -> i128 {
        let of = |symbol: &str| {
            let own = scaling.iter().find(|(name, _)| *name == base(symbol));
            let order = own.map_or(0, |(_, order)| *order);
            i128::from(if pole(symbol).is_some() {
                order.max(0)
            } else {
                order
            })
        };
        // Below 2⁶³ · 2³¹ each: no product is long enough to overflow the sum.
        let one = |(symbol, power): (&Symbol, &i64)| of(symbol) * i128::from(*power);
        self.0.iter().map(one).sum()
    }

    /// With `i` to the power 0 or 1, and the sign that this leaves.
    pub(super) fn with_unit_reduced(mut self, value: BigRational) -> (Self, BigRational) {
        let Some(power) = self.0.remove(IMAGINARY) else {
            return (self, value);
        };
        if power.rem_euclid(2) == 1 {
            self.0.insert(IMAGINARY.into(), 1);
        }
        let negative = power.rem_euclid(4) >= 2;
        (self, if negative { -value } else { value })
    }

    /// # Panics
    /// On an exponent of 2⁶³ or more, which no text reaches: exponents that are read stay below 2³¹.
    pub(super) fn times(&self, other: &Self) -> Self {
        let mut powers = self.0.clone();
        for (symbol, power) in &other.0 {
            let sum = powers.entry(symbol.clone()).or_insert(0);
            *sum = sum
                .checked_add(*power)
                .unwrap_or_else(|| panic!("{symbol}^{sum} times {symbol}^{power}"));
            if *sum == 0 {
                powers.remove(symbol);
            }
        }
        Monomial(powers)
    }
}
