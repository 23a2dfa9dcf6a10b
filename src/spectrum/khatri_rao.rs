//! Features that are row-wise products: the NTK and M₂.

use super::features::{FeatureMap, blocks};
use super::samples::{Layer, Samples, block_range};
use crate::linalg::{Real, Structure, accumulate_product};
use ndarray::{Array2, ArrayView2, ArrayViewMut2, Axis, s};
use rayon::prelude::*;

/// Where the second factor f comes from.
pub enum LayerFeatures<S> {
    /// In memory, n×p.
    Stored(Array2<S>),
    /// Computed from X for each block.
    Layer(Layer<S>),
}

/// `ω_i = c (x_i ⊗ f_i)`, of dimension dp: row-wise products (Khatri and Rao 1968). The NTK, with `f = φ(Wᵀx/√d) ∘ a` and
/// `c = (dp)^{−1/2}` (slide 'NTK is a Gram matrix'); M₂, with `f = y` (slide 'Linear and Quadratic Scaling').
///
/// With M a d×p matrix, `Σ_i v_i ω_i = c Xᵀ diag(v) F` and `⟨M, ω_i⟩ = c x_iᵀ M f_i`: products of matrices, `2ndp` operations each.
pub struct KhatriRao<S> {
    x: Samples<S>,
    f: LayerFeatures<S>,
    width: usize,
    scale: f64,
}

impl<S: Real> KhatriRao<S> {
    /// The features of X (n×d) and F (n×p), scaled by `scale`.
    ///
    /// # Panics
    /// If X and F differ in their number of rows.
    pub fn new(x: Samples<S>, f: LayerFeatures<S>, scale: f64) -> Self {
        let width = match &f {
            LayerFeatures::Stored(f) => {
                assert!(
                    f.nrows() == x.dim().0,
                    "X of shape {:?} and F of shape {:?}",
                    x.dim(),
                    f.dim()
                );
                f.ncols()
            }
            LayerFeatures::Layer(layer) => layer.width(),
        };
        KhatriRao { x, f, width, scale }
    }

    /// The features of the NTK: `f = φ(Wᵀx/√d) ∘ a`, `c = (dp)^{−1/2}`, with F stored if X is.
    pub fn ntk(x: Samples<S>, layer: Layer<S>) -> Self {
        let scale = ((x.dim().1 * layer.width()) as f64).sqrt().recip();
        let f = match &x {
            Samples::Stored(_) => LayerFeatures::Stored(layer.stored(&x)),
            Samples::Drawn(_) => LayerFeatures::Layer(layer),
        };
        Self::new(x, f, scale)
    }

    fn with<T>(
        &self,
        block: usize,
        then: impl FnOnce(ArrayView2<'_, S>, ArrayView2<'_, S>) -> T,
    ) -> T {
        self.x.with(block, |x| match &self.f {
            LayerFeatures::Stored(f) => {
                then(x, f.slice(s![block_range(block, self.x.dim().0), ..]))
            }
            LayerFeatures::Layer(layer) => then(x, layer.features(x).view()),
        })
    }

    fn gather_rows(
        &self,
        x: ArrayView2<'_, S>,
        f: ArrayView2<'_, S>,
        coefficients: ArrayView2<'_, f64>,
        mut out: ArrayViewMut2<'_, f64>,
    ) {
        let mut weighted = f.to_owned();
        for (v, mut sum) in coefficients.rows().into_iter().zip(out.rows_mut()) {
            for ((mut to, from), &v) in weighted.rows_mut().into_iter().zip(f.rows()).zip(v) {
                let v = S::round(v * self.scale);
                to.zip_mut_with(&from, |to, &from| *to = from * v);
            }
            let matrix = as_matrix(sum.view_mut(), x.ncols(), f.ncols());
            S::accumulate(matrix, x.t(), weighted.view());
        }
    }

    fn evaluate_rows(
        &self,
        x: ArrayView2<'_, S>,
        f: ArrayView2<'_, S>,
        points: ArrayView2<'_, f64>,
        mut out: ArrayViewMut2<'_, f64>,
    ) {
        let mut product = Array2::from_elem(f.dim(), S::zero());
        for (m, mut values) in points.rows().into_iter().zip(out.rows_mut()) {
            let m = into_matrix(m, x.ncols(), f.ncols());
            let m = S::stored(m);
            S::multiply(
                product.view_mut(),
                Structure::Full,
                x,
                m.view(),
                Structure::Full,
            );
            row_products(product.view(), f, self.scale, &mut values);
        }
    }
}

/// `out_i = c Σ_b P_ib F_ib`, summed in f64.
pub(super) fn row_products<S: Real>(
    p: ArrayView2<'_, S>,
    f: ArrayView2<'_, S>,
    scale: f64,
    out: &mut ndarray::ArrayViewMut1<'_, f64>,
) {
    for ((p, f), value) in p.rows().into_iter().zip(f.rows()).zip(out.iter_mut()) {
        // Eight running sums, so that the loop vectorises.
        let mut sums = [0.0; 8];
        if let (Some(p), Some(f)) = (p.as_slice(), f.as_slice()) {
            let (p_eights, f_eights) = (p.chunks_exact(8), f.chunks_exact(8));
            let rest = p_eights.remainder().iter().zip(f_eights.remainder());
            let tail: f64 = rest.map(|(p, f)| p.widen() * f.widen()).sum();
            for (p, f) in p_eights.zip(f_eights) {
                for k in 0..8 {
                    sums[k] += p[k].widen() * f[k].widen();
                }
            }
            *value = scale * (sums.iter().sum::<f64>() + tail);
        } else {
            let sum: f64 = p.iter().zip(f).map(|(p, f)| p.widen() * f.widen()).sum();
            *value = scale * sum;
        }
    }
}

