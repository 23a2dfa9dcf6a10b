//! The self-consistent equation `m = 1/(−z + (1/pd)⟨𝒬, (ℐ + γ₁m𝒬)⁻¹⟩)`.
//!
//! Slide 'Superoperator computation'. It is the Marchenko–Pastur map of the law of 𝒬, so that one solver
//! serves finite sizes and the limit: the law comes as its [`Response`] I(t).

use super::DysonError;
use crate::measure::{MpMapError, MpMapPoint, RatioError, Response, marchenko_pastur_map};
use num_complex::Complex64;
use std::f64::consts::PI;

/// `m(z) = 1/(−z + I(γ₁m))`, with its residual and the Newton steps taken.
///
/// # Errors
/// [`DysonError::Scalar`]: `gamma_1` not a positive number, z not finite or below the real axis, no convergence, or a
/// response without a value.
pub fn solve(gamma_1: f64, q: &dyn Response, z: Complex64) -> Result<MpMapPoint, DysonError> {
    Ok(marchenko_pastur_map(gamma_1, q, z, None)?)
}

/// `m(x + iη)` along ascending or descending x, each point started from its neighbour.
///
/// # Errors
/// As [`solve`].
pub fn along(
    gamma_1: f64,
    q: &dyn Response,
    xs: &[f64],
    eta: f64,
) -> Result<Vec<MpMapPoint>, DysonError> {
    let mut start = None;
    xs.iter()
        .map(|&x| {
            let point = marchenko_pastur_map(gamma_1, q, Complex64::new(x, eta), start)?;
            start = Some(point.m);
            Ok(point)
        })
        .collect()
}

/// The density `Im m(x + i0)/π` of the absolutely continuous part at ascending x > 0.
///
/// # Errors
/// As [`solve`].
pub fn density(gamma_1: f64, q: &dyn Response, xs: &[f64]) -> Result<Vec<f64>, DysonError> {
    let points = along(gamma_1, q, xs, 0.0)?;
    Ok(points.iter().map(|point| point.m.im / PI).collect())
}

/// The mass of the law at 0, `max(0, 1 − (1 − law(𝒬){0})/γ₁)`: what is left of the n eigenvalues by the rank of 𝒬.
///
/// # Errors
/// `gamma_1` not a positive number.
pub fn mass_at_zero(gamma_1: f64, q: &dyn Response) -> Result<f64, DysonError> {
    RatioError::check("gamma", gamma_1).map_err(MpMapError::from)?;
    Ok((1.0 - (1.0 - q.mass_at_zero()) / gamma_1).max(0.0))
}
