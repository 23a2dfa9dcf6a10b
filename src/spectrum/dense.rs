//! All eigenvalues of a kernel, through whichever Gram matrix is the smaller.

use super::features::{FeatureMap, Kernel, SampleCovariance};
use super::operator::SymmetricOperator;
use super::samples::{BLOCK, block_range};
use crate::linalg::{LinalgError, large_symmetric_eigenvalues};
use crate::numbers::most;
use ndarray::{Array2, Axis, s};
use rayon::prelude::*;

/// One of the two Gram matrices with the same nonzero eigenvalues. Slide 'Tensor Dyson Equation'.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// `𝒜ᵀ𝒜`, n×n.
    Samples,
    /// `𝒜𝒜ᵀ`, on the space of features.
    Features,
}

impl Side {
    /// The smaller side of a map.
    pub fn smaller(map: &dyn FeatureMap) -> Self {
        if map.dimension() < map.samples() {
            Side::Features
        } else {
            Side::Samples
        }
    }

    /// The number of rows of this side's matrix.
    pub fn dimension(self, map: &dyn FeatureMap) -> usize {
        match self {
            Side::Samples => map.samples(),
            Side::Features => map.dimension(),
        }
    }

    /// This side's matrix, not formed.
    pub fn operator<'a>(self, map: &'a dyn FeatureMap) -> Box<dyn SymmetricOperator + 'a> {
        match self {
            Side::Samples => Box::new(Kernel(map)),
            Side::Features => Box::new(SampleCovariance(map)),
        }
    }
}

/// The kernel `⟨ω_i, ω_j⟩`, n×n; its lower triangle is right, and zeros stand in the tiles above it.
pub fn kernel_matrix(map: &dyn FeatureMap) -> Array2<f64> {
    let n = map.samples();
    let mut kernel = Array2::zeros((n, n));
    kernel
        .axis_chunks_iter_mut(Axis(0), BLOCK)
        .into_par_iter()
        .enumerate()
        .rev()
        .for_each(|(row, mut rows)| {
            for col in 0..=row {
                rows.slice_mut(s![.., block_range(col, n)])
                    .assign(&map.tile(row, col));
            }
        });
    kernel
}

/// All eigenvalues of one side.
#[derive(Debug, Clone, PartialEq)]
pub struct DenseSpectrum {
    /// Ascending, as many as the side has rows.
    pub values: Vec<f64>,
    /// By how much each may be off, those of the features as they are stored being meant: by Weyl's inequality the error
    /// of the matrix, of random signs a `√(N m)` of roundings at most where a symmetric update sums N products for each
    /// entry of m rows (Higham and Mary 2019, with their λ = 8), and the solver's backward error `m ε‖A‖`.
    pub bound: f64,
}

/// All eigenvalues of one side ([`large_symmetric_eigenvalues`]) with their error.
///
/// # Errors
/// [`LinalgError::NotFinite`], [`LinalgError::NoConvergence`] or [`LinalgError::Memory`].
pub(crate) fn dense_spectrum(
    map: &dyn FeatureMap,
    side: Side,
) -> Result<DenseSpectrum, LinalgError> {
    if side.dimension(map) == 0 {
        let values = Vec::new();
        return Ok(DenseSpectrum { values, bound: 0.0 });
    }
    let matrix = match side {
        Side::Samples => kernel_matrix(map),
        Side::Features => map.gram(),
    };
    // A Gram matrix has its largest entry on the diagonal.
    let largest = most(matrix.diag().iter().map(|x| x.abs()));
    let values = large_symmetric_eigenvalues(matrix.view())?;
    let norm = most(values.iter().map(|x| x.abs()));
    let rows = values.len() as f64;
    let terms = match side {
        Side::Samples => map.dimension(),
        Side::Features => map.samples(),
    } as f64;
    let assembly = 8.0 * (terms * rows).sqrt() * largest;
    Ok(DenseSpectrum {
        bound: f64::EPSILON * (rows * norm + assembly),
        values,
    })
}

/// All eigenvalues of one side, ascending, as many as it has rows.
///
/// # Errors
/// [`LinalgError::NotFinite`], [`LinalgError::NoConvergence`] or [`LinalgError::Memory`].
pub fn dense_eigenvalues(map: &dyn FeatureMap, side: Side) -> Result<Vec<f64>, LinalgError> {
    Ok(dense_spectrum(map, side)?.values)
}
