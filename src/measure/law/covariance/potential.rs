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
use super::panels;
use super::response::NEARLY_REAL;
use super::response_disc::root_before;
use crate::measure::arithmetic::ball::{Ball, size};
use crate::measure::arithmetic::bound::Lower;
use crate::measure::arithmetic::scalar::Scalar;
use crate::measure::law::LawError;
use crate::measure::response::ResponseError;
use num_complex::Complex64;

/// What rounding leaves of a value next to the axis: of some hundred panels between branch points that close in on the line, six
/// times what was seen for laws in closed form.
const ROUNDING: f64 = 1e-12;

/// The principal logarithm.
fn logarithm(z: Complex64) -> Complex64 {
    Complex64::new(size(z).ln(), z.arg())
}

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
        let diagonal = self.logarithms(t, Ball::log_upper);
        let discs = self.kernel(t);
        if self.alpha_squared == 0.0 || discs.weights.is_empty() {
            return Ok(diagonal);
        }
        let line = Line::new(self, t.center, psi);
        let [above, below, before] = line.ends(t.center)?;
        let (what, ends) = (Integrand::Potential, [above, below]);
        let [sum] = panel_discs::integrate::<1>(what, &line, &discs, ends, t.center)?.sums;
        let root = root_before(&line, &discs, before, t.center)?;
        let [[_, lambda]] = discs.potential(root, principal);
        Ok(diagonal + self.joined(discs.pole, lambda, sum))
    }

    /// The diagonal part `∫ log(1+tcx) dν`; for t above the axis, where real the limit from above.
    fn logarithms<T: Scalar>(&self, t: T, log: impl Fn(T) -> T) -> T {
        let pairs = self.weights.at().iter().zip(self.weights.mass());
        pairs.fold(T::real(0.0), |sum, (&x, &mass)| {
            let log = log(T::real(1.0) + t * (T::real(self.shift) * x));
            let rounding = 4.0 * f64::EPSILON * (log.size() + log.radius()) * mass;
            sum + (log * mass).grown(rounding)
        })
    }

    /// `(1/2γ₂) [(1+ρ₀) Λ(−1) + …]`, the integral over the line the rest.
    fn joined<T: Scalar>(&self, pole: Option<T>, lambda: T, line: T) -> T {
        let whole = T::real(1.0) + pole.unwrap_or(T::real(0.0));
        (whole * lambda + line) * T::real(2.0 * self.gamma).inv()
    }

    /// P and I without bounds, by one integral.
    fn guessed(&self, t: Complex64) -> Result<[Complex64; 2], ResponseError> {
        let line = Line::new(self, t, 0.5 * t.arg());
        let kernel = &line.kernel;
        let ([response, _], potential) = (self.diagonal(t), self.logarithms(t, logarithm));
        if self.alpha_squared == 0.0 || kernel.weights.is_empty() {
            return Ok([potential, response]);
        }
        let node = |root: Complex64| {
            let ([[g, lambda]], [[_, q]]) = (kernel.potential(root, logarithm), kernel.node(root));
            [g, lambda, q]
        };
        let both = |roots: [Complex64; 2]| {
            let [[g, lambda, q], [over, above, beyond]] = roots.map(node);
            [lambda * over + above * g, q * over + beyond * g]
        };
        let [above, below, before] = line.ends(t)?;
        let sums = panels::integrate(&line, both, [above, below], t)?;
        let at = Complex64::new(-1.0, 0.0);
        let last = line.follow(before, at);
        let [_, lambda, q] = node(last.ok_or(ResponseError::Inner { t, at })?.omega);
        let pole = kernel.pole.unwrap_or(Complex64::ZERO);
        Ok([
            potential + self.joined(kernel.pole, lambda, sums[0]),
            response + pole * q + sums[1],
        ])
    }

    /// `∫ arg(x + i0 − y) dμ(y)` on the support, from a little above, by the first order of Taylor's series, and what rounding leaves:
    /// `∂/∂y ∫ arg(z − x) dμ = Re G`, `zG = 1 + χ`, `zχ = I(−1/z)`.
    pub(super) fn phase_above(&self, x: f64, height: f64) -> Result<[f64; 2], ResponseError> {
        let z = Complex64::new(x, height);
        let [potential, response] = self.guessed(-z.inv())?;
        let g = (1.0 + response / z) / z;
        let phase = z.arg() + potential.im - height * g.re;
        Ok([phase, ROUNDING * (1.0 + potential.norm())])
    }
}
