//! The directions in which the symmetric part of the features at σ′ = x is diagonal.

use crate::linalg::{LinalgError, qr_r, svd};
use ndarray::{Array2, ArrayView1, ArrayView2};

/// `G = W diag(a)/√d = U diag(√h) Vᵀ`, without V: the directions of `H = GGᵀ` and its eigenvalues above rounding.
pub struct Rotation {
    /// d×d, orthogonal.
    pub(super) u: Array2<f64>,
    /// Descending.
    pub(super) h: Vec<f64>,
}

impl Rotation {
    /// Of W (d×p) and a (p).
    ///
    /// # Errors
    /// Weights that are not finite, or whose squares are not.
    ///
    /// # Panics
    /// If a has not as many entries as W has columns.
    pub fn of(w: ArrayView2<'_, f64>, a: ArrayView1<'_, f64>) -> Result<Self, LinalgError> {
        let (d, p) = w.dim();
        let g = &w * &a / (d as f64).sqrt();
        // Of a wide matrix the triangular factor of its transpose: the p×p matrix V is never formed.
        let g = if p > d {
            qr_r(g.t())?.reversed_axes()
        } else {
            g
        };
        let svd = svd(g.view())?;
        let h = svd.singular.mapv(|s| s * s);
        // Below this the square of a singular value is rounding; its pairs keep their partner's h.
        let largest = h.iter().copied().fold(0.0, f64::max);
        let above = h.iter().filter(|h| **h > f64::EPSILON * largest);
        Ok(Rotation {
            u: svd.u,
            h: above.copied().collect(),
        })
    }

    /// The pairs (a, b) with `a ≤ b`, `a ≤ r`: `r(r+1)/2 + r(d−r)`, r the rank.
    pub fn dimension(&self) -> usize {
        let (r, d) = (self.h.len(), self.u.nrows());
        r * (r + 1) / 2 + r * (d - r)
    }

    /// The largest h, 0 if there is none.
    pub fn largest(&self) -> f64 {
        self.h.first().copied().unwrap_or(0.0)
    }
}
