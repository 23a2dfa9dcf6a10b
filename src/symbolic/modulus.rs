//! The checker's arithmetic: integers modulo a prime that is known only when the check is made.
//!
//! Products are Montgomery's (1985). The first prime is `2⁶¹ − 1`; the second is drawn for each statement, so that
//! no constant can be written beforehand that vanishes modulo both, and is 1 modulo 4, so that −1 has a root.

use num_bigint::{BigInt, BigUint};
use num_rational::BigRational;
use num_traits::Signed;
use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};
use sha2::{Digest, Sha256};

/// A residue, in the form of the field it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Residue(u64);

/// The integers modulo an odd prime below `2⁶³`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Field {
    prime: u64,
    /// `−1/prime` modulo `2⁶⁴`.
    minus_inverse: u64,
    /// `2¹²⁸` modulo the prime.
    square: u64,
}

impl Field {
    pub(super) fn new(prime: u64) -> Self {
        // An odd number is its own inverse modulo 8; each step doubles the digits that are right.
        let double = |x: u64, _| x.wrapping_mul(2_u64.wrapping_sub(prime.wrapping_mul(x)));
        let inverse = (0..5).fold(prime, double);
        let radix = u128::from(u64::MAX % prime + 1) % u128::from(prime);
        Field {
            prime,
            minus_inverse: inverse.wrapping_neg(),
            square: (radix * radix % u128::from(prime)) as u64,
        }
    }

    fn reduced(self, x: u128) -> Residue {
        let multiple = (x as u64).wrapping_mul(self.minus_inverse);
        let sum = ((x + u128::from(multiple) * u128::from(self.prime)) >> 64) as u64;
        Residue(if sum >= self.prime {
            sum - self.prime
        } else {
            sum
        })
    }

    pub(super) fn number(self, value: u64) -> Residue {
        self.reduced(u128::from(value % self.prime) * u128::from(self.square))
    }

    pub(super) fn integer(self, value: i64) -> Residue {
        let size = self.number(value.unsigned_abs());
        if value < 0 { self.minus(size) } else { size }
    }

    pub(super) fn one(self) -> Residue {
        self.number(1)
    }

    pub(super) fn is_zero(self, x: Residue) -> bool {
        x == Residue::default()
    }

    pub(super) fn sum(self, x: Residue, y: Residue) -> Residue {
        let sum = x.0 + y.0;
        Residue(if sum >= self.prime {
            sum - self.prime
        } else {
            sum
        })
    }

    pub(super) fn minus(self, x: Residue) -> Residue {
        Residue(if x.0 == 0 { 0 } else { self.prime - x.0 })
    }

    pub(super) fn product(self, x: Residue, y: Residue) -> Residue {
        self.reduced(u128::from(x.0) * u128::from(y.0))
    }

    pub(super) fn power(self, base: Residue, mut exponent: u64) -> Residue {
        let (mut square, mut power) = (base, self.one());
        while exponent > 0 {
            if exponent & 1 == 1 {
                power = self.product(power, square);
            }
            square = self.product(square, square);
            exponent >>= 1;
        }
        power
    }

    /// By Fermat's little theorem, `None` for 0.
    pub(super) fn inverse(self, x: Residue) -> Option<Residue> {
        (!self.is_zero(x)).then(|| self.power(x, self.prime - 2))
    }

    /// `None` where the prime divides the numerator or the denominator: such a number is not what it is in print.
    pub(super) fn rational(self, value: &BigRational) -> Option<Residue> {
        let reduce = |x: &BigInt| {
            let residue = x.magnitude() % BigUint::from(self.prime);
            let residue = self.number(residue.iter_u64_digits().next().unwrap_or(0));
            if x.is_negative() {
                self.minus(residue)
            } else {
                residue
            }
        };
        let (above, below) = (reduce(value.numer()), reduce(value.denom()));
        (!self.is_zero(above)).then_some(())?;
        Some(self.product(above, self.inverse(below)?))
    }

    /// A root of −1, where the prime is 1 modulo 4: a power of the first residue that is no square.
    pub(super) fn unit(self) -> Option<Residue> {
        let minus_one = self.minus(self.one());
        let root = |x: u64| self.power(self.number(x), (self.prime - 1) / 4);
        let mut roots = (2..self.prime.min(1_000)).map(root);
        roots.find(|&root| self.product(root, root) == minus_one)
    }

