//! The Marchenko–Pastur map: the law of `(1/d) X D Xᵀ` from the law ν of `D`.
//!
//! The unknown here is `ω = −1/m`, in which the equation is a small change of the identity both far
//! away and near an atom at 0: `z = ω + I(−γ/ω)`. For `Im z > 0` the root with `Im ω > 0` is unique
//! (Silverstein and Bai 1995, section 5): whatever path led to it, it is the answer. On the real
//! axis outside the support ω is real and `dz/dω > 0` (Silverstein and Choi 1995, theorem 4.1).

use num_complex::Complex64;

use crate::measure::response::{Response, ResponseError};

mod bound;

pub use bound::mp_map_bound;

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
    #[error("gamma is {gamma}: it must be a finite number above 0")]
    Gamma {
        /// Its value.
        gamma: f64,
    },
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
/// Newton steps after which a point is given up.
const STEPS: usize = 500;
/// Newton steps without a detour.
const DIRECT_STEPS: usize = 40;

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
/// The value comes with its residual and without a bound of its error: [`mp_map_bound`] finds one for it, and
/// [`Law::mp_map`](crate::measure::Law::mp_map) has one with every value.
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
    if !(gamma.is_finite() && gamma > 0.0) {
        return Err(MpMapError::Gamma { gamma });
    }
    if !(z.is_finite() && z.im >= 0.0) {
        return Err(MpMapError::Point { z });
    }
    let mass_at_zero = 1.0 - (1.0 - nu.mass_at_zero()) / gamma;
    if z.norm() == 0.0 && mass_at_zero > 0.0 {
        return Err(MpMapError::Point { z });
    }
    let mut search = Search {
        gamma,
        nu,
        z,
        steps: 0,
        residual: f64::INFINITY,
        refused: None,
    };
    if let Some(near) = start.filter(|m| m.is_finite() && m.im > 0.0) {
        let omega = -near.inv();
        if let Some(root) = search.direct(omega).or_else(|| search.around(omega)) {
            return Ok(search.point(root));
        }
    }
    // So far up the map is the identity but for the mean.
    let height = 4.0 * (1.0 + gamma) * nu.support_bound() + z.norm() + 1.0;
    let above = Complex64::new(z.re - nu.mean(), height);
    if let Some(root) = search.around(above) {
        return Ok(search.point(root));
    }
    match search.refused {
        Some(refused) => Err(refused.into()),
        None => Err(NotConverged {
            z,
            residual: search.residual,
            steps: search.steps,
        }
        .into()),
    }
}

struct Search<'a> {
    gamma: f64,
    nu: &'a dyn Response,
    z: Complex64,
    steps: usize,
    /// The smallest relative residual seen.
    residual: f64,
    /// The last response that could not be evaluated: a step may wander where none is needed.
    refused: Option<ResponseError>,
}

/// `z(ω)`, its derivative, and the size of the terms that were added.
struct Inverse {
    z: Complex64,
    derivative: Complex64,
    size: f64,
}

