//! The outer product and the braid operators of the slide 'Covariance tensor'.

use ndarray::{Array4, ArrayView2, ArrayView4, LinalgScalar};

/// The outer product `(A ⊗ B)_abcd = A_ab B_cd` of a p×q and an r×s matrix: p×q×r×s.
///
/// Slide 'Covariance tensor'.
pub fn outer<A: LinalgScalar>(a: ArrayView2<'_, A>, b: ArrayView2<'_, A>) -> Array4<A> {
    let (p, q) = a.dim();
    let (r, s) = b.dim();
    Array4::from_shape_fn((p, q, r, s), |(i, j, k, l)| a[[i, j]] * b[[k, l]])
}

/// The braid operator `τ₂₃(T)_abcd = T_acbd`, as a view: nothing is copied. A tensor d×p×q×r becomes d×q×p×r.
///
/// Slide 'Covariance tensor'.
///
/// ```
/// use ndarray::array;
/// use tensor_dyson::tensor::{outer, tau_23};
/// let (eye, b) = (array![[1, 0], [0, 1]], array![[2, 3], [5, 7]]);
/// let t = outer(eye.view(), b.view());
/// assert_eq!(tau_23(t.view())[[0, 1, 0, 1]], 7); // δ_ac B_bd at a = c = 0, b = d = 1
/// ```
pub fn tau_23<A>(t: ArrayView4<'_, A>) -> ArrayView4<'_, A> {
    t.permuted_axes([0, 2, 1, 3])
}

/// The braid operator `τ₂₄(T)_abcd = T_adcb`, as a view: nothing is copied. A tensor d×p×q×r becomes d×r×q×p.
///
/// Slide 'Covariance tensor'.
pub fn tau_24<A>(t: ArrayView4<'_, A>) -> ArrayView4<'_, A> {
    t.permuted_axes([0, 3, 2, 1])
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::Array2;

    #[test]
    fn each_braid_moves_the_index_that_its_name_says() {
        let t = Array4::from_shape_fn((2, 3, 4, 5), |(a, b, c, d)| 1000 * a + 100 * b + 10 * c + d);
        let (s, u) = (tau_23(t.view()), tau_24(t.view()));
        assert_eq!(s.dim(), (2, 4, 3, 5));
        assert_eq!(u.dim(), (2, 5, 4, 3));
        // τ₂₃(T)_abcd = T_acbd and τ₂₄(T)_abcd = T_adcb, entry by entry.
        for ((a, b, c, d), &x) in s.indexed_iter() {
            assert_eq!(x, t[[a, c, b, d]]);
        }
        for ((a, b, c, d), &x) in u.indexed_iter() {
            assert_eq!(x, t[[a, d, c, b]]);
        }
        assert_eq!(s.as_ptr(), t.as_ptr(), "τ₂₃ copied its tensor");
        assert_eq!(u.as_ptr(), t.as_ptr(), "τ₂₄ copied its tensor");
    }

    #[test]
    fn the_outer_product_keeps_the_order_of_its_factors() {
        let a = Array2::from_shape_fn((2, 3), |(i, j)| 1 + i + 10 * j);
        let b = Array2::from_shape_fn((4, 2), |(i, j)| 2 + 7 * i + j);
        let t = outer(a.view(), b.view());
        assert_eq!(t.dim(), (2, 3, 4, 2));
        for ((i, j, k, l), &x) in t.indexed_iter() {
            assert_eq!(x, a[[i, j]] * b[[k, l]]);
        }
    }
}
