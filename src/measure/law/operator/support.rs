//! The edges of the support: folds of the root over the real axis, see [`super::fold`], or hard edges where variables are numbers.
//!
//! Where the transform satisfies an equation of its own, the places where the roots of that meet or are infinite tell all of them: see
//! [`super::curve`]. Otherwise points of a grid tell where. A gap or an interval narrower than a step of the
//! grid is found only if the density has a minimum or an atom there.

use num_complex::Complex64;

use super::Operator;
use crate::measure::arithmetic::ball::Ball;
use crate::measure::law::LawError;
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

/// A point of the axis: the density there, 0 beside the support; `None` where nothing is known.
#[derive(Clone, Copy, Debug)]
struct Place {
    x: f64,
    density: Option<f64>,
}

impl Place {
    fn is_beside(&self) -> bool {
        self.density == Some(0.0)
    }
}

impl Operator {
    /// The intervals of the support.
    pub(super) fn edges(&self) -> Result<Vec<(f64, f64)>, LawError> {
        if let Some(intervals) = self.between_critical() {
            return Ok(intervals);
        }
        let places = self.scanned();
        let mut edges = Vec::new();
        for pair in places.windows(2) {
            if pair[0].is_beside() != pair[1].is_beside() {
                let (gap, bulk) = if pair[0].is_beside() {
                    (pair[0], pair[1])
                } else {
                    (pair[1], pair[0])
                };
                edges.push(self.edge(gap, bulk));
            }
        }
        // Of a point at which the transform is infinite an atom alone is left.
        let pairs = edges
            .chunks_exact(2)
            .map(|pair| (pair[0] + 0.0, pair[1] + 0.0));
        Ok(union(pairs.filter(|(low, high)| low < high).collect()))
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

    fn place(&self, x: f64, memory: &mut Memory) -> Place {
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
        points.retain(|x| (low..=high).contains(x));
        points.sort_by(f64::total_cmp);
        points.dedup();
        let grid: Vec<Place> = points.iter().map(|&x| self.place(x, &mut memory)).collect();
        let mut all = grid.clone();
        for three in grid.windows(3) {
            let [Some(a), Some(b), Some(c)] = [0, 1, 2].map(|k| three[k].density) else {
                continue;
            };
            if b > 0.0 && b < 0.7 * a.min(c) {
                all.extend(self.minimum(three[0].x, three[2].x, &mut memory));
            }
        }
        // A point where nothing is known counts as one of the support if it is one; atoms are not.
        all.retain(|place| place.density.is_some());
        all.sort_by(|a, b| a.x.total_cmp(&b.x));
        if let Some(first) = all.first_mut() {
            first.density = Some(0.0);
        }
        if let Some(last) = all.last_mut() {
            last.density = Some(0.0);
        }
        all
    }

    /// Points on the way to a minimum of the density, the first of density 0 the last.
    fn minimum(&self, low: f64, high: f64, memory: &mut Memory) -> Vec<Place> {
        const GOLDEN: f64 = 0.618_033_988_749_894_9;
        let (mut low, mut high) = (low, high);
        let mut found = Vec::new();
        for _ in 0..40 {
            let inner = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
            let [a, b] = inner.map(|x| self.place(x, memory));
            found.extend([a, b]);
            if a.is_beside() || b.is_beside() {
                break;
            }
            let (Some(left), Some(right)) = (a.density, b.density) else {
                break;
            };
            if left < right {
                high = b.x
            } else {
                low = a.x
            }
            if high - low <= 1e-10 * (high.abs() + low.abs()) {
                break;
            }
        }
        found
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
