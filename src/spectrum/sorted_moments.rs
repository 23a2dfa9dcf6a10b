//! Fourth moments `Σ_i y_a y_b y_c y_e` of the rows of a matrix, once for all orders of their indices.

use crate::linalg::{Real, Structure};
use ndarray::{Array2, ArrayView1, ArrayView2, ArrayViewMut1, Axis, s};
use rayon::prelude::*;
use std::ops::Range;

/// Samples whose products of pairs are in memory at once: few enough to stay in a cache.
const ROWS: usize = 256;

/// Values of c whose pairs (c, e) are multiplied together.
const STRIP: usize = 4;

/// `Σ_i y_a y_b y_c y_e` for `a ≤ b ≤ c ≤ e < d`, `b < r`: d⁴/24 sums at r = d, where a symmetric update makes d⁴/8.
pub(super) struct SortedMoments {
    rank: usize,
    d: usize,
    strips: Vec<Strip>,
    /// `(y_a y_b)_i` for `a ≤ b < r`, by b; a row for each of [`ROWS`] samples.
    left: Array2<f64>,
    /// Nothing was added yet.
    empty: bool,
}

/// The moments of some values of c.
struct Strip {
    values: Range<usize>,
    /// `(y_c y_e)_i`, by c; a row for each of [`ROWS`] samples.
    right: Array2<f64>,
    /// The sums: a row for each (c, e), a column for each (a, b) with b up to the last c.
    sum: Array2<f64>,
}

/// The pairs (a, b), `a ≤ b`, with b below `end`.
fn pairs_below(end: usize) -> usize {
    end * (end + 1) / 2
}

/// The products of each `y_k` with the entries `others(k)`, one after the other.
fn products(
    y: ArrayView1<'_, f64>,
    of: Range<usize>,
    others: impl Fn(usize) -> Range<usize>,
    mut out: ArrayViewMut1<'_, f64>,
) {
    for k in of {
        let others = y.slice(s![others(k)]);
        let (mut run, rest) = out.split_at(Axis(0), others.len());
        run.zip_mut_with(&others, |out, other| *out = y[k] * other);
        out = rest;
    }
}

impl SortedMoments {
    pub(super) fn zeros(rank: usize, d: usize) -> Self {
        let strip = |start| {
            let values = start..d.min(start + STRIP);
            let pairs = values.clone().map(|c| d - c).sum();
            Strip {
                right: Array2::zeros((ROWS, pairs)),
                sum: Array2::zeros((pairs, pairs_below(values.end.min(rank)))),
                values,
            }
        };
        SortedMoments {
            rank,
            d,
            strips: (0..d).step_by(STRIP).map(strip).collect(),
            left: Array2::zeros((ROWS, pairs_below(rank))),
            empty: true,
        }
    }

    /// Adds the moments of samples, the rows of y.
    pub(super) fn add(&mut self, y: ArrayView2<'_, f64>) {
        for y in y.axis_chunks_iter(Axis(0), ROWS) {
            self.add_rows(y);
        }
    }

    fn add_rows(&mut self, y: ArrayView2<'_, f64>) {
        let (rank, d, empty) = (self.rank, self.d, self.empty);
        let mut left = self.left.slice_mut(s![..y.nrows(), ..]);
        left.axis_iter_mut(Axis(0))
            .into_par_iter()
            .with_min_len(16)
            .zip(y.axis_iter(Axis(0)))
            .for_each(|(row, y)| products(y, 0..rank, |b| 0..b + 1, row));
        self.strips
            .par_iter_mut()
            .with_max_len(1)
            .for_each(|strip| {
                let mut right = strip.right.slice_mut(s![..y.nrows(), ..]);
                for (row, y) in right.rows_mut().into_iter().zip(y.rows()) {
                    products(y, strip.values.clone(), |c| c..d, row);
                }
                let left = left.slice(s![.., ..strip.sum.ncols()]);
                let sum = strip.sum.view_mut();
                if empty {
                    // Written before it is read: memory that was read as zero costs a second page fault.
                    f64::multiply(sum, Structure::Full, right.t(), left, Structure::Full);
                } else {
                    f64::accumulate(sum, right.t(), left);
                }
            });
        self.empty = false;
    }

    /// `Σ_i y_a y_b y_c y_e` for a = 0, …, b, where `b ≤ c ≤ e`.
    pub(super) fn run(&self, b: usize, c: usize, e: usize) -> ArrayView1<'_, f64> {
        let before: usize = (c / STRIP * STRIP..c).map(|c| self.d - c).sum();
        let row = self.strips[c / STRIP].sum.row(before + e - c);
        row.slice_move(s![pairs_below(b)..pairs_below(b + 1)])
    }
}
