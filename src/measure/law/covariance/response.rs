//! The response of 𝒬's law, without bounds: on which line the integral runs for which t.

use num_complex::Complex64;

use super::kernel::integrands;
use super::line::Line;
use super::{WeightedCovariance, panels};
use crate::measure::arithmetic::ball::Ball;
use crate::measure::response::{Jet, Response, ResponseError};

/// A side of the support.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Side {
    Above,
    Below,
}

/// Below this share of |t|, Im t is left to the first order of Taylor's series about the axis outside the
/// support: the second is of the size of its square.
pub(super) const NEARLY_REAL: f64 = 1e-9;
/// The share of |t| by which t is lifted off the axis where the line cannot be vertical.
pub(super) const LIFT: f64 = 1e-10;
/// Below this share of I and tI′, Im I next to the axis counts as 0.
const ROUNDING: f64 = 1e-13;

impl WeightedCovariance {
    /// [`Response::response`] with a bound on the error of the value `I(t)`, cut-off and rounding together, from the integral
    /// on discs around the line; `None` for t on the real axis that belongs to a gap of the support.
    ///
    /// # Errors
    /// As [`Response::response`].
    pub fn response_with_error(&self, t: Complex64) -> Result<(Jet, Option<f64>), ResponseError> {
        let jet = self.response(t)?;
        let upper = Complex64::new(t.re, t.im.abs());
        let found = self.response_disc(Ball::exact(upper))?;
        Ok((
            jet,
            found.map(|found| {
                let value = if t.im < 0.0 {
                    jet.value.conj()
                } else {
                    jet.value
                };
                found.value.distance(value)
            }),
        ))
    }

    /// `I` and `I′`: the diagonal part, the integral over the line of angle ψ and the residue at −1.
    fn along(&self, t: Complex64, psi: f64) -> Result<Jet, ResponseError> {
        let [mut value, mut derivative] = self.diagonal(t);
        let line = Line::new(self, t, psi);
        let kernel = &line.kernel;
        if self.alpha_squared == 0.0 || kernel.weights.is_empty() {
            return Ok(Jet { value, derivative });
        }
        let [above, below, before] = line.ends(t)?;
        let pair = |roots: [Complex64; 2]| {
            let [above, below] = roots.map(|root| kernel.node::<2>(root));
            integrands(&above, &below)
        };
        let sums = panels::integrate(&line, pair, [above, below], t)?;
        value += sums[0];
        derivative += sums[1];
        if let Some(pole) = kernel.pole {
            let at = Complex64::new(-1.0, 0.0);
            let place = line.follow(before, at);
            let root = place.ok_or(ResponseError::Inner { t, at })?.omega;
            let [[_, q], [_, dq]] = kernel.node(root);
            value += pole * q;
            derivative += pole * dq;
        }
        Ok(Jet { value, derivative })
    }

    /// For real t < 0, on which side of the support −1/t lies; [`Side::Below`] leaves out an atom at 0.
    ///
    /// There `1 + tcx` has one sign for all weights `x > 0`, and K's spectrum lies above −½.
    pub(super) fn side(&self, t: f64) -> Option<Side> {
        let weights = self.weights.at().iter().filter(|x| **x > 0.0);
        let mut below = weights.map(|x| 1.0 + t * self.shift * x);
        let side = if below.clone().all(|x| x > 0.0) {
            Side::Above
        } else if below.all(|x| x < 0.0) {
            return Some(Side::Below);
        } else {
            return None;
        };
        let line = Line::new(self, Complex64::from(t), 0.0);
        line.is_above().then_some(side)
    }

    /// For t near the negative axis and −1/t beside the support, the vertical line, which separates there, and the
    /// linear term in Im t.
    fn vertical(&self, t: Complex64) -> Option<Result<Jet, ResponseError>> {
        self.side(t.re)?;
        Some(self.along(Complex64::from(t.re), 0.0).map(|jet| {
            let value = jet.value + Complex64::new(0.0, t.im) * jet.derivative;
            Jet { value, ..jet }
        }))
    }

    /// For real t, −1/t between two intervals of the support, from a little above the axis. There I is real, and what is
    /// left of Im I is of third order in the height.
    fn between(&self, t: f64) -> Result<Jet, ResponseError> {
        let height = LIFT * t.abs();
        let lifted = Complex64::new(t, height);
        let Jet { value, derivative } = self.along(lifted, 0.5 * lifted.arg())?;
        // Of terms that may cancel in I, and do not in I′.
        let error = ROUNDING * (value.norm() + t.abs() * derivative.norm());
        let value = value - Complex64::new(0.0, height) * derivative;
        if value.im.abs() > error {
            return Err(ResponseError::InSupport { t });
        }
        Ok(Jet {
            value: Complex64::from(value.re),
            derivative: Complex64::from(derivative.re),
        })
    }
}

impl Response for WeightedCovariance {
    fn response(&self, t: Complex64) -> Result<Jet, ResponseError> {
        // −0 would turn the line by a right angle.
        let t = t + 0.0;
        if t.im < 0.0 {
            let jet = self.response(t.conj())?;
            let (value, derivative) = (jet.value.conj(), jet.derivative.conj());
            return Ok(Jet { value, derivative });
        }
        if t.re >= 0.0 || t.im > NEARLY_REAL * t.re.abs() {
            return self.along(t, 0.5 * t.arg());
        }
        if let Some(found) = self.vertical(t) {
            return found;
        }
        if t.im == 0.0 {
            return self.between(t.re);
        }
        // In a gap of the support, or in it.
        let height = t.im.max(LIFT * t.re.abs());
        let lifted = Complex64::new(t.re, height);
        let jet = self.along(lifted, 0.5 * lifted.arg())?;
        let moved = Complex64::new(0.0, t.im - height) * jet.derivative;
        let value = jet.value + moved;
        Ok(Jet { value, ..jet })
    }

    /// `ν{0}` where `c > 0`; for `c = 0` the kernel of `M ↦ MGᵀG + GMᵀG` as well: with
    /// `r = min(1, γ₂(1−ν{0}))` the relative rank of G, `1 − (1 − (1−r)²)/(2γ₂)`.
    fn mass_at_zero(&self) -> f64 {
        let zero_weights = self.weights.mass_at_zero();
        if self.shift > 0.0 {
            return zero_weights;
        }
        if self.alpha_squared == 0.0 {
            return 1.0;
        }
        let rank = self.rank();
        1.0 - rank * (2.0 - rank) / (2.0 * self.gamma)
    }

    /// `(α² + c) E a²`.
    fn mean(&self) -> f64 {
        (self.alpha_squared + self.shift) * self.weights.mean()
    }

    /// `(2α²(1+√γ₂)² + c) max a²`: the supremum itself where ν is a point mass.
    fn support_bound(&self) -> f64 {
        let largest = (1.0 + self.gamma.sqrt()).powi(2);
        (2.0 * self.alpha_squared * largest + self.shift) * self.weights.support_bound()
    }
}
