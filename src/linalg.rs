//! The only door to faer: decompositions, products and solves on `ndarray` matrices.
//!
//! Two rules hold behind this door. faer is given a NaN or an infinity only to lose minutes before it
//! says so, hence every decomposition looks for one first. And faer's results differ in the last digits
//! with the degree to which it splits its work, hence that degree is fixed: 1 but for the large problems,
//! as this crate is parallel over samples and claims. The algorithms are faer's, those of Golub and Van Loan (2013):
//! Householder reductions with QR or divide-and-conquer iterations, and LU with pivoting; eigenvalues without vectors
//! come from faer's reduction and an iteration of our own.

use faer::linalg::matmul::triangular::{BlockStructure, matmul as triangular_matmul};
use faer::{Accum, Mat, MatRef, Par, Side};
use faer_ext::{IntoFaer, IntoNdarray};
use ndarray::{Array1, Array2, ArrayView2};
use num_complex::Complex64;
use std::sync::Once;

mod blocks;
mod tridiagonal;

pub use blocks::{
    Real, Structure, accumulate_gram, accumulate_product, large_symmetric_eigenvalues,
};
pub use tridiagonal::symmetric_eigenvalues;

/// Why a decomposition or a solve has no answer.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum LinalgError {
    /// The matrix has an entry that is NaN or infinite.
    #[error("{what}: entry ({row}, {col}) is {value}, not a finite number")]
    NotFinite {
        /// The operation.
        what: &'static str,
        /// Row of the first such entry.
        row: usize,
        /// Column of the first such entry.
        col: usize,
        /// The entry, as printed.
        value: String,
    },
    /// The matrix is not square.
    #[error("{what}: a {rows}×{cols} matrix is not square")]
    NotSquare {
        /// The operation.
        what: &'static str,
        /// Number of rows.
        rows: usize,
        /// Number of columns.
        cols: usize,
    },
    /// The iteration of the decomposition did not converge.
    #[error("{what}: no convergence for a {rows}×{cols} matrix")]
    NoConvergence {
        /// The operation.
        what: &'static str,
        /// Number of rows.
        rows: usize,
        /// Number of columns.
        cols: usize,
    },
    /// The matrix is singular to working precision.
    #[error("{what}: the {size}×{size} matrix is singular to working precision")]
    Singular {
        /// The operation.
        what: &'static str,
        /// Number of rows and columns.
        size: usize,
    },
    /// The workspace cannot be allocated.
    #[error("{what}: a workspace of {bytes} bytes cannot be allocated")]
    Memory {
        /// The operation.
        what: &'static str,
        /// Its size.
        bytes: usize,
    },
}

/// Eigenvalues in ascending order, and the eigenvectors as columns.
#[derive(Debug, Clone)]
pub struct SymmetricEigen {
    /// `λ₁ ≤ … ≤ λ_n`.
    pub values: Array1<f64>,
    /// Orthogonal n×n; column `k` belongs to `values[k]`.
    pub vectors: Array2<f64>,
}

/// The singular value decomposition `A = U Σ Vᵀ`, with full square `U` and `V`.
#[derive(Debug, Clone)]
pub struct Svd {
    /// Orthogonal m×m.
    pub u: Array2<f64>,
    /// The min(m, n) singular values, descending.
    pub singular: Array1<f64>,
    /// Orthogonal n×n.
    pub v: Array2<f64>,
}

/// Eigenvalues and eigenvectors (columns, of no particular norm) of a general complex matrix.
#[derive(Debug, Clone)]
pub struct ComplexEigen {
    /// In the order in which faer finds them.
    pub values: Array1<Complex64>,
    /// Column `k` belongs to `values[k]`.
    pub vectors: Array2<Complex64>,
}

fn sequential() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| faer::set_global_parallelism(Par::Seq));
}

trait Finite: Copy + std::fmt::Display {
    fn finite(self) -> bool;
}
impl Finite for f64 {
    fn finite(self) -> bool {
        self.is_finite()
    }
}
impl Finite for Complex64 {
    fn finite(self) -> bool {
        self.is_finite()
    }
}

fn checked<T: Finite>(what: &'static str, a: ArrayView2<'_, T>) -> Result<(), LinalgError> {
    sequential();
    match a.indexed_iter().find(|(_, x)| !x.finite()) {
        None => Ok(()),
        Some(((row, col), x)) => Err(LinalgError::NotFinite {
            what,
            row,
            col,
            value: x.to_string(),
        }),
    }
}

fn square<T>(what: &'static str, a: &ArrayView2<'_, T>) -> Result<(), LinalgError> {
    let (rows, cols) = a.dim();
    if rows == cols {
        Ok(())
    } else {
        Err(LinalgError::NotSquare { what, rows, cols })
    }
}

fn no_convergence<T>(what: &'static str, a: &ArrayView2<'_, T>) -> LinalgError {
    LinalgError::NoConvergence {
        what,
        rows: a.nrows(),
        cols: a.ncols(),
    }
}

fn to_ndarray<T: Clone>(a: MatRef<'_, T>) -> Array2<T> {
    a.into_ndarray().to_owned()
}

