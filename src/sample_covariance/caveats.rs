//! What in the data the law of noise does not hold for.

use ndarray::{Array2, ArrayView1};
use std::collections::HashSet;

/// Rows and columns that independent noise with fourth moments does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Caveats {
    /// Columns with an entry whose square over N is above the bulk's upper edge: as `λ₁ ≥ S_jj ≥ x_ij²/N`, it makes an
    /// eigenvalue outside the bulk by itself. Without fourth moments there are such (Bai, Silverstein and Yin 1988).
    pub outlying_columns: usize,
    /// Rows equal to one before.
    pub repeated_rows: usize,
    /// Columns equal to one before.
    pub repeated_columns: usize,
}

/// How many are equal to one before.
fn repeated<'a>(all: impl Iterator<Item = ArrayView1<'a, f64>>) -> usize {
    let mut seen: HashSet<Vec<u64>> = HashSet::new();
    // 0 and −0 are one number.
    all.filter(|line| !seen.insert(line.iter().map(|x| (x + 0.0).to_bits()).collect()))
        .count()
}

/// For prepared data and the upper edge in their units.
pub(super) fn caveats(x: &Array2<f64>, freedom: usize, edge: f64) -> Caveats {
    let most = edge * freedom as f64;
    Caveats {
        outlying_columns: x
            .columns()
            .into_iter()
            .filter(|column| column.iter().any(|x| x * x > most))
            .count(),
        repeated_rows: repeated(x.outer_iter()),
        repeated_columns: repeated(x.columns().into_iter()),
    }
}
