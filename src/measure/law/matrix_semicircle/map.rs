//! `η`, and what stands in the equation, on complex symmetric matrices.

use ndarray::{Array2, ArrayView2, s};
use num_complex::Complex64;

use super::MatrixSemicircle;
use crate::linalg::{complex_inverse, complex_product, product};

impl MatrixSemicircle {
    /// `η(G) = Σ A_j G A_j`: two real products for all j and both parts of G.
    pub(super) fn covariance(&self, g: ArrayView2<'_, Complex64>) -> Array2<Complex64> {
        let (n, all) = (self.n, self.below.whole.view());
        let mut parts = Array2::zeros((n, 2 * n));
        parts.slice_mut(s![.., ..n]).assign(&g.map(|x| x.re));
        parts.slice_mut(s![.., n..]).assign(&g.map(|x| x.im));
        let left = product(all, parts.view());
        let out = product(self.side_by_side(&left).view(), all);
        Array2::from_shape_fn((n, n), |(i, j)| {
            Complex64::new(out[[i, j]], out[[n + i, j]])
        })
    }

    /// Of k blocks below one another, each of two parts side by side, the blocks side by side, the parts below one another.
    pub(super) fn side_by_side(&self, below: &Array2<f64>) -> Array2<f64> {
        let (n, rows) = (self.n, below.nrows());
        let mut out = Array2::zeros((2 * n, rows));
        for j in (0..rows).step_by(n) {
            for part in [0, n] {
                let from = below.slice(s![j..j + n, part..part + n]);
                out.slice_mut(s![part..part + n, j..j + n]).assign(&from);
            }
        }
        out
    }

    /// `z − A₀ − η(G)`.
    pub(super) fn denominator(
        &self,
        z: Complex64,
        g: ArrayView2<'_, Complex64>,
    ) -> Array2<Complex64> {
        let mut out = -self.covariance(g);
        out.zip_mut_with(&self.constant, |x, a| *x -= a);
        out.diag_mut().iter_mut().for_each(|x| *x += z);
        out
    }

    /// `(z − A₀ − η(G))⁻¹`, symmetric; `None` if it has no inverse.
    pub(super) fn mapped(
        &self,
        z: Complex64,
        g: ArrayView2<'_, Complex64>,
    ) -> Option<Array2<Complex64>> {
        let inverse = complex_inverse(self.denominator(z, g).view()).ok()?;
        Some((&inverse + &inverse.t()).map(|x| 0.5 * x))
    }

    /// `G η(R) G`.
    pub(super) fn around(
        &self,
        g: ArrayView2<'_, Complex64>,
        r: ArrayView2<'_, Complex64>,
    ) -> Array2<Complex64> {
        let inner = self.covariance(r);
        complex_product(complex_product(g, inner.view()).view(), g)
    }
}
