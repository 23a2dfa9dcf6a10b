//! Small dense complex matrices: inverse, and a test that a Hermitian matrix is positive.

use num_complex::Complex64;

use crate::measure::arithmetic::ball::size;

/// The inverse of an m×m matrix by rows, by Gauss–Jordan elimination with pivots from the column; `None` if one is 0 or no number.
pub(super) fn inverse(mut a: Vec<Complex64>, m: usize) -> Option<Vec<Complex64>> {
    // In place: the columns that are done hold the inverse, up to the exchanges of rows, which become those of columns.
    let mut exchanged = Vec::with_capacity(m);
    for k in 0..m {
        let pivot = (k..m).max_by(|&i, &j| size(a[i * m + k]).total_cmp(&size(a[j * m + k])))?;
        let scale = Complex64::inv(&a[pivot * m + k]);
        if !scale.is_finite() {
            return None;
        }
        exchanged.push(pivot);
        if pivot != k {
            for j in 0..m {
                a.swap(k * m + j, pivot * m + j);
            }
        }
        a[k * m + k] = Complex64::ONE;
        for x in &mut a[k * m..(k + 1) * m] {
            *x *= scale;
        }
        let (before, rest) = a.split_at_mut(k * m);
        let (row, after) = rest.split_at_mut(m);
        for other in before.chunks_exact_mut(m).chain(after.chunks_exact_mut(m)) {
            let factor = other[k];
            if factor == Complex64::ZERO {
                continue;
            }
            other[k] = Complex64::ZERO;
            for (x, y) in other.iter_mut().zip(&*row) {
                *x -= factor * y;
            }
        }
    }
    for (k, &pivot) in exchanged.iter().enumerate().rev() {
        if pivot != k {
            for row in a.chunks_exact_mut(m) {
                row.swap(k, pivot);
            }
        }
    }
    Some(a)
}

/// `A x` for an m×m matrix.
pub(super) fn times(a: &[Complex64], x: &[Complex64]) -> Vec<Complex64> {
    let dot = |row: &[Complex64]| row.iter().zip(x).map(|(a, x)| a * x).sum();
    a.chunks_exact(x.len()).map(dot).collect()
}

/// Whether every Hermitian matrix whose entries are within `radius` of those of a Hermitian n×n matrix (its lower triangle is
/// read) is positive definite; for a negative radius, whether it is so up to this.
///
/// `A − cI` with `c > n·radius` is factored after Cholesky; that it is succeeds proves it, as the rounding of the factorisation
/// is at most `(n+1)ε/(1−(n+1)ε)` of the trace (Demmel 1989; Rump 2006), here four times that for complex numbers.
pub(crate) fn is_positive(
    entry: impl Fn(usize, usize) -> Complex64,
    n: usize,
    radius: f64,
) -> bool {
    let trace: f64 = (0..n).map(|i| entry(i, i).re.abs()).sum();
    let share = 8.0 * (n as f64 + 2.0) * f64::EPSILON;
    let shift = (n as f64 * radius + share * trace) * (1.0 + share) + f64::MIN_POSITIVE;
    let mut factor = vec![Complex64::ZERO; n * n];
    for j in 0..n {
        let mut pivot = entry(j, j).re - shift;
        for k in 0..j {
            pivot -= factor[j * n + k].norm_sqr();
        }
        // A NaN is not positive either.
        if pivot.is_nan() || pivot <= 0.0 {
            return false;
        }
        let root = pivot.sqrt();
        factor[j * n + j] = Complex64::from(root);
        for i in j + 1..n {
            let mut sum = entry(i, j);
            for k in 0..j {
                sum -= factor[i * n + k] * factor[j * n + k].conj();
            }
            factor[i * n + j] = sum / root;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(i: usize, j: usize) -> Complex64 {
        let (x, y) = (i as f64, j as f64);
        Complex64::new(
            (1.3 * x * y + 2.1 * y * y + 0.2).sin(),
            (x * x - 0.7 * y).cos(),
        )
    }

    #[test]
    fn the_inverse_times_the_matrix_is_one() {
        let m = 7;
        let a: Vec<Complex64> = (0..m * m).map(|k| entry(k / m, k % m)).collect();
        let b = inverse(a.clone(), m).unwrap();
        for j in 0..m {
            let column: Vec<Complex64> = (0..m).map(|i| b[i * m + j]).collect();
            for (i, x) in times(&a, &column).into_iter().enumerate() {
                let wanted = if i == j { 1.0 } else { 0.0 };
                assert!((x - wanted).norm() < 1e-12, "{i} {j}: {x}");
            }
        }
        // A matrix that needs its rows exchanged, and one without inverse.
        let [zero, one] = [Complex64::ZERO, Complex64::ONE];
        assert_eq!(
            inverse(vec![zero, one, one, zero], 2).unwrap(),
            [zero, one, one, zero]
        );
        assert!(inverse(vec![one; 4], 2).is_none());
    }

    #[test]
    fn positive_is_what_has_positive_eigenvalues() {
        // Eigenvalues 1 ± |b|.
        let of = |b: Complex64| {
            move |i: usize, j: usize| match (i, j) {
                (1, 0) => b,
                (0, 1) => b.conj(),
                _ => Complex64::ONE,
            }
        };
        assert!(is_positive(of(Complex64::new(0.6, 0.79)), 2, 1e-3));
        assert!(!is_positive(of(Complex64::new(0.6, 0.79)), 2, 5e-3));
        assert!(!is_positive(of(Complex64::new(0.6, 0.81)), 2, 0.0));
        assert!(!is_positive(|_, _| Complex64::from(f64::NAN), 1, 0.0));
        assert!(!is_positive(of(Complex64::ZERO), 2, f64::NAN));
    }

    /// A diagonal entry is told from 0 where it is above what rounding loses, `4(n+1)u` of the trace with `u = ε/2`, and a few times more is
    /// enough.
    #[test]
    fn positive_is_not_told_below_the_rounding_of_the_trace() {
        for n in [1, 2, 5, 20, 60] {
            let of = |last: f64| {
                move |i: usize, j: usize| match i == j {
                    true if i + 1 == n => Complex64::from(last),
                    same => Complex64::from(f64::from(u8::from(same))),
                }
            };
            // The trace but for the last entry, which is not nearly 0 where it is alone.
            let trace = (n - 1) as f64;
            let lost = 2.0 * (n + 1) as f64 * f64::EPSILON * trace;
            assert!(!is_positive(of(lost), n, 0.0), "{n}");
            assert!(is_positive(of(10.0 * lost + 1e-300), n, 0.0), "{n}");
        }
    }

    /// A matrix with an eigenvalue 0 is none, however small the margin that rounding takes, and one within a radius of such a matrix.
    #[test]
    fn singular_matrices_are_not_positive() {
        for n in 1..6 {
            let one = |i: usize, j: usize| Complex64::from(f64::from(u8::from(i == j)));
            assert!(is_positive(one, n, 0.0) && is_positive(one, n, 0.9 / n as f64));
            assert!(!is_positive(one, n, 1.0 / n as f64));
            let last = |i: usize, j: usize| {
                if i + 1 < n {
                    one(i, j)
                } else {
                    Complex64::ZERO
                }
            };
            assert!(!is_positive(last, n, 0.0), "{n}");
        }
    }
}
