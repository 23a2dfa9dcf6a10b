//! Atoms and edges of 𝒬's limit law, and of its Marchenko–Pastur map.
//!
//! `z = −1/t` is an eigenvalue of 𝒬 where two eigenvalues of `K(t)` add to −1. As a function of z,
//! `K = −α² G (z − cD²)⁻¹ Gᵀ` increases between the poles `cx`, and so does every edge of its spectrum: the support of
//! 𝒬 is where −1 is a sum of two points of K's spectrum. Between two values of z a pair of intervals that covers −1 at the
//! upper one from below and at the lower one from above covers it all the way, and pairs that miss it on the same
//! side at the worse end miss it all the way: stretches that are neither are halved.

use rayon::prelude::*;
use std::f64::consts::PI;

use super::WeightedCovariance;
use crate::measure::law::subordination::edges::{Inverse, boundary, of_inverse, union};
use crate::measure::response::Response;
use crate::measure::{Law, LawError};

/// First cells between two poles.
const CELLS: usize = 16;
/// Halvings of a cell: a gap is missed only if it is narrower than `2⁻²⁴` of one.
const DEPTH: u32 = 24;

/// A point of a stretch with the intervals of K's spectrum there, ascending, its atom at 0 among them.
pub(super) struct Place {
    pub(super) z: f64,
    kernel: Vec<(f64, f64)>,
}

impl Place {
    fn pairs(&self) -> impl Iterator<Item = (usize, usize)> + use<> {
        pairs(self.kernel.len())
    }

    /// The ends of the intervals, ascending.
    pub(super) fn edges(&self) -> Vec<f64> {
        self.kernel
            .iter()
            .flat_map(|&(low, high)| [low, high])
            .collect()
    }

    /// The sum of two intervals.
    fn sum(&self, (i, j): (usize, usize)) -> (f64, f64) {
        let (a, b) = (self.kernel[i], self.kernel[j]);
        (a.0 + b.0, a.1 + b.1)
    }

    /// Whether −1 is the sum of two points of the spectrum.
    fn is_covered(&self) -> bool {
        self.pairs()
            .map(|pair| self.sum(pair))
            .any(|(low, high)| low <= -1.0 && high >= -1.0)
    }

    /// Whether all of `[self, other]` is known to be in the support, or outside.
    fn is_settled(&self, other: &Self) -> bool {
        if self.kernel.len() != other.kernel.len() {
            return false;
        }
        let mut sums = self.pairs().map(|pair| (self.sum(pair), other.sum(pair)));
        let covers =
            |(at_low, at_high): ((f64, f64), (f64, f64))| at_high.0 <= -1.0 && at_low.1 >= -1.0;
        let misses =
            |(at_low, at_high): ((f64, f64), (f64, f64))| at_low.0 > -1.0 || at_high.1 < -1.0;
        let covered = self.is_covered();
        covered == other.is_covered()
            && if covered {
                sums.any(covers)
            } else {
                sums.all(misses)
            }
    }
}

/// A place of an open stretch, dense at the ends.
pub(super) fn between(from: f64, to: f64, share: f64) -> f64 {
    let width = to - from;
    let z = if share < 0.5 {
        from + width * (0.5 * PI * share).sin().powi(2)
    } else {
        to - width * (0.5 * PI * (1.0 - share)).sin().powi(2)
    };
    z.max(from.next_up()).min(to.next_down())
}

/// Each pair of so many, one with itself as well.
pub(super) fn pairs(count: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..count).flat_map(move |i| (i..count).map(move |j| (i, j)))
}

impl WeightedCovariance {
    /// The atoms of 𝒬's law, ascending.
    ///
    /// At 0 of mass [`Response::mass_at_zero`]. For `c > 0` at `cx` for every weight `x > 0` of mass p: there M lives on the
    /// columns of that weight and `MGᵀ + GMᵀ = 0`, which leaves `γ₂p²/2`, or `p − 1/(2γ₂)` where `γ₂p > 1`.
    pub(crate) fn atoms(&self) -> Vec<(f64, f64)> {
        let zero = self.mass_at_zero();
        let mut atoms = Vec::new();
        if zero > 0.0 {
            atoms.push((0.0, zero));
        }
        if self.shift > 0.0 {
            let weights = self.weights.at().iter().zip(self.weights.mass());
            for (&x, &mass) in weights.filter(|(x, _)| **x > 0.0) {
                let mass = if self.alpha_squared == 0.0 {
                    mass
                } else if self.gamma * mass <= 1.0 {
                    0.5 * self.gamma * mass * mass
                } else {
                    mass - 0.5 / self.gamma
                };
                atoms.push((self.shift * x, mass));
            }
        }
        atoms
    }

