//! Sums and products.

use super::{Monomial, Polynomial};
use num_rational::BigRational;
use num_traits::Zero;
use std::collections::BTreeMap;
use std::iter::Sum;
use std::ops::{Add, Mul, Neg, Sub};

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
                for (monomial, value) in m.times(k).in_partial_fractions(a * b).0 {
                    let sum = product.entry(monomial).or_insert_with(BigRational::zero);
                    *sum += value;
                }
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
