//! Poles at integers: the factors `(n + k)^-e` of Weingarten functions, kept canonical by partial fractions.
//!
//! A pole is a symbol of its own, called `(n+1)`, that has negative powers only. A product of powers of `n` and of its
//! poles is written as a sum in which each monomial has one of them alone: with a power of `n` that is `n = (n+k) − k`,
//! with another pole `1/((n+j)(n+k)) = (1/(n+j) − 1/(n+k))/(k−j)`. These monomials are linearly independent functions, so
//! that a sum is 0 only if it is 0 term by term.

use super::{Monomial, Polynomial, Symbol};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Zero};
use std::collections::BTreeMap;

/// The highest power next to a pole: a text that has more is refused before anything is multiplied.
pub(in crate::symbolic) const POWER: u64 = 64;

/// The most poles of a reciprocal.
const ROOTS: usize = 16;

/// The largest shift of a pole: sizes beyond it are never tried.
const SHIFT: u64 = 999;

/// The symbol that a pole is of, and its shift: `n` and 1 of `(n+1)`.
pub(in crate::symbolic) fn pole(symbol: &str) -> Option<(&str, i64)> {
    let inner = symbol.strip_prefix('(')?.strip_suffix(')')?;
    let at = inner.rfind(['+', '-'])?;
    // As it is written here and nowhere else: a number from 1 to 999 behind one sign.
    let digits = &inner.as_bytes()[at + 1..];
    let is_written = matches!(digits, [b'1'..=b'9', rest @ ..] if rest.len() <= 2);
    if at == 0 || !is_written {
        return None;
    }
    Some((&inner[..at], inner[at..].parse().ok()?))
}

/// The symbol that a symbol or a pole is of.
pub(in crate::symbolic) fn base(symbol: &str) -> &str {
    pole(symbol).map_or(symbol, |(base, _)| base)
}

fn named(base: &str, shift: i64) -> Symbol {
    match shift {
        0 => base.into(),
        _ => format!("({base}{shift:+})").into(),
    }
}

/// The powers of a symbol and of its poles, by shift; the symbol itself has the shift 0.
type Powers = BTreeMap<i64, i64>;

impl Monomial {
    pub(super) fn has_poles(&self) -> bool {
        self.0.keys().any(|symbol| symbol.starts_with('('))
    }

    /// The monomial times a number as a sum of canonical ones.
    pub(super) fn in_partial_fractions(self, value: BigRational) -> Polynomial {
        if !self.has_poles() {
            return Polynomial::monomial(self, value);
        }
        let mut by_base: BTreeMap<String, Powers> = BTreeMap::new();
        let mut rest = BTreeMap::new();
        let poles: Vec<&str> = self.0.keys().filter_map(|s| Some(pole(s)?.0)).collect();
        for (symbol, &power) in &self.0 {
            let shift = pole(symbol).map_or(0, |(_, shift)| shift);
            if poles.contains(&base(symbol)) {
                by_base
                    .entry(base(symbol).into())
                    .or_default()
                    .insert(shift, power);
            } else {
                rest.insert(symbol.clone(), power);
            }
        }
        let mut product = Polynomial::monomial(Monomial(rest), value);
        for (base, powers) in by_base {
            let mut parts = Polynomial::zero();
            for ((shift, power), value) in separated(&powers) {
                parts = &parts + &single(&base, shift, power, value);
            }
            // No symbol stands in two of the factors: their monomials only have to be put side by side.
            product = product.beside(&parts);
        }
        product
    }
}

impl Polynomial {
    /// The product of two polynomials that have no symbol in common.
    fn beside(&self, other: &Self) -> Self {
        let mut terms = BTreeMap::new();
        for (m, a) in &self.0 {
            for (k, b) in &other.0 {
                let powers = m.0.iter().chain(&k.0).map(|(s, p)| (s.clone(), *p));
                terms.insert(Monomial(powers.collect()), a * b);
            }
        }
        Polynomial(terms)
    }

