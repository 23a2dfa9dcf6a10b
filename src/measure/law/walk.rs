//! A law at a series of points.

use num_complex::Complex64;
use std::f64::consts::PI;

use super::transform::Memory;
use super::{Law, LawError, Value};
use crate::measure::arithmetic::ball::Ball;

/// `2⁶⁰`: as many sizes of the support away `s = −1/z` to a small part of its rounding.
const FAR: f64 = 1_152_921_504_606_846_976.0;

/// `s = −1/z` and `s′ = 1/z²` for a support within `reach` of 0, far from z; without a power of z, which may overflow:
/// `|x/(z(x−z))| ≤ r/(|z|(|z|−r))`, and twice that over `|z| − r` for the derivative.
fn far(z: Complex64, reach: f64) -> Value {
    let size = z.norm();
    let inverse = z.unscale(size).conj().unscale(size);
    let share = 2.0 * (reach / size) + 8.0 * f64::EPSILON;
    let (s, derivative) = (-inverse + 0.0, inverse * inverse + 0.0);
    Value {
        s,
        radius: share / size + f64::MIN_POSITIVE,
        derivative,
        derivative_radius: 2.0 * share / size / size + f64::MIN_POSITIVE,
        steps: 0,
    }
}

/// Evaluates a law at a series of points, each search starting where the last one ended.
///
/// The start never decides which root is found; values along different walks agree within their bounds.
#[derive(Debug)]
pub struct Walk<'a> {
    pub(super) law: &'a Law,
    pub(super) memory: Memory,
}

impl Walk<'_> {
    /// As [`Law::stieltjes`].
    ///
    /// # Errors
    /// As [`Law::stieltjes`].
    pub fn stieltjes(&mut self, z: Complex64) -> Result<Value, LawError> {
        if !(z.is_finite() && z.im >= 0.0) {
            return Err(LawError::Point { z });
        }
        // −0 would put the real axis under the cut.
        let z = Complex64::new(z.re + 0.0, z.im + 0.0);
        if z.im == 0.0 && self.law.mass_at(z.re) > 0.0 {
            return Err(LawError::Atom { at: z.re });
        }
        let reach = self.law.reach()?;
        if z.norm() > FAR * reach {
            return Ok(far(z, reach));
        }
        let local = self.law.local(Ball::exact(z), &mut self.memory)?;
        if !local.s.is_finite() {
            return Err(LawError::at_edge(z, local.s.radius));
        }
        // −0 is written with a sign.
        Ok(Value {
            s: local.s.center + 0.0,
            radius: local.s.radius,
            derivative: local.ds.center + 0.0,
            // At a kink of the density s′ is infinite.
            derivative_radius: if local.ds.is_finite() {
                local.ds.radius
            } else {
                f64::INFINITY
            },
            steps: local.steps,
        })
    }

    /// On the support of a law whose values have no bound there ([`LawError::NoBound`]) what is known of s, and about how far it is off.
    pub fn estimate(&mut self, z: Complex64) -> Option<(Complex64, f64)> {
        if z.im != 0.0 {
            return None;
        }
        let [_, error] = self.law.guessed(z.re, &mut self.memory)?;
        let jet = self.law.jet(z, &mut self.memory).ok()?;
        Some((jet.s, PI * error))
    }
}
