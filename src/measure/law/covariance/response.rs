//! The response of 𝒬's law, without bounds: on which line the integral runs for which t.

use num_complex::Complex64;

use super::kernel::{Kernel, integrands};
use super::line::{Line, Place};
use super::{WeightedCovariance, panels};
use crate::measure::arithmetic::ball::Ball;
use crate::measure::arithmetic::scalar::Scalar;
use crate::measure::response::{Jet, Response, ResponseError};

/// `q(v) g̃(−1−v)` and its t-derivative, from the roots at v and −1−v.
fn pair<T: Scalar>(kernel: &Kernel<T>, roots: [T; 2]) -> [T; 2] {
    let [above, below] = roots.map(|root| kernel.node::<2>(root));
    integrands(&above, &below)
}

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

    /// `I` and `I′` from the integral over the line of angle ψ.
    fn along(&self, t: Complex64, psi: f64) -> Result<Jet, ResponseError> {
        let kernel = self.kernel(t);
        let line = Line::new(&kernel, psi);
        let [value, derivative] = self.over(t, &line, &kernel, |place| place.omega)?;
        Ok(Jet { value, derivative })
    }

    /// The same with what rounding and the rule may be off by.
    fn rounded(&self, t: Complex64, psi: f64) -> Result<[Ball; 2], ResponseError> {
        let (values, kernel) = (self.kernel(t), self.kernel(Ball::exact(t)));
        let line = Line::new(&values, psi);
        self.over(Ball::exact(t), &line, &kernel, |place| line.rounded(place))
    }

    /// The diagonal part, the integral over a line and the residue at −1.
    fn over<T: Scalar>(
        &self,
        t: T,
        line: &Line<'_>,
        kernel: &Kernel<T>,
        root: impl Fn(Place) -> T,
    ) -> Result<[T; 2], ResponseError> {
        let [mut value, mut derivative] = self.diagonal(t);
        if self.alpha_squared == 0.0 || kernel.weights.is_empty() {
            return Ok([value, derivative]);
        }
        let t = t.center();
        let lost = |at| ResponseError::Inner { t, at };
        let [above, below, before] = line.ends().ok_or(lost(line.point(f64::INFINITY)))?;
        let sums = panels::integrate(line, |at| pair(kernel, at), &root, [above, below], t)?;
        value = value + sums[0];
        derivative = derivative + sums[1];
        if let Some(pole) = kernel.pole {
            let at = Complex64::new(-1.0, 0.0);
            let place = line.follow(before, at).ok_or(lost(at))?;
            let [[_, q], [_, dq]] = kernel.node(root(place));
            value = value + pole * q;
            derivative = derivative + pole * dq;
        }
        Ok([value, derivative])
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
        self.kernel(Complex64::from(t)).is_above().then_some(side)
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
        let [value, derivative] = self.rounded(lifted, 0.5 * lifted.arg())?;
        let (error, derivative) = (value.radius, derivative.center);
        let value = value.center - Complex64::new(0.0, height) * derivative;
        if value.im.abs() > 1e-6 * height * derivative.norm() + error {
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
