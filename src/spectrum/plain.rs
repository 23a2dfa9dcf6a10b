//! Features that are rows of a matrix (K₂, M₁, conjugate kernels), and features side by side.

use super::features::FeatureMap;
use super::khatri_rao::cross_gram;
use super::samples::{Layer, Samples};
use crate::linalg::Real;
use ndarray::{Array2, ArrayView2, ArrayViewMut2, Axis, s};

/// `ω_i = c f_i`: K₂ with `f = σ(Wᵀx/√d)` (slide 'Computation of the NTK'), M₁ with `f = x` ('Linear and Quadratic
/// Scaling'), every conjugate kernel ('Nonlinear random matrix models').
pub struct Plain<S> {
    x: Samples<S>,
    layer: Option<Layer<S>>,
    scale: f64,
}

impl<S: Real> Plain<S> {
    /// The features are the rows of X, or a layer's function of them, scaled by `scale`.
    pub fn new(x: Samples<S>, layer: Option<Layer<S>>, scale: f64) -> Self {
        Plain { x, layer, scale }
    }

    fn with<T>(&self, block: usize, then: impl FnOnce(ArrayView2<'_, S>) -> T) -> T {
        self.x.with(block, |x| match &self.layer {
            None => then(x),
            Some(layer) => then(layer.features(x).view()),
        })
    }
}

impl<S: Real> FeatureMap for Plain<S> {
    fn samples(&self) -> usize {
        self.x.dim().0
    }

    fn dimension(&self) -> usize {
        self.layer.as_ref().map_or(self.x.dim().1, Layer::width)
    }

    fn gather(&self, block: usize, coefficients: ArrayView2<'_, f64>, out: ArrayViewMut2<'_, f64>) {
        let weighted = coefficients.mapv(|v| S::round(v * self.scale));
        self.with(block, |f| S::accumulate(out, weighted.view(), f));
    }

    fn evaluate(&self, block: usize, points: ArrayView2<'_, f64>, mut out: ArrayViewMut2<'_, f64>) {
        let points = S::stored(points);
        self.with(block, |f| out.assign(&cross_gram(points.view(), f)));
        out.map_inplace(|x| *x *= self.scale);
    }

    fn explicit(&self, block: usize) -> Array2<f64> {
        self.with(block, |f| f.mapv(|f| self.scale * f.widen()))
    }

    fn tile(&self, row: usize, col: usize) -> Array2<f64> {
        let tile = self.with(row, |f| self.with(col, |g| cross_gram(f, g)));
        tile * (self.scale * self.scale)
    }

    fn unit(&self) -> f64 {
        S::UNIT
    }

    fn operations(&self) -> f64 {
        let (n, d) = self.x.dim();
        let layer = self.layer.as_ref().map_or(0, |_| 4 * d);
        n as f64 * (4 * self.dimension() + layer * self.dimension()) as f64
    }
}

/// Features side by side: the kernels add, as in `NTK = K₁ + K₂`, of dimension `p(d+1)`. Slide 'Computation of the NTK'.
pub struct Stacked(Vec<Box<dyn FeatureMap + Send>>);

impl Stacked {
    /// The features of all terms.
    ///
    /// # Panics
    /// If there is no term, or they differ in their number of samples.
    pub fn new(terms: Vec<Box<dyn FeatureMap + Send>>) -> Self {
        let samples: Vec<usize> = terms.iter().map(|t| t.samples()).collect();
        assert!(
            !samples.is_empty() && samples.iter().all(|&n| n == samples[0]),
            "features of {samples:?} samples"
        );
        Stacked(terms)
    }

    fn offsets(&self) -> impl Iterator<Item = (&(dyn FeatureMap + Send), std::ops::Range<usize>)> {
        self.0.iter().scan(0, |start, term| {
            let range = *start..*start + term.dimension();
            *start = range.end;
            Some((term.as_ref(), range))
        })
    }
}

impl FeatureMap for Stacked {
    fn samples(&self) -> usize {
        self.0[0].samples()
    }

    fn dimension(&self) -> usize {
        self.0.iter().map(|term| term.dimension()).sum()
    }

    fn gather(
        &self,
        block: usize,
        coefficients: ArrayView2<'_, f64>,
        mut out: ArrayViewMut2<'_, f64>,
    ) {
        for (term, range) in self.offsets() {
            term.gather(block, coefficients, out.slice_mut(s![.., range]));
        }
    }

    fn evaluate(&self, block: usize, points: ArrayView2<'_, f64>, mut out: ArrayViewMut2<'_, f64>) {
        out.fill(0.0);
        let mut part = Array2::zeros(out.dim());
        for (term, range) in self.offsets() {
            term.evaluate(block, points.slice(s![.., range]), part.view_mut());
            out += &part;
        }
    }

    fn explicit(&self, block: usize) -> Array2<f64> {
        let parts: Vec<_> = self.0.iter().map(|term| term.explicit(block)).collect();
        let views: Vec<_> = parts.iter().map(|part| part.view()).collect();
        match ndarray::concatenate(Axis(1), &views) {
            Ok(all) => all,
            Err(_) => unreachable!("the parts have one number of rows"),
        }
    }

    fn tile(&self, row: usize, col: usize) -> Array2<f64> {
        let mut tile = self.0[0].tile(row, col);
        for term in &self.0[1..] {
            tile += &term.tile(row, col);
        }
        tile
    }

    fn unit(&self) -> f64 {
        self.0.iter().map(|term| term.unit()).fold(0.0, f64::max)
    }

    fn operations(&self) -> f64 {
        self.0.iter().map(|term| term.operations()).sum()
    }
}
