//! The logarithmic potential of 𝒬's law with a proved bound.
//!
//! With `P(t) = ∫ log(1 + tx) dμ(x)`, `I = P′`, the limit of `log det(1 + t𝒬)/pd` is, by the same contour as for I,
//!
//! ```math
//! P(t) = ∫ log(1+tcx) dν(x) + (1/2γ₂) [(1+ρ₀) Λ(−1) − (1/2πi) ∮ Λ(v) g̃(−1−v) dv],   Λ(v) = ∫ log(1 − k/v) dK(k):
//! ```
//!
//! in `∬ log(1+k+k′)` the logarithm is that of `1 + k′`, which gives `Λ(−1)`, and that of `1 − k/v` at `v = −1−k′`. Unlike
//! `log(k − v)` it vanishes at infinity.

use super::WeightedCovariance;
use super::line::Line;
use super::panel_discs::{self, Integrand, principal};
use super::response::NEARLY_REAL;
use super::response_disc::root_before;
use crate::measure::arithmetic::ball::Ball;
use crate::measure::arithmetic::bound::Lower;
use crate::measure::law::LawError;
use crate::measure::response::ResponseError;
use num_complex::Complex64;

impl WeightedCovariance {
    /// `∫ arg(z − x) dμ(x) = arg z + Im P(−1/z)`; an error on the support, where z has no disc beside the axis.
    pub(super) fn phase(&self, z: Ball) -> Result<Ball, LawError> {
        let t = -z.inv();
        let at = t.center + 0.0;
        let nearly_real = at.re < 0.0 && at.im <= NEARLY_REAL * at.re.abs();
        let found = if nearly_real && let Some(share) = self.room(at.re) {
            // P at Re t, with Taylor's series, as for I.
            let real = Ball::new(Complex64::from(at.re), t.radius);
            let response = self.enclosed(real, 0.0)?;
            let third = response.derivative.upper() / (Lower(share) * at.re.abs());
            let bend = response.derivative.upper() + third * 2.0 * at.im;
            let up = Ball::exact(Complex64::new(0.0, at.im));
            (self.potential(real, 0.0)? + response.value * up).grown((bend * at.im * at.im).0)
        } else if at.re < 0.0 && at.im <= t.radius.max(4.0 * f64::EPSILON * at.re.abs()) {
            return Err(LawError::NoBound { z: z.center });
        } else {
            self.potential(t, 0.5 * at.arg())?
        };
        Ok(z.arg_upper() + found.im())
    }

    /// P from the integral over the line of angle ψ.
    fn potential(&self, t: Ball, psi: f64) -> Result<Ball, ResponseError> {
        let one = Ball::real(1.0);
        let pairs = self.weights.at().iter().zip(self.weights.mass());
        let diagonal = pairs.fold(Ball::real(0.0), |sum, (&x, &mass)| {
            // Above the axis; for real t < 0 the limit from above.
            let log = (one + t * (Ball::real(self.shift) * x)).log_upper();
            sum + (log * mass).grown(4.0 * f64::EPSILON * log.most() * mass)
        });
        let (kernel, discs) = (self.kernel(t.center), self.kernel(t));
        if self.alpha_squared == 0.0 || discs.weights.is_empty() {
            return Ok(diagonal);
        }
        let line = Line::new(&kernel, psi);
        let at = line.point(f64::INFINITY);
        let lost = ResponseError::Inner { t: t.center, at };
        let [above, below, before] = line.ends().ok_or(lost)?;
        let ends = [above, below];
        let what = Integrand::Potential;
        let [sum] = panel_discs::integrate::<1>(what, &line, &discs, ends, t.center)?.sums;
        let root = root_before(&line, &discs, before, t.center)?;
        let [[_, lambda]] = discs.potential(root, principal);
        let one_and_pole = one + discs.pole.unwrap_or(Ball::real(0.0));
        let half = Ball::real(self.gamma * 2.0).inv();
        Ok(diagonal + (one_and_pole * lambda + sum) * half)
    }
}
