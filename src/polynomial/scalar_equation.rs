//! The polynomial equation of the transform: found from moments, modulo primes; proved by degrees and sizes, see [`super::scalar_proof`].

use num_bigint::BigInt;
use num_complex::Complex64;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};
use std::fmt;

use super::letter::{Letter, SymbolKind};
use super::moment_series::Field;
use super::scalar_proof::ScalarProof;
use super::{MatrixExpression, PolynomialError};
use crate::tensor::Fp;

/// The largest primes below 2⁶² that are 1 modulo 4, and a square root of −1 in their fields.
const FIRST: u64 = 4_611_686_018_427_387_817;
const FIRST_ROOT: u64 = 120_863_620_846_201_794;
/// A residue modulo the first.
pub(super) type Modulo = Fp<FIRST>;
const SECOND: u64 = 4_611_686_018_427_387_761;
const SECOND_ROOT: u64 = 1_130_501_565_556_633_554;
/// Coefficients of the equations tried, at most, one after the other; the last only where no variable has atoms, which take longer.
const MOST: [usize; 3] = [16, 36, 64];
/// Moments that are left to check one.
const SPARE: usize = 16;
/// The largest power of s.
const DEGREE: usize = 8;

/// `Σ c_{jk} sʲ zᵏ = 0` for the transform `s(z) = ∫ dμ(x)/(x − z)`, with integers without common factor.
///
/// It is found as an equation with as few coefficients as possible that the first [`ScalarEquation::moments`] moments satisfy modulo two primes of 62 bits, more moments
/// than it has coefficients; and proved where [`ScalarEquation::proof`] says how.
#[derive(Clone, Debug, PartialEq)]
pub struct ScalarEquation {
    /// `c_{jk}`: by powers of s, then of z.
    pub coefficients: Vec<Vec<BigInt>>,
    /// How many moments satisfy it.
    pub moments: usize,
    /// By what it is proved for the numbers as they are read, simple rational ones; `None` where it is only found.
    pub proof: Option<ScalarProof>,
}

impl MatrixExpression {
    /// The equation that the transform of the law satisfies; `None` where none of few coefficients is found, a number is no simple rational one, or a
    /// variable has a law that no Gaussian matrices and no atoms make.
    ///
    /// # Errors
    /// [`PolynomialError::Ratio`] where a ratio is missing.
    pub fn scalar_equation(&self) -> Result<Option<ScalarEquation>, PolynomialError> {
        if let Some(known) = self.scalar.get() {
            return Ok(known.clone());
        }
        let found = self.sought_equation()?;
        Ok(self.scalar.get_or_init(|| found).clone())
    }

    fn sought_equation(&self) -> Result<Option<ScalarEquation>, PolynomialError> {
        let field = Field::<FIRST> {
            i: Fp::new(FIRST_ROOT),
        };
        let other = Field::<SECOND> {
            i: Fp::new(SECOND_ROOT),
        };
        let atoms = |letter: &Letter| {
            matches!(
                self.symbols[letter.symbol].kind,
                SymbolKind::Discrete { .. }
            )
        };
        let quick = !self.pencil.terms.keys().any(atoms);
        for most in MOST.into_iter().take(if quick { 3 } else { 2 }) {
            let terms = most + SPARE;
            let Some(series) = self.transform_series(&field, terms)? else {
                return Ok(None);
            };
            let Some(coefficients) = smallest(&series, most) else {
                continue;
            };
            let Some(check) = self.transform_series(&other, terms)? else {
                return Ok(None);
            };
            if !vanishes(&coefficients, &check) {
                return Ok(None);
            }
            return Ok(Some(ScalarEquation {
                proof: self.scalar_proof(&coefficients)?,
                coefficients,
                moments: terms - 1,
            }));
        }
        Ok(None)
    }
}

/// `sʲ`, `j = 0, …, degree`, cut off after as many terms.
pub(super) fn powers<const P: u64>(series: &[Fp<P>], degree: usize) -> Vec<Vec<Fp<P>>> {
    let mut one = vec![Fp::zero(); series.len()];
    one[0] = Fp::one();
    let mut powers = vec![one];
    for _ in 0..degree {
        let mut next = vec![Fp::zero(); series.len()];
        if let Some(last) = powers.last() {
            for (k, &x) in last.iter().enumerate() {
                for (sum, &y) in next[k..].iter_mut().zip(series) {
                    *sum = *sum + x * y;
                }
            }
        }
        powers.push(next);
    }
    powers
}

/// The equation of fewest coefficients, at most `most`.
fn smallest<const P: u64>(series: &[Fp<P>], most: usize) -> Option<Vec<Vec<BigInt>>> {
    let powers = powers(series, DEGREE);
    let mut boxes: Vec<(usize, usize)> = (1..=DEGREE)
        .flat_map(|s| (0..most).map(move |z| (s, z)))
        .filter(|(s, z)| (s + 1) * (z + 1) <= most)
        .collect();
    boxes.sort_by_key(|&(s, z)| ((s + 1) * (z + 1), s));
    boxes.into_iter().find_map(|(s, z)| {
        let columns: Vec<Vec<Fp<P>>> = (0..=s)
            .flat_map(|j| (0..=z).map(move |k| (j, k)))
            .map(|(j, k)| shifted(&powers[j], z - k))
            .collect();
        let found = dependence(columns)?;
        let integers = integers(&found)?;
        Some(integers.chunks(z + 1).map(<[BigInt]>::to_vec).collect())
    })
}

/// `w^by` times a series in w.
pub(super) fn shifted<const P: u64>(series: &[Fp<P>], by: usize) -> Vec<Fp<P>> {
    let zeros = std::iter::repeat_n(Fp::zero(), by);
    zeros
        .chain(series.iter().copied())
        .take(series.len())
        .collect()
}

