//! Arrays of weights as they are drawn.

use crate::linalg::{LinalgError, gram};
use crate::model::{EntryLaw, haar_orthogonal};
use ndarray::{Array, Array1, Array2, ArrayD, Axis, Dimension, IntoDimension, IxDyn};
use rand::Rng;

/// Independent entries.
pub(super) fn entries(law: EntryLaw, shape: &[usize], rng: &mut impl Rng) -> ArrayD<f64> {
    let rows = shape.first().copied().unwrap_or(1);
    let columns = shape.iter().skip(1).product();
    shaped(law.matrix(rows, columns, rng), IxDyn(shape))
}

/// The same entries in another shape.
///
/// # Panics
/// If they are not as many, which is an error of the program.
pub(super) fn shaped<D: Dimension, E: IntoDimension>(
    array: Array<f64, D>,
    shape: E,
) -> Array<f64, E::Dim> {
    let (given, shape) = (array.shape().to_vec(), shape.into_dimension());
    let asked = shape.slice().to_vec();
    array
        .into_shape_with_order(shape)
        .unwrap_or_else(|_| panic!("an array of shape {given:?} where {asked:?} is needed"))
}

/// A matrix with equidistant eigenvalues in a Haar-distributed basis, and its root.
pub(super) fn covariance(
    d: usize,
    low: f64,
    high: f64,
    rng: &mut impl Rng,
) -> Result<(Array2<f64>, Array2<f64>), LinalgError> {
    let basis = haar_orthogonal(d, rng)?;
    let step = if d > 1 {
        (high - low) / (d - 1) as f64
    } else {
        0.0
    };
    let values = Array1::from_shape_fn(d, |k| low + step * k as f64);
    let with = |power: f64| {
        let half = &basis * &values.mapv(|x| x.powf(power / 2.0)).insert_axis(Axis(0));
        gram(half.view())
    };
    Ok((with(1.0), with(0.5)))
}