    /// Each residue equally likely.
    pub(super) fn uniform(self, rng: &mut ChaCha8Rng) -> Residue {
        self.number(rng.random_range(0..self.prime))
    }
}

/// What the points of a statement are drawn from: SHA-256 of its text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seed([u8; 32]);

impl Seed {
    /// The hash of the parts, each with its length so that none runs into the next.
    pub(super) fn of<'a>(parts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part.as_bytes());
        }
        Seed(hash.finalize().into())
    }

    pub(super) fn stream(&self, number: u64) -> ChaCha8Rng {
        let mut rng = ChaCha8Rng::from_seed(self.0);
        rng.set_stream(number);
        rng
    }

    /// `2⁶¹ − 1`, and a prime between `2⁶⁰` and `2⁶¹` that is 1 modulo 4.
    pub(super) fn fields(&self) -> [Field; 2] {
        let [drawn, _] = self.fields_with_unit();
        [Field::new(crate::tensor::MERSENNE_61), drawn]
    }

    /// Two primes between `2⁶⁰` and `2⁶¹` that are 1 modulo 4, where −1 has a root.
    pub(super) fn fields_with_unit(&self) -> [Field; 2] {
        let mut rng = self.stream(u64::MAX);
        let mut candidate = || rng.random_range(1_u64 << 58..1 << 59) * 4 + 1;
        let mut prime = || {
            let mut prime = candidate();
            while !is_prime(prime) {
                prime = candidate();
            }
            Field::new(prime)
        };
        [prime(), prime()]
    }
}

/// The test of Miller and Rabin, with bases that decide every number below 3·10²⁴ (Sorenson and Webster 2015).
fn is_prime(odd: u64) -> bool {
    const BASES: [u64; 12] = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37];
    if BASES.iter().any(|base| odd.is_multiple_of(*base)) {
        return BASES.contains(&odd);
    }
    let field = Field::new(odd);
    let (one, halvings) = (field.one(), (odd - 1).trailing_zeros());
    BASES.iter().all(|&base| {
        let mut power = field.power(field.number(base), (odd - 1) >> halvings);
        let mut passes = power == one;
        for _ in 0..halvings {
            passes |= power == field.minus(one);
            power = field.product(power, power);
        }
        passes
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tensor::{Fp61, MERSENNE_61};

    #[test]
    fn products_and_inverses_agree_with_another_arithmetic() {
        let field = Field::new(MERSENNE_61);
        for a in [1, 2, 1 << 31, (1 << 60) + 12_345, MERSENNE_61 - 1] {
            for b in [0, 7, (1 << 60) - 1, MERSENNE_61 - 1] {
                let product = (Fp61::new(a) * Fp61::new(b)).value();
                let own = field.product(field.number(a), field.number(b));
                assert_eq!(own, field.number(product));
            }
            let inverse = Fp61::new(a).inverse().unwrap().value();
            assert_eq!(field.inverse(field.number(a)), Some(field.number(inverse)));
        }
    }

    #[test]
    fn the_second_prime_is_drawn_from_the_statement_and_minus_one_has_a_root_there() {
        let [one, other] = ["a", "b"].map(|text| Seed::of([text]).fields()[1]);
        assert_ne!(one.prime, other.prime);
        for field in [one, other] {
            assert_eq!(field.prime % 4, 1);
            let unit = field.unit().unwrap();
            assert_eq!(field.product(unit, unit), field.minus(field.one()));
        }
        assert_eq!(Field::new(MERSENNE_61).unit(), None);
    }

    #[test]
    fn primes_are_told_from_strong_pseudoprimes() {
        // 3215031751 passes the bases 2, 3, 5, 7, and 3825123056546413051 all bases up to 23.
        for composite in [9, 561, 3_215_031_751, 3_825_123_056_546_413_051] {
            assert!(!is_prime(composite), "{composite}");
        }
        for prime in [37, 41, 1_000_000_007, MERSENNE_61] {
            assert!(is_prime(prime), "{prime}");
        }
    }
}
