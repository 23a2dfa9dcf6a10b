//! Coefficients: Laurent polynomials with rational coefficients in `n, d, p, z, κ₄, …`.

use crate::tensor::Fp61;
use num_bigint::{BigInt, BigUint};
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};
use std::collections::BTreeMap;
use std::iter::Sum;
use std::ops::{Add, Mul, Neg, Sub};
use std::sync::Arc;

/// The name of a formal scalar or of a dimension.
pub type Symbol = Arc<str>;

/// The orders of growth of the symbols: `n ~ N²` and `d, p ~ N` is `[("n", 2), ("d", 1), ("p", 1)]`.
/// A symbol that is not listed has order 0.
pub type Scaling<'a> = &'a [(&'a str, i32)];

/// A product of powers of symbols, negative powers allowed; no exponent stored is zero.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Monomial(BTreeMap<Symbol, i32>);

impl Monomial {
    /// The powers, in the order of the names.
    pub fn powers(&self) -> impl Iterator<Item = (&Symbol, i32)> {
        self.0.iter().map(|(symbol, power)| (symbol, *power))
    }

    /// The exponent of a symbol, 0 where it does not occur.
    pub fn power_of(&self, symbol: &str) -> i32 {
        self.0.get(symbol).copied().unwrap_or(0)
    }

    /// The order of growth under a scaling.
    pub fn order(&self, scaling: Scaling) -> i32 {
        scaling
            .iter()
            .map(|(s, order)| order * self.power_of(s))
            .sum()
    }

    fn times(&self, other: &Self) -> Self {
        let mut powers = self.0.clone();
        for (symbol, power) in &other.0 {
            let sum = powers.entry(symbol.clone()).or_insert(0);
            *sum += power;
            if *sum == 0 {
                powers.remove(symbol);
            }
        }
        Monomial(powers)
    }
}

/// A Laurent polynomial over the rationals; exact, with integers of any size, so nothing can overflow.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Polynomial(BTreeMap<Monomial, BigRational>);

impl Polynomial {
    /// The zero polynomial.
    pub fn zero() -> Self {
        Self::default()
    }

    /// The constant 1.
    pub fn one() -> Self {
        Self::from(1)
    }

    /// A rational constant.
    pub fn constant(value: BigRational) -> Self {
        Self::monomial(Monomial::default(), value)
    }

    /// `symbol^power`.
    pub fn symbol(name: &str, power: i32) -> Self {
        let powers = if power == 0 {
            BTreeMap::new()
        } else {
            BTreeMap::from([(name.into(), power)])
        };
        Self::monomial(Monomial(powers), BigRational::one())
    }

    fn monomial(monomial: Monomial, value: BigRational) -> Self {
        let mut terms = BTreeMap::new();
        if !value.is_zero() {
            terms.insert(monomial, value);
        }
        Polynomial(terms)
    }

    /// Whether it is the zero polynomial.
    pub fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    /// The terms, with their coefficients, none of them zero.
    pub fn terms(&self) -> impl DoubleEndedIterator<Item = (&Monomial, &BigRational)> {
        self.0.iter()
    }

    /// `1/self` where it is a single term, `None` otherwise.
    pub fn reciprocal(&self) -> Option<Self> {
        let mut terms = self.0.iter();
        match (terms.next(), terms.next()) {
            (Some((monomial, value)), None) => {
                let powers = monomial.0.iter().map(|(s, k)| (s.clone(), -k)).collect();
                Some(Self::monomial(Monomial(powers), value.recip()))
            }
            _ => None,
        }
    }

    /// The `exponent`-th power.
    pub fn power(&self, exponent: u32) -> Self {
        (0..exponent).fold(Self::one(), |power, _| &power * self)
    }

    /// `symbol` replaced by a single term `value`; `None` where `value` has several or no terms and a
    /// negative power would have to be taken of it.
    pub fn substitute(&self, symbol: &str, value: &Polynomial) -> Option<Self> {
        let mut result = Self::zero();
        for (monomial, coefficient) in &self.0 {
            let mut rest = monomial.clone();
            let power = rest.0.remove(symbol).unwrap_or(0);
            let base = if power < 0 {
                value.reciprocal()?
            } else {
                value.clone()
            };
            let rest = Self::monomial(rest, coefficient.clone());
            result = &result + &(&rest * &base.power(power.unsigned_abs()));
        }
        Some(result)
    }

    /// The largest order of growth among the terms, `None` for zero.
    pub fn order(&self, scaling: Scaling) -> Option<i32> {
        self.0.keys().map(|m| m.order(scaling)).max()
    }

    /// The terms of one order of growth.
    pub fn part_of_order(&self, scaling: Scaling, order: i32) -> Self {
        let part = self.0.iter().filter(|(m, _)| m.order(scaling) == order);
        Polynomial(part.map(|(m, c)| (m.clone(), c.clone())).collect())
    }

    /// The value in floating point; `None` if a symbol has no value.
    pub fn value(&self, at: &[(&str, f64)]) -> Option<f64> {
        let term = |(monomial, coefficient): (&Monomial, &BigRational)| {
            let mut product = coefficient.to_f64()?;
            for (symbol, power) in monomial.powers() {
                let (_, value) = at.iter().find(|(name, _)| *name == &**symbol)?;
                product *= value.powi(power);
            }
            Some(product)
        };
        self.0.iter().map(term).sum()
    }

    /// The value in the prime field; `None` if a symbol has no value, or a zero one under a negative power.
    pub fn evaluate(&self, value: impl Fn(&str) -> Option<Fp61>) -> Option<Fp61> {
        let mut sum = Fp61::zero();
        for (monomial, coefficient) in &self.0 {
            let mut product = residue(coefficient)?;
            for (symbol, power) in monomial.powers() {
                let base = value(symbol)?;
                let base = if power < 0 { base.inverse()? } else { base };
                product = num_traits::pow(base, power.unsigned_abs() as usize) * product;
            }
            sum = sum + product;
        }
        Some(sum)
    }
}

/// A rational in the prime field, `None` where the prime divides the denominator.
fn residue(value: &BigRational) -> Option<Fp61> {
    let prime = BigUint::from(crate::tensor::MERSENNE_61);
    let reduce = |x: &BigInt| {
        let digits = (x.magnitude() % &prime).iter_u64_digits().next();
        let residue = Fp61::new(digits.unwrap_or(0));
        if x.is_negative() { -residue } else { residue }
    };
    Some(reduce(value.numer()) * reduce(value.denom()).inverse()?)
}

impl From<i64> for Polynomial {
    fn from(value: i64) -> Self {
        Self::constant(BigRational::from_integer(value.into()))
    }
}

impl Add for &Polynomial {
    type Output = Polynomial;
    fn add(self, other: Self) -> Polynomial {
        let mut terms = self.0.clone();
        for (monomial, coefficient) in &other.0 {
            let sum = terms
                .entry(monomial.clone())
                .or_insert_with(BigRational::zero);
            *sum += coefficient;
            if sum.is_zero() {
                terms.remove(monomial);
            }
        }
        Polynomial(terms)
    }
}

impl Neg for &Polynomial {
    type Output = Polynomial;
    fn neg(self) -> Polynomial {
        Polynomial(self.0.iter().map(|(m, c)| (m.clone(), -c)).collect())
    }
}

impl Sub for &Polynomial {
    type Output = Polynomial;
    fn sub(self, other: Self) -> Polynomial {
        self + &-other
    }
}

impl Mul for &Polynomial {
    type Output = Polynomial;
    fn mul(self, other: Self) -> Polynomial {
        let mut product: BTreeMap<Monomial, BigRational> = BTreeMap::new();
        for (m, a) in &self.0 {
            for (k, b) in &other.0 {
                let sum = product.entry(m.times(k)).or_insert_with(BigRational::zero);
                *sum += a * b;
            }
        }
        product.retain(|_, coefficient| !coefficient.is_zero());
        Polynomial(product)
    }
}

impl Sum for Polynomial {
    fn sum<I: Iterator<Item = Polynomial>>(terms: I) -> Polynomial {
        terms.fold(Polynomial::zero(), |sum, term| &sum + &term)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn symbol(name: &str) -> Polynomial {
        Polynomial::symbol(name, 1)
    }

    #[test]
    fn the_square_of_a_sum_cancels_against_its_expansion() {
        let (n, d) = (symbol("n"), symbol("d"));
        let expanded = &(&n.power(2) + &d.power(2)) + &(&Polynomial::from(2) * &(&n * &d));
        assert!((&(&n + &d).power(2) - &expanded).is_zero());
    }

    #[test]
    fn orders_follow_the_scaling() {
        let scaling = [("n", 2), ("d", 1)];
        let sum = &(&symbol("n") * &Polynomial::symbol("d", -1)) + &Polynomial::one();
        assert_eq!(sum.order(&scaling), Some(1));
        assert_eq!(sum.part_of_order(&scaling, 0), Polynomial::one());
        assert_eq!(Polynomial::zero().order(&scaling), None);
    }

    #[test]
    fn a_sum_is_not_substituted_under_a_negative_power() {
        let inverse = Polynomial::symbol("n", -1);
        let double = &symbol("p") * &Polynomial::from(2);
        assert_eq!(inverse.substitute("n", &double), double.reciprocal());
        assert_eq!(
            inverse.substitute("n", &(&double + &Polynomial::one())),
            None
        );
    }

    #[test]
    fn values_in_the_field_agree_with_the_rationals() {
        let half = Polynomial::from(-2).reciprocal().unwrap();
        let value = half.evaluate(|_| None).unwrap();
        assert_eq!(value * Fp61::from(-2), Fp61::from(1));
        let sum = &(&symbol("z") * &Polynomial::symbol("n", -2)) + &half;
        assert_eq!(sum.value(&[("n", 2.0), ("z", 3.0)]), Some(0.25));
        assert_eq!(sum.value(&[("z", 3.0)]), None);
        assert_eq!(
            Polynomial::symbol("z", -1).evaluate(|_| Some(Fp61::from(0))),
            None
        );
    }
}