impl Search<'_> {
    fn inverse(&mut self, omega: Complex64) -> Option<Inverse> {
        self.steps += 1;
        let m = -omega.inv();
        let response = self
            .nu
            .response(self.gamma * m)
            .map_err(|refused| self.refused = Some(refused))
            .ok()?;
        Some(Inverse {
            z: omega + response.value,
            derivative: 1.0 + self.gamma * m * m * response.derivative,
            size: omega.norm() + response.value.norm(),
        })
    }

    fn point(&self, omega: Complex64) -> MpMapPoint {
        MpMapPoint {
            m: -omega.inv(),
            residual: self.residual,
            steps: self.steps,
        }
    }

    /// Newton's method straight at z; the root it ends at, if it is the one.
    fn direct(&mut self, start: Complex64) -> Option<Complex64> {
        let mut omega = start;
        let mut best = (f64::INFINITY, start);
        let mut worse = 0;
        let mut last: Option<(Complex64, Complex64)> = None;
        for _ in 0..DIRECT_STEPS {
            let Some(at) = self.inverse(omega) else { break };
            let gap = self.z - at.z;
            let residual = gap.norm() / omega.norm();
            if !residual.is_finite() {
                break;
            }
            if residual < best.0 {
                worse = if residual > 0.5 * best.0 {
                    worse + 1
                } else {
                    0
                };
                best = (residual, omega);
            } else {
                worse += 1;
            }
            let rounding = f64::EPSILON * (at.size + self.z.norm()) / omega.norm();
            if residual <= rounding || worse > 2 {
                break;
            }
            let bend = last.map(|(omega_before, derivative)| {
                (at.derivative - derivative) / (omega - omega_before)
            });
            last = Some((omega, at.derivative));
            let next = omega + gap / at.derivative;
            omega = if self.z.im > 0.0 {
                let folded = bend.and_then(|bend| over_the_fold(omega, gap, at.derivative, bend));
                // Close to the axis a step overshoots it; any point above will do, the root is unique.
                folded.unwrap_or(match next.im > 0.0 {
                    true => next,
                    false => Complex64::new(next.re, 0.1 * omega.im),
                })
            } else {
                next
            };
        }
        self.residual = self.residual.min(best.0);
        if best.0 > RESIDUAL {
            return if self.z.im == 0.0 {
                self.outside_support(best.1.re)
            } else {
                None
            };
        }
        if self.z.im == 0.0 && best.1.im.abs() <= 1e-7 * best.1.norm() {
            if let Some(root) = self.outside_support(best.1.re) {
                return Some(root);
            }
            // A real root at which z decreases, with what an iteration left of Im ω. Inside the support, next to an edge, z′ at
            // Re ω is of the size of (Im ω)².
            if let Some(at) = self.inverse(Complex64::from(best.1.re))
                && at.derivative.re.abs() > best.1.im / best.1.norm()
            {
                return None;
            }
        }
        (best.1.im > 0.0).then_some(best.1)
    }

    /// Newton's method on the real axis, where `dz/dω > 0` marks the complement of the support.
    fn outside_support(&mut self, start: f64) -> Option<Complex64> {
        let mut omega = Complex64::new(start, 0.0);
        for _ in 0..DIRECT_STEPS {
            let at = self.inverse(omega)?;
            let gap = self.z.re - at.z.re;
            let rounding = f64::EPSILON * (at.size + self.z.norm());
            if !gap.is_finite() || at.derivative.re.is_nan() || at.derivative.re <= 0.0 {
                return None;
            }
            if gap.abs() <= 4.0 * rounding {
                self.residual = gap.abs() / omega.norm();
                return Some(omega);
            }
            omega.re += gap / at.derivative.re;
        }
        None
    }

    /// Up from the point that `start` is exact for, across, and down to z.
    fn around(&mut self, start: Complex64) -> Option<Complex64> {
        let from = self.inverse(start)?.z;
        if !(from.is_finite() && from.im > 0.0) {
            return None;
        }
        let mut height = (from - self.z).norm().max(from.im).max(2.0 * self.z.im);
        // From a point that is almost real the way up is in tiny strides: the one from far above is shorter.
        if start.im < 0.1 * height {
            return None;
        }
        let mut omega = start;
        let floor = (1e-3 * self.z.im).max(1e-14 * (1.0 + self.z.norm()));
        loop {
            let above = self.z + Complex64::new(0.0, height);
            omega = self.homotopy(omega, above)?;
            if let Some(root) = self.direct(omega) {
                return Some(root);
            }
            if height < floor || self.steps > STEPS {
                return None;
            }
            height /= 8.0;
        }
    }

    /// Follows `z(ω)` along the segment to `target` in the upper half plane, where the inverse
    /// function is univalent; ends within an eighth of `Im target` of it.
    fn homotopy(&mut self, start: Complex64, target: Complex64) -> Option<Complex64> {
        let mut omega = start;
        let mut at = self.inverse(omega)?;
        let mut share = 1.0;
        while (at.z - target).norm() > target.im / 8.0 {
            if self.steps > STEPS || share < 1e-9 {
                return None;
            }
            let stride = share * (target - at.z);
            let next = omega + stride / at.derivative;
            // NaN is refused by each comparison.
            let reached = self.inverse(next).filter(|reached| {
                let miss = (reached.z - at.z - stride).norm();
                next.im > 0.0 && reached.z.im > 0.0 && miss <= 0.5 * stride.norm()
            });
            match reached {
                Some(reached) => {
                    omega = next;
                    at = reached;
                    share = (2.0 * share).min(1.0);
                }
                None => share *= 0.25,
            }
        }
        Some(omega)
    }
}

/// The root of `z′h + ½z″h² = gap` nearest to ω that is in the upper half plane. At an edge of the support `z(ω)` folds,
/// and a tangent points the wrong way or only halves the distance; z″ costs nothing from the last two derivatives.
fn over_the_fold(
    omega: Complex64,
    gap: Complex64,
    derivative: Complex64,
    bend: Complex64,
) -> Option<Complex64> {
    let root = (derivative * derivative + 2.0 * bend * gap).sqrt();
    // Each root as 2 gap/(z′ ± √…): without cancellation, and Newton's step where the bend is small.
    let steps = [root, -root].map(|root| 2.0 * gap / (derivative + root));
    let above = steps
        .into_iter()
        .filter(|step| step.is_finite() && omega.im + step.im > 0.0);
    let nearest = above.min_by(|a, b| a.norm().total_cmp(&b.norm()))?;
    Some(omega + nearest)
}

#[cfg(test)]
mod tests;
