//! What a polynomial comes to: with a term for a symbol, in floating point, in a prime field.

use super::{Monomial, Polynomial, base, pole};
use crate::symbolic::modulus::{Field, Residue};
use num_rational::BigRational;
use num_traits::ToPrimitive;

impl Polynomial {
    /// `symbol` replaced by a single term `value`; `None` where `value` has several or no terms and a
    /// negative power would have to be taken of it, or a power of 2³² and more.
    pub fn substitute(&self, symbol: &str, value: &Polynomial) -> Option<Self> {
        let mut result = Self::zero();
        for (monomial, coefficient) in &self.0 {
            let (own, rest): (Vec<_>, Vec<_>) = monomial
                .powers()
                .partition(|(name, _)| base(name) == symbol);
            let rest = rest.into_iter().map(|(name, power)| (name.clone(), power));
            let mut product = Self::monomial(Monomial(rest.collect()), coefficient.clone());
            for (name, power) in own {
                let shift = pole(name).map_or(0, |(_, shift)| shift);
                let shifted = value + &Self::from(shift);
                let size = u32::try_from(power.unsigned_abs()).ok()?;
                let factor = if power < 0 {
                    shifted.reciprocal()?
                } else {
                    shifted
                };
                product = &product * &factor.power(size);
            }
            result = &result + &product;
        }
        Some(result)
    }

    /// The value in floating point; `None` if a symbol has no value.
    pub fn value(&self, at: &[(&str, f64)]) -> Option<f64> {
        let term = |(monomial, coefficient): (&Monomial, &BigRational)| {
            let mut product = coefficient.to_f64()?;
            for (symbol, power) in monomial.powers() {
                let (_, value) = at.iter().find(|(name, _)| *name == base(symbol))?;
                let shift = pole(symbol).map_or(0, |(_, shift)| shift);
                product *= (value + shift as f64).powi(power.try_into().ok()?);
            }
            Some(product)
        };
        self.0.iter().map(term).sum()
    }

    /// The value in a prime field; `None` if a symbol has no value, a zero one under a negative power, or if a
    /// coefficient is 0 there that is not 0.
    pub(in crate::symbolic) fn evaluate(
        &self,
        field: Field,
        value: impl Fn(&str) -> Option<Residue>,
    ) -> Option<Residue> {
        let mut sum = Residue::default();
        for (monomial, coefficient) in &self.0 {
            let mut product = field.rational(coefficient)?;
            for (symbol, power) in monomial.powers() {
                let base = match pole(symbol) {
                    None => value(symbol)?,
                    Some((base, shift)) => field.sum(value(base)?, field.integer(shift)),
                };
                let base = if power < 0 {
                    field.inverse(base)?
                } else {
                    base
                };
                product = field.product(field.power(base, power.unsigned_abs()), product);
            }
            sum = field.sum(sum, product);
        }
        Some(sum)
    }
}
