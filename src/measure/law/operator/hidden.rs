//! Intervals of the support that lie between two points of a grid.
//!
//! `−(1/2πi) ∮ s dz` over a circle through two points beside the support is the mass between them. Where that is more than the
//! atoms there, the points between are asked, by halves, until one is in the support.

use num_complex::Complex64;
use std::f64::consts::PI;

use super::Operator;
use crate::measure::law::scan::Place;
use crate::measure::law::transform::{Memory, Transform};

/// A mass that is seen, and by how much two rules may differ.
const SEEN: f64 = 1e-6;
/// Nodes of the first rule and of the last.
const NODES: [usize; 2] = [16, 512];
/// Stretches that are looked at in all.
const STRETCHES: usize = 600;
/// The width of a stretch, relative to its place, that is one point.
const POINT: f64 = 1e-13;

impl Operator {
    /// The places of a grid with one in each interval that they missed.
    pub(super) fn uncovered(&self, places: Vec<Place>) -> Vec<Place> {
        let mut stretches: Vec<[f64; 2]> = Vec::new();
        for run in places.chunk_by(|a, b| a.is_beside() && b.is_beside()) {
            if let [first, .., last] = run {
                stretches.push([first.x, last.x]);
            }
        }
        let mut all = places;
        let mut memory = Memory::default();
        let mut looked = 0;
        while let Some([low, high]) = stretches.pop() {
            looked += 1;
            let is_point = high - low <= POINT * low.abs().max(high.abs());
            if looked > STRETCHES || is_point || !self.is_filled(low, high) {
                continue;
            }
            // Not the middle, where an expression may have an atom.
            let found = self.place(low + 0.4863 * (high - low), &mut memory);
            all.push(found);
            if found.density.is_none_or(|density| density == 0.0) {
                stretches.extend([[low, found.x], [found.x, high]]);
            }
        }
        all.retain(|place| place.density.is_some());
        all.sort_by(|a, b| a.x.total_cmp(&b.x));
        all
    }

    /// Whether there is more than atoms between two points.
    fn is_filled(&self, low: f64, high: f64) -> bool {
        let atoms = self.atoms().into_iter();
        let atoms = atoms.filter(|atom| low < atom.at && atom.at < high);
        let known: f64 = atoms.map(|atom| atom.mass).sum();
        let mut last = f64::NAN;
        let mut nodes = NODES[0];
        while nodes <= NODES[1] {
            let Some(mass) = self.mass_within(low, high, nodes) else {
                return false;
            };
            if (mass - last).abs() < SEEN {
                return mass - known > SEEN;
            }
            (last, nodes) = (mass, 2 * nodes);
        }
        // A circle that passes the support closely tells no less than its own error.
        last - known > 1e-2
    }

    fn mass_within(&self, low: f64, high: f64, nodes: usize) -> Option<f64> {
        let (center, radius) = (0.5 * (low + high), 0.5 * (high - low));
        let mut memory = Memory::default();
        let mut sum = 0.0;
        // The lower half is the conjugate of the upper one.
        for k in 0..nodes / 2 {
            let angle = PI * (k as f64 + 0.5) / (nodes / 2) as f64;
            let step = Complex64::from_polar(radius, angle);
            let s = self.jet(center + step, &mut memory).ok()?.s;
            sum -= 2.0 * (s * step).re / nodes as f64;
        }
        Some(sum)
    }
}