/// The n eigenvalues (ascending) and orthonormal eigenvectors of a symmetric n×n matrix (its lower triangle is read).
///
/// # Errors
/// [`LinalgError::NotSquare`], [`LinalgError::NotFinite`] or [`LinalgError::NoConvergence`].
pub fn symmetric_eigen(a: ArrayView2<'_, f64>) -> Result<SymmetricEigen, LinalgError> {
    let what = "symmetric eigenvectors";
    square(what, &a)?;
    checked(what, a)?;
    let e = a
        .into_faer()
        .self_adjoint_eigen(Side::Lower)
        .map_err(|_| no_convergence(what, &a))?;
    Ok(SymmetricEigen {
        values: e.S().column_vector().iter().copied().collect(),
        vectors: to_ndarray(e.U()),
    })
}

/// The min(m, n) singular values of an m×n matrix, descending.
///
/// # Errors
/// [`LinalgError::NotFinite`] or [`LinalgError::NoConvergence`].
pub fn singular_values(a: ArrayView2<'_, f64>) -> Result<Vec<f64>, LinalgError> {
    let what = "singular values";
    checked(what, a)?;
    a.into_faer()
        .singular_values()
        .map_err(|_| no_convergence(what, &a))
}

/// The full singular value decomposition of an m×n matrix.
///
/// # Errors
/// [`LinalgError::NotFinite`] or [`LinalgError::NoConvergence`].
pub fn svd(a: ArrayView2<'_, f64>) -> Result<Svd, LinalgError> {
    let what = "singular value decomposition";
    checked(what, a)?;
    let s = a.into_faer().svd().map_err(|_| no_convergence(what, &a))?;
    Ok(Svd {
        u: to_ndarray(s.U()),
        singular: s.S().column_vector().iter().copied().collect(),
        v: to_ndarray(s.V()),
    })
}

/// The triangular factor `R` (min(m,n) × n) of `A = Q R`.
///
/// # Errors
/// [`LinalgError::NotFinite`].
pub fn qr_r(a: ArrayView2<'_, f64>) -> Result<Array2<f64>, LinalgError> {
    checked("QR factorisation", a)?;
    Ok(to_ndarray(a.into_faer().qr().thin_R()))
}

/// `A = Q R` of an m×n matrix: Q m × min(m, n) with orthonormal columns, R min(m, n) × n upper triangular. The
/// signs of R's diagonal are the algorithm's.
///
/// # Errors
/// [`LinalgError::NotFinite`].
pub fn qr(a: ArrayView2<'_, f64>) -> Result<(Array2<f64>, Array2<f64>), LinalgError> {
    checked("QR factorisation", a)?;
    let qr = a.into_faer().qr();
    let q = qr.compute_thin_Q();
    Ok((to_ndarray(q.as_ref()), to_ndarray(qr.thin_R())))
}

/// The n eigenvalues of a general complex n×n matrix, in no particular order.
///
/// # Errors
/// [`LinalgError::NotSquare`], [`LinalgError::NotFinite`] or [`LinalgError::NoConvergence`].
pub fn complex_eigenvalues(a: ArrayView2<'_, Complex64>) -> Result<Vec<Complex64>, LinalgError> {
    let what = "complex eigenvalues";
    square(what, &a)?;
    checked(what, a)?;
    a.into_faer()
        .eigenvalues()
        .map_err(|_| no_convergence(what, &a))
}

/// The n eigenvalues and eigenvectors of a general complex n×n matrix.
///
/// # Errors
/// [`LinalgError::NotSquare`], [`LinalgError::NotFinite`] or [`LinalgError::NoConvergence`].
pub fn complex_eigen(a: ArrayView2<'_, Complex64>) -> Result<ComplexEigen, LinalgError> {
    let what = "complex eigenvectors";
    square(what, &a)?;
    checked(what, a)?;
    let e = a
        .into_faer()
        .eigen()
        .map_err(|_| no_convergence(what, &a))?;
    Ok(ComplexEigen {
        values: e.S().column_vector().iter().copied().collect(),
        vectors: to_ndarray(e.U()),
    })
}

/// The inverse of a complex n×n matrix, by LU with partial pivoting.
///
/// # Errors
/// [`LinalgError::NotSquare`], [`LinalgError::NotFinite`] or [`LinalgError::Singular`].
pub fn complex_inverse(a: ArrayView2<'_, Complex64>) -> Result<Array2<Complex64>, LinalgError> {
    let what = "complex inverse";
    square(what, &a)?;
    checked(what, a)?;
    let n = a.nrows();
    let identity = Array2::<Complex64>::eye(n);
    let mut inverse = Mat::from_fn(n, n, |i, j| identity[[i, j]]);
    faer::linalg::solvers::SolveCore::solve_in_place_with_conj(
        &a.into_faer().partial_piv_lu(),
        faer::Conj::No,
        inverse.as_mut(),
    );
    let inverse = to_ndarray(inverse.as_ref());
    // faer answers a singular system with NaN or infinities and no word.
    if inverse.iter().all(|x| x.is_finite()) {
        Ok(inverse)
    } else {
        Err(LinalgError::Singular { what, size: n })
    }
}

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
    let mut c = Mat::<f64>::zeros(a.nrows(), b.ncols());
    faer::linalg::matmul::matmul(
        c.as_mut(),
        Accum::Replace,
        a.into_faer(),
        b.into_faer(),
        1.0,
        Par::Seq,
    );
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

#[cfg(test)]
mod tests;
