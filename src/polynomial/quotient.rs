//! Rational functions of one variable, exactly.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};

use super::scalar::{Exact, real};
use super::syntax::EXPONENT;
use crate::measure::image::Fraction;

/// The largest degree.
const DEGREE: usize = EXPONENT as usize;

/// `N/D`, coefficients ascending, D not 0.
#[derive(Clone, Debug)]
pub(super) struct Quotient {
    top: Vec<Exact>,
    bottom: Vec<Exact>,
}

fn trimmed(mut p: Vec<Exact>) -> Vec<Exact> {
    while p.last().is_some_and(Zero::is_zero) {
        p.pop();
    }
    p
}

fn plus(a: &[Exact], b: &[Exact]) -> Vec<Exact> {
    let at = |p: &[Exact], k: usize| p.get(k).cloned().unwrap_or_else(Exact::zero);
    let sums = (0..a.len().max(b.len())).map(|k| at(a, k) + at(b, k));
    trimmed(sums.collect())
}

pub(super) fn times(a: &[Exact], b: &[Exact]) -> Vec<Exact> {
    let mut out = vec![Exact::zero(); (a.len() + b.len()).saturating_sub(1)];
    for (i, x) in a.iter().enumerate() {
        for (j, y) in b.iter().enumerate() {
            out[i + j] = &out[i + j] + x * y;
        }
    }
    trimmed(out)
}

/// Quotient and rest; b is not 0.
pub(super) fn divided(a: &[Exact], b: &[Exact]) -> (Vec<Exact>, Vec<Exact>) {
    let mut rest = a.to_vec();
    let mut quotient = vec![Exact::zero(); (a.len() + 1).saturating_sub(b.len())];
    while let (Some(last), Some(lead)) = (rest.last(), b.last())
        && rest.len() >= b.len()
    {
        let (factor, shift) = (last / lead, rest.len() - b.len());
        for (k, x) in b.iter().enumerate() {
            rest[shift + k] = &rest[shift + k] - &factor * x;
        }
        // The first term is gone exactly.
        rest.pop();
        rest = trimmed(rest);
        quotient[shift] = factor;
    }
    (quotient, rest)
}

/// Of two polynomials of which one is not 0, by Euclid.
pub(super) fn common(a: &[Exact], b: &[Exact]) -> Vec<Exact> {
    let (mut a, mut b) = (a.to_vec(), b.to_vec());
    while !b.is_empty() {
        let rest = divided(&a, &b).1;
        (a, b) = (b, rest);
    }
    a
}

fn derivative(p: &[Exact]) -> Vec<Exact> {
    let terms = p.iter().enumerate().skip(1);
    let factor = |k: usize| real(BigRational::from_integer(BigInt::from(k)));
    terms.map(|(k, x)| x * factor(k)).collect()
}

impl Quotient {
    pub(super) fn number(x: Exact) -> Self {
        Self {
            top: trimmed(vec![x]),
            bottom: vec![Exact::one()],
        }
    }

    pub(super) fn letter() -> Self {
        Self {
            top: vec![Exact::zero(), Exact::one()],
            bottom: vec![Exact::one()],
        }
    }

    /// The conjugate on real numbers.
    pub(super) fn conj(&self) -> Self {
        let [top, bottom] = [&self.top, &self.bottom].map(|p| p.iter().map(Exact::conj).collect());
        Self { top, bottom }
    }

    /// `None` for 0.
    pub(super) fn inverse(self) -> Option<Self> {
        Self::reduced(self.bottom, self.top)
    }

    /// Without the common factor; `None` where D is 0 or the degree too large.
    fn reduced(top: Vec<Exact>, bottom: Vec<Exact>) -> Option<Self> {
        if bottom.is_empty() {
            return None;
        }
        let factor = common(&bottom, &top);
        let [top, bottom] = [top, bottom].map(|p| divided(&p, &factor).0);
        let scale = Exact::one() / bottom.last()?;
        let [top, bottom] = [top, bottom].map(|p| times(&p, std::slice::from_ref(&scale)));
        (top.len().max(bottom.len()) <= DEGREE + 1).then_some(Self { top, bottom })
    }

    pub(super) fn plus(&self, other: &Self) -> Option<Self> {
        let [a, b] = [
            times(&self.top, &other.bottom),
            times(&other.top, &self.bottom),
        ];
        Self::reduced(plus(&a, &b), times(&self.bottom, &other.bottom))
    }

    pub(super) fn times(&self, other: &Self) -> Option<Self> {
        Self::reduced(
            times(&self.top, &other.top),
            times(&self.bottom, &other.bottom),
        )
    }

    /// Whether it is `ax + b`.
    pub(super) fn is_affine(&self) -> bool {
        self.bottom.len() == 1 && self.top.len() <= 2
    }

    /// As binary numbers, integers where these are not too large; `None` where a coefficient is not real.
    pub(super) fn fraction(&self) -> Option<Fraction> {
        let all = self.top.iter().chain(&self.bottom);
        let scale = all.fold(BigRational::one(), |scale, x| {
            let denominator = (&x.re * &scale).denom().clone();
            scale * BigRational::from_integer(denominator)
        });
        let largest = self
            .top
            .iter()
            .chain(&self.bottom)
            .map(|x| (&x.re * &scale).abs());
        let exact = BigRational::from_integer(BigInt::from(1u64 << 53));
        let scale = if largest.max().is_some_and(|x| x > exact) {
            BigRational::one()
        } else {
            scale
        };
        let numbers = |p: &[Exact]| -> Option<Vec<f64>> {
            let number = |x: &Exact| match x.im.is_zero() {
                true => (&x.re * &scale).to_f64().filter(|x| x.is_finite()),
                false => None,
            };
            p.iter().map(number).collect()
        };
        let poles = divided(
            &self.bottom,
            &common(&self.bottom, &derivative(&self.bottom)),
        )
        .0;
        Some(Fraction {
            numerator: numbers(&self.top)?,
            denominator: numbers(&self.bottom)?,
            poles: numbers(&poles)?,
        })
    }
}