/// Numbers, the last that is not 0 a 1, with which the sum of the columns vanishes.
pub(super) fn dependence<const P: u64>(columns: Vec<Vec<Fp<P>>>) -> Option<Vec<Fp<P>>> {
    let count = columns.len();
    // Each reduced column with its pivot and how it is made.
    let mut reduced: Vec<(usize, Vec<Fp<P>>, Vec<Fp<P>>)> = Vec::new();
    for (k, mut column) in columns.into_iter().enumerate() {
        let mut made = vec![Fp::zero(); count];
        made[k] = Fp::one();
        for (pivot, taken, with) in &reduced {
            let factor = column[*pivot];
            if !factor.is_zero() {
                for (x, &y) in column.iter_mut().zip(taken) {
                    *x = *x - factor * y;
                }
                for (x, &y) in made.iter_mut().zip(with) {
                    *x = *x - factor * y;
                }
            }
        }
        let Some(pivot) = column.iter().position(|x| !x.is_zero()) else {
            return Some(made);
        };
        let scale = column[pivot].inverse()?;
        for x in column.iter_mut().chain(&mut made) {
            *x = *x * scale;
        }
        reduced.push((pivot, column, made));
    }
    None
}

/// The rational numbers that residues stand for, times their common denominator; the first that is not 0 of the highest power is positive.
fn integers<const P: u64>(residues: &[Fp<P>]) -> Option<Vec<BigInt>> {
    let rationals: Vec<BigRational> = residues
        .iter()
        .map(|x| rational(*x))
        .collect::<Option<_>>()?;
    let scale = rationals.iter().fold(BigRational::one(), |scale, x| {
        let denominator = (x * &scale).denom().clone();
        scale * BigRational::from_integer(denominator)
    });
    Some(
        rationals
            .iter()
            .map(|x| (x * &scale).to_integer())
            .collect(),
    )
}

/// The fraction of small numbers that a residue stands for (Wang 1981).
pub(super) fn rational<const P: u64>(x: Fp<P>) -> Option<BigRational> {
    let limit = i128::from((P / 2).isqrt());
    let (mut a, mut b) = ((i128::from(P), 0i128), (i128::from(x.value()), 1i128));
    while b.0 > limit {
        let quotient = a.0 / b.0;
        (a, b) = (b, (a.0 - quotient * b.0, a.1 - quotient * b.1));
    }
    let small = b.1 != 0 && b.1.abs() <= limit;
    small.then(|| BigRational::new(BigInt::from(b.0), BigInt::from(b.1)))
}

/// Whether the equation holds for all terms of a series.
fn vanishes<const P: u64>(coefficients: &[Vec<BigInt>], series: &[Fp<P>]) -> bool {
    let powers = powers(series, coefficients.len().saturating_sub(1));
    let mut sum = vec![Fp::zero(); series.len()];
    for (row, power) in coefficients.iter().zip(&powers) {
        for (k, c) in row.iter().enumerate() {
            let Some(c) = Field::<P>::rational(&BigRational::from_integer(c.clone())) else {
                return false;
            };
            for (sum, x) in sum.iter_mut().zip(shifted(power, row.len() - 1 - k)) {
                *sum = *sum + c * x;
            }
        }
    }
    sum.iter().all(Zero::is_zero)
}

impl ScalarEquation {
    /// The left side at a point.
    pub fn value(&self, z: Complex64, s: Complex64) -> Complex64 {
        let number = |c: &BigInt| c.to_f64().unwrap_or(f64::NAN);
        let of_z = |row: &Vec<BigInt>| {
            let terms = row.iter().rev();
            terms.fold(Complex64::ZERO, |sum, c| sum * z + number(c))
        };
        let rows = self.coefficients.iter().rev();
        rows.fold(Complex64::ZERO, |sum, row| sum * s + of_z(row))
    }
}

/// `2*z^2 - z + 1`, with the number of its terms.
fn in_z(row: &[BigInt]) -> (String, usize) {
    let mut text = String::new();
    let terms = row.iter().enumerate().rev().filter(|(_, c)| !c.is_zero());
    let mut count = 0;
    for (k, c) in terms {
        count += 1;
        let sign = match (text.is_empty(), c.is_negative()) {
            (true, false) => "",
            (true, true) => "-",
            (false, false) => " + ",
            (false, true) => " - ",
        };
        let power = match k {
            0 => String::new(),
            1 => "z".to_owned(),
            _ => format!("z^{k}"),
        };
        text += sign;
        text += &match (k, c.abs().is_one()) {
            (0, _) => c.abs().to_string(),
            (_, true) => power,
            (_, false) => format!("{}*{power}", c.abs()),
        };
    }
    (text, count)
}

impl fmt::Display for ScalarEquation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        for (j, row) in self.coefficients.iter().enumerate().rev() {
            let (of_z, count) = in_z(row);
            let power = match j {
                0 => String::new(),
                1 => "s".to_owned(),
                _ => format!("s^{j}"),
            };
            let term = match (count, j) {
                (0, _) => continue,
                (_, 0) => of_z,
                (1, _) if of_z == "1" => power,
                (1, _) if of_z == "-1" => format!("-{power}"),
                (1, _) => format!("{of_z}*{power}"),
                _ => format!("({of_z})*{power}"),
            };
            match (text.is_empty(), term.strip_prefix('-')) {
                (true, _) => text = term,
                (false, Some(rest)) => text += &format!(" - {rest}"),
                (false, None) => text += &format!(" + {term}"),
            }
        }
        write!(f, "{text} = 0")
    }
}
