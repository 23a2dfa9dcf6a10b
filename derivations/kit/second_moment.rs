//! Second moments of laws of 𝒬, with bounds of their errors.

use super::common::UNIT;
use num_complex::Complex64;
use tensor_dyson::ledger::CheckError;
use tensor_dyson::measure::{Atoms, Response, WeightedCovariance};

/// `∫ x² dλ = −I′(0)`.
pub(crate) fn second_moment(law: &dyn Response) -> Result<f64, CheckError> {
    Ok(-law.response(Complex64::ZERO)?.derivative.re)
}

/// `∫ x²` of a limit law with a bound of its error: the distance of −I′(0) from a central difference, and what
/// that may be off by, the stated errors of the values over h and `h² ∫ x⁴/(1 − (hx)²) ≤ 2h² S³ ∫ x` for a
/// support below S.
pub(crate) fn bounded_second_moment(law: &WeightedCovariance) -> Result<(f64, f64), CheckError> {
    let (top, mean) = (law.support_bound(), law.mean());
    // Here rounding over h and h² are of one size, and hS < ½ by far.
    let h = UNIT.cbrt() / top;
    let at = |t: f64| -> Result<(f64, f64), CheckError> {
        let (jet, error) = law.response_with_error(t.into())?;
        Ok((jet.value.re, error.unwrap_or(f64::NAN)))
    };
    let ((above, error_above), (below, error_below)) = (at(h)?, at(-h)?);
    let moment = second_moment(law)?;
    let apart = (moment + (above - below) / (2.0 * h)).abs();
    let off = (error_above + error_below) / (2.0 * h) + 2.0 * h * h * top.powi(3) * mean;
    Ok((moment, apart + off))
}

/// `∫ x²` of `law(α²-part) ⊞ cν`, the second moments and twice the product of the means, with a bound of its error.
pub(crate) fn free_sum_second_moment(
    gamma_2: f64,
    alpha: f64,
    shift: f64,
    nu: &Atoms,
) -> Result<(f64, f64), CheckError> {
    let part = WeightedCovariance::new(gamma_2, alpha, alpha.abs(), 0.0, nu.clone())?;
    let (second, bound) = bounded_second_moment(&part)?;
    let rest = 2.0 * part.mean() * shift * nu.mean() + shift * shift * second_moment(nu)?;
    // A sum over the atoms of ν rounds once a term.
    Ok((
        second + rest,
        bound + 2.0 * nu.at().len() as f64 * UNIT * rest,
    ))
}
