//! The distribution function at a point, with a proved bound.

use num_complex::Complex64;
use std::f64::consts::PI;

use crate::measure::arithmetic::ball::{Ball, size};
use crate::measure::arithmetic::bound::{Lower, Upper};
use crate::measure::arithmetic::gauss;
use crate::measure::law::build;
use crate::measure::law::{Enclosed, Law, LawError, Memory};

/// Radius of the disc around a panel, in halves of it, and its share of the distance to the support.
const WIDE: f64 = 1.75;
const SHARE: f64 = 0.9;
/// Halvings of the height before the last stretch down to the axis is one disc.
const LAST: [i32; 4] = [30, 38, 23, 52];
/// How far beside a point without a value F is taken instead, in widths of the support.
const BESIDE: [f64; 3] = [1e-10, 1e-8, 1e-6];

/// Steps of Newton's method and nodes of quadratures that one value may take: seconds.
pub(super) const STEPS: usize = 3_000_000;

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

/// Steps that are left.
pub(super) struct Budget(pub(super) usize);

impl Budget {
    fn spend(&mut self, steps: usize) -> Result<(), LawError> {
        let left = self.0.checked_sub(steps);
        self.0 = left.unwrap_or(0);
        left.map(|_| ()).ok_or(SPENT)
    }
}

impl Law {
    /// `F(x) = μ(−∞, x]` with a proved bound; for many points, without one, see [`Law::distribution`].
    ///
    /// For a path in the upper half plane from a point below the support to x, which is no atom,
    /// `F(x) = Im ∫ s(z) dz/π`. It is covered by panels that are short against their distance d to the axis: on the disc
    /// around one s is analytic and at most 1/d′, d′ what is left of d, which bounds the error of Gauss's rule (Trefethen
    /// 2013, theorem 19.3); over the last stretch s is enclosed on a disc. Next to an edge, where that has no
    /// answer, F lies between its values at two points beside.
    ///
    /// # Errors
    /// [`LawError::Argument`] for x that is not finite, [`LawError::Slow`] where the proof takes millions of nodes, [`LawError::Unproved`] where there is none, and as
    /// [`Law::stieltjes`].
    ///
    /// ```
    /// let law = tensor_dyson::measure::Law::semicircle(0.25)?;
    /// let half = law.cumulative(0.0)?;
    /// assert!((half.value - 0.5).abs() <= half.radius && half.radius < 1e-12);
    /// # Ok::<(), tensor_dyson::measure::LawError>(())
    /// ```
    pub fn cumulative(&self, x: f64) -> Result<Enclosed, LawError> {
        let found = self.cumulative_within(x, &mut Budget(STEPS));
        match found {
            Err(failure @ (LawError::Slow { .. } | LawError::NoBound { .. })) => {
                let known = self.distribution()?;
                let (value, error) = (known.at(x), known.error_estimate());
                Err(failure.with_estimate(value, error))
            }
            found => found,
        }
    }

    /// The same, with so many steps.
    pub(super) fn cumulative_within(
        &self,
        x: f64,
        budget: &mut Budget,
    ) -> Result<Enclosed, LawError> {
        build::finite("x", x)?;
        let (low, high) = self.hull();
        self.reach()?;
        let exact = |value| Ok(Enclosed { value, radius: 0.0 });
        if x < low {
            return exact(0.0);
        }
        if x >= high {
            return exact(1.0);
        }
        if self.as_points().is_some() {
            let atoms = self.point_masses();
            let below = atoms.iter().take_while(|atom| atom.at <= x);
            let value = below.map(|atom| atom.mass).sum::<f64>().min(1.0);
            let radius = f64::EPSILON * (atoms.len() + 2) as f64;
            return Ok(Enclosed { value, radius });
        }
        let mass = self.mass_at(x);
        if mass > 0.0 && x == low {
            let (value, radius) = (mass, 4.0 * f64::EPSILON * mass);
            return Ok(Enclosed { value, radius });
        }
        let found = match mass > 0.0 {
            true => Err(LawError::Atom { at: x }),
            false => self.along(x, budget),
        };
        match found {
            Err(error) => self.between(x, mass, budget).ok_or(error),
            found => found,
        }
    }

    /// At an atom, or where there is no value: above what is below x with the atom's mass, and below what is above x. Of
    /// several distances the one that says most.
    fn between(&self, x: f64, mass: f64, budget: &mut Budget) -> Option<Enclosed> {
        let (low, high) = self.hull();
        let mut found: Option<Enclosed> = None;
        for share in BESIDE {
            let beside = share * (high - low);
            let below = self.along(x - beside, budget);
            let above = self.along(x + beside, budget);
            if let (Ok(below), Ok(above)) = (below, above) {
                let least = below.value - below.radius + mass * (1.0 - 8.0 * f64::EPSILON);
                let most = (above.value + above.radius).min(1.0);
                let value = 0.5 * (least + most);
                let radius = (0.5 * (most - least)).max(0.0) + 2.0 * f64::EPSILON;
                if found.is_none_or(|found| radius < found.radius) {
                    found = Some(Enclosed { value, radius });
                }
            }
        }
        found
    }

    /// The integral over the path: up from a point below the support, across, and down to x.
    fn along(&self, x: f64, budget: &mut Budget) -> Result<Enclosed, LawError> {
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