    /// `1/(a Π (n + k))` in one symbol with integers k: the polynomial is divided by its roots one after the other.
    pub(super) fn reciprocal_of_poles(&self) -> Option<Self> {
        let symbol = self
            .0
            .keys()
            .find_map(|monomial| monomial.0.keys().next())?;
        let mut coefficients = Vec::new();
        for (monomial, value) in &self.0 {
            let power = usize::try_from(monomial.power_of(symbol)).ok()?;
            let is_of_one = monomial.0.len() == usize::from(power > 0) && power <= ROOTS;
            is_of_one.then_some(())?;
            if coefficients.len() <= power {
                coefficients.resize(power + 1, BigRational::zero());
            }
            coefficients[power] = value.clone();
        }
        let mut reciprocal = Polynomial::one();
        let largest = SHIFT as i64;
        for shift in -largest..=largest {
            // By Horner's rule at n = −k: quotient and remainder.
            let root = BigRational::from_integer(BigInt::from(-shift));
            while coefficients.len() > 1 {
                let mut divided = vec![BigRational::zero(); coefficients.len()];
                let mut carried = BigRational::zero();
                for (own, quotient) in coefficients.iter().zip(&mut divided).rev() {
                    *quotient = carried.clone();
                    carried = own + &root * &carried;
                }
                if !carried.is_zero() {
                    break;
                }
                divided.pop();
                coefficients = divided;
                reciprocal = &reciprocal * &single(symbol, shift, -1, BigRational::one());
            }
        }
        match &coefficients[..] {
            [last] => Some(&reciprocal * &Polynomial::constant(last.recip())),
            _ => None,
        }
    }
}

/// `value (n + shift)^power`, with a positive power multiplied out.
fn single(base: &str, shift: i64, power: i64, value: BigRational) -> Polynomial {
    if power < 0 || shift == 0 {
        let powers = (power != 0).then(|| (named(base, shift), power));
        return Polynomial::monomial(Monomial(powers.into_iter().collect()), value);
    }
    let sum = &Polynomial::symbol(base, 1) + &Polynomial::from(shift);
    let scale = Polynomial::constant(value);
    (0..power).fold(scale, |product, _| &product * &sum)
}

