//! Data of one's own: rows of a file, of which each sample draws some, and their covariance.

use super::drawn::DrawError;
use super::model::{Data, Model};
use super::size::four_up_to;
use crate::linalg::{gram, symmetric_eigen};
use crate::numbers::most;
use ndarray::{Array2, Axis, s};
use rand::{Rng, RngExt};
use std::sync::Arc;

/// Rows of a file, their mean taken off.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows(Arc<Array2<f64>>);

/// The largest entry, and one over the smallest: products of eight are numbers.
const LARGEST: f64 = 1e37;

impl Rows {
    /// The rows of a matrix, centred; `None` for fewer than two, a number that is not finite or whose fourth power is none, or where
    /// no column varies by more than that.
    pub fn of(mut matrix: Array2<f64>) -> Option<Self> {
        let is_large = |x: &f64| x.is_nan() || x.abs() > LARGEST;
        if matrix.nrows() < 2 || matrix.ncols() == 0 || matrix.iter().any(is_large) {
            return None;
        }
        let mean = matrix.sum_axis(Axis(0)) / matrix.nrows() as f64;
        matrix -= &mean;
        // What is left of a constant is the rounding of its mean.
        let rows = matrix.nrows() as f64;
        for (mut column, mean) in matrix.columns_mut().into_iter().zip(&mean) {
            let largest = most(column.iter().map(|x| x.abs()));
            if largest <= rows * f64::EPSILON * mean.abs() {
                column.fill(0.0);
            }
        }
        let varies = matrix.iter().any(|x| x.abs() >= 1.0 / LARGEST);
        varies.then(|| Rows(Arc::new(matrix)))
    }

    /// Rows and columns.
    pub fn dim(&self) -> (usize, usize) {
        self.0.dim()
    }

    /// The covariance of the first d columns, and its root.
    pub(super) fn covariance(&self, d: usize) -> Result<(Array2<f64>, Array2<f64>), DrawError> {
        let (rows, columns) = self.dim();
        if d > columns {
            return Err(DrawError::Columns { d, columns });
        }
        let matrix = gram(self.0.slice(s![.., ..d]).t()) / rows as f64;
        let eigen = symmetric_eigen(matrix.view())?;
        // The fourth root of each eigenvalue: the root is the Gram matrix of what it scales.
        let quarter = eigen.values.mapv(|x| x.max(0.0).powf(0.25));
        let half = &eigen.vectors * &quarter.insert_axis(Axis(0));
        Ok((matrix, gram(half.view())))
    }

    /// n of the rows, each at most once as long as there are so many, their first d columns.
    pub(super) fn drawn(&self, n: usize, d: usize, rng: &mut impl Rng) -> Array2<f64> {
        let (rows, columns) = self.dim();
        let mut order: Vec<usize> = (0..rows).collect();
        let d = d.min(columns);
        let mut out = Array2::zeros((n, d));
        for (k, mut row) in out.rows_mut().into_iter().enumerate() {
            // Fisher and Yates' shuffle, as far as it is needed; after the last row it begins anew.
            let at = k % rows;
            order.swap(at, rng.random_range(at..rows));
            row.assign(&self.0.slice(s![order[at], ..d]));
        }
        out
    }
}

impl Model {
    /// Whether files have the columns that a value of the free size asks for.
    pub(super) fn has_columns(&self, free: usize) -> bool {
        self.small_file(free, 0).is_none()
    }

    /// Whether they have its rows as well.
    pub(super) fn has_rows(&self, free: usize) -> bool {
        self.small_file(free, self.sizes(free).samples).is_none()
    }

    /// The first data of a file with fewer rows, or fewer columns than a value of the free size asks for; and these columns.
    pub(super) fn small_file(&self, free: usize, samples: usize) -> Option<(&Data, usize)> {
        let sizes = self.sizes(free);
        self.data.iter().find_map(|data| {
            let (rows, columns) = data.rows.as_ref()?.dim();
            let needed = *sizes.spaces.get(data.slots.first()?)?;
            (needed > columns || samples > rows).then_some((data, needed))
        })
    }

    /// Whether samples are rows of a file.
    pub(super) fn has_files(&self) -> bool {
        self.data.iter().any(|data| data.rows.is_some())
    }

    /// A ladder of sizes, or one of as many smaller ones where files have too few columns for it.
    pub(super) fn within_columns(&self, sizes: [usize; 4]) -> Vec<usize> {
        let most = sizes[3];
        let top = (2..=most).take_while(|&free| self.has_columns(free)).last();
        let top = top.unwrap_or(2);
        if top == most {
            return sizes.into();
        }
        four_up_to(top)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_vary_is_no_data() {
        // 0.1 and the mean of 30 of them differ by roundings.
        let constant = |columns| Array2::from_elem((30, columns), 0.1);
        assert!(Rows::of(constant(3)).is_none());
        let mut one = constant(3);
        one[[4, 1]] = 0.2;
        let rows = Rows::of(one).unwrap();
        let (covariance, _) = rows.covariance(3).unwrap();
        assert!(covariance[[1, 1]] > 0.0 && covariance[[0, 0]] == 0.0);
    }

    /// A column of ±x has the mean 0, so that x is what is looked at.
    #[test]
    fn entries_are_up_to_1e37_and_vary_by_its_inverse() {
        let is_taken =
            |x: f64| Rows::of(Array2::from_shape_fn((2, 1), |(k, _)| [x, -x][k])).is_some();
        let least = LARGEST.recip();
        for (x, taken) in [
            (LARGEST, true),
            (LARGEST.next_up(), false),
            (f64::NAN, false),
            (least, true),
            (least.next_down(), false),
        ] {
            assert_eq!(is_taken(x), taken, "{x:e}");
        }
    }
}
