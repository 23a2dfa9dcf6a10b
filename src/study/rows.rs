//! X with its repeated rows counted.

use crate::spectrum::{DistinctRows, DrawnRows, Samples};
use ndarray::Array2;

/// X, n×d: its rows, or its distinct rows and how often each stands there.
pub(super) struct Rows {
    pub x: Samples<f64>,
    /// Where rows repeat.
    pub counts: Option<Vec<usize>>,
    /// n, all rows.
    pub total: usize,
}

impl From<Array2<f64>> for Rows {
    fn from(x: Array2<f64>) -> Self {
        let distinct = DistinctRows::of(x);
        Rows {
            total: distinct.total(),
            counts: distinct.has_repeats().then_some(distinct.counts),
            x: Samples::Stored(distinct.rows),
        }
    }
}

impl From<DrawnRows> for Rows {
    fn from(rows: DrawnRows) -> Self {
        Rows {
            total: rows.n,
            counts: None,
            x: Samples::Drawn(rows),
        }
    }
}
