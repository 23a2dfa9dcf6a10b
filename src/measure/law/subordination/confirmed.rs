//! Edges of a free convolution held against its density, and read off that where they contradict it.
//!
//! The real subordination functions of nested laws may have no values where a gap is looked for, so that it is missed, or is
//! taken for larger than it is ([`super::gaps`]). The density is another way to the same edges, to as many digits as it
//! tells from 0.

use num_complex::Complex64;

use super::edges::boundary;
use crate::measure::arithmetic::ball::Ball;
use crate::measure::law::LawError;
use crate::measure::law::scan::{Place, beside, intervals, scanned};
use crate::measure::law::transform::{Memory, Transform};

type Intervals = Vec<(f64, f64)>;

/// Steps of the grid, and points of an interval or a gap that are asked.
const GRID: usize = 500;
const ASKED: usize = 24;
/// How far beside an edge, as a share of the interval or the gap, density and rest are told apart.
const BESIDE: f64 = 1e-3;
/// The share of a transform that is no imaginary part but rounding.
const ROUNDING: f64 = 1e-9;

/// The intervals that were found, where the density agrees with them; otherwise those that it has itself.
pub(super) fn confirmed(
    law: &dyn Transform,
    found: Result<Intervals, LawError>,
) -> Result<Intervals, LawError> {
    let mut scan = Scan {
        law,
        memory: Memory::default(),
    };
    if let Ok(intervals) = &found
        && scan.agrees(intervals)
    {
        return found;
    }
    let own = scan.intervals();
    match !own.is_empty() && scan.agrees(&own) {
        true => Ok(own),
        false => found,
    }
}

struct Scan<'a> {
    law: &'a dyn Transform,
    memory: Memory,
}

impl Scan<'_> {
    /// By the enclosed value; without one by the root that is found.
    fn place(&mut self, x: f64) -> Place {
        let z = Complex64::new(x, 0.0);
        let density = match self.law.evaluate(Ball::exact(z), &mut self.memory) {
            Ok(local) if local.s.is_finite() => {
                let (im, radius) = (local.s.center.im, local.s.radius);
                (im > radius || im == 0.0).then_some(im)
            }
            _ => {
                let jet = self.law.jet(z, &mut self.memory).ok();
                let s = jet.map(|jet| jet.s).filter(|s| s.is_finite());
                s.map(|s| {
                    if s.im > ROUNDING * s.norm() {
                        s.im
                    } else {
                        0.0
                    }
                })
            }
        };
        Place { x, density }
    }

    /// Whether there is a density inside of all intervals and none beside, as far as it is known.
    fn agrees(&mut self, intervals: &[(f64, f64)]) -> bool {
        let (Some(first), Some(last)) = (intervals.first(), intervals.last()) else {
            return false;
        };
        for &(low, high) in intervals {
            for k in 0..ASKED {
                let share = (k as f64 + 0.37) / ASKED as f64;
                if self.place(low + share * (high - low)).is_beside() {
                    return false;
                }
            }
        }
        let width = last.1 - first.0;
        let mut outside = vec![first.0 - BESIDE * width, last.1 + BESIDE * width];
        for pair in intervals.windows(2) {
            let (low, high) = (pair[0].1, pair[1].0);
            let shares = [BESIDE, 0.5, 1.0 - BESIDE];
            outside.extend(shares.map(|share| low + share * (high - low)));
        }
        let mut places = outside.into_iter().map(|x| self.place(x).density);
        places.all(|density| density.is_none_or(|density| density == 0.0))
    }

    fn intervals(&mut self) -> Intervals {
        let (low, high) = self.law.hull();
        let margin = 1e-6 * (high - low);
        let (low, high) = (low - margin, high + margin);
        // Not halves or thirds of the hull, where atoms may stand.
        let shares = (0..GRID).map(|k| (k as f64 + 0.1370) / GRID as f64);
        let inner = shares.map(|share| low + (high - low) * share);
        let mut points: Vec<f64> = std::iter::once(low).chain(inner).chain([high]).collect();
        let atoms = self.law.atoms().into_iter().map(|atom| atom.at);
        points.extend(beside(atoms, high - low));
        points.retain(|x| (low..=high).contains(x));
        points.sort_by(f64::total_cmp);
        let places = scanned(&points, &mut |x| self.place(x));
        intervals(&places, &mut |gap, bulk| {
            boundary(gap.x, bulk.x, |x| self.place(x).is_beside())
        })
    }
}
