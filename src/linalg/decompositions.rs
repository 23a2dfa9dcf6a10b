//! Eigenvalues and vectors, singular values, QR and inverses.

use super::{LinalgError, checked, no_convergence, square, to_ndarray};
use faer::{Mat, Side};
use faer_ext::IntoFaer;
use ndarray::{Array1, Array2, ArrayView2};
use num_complex::Complex64;

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

/// The n eigenvalues of a symmetric n×n matrix (its lower triangle is read), ascending.
///
/// # Errors
/// [`LinalgError::NotSquare`], [`LinalgError::NotFinite`] or [`LinalgError::NoConvergence`].
pub fn symmetric_eigenvalues(a: ArrayView2<'_, f64>) -> Result<Vec<f64>, LinalgError> {
    let what = "symmetric eigenvalues";
    square(what, &a)?;
    checked(what, a)?;
    a.into_faer()
        .self_adjoint_eigenvalues(Side::Lower)
        .map_err(|_| no_convergence(what, &a))
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
pub(crate) fn qr_r(a: ArrayView2<'_, f64>) -> Result<Array2<f64>, LinalgError> {
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
