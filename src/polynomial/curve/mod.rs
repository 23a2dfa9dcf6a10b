//! Where the roots s of an equation `P(s, z) = 0` meet or are infinite: exactly.
//!
//! These are the roots of the discriminant, the resultant of P and `∂P/∂s`, and of the coefficient of the highest
//! power of s. Between two neighbouring real ones every root is
//! analytic, so that a law whose transform satisfies the equation has a density that is analytic there and either
//! positive or 0.

mod whole;

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{FromPrimitive, One, ToPrimitive, Zero};

use self::whole::{Dyadic, Whole};
use super::{MatrixExpression, PolynomialError};
use crate::measure::operator::curve::{Coefficients, Curve};

/// The largest degree of a discriminant.
const DEGREE: usize = 80;
/// Halvings of an interval with one root: to the last digit of a binary number, also of one near 0.
const BITS: usize = 128;

impl MatrixExpression {
    /// The equation of the transform, to be computed with, for a support within `hull`; `None` where none is known, or its coefficients or degrees
    /// are too large.
    pub(super) fn curve(&self, hull: (f64, f64)) -> Result<Option<Curve>, PolynomialError> {
        let Some(equation) = self.scalar_equation()? else {
            return Ok(None);
        };
        let Some(critical) = critical(&equation.coefficients, hull) else {
            return Ok(None);
        };
        let proved = equation.proof.is_some();
        let around = |at: f64| Some((at, rows(&shifted(&equation.coefficients, at)?)?));
        let origin = rows(&equation.coefficients).map(|rows| (0.0, rows));
        // Near a place that is a binary number powers of the distance from it are not lost in differences.
        let places = critical.iter().filter(|at| **at != 0.0);
        let centers: Vec<_> = origin
            .into_iter()
            .chain(places.filter_map(|&at| around(at)))
            .collect();
        let found = !centers.is_empty();
        Ok(found.then(|| Curve::new(centers, critical, proved)))
    }
}

/// Coefficients as binary numbers, and what these are off by at most.
fn rows(coefficients: &[Vec<BigInt>]) -> Option<Coefficients> {
    let row = |row: &Vec<BigInt>| row.iter().map(known).collect();
    coefficients.iter().map(row).collect()
}

/// Digits of a place around which an equation is expanded, at most.
const DIGITS: u64 = 24;

/// A multiple of the equation in powers of `z − at`; `None` where this has many digits, as the rounded value of
/// another number has.
fn shifted(coefficients: &[Vec<BigInt>], at: f64) -> Option<Vec<Vec<BigInt>>> {
    let at = dyadic(at)?;
    if at.n.bits() > DIGITS || at.k > DIGITS {
        return None;
    }
    let height = coefficients.iter().map(Vec::len).max()?;
    let row = |row: &Vec<BigInt>| {
        // In powers of `2ᵏ z`, times `2^{k height}`.
        let terms = (0..height).map(|power| {
            let c = row.get(power).cloned().unwrap_or_default();
            c << (at.k * (height - 1 - power) as u64)
        });
        let mut terms: Vec<BigInt> = terms.collect();
        for low in 0..height {
            for power in (low..height - 1).rev() {
                let next = &terms[power + 1] * &at.n;
                terms[power] += next;
            }
        }
        let terms = terms.into_iter().enumerate();
        terms.map(|(power, c)| c << (at.k * power as u64)).collect()
    };
    Some(coefficients.iter().map(row).collect())
}

/// An integer as a binary number, and what that is off by at most.
fn known(x: &BigInt) -> Option<(f64, f64)> {
    let value = x.to_f64().filter(|x| x.is_finite())?;
    let exact = x.bits() <= 53;
    Some((
        value,
        if exact {
            0.0
        } else {
            f64::EPSILON * value.abs()
        },
    ))
}

