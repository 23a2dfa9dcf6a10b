//! How far a law is from a point, and how much of it is near: what bounds the second derivatives of its transform.

use crate::measure::arithmetic::ball::Ball;
use crate::measure::arithmetic::bound::{Lower, Upper};

/// What is known of `∫ dm/|x − z|²`, m the law μ or, for χ, the measure `|x| dμ`, which has no atom at 0.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Beside {
    /// A lower bound of the distance to the support; at least `Im z`.
    pub(crate) reach: f64,
    /// An upper bound of `∫ dm/|x − z|²`.
    pub(crate) spread: f64,
}

impl Beside {
    /// A bound of `2 ∫ dm/|x − w|³` over all w within `rho`; `None` where the disc meets the support.
    ///
    /// For `|w − z| ≤ ρ < dist` and x in the support `|x − w| ≥ |x − z| (1 − ρ/dist)`, so that the integral is at most
    /// `spread / (dist (1 − ρ/dist)³)`.
    pub(super) fn bend(self, rho: Upper) -> Option<Upper> {
        let reach = Lower(self.reach);
        let left = Lower(1.0) - rho / reach;
        let known = left.0 > 0.0 && self.spread.is_finite();
        known.then(|| Upper(self.spread) * 2.0 / (reach * left * left * left))
    }

    /// The same for every point within `radius`.
    pub(super) fn widened(self, radius: Upper) -> Self {
        let reach = Lower(self.reach);
        let left = Lower(1.0) - radius / reach;
        Self {
            reach: (reach - radius).0,
            spread: (Upper(self.spread) / (left * left)).0,
        }
    }

    /// Of no mass at all.
    pub(crate) const NOTHING: Self = Self {
        reach: f64::INFINITY,
        spread: 0.0,
    };

    /// At a distance from the support.
    pub(crate) fn at(reach: f64) -> Self {
        Self {
            reach,
            spread: f64::INFINITY,
        }
    }

    /// Of the sum with a measure times `weight`.
    pub(crate) fn joined(self, other: Self, weight: f64) -> Self {
        Self {
            reach: self.reach.min(other.reach),
            // The weight was rounded.
            spread: (Upper(self.spread) + Upper(other.spread) * Upper::near(weight)).0,
        }
    }

    /// The better of two bounds each.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            reach: self.reach.max(other.reach),
            spread: Upper(self.spread).min(Upper(other.spread)).0,
        }
    }
}

/// The lesser of two bounds of `∫ dm/|x − z|²` for a measure of which `mass` bounds the imaginary part of its transform and
/// `slope` is the derivative, at heights from `low` to `high`: the first over Im z, exactly; and, because
/// `Re (x−z)⁻² ≥ |x−z|⁻² (1 − 2 (Im z)²/dist²)`, what the modulus of the second leaves.
pub(super) fn spread((low, high): (f64, f64), mass: Upper, slope: Ball, reach: f64) -> Upper {
    let mut least = Upper(f64::INFINITY);
    if low > 0.0 {
        least = least.min(mass / Lower(low));
    }
    let ratio = Upper(high) / Lower(reach);
    let share = Lower(1.0) - ratio * ratio * 2.0;
    if share.0 > 0.0 {
        least = least.min(slope.upper() / share);
    }
    least
}
