//! Products of powers of symbols.

use super::{IMAGINARY, Scaling, Symbol, base};
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

    /// The exponent with which it grows in a symbol: `(n + 1)^-2` counts as `n^-2`.
    fn growth_in(&self, symbol: &str) -> i64 {
        let own = self.0.iter().filter(|(name, _)| base(name) == symbol);
        own.map(|(_, power)| power).sum()
    }

    /// The order of growth under a scaling.
    pub fn order(&self, scaling: Scaling) -> i128 {
        // Below 2⁶³ · 2³¹ each: no list is long enough to overflow the sum.
        let one = |(s, order): &(&str, i32)| i128::from(*order) * i128::from(self.growth_in(s));
        scaling.iter().map(one).sum()
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