/// The real points of `(low, high]` at which roots of `Σ c_{jk} sʲ zᵏ` meet or are infinite, ascending; `None` where
/// two roots are one for every z, or the degrees
/// are too large.
pub(super) fn critical(equation: &[Vec<BigInt>], (low, high): (f64, f64)) -> Option<Vec<f64>> {
    let last = equation
        .iter()
        .rposition(|row| !row.iter().all(Zero::is_zero))?;
    let lead = Whole::new(equation[last].clone());
    let mut found = places(&lead, (low, high))?;
    // Of an equation in a power of s two roots meet where two of its powers do, or where s is 0.
    let powers = (1..=last).filter(|&j| !equation[j].iter().all(Zero::is_zero));
    let step = powers.fold(0, |step, j| step.gcd(&j));
    let rows: Vec<Vec<BigInt>> = equation[..=last]
        .iter()
        .step_by(step.max(1))
        .cloned()
        .collect();
    if rows.len() > 2 {
        found.extend(places(&discriminant(&rows)?, (low, high))?);
    }
    if step > 1 {
        found.extend(places(&Whole::new(rows[0].clone()), (low, high))?);
    }
    found.sort_by(f64::total_cmp);
    found.dedup();
    Some(found)
}

fn dyadic(x: f64) -> Option<Dyadic> {
    let exact = BigRational::from_f64(x)?;
    Some(Dyadic {
        n: exact.numer().clone(),
        k: exact.denom().bits() - 1,
    })
}

/// The nearest binary number, or so.
fn rounded(x: &Dyadic) -> Option<f64> {
    BigRational::new(x.n.clone(), BigInt::one() << x.k).to_f64()
}

fn places(p: &Whole, (low, high): (f64, f64)) -> Option<Vec<f64>> {
    if p.is_zero() {
        return None;
    }
    let simple = p.simple();
    let intervals = simple.isolated(dyadic(low)?, dyadic(high)?);
    let roots = intervals.into_iter();
    roots
        .map(|interval| rounded(&simple.refined(interval, BITS)))
        .collect()
}

/// The resultant of P and `∂P/∂s`, of degree 2 or more in s, from its values at integers; `None` where it vanishes.
fn discriminant(equation: &[Vec<BigInt>]) -> Option<Whole> {
    let rows = 2 * (equation.len() - 1) - 1;
    let degree = rows * equation.iter().map(Vec::len).max()?.saturating_sub(1);
    if degree > DEGREE {
        return None;
    }
    let value = |z: usize| {
        let of_row = |row: &Vec<BigInt>| {
            let terms = row.iter().rev();
            terms.fold(BigInt::zero(), |sum, c| sum * BigInt::from(z) + c)
        };
        determinant(sylvester(&equation.iter().map(of_row).collect::<Vec<_>>()))
    };
    let found = interpolated((0..=degree).map(value).collect());
    (!found.is_zero()).then_some(found)
}

/// Sylvester's matrix of p and p′.
fn sylvester(p: &[BigInt]) -> Vec<Vec<BigInt>> {
    let n = p.len() - 1;
    let slope: Vec<BigInt> = p.iter().enumerate().skip(1).map(|(k, c)| c * k).collect();
    let row = |shift: usize, p: &[BigInt]| {
        let mut row = vec![BigInt::zero(); 2 * n - 1];
        for (k, c) in p.iter().rev().enumerate() {
            row[shift + k] = c.clone();
        }
        row
    };
    let upper = (0..n - 1).map(|k| row(k, p));
    upper.chain((0..n).map(|k| row(k, &slope))).collect()
}

/// By elimination without fractions (Bareiss 1968).
fn determinant(mut a: Vec<Vec<BigInt>>) -> BigInt {
    let n = a.len();
    let mut before = BigInt::one();
    let mut odd = false;
    for k in 0..n {
        let Some(pivot) = (k..n).find(|&i| !a[i][k].is_zero()) else {
            return BigInt::zero();
        };
        odd ^= pivot != k;
        a.swap(pivot, k);
        let (done, rest) = a.split_at_mut(k + 1);
        let row = &done[k];
        for other in rest {
            for j in k + 1..n {
                other[j] = (&row[k] * &other[j] - &other[k] * &row[j]) / &before;
            }
        }
        before = row[k].clone();
    }
    if odd { -before } else { before }
}

