//! Small matrices by rows, of numbers or of discs.

use crate::measure::arithmetic::scalar::Scalar;

/// `A B` of an a×b and a b×c matrix.
pub(super) fn product<T: Scalar>(a: &[T], b: &[T], [n, k, m]: [usize; 3]) -> Vec<T> {
    let entry = |e: usize| {
        let (i, j) = (e / m, e % m);
        let first = a[i * k] * b[j];
        (1..k).fold(first, |sum, l| sum + a[i * k + l] * b[l * m + j])
    };
    (0..n * m).map(entry).collect()
}

/// The inverse of a small matrix, by the formula or by elimination.
pub(super) fn inverse<T: Scalar>(a: &[T], r: usize) -> Vec<T> {
    match a {
        [x] => vec![x.inv()],
        &[a, b, c, d] => {
            let scale = (a * d - b * c).inv();
            vec![d * scale, -(b * scale), -(c * scale), a * scale]
        }
        _ => eliminated(a, r),
    }
}

fn eliminated<T: Scalar>(a: &[T], r: usize) -> Vec<T> {
    let unit = |e: usize| T::real(if e / r == e % r { 1.0 } else { 0.0 });
    let (mut a, mut out) = (a.to_vec(), (0..r * r).map(unit).collect::<Vec<T>>());
    for k in 0..r {
        let larger = |&i: &usize, &j: &usize| a[i * r + k].size().total_cmp(&a[j * r + k].size());
        let pivot = (k..r).max_by(larger).unwrap_or(k);
        for j in 0..r {
            a.swap(k * r + j, pivot * r + j);
            out.swap(k * r + j, pivot * r + j);
        }
        let scale = a[k * r + k].inv();
        for j in 0..r {
            (a[k * r + j], out[k * r + j]) = (a[k * r + j] * scale, out[k * r + j] * scale);
        }
        for i in (0..r).filter(|&i| i != k) {
            let factor = a[i * r + k];
            for j in 0..r {
                a[i * r + j] = a[i * r + j] - factor * a[k * r + j];
                out[i * r + j] = out[i * r + j] - factor * out[k * r + j];
            }
        }
    }
    out
}

/// The matrix with a 1 at an entry.
fn unit<T: Scalar>(r: usize, at: usize) -> Vec<T> {
    (0..r * r)
        .map(|e| T::real(if e == at { 1.0 } else { 0.0 }))
        .collect()
}

/// A linear map of matrices, from its values at the units.
pub(super) fn columns<T: Scalar>(r: usize, of: impl Fn(&[T]) -> Vec<T>) -> Vec<T> {
    let area = r * r;
    let images: Vec<Vec<T>> = (0..area).map(|at| of(&unit(r, at))).collect();
    (0..area * area)
        .map(|e| images[e % area][e / area])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_complex::Complex64;

    /// By formula and by elimination, also where a pivot has to be looked for.
    #[test]
    fn the_inverse_is_one_of_both_sides() {
        for r in 1..=5 {
            let entry = |e: usize| {
                let (i, j) = (e / r, e % r);
                let zero = r > 1 && i == j && i < 2;
                let (x, y) = (((3 * i + 7 * j) % 11) as f64, ((5 * i + 2 * j) % 7) as f64);
                if zero {
                    Complex64::ZERO
                } else {
                    Complex64::new(x - 4.5, 0.5 - y)
                }
            };
            let a: Vec<Complex64> = (0..r * r).map(entry).collect();
            let inverse = inverse(&a, r);
            for both in [
                product(&a, &inverse, [r, r, r]),
                product(&inverse, &a, [r, r, r]),
            ] {
                for (e, x) in both.iter().enumerate() {
                    let one = if e / r == e % r { 1.0 } else { 0.0 };
                    assert!((x - one).norm() < 1e-12, "{r}: entry {e} is {x}");
                }
            }
        }
    }

    /// Of `X ↦ AXB` the matrix is `A ⊗ Bᵀ`.
    #[test]
    fn the_columns_of_a_map_are_its_values_at_the_units() {
        let number = |k: usize| Complex64::new(k as f64, 1.0);
        let (a, b): (Vec<_>, Vec<_>) = (0..4).map(|k| (number(k + 1), number(2 * k))).unzip();
        let around = |x: &[Complex64]| product(&product(&a, x, [2, 2, 2]), &b, [2, 2, 2]);
        let map = columns(2, around);
        for (e, &x) in map.iter().enumerate() {
            let ((i, j), (k, l)) = ((e / 4 / 2, e / 4 % 2), (e % 4 / 2, e % 4 % 2));
            assert_eq!(x, a[2 * i + k] * b[2 * l + j], "entry {e}");
        }
    }
}
