//! Polynomials with integer coefficients, and their real roots.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, Zero};

/// Coefficients, ascending; the last is not 0, and of 0 there is none.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Whole(Vec<BigInt>);

/// A number `n/2ᵏ`.
#[derive(Clone, Debug)]
pub(super) struct Dyadic {
    pub(super) n: BigInt,
    pub(super) k: u64,
}

impl Dyadic {
    fn middle(&self, other: &Self) -> Self {
        let k = self.k.max(other.k);
        let at = |x: &Self| &x.n << (k - x.k);
        Self {
            n: at(self) + at(other),
            k: k + 1,
        }
    }
}

impl Whole {
    /// Without the common factor of the coefficients.
    pub(super) fn new(mut coefficients: Vec<BigInt>) -> Self {
        while coefficients.last().is_some_and(Zero::is_zero) {
            coefficients.pop();
        }
        let common = coefficients.iter().fold(BigInt::zero(), |g, c| g.gcd(c));
        if common > BigInt::one() {
            coefficients.iter_mut().for_each(|c| *c /= &common);
        }
        Self(coefficients)
    }

    pub(super) fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    fn derivative(&self) -> Self {
        let terms = self.0.iter().enumerate().skip(1);
        Self::new(terms.map(|(k, c)| c * BigInt::from(k)).collect())
    }

    /// A multiple of the rest of the division by `other`, which is not 0, by a positive number.
    fn rest(&self, other: &Self) -> Self {
        let mut rest = self.0.clone();
        let Some(lead) = other.0.last() else {
            return self.clone();
        };
        while rest.len() >= other.0.len() {
            let Some(last) = rest.pop() else { break };
            let shift = rest.len() + 1 - other.0.len();
            let sign = if lead.is_negative() { -&last } else { last };
            let scale = lead.abs();
            rest.iter_mut().for_each(|c| *c *= &scale);
            for (k, c) in other.0[..other.0.len() - 1].iter().enumerate() {
                rest[shift + k] -= &sign * c;
            }
        }
        Self::new(rest)
    }

    fn negated(mut self) -> Self {
        self.0.iter_mut().for_each(|c| *c = -&*c);
        self
    }

    /// The exact quotient by a divisor, up to a factor.
    fn over(&self, divisor: &Self) -> Self {
        let (mut rest, mut quotient) = (self.0.clone(), Vec::new());
        let Some(lead) = divisor.0.last() else {
            return self.clone();
        };
        while rest.len() >= divisor.0.len() {
            let Some(last) = rest.pop() else { break };
            let shift = rest.len() + 1 - divisor.0.len();
            rest.iter_mut()
                .chain(&mut quotient)
                .for_each(|c| *c *= lead);
            for (k, c) in divisor.0[..divisor.0.len() - 1].iter().enumerate() {
                rest[shift + k] -= &last * c;
            }
            quotient.push(last);
        }
        quotient.reverse();
        Self::new(quotient)
    }

    /// The polynomial with each of its roots once.
    pub(super) fn simple(&self) -> Self {
        let (mut a, mut b) = (self.clone(), self.derivative());
        while !b.is_zero() {
            let rest = a.rest(&b);
            (a, b) = (b, rest);
        }
        self.over(&a)
    }

    /// The sign at a number.
    fn sign(&self, x: &Dyadic) -> i8 {
        let mut sum = BigInt::zero();
        for (power, c) in self.0.iter().rev().enumerate() {
            sum = sum * &x.n + (c << (x.k * power as u64));
        }
        match sum {
            sum if sum.is_zero() => 0,
            sum if sum.is_positive() => 1,
            _ => -1,
        }
    }

    /// Intervals `(low, high]` with one root each, every root of `(low, high]` in one: by the signs of Sturm's chain,
    /// of a polynomial of simple roots.
    pub(super) fn isolated(&self, low: Dyadic, high: Dyadic) -> Vec<[Dyadic; 2]> {
        let mut chain = vec![self.clone(), self.derivative()];
        while let [.., a, b] = &chain[..]
            && !b.is_zero()
        {
            let rest = a.rest(b).negated();
            chain.push(rest);
        }
        let changes = |x: &Dyadic| {
            let mut signs = chain.iter().map(|p| p.sign(x)).filter(|sign| *sign != 0);
            let mut last = signs.next();
            let mut count = 0i64;
            for sign in signs {
                count += i64::from(last != Some(sign));
                last = Some(sign);
            }
            count
        };
        let mut waiting = vec![[(changes(&low), low), (changes(&high), high)]];
        let mut found = Vec::new();
        while let Some([low, high]) = waiting.pop() {
            match low.0 - high.0 {
                ..=0 => {}
                1 => found.push([low.1, high.1]),
                _ => {
                    let middle = low.1.middle(&high.1);
                    let middle = (changes(&middle), middle);
                    waiting.push([middle.clone(), high]);
                    waiting.push([low, middle]);
                }
            }
        }
        found
    }

    /// The one root in `(low, high]`, to `bits` halvings.
    pub(super) fn refined(&self, [mut low, mut high]: [Dyadic; 2], bits: usize) -> Dyadic {
        let zero = Dyadic {
            n: BigInt::zero(),
            k: 0,
        };
        // Halvings come near 0, but never there.
        if self.sign(&zero) == 0 && low.n.is_negative() && !high.n.is_negative() {
            return zero;
        }
        let above = self.sign(&high);
        if above == 0 {
            return high;
        }
        for _ in 0..bits {
            let middle = low.middle(&high);
            match self.sign(&middle) {
                0 => return middle,
                sign if sign == above => high = middle,
                _ => low = middle,
            }
        }
        low.middle(&high)
    }
}
