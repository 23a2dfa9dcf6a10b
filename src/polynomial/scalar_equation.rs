//! The polynomial equation of the transform: found from moments, modulo primes; proved by degrees and sizes, see [`super::scalar_proof`].

use num_bigint::BigInt;
use num_complex::Complex64;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};
use std::fmt;

use super::block_system::System;
use super::residues::primes;
use super::scalar_proof::ScalarProof;
use super::{MatrixExpression, PolynomialError};
use crate::tensor::Fp;

/// The largest primes below 2⁶² that are 1 modulo 4.
const FIRST: u64 = 4_611_686_018_427_387_817;
const SECOND: u64 = 4_611_686_018_427_387_761;
/// A residue modulo the first.
pub(super) type Modulo = Fp<FIRST>;
/// Coefficients of the equations tried, at most, one after the other.
const MOST: [usize; 4] = [16, 36, 64, 144];
/// Moments that are left to check one.
const SPARE: usize = 16;
/// The largest power of s.
const DEGREE: usize = 8;
/// Words of the expression at most.
const WORDS: usize = 4000;

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
        // Of an inverse every moment is the sum of infinitely many words.
        let system = match self.series.words(WORDS) {
            Some(_) => self.system(&self.sizes()?)?,
            None => None,
        };
        let Some(system) = system else {
            return Ok(None);
        };
        for most in MOST {
            let terms = most + SPARE;
            let Some(series) = system.transform::<FIRST>(terms) else {
                return Ok(None);
            };
            let Some(coefficients) = smallest(&series, most) else {
                continue;
            };
            let check = system.transform::<SECOND>(terms);
            if !check.is_some_and(|check| vanishes(&coefficients, &check)) {
                return Ok(None);
            }
            return Ok(Some(ScalarEquation {
                proof: system.proof(&coefficients),
                coefficients,
                moments: terms - 1,
            }));
        }
        Ok(None)
    }
}

impl System {
    /// `s = −Σ m_k z^{−k−1}` as a series in 1/z, modulo one of the primes.
    fn transform<const P: u64>(&self, terms: usize) -> Option<Vec<Fp<P>>> {
        let field = primes().find(|field| field.prime == P)?;
        let solved = self.solved(terms - 1, field)?;
        let whole = solved.whole.first()?.iter();
        Some(whole.map(|&x| -Fp::new(x)).collect())
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

/// The equation of fewest coefficients, at most `most`, and of these of least degree in s.
fn smallest<const P: u64>(series: &[Fp<P>], most: usize) -> Option<Vec<Vec<BigInt>>> {
    let powers = powers(series, DEGREE);
    let of = |s: usize, z: usize| {
        let places = (0..=s).flat_map(|j| (0..=z).map(move |k| (j, k)));
        let columns = places.map(|(j, k)| shifted(&powers[j], z - k));
        dependence(columns.collect())
    };
    // One of degree k in z is one of all degrees above.
    let least = |s: usize| {
        let (mut low, mut high) = (0, (most / (s + 1)).checked_sub(1)?);
        let mut found = of(s, high)?;
        while low < high {
            let middle = (low + high) / 2;
            match of(s, middle) {
                Some(better) => (found, high) = (better, middle),
                None => low = middle + 1,
            }
        }
        Some((s, high, found))
    };
    let all = (1..=DEGREE).filter_map(least);
    let (_, z, found) = all.min_by_key(|(s, z, _)| ((s + 1) * (z + 1), *s))?;
    let integers = integers(&found)?;
    Some(integers.chunks(z + 1).map(<[BigInt]>::to_vec).collect())
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
            let c = (c % P + P) % P;
            let c = Fp::new(c.to_u64().unwrap_or_default());
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
