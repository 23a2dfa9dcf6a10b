//! A density that is linear between given points.
//!
//! On a cell of middle c and width w the density is `f + m (x−c)`. With `ζ = z − c`, `u = w/2ζ`,
//!
//! ```math
//! L = ∫ dx/(x−z) = −2 artanh u,   V = ∫ (x−c) dx/(x−z) = w + ζL,
//! ∫ ρ dx/(x−z) = f L + m V,   ∫ (x−c) ρ dx/(x−z) = f V + m ζV.
//! ```
//!
//! Away from a cell L and V are summed as series in u², near it they are logarithms, which are gathered point by point:
//! at an inner point `(z−x) log(z−x)` is left, which vanishes there.

use std::ops::Range;

use crate::measure::arithmetic::ball::Ball;
use crate::measure::arithmetic::sum::{Sum, add};
use crate::measure::law::answer::moments;
use crate::measure::law::local::Local;
use crate::measure::law::node::Kind;
use crate::measure::law::transform::{Atom, Memory, Transform};
use crate::measure::law::{Law, LawError, Notation};

mod cell;

use cell::Cell;

#[derive(Clone, Debug)]
pub(crate) struct Samples {
    at: Vec<f64>,
    density: Vec<f64>,
    cells: Vec<Cell>,
    /// The mass, that every sum is divided by.
    total: Ball,
}

impl Law {
    /// The law whose density is linear between the points `at` where it is `density`, 0 before the first and after
    /// the last, and divided by its mass. It may jump at both ends, and vanish between two points.
    ///
    /// Every bound is proved with respect to that law. A smooth density that was sampled at distance h is met to `O(h²)`.
    ///
    /// ```
    /// use tensor_dyson::measure::Law;
    /// let law = Law::from_samples(vec![0.0, 1.0], vec![2.0, 2.0])?;
    /// let uniform = Law::uniform(0.0, 1.0)?;
    /// let z = num_complex::Complex64::new(0.3, 0.0);
    /// let (a, b) = (law.stieltjes(z)?, uniform.stieltjes(z)?);
    /// assert!((a.s - b.s).norm() <= a.radius + b.radius);
    /// # Ok::<(), tensor_dyson::measure::LawError>(())
    /// ```
    ///
    /// # Errors
    /// [`LawError::Lengths`], [`LawError::Order`], [`LawError::Value`] for samples that are no density, and
    /// [`LawError::Mass`] if all of them are 0 or their sum overflows.
    pub fn from_samples(at: Vec<f64>, density: Vec<f64>) -> Result<Self, LawError> {
        if at.len() < 2 || at.len() != density.len() {
            return Err(LawError::Lengths {
                points: at.len(),
                values: density.len(),
            });
        }
        let unordered = |k: usize| !at[k].is_finite() || (k > 0 && at[k] <= at[k - 1]);
        if let Some(index) = (0..at.len()).find(|&k| unordered(k)) {
            let value = at[index];
            return Err(LawError::Order { index, value });
        }
        let bad = density.iter().position(|f| !(f.is_finite() && *f >= 0.0));
        if let Some(index) = bad {
            let value = density[index];
            return Err(LawError::Value { index, value });
        }
        let cells: Vec<Cell> = (1..at.len())
            .map(|k| {
                let width = at[k] - at[k - 1];
                Cell {
                    middle: 0.5 * at[k - 1] + 0.5 * at[k],
                    width,
                    height: 0.5 * density[k - 1] + 0.5 * density[k],
                    slope: (density[k] - density[k - 1]) / width,
                }
            })
            .collect();
        let (mut mass, mut lost) = (0.0, 0.0);
        for cell in &cells {
            add(&mut mass, &mut lost, cell.width * cell.height);
        }
        let mass: f64 = mass + lost;
        if !(mass.is_finite() && mass > 0.0 && cells.iter().all(|cell| cell.slope.is_finite())) {
            return Err(LawError::Mass { total: mass });
        }
        // Each term has three roundings, and their sum one.
        let total = Ball::real(mass).grown(8.0 * f64::EPSILON * mass);
        Ok(Self::new(Kind::Samples(Samples {
            at,
            density,
            cells,
            total,
        })))
    }
}

