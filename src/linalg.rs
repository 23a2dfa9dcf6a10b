//! The only door to faer: decompositions, products and solves on `ndarray` matrices.
//!
//! Two rules hold behind this door. faer is given a NaN or an infinity only to lose minutes before it
//! says so, hence every decomposition looks for one first. And faer's results differ in the last digits
//! with the degree to which it splits its work, hence that degree is fixed: 1 but for the large problems,
//! as this crate is parallel over samples and claims. The algorithms are faer's, those of Golub and Van Loan (2013):
//! Householder reductions with QR or divide-and-conquer iterations, and LU with pivoting.

use faer::{MatRef, Par};
use faer_ext::IntoNdarray;
use ndarray::{Array2, ArrayView2};
use num_complex::Complex64;
use std::sync::Once;

mod blocks;
mod decompositions;
mod products;

pub use blocks::{Real, Structure, large_symmetric_eigenvalues};
pub(crate) use blocks::{accumulate_gram, accumulate_product};
pub(crate) use decompositions::qr_r;
pub use decompositions::{
    Svd, SymmetricEigen, complex_eigen, complex_inverse, qr, singular_values, svd, symmetric_eigen,
    symmetric_eigenvalues,
};
pub(crate) use products::complex_product;
pub use products::{gram, product};

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

#[cfg(test)]
mod tests;
