//! The rows of X, block by block: stored, or drawn again from the seed whenever they are needed.

use crate::linalg::{Real, Structure};
use crate::model::{EntryLaw, Streams};
use ndarray::{Array1, Array2, ArrayView2, s};
use std::ops::Range;

/// Rows of a block. Sums inside a block are in the arithmetic of the storage, sums over blocks in f64,
/// and a block has a random stream of its own.
pub const BLOCK: usize = 512;

/// n×d data.
#[derive(Debug, Clone)]
pub enum Samples<S> {
    /// In memory.
    Stored(Array2<S>),
    /// Drawn block by block and never kept.
    Drawn(DrawnRows),
}

/// i.i.d. rows that are functions of the seed: block k comes from stream k.
#[derive(Debug, Clone, Copy)]
pub struct DrawnRows {
    /// Where the numbers come from.
    pub streams: Streams,
    /// The law of an entry.
    pub entries: EntryLaw,
    /// Number of rows.
    pub n: usize,
    /// Number of columns.
    pub d: usize,
}

/// The samples that belong to block `index` of n.
pub(crate) fn block_range(index: usize, n: usize) -> Range<usize> {
    index * BLOCK..((index + 1) * BLOCK).min(n)
}

impl DrawnRows {
    /// The rows of one block, at most [`BLOCK`]×d, in f64.
    pub fn block(&self, index: usize) -> Array2<f64> {
        let rows = block_range(index, self.n).len();
        let mut rng = self.streams.stream(index as u64);
        self.entries.matrix(rows, self.d, &mut rng)
    }

    /// All rows, in memory.
    pub fn stored<S: Real>(&self) -> Samples<S> {
        let mut x = Array2::from_elem((self.n, self.d), S::zero());
        for (index, mut rows) in x.axis_chunks_iter_mut(ndarray::Axis(0), BLOCK).enumerate() {
            rows.zip_mut_with(&self.block(index), |to, &from| *to = S::round(from));
        }
        Samples::Stored(x)
    }
}

impl<S: Real> Samples<S> {
    /// (n, d).
    pub fn dim(&self) -> (usize, usize) {
        match self {
            Samples::Stored(x) => x.dim(),
            Samples::Drawn(rows) => (rows.n, rows.d),
        }
    }

    /// Calls `f` with the rows of one block.
    pub(crate) fn with<T>(&self, index: usize, f: impl FnOnce(ArrayView2<'_, S>) -> T) -> T {
        match self {
            Samples::Stored(x) => f(x.slice(s![block_range(index, x.nrows()), ..])),
            Samples::Drawn(rows) => f(rows.block(index).mapv(S::round).view()),
        }
    }
}

/// One layer of a network: `x ↦ (f(⟨x, w_b⟩/√d) a_b)_b`, with p values. Slides 'Neural networks' and 'Main result'.
pub struct Layer<S> {
    /// W/√d, d×p.
    weights: Array2<S>,
    /// Length p.
    outer: Array1<f64>,
    function: Box<dyn Fn(f64) -> f64 + Send + Sync>,
}

impl<S: Real> Layer<S> {
    /// The layer of the weights W (d×p), the outer weights a (p) and the function f.
    ///
    /// # Panics
    /// If a has not as many entries as W has columns.
    pub fn new(
        w: ArrayView2<'_, f64>,
        a: ndarray::ArrayView1<'_, f64>,
        function: impl Fn(f64) -> f64 + Send + Sync + 'static,
    ) -> Self {
        assert!(
            w.ncols() == a.len(),
            "W of shape {:?} and a of length {}",
            w.dim(),
            a.len()
        );
        let scale = (w.nrows() as f64).sqrt().recip();
        Layer {
            weights: w.mapv(|w| S::round(w * scale)),
            outer: a.to_owned(),
            function: Box::new(function),
        }
    }

    /// `x ↦ Uᵀx`.
    pub(crate) fn linear(u: ArrayView2<'_, f64>) -> Self {
        Layer {
            weights: u.mapv(S::round),
            outer: Array1::ones(u.ncols()),
            function: Box::new(|x| x),
        }
    }

    /// p.
    pub fn width(&self) -> usize {
        self.weights.ncols()
    }

    /// The features of some rows of X (k×d): k×p.
    ///
    /// # Panics
    /// If X and W do not fit.
    pub fn features(&self, x: ArrayView2<'_, S>) -> Array2<S> {
        let mut f = Array2::from_elem((x.nrows(), self.width()), S::zero());
        S::multiply(
            f.view_mut(),
            Structure::Full,
            x,
            self.weights.view(),
            Structure::Full,
        );
        for mut row in f.rows_mut() {
            for (f, a) in row.iter_mut().zip(&self.outer) {
                *f = S::round((self.function)(f.widen()) * a);
            }
        }
        f
    }

    /// The features of all rows, stored: n×p.
    pub fn stored(&self, x: &Samples<S>) -> Array2<S> {
        use rayon::prelude::*;
        let mut f = Array2::from_elem((x.dim().0, self.width()), S::zero());
        f.axis_chunks_iter_mut(ndarray::Axis(0), BLOCK)
            .into_par_iter()
            .enumerate()
            .for_each(|(index, mut rows)| {
                x.with(index, |x| rows.assign(&self.features(x)));
            });
        f
    }
}