/// The place of the pair a ≤ b < d, row by row.
fn pair(a: usize, b: usize, d: usize) -> usize {
    a * d - a * (a + 1) / 2 + b
}

/// `x_a x_b` for the pairs a ≤ b, in the order of [`pair`], for each row of x.
fn pairs<S: Real>(x: ArrayView2<'_, S>) -> Array2<f64> {
    let d = x.ncols();
    let mut products = Array2::zeros((x.nrows(), d * (d + 1) / 2));
    products
        .axis_iter_mut(Axis(0))
        .into_par_iter()
        .zip(x.axis_iter(Axis(0)))
        .for_each(|(mut row, x)| {
            let x = x.mapv(S::widen);
            for a in 0..d {
                let mut part = row.slice_mut(s![pair(a, a, d)..=pair(a, d - 1, d)]);
                part.zip_mut_with(&x.slice(s![a..]), |to, b| *to = x[a] * b);
            }
        });
    products
}

/// A vector of length rows·cols as a row-major matrix.
fn into_matrix(v: ndarray::ArrayView1<'_, f64>, rows: usize, cols: usize) -> ArrayView2<'_, f64> {
    match v.into_shape_with_order((rows, cols)) {
        Ok(matrix) => matrix,
        Err(_) => unreachable!("a row of {rows}·{cols} contiguous entries"),
    }
}

fn as_matrix(
    v: ndarray::ArrayViewMut1<'_, f64>,
    rows: usize,
    cols: usize,
) -> ArrayViewMut2<'_, f64> {
    match v.into_shape_with_order((rows, cols)) {
        Ok(matrix) => matrix,
        Err(_) => unreachable!("a row of {rows}·{cols} contiguous entries"),
    }
}

/// A Bᵀ, in the arithmetic of the storage, widened.
pub(super) fn cross_gram<S: Real>(a: ArrayView2<'_, S>, b: ArrayView2<'_, S>) -> Array2<f64> {
    let mut out = Array2::from_elem((a.nrows(), b.nrows()), S::zero());
    S::multiply(out.view_mut(), Structure::Full, a, b.t(), Structure::Full);
    out.mapv(S::widen)
}

impl<S: Real> FeatureMap for KhatriRao<S> {
    fn samples(&self) -> usize {
        self.x.dim().0
    }

    fn dimension(&self) -> usize {
        self.x.dim().1 * self.width
    }

    fn gather(&self, block: usize, coefficients: ArrayView2<'_, f64>, out: ArrayViewMut2<'_, f64>) {
        self.with(block, |x, f| self.gather_rows(x, f, coefficients, out));
    }

    fn evaluate(&self, block: usize, points: ArrayView2<'_, f64>, out: ArrayViewMut2<'_, f64>) {
        self.with(block, |x, f| self.evaluate_rows(x, f, points, out));
    }

    fn turn(&self, block: usize, points: ArrayView2<'_, f64>, out: ArrayViewMut2<'_, f64>) {
        self.with(block, |x, f| {
            let mut coefficients = Array2::zeros((points.nrows(), x.nrows()));
            self.evaluate_rows(x, f, points, coefficients.view_mut());
            self.gather_rows(x, f, coefficients.view(), out);
        });
    }

    fn explicit(&self, block: usize) -> Array2<f64> {
        self.with(block, |x, f| {
            let mut omega = Array2::zeros((x.nrows(), self.dimension()));
            for ((x, f), mut row) in x.rows().into_iter().zip(f.rows()).zip(omega.rows_mut()) {
                let mut matrix = as_matrix(row.view_mut(), x.len(), f.len());
                for (x, mut row) in x.iter().zip(matrix.rows_mut()) {
                    let x = self.scale * x.widen();
                    row.zip_mut_with(&f, |to, f| *to = x * f.widen());
                }
            }
            omega
        })
    }

    /// `Σ_i x_a x_c f_b f_e` is symmetric in a, c and in b, e: half the products of a symmetric update.
    fn gram(&self) -> Array2<f64> {
        let (d, p) = (self.x.dim().1, self.width);
        let mut moments = Array2::zeros((d * (d + 1) / 2, p * (p + 1) / 2));
        for block in 0..blocks(self.samples()) {
            let (x, f) = self.with(block, |x, f| (pairs(x), pairs(f)));
            accumulate_product(moments.view_mut(), x.t(), f.view());
        }
        moments *= self.scale * self.scale;
        let mut gram = Array2::zeros((d * p, d * p));
        gram.axis_chunks_iter_mut(Axis(0), p)
            .into_par_iter()
            .enumerate()
            .for_each(|(a, mut rows)| {
                for c in 0..=a {
                    let moments = moments.row(pair(c, a, d));
                    let mut tile = rows.slice_mut(s![.., c * p..(c + 1) * p]);
                    for b in 0..p {
                        for e in b..p {
                            let value = moments[pair(b, e, p)];
                            tile[[b, e]] = value;
                            tile[[e, b]] = value;
                        }
                    }
                }
            });
        gram
    }

    fn tile(&self, row: usize, col: usize) -> Array2<f64> {
        let scale = self.scale * self.scale;
        self.with(row, |x, f| {
            self.with(col, |y, g| {
                let mut tile = cross_gram(x, y);
                tile.zip_mut_with(&cross_gram(f, g), |t, g| *t *= scale * g);
                tile
            })
        })
    }

    fn unit(&self) -> f64 {
        S::UNIT
    }

    fn operations(&self) -> f64 {
        let layer = match &self.f {
            LayerFeatures::Stored(_) => 0.0,
            LayerFeatures::Layer(_) => 2.0,
        };
        (4.0 + layer) * self.samples() as f64 * self.dimension() as f64
    }
}
