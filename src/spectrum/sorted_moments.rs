//! Fourth moments `Σ_i y_a y_b y_c y_e` of the rows of a matrix, once for all orders of their indices.

use crate::linalg::{Real, Structure};
use ndarray::{Array2, ArrayView1, ArrayView2, ArrayViewMut1, Axis, s};
use rayon::prelude::*;
use std::ops::Range;

/// Samples whose products of pairs are in memory at once: few enough to stay in a cache.
const ROWS: usize = 256;

/// Values of c whose pairs (c, e) share a product, with the pairs (a, b) below all of them: the more, the larger is
/// the product; the fewer, the less is left for the products of a single c.
const STRIP: usize = 8;

/// `Σ_i y_a y_b y_c y_e` for `a ≤ b ≤ c ≤ e < d`, `b < r`: d⁴/24 sums at r = d, where a symmetric update makes d⁴/8.
pub(super) struct SortedMoments {
    rank: usize,
    d: usize,
    strips: Vec<Strip>,
    /// `(y_a y_b)_i` for `a ≤ b < r`, by b; a row for each of [`ROWS`] samples.
    left: Array2<f64>,
}

/// The moments of some values of c.
struct Strip {
    values: Range<usize>,
    /// The sums: a row for each (c, e), by c, a column for each (a, b), by b; those with b up to c are made.
    sum: Array2<f64>,
    /// Rows and columns of the sums that are made by one product each.
    products: Vec<(Range<usize>, Range<usize>)>,
    /// Nothing was added yet.
    empty: bool,
}

/// The pairs (a, b), `a ≤ b`, with b below `end`.
pub(super) fn pairs_below(end: usize) -> usize {
    end * (end + 1) / 2
}

/// The products of each `y_k` with the entries `others(k)`, one after the other.
fn products(
    y: ArrayView1<'_, f64>,
    of: Range<usize>,
    others: impl Fn(usize) -> Range<usize>,
    out: ArrayViewMut1<'_, f64>,
) {
    // Slices: a view of an array costs more than the few products in it.
    let (y, mut out) = (contiguous(y.to_slice()), contiguous(out.into_slice()));
    for k in of {
        let others = &y[others(k)];
        let (run, rest) = out.split_at_mut(others.len());
        for (out, other) in run.iter_mut().zip(others) {
            *out = y[k] * other;
        }
        out = rest;
    }
}

impl Strip {
    fn zeros(values: Range<usize>, rank: usize, d: usize) -> Self {
        let pairs = values.clone().map(|c| d - c).sum();
        let shared = pairs_below(values.start.min(rank));
        let mut products = vec![(0..pairs, 0..shared)];
        let mut start = 0;
        for c in values.clone() {
            let end = start + d - c;
            products.push((start..end, shared..pairs_below(rank.min(c + 1))));
            start = end;
        }
        products.retain(|(_, columns)| !columns.is_empty());
        Strip {
            sum: Array2::zeros((pairs, pairs_below(values.end.min(rank)))),
            values,
            products,
            empty: true,
        }
    }

    /// Adds the moments of the samples y, whose `(y_a y_b)_i` are `left`, or writes them.
    fn add(&mut self, y: ArrayView2<'_, f64>, left: ArrayView2<'_, f64>) {
        let (n, d) = y.dim();
        let mut right = Array2::zeros((n, self.sum.nrows()));
        for (row, y) in right.rows_mut().into_iter().zip(y.rows()) {
            products(y, self.values.clone(), |c| c..d, row);
        }
        for (rows, columns) in &self.products {
            let sum = self.sum.slice_mut(s![rows.clone(), columns.clone()]);
            let right = right.slice(s![.., rows.clone()]);
            let left = left.slice(s![.., columns.clone()]);
            if self.empty {
                // Written before it is read: memory that was read as zero costs a second page fault.
                f64::multiply(sum, Structure::Full, right.t(), left, Structure::Full);
            } else {
                f64::accumulate(sum, right.t(), left);
            }
        }
        self.empty = false;
    }
}

fn contiguous<T>(row: Option<T>) -> T {
    row.expect("rows of contiguous entries")
}

impl SortedMoments {
    pub(super) fn zeros(rank: usize, d: usize) -> Self {
        SortedMoments {
            rank,
            d,
            strips: (0..d)
                .step_by(STRIP)
                .map(|start| Strip::zeros(start..d.min(start + STRIP), rank, d))
                .collect(),
            left: Array2::zeros((ROWS, pairs_below(rank))),
        }
    }

    /// Adds the moments of samples, the rows of y.
    pub(super) fn add(&mut self, y: ArrayView2<'_, f64>) {
        let y = y.as_standard_layout();
        for y in y.axis_chunks_iter(Axis(0), ROWS) {
            let rank = self.rank;
            let mut left = self.left.slice_mut(s![..y.nrows(), ..]);
            left.axis_iter_mut(Axis(0))
                .into_par_iter()
                .with_min_len(16)
                .zip(y.axis_iter(Axis(0)))
                .for_each(|(row, y)| products(y, 0..rank, |b| 0..b + 1, row));
            let left = left.view();
            self.strips
                .par_iter_mut()
                .with_max_len(1)
                .for_each(|strip| strip.add(y, left));
        }
    }

    /// `Σ_i y_a y_b y_c y_e` for all `a ≤ b ≤ min(c, r − 1)`, by b, where `c ≤ e`.
    pub(super) fn row(&self, c: usize, e: usize) -> &[f64] {
        let strip = &self.strips[c / STRIP];
        let before: usize = (strip.values.start..c).map(|c| self.d - c).sum();
        let row = strip.sum.row(before + e - c);
        &contiguous(row.to_slice())[..pairs_below(self.rank.min(c + 1))]
    }
}
