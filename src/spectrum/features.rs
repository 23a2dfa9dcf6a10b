//! Kernels as Gram matrices of features: `K_ij = ⟨ω_i, ω_j⟩`, seen from both sides.

use super::operator::SymmetricOperator;
use super::samples::{BLOCK, block_range};
use crate::linalg::accumulate_gram;
use ndarray::{Array2, ArrayView2, ArrayViewMut2, Axis, s};
use rayon::prelude::*;

/// Features of n samples, reached block by block of [`BLOCK`] samples: 𝒜 has the feature ω_i of sample i as column i.
///
/// The kernel is `𝒜ᵀ𝒜` (n×n, [`Kernel`]), and `𝒜𝒜ᵀ` on the space of features ([`SampleCovariance`]) has the same nonzero
/// eigenvalues: one takes the smaller. Slide 'Tensor Dyson Equation'.
pub trait FeatureMap: Sync {
    /// n.
    fn samples(&self) -> usize;

    /// The dimension of ω.
    fn dimension(&self) -> usize;

    /// Row k of `out` (k × dimension) is increased by `Σ_i c_ki ω_i`, i in the block.
    fn gather(&self, block: usize, coefficients: ArrayView2<'_, f64>, out: ArrayViewMut2<'_, f64>);

    /// Row k of `out` becomes `⟨m_k, ω_i⟩`, i in the block, for the rows m_k of `points`.
    fn evaluate(&self, block: usize, points: ArrayView2<'_, f64>, out: ArrayViewMut2<'_, f64>);

    /// [`FeatureMap::evaluate`] and then [`FeatureMap::gather`], with one pass over the data.
    fn turn(&self, block: usize, points: ArrayView2<'_, f64>, out: ArrayViewMut2<'_, f64>) {
        let rows = block_range(block, self.samples()).len();
        let mut coefficients = Array2::zeros((points.nrows(), rows));
        self.evaluate(block, points, coefficients.view_mut());
        self.gather(block, coefficients.view(), out);
    }

    /// The features of a block as rows.
    fn explicit(&self, block: usize) -> Array2<f64>;

    /// `⟨ω_i, ω_j⟩` for i in block `row` and j in block `col`.
    fn tile(&self, row: usize, col: usize) -> Array2<f64>;

    /// `𝒜𝒜ᵀ = Σ_i ω_i ω_iᵀ`, dense; its lower triangle is right.
    fn gram(&self) -> Array2<f64> {
        let mut gram = Array2::zeros((self.dimension(), self.dimension()));
        for block in 0..blocks(self.samples()) {
            accumulate_gram(gram.view_mut(), self.explicit(block).t());
        }
        gram
    }

    /// Additions and multiplications of [`FeatureMap::turn`] over all blocks, for one vector.
    fn operations(&self) -> f64;

    /// The unit roundoff of the storage, 2⁻⁵³ or 2⁻²⁴.
    fn unit(&self) -> f64;
}

/// Parts of the sum over samples, each with an accumulator of its own. A fixed number, so that the order
/// of the additions does not depend on the number of threads.
const PARTS: usize = 16;

pub(crate) fn blocks(n: usize) -> usize {
    n.div_ceil(BLOCK)
}

/// The sum over `count` blocks, or pairs of blocks, of what `add` adds to an accumulator.
pub(super) fn sum_over_blocks(
    count: usize,
    add: impl Fn(usize, ArrayViewMut2<'_, f64>) + Sync,
    mut out: ArrayViewMut2<'_, f64>,
) {
    let parts = PARTS.min(count);
    let shape = out.dim();
    let sums: Vec<Array2<f64>> = (0..parts)
        .into_par_iter()
        .map(|part| {
            let mut sum = Array2::zeros(shape);
            for block in part * count / parts..(part + 1) * count / parts {
                add(block, sum.view_mut());
            }
            sum
        })
        .collect();
    out.fill(0.0);
    for sum in &sums {
        out += sum;
    }
}

fn assert_block(what: &str, dimension: usize, block: (usize, usize), out: (usize, usize)) {
    assert!(
        block == out && block.1 == dimension,
        "{what} of dimension {dimension}: a block {block:?} into {out:?}"
    );
}

/// `𝒜ᵀ𝒜`, the kernel `⟨ω_i, ω_j⟩`, on ℝⁿ.
pub struct Kernel<'a>(pub &'a dyn FeatureMap);

impl SymmetricOperator for Kernel<'_> {
    fn dimension(&self) -> usize {
        self.0.samples()
    }

    fn apply(&self, block: ArrayView2<'_, f64>, mut out: ArrayViewMut2<'_, f64>) {
        assert_block("a kernel", self.dimension(), block.dim(), out.dim());
        let (n, k) = (self.0.samples(), block.nrows());
        let mut points = Array2::zeros((k, self.0.dimension()));
        sum_over_blocks(
            blocks(n),
            |index, sum| {
                let coefficients = block.slice(s![.., block_range(index, n)]);
                self.0.gather(index, coefficients, sum);
            },
            points.view_mut(),
        );
        out.axis_chunks_iter_mut(Axis(1), BLOCK)
            .into_par_iter()
            .enumerate()
            .for_each(|(index, out)| self.0.evaluate(index, points.view(), out));
    }

    fn operations(&self) -> f64 {
        self.0.operations()
    }

    fn unit(&self) -> f64 {
        self.0.unit()
    }
}

/// `𝒜𝒜ᵀ` on the space of features: the sample covariance matrix.
pub struct SampleCovariance<'a>(pub &'a dyn FeatureMap);

impl SymmetricOperator for SampleCovariance<'_> {
    fn dimension(&self) -> usize {
        self.0.dimension()
    }

    fn apply(&self, block: ArrayView2<'_, f64>, out: ArrayViewMut2<'_, f64>) {
        assert_block("a covariance", self.dimension(), block.dim(), out.dim());
        sum_over_blocks(
            blocks(self.0.samples()),
            |index, sum| self.0.turn(index, block, sum),
            out,
        );
    }

    fn operations(&self) -> f64 {
        self.0.operations()
    }

    fn unit(&self) -> f64 {
        self.0.unit()
    }
}
