//! The distribution function at a point, with a proved bound.

use num_complex::Complex64;
use rayon::prelude::*;
use std::f64::consts::PI;

use super::path::Budget;
use crate::measure::arithmetic::ball::Ball;
use crate::measure::law::build;
use crate::measure::law::{Atom, Enclosed, Law, LawError, Memory, Walk};

/// How far beside a point without a value F is taken instead, in widths of the support.
const BESIDE: [f64; 4] = [1e-6, 1e-8, 1e-10, 1e-13];
/// How far inside of a gap's sides, in widths of the intervals there: the mass is its 3/2-th power.
const INSIDE: [f64; 4] = [1e-7, 1e-6, 1e-5, 1e-4];
/// Walks that a grid is divided into, at any number of threads.
const WALKS: usize = 4;
/// The bound of a value from which on no other is tried.
const ENOUGH: f64 = 1e-9;

impl Enclosed {
    /// The least share that it may be, and the largest.
    fn least(self) -> f64 {
        self.value - self.radius
    }

    fn most(self) -> f64 {
        (self.value + self.radius).min(1.0)
    }

    /// A share from two that it lies between.
    fn between(least: f64, most: f64) -> Self {
        Self {
            value: 0.5 * (least + most),
            radius: (0.5 * (most - least)).max(0.0) + 2.0 * f64::EPSILON,
        }
    }
}