    /// The intervals of the support of 𝒬's law, ascending and disjoint, without isolated atoms.
    ///
    /// # Errors
    /// None that are known: those of the law of the weights.
    pub(crate) fn intervals(&self) -> Result<Vec<(f64, f64)>, LawError> {
        let largest = self.support_bound();
        if self.alpha_squared == 0.0 || largest == 0.0 {
            return Ok(Vec::new());
        }
        if self.shift == 0.0 {
            // −α²G Gᵀ/z: the sums scale with z.
            let place = self.place(1.0)?;
            let sums = place.pairs().map(|pair| place.sum(pair));
            let images = sums.map(|(low, high)| (-high, -low));
            return Ok(union(images.filter(|(_, high)| *high > 0.0).collect()));
        }
        let ends = self.ends(largest * (1.0 + 1e-9));
        let stretches = ends.par_windows(2);
        let found: Vec<_> = stretches
            .map(|pair| self.stretch(pair[0], pair[1]))
            .collect::<Result<_, _>>()?;
        Ok(union(found.into_iter().flatten().collect()))
    }

    /// The poles and a place beyond all of them.
    pub(super) fn ends(&self, last: f64) -> Vec<f64> {
        let poles = self.weights.at().iter().map(|x| self.shift * x);
        poles.filter(|pole| *pole > 0.0).chain([last]).collect()
    }

    /// The intervals between two poles.
    fn stretch(&self, from: f64, to: f64) -> Result<Vec<(f64, f64)>, LawError> {
        let mut intervals = Vec::new();
        // Nothing lies between two neighbouring numbers.
        if from.next_up() >= to {
            return Ok(intervals);
        }
        // Dense at the ends, and off the poles by a rounding.
        let place = |share: f64| self.place(between(from, to, share));
        let edge = 1e-7;
        let first = place(edge)?;
        let mut open = first.is_covered().then_some(from);
        let mut last = first;
        for k in 1..=CELLS {
            let share = (k as f64 / CELLS as f64).min(1.0 - edge);
            let next = place(share)?;
            let mut changes = Vec::new();
            self.changes(&last, &next, DEPTH, &mut changes)?;
            for z in changes {
                match open.take() {
                    Some(low) => intervals.push((low, z)),
                    None => open = Some(z),
                }
            }
            last = next;
        }
        if let Some(low) = open {
            intervals.push((low, to));
        }
        Ok(intervals)
    }

    /// Where the support begins and ends between two places, ascending.
    fn changes(
        &self,
        low: &Place,
        high: &Place,
        depth: u32,
        found: &mut Vec<f64>,
    ) -> Result<(), LawError> {
        if low.is_settled(high) {
            return Ok(());
        }
        let middle = 0.5 * (low.z + high.z);
        if depth > 0 && middle > low.z && middle < high.z {
            let middle = self.place(middle)?;
            self.changes(low, &middle, depth - 1, found)?;
            return self.changes(&middle, high, depth - 1, found);
        }
        let covered = low.is_covered();
        if covered != high.is_covered() {
            found.push(boundary(low.z, high.z, |z| {
                self.place(z)
                    .is_ok_and(|place| place.is_covered() == covered)
            }));
        }
        Ok(())
    }

    /// `K = γ₂·map`, the Marchenko–Pastur map with ratio `1/γ₂` of the law of τ.
    pub(super) fn place(&self, z: f64) -> Result<Place, LawError> {
        let taus = self.weights.at().iter().map(|&x| {
            let tau = -self.alpha_squared * x / (z - self.shift * x);
            tau + 0.0
        });
        let tau = Law::atoms(taus.collect(), self.weights.mass().to_vec())?;
        let (a, b) = (1.0 / self.gamma, 1.0);
        let mut kernel: Vec<(f64, f64)> = of_inverse(Inverse::Poisson { a, b }, &tau)?
            .into_iter()
            .map(|(low, high)| (self.gamma * low, self.gamma * high))
            .collect();
        if self.rank() < 1.0 {
            kernel.push((0.0, 0.0));
        }
        let kernel = union(kernel);
        Ok(Place { z, kernel })
    }
}
