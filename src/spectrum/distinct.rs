//! Rows of X that stand there more than once.

use ndarray::{Array2, ArrayView1, ArrayView2, Axis};
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The distinct rows of X, in the order of their first appearance, and how often each stands there.
///
/// Equal samples have equal features, so the kernel's rank is at most the number of distinct rows, and the others are exact
/// zeros of its spectrum.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct DistinctRows {
    /// m×d.
    pub rows: Array2<f64>,
    /// Length m, each at least 1.
    pub counts: Vec<usize>,
}

/// The bits of a row, with −0 as 0.
fn hashed(row: ArrayView1<'_, f64>) -> u64 {
    let mut hasher = DefaultHasher::new();
    for x in row {
        (x + 0.0).to_bits().hash(&mut hasher);
    }
    hasher.finish()
}

impl DistinctRows {
    /// Of X (n×d), which is handed back as it is if all its rows differ.
    pub(crate) fn of(x: Array2<f64>) -> Self {
        let (kept, counts) = first_appearances(x.view());
        let rows = if kept.len() == x.nrows() {
            x
        } else {
            x.select(Axis(0), &kept)
        };
        DistinctRows { rows, counts }
    }

    /// n.
    pub(crate) fn total(&self) -> usize {
        self.counts.iter().sum()
    }

    /// Some row stands there more than once.
    pub(crate) fn has_repeats(&self) -> bool {
        self.counts.iter().any(|count| *count > 1)
    }
}

/// The first place of each distinct row, and its number.
fn first_appearances(x: ArrayView2<'_, f64>) -> (Vec<usize>, Vec<usize>) {
    // Rows of one hash are compared, so that a collision is no duplicate.
    let mut places: HashMap<u64, Vec<usize>> = HashMap::new();
    let (mut kept, mut counts): (Vec<usize>, Vec<usize>) = (vec![], vec![]);
    for (i, row) in x.rows().into_iter().enumerate() {
        let same = places.entry(hashed(row)).or_default();
        match same.iter().find(|&&k| x.row(kept[k]) == row) {
            Some(&k) => counts[k] += 1,
            None => {
                same.push(kept.len());
                kept.push(i);
                counts.push(1);
            }
        }
    }
    (kept, counts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn equal_rows_are_counted_once() {
        let x = array![[1.0, 0.0], [2.0, 3.0], [1.0, -0.0], [2.0, 3.5], [1.0, 0.0]];
        let found = DistinctRows::of(x.clone());
        assert_eq!(found.rows, array![[1.0, 0.0], [2.0, 3.0], [2.0, 3.5]]);
        assert_eq!(found.counts, [3, 1, 1]);
        assert!(found.has_repeats() && found.total() == 5);
        let all = DistinctRows::of(x.select(Axis(0), &[0, 1, 3]));
        assert!(!all.has_repeats());
    }
}
