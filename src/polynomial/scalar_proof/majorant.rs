//! Bounds of the numerators of expressions: the sum of the moduli of their coefficients, and their degrees.

use num_bigint::BigInt;
use num_traits::{Signed, Zero};

use super::super::block_equations::{AtPoint, Ring};
use super::super::scalar::Exact;
use super::modulus;

/// Fractions over powers of D.
pub(super) struct Majorant {
    size: BigInt,
    degree: usize,
}

/// `N/D^power`.
#[derive(Clone, Debug)]
pub(super) struct Bound {
    size: BigInt,
    in_s: usize,
    in_z: usize,
    power: usize,
}

impl Majorant {
    pub(super) fn new(denominator: &[Exact]) -> Self {
        Self {
            size: denominator.iter().map(modulus).sum(),
            degree: denominator.len() - 1,
        }
    }

    /// Of `N/D`.
    pub(super) fn of(&self, numerator: &[Vec<Exact>]) -> Option<Bound> {
        Some(Bound {
            size: numerator.iter().flatten().map(modulus).sum(),
            in_s: numerator.len().saturating_sub(1),
            in_z: numerator.iter().map(Vec::len).max()?.saturating_sub(1),
            power: 1,
        })
    }

    fn raised(&self, mut x: Bound, power: usize) -> Bound {
        while x.power < power {
            x.size *= &self.size;
            x.in_z += self.degree;
            x.power += 1;
        }
        x
    }
}

impl Ring for Majorant {
    type Element = Bound;

    fn number(&self, x: &Exact) -> Option<Bound> {
        // D times a number is whole.
        let size = (modulus(x) * &self.size).abs();
        Some(Bound {
            in_z: if size.is_zero() { 0 } else { self.degree },
            size,
            in_s: 0,
            power: 1,
        })
    }

    fn sum(&self, a: &Bound, b: &Bound) -> Bound {
        let power = a.power.max(b.power);
        let [a, b] = [a, b].map(|x| self.raised(x.clone(), power));
        Bound {
            size: a.size + b.size,
            in_s: a.in_s.max(b.in_s),
            in_z: a.in_z.max(b.in_z),
            power,
        }
    }

    fn product(&self, a: &Bound, b: &Bound) -> Bound {
        Bound {
            size: &a.size * &b.size,
            in_s: a.in_s + b.in_s,
            in_z: a.in_z + b.in_z,
            power: a.power + b.power,
        }
    }
}

impl AtPoint for Majorant {
    fn z(&self) -> Bound {
        Bound {
            size: BigInt::from(1),
            in_s: 0,
            in_z: 1,
            power: 0,
        }
    }
}

impl Bound {
    /// Bounds of the coefficients and of the degree in z of the rest of N modulo P, by as many steps of a division,
    /// each of which multiplies by
    /// the leading coefficient of P and takes a multiple of P away.
    pub(super) fn of_the_rest(&self, curve: &[Vec<BigInt>]) -> (BigInt, usize) {
        let steps = (self.in_s + 2).saturating_sub(curve.len()) as u32;
        let own: BigInt = curve.iter().flatten().map(BigInt::abs).sum();
        let height = curve.iter().map(Vec::len).max().unwrap_or(1) - 1;
        let size = &self.size * (own * 2u32).pow(steps);
        (size, self.in_z + steps as usize * height)
    }
}
