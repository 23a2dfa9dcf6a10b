//! Rational functions of one dimension whose poles are integers: what the Weingarten functions are.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Zero};
use std::collections::BTreeMap;
use std::ops::Add;

/// `Σ_j c_j n^j / Π_k (n + k)^{e_k}`, reduced: no factor of the denominator divides the numerator. Two of them are equal
/// exactly if they are equal as functions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fraction {
    /// `c_0, c_1, …`, the last not zero; none for 0.
    numerator: Vec<BigRational>,
    /// `k ↦ e_k`, with `e_k ≥ 1`.
    poles: BTreeMap<i64, u32>,
}

impl Fraction {
    /// The constant 0.
    pub fn zero() -> Self {
        Self {
            numerator: Vec::new(),
            poles: BTreeMap::new(),
        }
    }

    /// `value / Π (n + k)` over the shifts `k`, which may repeat.
    pub fn new(value: BigRational, shifts: impl IntoIterator<Item = i64>) -> Self {
        let mut poles = BTreeMap::new();
        for shift in shifts {
            *poles.entry(shift).or_insert(0) += 1;
        }
        Self {
            numerator: vec![value],
            poles,
        }
        .reduced()
    }

    /// `c_0, c_1, …` of the numerator.
    pub fn numerator(&self) -> &[BigRational] {
        &self.numerator
    }

    /// The factors `(n + k)^e` of the denominator, as pairs `(k, e)`.
    pub fn poles(&self) -> impl Iterator<Item = (i64, u32)> + '_ {
        self.poles.iter().map(|(&shift, &power)| (shift, power))
    }

    /// The value at an integer, `None` at a pole.
    pub fn at(&self, n: i64) -> Option<BigRational> {
        let n = BigInt::from(n);
        let mut denominator = BigInt::one();
        for (shift, power) in self.poles() {
            denominator *= num_traits::pow(&n + shift, power as usize);
        }
        let value = evaluated(&self.numerator, &n);
        (!denominator.is_zero()).then(|| value / BigRational::from_integer(denominator))
    }

    /// Cancels what numerator and denominator share.
    fn reduced(mut self) -> Self {
        while self.numerator.last().is_some_and(Zero::is_zero) {
            self.numerator.pop();
        }
        if self.numerator.is_empty() {
            return Self::zero();
        }
        let shifts: Vec<i64> = self.poles.keys().copied().collect();
        for shift in shifts {
            while self.poles.contains_key(&shift)
                && evaluated(&self.numerator, &BigInt::from(-shift)).is_zero()
            {
                self.numerator = divided(&self.numerator, shift);
                let left = self.poles[&shift] - 1;
                if left == 0 {
                    self.poles.remove(&shift);
                } else {
                    self.poles.insert(shift, left);
                }
            }
        }
        self
    }
}

/// Horner's rule.
fn evaluated(coefficients: &[BigRational], n: &BigInt) -> BigRational {
    let n = BigRational::from_integer(n.clone());
    let step = |value: BigRational, coefficient: &BigRational| value * &n + coefficient;
    coefficients.iter().rev().fold(BigRational::zero(), step)
}

/// A polynomial that vanishes at `−shift`, divided by `n + shift` (Ruffini's rule).
fn divided(coefficients: &[BigRational], shift: i64) -> Vec<BigRational> {
    let root = BigRational::from_integer((-shift).into());
    let mut carried = BigRational::zero();
    let mut quotient: Vec<BigRational> = coefficients[1..]
        .iter()
        .rev()
        .map(|coefficient| {
            carried = &carried * &root + coefficient;
            carried.clone()
        })
        .collect();
    quotient.reverse();
    quotient
}

/// A polynomial times `(n + shift)^power`.
fn multiplied(mut coefficients: Vec<BigRational>, shift: i64, power: u32) -> Vec<BigRational> {
    let shift = BigRational::from_integer(shift.into());
    for _ in 0..power {
        let mut product = vec![BigRational::zero()];
        product.extend(coefficients.iter().cloned());
        for (of_product, coefficient) in product.iter_mut().zip(&coefficients) {
            *of_product += coefficient * &shift;
        }
        coefficients = product;
    }
    coefficients
}

impl Add for &Fraction {
    type Output = Fraction;
    fn add(self, other: Self) -> Fraction {
        let mut poles = self.poles.clone();
        for (&shift, &power) in &other.poles {
            let common = poles.entry(shift).or_insert(0);
            *common = power.max(*common);
        }
        let over = |side: &Fraction| {
            poles
                .iter()
                .fold(side.numerator.clone(), |product, (&shift, &power)| {
                    let own = side.poles.get(&shift).copied().unwrap_or(0);
                    multiplied(product, shift, power - own)
                })
        };
        let (mut long, mut short) = (over(self), over(other));
        if long.len() < short.len() {
            std::mem::swap(&mut long, &mut short);
        }
        for (sum, coefficient) in long.iter_mut().zip(&short) {
            *sum += coefficient;
        }
        Fraction {
            numerator: long,
            poles,
        }
        .reduced()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn over(value: i64, shifts: &[i64]) -> Fraction {
        Fraction::new(
            BigRational::from_integer(value.into()),
            shifts.iter().copied(),
        )
    }

    #[test]
    fn partial_fractions_add_up_and_cancel() {
        // 1/n − 1/(n+1) = 1/(n(n+1)), and 1/(n−1) + 1/(n+1) = 2n/((n−1)(n+1)).
        assert_eq!(&over(1, &[0]) + &over(-1, &[1]), over(1, &[0, 1]));
        let sum = &over(1, &[-1]) + &over(1, &[1]);
        assert_eq!(sum.numerator().len(), 2);
        assert_eq!(sum.at(3), Some(BigRational::new(3.into(), 4.into())));
        assert_eq!(sum.at(1), None);
        assert_eq!(&over(1, &[0, 2]) + &over(-1, &[0, 2]), Fraction::zero());
        // n/(n(n+2)) loses its pole at 0: (1/(n+2) + 2/(n(n+2))) − 2/(n(n+2)).
        let back = &(&over(1, &[2]) + &over(2, &[0, 2])) + &over(-2, &[0, 2]);
        assert_eq!(back, over(1, &[2]));
    }

    #[test]
    fn sums_agree_with_values_at_integers() {
        let parts = [
            over(3, &[0, 0, 1]),
            over(-2, &[1, -2]),
            over(5, &[]),
            over(7, &[-2, -2, 4]),
        ];
        let sum = parts.iter().fold(Fraction::zero(), |sum, part| &sum + part);
        for n in [3, 5, 11, -7] {
            let values: BigRational = parts.iter().filter_map(|part| part.at(n)).sum();
            assert_eq!(sum.at(n), Some(values), "{n}");
        }
    }
}
