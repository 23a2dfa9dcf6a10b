//! Ridge regression measured on samples: train, predict at new rows, compare.

use crate::kit::draw::{Rows, rows};
use ndarray::{Array2, Axis};
use rand::Rng;
use tensor_dyson::covariance::ExactCovariance;
use tensor_dyson::ledger::CheckError;
use tensor_dyson::linalg::{product, symmetric_eigen};
use tensor_dyson::model::{Activation, EntryLaw};

/// New rows of a test.
const TESTS: usize = 600;

/// Points from `low` to `high` for a line on a logarithmic axis.
pub(crate) fn log_grid(low: f64, high: f64) -> Vec<f64> {
    let share = |k: u32| f64::from(k) / 80.0;
    (0..=80)
        .map(|k| low * (high / low).powf(share(k)))
        .collect()
}

/// `ω/√(pd)` of every row of X, as rows.
pub(crate) fn features(
    exact: &ExactCovariance,
    activation: &Activation,
    x: &Array2<f64>,
) -> Array2<f64> {
    let (d, p) = exact.shape();
    let mut u = product(x.view(), exact.first_layer());
    u.mapv_inplace(|u| activation.phi(u));
    let f = u * exact.weights();
    let scale = ((d * p) as f64).sqrt().recip();
    Array2::from_shape_fn((x.nrows(), d * p), |(i, k)| {
        x[[i, k / p]] * f[[i, k % p]] * scale
    })
}

/// The mean square of `y − f̂(x)` at new rows, over the teachers (columns θ⋆), `y = ⟨θ⋆, ω⟩/√(pd) + ε`, for
/// the ridge estimator from n rows. The noise of the new labels enters by its variance.
pub(crate) fn test_error(
    exact: &ExactCovariance,
    activation: &Activation,
    kind: Rows,
    n: usize,
    ridge: f64,
    noise: f64,
    teachers: &Array2<f64>,
    rng: &mut impl Rng,
) -> Result<f64, CheckError> {
    let d = exact.shape().0;
    let train = features(exact, activation, &rows(kind, n, d, rng));
    let test = features(exact, activation, &rows(kind, TESTS, d, rng));
    let labels = product(train.view(), teachers.view())
        + EntryLaw::Gaussian.matrix(n, teachers.ncols(), rng) * noise.sqrt();
    let estimate = ridge_estimate(&train, &labels, ridge)?;
    let gaps = product(test.view(), (teachers - &estimate).view());
    Ok(gaps.iter().map(|x| x * x).sum::<f64>() / gaps.len() as f64 + noise)
}

/// `(ΨᵀΨ + λ)⁻¹Ψᵀy` through the smaller Gram matrix.
pub(crate) fn ridge_estimate(
    psi: &Array2<f64>,
    y: &Array2<f64>,
    ridge: f64,
) -> Result<Array2<f64>, CheckError> {
    let (n, features) = psi.dim();
    let wide = n < features;
    let gram = if wide {
        product(psi.view(), psi.t())
    } else {
        product(psi.t(), psi.view())
    };
    let eigen = symmetric_eigen(gram.view())?;
    let inverse = eigen.values.mapv(|x| (x.max(0.0) + ridge).recip());
    let right = if wide {
        y.clone()
    } else {
        product(psi.t(), y.view())
    };
    let rotated = product(eigen.vectors.t(), right.view()) * &inverse.insert_axis(Axis(1));
    let solved = product(eigen.vectors.view(), rotated.view());
    Ok(if wide {
        product(psi.t(), solved.view())
    } else {
        solved
    })
}

/// A regression task whose test error is an exact mean, given the training rows: over the coefficients β ~ N(0, 1) of the
/// target, over the noise and over the new row.
pub(crate) struct Task {
    /// `θ⋆ = target · β`, features × coefficients: what the labels are in the features, as far as they are.
    pub target: Array2<f64>,
    /// `E ωωᵀ` of the features `ω/√N` before their division by √N.
    pub moment: Array2<f64>,
    /// The second moment of the part of the labels that the features do not reach.
    pub rest: f64,
    /// The variance of the noise.
    pub noise: f64,
    /// λ.
    pub ridge: f64,
}

impl Task {
    /// `E (y − f̂)²` for the features Ψ (n × N) of the training rows and their labels before noise, `labels · β`.
    pub(crate) fn error(&self, psi: &Array2<f64>, labels: &Array2<f64>) -> Result<f64, CheckError> {
        let estimator = ridge_estimate(psi, &Array2::eye(psi.nrows()), self.ridge)?;
        let gap = product(estimator.view(), labels.view()) - &self.target;
        let size = psi.ncols() as f64;
        let mean_square =
            |a: &Array2<f64>| (a * &product(self.moment.view(), a.view())).sum() / size;
        Ok(mean_square(&gap) + self.rest + self.noise * (1.0 + mean_square(&estimator)))
    }
}

/// The root mean square of `log(measured/predicted)` over such pairs.
pub(crate) fn log_gap(pairs: impl Iterator<Item = (f64, f64)>) -> f64 {
    let (mut sum, mut count) = (0.0, 0.0);
    for (measured, predicted) in pairs {
        sum += (measured / predicted).ln().powi(2);
        count += 1.0;
    }
    let mean: f64 = sum / count;
    mean.sqrt()
}
