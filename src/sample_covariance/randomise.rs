//! Copies of the data in which nothing but chance makes a component: the null law of the largest eigenvalue.

use super::{DataError, gram};
use crate::model::Streams;
use ndarray::{Array2, ArrayView2};
use rand::RngExt;
use rand::seq::SliceRandom;
use rayon::prelude::*;
use std::ops::ControlFlow;

/// What is done to a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Randomisation {
    /// Each column is shuffled on its own: parallel analysis (Horn 1965, Buja and Eyuboglu 1992). Exact where the columns
    /// are independent, whatever their laws, and the rows alike.
    #[default]
    Permutation,
    /// Each entry has its sign drawn anew (Hong, Sheng and Dobriban 2020): for entries with symmetric laws, whose sizes may
    /// differ from row to row and from column to column, as with heavy-tailed rows.
    Signs,
}

/// How the data compare with their copies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Copies {
    /// Copies drawn.
    pub drawn: usize,
    /// Those whose largest eigenvalue is at least that of the data.
    pub exceeding: usize,
    /// `(exceeding + 1)/(copies + 1)`; a lower bound where the test ended early because it cannot reject any more.
    pub p_value: f64,
    /// The share of copies whose rows differ as much in length as those of the data, likewise: small where rows have scales
    /// of their own, for which Marchenko and Pastur's law does not hold. `None` for [`Randomisation::Signs`].
    pub rows_p_value: Option<f64>,
}

/// What is tested, and how.
pub(super) struct Test<'a> {
    /// p×n, in standard layout: the columns of the data are contiguous.
    pub columns: ArrayView2<'a, f64>,
    pub freedom: usize,
    pub centred: bool,
    pub randomisation: Randomisation,
    pub copies: usize,
    pub level: f64,
    pub streams: Streams,
}

/// Copies drawn between two looks at the count; the same for any number of threads.
const BATCH: usize = 8;

/// The mean square by which the squared lengths of the rows differ, up to a factor.
fn spread(columns: ArrayView2<'_, f64>) -> f64 {
    let mut squares = vec![0.0; columns.ncols()];
    for column in columns.rows() {
        for (square, x) in squares.iter_mut().zip(column) {
            *square += x * x;
        }
    }
    let mean = squares.iter().sum::<f64>() / squares.len() as f64;
    squares.iter().map(|x| (x - mean).powi(2)).sum()
}

impl Test<'_> {
    fn copy(&self, index: usize) -> Array2<f64> {
        let mut rng = self.streams.stream(index as u64);
        let mut copy = self.columns.to_owned();
        for mut column in copy.rows_mut() {
            match self.randomisation {
                Randomisation::Permutation => {
                    if let Some(values) = column.as_slice_mut() {
                        values.shuffle(&mut rng);
                    }
                }
                Randomisation::Signs => {
                    column.mapv_inplace(|x| if rng.random::<bool>() { x } else { -x });
                    if self.centred {
                        let mean = column.sum() / column.len() as f64;
                        column -= mean;
                    }
                }
            }
        }
        copy
    }

    /// Compares `largest`, the data's largest eigenvalue, with `factor` times that of each copy.
    pub(super) fn run(
        &self,
        largest: f64,
        factor: f64,
        watch: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<Copies, DataError> {
        let own = spread(self.columns);
        let allowed = (self.level * (self.copies + 1) as f64 * (1.0 + 1e-12)).floor() as usize;
        let (mut drawn, mut exceeding, mut uneven) = (0, 0, 0);
        while drawn < self.copies {
            if watch().is_break() {
                return Err(DataError::Stopped);
            }
            let batch = drawn..self.copies.min(drawn + BATCH);
            drawn = batch.end;
            let each = batch.into_par_iter().map(|index| {
                let copy = self.copy(index);
                let value = gram::largest(gram::smaller(copy.view(), self.freedom)?.view())?;
                Ok((factor * value, spread(copy.view())))
            });
            let each: Result<Vec<(f64, f64)>, DataError> = each.collect();
            for (value, spread) in each? {
                exceeding += usize::from(value >= largest);
                uneven += usize::from(spread >= own);
            }
            // Rejected are at most `allowed` of copies and data together.
            if exceeding + 1 > allowed {
                break;
            }
        }
        let rows = (uneven + 1) as f64 / (drawn + 1) as f64;
        Ok(Copies {
            drawn,
            exceeding,
            p_value: (exceeding + 1) as f64 / (self.copies + 1) as f64,
            rows_p_value: (self.randomisation == Randomisation::Permutation).then_some(rows),
        })
    }
}
