//! Quantiles with proved bounds.

use num_complex::Complex64;

use super::Enclosed;
use super::path::{Budget, SPENT};
use crate::measure::arithmetic::ball::Ball;
use crate::measure::arithmetic::bound::Lower;
use crate::measure::law::{Atom, Distribution, Law, LawError, Memory};
use crate::numbers::most;

/// The bound of a distribution function that is to be expected.
const EXPECTED: f64 = 1e-13;
/// The first distance tried, in widths of the support; each is eight times the one before.
const NEAREST: f64 = 1e-14;
const TRIES: usize = 24;
/// The same, where the density is small and tells how far F has to be followed.
const FARTHEST: f64 = 1e-6;
/// Distances from an atom at which F is taken, in widths of the support.
const BESIDE_ATOM: [f64; 3] = [1e-9, 1e-7, 1e-5];
/// Stretches without support that are put together on the way to an end of it: each takes a good part of what is left, down to
/// what rounding leaves.
const STRETCHES: usize = 400;

/// p is no share.
pub(super) fn refused(p: f64) -> LawError {
    LawError::Argument {
        name: "p",
        value: p,
        needed: "between 0 and 1",
    }
}

/// What a quantile is off by, as far as is known without a proof: as far as F is, p may be off.
fn off_by(distribution: &Distribution, p: f64, value: f64) -> f64 {
    let off = distribution.error_estimate() + f64::EPSILON;
    let near = [p - off, p + off].map(|p| distribution.quantile(p.clamp(0.0, 1.0)));
    let apart = near.map(|q| q.map_or(f64::INFINITY, |q| (q - value).abs()));
    most(apart) + f64::EPSILON * value.abs()
}

