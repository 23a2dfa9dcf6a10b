//! The prime field 𝔽_P, in which an identity between integer tensors is checked with `==`.

use ndarray::ScalarOperand;
use num_traits::{One, Zero};
use std::fmt;
use std::ops::{Add, Div, Mul, Neg, Sub};

/// The Mersenne prime 2⁶¹ − 1.
pub const MERSENNE_61: u64 = (1 << 61) - 1;

/// The field used by default: two different polynomials of degree `k` agree at a random point with
/// probability at most `k/(2⁶¹ − 1)` (Schwartz 1980, Zippel 1979).
pub type Fp61 = Fp<MERSENNE_61>;

/// An element of the field of integers modulo the prime `P < 2⁶³`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Fp<const P: u64>(u64);

impl<const P: u64> Fp<P> {
    /// The residue of `x`.
    pub const fn new(x: u64) -> Self {
        Fp(x % P)
    }

    /// The representative in `0..P`.
    pub const fn value(self) -> u64 {
        self.0
    }

    /// `x⁻¹` by Fermat's little theorem, or `None` for 0.
    pub fn inverse(self) -> Option<Self> {
        (self.0 != 0).then(|| {
            let (mut base, mut exponent, mut power) = (self, P - 2, Self::one());
            while exponent > 0 {
                if exponent & 1 == 1 {
                    power = power * base;
                }
                base = base * base;
                exponent >>= 1;
            }
            power
        })
    }
}

impl<const P: u64> ScalarOperand for Fp<P> {}

impl<const P: u64> From<i64> for Fp<P> {
    fn from(x: i64) -> Self {
        Fp(i128::from(x).rem_euclid(i128::from(P)) as u64)
    }
}

impl<const P: u64> fmt::Debug for Fp<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl<const P: u64> fmt::Display for Fp<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl<const P: u64> Add for Fp<P> {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Fp((self.0 + other.0) % P)
    }
}

impl<const P: u64> Sub for Fp<P> {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Fp((self.0 + P - other.0) % P)
    }
}

impl<const P: u64> Neg for Fp<P> {
    type Output = Self;
    fn neg(self) -> Self {
        Self::zero() - self
    }
}

impl<const P: u64> Mul for Fp<P> {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        let product = u128::from(self.0) * u128::from(other.0);
        if P == MERSENNE_61 {
            // 2⁶¹ ≡ 1: the two halves add up, and their sum is below 2P.
            let sum = (product >> 61) as u64 + (product as u64 & P);
            return Fp(if sum >= P { sum - P } else { sum });
        }
        Fp((product % u128::from(P)) as u64)
    }
}

/// # Panics
/// On division by zero.
impl<const P: u64> Div for Fp<P> {
    type Output = Self;
    // Division in a field is multiplication by the inverse.
    #[allow(clippy::suspicious_arithmetic_impl)]
    fn div(self, other: Self) -> Self {
        match other.inverse() {
            Some(inverse) => self * inverse,
            None => panic!("{self} divided by zero in the field of {P} elements"),
        }
    }
}

impl<const P: u64> Zero for Fp<P> {
    fn zero() -> Self {
        Fp(0)
    }
    fn is_zero(&self) -> bool {
        self.0 == 0
    }
}

impl<const P: u64> One for Fp<P> {
    fn one() -> Self {
        Fp(1 % P)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_field_of_seven_elements_is_a_field() {
        let all = || (0..7).map(Fp::<7>::new);
        for a in all() {
            assert_eq!(a + (-a), Fp::zero());
            assert_eq!(Fp::from(a.value() as i64 - 7), a);
            for b in all() {
                assert_eq!(a - b + b, a);
                if !b.is_zero() {
                    assert_eq!(a / b * b, a);
                }
            }
        }
        assert_eq!(Fp::<7>::zero().inverse(), None);
    }

    #[test]
    fn large_products_do_not_overflow() {
        for a in [
            1,
            1 << 31,
            (1 << 60) + 12_345,
            MERSENNE_61 - 2,
            MERSENNE_61 - 1,
        ] {
            for b in [0, 7, (1 << 60) - 1, MERSENNE_61 - 1] {
                let product = u128::from(a) * u128::from(b) % u128::from(MERSENNE_61);
                assert_eq!((Fp61::new(a) * Fp61::new(b)).value(), product as u64);
            }
        }
        let a = Fp61::from(-1);
        assert_eq!(a * a, Fp61::one());
        assert_eq!(a.inverse(), Some(a));
    }
}
