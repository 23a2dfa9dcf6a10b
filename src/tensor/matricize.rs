//! A 4-tensor as the matrix of the operator that it is, and back.

use ndarray::{Array2, Array4, ArrayView2, ArrayView4, LinalgScalar};

/// The matrix of `T`: row `a·B + b`, column `c·D + d` holds `T_abcd` (shape A·B × C·D).
///
/// With matrices flattened row by row, `matricize(T) vec(M) = vec(T·M)`. Slide 'Covariance tensor'.
pub fn matricize<A: LinalgScalar>(t: ArrayView4<'_, A>) -> Array2<A> {
    let (a, b, c, d) = t.dim();
    Array2::from_shape_fn((a * b, c * d), |(row, col)| {
        t[[row / b, row % b, col / d, col % d]]
    })
}

/// The inverse of [`matricize`]: the 4-tensor of shape `(A, B, C, D)` of an A·B × C·D matrix, with `T_abcd` from row
/// `a·B + b` and column `c·D + d`.
///
/// # Panics
/// If the matrix does not have that shape.
pub fn tensorize<A: LinalgScalar>(
    m: ArrayView2<'_, A>,
    shape: (usize, usize, usize, usize),
) -> Array4<A> {
    let (a, b, c, d) = shape;
    assert!(
        m.dim() == (a * b, c * d),
        "a matrix of shape {:?} is not a tensor of shape {shape:?}",
        m.dim()
    );
    Array4::from_shape_fn(shape, |(i, j, k, l)| m[[i * b + j, k * d + l]])
}
