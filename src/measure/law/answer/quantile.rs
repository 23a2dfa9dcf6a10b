//! Quantiles with proved bounds.

use super::Enclosed;
use super::path::{Budget, SPENT};
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
    /// support. Where F is level at p to all digits, over a gap of the support, the bound spans it.
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

    /// Whether `F(x) < p` is proved.
    fn is_below(&self, x: f64, p: f64, budget: &mut Budget) -> bool {
        let known = self.cumulative_within(x, budget);
        known.is_ok_and(|f| f.value + f.radius < p)
    }

    /// Whether `F(x) ≥ p` is proved, or for p = 0 that x is above the lower end of the support.
    fn is_above(&self, x: f64, p: f64, budget: &mut Budget) -> bool {
        let known = self.cumulative_within(x, budget);
        known.is_ok_and(|f| f.value - f.radius >= p.max(f64::MIN_POSITIVE))
    }

    /// Whether `F(a−) < p ≤ F(a)` is proved for an atom at a, from F beside it: `F(a−) ≤ F(a+h) − μ{a}` and
    /// `F(a) ≥ F(a−h) + μ{a}`.
    fn falls_into(&self, p: f64, atom: Atom, budget: &mut Budget) -> bool {
        let (low, high) = self.hull();
        // The mass is rounded.
        let (mass, rounding) = (atom.mass, 8.0 * f64::EPSILON);
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
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_off_on_either_side() {
        let law = Law::uniform(0.0, 1.0).unwrap();
        let known = law.distribution().unwrap();
        let off = known.error_estimate() + f64::EPSILON;
        // Beyond 1 there is nothing: what is off is on the one side, and at 0 on the other.
        for (p, value) in [(0.0, 0.0), (1.0, 1.0)] {
            assert!(off_by(known, p, value) >= 0.9 * off + f64::EPSILON * value);
        }
    }
}
