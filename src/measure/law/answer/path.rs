//! The distribution function by an integral of the transform over a path in the upper half plane, with a proved bound.

use num_complex::Complex64;
use std::f64::consts::PI;

use crate::measure::arithmetic::ball::{Ball, size};
use crate::measure::arithmetic::bound::{Lower, Upper};
use crate::measure::arithmetic::gauss;
use crate::measure::law::{Enclosed, Law, LawError, Memory};

/// Radius of the disc around a panel, in halves of it, and its share of the distance to the support.
const WIDE: f64 = 1.75;
const SHARE: f64 = 0.9;
/// Halvings of the height before the last stretch down to the axis is one disc.
const LAST: [i32; 4] = [30, 38, 23, 52];

/// Steps of Newton's method and nodes of quadratures that one value may take: seconds.
const STEPS: usize = 3_000_000;

/// What a value without an answer counts as, since it takes as long and tells nothing.
const FAILED: usize = STEPS / 8;

/// About how many values the path asks for.
const WALK: usize = 1000;

/// Where none are left.
pub(super) const SPENT: LawError = LawError::Slow {
    value: f64::NAN,
    error: f64::NAN,
    steps: STEPS,
};

/// Steps that are left, and what is remembered of the values before.
pub(super) struct Budget {
    pub(super) steps: usize,
    pub(super) memory: Memory,
}

impl Budget {
    pub(super) fn new(memory: Memory) -> Self {
        Self {
            steps: STEPS,
            memory,
        }
    }

    fn spend(&mut self, steps: usize) -> Result<(), LawError> {
        let left = self.steps.checked_sub(steps);
        self.steps = left.unwrap_or(0);
        left.map(|_| ()).ok_or(SPENT)
    }
}

impl Law {
    /// The integral over the path: up from a point below the support, across, and down to x.
    pub(super) fn along(&self, x: f64, budget: &mut Budget) -> Result<Enclosed, LawError> {
        let (low, high) = self.hull();
        if x <= low {
            let (value, radius) = (0.0, 0.0);
            return Ok(Enclosed { value, radius });
        }
        let height = high - low;
        let start = low - height;
        let mut memory = Memory::over(WALK);
        let up = [0.0, height].map(|y| Complex64::new(start, y));
        let across = [start, x].map(|x| Complex64::new(x, height));
        let level = self.leg(up, &mut memory, budget)? + self.leg(across, &mut memory, budget)?;
        let mut failure = LawError::Atom { at: x };
        for halvings in LAST {
            match self.down(x, height, halvings, &mut memory.clone(), budget) {
                Ok(down) => {
                    let sum = level + down;
                    let value = sum.center.im / PI;
                    let rounding = 4.0 * f64::EPSILON * value.abs();
                    let radius = Upper::near(sum.radius / PI + rounding).0;
                    return Ok(Enclosed { value, radius });
                }
                Err(error) => failure = error,
            }
        }
        Err(failure)
    }

    /// `∫ s dz` along a segment that nowhere comes nearer to the support than the smaller distance at its ends.
    fn leg(
        &self,
        [from, to]: [Complex64; 2],
        memory: &mut Memory,
        budget: &mut Budget,
    ) -> Result<Ball, LawError> {
        let hull = self.hull();
        let distance = [from, to].map(|end| Ball::exact(end).beside(hull));
        let distance = distance[0].min(distance[1]);
        let panels = (WIDE / (2.0 * SHARE) * size(to - from) / distance)
            .ceil()
            .max(1.0);
        let step = (to - from) / panels;
        let mut sum = Ball::real(0.0);
        for k in 0..panels as usize {
            let center = from + step * (k as f64 + 0.5);
            let rounding = 8.0 * f64::EPSILON * (size(from) + size(to));
            sum = sum + self.panel([center, 0.5 * step], [distance, rounding], memory, budget)?;
            // The ends of neighbouring panels are rounded.
            sum = sum.grown(rounding / ((1.0 - SHARE) * distance));
        }
        Ok(sum)
    }

    /// `∫ s dz` from `x + i height` down to x: the height is halved as long as told, then one disc is left.
    fn down(
        &self,
        x: f64,
        height: f64,
        halvings: i32,
        memory: &mut Memory,
        budget: &mut Budget,
    ) -> Result<Ball, LawError> {
        let mut sum = Ball::real(0.0);
        let mut top = height;
        for _ in 0..halvings {
            let half = Complex64::new(0.0, -0.25 * top);
            let (center, distance) = (Complex64::new(x, 0.75 * top), 0.75 * top);
            // All but the nodes is exact.
            let rounding = 4.0 * f64::EPSILON * top;
            sum = sum + self.panel([center, half], [distance, rounding], memory, budget)?;
            top *= 0.5;
        }
        Ok(sum + self.last(x, top, memory)?)
    }

    /// `∫ s dz` over a panel, with a lower bound of the distance of its centre from the support.
    fn panel(
        &self,
        [center, half]: [Complex64; 2],
        [distance, rounding]: [f64; 2],
        memory: &mut Memory,
        budget: &mut Budget,
    ) -> Result<Ball, LawError> {
        let mut sum = Ball::real(0.0);
        for (node, weight) in gauss::RULE {
            for offset in [-node, node] {
                let at = Ball::exact(center + half * offset).grown(rounding);
                let local = match self.local(at, memory) {
                    Ok(local) => local,
                    Err(error) => {
                        budget.spend(FAILED)?;
                        return Err(error);
                    }
                };
                budget.spend(local.steps)?;
                let value = local.s * weight;
                sum = sum + value.grown(2.0 * f64::EPSILON * value.most());
            }
        }
        let length = Ball::exact(half).upper();
        let bound = Upper(1.0) / (Lower(distance) - length * WIDE);
        let scale = Ball::exact(half).grown(4.0 * f64::EPSILON * length.0);
        Ok((sum * scale).grown((bound * length * gauss::remainder(WIDE)).0))
    }

    /// `∫ s dz` from `x + i height` down to x.
    fn last(&self, x: f64, height: f64, memory: &mut Memory) -> Result<Ball, LawError> {
        let center = Complex64::new(x, 0.0);
        let disc = Ball::exact(center).grown(height);
        let s = self.local(disc, memory)?.s;
        if !s.is_finite() {
            return Err(LawError::at_edge(center, height));
        }
        Ok(s * Ball::exact(Complex64::new(0.0, -height)))
    }
}
