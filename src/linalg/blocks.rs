//! Products of blocks in f64 or f32, and eigenvalues on several threads with the digits of one.
//!
//! faer's results depend on the degree to which it splits its work, not on the number of threads that
//! then run the parts. With a fixed degree the digits are the same at any number of threads.

use super::{LinalgError, checked, no_convergence, square};
use faer::diag::Diag;
use faer::dyn_stack::{MemBuffer, MemStack};
use faer::linalg::evd::{ComputeEigenvectors, self_adjoint_evd, self_adjoint_evd_scratch};
use faer::linalg::matmul::triangular::{BlockStructure, matmul as triangular_matmul};
use faer::traits::ComplexField;
use faer::{Accum, Par};
use faer_ext::IntoFaer;
use ndarray::{Array2, ArrayView2, ArrayViewMut2, CowArray, Ix2};

/// Parts into which faer splits a large problem.
const DEGREE: usize = 8;

mod sealed {
    pub trait Sealed {}
    impl Sealed for f32 {}
    impl Sealed for f64 {}
}

/// Where the nonzero entries of a factor, or the wanted entries of a product, stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Structure {
    /// Everywhere.
    Full,
    /// On and below the diagonal of a square matrix.
    Lower,
}

impl From<Structure> for BlockStructure {
    fn from(structure: Structure) -> Self {
        match structure {
            Structure::Full => BlockStructure::Rectangular,
            Structure::Lower => BlockStructure::TriangularLower,
        }
    }
}

/// The storage of a factor: f64, or f32 with sums over blocks in f64.
pub trait Real:
    sealed::Sealed + ComplexField + ndarray::LinalgScalar + Send + Sync + std::fmt::Debug
{
    /// The unit roundoff of the storage, 2⁻⁵³ or 2⁻²⁴.
    const UNIT: f64;

    /// Rounds to storage.
    fn round(x: f64) -> Self;

    /// Back to f64, exactly.
    fn widen(self) -> f64;

    /// A matrix in storage: a view if it is f64, a rounded copy if it is f32.
    fn stored(a: ArrayView2<'_, f64>) -> CowArray<'_, Self, Ix2>;

    /// `out = A B` in the arithmetic of the storage; only the part `wanted` of `out` is written, and
    /// only the part `given` of B is read.
    ///
    /// # Panics
    /// If the shapes do not fit.
    fn multiply(
        out: ArrayViewMut2<'_, Self>,
        wanted: Structure,
        a: ArrayView2<'_, Self>,
        b: ArrayView2<'_, Self>,
        given: Structure,
    ) {
        fits(out.dim(), a.dim(), b.dim());
        triangular_matmul(
            out.into_faer(),
            wanted.into(),
            Accum::Replace,
            a.into_faer(),
            BlockStructure::Rectangular,
            b.into_faer(),
            given.into(),
            Self::one(),
            Par::Seq,
        );
    }

    /// `out += A B`, where the product itself is in the arithmetic of the storage.
    ///
    /// # Panics
    /// If the shapes do not fit.
    fn accumulate(out: ArrayViewMut2<'_, f64>, a: ArrayView2<'_, Self>, b: ArrayView2<'_, Self>);
}

fn fits(out: (usize, usize), a: (usize, usize), b: (usize, usize)) {
    assert!(
        a.1 == b.0 && out == (a.0, b.1),
        "the product of shapes {a:?} and {b:?} into {out:?}"
    );
}

impl Real for f64 {
    const UNIT: f64 = f64::EPSILON / 2.0;

    fn round(x: f64) -> Self {
        x
    }

    fn widen(self) -> f64 {
        self
    }

    fn stored(a: ArrayView2<'_, f64>) -> CowArray<'_, Self, Ix2> {
        a.into()
    }

    fn accumulate(out: ArrayViewMut2<'_, f64>, a: ArrayView2<'_, f64>, b: ArrayView2<'_, f64>) {
        fits(out.dim(), a.dim(), b.dim());
        faer::linalg::matmul::matmul(
            out.into_faer(),
            Accum::Add,
            a.into_faer(),
            b.into_faer(),
            1.0,
            Par::Seq,
        );
    }
}

impl Real for f32 {
    const UNIT: f64 = f32::EPSILON as f64 / 2.0;

    fn round(x: f64) -> Self {
        x as f32
    }

    fn widen(self) -> f64 {
        f64::from(self)
    }

    fn stored(a: ArrayView2<'_, f64>) -> CowArray<'_, Self, Ix2> {
        a.mapv(|x| x as f32).into()
    }

    fn accumulate(mut out: ArrayViewMut2<'_, f64>, a: ArrayView2<'_, f32>, b: ArrayView2<'_, f32>) {
        let mut product = Array2::<f32>::zeros(out.dim());
        Self::multiply(product.view_mut(), Structure::Full, a, b, Structure::Full);
        out.zip_mut_with(&product, |sum, &x| *sum += f64::from(x));
    }
}

/// `out += A Aᵀ` (m×m, A m×n) on and below the diagonal, on several threads.
///
/// # Panics
/// If the shapes do not fit.
pub(crate) fn accumulate_gram(out: ArrayViewMut2<'_, f64>, a: ArrayView2<'_, f64>) {
    fits(out.dim(), a.dim(), a.t().dim());
    triangular_matmul(
        out.into_faer(),
        BlockStructure::TriangularLower,
        Accum::Add,
        a.into_faer(),
        BlockStructure::Rectangular,
        a.t().into_faer(),
        BlockStructure::Rectangular,
        1.0,
        Par::rayon(DEGREE),
    );
}

/// `out += A B` (m×n, A m×k, B k×n) on several threads.
///
/// # Panics
/// If the shapes do not fit.
pub(crate) fn accumulate_product(
    out: ArrayViewMut2<'_, f64>,
    a: ArrayView2<'_, f64>,
    b: ArrayView2<'_, f64>,
) {
    fits(out.dim(), a.dim(), b.dim());
    faer::linalg::matmul::matmul(
        out.into_faer(),
        Accum::Add,
        a.into_faer(),
        b.into_faer(),
        1.0,
        Par::rayon(DEGREE),
    );
}

/// The n eigenvalues of a large symmetric n×n matrix (its lower triangle is read), ascending, on several threads.
///
/// The digits do not depend on the number of threads; they differ from those of
/// [`super::symmetric_eigenvalues`] by rounding.
///
/// # Errors
/// As [`super::symmetric_eigenvalues`], and [`LinalgError::Memory`] if the workspace cannot be had.
pub fn large_symmetric_eigenvalues(a: ArrayView2<'_, f64>) -> Result<Vec<f64>, LinalgError> {
    let what = "symmetric eigenvalues";
    square(what, &a)?;
    checked(what, a)?;
    let n = a.nrows();
    let par = Par::rayon(DEGREE);
    let request =
        self_adjoint_evd_scratch::<f64>(n, ComputeEigenvectors::No, par, Default::default());
    let mut buffer = MemBuffer::try_new(request).map_err(|_| LinalgError::Memory {
        what,
        bytes: request.unaligned_bytes_required(),
    })?;
    let mut values = Diag::<f64>::zeros(n);
    self_adjoint_evd(
        a.into_faer(),
        values.as_mut(),
        None,
        par,
        MemStack::new(&mut buffer),
        Default::default(),
    )
    .map_err(|_| no_convergence(what, &a))?;
    Ok(values.column_vector().iter().copied().collect())
}