/// A multiple of the polynomial of these values at 0, 1, 2, …, by Newton's differences.
fn interpolated(mut values: Vec<BigInt>) -> Whole {
    let count = values.len();
    let mut sum = vec![BigInt::zero(); count];
    // `x(x−1)…(x−k+1)`, and `(count−1)!/k!`.
    let mut power = vec![BigInt::one()];
    let mut weight: BigInt = (1..count).map(BigInt::from).product();
    for k in 0..count {
        for (sum, c) in sum.iter_mut().zip(&power) {
            *sum += c * &values[0] * &weight;
        }
        for i in 0..count - k - 1 {
            values[i] = &values[i + 1] - &values[i];
        }
        weight /= k + 1;
        let less: Vec<BigInt> = power.iter().map(|c| c * k).collect();
        power.insert(0, BigInt::zero());
        for (c, less) in power.iter_mut().zip(less) {
            *c -= less;
        }
    }
    Whole::new(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(rows: &[&[i64]]) -> Vec<Vec<BigInt>> {
        let row = |row: &&[i64]| row.iter().copied().map(BigInt::from).collect();
        rows.iter().map(row).collect()
    }

    /// `s² + zs + 1`, the semicircle: ±2; MP of ratio ½, `zs²/2 + (z − ½)s + 1`: 0 and (1 ± √½)²; the anticommutator,
    /// `zs³ − s² − zs − 1`.
    #[test]
    fn critical_points_are_exact() {
        let all = (-9.0, 9.0);
        assert_eq!(
            critical(&of(&[&[1], &[0, 1], &[1]]), all).unwrap(),
            [-2.0, 2.0]
        );
        let root = 0.5f64.sqrt();
        let edges = [0.0, (1.0 - root).powi(2), (1.0 + root).powi(2)];
        let found = critical(&of(&[&[2], &[-1, 2], &[0, 1]]), all).unwrap();
        assert_eq!(found.len(), 3);
        for (found, edge) in found.iter().zip(edges) {
            assert!((found - edge).abs() <= 4e-16 * edge, "{found} {edge}");
        }
        let found = critical(&of(&[&[-1], &[0, -1], &[-1], &[0, 1]]), all).unwrap();
        let edge = ((11.0 + 5.0 * 5f64.sqrt()) / 2.0).sqrt();
        assert_eq!(found.len(), 3);
        assert!((found[2] - edge).abs() <= 1e-15 * edge && found[0] == -found[2]);
        assert_eq!(found[1], 0.0);
    }

    /// `(z² − 1)s² − 1` is infinite at ±1, `(z − 1)⁴(z − 3) s − 1` at 1 and 3, and points outside the interval are left out.
    #[test]
    fn points_where_a_root_is_infinite_are_found_once() {
        let arcsine = of(&[&[-1], &[0], &[-1, 0, 1]]);
        assert_eq!(critical(&arcsine, (-2.0, 2.0)).unwrap(), [-1.0, 1.0]);
        assert_eq!(critical(&arcsine, (0.5, 2.0)).unwrap(), [1.0]);
        // (z−1)⁴ = 1 − 4z + 6z² − 4z³ + z⁴, times z − 3.
        let line = of(&[&[-1], &[-3, 13, -22, 18, -7, 1]]);
        assert_eq!(critical(&line, (0.0, 9.0)).unwrap(), [1.0, 3.0]);
        // s⁴ − 2zs² + z − 3: of u = s² two are one at no real z, and one is 0 at 3; s⁴ − 2zs² + 1: two of u are one at ±1.
        let even = |last: &[i64]| of(&[last, &[0], &[0, -2], &[0], &[1]]);
        assert_eq!(critical(&even(&[-3, 1]), (-5.0, 5.0)).unwrap(), [3.0]);
        assert_eq!(critical(&even(&[1]), (-5.0, 5.0)).unwrap(), [-1.0, 1.0]);
        // (s − z)² has no discriminant.
        assert_eq!(
            critical(&of(&[&[0, 0, 1], &[0, -2], &[1]]), (0.0, 1.0)),
            None
        );
    }
}