impl Law {
    /// The quantile `q = inf {x : F(x) ≥ p}` with a proved bound: of `value ± radius` the lower end has `F < p` and the upper
    /// one `F ≥ p`. At an atom that p falls into it is the atom, and the radius 0. For p = 0 the lower end of the
    /// support, between a place below which the transform is analytic and one where the density is positive, and for p = 1 the upper
    /// end in the same way. Where F is level at p to all digits, over a gap of the support, the bound spans it.
    ///
    /// The place comes from [`Law::distribution`], the proof from [`Law::cumulative`]. Many quantiles without a bound:
    /// `law.distribution()?.quantile(p)`.
    ///
    /// # Errors
    /// p outside `[0, 1]`, [`LawError::Slow`], [`LawError::Unproved`], or as [`Law::distribution`].
    ///
    /// ```
    /// let law = tensor_dyson::measure::Law::parse("mix(1/4: point(2), 3/4: uniform(0, 3))")?;
    /// let atom = law.quantile(0.6)?;
    /// assert!((atom.value, atom.radius) == (2.0, 0.0));
    /// let half = law.quantile(0.25)?;
    /// assert!((half.value - 1.0).abs() <= half.radius && half.radius < 1e-11);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn quantile(&self, p: f64) -> Result<Enclosed, LawError> {
        if p == 0.0 || p == 1.0 {
            return self.end(p == 0.0);
        }
        let distribution = self.distribution()?;
        let start = distribution.quantile(p).ok_or_else(|| refused(p))?;
        let at = |atom: &&Atom| atom.at == start;
        let mut budget = Budget::new(Memory::default());
        if let Some(&atom) = self.point_masses().iter().find(at)
            && self.falls_into(p, atom, &mut budget)
        {
            let (value, radius) = (start, 0.0);
            return Ok(Enclosed { value, radius });
        }
        let (low, high) = self.hull();
        let width = high - low;
        let near = NEAREST * width + 4.0 * f64::EPSILON * start.abs();
        // At an end of the support the density may be 0 or infinite.
        let across = EXPECTED / distribution.density(start);
        let mut step = if across > near && across < FARTHEST * width {
            across
        } else {
            near
        };
        let (mut below, mut above) = (None, None);
        for _ in 0..TRIES {
            if below.is_none() && self.is_below(start - step, p, &mut budget) {
                below = Some(start - step);
            }
            if above.is_none() && self.is_above(start + step, p, &mut budget) {
                above = Some(start + step);
            }
            if budget.steps == 0 {
                return Err(SPENT.with_estimate(start, off_by(distribution, p, start)));
            }
            if below.is_some() && above.is_some() {
                break;
            }
            step *= 8.0;
        }
        if below.is_none()
            && above.is_none()
            && let Err(failure @ LawError::NoBound { .. }) =
                self.cumulative_within(start, &mut budget)
        {
            return Err(failure.with_estimate(start, off_by(distribution, p, start)));
        }
        // No step leaves what is known to contain the support. Where F is level the place that was found is the infimum, if it is p to the
        // last digit.
        let below = below.unwrap_or(low).max(low.min(start));
        let above = above.unwrap_or(high).min(high.max(start));
        let value = start;
        let radius = (above - value).max(value - below) + f64::EPSILON * value.abs();
        Ok(Enclosed { value, radius })
    }

    /// The lower end of the support, or the upper one.
    fn end(&self, is_low: bool) -> Result<Enclosed, LawError> {
        self.reach()?;
        let (low, high) = self.hull();
        // From outside inwards.
        let (from, inwards) = if is_low { (low, 1.0) } else { (high, -1.0) };
        let outer = |a: f64, b: f64| if inwards * a < inwards * b { a } else { b };
        let intervals = self.support()?.iter().flat_map(|pair| [pair.0, pair.1]);
        let first = intervals.reduce(outer);
        let atom = self.point_masses().iter().map(|atom| atom.at);
        let atom = atom.reduce(outer);
        let value = first.into_iter().chain(atom).reduce(outer).unwrap_or(from);
        let outside = self.outside(from, inwards);
        // An atom is in the support, and so is what has a density.
        let inside = atom.filter(|at| *at == value);
        let inside = inside.or_else(|| self.inside(value, inwards));
        let inside = inside.unwrap_or(if is_low { high } else { low });
        let radius = Ball::real(value)
            .distance(inside.into())
            .max(Ball::real(value).distance(outside.into()));
        Ok(Enclosed { value, radius })
    }

    /// A place between which and an end of the hull there is no support: from one disc to the next on which the transform is
    /// analytic.
    fn outside(&self, from: f64, inwards: f64) -> f64 {
        let (mut at, mut memory) = (from, Memory::default());
        for _ in 0..STRETCHES {
            let Ok(local) = self.local(Ball::real(at), &mut memory) else {
                break;
            };
            let next = at + inwards * Lower::near(local.law.reach).0;
            // Rounded outwards.
            let next = if inwards > 0.0 {
                next.next_down()
            } else {
                next.next_up()
            };
            if !(local.s.is_finite() && inwards * next > inwards * at) {
                break;
            }
            at = next;
        }
        at
    }

    /// The nearest place of a few, inwards from an end of the support, at which the density is proved to be positive.
    fn inside(&self, end: f64, inwards: f64) -> Option<f64> {
        let (low, high) = self.hull();
        let near = NEAREST * (high - low) + 4.0 * f64::EPSILON * end.abs();
        let mut memory = Memory::default();
        let mut tried = (0..TRIES as i32).map(|k| end + inwards * near * 8f64.powi(k));
        tried.find(|&x| {
            let known = self.local(Ball::exact(Complex64::from(x)), &mut memory);
            known.is_ok_and(|local| local.s.center.im > local.s.radius)
        })
    }

    /// Whether `F(x) < p` is proved.
    fn is_below(&self, x: f64, p: f64, budget: &mut Budget) -> bool {
        let known = self.cumulative_within(x, budget);
        known.is_ok_and(|f| f.value + f.radius < p)
    }

    /// Whether `F(x) ≥ p` is proved.
    fn is_above(&self, x: f64, p: f64, budget: &mut Budget) -> bool {
        let known = self.cumulative_within(x, budget);
        known.is_ok_and(|f| f.value - f.radius >= p)
    }

    /// Whether `F(a−) < p ≤ F(a)` is proved for an atom at a, from F beside it: `F(a−) ≤ F(a+h) − μ{a}` and
    /// `F(a) ≥ F(a−h) + μ{a}`.
    fn falls_into(&self, p: f64, atom: Atom, budget: &mut Budget) -> bool {
        // The mass is rounded.
        let (mass, rounding) = (atom.mass, 8.0 * f64::EPSILON);
        // Below the lower end F is 0, and above the upper one 1.
        let is_end = |is_low: bool| {
            let end = self.end(is_low);
            end.is_ok_and(|end| end.value == atom.at && end.radius == 0.0)
        };
        if p <= mass - rounding && is_end(true) || p > 1.0 - mass + rounding && is_end(false) {
            return true;
        }
        let (low, high) = self.hull();
        BESIDE_ATOM.into_iter().any(|share| {
            let h = share * (high - low) + 4.0 * f64::EPSILON * atom.at.abs();
            let mut at = |x: f64| self.cumulative_within(x, budget);
            let (Ok(before), Ok(after)) = (at(atom.at - h), at(atom.at + h)) else {
                return false;
            };
            after.value + after.radius - mass + rounding < p
                && p <= before.value - before.radius + mass - rounding
        })
    }
}

#[cfg(test)]
mod tests;
