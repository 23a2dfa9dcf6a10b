//! Coefficients: Laurent polynomials with rational coefficients in `n, d, p, z, κ₄, …`.

mod arithmetic;
mod monomial;
mod poles;
mod values;

use num_rational::BigRational;
use num_traits::{One, Zero};
use std::collections::BTreeMap;
use std::sync::Arc;

pub use monomial::Monomial;
pub(super) use poles::{POWER, base, pole};

/// The name of a formal scalar or of a dimension.
pub type Symbol = Arc<str>;

/// The orders of growth of the symbols: `n ~ N²` and `d, p ~ N` is `[("n", 2), ("d", 1), ("p", 1)]`.
/// What a symbol that is not listed grows like is not known, so that nothing that holds it may be dropped.
pub type Scaling<'a> = &'a [(&'a str, i32)];

/// The imaginary unit: `i² = −1`.
pub(super) const IMAGINARY: &str = "i";

/// The most that an exponent in a text may come to.
const EXPONENT: i64 = 1 << 31;

/// The most bits of a coefficient, the most terms times the exponent, and the most terms that a power in a text may come to.
const BITS: u64 = 1 << 16;
const TERMS: u64 = 1 << 8;
const MONOMIALS: u64 = 1 << 14;

/// The most powers of shifted dimensions and scalars in a denominator: each is told from the others in partial fractions.
const POLES: u64 = 24;

/// A Laurent polynomial over the rationals; exact, with coefficients of any size and exponents below 2⁶³.
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
            BTreeMap::from([(name.into(), power.into())])
        };
        Self::monomial(Monomial(powers), BigRational::one())
    }

    /// Whether the imaginary unit occurs.
    pub(super) fn is_complex(&self) -> bool {
        let mut symbols = self.0.keys().flat_map(|monomial| monomial.0.keys());
        symbols.any(|symbol| base(symbol) == IMAGINARY)
    }

    fn monomial(monomial: Monomial, value: BigRational) -> Self {
        let (monomial, value) = monomial.with_unit_reduced(value);
        let mut terms = BTreeMap::new();
        if !value.is_zero() {
            terms.insert(monomial, value);
        }
        Polynomial(terms)
    }

    /// The number it is, where it holds no symbol.
    pub fn as_constant(&self) -> Option<BigRational> {
        match self.0.iter().next() {
            None => Some(BigRational::zero()),
            Some((monomial, value)) if self.0.len() == 1 && monomial.0.is_empty() => {
                Some(value.clone())
            }
            Some(_) => None,
        }
    }

    /// Whether it is the zero polynomial.
    pub fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    /// The terms, with their coefficients, none of them zero.
    pub fn terms(&self) -> impl DoubleEndedIterator<Item = (&Monomial, &BigRational)> {
        self.0.iter()
    }

    /// `1/self` where it is a single term, that times a complex number, or a polynomial in one symbol with integer roots alone, as `n(n² − 1)`; `None` otherwise.
    pub fn reciprocal(&self) -> Option<Self> {
        let mut terms = self.0.iter();
        match (terms.next(), terms.next()) {
            (Some((monomial, value)), None) => {
                let powers = monomial.0.iter().map(|(s, k)| (s.clone(), -k)).collect();
                Some(Monomial(powers).in_partial_fractions(value.recip()))
            }
            _ if self.is_complex() => self.reciprocal_of_complex(),
            _ => self.reciprocal_of_poles(),
        }
    }

    /// `1/(m (a + b i)) = (a − b i)/(m (a² + b²))` for a product m of powers.
    fn reciprocal_of_complex(&self) -> Option<Self> {
        let mut terms = self.0.iter();
        let (Some(one), Some(other), None) = (terms.next(), terms.next(), terms.next()) else {
            return None;
        };
        let is_real = |(monomial, _): &(&Monomial, _)| monomial.power_of(IMAGINARY) == 0;
        let ((m, a), (turned, b)) = if is_real(&one) {
            (one, other)
        } else {
            (other, one)
        };
        let unit = Polynomial::symbol(IMAGINARY, 1);
        let whole = Polynomial::monomial(m.clone(), BigRational::one());
        if &whole * &unit != Polynomial::monomial(turned.clone(), BigRational::one()) {
            return None;
        }
        let conjugate =
            &Polynomial::constant(a.clone()) - &(&Polynomial::constant(b.clone()) * &unit);
        let square = Polynomial::constant((a * a + b * b).recip());
        Some(&(&whole.reciprocal()? * &conjugate) * &square)
    }

    /// Whether some power could be too high to be multiplied with a pole, were one to stand beside it.
    pub(super) fn is_high(&self) -> bool {
        let powers = self.0.keys().flat_map(|m| m.0.values());
        powers.map(|k| k.unsigned_abs()).any(|k| k > POWER)
    }

    /// Whether there are poles, as in `1/(n + 1)`.
    pub(super) fn has_poles(&self) -> bool {
        self.0.keys().any(Monomial::has_poles)
    }

    /// Whether the product with another is within what partial fractions can take.
    pub(super) fn multiplies(&self, other: &Self) -> bool {
        let any = |is: fn(&Polynomial) -> bool| is(self) || is(other);
        let is_high = any(Self::has_poles) && any(Self::is_high);
        !is_high && self.pole_power().saturating_add(other.pole_power()) <= POLES
    }

    /// The most poles of a term, with their multiplicity.
    fn pole_power(&self) -> u64 {
        let of = |monomial: &Monomial| -> u64 {
            let powers = monomial.0.iter();
            let poles = powers.filter(|(symbol, _)| pole(symbol).is_some());
            poles.map(|(_, power)| power.unsigned_abs()).sum()
        };
        self.0.keys().map(of).max().unwrap_or(0)
    }

    /// The `exponent`-th power.
    pub fn power(&self, exponent: u32) -> Self {
        (0..exponent).fold(Self::one(), |power, _| &power * self)
    }

    /// The `exponent`-th power, `None` where that is too large to be meant.
    pub(super) fn checked_power(&self, exponent: u32) -> Option<Self> {
        let bits = |(_, value): (_, &BigRational)| value.numer().bits().max(value.denom().bits());
        let highest = self
            .0
            .keys()
            .flat_map(|m| m.0.values())
            .map(|k| k.unsigned_abs())
            .max();
        let times = |size: u64| size.checked_mul(exponent.into());
        let is_single = self.0.len() <= 1;
        let is_small = times(highest.unwrap_or(0))? <= EXPONENT as u64
            && times(self.0.iter().map(bits).max().unwrap_or(0).saturating_sub(1))? <= BITS
            && (is_single || times(self.0.len() as u64)? <= TERMS)
            && monomials(self.0.len() as u64, exponent.into()) <= MONOMIALS;
        match self.0.iter().next() {
            _ if !is_small => None,
            Some((monomial, value)) if is_single => {
                let power = |(s, k): (&Symbol, &i64)| (s.clone(), k * i64::from(exponent));
                let powers = monomial
                    .0
                    .iter()
                    .map(power)
                    .filter(|(_, k)| *k != 0)
                    .collect();
                Some(Self::monomial(
                    Monomial(powers),
                    num_traits::pow(value.clone(), exponent as usize),
                ))
            }
            _ if self.has_poles() && exponent > 8 => None,
            _ => Some(self.power(exponent)),
        }
    }

    /// Whether no exponent is larger than a text may have.
    pub(super) fn is_within_limits(&self) -> bool {
        self.0
            .keys()
            .flat_map(|m| m.0.values())
            .all(|k| k.unsigned_abs() <= EXPONENT as u64)
    }

    /// The largest order of growth among the terms, `None` for zero.
    pub fn order(&self, scaling: Scaling) -> Option<i128> {
        self.0.keys().map(|m| m.order(scaling)).max()
    }

    /// The terms of one order of growth.
    pub fn part_of_order(&self, scaling: Scaling, order: i128) -> Self {
        let part = self.0.iter().filter(|(m, _)| m.order(scaling) == order);
        Polynomial(part.map(|(m, c)| (m.clone(), c.clone())).collect())
    }
}

