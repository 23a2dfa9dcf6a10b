//! Kernels that are a function of inner products, `K_ij = f(⟨x_i, x_j⟩, i, j)`: never stored, a tile at a time.

use super::features::{blocks, sum_over_blocks};
use super::khatri_rao::cross_gram;
use super::operator::SymmetricOperator;
use super::samples::{Samples, block_range};
use crate::linalg::Real;
use ndarray::{ArrayView2, ArrayViewMut2, linalg::general_mat_mul, s};

/// The n×n matrix of `f(⟨x_i, x_j⟩, i, j)`, f symmetric in i and j: on slides 'Nonlinear random matrix models' the kernel
/// matrices `f(⟨x_i, x_j⟩/√d)/√d` or `/√n`, with 0 on the diagonal.
///
/// The inner products of a tile are in the arithmetic of the storage, all else in f64; each tile serves the
/// products of both its rows and its columns.
pub struct PairKernel<S, F> {
    x: Samples<S>,
    entry: F,
}

impl<S: Real, F: Fn(f64, usize, usize) -> f64 + Sync> PairKernel<S, F> {
    /// The kernel of X (n×d) and f.
    pub fn new(x: Samples<S>, entry: F) -> Self {
        PairKernel { x, entry }
    }
}

impl<S: Real, F: Fn(f64, usize, usize) -> f64 + Sync> SymmetricOperator for PairKernel<S, F> {
    fn dimension(&self) -> usize {
        self.x.dim().0
    }

    fn apply(&self, block: ArrayView2<'_, f64>, out: ArrayViewMut2<'_, f64>) {
        let n = self.dimension();
        assert!(
            block.dim() == out.dim() && block.ncols() == n,
            "a kernel of dimension {n}: a block {:?} into {:?}",
            block.dim(),
            out.dim()
        );
        let tiles: Vec<(usize, usize)> = (0..blocks(n))
            .flat_map(|row| (0..=row).map(move |col| (row, col)))
            .collect();
        sum_over_blocks(
            tiles.len(),
            |index, mut sum| {
                let (row, col) = tiles[index];
                let mut tile = self.x.with(row, |x| self.x.with(col, |y| cross_gram(x, y)));
                let (rows, cols) = (block_range(row, n), block_range(col, n));
                for ((i, j), k) in tile.indexed_iter_mut() {
                    *k = (self.entry)(*k, rows.start + i, cols.start + j);
                }
                let v = block.slice(s![.., cols.clone()]);
                general_mat_mul(
                    1.0,
                    &v,
                    &tile.t(),
                    1.0,
                    &mut sum.slice_mut(s![.., rows.clone()]),
                );
                if row != col {
                    let v = block.slice(s![.., rows]);
                    general_mat_mul(1.0, &v, &tile, 1.0, &mut sum.slice_mut(s![.., cols]));
                }
            },
            out,
        );
    }

    fn unit(&self) -> f64 {
        S::UNIT
    }

    fn operations(&self) -> f64 {
        let (n, d) = self.x.dim();
        (n * n) as f64 * (d + 2) as f64
    }
}
