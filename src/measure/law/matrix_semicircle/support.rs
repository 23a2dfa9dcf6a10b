//! The edges of the support, from a grid and the square of the density, and the atoms.
//!
//! An atom stands at an eigenvalue of A₀, and its mass is a multiple of 1/n (Shlyakhtenko and Skoufranis 2015; Mai, Speicher and Yin 2019); since
//! `y Im s(x + iy)` is at least the mass of x, most are excluded by one value.

use num_complex::Complex64;

use super::MatrixSemicircle;
use crate::measure::law::scan::{Place, beside, intervals, scanned};
use crate::measure::law::subordination::edges::union;
use crate::measure::law::transform::{Atom, Memory, Transform};
use crate::numbers::most;

/// Steps of the grid.
const GRID: usize = 120;
/// Steps towards an edge.
const STEPS: usize = 60;
/// Heights of which the first excludes most atoms, as shares of the width, and how far a multiple of 1/n may be off.
const HEIGHTS: i32 = 10;
const WHOLE: f64 = 0.02;
/// A height so low that an interval of this width is seen as one.
const LOW: f64 = 1e-8;

impl MatrixSemicircle {
    fn place(&self, x: f64, memory: &mut Memory) -> Place {
        let density = self.guessed(x, memory).map(|[density, _]| density);
        Place { x, density }
    }

    /// The intervals of the support; a gap narrower than a step of the grid is found only where the density has a minimum, an
    /// interval only where it holds a point of the grid or an eigenvalue of A₀.
    pub(super) fn edges(&self) -> Vec<(f64, f64)> {
        let (low, high) = self.hull();
        let width = high - low;
        let mut memory = Memory::default();
        let shares = (0..=GRID).map(|k| (k as f64 + 0.137) / (GRID as f64 + 0.274));
        let mut points: Vec<f64> = shares.map(|share| low + width * share).collect();
        points.extend([low, high]);
        points.extend(&self.levels);
        let atoms = self.atoms();
        points.extend(beside(atoms.iter().map(|atom| atom.at), width));
        points.retain(|x| (low..=high).contains(x) && atoms.iter().all(|atom| atom.at != *x));
        points.sort_by(f64::total_cmp);
        points.dedup();
        let places = scanned(&points, &mut |x| self.place(x, &mut memory));
        union(intervals(&places, &mut |gap, bulk| {
            self.edge(gap, bulk, &mut memory)
        }))
    }

    /// Next to an edge the square of the density, or its inverse where that is infinite, is 0 at the edge and nearly linear.
    fn edge(&self, gap: Place, bulk: Place, memory: &mut Memory) -> f64 {
        let (mut good, mut bad) = (gap.x, bulk.x);
        let mut inside = vec![(bulk.x, bulk.density.unwrap_or(0.0))];
        let mut last = f64::NAN;
        for _ in 0..STEPS {
            let middle = 0.5 * (good + bad);
            let next = zero(&inside).filter(|x| (x - good) * (x - bad) < 0.0);
            if next.is_some_and(|x| (x - last).abs() <= 1e-13 * (x.abs() + self.deviation)) {
                return last;
            }
            last = next.unwrap_or(f64::NAN);
            // A point inside, near the zero, makes the next better.
            let at = next.map_or(middle, |x| x + 0.1 * (inside[inside.len() - 1].0 - x));
            if at == good || at == bad {
                break;
            }
            match self.place(at, memory).density {
                Some(0.0) => good = at,
                Some(density) => {
                    bad = at;
                    inside.push((at, density));
                }
                None => break,
            }
        }
        if last.is_nan() { good } else { last }
    }

    pub(super) fn masses(&self) -> Vec<Atom> {
        let n = self.n as f64;
        let mut memory = Memory::default();
        // An eigenvalue that is 0 up to rounding is 0.
        let scale = self.deviation + most(self.levels.iter().map(|x| x.abs()));
        let exact = |x: &f64| if x.abs() <= 1e-14 * scale { 0.0 } else { *x };
        let mut places: Vec<f64> = self.levels.iter().map(exact).collect();
        places.dedup_by(|a, b| (*a - *b).abs() <= 1e-10 * self.deviation);
        let share = |at: f64, height: f64, memory: &mut Memory| {
            let z = Complex64::new(at, height);
            self.jet(z, memory).ok().map(|jet| n * height * jet.s.im)
        };
        let found = places.into_iter().filter_map(|at| {
            let mut before = f64::INFINITY;
            for k in 0..HEIGHTS {
                let height = 0.1 / n * self.deviation * 0.1_f64.powi(k);
                let mass = share(at, height, &mut memory)?;
                if mass < 1.0 - WHOLE {
                    return None;
                }
                let whole = mass.round();
                if (mass - whole).abs() <= WHOLE && (before - whole).abs() <= 10.0 * WHOLE {
                    // A narrow interval looks like an atom from above.
                    let near = share(at, LOW * self.deviation, &mut Memory::default());
                    let mass = whole / n;
                    let is_one = near.is_none_or(|near| (near - whole).abs() <= 10.0 * WHOLE);
                    return is_one.then_some(Atom { at: at + 0.0, mass });
                }
                before = mass;
            }
            None
        });
        found.collect()
    }
}

/// Where the square of the density vanishes, by its last two values.
fn zero(inside: &[(f64, f64)]) -> Option<f64> {
    let [.., (a, f), (b, g)] = *inside else {
        return None;
    };
    let (f, g) = if g > f {
        (1.0 / (f * f), 1.0 / (g * g))
    } else {
        (f * f, g * g)
    };
    let x = b - g * (b - a) / (g - f);
    x.is_finite().then_some(x)
}
