//! Matrices over the prime field for the checker: inverses, and orthogonal matrices.

use crate::tensor::Fp61;
use ndarray::{Array2, s};
use num_traits::{One, Zero};

/// The inverse by Gauss–Jordan elimination, `None` for a singular matrix.
pub(super) fn inverse(matrix: &Array2<Fp61>) -> Option<Array2<Fp61>> {
    let size = matrix.nrows();
    let mut left = matrix.clone();
    let mut right = Array2::eye(size);
    for k in 0..size {
        let pivot = (k..size).find(|&row| !left[[row, k]].is_zero())?;
        for column in 0..size {
            left.swap([k, column], [pivot, column]);
            right.swap([k, column], [pivot, column]);
        }
        let scale = left[[k, k]].inverse()?;
        for side in [&mut left, &mut right] {
            side.row_mut(k).mapv_inplace(|x| x * scale);
        }
        for row in (0..size).filter(|&row| row != k) {
            let factor = left[[row, k]];
            for side in [&mut left, &mut right] {
                let pivot_row = side.row(k).mapv(|x| x * factor);
                let mut target = side.slice_mut(s![row, ..]);
                target.zip_mut_with(&pivot_row, |x, y| *x = *x - *y);
            }
        }
    }
    Some(right)
}

/// Cayley's orthogonal matrix `(1 − A)(1 + A)⁻¹`, `A` antisymmetric with entries drawn by `draw`; its
/// entries are quotients of polynomials of degree `size` in the draws. `None` where `1 + A` is singular.
pub(super) fn orthogonal(size: usize, mut draw: impl FnMut() -> Fp61) -> Option<Array2<Fp61>> {
    let mut a = Array2::zeros((size, size));
    for i in 0..size {
        for j in 0..i {
            let entry = draw();
            a[[i, j]] = entry;
            a[[j, i]] = -entry;
        }
    }
    let one: Array2<Fp61> = Array2::from_diag_elem(size, Fp61::one());
    Some((&one - &a).dot(&inverse(&(&one + &a))?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cayley_matrix_times_its_transpose_is_one() {
        let mut next = 3;
        let u = orthogonal(4, || {
            next = next * 7 + 1;
            Fp61::new(next)
        });
        let u = u.unwrap();
        assert_eq!(u.dot(&u.t()), Array2::from_diag_elem(4, Fp61::one()));
        assert_ne!(u, Array2::from_diag_elem(4, Fp61::one()));
    }

    #[test]
    fn a_singular_matrix_has_no_inverse() {
        assert_eq!(inverse(&Array2::from_elem((2, 2), Fp61::one())), None);
    }
}
