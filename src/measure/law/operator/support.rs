//! The edges of the support: folds of the root over the real axis, see [`super::fold`], or hard edges where variables are numbers.
//!
//! Where the transform satisfies an equation of its own, the places where the roots of that meet or are infinite tell all of them: see
//! [`super::curve`]. Otherwise points of a grid tell where, and the mass between two points beside the support whether an interval
//! hides there ([`super::hidden`]). A gap narrower than a step of the grid is found only if the density has a minimum there.

use num_complex::Complex64;

use super::Operator;
use crate::measure::arithmetic::ball::Ball;
use crate::measure::law::scan::{Place, beside, intervals, scanned};
use crate::measure::law::subordination::edges::union;
use crate::measure::law::transform::{Memory, Transform};
use crate::numbers::most;

/// Steps of the grid.
const GRID: usize = 400;
/// The size of a hull, in standard deviations of the law, from which it is large.
const SMALL: f64 = 40.0;
/// Where between two critical points the density is asked, in shares of their distance, until it is decided.
const INSIDE: [f64; 5] = [0.5, 0.3, 0.7, 0.1, 0.9];
/// Halvings between two points of the grid.
const HALVINGS: usize = 44;
/// Halvings before Newton's method is tried.
const COARSE: usize = 12;

impl Operator {
    /// The intervals of the support.
    pub(super) fn edges(&self) -> &[(f64, f64)] {
        self.edges.get_or_init(|| {
            self.between_critical().unwrap_or_else(|| {
                let places = self.scanned();
                union(intervals(&places, &mut |gap, bulk| self.edge(gap, bulk)))
            })
        })
    }

    /// The intervals between critical points of the equation on which the density is positive; `None` where that is not decided.
    fn between_critical(&self) -> Option<Vec<(f64, f64)>> {
        let curve = self.curve.as_ref()?;
        let mut memory = Memory::default();
        let mut found = Vec::new();
        for pair in curve.critical.windows(2) {
            let (low, high) = (pair[0], pair[1]);
            let positive = INSIDE.into_iter().find_map(|share| {
                let x = Ball::real(low + share * (high - low));
                let s = curve.local(x, self.hull, &mut memory)?.s;
                let positive = s.center.im > s.radius;
                (positive || s.center.im == 0.0).then_some(positive)
            });
            if positive? {
                found.push((low, high));
            }
        }
        Some(union(found))
    }

    pub(super) fn place(&self, x: f64, memory: &mut Memory) -> Place {
        let jet = self.jet(Complex64::new(x, 0.0), memory);
        Place {
            x,
            density: jet.ok().map(|jet| jet.s.im.max(0.0)),
        }
    }

    /// The points of the grid, and of the minima of the density between them; both ends are beside the support.
    fn scanned(&self) -> Vec<Place> {
        let (low, high) = self.hull;
        let margin = 1e-3 * (high - low).max(1e-9 * high.abs().max(low.abs()).max(1e-300));
        let (low, high) = (low - margin, high + margin);
        let mut memory = Memory::default();
        let mut points = vec![low, high];
        // Not halves or thirds of the hull, where an expression may have its special points.
        let shares = (1..GRID).map(|k| (k as f64 + 0.1370) / GRID as f64);
        points.extend(shares.clone().map(|share| low + (high - low) * share));
        // A law that is small in its hull is looked for around its mean.
        let moments = self.moments_on(2.0 * most([low.abs(), high.abs()]), 2);
        if let Some(&[_, mean, second]) = moments.ok().as_deref() {
            let scale = (second - mean * mean).max(0.0).sqrt();
            if high - low > SMALL * scale {
                let angles = shares.map(|share| std::f64::consts::PI * (share - 0.5));
                points.extend(angles.map(|angle| mean + scale * angle.tan()));
            }
        }
        // Next to its special points a law may have a gap that is small in its hull.
        points.extend(beside(self.places.iter().copied(), high - low));
        points.retain(|x| (low..=high).contains(x));
        points.sort_by(f64::total_cmp);
        points.dedup();
        let all = scanned(&points, &mut |x| self.place(x, &mut memory));
        self.uncovered(all)
    }

    /// The edge between a point beside the support and one inside.
    fn edge(&self, gap: Place, bulk: Place) -> f64 {
        let (mut good, mut bad) = (gap.x, bulk.x);
        let mut memory = Memory::default();
        let between = |at: &&f64| (**at - good) * (**at - bad) < 0.0;
        let mut places = self.places.iter().filter(between);
        if let Some(hard) = places.find(|&&at| self.is_hard(at, bad)) {
            return *hard;
        }
        for step in 0..HALVINGS {
            if step >= COARSE && step % 4 == 0 {
                let reach = 4.0 * (good - bad).abs();
                let found = self.fold(good, &mut memory.clone());
                if let Some(found) = found.filter(|found| (found - good).abs() <= reach) {
                    return found;
                }
            }
            let middle = 0.5 * (good + bad);
            if middle == good || middle == bad {
                break;
            }
            if self.place(middle, &mut memory).is_beside() {
                good = middle;
            } else {
                bad = middle;
            }
        }
        good
    }

    /// Whether a hard edge, at which the density is infinite, stands where variables are numbers: on one side the law is beside its support, with a
    /// transform that grows towards the place, and on the side of the bulk it is not.
    fn is_hard(&self, at: f64, bulk: f64) -> bool {
        let step = 1e-4 * (self.hull.1 - self.hull.0) * (at - bulk).signum();
        let mut memory = Memory::default();
        let mut value = |share: f64| {
            let jet = self.jet(Complex64::new(at + share * step, 0.0), &mut memory);
            jet.ok().map(|jet| jet.s)
        };
        let [Some(far), Some(near), Some(inside)] = [1.0, 0.1, -1.0].map(&mut value) else {
            return false;
        };
        far.im == 0.0 && near.im == 0.0 && inside.im > 0.0 && near.norm() > 2.0 * far.norm()
    }
}
