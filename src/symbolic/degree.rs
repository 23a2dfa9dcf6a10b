//! Degrees in the random draws, for the Schwartz–Zippel bound.

use super::expression::{Expression, Factor};
use super::point::Point;
use super::polynomial::{Polynomial, base};
use std::collections::BTreeMap;

/// Bounds on the degrees of the numerator and the denominator of a rational function of the draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Degree {
    pub(super) numerator: u64,
    pub(super) denominator: u64,
}

impl Degree {
    /// A draw itself.
    pub(super) const DRAW: Degree = Degree {
        numerator: 1,
        denominator: 0,
    };

    /// An entry of the inverse of a matrix of `size` rows whose entries have this degree: each row is
    /// multiplied by the denominators of its entries, then Cramer's rule.
    pub(super) fn of_inverse(self, size: usize) -> Self {
        let size = size as u64;
        let row = self
            .numerator
            .saturating_add(size.saturating_mul(self.denominator));
        let cleared = size.saturating_mul(row);
        Degree {
            numerator: cleared.saturating_add(size.saturating_mul(self.denominator)),
            denominator: cleared,
        }
    }
}

/// A bound for a sum of terms over one common denominator, the product over the tensors of the largest
/// power in which each occurs. Formal scalars are draws too; their negative powers are cleared likewise.
pub(super) fn degree(expression: &Expression, point: &Point) -> Degree {
    let mut powers: BTreeMap<&str, u64> = BTreeMap::new();
    let mut lowest: BTreeMap<&str, i64> = BTreeMap::new();
    let mut largest = 0;
    for term in expression.terms() {
        let mut own: BTreeMap<&str, u64> = BTreeMap::new();
        for factor in &term.factors {
            if let Factor::Entry(tensor, _) = factor {
                *own.entry(tensor.name()).or_default() += 1;
            }
        }
        for (name, power) in own {
            let most = powers.entry(name).or_default();
            *most = power.max(*most);
        }
        let numerators = term.factors.iter().map(|factor| match factor {
            Factor::Entry(tensor, _) => point.degree(tensor.name()).numerator,
            Factor::Delta(_) => 0,
        });
        let scalars = scalar_degree(&term.coefficient, point, &mut lowest);
        largest = largest.max(numerators.fold(scalars, u64::saturating_add));
    }
    let denominators = powers
        .iter()
        .map(|(name, power)| power.saturating_mul(point.degree(name).denominator));
    let denominator = denominators.fold(cleared(&lowest), u64::saturating_add);
    Degree {
        numerator: largest.saturating_add(denominator),
        denominator,
    }
}

/// A bound for one of the moments of a law, in the formal scalars that its cumulants hold.
pub(super) fn degree_of_moments(moments: &[Polynomial], point: &Point) -> Degree {
    let mut lowest = BTreeMap::new();
    let degrees = moments
        .iter()
        .map(|moment| scalar_degree(moment, point, &mut lowest));
    let largest = degrees.max().unwrap_or(0);
    let denominator = cleared(&lowest);
    Degree {
        numerator: largest.saturating_add(denominator),
        denominator,
    }
}

/// The degree of the product that clears negative powers.
fn cleared(lowest: &BTreeMap<&str, i64>) -> u64 {
    let powers = lowest.values();
    powers
        .map(|power| power.unsigned_abs())
        .fold(0, u64::saturating_add)
}

/// The largest positive degree of a coefficient in the formal scalars; notes the lowest powers.
fn scalar_degree<'a>(
    coefficient: &'a Polynomial,
    point: &Point,
    lowest: &mut BTreeMap<&'a str, i64>,
) -> u64 {
    let mut largest = 0;
    for (monomial, _) in coefficient.terms() {
        let mut degree = 0_u64;
        for (symbol, power) in monomial
            .powers()
            .filter(|(symbol, _)| point.draws_scalar(base(symbol)))
        {
            degree = degree.saturating_add(u64::try_from(power).unwrap_or(0));
            let low = lowest.entry(symbol).or_default();
            *low = power.min(*low);
        }
        largest = largest.max(degree);
    }
    largest
}
