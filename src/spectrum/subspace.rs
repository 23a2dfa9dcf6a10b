//! Rayleigh–Ritz on a span of vectors.

use super::confirmation::Deflated;
use super::extremes::SpectrumError;
use super::operator::SymmetricOperator;
use crate::linalg::symmetric_eigen;
use crate::numbers::most;
use ndarray::{Array1, Array2, ArrayView2, Axis, concatenate, s};

/// Rayleigh–Ritz on a span: orthonormal rows, their values, ascending, and the residuals `‖Au − θu‖`.
pub(super) struct Subspace {
    pub vectors: Array2<f64>,
    pub values: Array1<f64>,
    pub residuals: Array1<f64>,
    pub norm: f64,
}

impl Subspace {
    pub(super) fn of(
        operator: &dyn SymmetricOperator,
        rows: ArrayView2<'_, f64>,
        product: usize,
    ) -> Result<Self, SpectrumError> {
        let basis = orthonormal(rows);
        let mut images = Array2::zeros(basis.raw_dim());
        operator.apply(basis.view(), images.view_mut());
        if images.iter().any(|x| !x.is_finite()) {
            return Err(SpectrumError::NotFinite { product });
        }
        let projected = basis.dot(&images.t());
        let eigen = symmetric_eigen(projected.view())?;
        let vectors = eigen.vectors.t().dot(&basis);
        let images = eigen.vectors.t().dot(&images);
        let residuals = (0..eigen.values.len()).map(|k| {
            let mut rest = images.row(k).to_owned();
            rest.scaled_add(-eigen.values[k], &vectors.row(k));
            rest.dot(&rest).sqrt()
        });
        Ok(Subspace {
            residuals: residuals.collect(),
            norm: most(eigen.values.iter().map(|x| x.abs())),
            values: eigen.values,
            vectors,
        })
    }

    pub(super) fn count(&self) -> usize {
        self.values.len()
    }

    /// `‖R‖` of the residuals of some rows together, in the norm of Frobenius.
    pub(super) fn residual(&self, rows: std::ops::Range<usize>) -> f64 {
        let squares = self.residuals.slice(s![rows]).mapv(|r| r * r);
        squares.sum().sqrt()
    }

    /// A on the orthogonal complement.
    pub(super) fn deflated<'a>(&'a self, operator: &'a dyn SymmetricOperator) -> Deflated<'a> {
        Deflated {
            operator,
            vectors: self.vectors.view(),
            // Anywhere but at the ends.
            fill: 0.5 * (self.values[0] + self.values[self.count() - 1]),
        }
    }

    /// Its vectors, and more of the same dimension.
    pub(super) fn with(&self, more: ArrayView2<'_, f64>) -> Array2<f64> {
        concatenate![Axis(0), self.vectors, more]
    }
}

/// Orthonormal rows with the same span, but for rows that are rounding of the others; two passes of Gram and Schmidt.
fn orthonormal(rows: ArrayView2<'_, f64>) -> Array2<f64> {
    let mut basis: Vec<Array1<f64>> = Vec::with_capacity(rows.nrows());
    for row in rows.rows() {
        let mut row = row.to_owned();
        let before = row.dot(&row).sqrt();
        for _ in 0..2 {
            for other in &basis {
                let inside = other.dot(&row);
                row.scaled_add(-inside, other);
            }
        }
        let norm = row.dot(&row).sqrt();
        if norm > 1e-3 * before {
            basis.push(row / norm);
        }
    }
    let mut all = Array2::zeros((basis.len(), rows.ncols()));
    for (mut to, row) in all.rows_mut().into_iter().zip(&basis) {
        to.assign(row);
    }
    all
}