impl Samples {
    /// Neighbouring cells near the disc, from point `range.start` to `range.end`, by logarithms at their points.
    fn near(&self, range: Range<usize>, z: Ball) -> [Ball; 3] {
        let (first, last) = (range.start, range.end);
        let real = Ball::real;
        let slope = |k: usize| {
            (real(self.density[k + 1]) - real(self.density[k]))
                / (real(self.at[k + 1]) - real(self.at[k]))
        };
        // Any unit of length will do: the coefficients of the logarithms add to 0.
        let unit = self.at[last] - self.at[first];
        let zero = real(0.0);
        let (mut s, mut ds, mut mass) = (zero, zero, zero);
        for k in first..=last {
            let before = if k > first { slope(k - 1) } else { zero };
            let after = if k < last { slope(k) } else { zero };
            // The line on the left minus the line on the right, continued to z.
            let away = z - real(self.at[k]);
            let jump = if k == first {
                -real(self.density[k])
            } else if k == last {
                real(self.density[k])
            } else {
                zero
            };
            let bend = before - after;
            let log = (away / real(unit)).log_upper();
            if log.is_finite() {
                s = s + (bend * away + jump) * log;
                ds = ds + bend * log;
            } else {
                // |x log x| increases up to 1/e.
                let share = away.most() / unit;
                let small = unit * share * (share.ln().abs() + std::f64::consts::PI);
                let small = if share == 0.0 {
                    0.0
                } else {
                    small * (1.0 + 1e-9)
                };
                let known = jump.most() == 0.0 && share < 0.3;
                s = s.grown(if known {
                    bend.most() * small
                } else {
                    f64::INFINITY
                });
                ds = ds.grown(f64::INFINITY);
            }
            if jump.most() > 0.0 {
                ds = ds + jump / away;
            }
            if k < last {
                let width = real(self.at[k + 1]) - real(self.at[k]);
                s = s + slope(k) * width;
                mass = mass + (real(self.density[k]) + real(self.density[k + 1])) * 0.5 * width;
            }
        }
        // ∫xρ/(x−z) = mass + z ∫ρ/(x−z).
        [s, ds, -(mass + z * s)]
    }

    /// A lower bound of the distance of a disc from the support.
    fn distance(&self, z: Ball) -> f64 {
        let intervals = self.pieces().into_iter();
        intervals.fold(f64::INFINITY, |least, interval| {
            least.min(z.beside(interval))
        })
    }

    /// The intervals on which the density is not 0.
    fn pieces(&self) -> Vec<(f64, f64)> {
        let mut pieces: Vec<(f64, f64)> = Vec::new();
        for k in 1..self.at.len() {
            if self.density[k - 1] == 0.0 && self.density[k] == 0.0 {
                continue;
            }
            match pieces.last_mut() {
                Some(last) if last.1 == self.at[k - 1] => last.1 = self.at[k],
                _ => pieces.push((self.at[k - 1], self.at[k])),
            }
        }
        pieces
    }
}

impl Transform for Samples {
    fn evaluate(&self, z: Ball, _: &mut Memory) -> Result<Local, LawError> {
        let mut total = [Sum::default(); 3];
        let mut near = [Ball::real(0.0); 3];
        let count = self.cells.len();
        let mut k = 0;
        while k < count {
            if self.cells[k].height == 0.0 {
                k += 1;
                continue;
            }
            if self.cells[k].is_far(z) {
                self.cells[k].far(z, &mut total);
                k += 1;
                continue;
            }
            let start = k;
            while k < count && self.cells[k].height > 0.0 && !self.cells[k].is_far(z) {
                k += 1;
            }
            let found = self.near(start..k, z);
            for (sum, value) in near.iter_mut().zip(found) {
                *sum = *sum + value;
            }
        }
        let reach = self.distance(z);
        let real = z.center.im == 0.0 && reach > 0.0;
        let value = |which: usize| {
            let mut value = (near[which] + total[which].total()) / self.total;
            if real {
                value.center.im = 0.0;
            }
            value
        };
        let (s, ds, chi) = (value(0), value(1), value(2));
        if !s.is_finite() {
            return Err(LawError::at_edge(z.center, z.radius));
        }
        Ok(Local::new(z, s, ds, chi, reach))
    }

    fn atoms(&self) -> Vec<Atom> {
        Vec::new()
    }

    fn hull(&self) -> (f64, f64) {
        let pieces = self.pieces();
        (pieces[0].0, pieces[pieces.len() - 1].1)
    }

    fn intervals(&self) -> Result<Vec<(f64, f64)>, LawError> {
        Ok(self.pieces())
    }

    fn kinks(&self) -> Result<Vec<f64>, LawError> {
        Ok(self.at.clone())
    }

    /// `∫ yʲ dy` over a cell is `2 (w/2)^{j+1}/(j+1)` for even j, with `y = x − c`.
    fn moments(&self, count: usize) -> Result<Vec<f64>, LawError> {
        let mut sums = vec![0.0; count + 1];
        for cell in &self.cells {
            let half = 0.5 * cell.width;
            let even = |j: usize| 2.0 * half.powi(j as i32 + 1) / (j + 1) as f64;
            let local: Vec<f64> = (0..=count)
                .map(|j| {
                    if j % 2 == 0 {
                        cell.height * even(j)
                    } else {
                        cell.slope * even(j + 1)
                    }
                })
                .collect();
            let moments = moments::affine(&local, 1.0, cell.middle);
            sums.iter_mut().zip(moments).for_each(|(sum, m)| *sum += m);
        }
        let mass = self.total.center.re;
        Ok(sums.into_iter().map(|sum| sum / mass).collect())
    }

    fn notation(&self, f: &mut Notation<'_>) -> std::fmt::Result {
        let (low, high) = self.hull();
        write!(f, "samples({low}, {high}, {} points)", self.at.len())
    }
}