/// How many products of so many factors there are of `count` symbols, `C(count + factors − 1, factors)`; no more than a few beyond
/// [`MONOMIALS`] are counted.
fn monomials(count: u64, factors: u64) -> u64 {
    let mut all = 1_u64;
    for k in 1..count {
        all = all.saturating_mul(factors.saturating_add(k)) / k;
        if all > MONOMIALS {
            break;
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::symbolic::modulus::Field;

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
    fn the_square_of_the_unit_is_minus_one() {
        let i = symbol("i");
        assert_eq!(&i * &i, Polynomial::from(-1));
        assert_eq!(i.power(4), Polynomial::one());
        assert_eq!(i.reciprocal(), Some(-&i));
        assert_eq!(Polynomial::symbol("i", -7), i);
        assert_eq!(i.checked_power(6), Some(Polynomial::from(-1)));
        let sum = &symbol("n") + &i;
        assert_eq!(
            &sum * &(&symbol("n") - &i),
            &symbol("n").power(2) + &Polynomial::one()
        );
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
        let field = Field::new(crate::tensor::MERSENNE_61);
        let value = half.evaluate(field, |_| None).unwrap();
        assert_eq!(
            field.product(value, field.minus(field.number(2))),
            field.one()
        );
        let sum = &(&symbol("z") * &Polynomial::symbol("n", -2)) + &half;
        assert_eq!(sum.value(&[("n", 2.0), ("z", 3.0)]), Some(0.25));
        assert_eq!(sum.value(&[("z", 3.0)]), None);
        assert_eq!(
            Polynomial::symbol("z", -1).evaluate(field, |_| Some(field.number(0))),
            None
        );
    }
}
