//! Complex numbers with rational parts, exactly, and small matrices of them.

use num_bigint::BigInt;
use num_complex::{Complex, Complex64};
use num_rational::BigRational;
use num_traits::{FromPrimitive, One, Signed, ToPrimitive, Zero};

/// `p + qi`, p and q rational.
pub(super) type Exact = Complex<BigRational>;

/// A real number.
pub(super) fn real(x: BigRational) -> Exact {
    Exact::new(x, BigRational::zero())
}

/// The exact value of a binary number; `None` where it is not finite.
pub(super) fn binary(x: f64) -> Option<Exact> {
    BigRational::from_float(x).map(real)
}

/// The exact value of digits with at most one point and an exponent between −400 and 400; `None` for any other text.
pub(super) fn decimal(text: &str) -> Option<Exact> {
    let (digits, exponent) = match text.split_once(['e', 'E']) {
        Some((digits, exponent)) => (digits, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let number: BigInt = format!("{whole}{part}").parse().ok()?;
    let power = exponent.checked_sub(i32::try_from(part.len()).ok()?)?;
    if power.abs() > 400 {
        return None;
    }
    let ten = BigRational::from_integer(BigInt::from(10));
    Some(real(
        BigRational::from_integer(number) * num_traits::Pow::pow(ten, power),
    ))
}

/// The rational number of smallest denominator that is x up to rounding; `None` where that is not simple.
pub(super) fn simplest(x: f64) -> Option<BigRational> {
    let (mut whole, mut rest) = (x.floor(), x - x.floor());
    let (mut p, mut q) = ((1.0, whole), (0.0, 1.0));
    for _ in 0..40 {
        if (p.1 / q.1 - x).abs() <= 8.0 * f64::EPSILON * x.abs() {
            let numerator = BigInt::from_f64(p.1)?;
            return Some(BigRational::new(numerator, BigInt::from_f64(q.1)?));
        }
        whole = (1.0 / rest).floor();
        rest = 1.0 / rest - whole;
        p = (p.1, whole * p.1 + p.0);
        q = (q.1, whole * q.1 + q.0);
        if q.1.is_nan() || q.1 > 1e6 {
            return None;
        }
    }
    None
}

/// The nearest binary number, or so.
pub(super) fn rounded(x: &Exact) -> Complex64 {
    let part = |x: &BigRational| x.to_f64().unwrap_or(f64::NAN);
    Complex64::new(part(&x.re), part(&x.im))
}

/// The number as it is read: `2`, `-1/3`, `2*i`, `(1 + 2*i)`.
pub(super) fn written(x: &Exact) -> String {
    let imaginary = |q: &BigRational| {
        if q.is_one() {
            "i".to_owned()
        } else if (-q).is_one() {
            "-i".to_owned()
        } else {
            format!("{q}*i")
        }
    };
    match (x.re.is_zero(), x.im.is_zero()) {
        (_, true) => x.re.to_string(),
        (true, false) => imaginary(&x.im),
        (false, false) if x.im.is_negative() => format!("({} - {})", x.re, imaginary(&-&x.im)),
        (false, false) => format!("({} + {})", x.re, imaginary(&x.im)),
    }
}

/// A matrix, by rows.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Matrix {
    pub(super) rows: usize,
    pub(super) cols: usize,
    entries: Vec<Exact>,
}

impl Matrix {
    pub(super) fn from_fn(
        rows: usize,
        cols: usize,
        mut entry: impl FnMut(usize, usize) -> Exact,
    ) -> Self {
        let mut entries = Vec::with_capacity(rows * cols);
        for row in 0..rows {
            entries.extend((0..cols).map(|col| entry(row, col)));
        }
        Self {
            rows,
            cols,
            entries,
        }
    }

    pub(super) fn row(&self, row: usize) -> &[Exact] {
        &self.entries[row * self.cols..(row + 1) * self.cols]
    }

    pub(super) fn at(&self, row: usize, col: usize) -> &Exact {
        &self.entries[row * self.cols + col]
    }

    pub(super) fn is_zero(&self) -> bool {
        self.entries.iter().all(Zero::is_zero)
    }

    pub(super) fn adjoint(&self) -> Self {
        Self::from_fn(self.cols, self.rows, |i, j| self.at(j, i).conj())
    }

    pub(super) fn times(&self, other: &Self) -> Self {
        Self::from_fn(self.rows, other.cols, |i, j| {
            let terms = self.row(i).iter().enumerate();
            terms
                .filter(|(_, x)| !x.is_zero())
                .fold(Exact::zero(), |sum, (k, x)| sum + x * other.at(k, j))
        })
    }

    /// The inverse by elimination; `None` if there is none.
    pub(super) fn inverse(&self) -> Option<Self> {
        let n = self.rows;
        let mut rows: Vec<Vec<Exact>> = (0..n)
            .map(|i| {
                let unit = (0..n).map(|j| if i == j { Exact::one() } else { Exact::zero() });
                self.row(i).iter().cloned().chain(unit).collect()
            })
            .collect();
        for col in 0..n {
            let pivot = (col..n).find(|&row| !rows[row][col].is_zero())?;
            rows.swap(col, pivot);
            let scale = Exact::one() / &rows[col][col];
            rows[col].iter_mut().for_each(|x| *x = &*x * &scale);
            let taken = rows[col].clone();
            for (row, entries) in rows.iter_mut().enumerate() {
                let factor = entries[col].clone();
                if row != col && !factor.is_zero() {
                    for (x, y) in entries.iter_mut().zip(&taken) {
                        *x = &*x - &factor * y;
                    }
                }
            }
        }
        Some(Self::from_fn(n, n, |i, j| rows[i][n + j].clone()))
    }
}

/// A vector times a matrix, from the left.
pub(super) fn row_times(row: &[Exact], matrix: &Matrix) -> Vec<Exact> {
    let mut out = vec![Exact::zero(); matrix.cols];
    for (i, x) in row.iter().enumerate().filter(|(_, x)| !x.is_zero()) {
        for (sum, y) in out
            .iter_mut()
            .zip(matrix.row(i))
            .filter(|(_, y)| !y.is_zero())
        {
            *sum = &*sum + x * y;
        }
    }
    out
}

/// A matrix times a vector.
pub(super) fn times_column(matrix: &Matrix, column: &[Exact]) -> Vec<Exact> {
    (0..matrix.rows)
        .map(|i| dot(matrix.row(i), column))
        .collect()
}

/// `Σ xᵢ yᵢ`.
pub(super) fn dot(x: &[Exact], y: &[Exact]) -> Exact {
    let pairs = x
        .iter()
        .zip(y)
        .filter(|(x, y)| !x.is_zero() && !y.is_zero());
    pairs.fold(Exact::zero(), |sum, (x, y)| sum + x * y)
}

/// Independent vectors, kept in echelon form.
#[derive(Default)]
pub(super) struct Span {
    /// Each with its pivot, where it is 1.
    reduced: Vec<(usize, Vec<Exact>)>,
}

impl Span {
    /// Takes a vector in; false if it is in the span already.
    pub(super) fn grow(&mut self, vector: &[Exact]) -> bool {
        let mut left = vector.to_vec();
        for (pivot, taken) in &self.reduced {
            let factor = left[*pivot].clone();
            if !factor.is_zero() {
                for (x, y) in left.iter_mut().zip(taken) {
                    *x = &*x - &factor * y;
                }
            }
        }
        let Some(pivot) = left.iter().position(|x| !x.is_zero()) else {
            return false;
        };
        let scale = Exact::one() / &left[pivot];
        left.iter_mut().for_each(|x| *x = &*x * &scale);
        self.reduced.push((pivot, left));
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_exact() {
        let tenth = decimal("0.1").unwrap() * decimal("1e1").unwrap();
        assert!(tenth.is_one());
        assert_eq!(written(&decimal("12.50e-1").unwrap()), "5/4");
        for bad in ["", ".", "1e999", "1.2.3", "x"] {
            assert!(decimal(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn the_simplest_number_is_that_which_was_written() {
        for (p, q) in [(1, 10), (-1, 3), (22, 7), (5, 1), (0, 1), (12_345, 67_891)] {
            let exact = BigRational::new(BigInt::from(p), BigInt::from(q));
            assert_eq!(simplest(f64::from(p) / f64::from(q)), Some(exact));
        }
        assert_eq!(simplest(std::f64::consts::PI), None);
        assert_eq!(simplest(f64::NAN), None);
    }

    #[test]
    fn an_inverse_times_the_matrix_is_one() {
        let entry = |i: usize, j: usize| {
            let part = |k: usize| BigRational::from_integer(BigInt::from(k % 5));
            Exact::new(part(i * 3 + j * j + 1), part(i + 2 * j))
        };
        let matrix = Matrix::from_fn(3, 3, entry);
        let one = matrix.times(&matrix.inverse().unwrap());
        let unit = |i, j| if i == j { Exact::one() } else { Exact::zero() };
        assert_eq!(one, Matrix::from_fn(3, 3, unit));
        assert!(
            Matrix::from_fn(2, 2, |_, _| Exact::one())
                .inverse()
                .is_none()
        );
    }
}
