//! The Marchenko–Pastur map of a law that is known through its response alone: values without bounds.

use num_complex::Complex64;

use super::equation::{Equation, Step};
use super::{mp_map, solver};
use crate::measure::RatioError;
use crate::measure::law::LawError;
use crate::measure::law::local::LawJet;
use crate::measure::law::transform::{Last, Memory};
use crate::measure::response::{Response, ResponseError};

/// The Stieltjes transform at one point, and how it was reached.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MpMapPoint {
    /// `m(z)`.
    pub m: Complex64,
    /// `|m − 1/(−z + I(γ m))| / |m|`.
    pub residual: f64,
    /// Newton steps taken in total for this point.
    pub steps: usize,
}

/// The iteration stopped before the relative residual fell to `1e-12`.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error(
    "the Marchenko–Pastur map at z = {z} stopped at relative residual {residual:e} after {steps} Newton steps"
)]
pub struct NotConverged {
    /// The point asked for.
    pub z: Complex64,
    /// Relative residual where it stopped.
    pub residual: f64,
    /// Newton steps taken.
    pub steps: usize,
}

/// Why the Marchenko–Pastur map has no value.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum MpMapError {
    /// γ is not a positive number.
    #[error(transparent)]
    Ratio(#[from] RatioError),
    /// z is not finite, lies below the real axis, or on an atom.
    #[error("z is {z}: it must be finite, with Im z at least 0, and not the place of an atom")]
    Point {
        /// Its value.
        z: Complex64,
    },
    /// No root was found.
    #[error(transparent)]
    NotConverged(#[from] NotConverged),
    /// The response of ν could not be evaluated.
    #[error(transparent)]
    Response(#[from] ResponseError),
}

/// Largest relative residual that is accepted.
const RESIDUAL: f64 = 1e-12;
/// `m(z)` of the Marchenko–Pastur map of ν with ratio `gamma = n/d`, for `Im z ≥ 0` (on the real
/// axis: the limit from above): the Stieltjes transform of the limit law of `(1/d) X D Xᵀ`, X n×d with independent entries
/// of variance 1, D d×d of law ν on the long side, which is the solution with `Im m > 0` of
///
/// ```math
/// m = 1/(−z + I(γ m)),   I(t) = ∫ x dν(x)/(1 + t x)
/// ```
///
/// (Marchenko and Pastur 1967; Silverstein and Bai 1995). Slide 'Limiting distribution'.
///
/// `start`, the value at a point nearby, saves most of the steps; without it the point is reached
/// from far above. A start is no more than that: it never decides which root is found.
///
/// It is solved as [`Law::mp_map`](crate::measure::Law::mp_map) is, for a law ν that is known through its response alone. The value
/// comes with its residual; a proved bound of its error comes with every value of `Law::mp_map`.
///
/// # Errors
/// [`MpMapError`]: `gamma` or `z` refused, or no root with `Im m > 0` and relative residual `1e-12`.
///
/// ```
/// use num_complex::Complex64;
/// use tensor_dyson::measure::{Atoms, MarchenkoPastur, marchenko_pastur_map};
///
/// let z = Complex64::new(1.0, 1e-8);
/// let one = Atoms::new(vec![1.0], vec![1.0])?;
/// let point = marchenko_pastur_map(0.5, &one, z, None)?;
/// let exact = MarchenkoPastur::new(0.5)?.stieltjes(z);
/// assert!((point.m - exact).norm() < 1e-14);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn marchenko_pastur_map(
    gamma: f64,
    nu: &dyn Response,
    z: Complex64,
    start: Option<Complex64>,
) -> Result<MpMapPoint, MpMapError> {
    RatioError::check("gamma", gamma)?;
    let at_atom = z.norm() == 0.0 && 1.0 - (1.0 - nu.mass_at_zero()) / gamma > 0.0;
    if !(z.is_finite() && z.im >= 0.0) || at_atom {
        return Err(MpMapError::Point { z });
    }
    let map = OfResponse { gamma, nu };
    let mut memory = Memory::default();
    memory.last = start.filter(|m| m.is_finite() && m.im > 0.0).map(|m| Last {
        z,
        omega: -(gamma * m).inv(),
        slope: Complex64::ZERO,
    });
    // −0 would put the real axis under the cut.
    let z = Complex64::new(z.re + 0.0, z.im + 0.0);
    let (jet, steps) = solver::counted(&map, z, &mut memory).map_err(|error| map.refused(error))?;
    let m = jet.s;
    let response = nu.response(gamma * m)?.value;
    let residual = (m - (response - z).inv()).norm() / m.norm();
    // NaN is refused too.
    if residual <= RESIDUAL {
        return Ok(MpMapPoint { m, residual, steps });
    }
    Err(NotConverged { z, residual, steps }.into())
}

struct OfResponse<'a> {
    gamma: f64,
    nu: &'a dyn Response,
}

impl OfResponse<'_> {
    fn nu(&self, u: Complex64) -> Result<LawJet, LawError> {
        let mut response = self.nu.response(-u.inv())?;
        if u.im == 0.0 {
            response.value.im = 0.0;
            response.derivative.im = 0.0;
        }
        Ok(LawJet::from_response(
            u,
            [response.value, response.derivative],
        ))
    }

    /// Of the errors of a law those that a search without bounds has.
    fn refused(&self, error: LawError) -> MpMapError {
        match error {
            LawError::Response(error) => error.into(),
            LawError::NotConverged { z, change, steps } => NotConverged {
                z,
                residual: change,
                steps,
            }
            .into(),
            _ => unreachable!("a search without bounds fails in its steps or its responses"),
        }
    }
}

impl Equation for OfResponse<'_> {
    const PARTS: usize = 0;

    fn step(&self, z: Complex64, u: Complex64, _: &mut [Memory]) -> Result<Step, LawError> {
        Ok(mp_map::step(self.gamma, z, &self.nu(u)?))
    }

    fn jet(&self, z: Complex64, u: Complex64, _: &mut [Memory]) -> Result<LawJet, LawError> {
        Ok(mp_map::value_at(self.gamma, z, &self.nu(u)?))
    }

    fn far(&self, z: Complex64) -> Complex64 {
        z / self.gamma
    }

    fn height(&self) -> f64 {
        4.0 * (1.0 + self.gamma) * self.nu.support_bound()
    }
}

#[cfg(test)]
mod tests;
