//! Data as the laws take them: centred, or standardised, checked, and at a scale whose squares are numbers.

use super::DataError;
use ndarray::{Array2, ArrayView2, ArrayViewMut1, Axis};

/// What is done to the columns first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Preparation {
    /// Nothing: the columns have mean 0 by nature. `N = n`.
    Raw,
    /// Each column's mean is taken away: the covariance matrix. `N = n − 1`.
    #[default]
    Centred,
    /// And each is divided by its standard deviation: the correlation matrix. `N = n − 1`.
    Correlation,
}

/// Prepared data, times a power of two.
pub(super) struct Prepared {
    /// n×p; `S = scale² XᵀX/N`.
    pub x: Array2<f64>,
    /// N.
    pub freedom: usize,
    /// The power of two by which entries were divided.
    pub scale: f64,
}

/// Checks, scales and prepares.
pub(super) fn prepare(
    data: ArrayView2<'_, f64>,
    preparation: Preparation,
) -> Result<Prepared, DataError> {
    let (rows, columns) = data.dim();
    let lost = usize::from(preparation != Preparation::Raw);
    if rows < 2 + lost || columns < 2 {
        let needed = 2 + lost;
        return Err(DataError::Small {
            rows,
            columns,
            needed,
        });
    }
    if let Some(((row, column), &value)) = data.indexed_iter().find(|(_, x)| !x.is_finite()) {
        return Err(DataError::NotFinite { row, column, value });
    }
    let largest = data.iter().fold(0.0f64, |most, x| most.max(x.abs()));
    if largest == 0.0 {
        return Err(DataError::Zero);
    }
    // Squares of numbers near 1 neither overflow nor vanish; a power of two rounds nothing.
    let scale = 2.0f64.powi(largest.log2().floor().clamp(-1000.0, 1000.0) as i32);
    let mut x = data.mapv(|x| x / scale);
    for (column, values) in x.axis_iter_mut(Axis(1)).enumerate() {
        let deviation = prepare_column(values, preparation);
        if let Err(deviation) = deviation {
            let deviation = deviation * scale;
            return Err(DataError::Constant { column, deviation });
        }
    }
    Ok(Prepared {
        x,
        freedom: rows - lost,
        scale: if preparation == Preparation::Correlation {
            1.0
        } else {
            scale
        },
    })
}

/// The error is a standard deviation that rounding alone can leave.
fn prepare_column(mut values: ArrayViewMut1<'_, f64>, preparation: Preparation) -> Result<(), f64> {
    let n = values.len() as f64;
    let mut rounding = 0.0;
    let mut freedom = n;
    if preparation != Preparation::Raw {
        let mean = values.sum() / n;
        values -= mean;
        // What is left of the mean is its rounding.
        let rest = values.sum() / n;
        values -= rest;
        rounding = n * f64::EPSILON * mean.abs();
        freedom -= 1.0;
    }
    let deviation = (values.iter().map(|x| x * x).sum::<f64>() / freedom).sqrt();
    if deviation <= rounding {
        return Err(deviation);
    }
    if preparation == Preparation::Correlation {
        values /= deviation;
    }
    Ok(())
}
