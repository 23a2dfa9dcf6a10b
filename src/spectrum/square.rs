//! The NTK at σ′ = x on the symmetric part of the feature space: d(d+1)/2 dimensions instead of dp.

use super::features::{FeatureMap, blocks};
use super::khatri_rao::{cross_gram, row_products};
use super::rotation::Rotation;
use super::samples::{Layer, Samples};
use super::sorted_moments::{SortedMoments, pairs_below};
use crate::linalg::{LinalgError, Real, Structure};
use ndarray::{Array1, Array2, ArrayView1, ArrayView2, ArrayViewMut2, Axis, s};
use rayon::prelude::*;
use std::ops::Range;

/// The features `(w_ab y_a y_b)_{a≤b, a≤r}/√(pd)`, ordered by b, of the NTK at `φ(x) = x`, for any weights a. With
/// `G = W diag(a)/√d` (d×p), `H = GGᵀ = U diag(h) Uᵀ` and `y = Uᵀx`,
///
/// ```math
/// NTK_ij = ⟨x_i, x_j⟩⟨x_i, H x_j⟩/(pd) = (1/pd) Σ_{a≤b} w_ab² (y_a y_b)_i (y_a y_b)_j,
/// w_ab² = h_a + h_b for a < b,   w_aa² = h_a,
/// ```
///
/// since only the symmetric part of `x_i x_iᵀ H` is seen. With r = rank H the pairs with `a ≤ r` remain,
/// `r(r+1)/2 + r(d−r)` of them: half of dp at d = p. Times the variances of `y_a y_b` the `w_ab²` are the nonzero
/// eigenvalues `h_a + h_b` of slide 'Spectrum of 𝒬'.
pub struct SymmetricSquare<S> {
    x: Samples<S>,
    /// The rotation U where X is not stored rotated.
    rotation: Option<Layer<S>>,
    /// w_ab/√(pd) for a ≤ r, a ≤ b ≤ d, by b.
    weights: Vec<f64>,
    rank: usize,
    d: usize,
}

impl<S: Real> SymmetricSquare<S> {
    /// The features of X (n×d), W (d×p) and a (p). A stored X is rotated once, in place.
    ///
    /// # Errors
    /// As [`Rotation::of`].
    ///
    /// # Panics
    /// If the shapes do not fit.
    pub fn new(
        x: Samples<S>,
        w: ArrayView2<'_, f64>,
        a: ArrayView1<'_, f64>,
    ) -> Result<Self, LinalgError> {
        let p = w.ncols();
        Ok(Self::rotated(x, &Rotation::of(w, a)?, p))
    }

    /// The features of X (n×d) for p weights whose rotation is known.
    ///
    /// # Panics
    /// If the shapes do not fit.
    pub fn rotated(x: Samples<S>, rotation: &Rotation, p: usize) -> Self {
        let (d, rank) = (rotation.u.nrows(), rotation.h.len());
        assert!(x.dim().1 == d, "X of shape {:?} and H of {d} rows", x.dim());
        let h = |k: usize| rotation.h.get(k).copied().unwrap_or(0.0);
        let scale = ((d * p) as f64).recip();
        let weights = (0..d)
            .flat_map(|b| (0..rank.min(b + 1)).map(move |a| (a, b)))
            .map(|(a, b)| (scale * if a == b { h(a) } else { h(a) + h(b) }).sqrt())
            .collect();
        let rotation = Layer::linear(rotation.u.view());
        let (x, rotation) = match x {
            Samples::Stored(mut x) => {
                x.axis_chunks_iter_mut(Axis(0), super::samples::BLOCK)
                    .into_par_iter()
                    .for_each(|mut rows| {
                        let rotated = rotation.features(rows.view());
                        rows.assign(&rotated);
                    });
                (Samples::Stored(x), None)
            }
            drawn @ Samples::Drawn(_) => (drawn, Some(rotation)),
        };
        SymmetricSquare {
            x,
            rotation,
            weights,
            rank,
            d,
        }
    }

