//! All eigenvalues of a kernel, through whichever Gram matrix is the smaller.

use super::features::{Covariance, FeatureMap, Kernel};
use super::operator::SymmetricOperator;
use super::samples::{BLOCK, block_range};
use crate::linalg::{LinalgError, large_symmetric_eigenvalues};
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
            Side::Features => Box::new(Covariance(map)),
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

/// All eigenvalues of one side, ascending, as many as it has rows ([`large_symmetric_eigenvalues`]).
///
/// # Errors
/// [`LinalgError::NotFinite`], [`LinalgError::NoConvergence`] or [`LinalgError::Memory`].
pub fn dense_eigenvalues(map: &dyn FeatureMap, side: Side) -> Result<Vec<f64>, LinalgError> {
    let matrix = match side {
        Side::Samples => kernel_matrix(map),
        Side::Features => map.gram(),
    };
    large_symmetric_eigenvalues(matrix.view())
}
