//! Products and Gram matrices.

use super::to_ndarray;
use faer::linalg::matmul::triangular::{BlockStructure, matmul as triangular_matmul};
use faer::traits::ComplexField;
use faer::{Accum, Mat, MatRef, Par};
use faer_ext::IntoFaer;
use ndarray::{Array2, ArrayView2};
use num_complex::Complex64;

/// The product `A B` (m×n) of an m×k and a k×n matrix.
///
/// # Panics
/// If the inner dimensions differ.
pub fn product(a: ArrayView2<'_, f64>, b: ArrayView2<'_, f64>) -> Array2<f64> {
    assert!(
        a.ncols() == b.nrows(),
        "product of shapes {:?} and {:?}",
        a.dim(),
        b.dim()
    );
    multiplied(a.into_faer(), b.into_faer())
}

/// [`product`] of complex matrices.
pub(crate) fn complex_product(
    a: ArrayView2<'_, Complex64>,
    b: ArrayView2<'_, Complex64>,
) -> Array2<Complex64> {
    multiplied(a.into_faer(), b.into_faer())
}

fn multiplied<T: ComplexField>(a: MatRef<'_, T>, b: MatRef<'_, T>) -> Array2<T> {
    let mut c = Mat::zeros(a.nrows(), b.ncols());
    faer::linalg::matmul::matmul(c.as_mut(), Accum::Replace, a, b, T::one_impl(), Par::Seq);
    to_ndarray(c.as_ref())
}

/// The Gram matrix `A Aᵀ` (m×m) of an m×n matrix, half the work of [`product`] because only one triangle is computed.
pub fn gram(a: ArrayView2<'_, f64>) -> Array2<f64> {
    let n = a.nrows();
    let mut c = Mat::<f64>::zeros(n, n);
    triangular_matmul(
        c.as_mut(),
        BlockStructure::TriangularLower,
        Accum::Replace,
        a.into_faer(),
        BlockStructure::Rectangular,
        a.t().into_faer(),
        BlockStructure::Rectangular,
        1.0,
        Par::Seq,
    );
    let mut c = to_ndarray(c.as_ref());
    for i in 0..n {
        for j in 0..i {
            c[[j, i]] = c[[i, j]];
        }
    }
    c
}