    fn with<T>(&self, block: usize, then: impl FnOnce(ArrayView2<'_, S>) -> T) -> T {
        self.x.with(block, |x| match &self.rotation {
            None => then(x),
            Some(rotation) => then(rotation.features(x).view()),
        })
    }

    /// Where the pairs (a, b) stand, for a = 0, 1, ….
    fn pairs_of(&self, b: usize) -> Range<usize> {
        let r = self.rank;
        let start = pairs_below(b.min(r)) + r * b.saturating_sub(r);
        start..start + r.min(b + 1)
    }

    fn gather_rows(
        &self,
        y: ArrayView2<'_, S>,
        coefficients: ArrayView2<'_, f64>,
        mut out: ArrayViewMut2<'_, f64>,
    ) {
        let (r, d) = (self.rank, self.d);
        let (head, rest) = y.split_at(Axis(1), r);
        let mut weighted = head.to_owned();
        let mut square = Array2::from_elem((d, r), S::zero());
        for (v, mut sum) in coefficients.rows().into_iter().zip(out.rows_mut()) {
            for ((mut to, from), &v) in weighted.rows_mut().into_iter().zip(head.rows()).zip(v) {
                let v = S::round(v);
                to.zip_mut_with(&from, |to, &from| *to = from * v);
            }
            let (triangle, below) = square.view_mut().split_at(Axis(0), r);
            let all = Structure::Full;
            S::multiply(triangle, Structure::Lower, head.t(), weighted.view(), all);
            S::multiply(below, all, rest.t(), weighted.view(), all);
            for (b, square) in square.rows().into_iter().enumerate() {
                let range = self.pairs_of(b);
                let weights = &self.weights[range.clone()];
                for ((sum, s), w) in sum.slice_mut(s![range]).iter_mut().zip(square).zip(weights) {
                    *sum += w * s.widen();
                }
            }
        }
    }

    fn evaluate_rows(
        &self,
        y: ArrayView2<'_, S>,
        points: ArrayView2<'_, f64>,
        mut out: ArrayViewMut2<'_, f64>,
    ) {
        let (r, d) = (self.rank, self.d);
        let head = y.slice(s![.., ..r]);
        let mut square = Array2::from_elem((d, r), S::zero());
        let mut product = Array2::from_elem(y.dim(), S::zero());
        for (m, mut values) in points.rows().into_iter().zip(out.rows_mut()) {
            for (b, mut square) in square.rows_mut().into_iter().enumerate() {
                let range = self.pairs_of(b);
                let weights = &self.weights[range.clone()];
                for ((s, m), w) in square.iter_mut().zip(m.slice(s![range])).zip(weights) {
                    *s = S::round(w * m);
                }
            }
            let (triangle, below) = square.view().split_at(Axis(0), r);
            let (left, right) = product.view_mut().split_at(Axis(1), r);
            S::multiply(left, Structure::Full, head, triangle, Structure::Lower);
            S::multiply(right, Structure::Full, head, below.t(), Structure::Full);
            row_products(product.view(), y, 1.0, &mut values);
        }
    }

    /// Sets the rows (c, e), c = 0, 1, …, of the Gram matrix up to the diagonal.
    fn set_rows(&self, e: usize, mut rows: ArrayViewMut2<'_, f64>, moments: &SortedMoments) {
        let of_e = &self.weights[self.pairs_of(e)];
        for b in 0..=e {
            let values = moments.row(b, e);
            if b < self.rank {
                let row = rows.row_mut(b);
                for ((to, value), w) in row.into_iter().zip(values).zip(&self.weights) {
                    *to = value * w * of_e[b];
                }
            }
            let columns = self.pairs_of(b);
            let weights = &self.weights[columns.clone()];
            for (c, mut row) in rows.rows_mut().into_iter().enumerate().take(b) {
                let to = row.slice_mut(s![columns.clone()]);
                let (low, high) = to.split_at(Axis(0), c + 1);
                let below = &values[pairs_below(c)..];
                for ((to, value), w) in low.into_iter().zip(below).zip(weights) {
                    *to = value * w * of_e[c];
                }
                // Where b = e these are above the diagonal.
                if b < e {
                    for ((to, w), a) in high.into_iter().zip(&weights[c + 1..]).zip(c + 1..) {
                        *to = values[pairs_below(a) + c] * w * of_e[c];
                    }
                }
            }
        }
    }
}

impl<S: Real> FeatureMap for SymmetricSquare<S> {
    fn samples(&self) -> usize {
        self.x.dim().0
    }