/// A product of powers of `n + k` as a sum of powers of one of them.
fn separated(powers: &Powers) -> BTreeMap<(i64, i64), BigRational> {
    let mut left: BTreeMap<Vec<(i64, i64)>, BigRational> = BTreeMap::new();
    let own = |powers: &Powers| -> Vec<(i64, i64)> {
        let held = powers.iter().filter(|(_, power)| **power != 0);
        held.map(|(k, e)| (*k, *e)).collect()
    };
    left.insert(own(powers), BigRational::one());
    let mut done: BTreeMap<(i64, i64), BigRational> = BTreeMap::new();
    // Each step lowers the powers by one in all, and equal products are met once.
    while let Some((product, value)) = left.pop_last() {
        let [(j, e), (k, f), ..] = product[..] else {
            let whole = product.first().copied().unwrap_or((0, 0));
            *done.entry(whole).or_insert_with(BigRational::zero) += value;
            continue;
        };
        let changed = |first: i64, second: i64| {
            let mut powers: Powers = product.iter().copied().collect();
            powers.insert(j, e + first);
            powers.insert(k, f + second);
            own(&powers)
        };
        let gap = BigRational::from_integer(BigInt::from(k - j));
        let parts = match (e > 0, f > 0) {
            // (n + j) = (n + k) − (k − j) where the first has a positive power, and likewise the second.
            (true, _) => [
                (changed(-1, 1), BigRational::one()),
                (changed(-1, 0), -&gap),
            ],
            (_, true) => [
                (changed(1, -1), BigRational::one()),
                (changed(0, -1), gap.clone()),
            ],
            _ => [(changed(0, 1), gap.recip()), (changed(1, 0), -gap.recip())],
        };
        for (product, part) in parts {
            let sum = left.entry(product).or_insert_with(BigRational::zero);
            *sum += part * &value;
        }
    }
    done.retain(|_, value| !value.is_zero());
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    fn over(shift: i64, power: i64) -> Polynomial {
        single("n", shift, power, BigRational::one())
    }

    #[test]
    fn names_of_poles_are_read_back() {
        for shift in [-3, 1, 12] {
            assert_eq!(pole(&named("κ₄", shift)), Some(("κ₄", shift)));
        }
        assert_eq!((pole("n"), base("n"), base("(n-2)")), (None, "n", "n"));
    }

    #[test]
    fn products_are_canonical() {
        let n = Polynomial::symbol("n", 1);
        // n/(n+1) = 1 − 1/(n+1), 1/(n(n+1)) = 1/n − 1/(n+1), (n² − 1)/(n+1) = n − 1.
        assert_eq!(&n * &over(1, -1), &Polynomial::one() - &over(1, -1));
        assert_eq!(&over(0, -1) * &over(1, -1), &over(0, -1) - &over(1, -1));
        let square = &(&n * &n) - &Polynomial::one();
        assert_eq!(&square * &over(1, -1), &n - &Polynomial::one());
        let all = &(&over(1, -2) * &over(-1, -1)) * &(&over(1, 2) * &over(-1, 1));
        assert_eq!(all, Polynomial::one());
        let sum = &n + &Polynomial::from(2);
        assert_eq!(sum.reciprocal(), Some(over(2, -1)));
        assert_eq!(over(2, -3).reciprocal(), Some(sum.power(3)));
        // 2/(n(n+1)) and 1/(n²−1)², as they are printed; n² + 1 and n² − 2 have no integer roots.
        let of = |product: Polynomial| product.reciprocal().map(|r| &r * &product);
        let half = Polynomial::from(2).reciprocal().unwrap();
        for product in [
            &(&n * &(&n + &Polynomial::one())) * &half,
            &(&square * &square) * &n,
            &(&sum * &sum) * &Polynomial::from(-3),
        ] {
            assert_eq!(of(product), Some(Polynomial::one()));
        }
        for odd in [
            &(&n * &n) + &Polynomial::one(),
            &square - &Polynomial::one(),
        ] {
            assert_eq!(odd.reciprocal(), None);
        }
        assert_eq!(
            (&Polynomial::from(2) * &sum)
                .reciprocal()
                .map(|r| &r * &sum),
            Polynomial::from(2).reciprocal()
        );
    }

    /// A complex number has its conjugate in the reciprocal, and i is no symbol that could have poles.
    #[test]
    fn complex_numbers_have_reciprocals() {
        let i = Polynomial::symbol("i", 1);
        let sum = &Polynomial::from(3) + &(&i * &Polynomial::from(-4));
        let fifth = Polynomial::from(25).reciprocal().unwrap();
        let conjugate = &Polynomial::from(3) + &(&i * &Polynomial::from(4));
        assert_eq!(sum.reciprocal(), Some(&conjugate * &fifth));
        let n = Polynomial::symbol("n", 2);
        let whole = &n * &sum;
        assert_eq!(
            whole.reciprocal().map(|r| &r * &whole),
            Some(Polynomial::one())
        );
        for odd in [&(&n + &i), &(&(&n * &i) + &sum)] {
            assert_eq!(odd.reciprocal(), None);
        }
    }

    #[test]
    fn products_have_the_values_of_their_factors() {
        let factors = [
            over(1, -2),
            over(-2, -3),
            over(0, -1),
            over(0, 4),
            over(3, -1),
            over(1, 1),
        ];
        let product = factors
            .iter()
            .fold(Polynomial::one(), |product, factor| &product * factor);
        for n in [4.0, 7.5, -11.0] {
            let value = |p: &Polynomial| p.value(&[("n", n)]).unwrap();
            let expected: f64 = factors.iter().map(value).product();
            assert!((value(&product) / expected - 1.0).abs() < 1e-12);
        }
    }
}
