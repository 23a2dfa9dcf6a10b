//! How far a value of the Marchenko–Pastur map is from the exact one.

use num_complex::Complex64;

use crate::measure::response::{Response, ResponseError};

/// A bound of `|m − exact|` for a value m of [`marchenko_pastur_map`](super::marchenko_pastur_map) with `Im m > 0`, from the residual and the
/// error that the response states; `None` where it states none, or where the theorem does not apply.
///
/// Newton and Kantorovich: for `F(m) = −1/m + I(γm) − z` with `|F(m)| ≤ r`, `1/|F′(m)| ≤ β` and `|F″| ≤ K` on the disc
/// of radius ρ, a root lies within `2βr` if `2β²rK ≤ 1` and `2βr ≤ ρ`; with `ρ ≤ Im m/2` it is the one with
/// `Im m > 0`. There `|I″| ≤ 16 B/Im t`, `B = ∫ x² dν/|1+tx|² = −Im I/Im t`, `t = γm`. The error of I′(t), which no
/// response states, is bounded by that of a central difference.
///
/// # Errors
/// As the response.
pub fn mp_map_bound(
    gamma: f64,
    nu: &dyn Response,
    z: Complex64,
    m: Complex64,
) -> Result<Option<f64>, ResponseError> {
    let t = gamma * m;
    let (jet, error) = nu.response_with_error(t)?;
    let Some(error) = error.filter(|_| m.im > 0.0) else {
        return Ok(None);
    };
    let rounding = 4.0 * f64::EPSILON * (m.norm().recip() + jet.value.norm() + z.norm());
    // t itself is rounded.
    let moved = f64::EPSILON * t.norm() * jet.derivative.norm();
    let residual = (jet.value - m.inv() - z).norm() + error + rounding + moved;
    let spread = (jet.value.im.abs() + error) / t.im;
    let radius = 0.5 * m.im.min(m.norm());
    let second = 16.0 / m.norm().powi(3) + gamma * gamma * 16.0 * spread / t.im;
    let Some(off) = derivative_error(nu, t, jet.derivative, spread, error)? else {
        return Ok(None);
    };
    let slope = ((m * m).inv() + gamma * jet.derivative).norm() - gamma * off;
    let bound = 2.0 * residual / slope;
    let applies = slope > 0.0 && bound * second <= slope && bound <= radius;
    Ok(applies.then_some(bound))
}

/// A bound of `|I′(t) − derivative|`: its distance from `(I(t+h) − I(t−h))/2h`, and what that may be off by itself,
/// the errors of the two values and `h²|I‴|/6`. Within `Im t/2` of t, `|x/(1+tx)| ≤ 2/Im t` and `|1+tx|` falls by a
/// half at most, so that `|I‴|/6 = |∫ x⁴/(1+tx)⁴| ≤ 16 B/(Im t)²` there.
fn derivative_error(
    nu: &dyn Response,
    t: Complex64,
    derivative: Complex64,
    spread: f64,
    error: f64,
) -> Result<Option<f64>, ResponseError> {
    let curvature = 16.0 * spread / (t.im * t.im);
    // Where the two errors, of the values and of the difference, are of one size.
    let h = (error.max(f64::EPSILON * spread * t.im) / curvature)
        .cbrt()
        .min(0.5 * t.im);
    let (above, error_above) = nu.response_with_error(t + h)?;
    let (below, error_below) = nu.response_with_error(t - h)?;
    let (Some(error_above), Some(error_below)) = (error_above, error_below) else {
        return Ok(None);
    };
    let difference = (above.value - below.value) / (2.0 * h);
    // t ± h are rounded too.
    let rounded = f64::EPSILON * (t.norm() * derivative.norm() + above.value.norm());
    let values = 0.5 * (error_above + error_below) + rounded;
    Ok(Some(
        (difference - derivative).norm() + values / h + curvature * h * h,
    ))
}
