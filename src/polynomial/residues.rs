//! Arithmetic modulo primes that are chosen as they are needed.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, ToPrimitive, Zero};

use super::scalar::Exact;

/// The field of residues modulo a prime p < 2⁶² with `p ≡ 1 (mod 4)`, with a square root of −1.
#[derive(Clone, Copy, Debug)]
pub(super) struct Residues {
    pub(super) prime: u64,
    i: u64,
}

/// Witnesses that tell every prime below 2⁶⁴ (Sorenson and Webster 2017).
const WITNESSES: [u64; 12] = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37];

fn times(a: u64, b: u64, p: u64) -> u64 {
    // A residue modulo a number below 2⁶⁴ fits.
    (u128::from(a) * u128::from(b) % u128::from(p)) as u64
}

fn power(mut base: u64, mut exponent: u64, p: u64) -> u64 {
    let mut out = 1;
    while exponent > 0 {
        if exponent & 1 == 1 {
            out = times(out, base, p);
        }
        base = times(base, base, p);
        exponent >>= 1;
    }
    out
}

/// Miller's test, for odd numbers above 37.
fn is_prime(n: u64) -> bool {
    let twos = (n - 1).trailing_zeros();
    let odd = (n - 1) >> twos;
    WITNESSES.iter().all(|&witness| {
        let mut x = power(witness, odd, n);
        if x == 1 || x == n - 1 {
            return true;
        }
        (1..twos).any(|_| {
            x = times(x, x, n);
            x == n - 1
        })
    })
}

/// The largest such primes, descending.
pub(super) fn primes() -> impl Iterator<Item = Residues> {
    let candidates = (1..).map(|k| (1u64 << 62) - 4 * k + 1);
    candidates.filter(|&n| is_prime(n)).map(|prime| {
        // Of a number that is no square the power is a root of −1.
        let root = |base: u64| power(base, (prime - 1) / 4, prime);
        let mut roots = (2..).map(root).filter(|&x| times(x, x, prime) == prime - 1);
        Residues {
            prime,
            i: roots.next().unwrap_or_default(),
        }
    })
}

impl Residues {
    /// The square root of −1.
    pub(super) fn root(self) -> u64 {
        self.i
    }

    /// The same field with the other root.
    pub(super) fn conjugate(self) -> Self {
        let i = self.minus(0, self.i);
        Self { i, ..self }
    }

    pub(super) fn plus(self, a: u64, b: u64) -> u64 {
        let sum = a + b;
        if sum >= self.prime {
            sum - self.prime
        } else {
            sum
        }
    }

    pub(super) fn minus(self, a: u64, b: u64) -> u64 {
        self.plus(a, self.prime - b)
    }

    pub(super) fn times(self, a: u64, b: u64) -> u64 {
        times(a, b, self.prime)
    }

    /// `None` for 0.
    pub(super) fn inverse(self, a: u64) -> Option<u64> {
        (a != 0).then(|| power(a, self.prime - 2, self.prime))
    }

    pub(super) fn integer(self, x: &BigInt) -> u64 {
        let p = BigInt::from(self.prime);
        (((x % &p) + &p) % &p).to_u64().unwrap_or_default()
    }

    /// `None` where p divides the denominator.
    pub(super) fn rational(self, x: &BigRational) -> Option<u64> {
        let inverse = self.inverse(self.integer(x.denom()))?;
        Some(self.times(self.integer(x.numer()), inverse))
    }

    pub(super) fn exact(self, x: &Exact) -> Option<u64> {
        let imaginary = self.times(self.rational(&x.im)?, self.i);
        Some(self.plus(self.rational(&x.re)?, imaginary))
    }
}

/// The product of primes that is larger than a number: what vanishes modulo all of them and is smaller, is 0.
pub(super) fn enough(bound: &BigInt) -> Vec<Residues> {
    let mut product = BigInt::one();
    let mut chosen = Vec::new();
    for residues in primes() {
        if &product > bound {
            break;
        }
        product *= BigInt::from(residues.prime);
        chosen.push(residues);
    }
    chosen
}

/// The least common multiple of denominators.
pub(super) fn denominator<'a>(numbers: impl Iterator<Item = &'a BigRational>) -> BigInt {
    let one = BigRational::one();
    let scale = numbers.filter(|x| !x.is_zero()).fold(one, |scale, x| {
        let denominator = (x * &scale).denom().clone();
        scale * BigRational::from_integer(denominator)
    });
    scale.to_integer()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn residues_are_those_of_primes() {
        let found: Vec<Residues> = primes().take(3).collect();
        // As for the equations that are found.
        assert_eq!(found[0].prime, 4_611_686_018_427_387_817);
        assert_eq!(found[1].prime, 4_611_686_018_427_387_761);
        for field in found {
            assert_eq!(field.times(field.i, field.i), field.prime - 1);
            let third = BigRational::new(BigInt::from(-2), BigInt::from(3));
            let residue = field.rational(&third).unwrap();
            assert_eq!(field.times(residue, 3), field.minus(0, 2));
        }
        // Carmichael's and strong pseudoprimes are told.
        for composite in [561, 3_215_031_751, 3_825_123_056_546_413_051] {
            assert!(!is_prime(composite), "{composite}");
        }
    }

    #[test]
    fn as_many_primes_as_a_bound_needs() {
        let bound = BigInt::from(1u64 << 62);
        assert_eq!(enough(&BigInt::one()).len(), 1);
        assert_eq!(enough(&(&bound * &bound)).len(), 3);
    }

    #[test]
    fn the_denominator_of_all() {
        let of = |p: i32, q: i32| BigRational::new(BigInt::from(p), BigInt::from(q));
        let numbers = [of(1, 6), of(3, 4), of(0, 1), of(-5, 9)];
        assert_eq!(denominator(numbers.iter()), BigInt::from(36));
    }
}