impl Law {
    /// `F(x) = μ(−∞, x]` with a proved bound; for many points, without one, see [`Law::distribution`].
    ///
    /// Where the logarithmic potential `ℓ(z) = ∫ log(z − y) dμ(y)` has a formula, as of laws in closed form and their classical sums, of the
    /// talk's law and of what ⊞, ⊠, the Marchenko–Pastur map and mixtures make of them, `F(x) = 1 − Im ℓ(x + i0)/π`, for the price of one transform.
    /// Otherwise, for a path in the upper half plane from a point below the support to x, which is no atom,
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
        self.walk().cumulative(x)
    }

    /// [`Law::cumulative`] at the points of a grid, in order: with a proved bound where the potential has a formula, else, for the
    /// price of one [`Law::distribution`], as [`LawError::Unproved`].
    ///
    /// ```
    /// let law = tensor_dyson::measure::Law::parse("mpmap(0.5, covariance(1.5, 0.7, 1, 0, atoms(1:0.5, 3:0.5)))")?;
    /// for found in law.cumulative_on(&[0.5, 1.0, 2.0]) {
    ///     assert!(found?.radius < 1e-12);
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn cumulative_on(&self, grid: &[f64]) -> Vec<Result<Enclosed, LawError>> {
        let estimate = |x: f64| match build::finite("x", x).and_then(|()| self.distribution()) {
            Err(error) => error,
            Ok(known) => {
                let (value, error) = (known.at(x), known.error_estimate());
                LawError::Unproved { value, error }
            }
        };
        if !self.has_phase() {
            return grid.iter().map(|&x| Err(estimate(x))).collect();
        }
        let walk = |part: &[f64]| {
            let mut budget = Budget::new(Memory::over(grid.len()));
            // No path for every point without a formula's answer: one estimate for all of them.
            budget.steps = 0;
            let mut at = |&x: &f64| match self.cumulative_within(x, &mut budget) {
                Err(error) if error.estimate().is_none_or(|(value, _)| value.is_nan()) => {
                    Err(estimate(x))
                }
                found => found,
            };
            part.iter().map(&mut at).collect::<Vec<_>>()
        };
        let parts = grid.par_chunks(grid.len().div_ceil(WALKS).max(1));
        parts.flat_map_iter(walk).collect()
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
        if self.takes_integrals()
            && let Some(found) = self.across_gap(x, budget)
        {
            return Ok(found);
        }
        let found = match mass > 0.0 {
            true => Err(LawError::Atom { at: x }),
            false => self.below(x, budget),
        };
        let found = match found {
            Err(error) if error.estimate().is_none() => self.between(x, mass, budget).ok_or(error),
            found => found,
        };
        let is_enough = match &found {
            Ok(found) => found.radius <= ENOUGH,
            Err(error) => error.estimate().is_some(),
        };
        if is_enough || !self.has_phase() || mass > 0.0 {
            return found;
        }
        self.along(x, budget).or(found)
    }

    /// At an atom, or where there is no value: above what is below x with the atom's mass, and below what is above x. Of
    /// several distances the one that says most.
    fn between(&self, x: f64, mass: f64, budget: &mut Budget) -> Option<Enclosed> {
        let (low, high) = self.hull();
        let mut found: Option<Enclosed> = None;
        for share in BESIDE {
            let beside = share * (high - low);
            let below = self.below(x - beside, budget);
            let above = self.below(x + beside, budget);
            let (Ok(below), Ok(above)) = (below, above) else {
                // Nearer to the point there is none either, and finding none takes longest.
                match found {
                    Some(_) => break,
                    None => continue,
                }
            };
            let least = below.least() + mass * (1.0 - 8.0 * f64::EPSILON);
            let now = Enclosed::between(least, above.most());
            if found.is_none_or(|found| now.radius < found.radius) {
                found = Some(now);
            }
        }
        found
    }

    /// In a gap of the support from values a little inside of both sides: in the gap itself an integral may have no bound.
    fn across_gap(&self, x: f64, budget: &mut Budget) -> Option<Enclosed> {
        let around = |pair: &&[(f64, f64)]| pair[0].1 < x && x < pair[1].0;
        let pair = self.support().ok()?.windows(2).find(around)?;
        let [left, right] = [pair[0], pair[1]];
        let within = |atom: &Atom| (left.1..=right.0).contains(&atom.at);
        if !self.has_phase() || self.point_masses().iter().any(within) {
            return None;
        }
        let mut beside = |end: f64, width: f64| {
            let mut tried = INSIDE.iter().map(|share| end + share * width);
            tried.find_map(|at| self.by_phase(at, &mut budget.memory))
        };
        let below = beside(left.1, left.0 - left.1)?.least();
        let above = beside(right.0, right.1 - right.0)?.most();
        Some(Enclosed::between(below, above))
    }

    /// The mass below x, which is no atom.
    fn below(&self, x: f64, budget: &mut Budget) -> Result<Enclosed, LawError> {
        if !self.has_phase() {
            return self.along(x, budget);
        }
        if let Some(found) = self.by_phase(x, &mut budget.memory) {
            return Ok(found);
        }
        Err(match self.guess(x, &mut budget.memory) {
            Some((value, error)) => LawError::Unproved { value, error },
            None => LawError::at_edge(Complex64::from(x), 0.0),
        })
    }

    /// `1 − Im ∫ log(x + i0 − y) dμ(y)/π`.
    fn by_phase(&self, x: f64, memory: &mut Memory) -> Option<Enclosed> {
        let phase = self.phase(Ball::real(x), memory).ok()?;
        let below = Ball::real(1.0) - phase / Ball::pi();
        let (value, radius) = (below.center.re.clamp(0.0, 1.0), below.radius);
        below.is_finite().then_some(Enclosed { value, radius })
    }

    /// The same without a bound, and about how far it is off.
    fn guess(&self, x: f64, memory: &mut Memory) -> Option<(f64, f64)> {
        let [phase, error] = self.guessed_phase(x, memory)?;
        Some((
            (1.0 - phase / PI).clamp(0.0, 1.0),
            error / PI + f64::EPSILON,
        ))
    }
}

impl Walk<'_> {
    /// As [`Law::cumulative`].
    ///
    /// # Errors
    /// As [`Law::cumulative`].
    pub fn cumulative(&mut self, x: f64) -> Result<Enclosed, LawError> {
        let mut budget = Budget::new(std::mem::take(&mut self.memory));
        let found = self.law.cumulative_within(x, &mut budget);
        self.memory = budget.memory;
        match found {
            Err(failure @ (LawError::Slow { .. } | LawError::NoBound { .. })) => {
                let known = self.law.distribution()?;
                let (value, error) = (known.at(x), known.error_estimate());
                Err(failure.with_estimate(value, error))
            }
            found => found,
        }
    }
}

#[cfg(test)]
mod tests;