    fn dimension(&self) -> usize {
        self.weights.len()
    }

    fn gather(&self, block: usize, coefficients: ArrayView2<'_, f64>, out: ArrayViewMut2<'_, f64>) {
        self.with(block, |y| self.gather_rows(y, coefficients, out));
    }

    fn evaluate(&self, block: usize, points: ArrayView2<'_, f64>, out: ArrayViewMut2<'_, f64>) {
        self.with(block, |y| self.evaluate_rows(y, points, out));
    }

    fn turn(&self, block: usize, points: ArrayView2<'_, f64>, out: ArrayViewMut2<'_, f64>) {
        self.with(block, |y| {
            let mut coefficients = Array2::zeros((points.nrows(), y.nrows()));
            self.evaluate_rows(y, points, coefficients.view_mut());
            self.gather_rows(y, coefficients.view(), out);
        });
    }

    fn explicit(&self, block: usize) -> Array2<f64> {
        self.with(block, |y| {
            let mut features = Array2::zeros((y.nrows(), self.dimension()));
            for (y, mut row) in y.rows().into_iter().zip(features.rows_mut()) {
                for b in 0..self.d {
                    for (a, k) in self.pairs_of(b).enumerate() {
                        row[k] = self.weights[k] * y[a].widen() * y[b].widen();
                    }
                }
            }
            features
        })
    }

    /// `Σ_i y_a y_b y_c y_e` has one value for all orders of its indices: a third of the products of a
    /// symmetric update.
    fn gram(&self) -> Array2<f64> {
        let (r, d) = (self.rank, self.d);
        let mut moments = SortedMoments::zeros(r, d);
        for block in 0..blocks(self.samples()) {
            let y = self.with(block, |y| y.mapv(S::widen));
            moments.add(y.view());
        }
        let dimension = self.dimension();
        let mut gram = Array2::zeros((dimension, dimension));
        let mut rest = gram.view_mut();
        let mut of_e = Vec::new();
        for e in 0..d {
            let (rows, after) = rest.split_at(Axis(0), self.pairs_of(e).len());
            of_e.push((e, rows));
            rest = after;
        }
        // The longest first, so that no thread is left with one at the end.
        of_e.into_par_iter()
            .rev()
            .with_max_len(1)
            .for_each(|(e, rows)| self.set_rows(e, rows, &moments));
        gram
    }

    fn tile(&self, row: usize, col: usize) -> Array2<f64> {
        // ⟨y, y′⟩ Σ_a h_a y_a y′_a, h_a = w_aa².
        let h: Array1<f64> = (0..self.rank)
            .map(|a| self.weights[self.pairs_of(a).end - 1].powi(2))
            .collect();
        self.with(row, |y| {
            self.with(col, |z| {
                let (y, z) = (y.mapv(S::widen), z.mapv(S::widen));
                let weighted = &y.slice(s![.., ..self.rank]) * &h;
                let mut tile = cross_gram(y.view(), z.view());
                let other = cross_gram(weighted.view(), z.slice(s![.., ..self.rank]));
                tile.zip_mut_with(&other, |t, o| *t *= o);
                tile
            })
        })
    }

    fn unit(&self) -> f64 {
        S::UNIT
    }

    fn operations(&self) -> f64 {
        let (n, pairs) = (self.samples() as f64, self.dimension() as f64);
        let rotation = self.rotation.as_ref().map_or(0, |_| 2 * self.d * self.d) as f64;
        n * (4.0 * pairs + rotation)
    }
}
