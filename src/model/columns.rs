//! Columns of mean 0 and variance 1, as the laws assume.

use ndarray::{Array2, Axis};

/// A column that has no deviation to divide by.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error(
    "column {column} has no finite variance above 0 to divide by: its standard deviation is \
     {deviation:.1e}, and {rounding:.1e} is the rounding of its mean"
)]
pub struct ConstantColumn {
    /// Which, from 0.
    pub column: usize,
    /// Its standard deviation.
    pub deviation: f64,
    /// What a constant column may have: `nε|mean|`.
    pub rounding: f64,
}

/// Gives each column mean 0 and variance `(1/n) Σ x² = 1`.
///
/// # Errors
/// [`ConstantColumn`]: a deviation within `nε|mean|`, which a constant has where its mean is rounded, or one that is no
/// finite number.
pub fn standardise(x: &mut Array2<f64>) -> Result<(), ConstantColumn> {
    let n = x.nrows() as f64;
    for (column, mut values) in x.axis_iter_mut(Axis(1)).enumerate() {
        // Divided before they are added: a sum of large entries is no f64.
        let mean = values.iter().map(|x| x / n).sum::<f64>();
        values -= mean;
        // What is left of the mean is its rounding.
        let rest = values.iter().map(|x| x / n).sum::<f64>();
        values -= rest;
        let deviation = (values.iter().map(|x| x * (x / n)).sum::<f64>()).sqrt();
        let rounding = n * f64::EPSILON * mean.abs();
        if !(deviation.is_finite() && deviation > rounding) {
            return Err(ConstantColumn {
                column,
                deviation,
                rounding,
            });
        }
        values /= deviation;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Constants of every size, 65 of them: their means round, and none is taken for data.
    #[test]
    fn a_constant_column_is_refused_whatever_its_mean_rounds_to() {
        for k in 0..65 {
            let value = 14.62 * 1.37_f64.powi(k - 32);
            for n in [2, 7, 60, 999] {
                let mut x = Array2::from_elem((n, 2), value);
                x.column_mut(0)[0] += 1.0 + value;
                let refused = standardise(&mut x).unwrap_err();
                assert_eq!(refused.column, 1, "{value} {n}");
            }
        }
        // A column that varies in its last digits only is data.
        let mut x = Array2::from_shape_fn((50, 1), |(i, _)| 14.62 + 1e-12 * (i % 2) as f64);
        standardise(&mut x).unwrap();
        assert!((x.column(0).dot(&x.column(0)) / 50.0 - 1.0).abs() < 1e-12);
        let mut huge = Array2::from_shape_fn((4, 1), |(i, _)| 1e300 * i as f64);
        assert!(standardise(&mut huge).is_err());
    }
}
