//! A piece of a distribution function: Chebyshev series on cells of an angle.

use rayon::prelude::*;
use std::f64::consts::PI;

use super::effort::Effort;
use crate::measure::arithmetic::cosines;
use crate::measure::law::transform::Memory;
use crate::measure::law::{Law, LawError, Walk};

/// A stretch of the support between two points where the density may be singular.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) low: f64,
    pub(super) high: f64,
    cells: Vec<Cell>,
    pub(super) mass: f64,
}

#[derive(Clone, Debug)]
struct Cell {
    from: f64,
    to: f64,
    /// Mass of the piece below the cell.
    before: f64,
    /// Chebyshev coefficients of `dF/dθ`, and of its integral from the left end.
    slope: Vec<f64>,
    integral: Vec<f64>,
}

/// Nodes on a cell, and about how many values all cells ask for.
const NODES: usize = 32;
const WALK: usize = 10_000;
/// Halvings of the half circle; and quarterings next to an end that is 0 to the last bit, where x keeps its relative accuracy and the
/// density may grow like any power of x above −1, as of a product of laws with hard edges.
const DEPTH: usize = 30;
const AT_ZERO: usize = 30;
/// The share of its error that a half keeps if that is noise; and from which error on the two halves may tell.
const STAYS: f64 = 0.25;
const NOISY: f64 = 1e-7;
/// Cells of a piece, from which on none is halved.
const CELLS: usize = 2000;
/// A cell next to such an end is small enough, for what no smaller one would mend, if it has little mass and the values lose
/// their digits. Those of an inner law that is an integral do so beyond a share ε of its support, where a search takes longer
/// than all others together and smaller cells are worse.
const LITTLE: f64 = 1e-8;
const LOST: f64 = 1e-6;
const LITTLE_OF_INTEGRALS: f64 = 1e-7;
/// Halvings at the other end, where an angle keeps its distance from π to the last bit of π.
const BELOW_ZERO: usize = 44;

impl Piece {
    /// The piece between two ends, with an estimate of its error.
    pub(super) fn new(
        law: &Law,
        (low, high): (f64, f64),
        effort: &Effort,
    ) -> Result<(Self, f64), LawError> {
        let mut piece = Self {
            low,
            high,
            cells: Vec::new(),
            mass: 0.0,
        };
        // Each with what the cell that was halved was off by.
        let mut waiting = vec![(0.0, PI, Memory::over(WALK), f64::INFINITY)];
        let mut error = 0.0;
        for depth in 0.. {
            let tried = std::mem::take(&mut waiting)
                .into_par_iter()
                .map(|(from, to, memory, before)| {
                    let cell = piece.cell(law, effort, from, to, memory)?;
                    Ok((cell, before))
                })
                .collect::<Result<Vec<_>, LawError>>()?;
            let tails: Vec<f64> = tried.iter().map(|((_, [tail, _], _), _)| *tail).collect();
            for (k, ((cell, [tail, noise], middle), before)) in tried.into_iter().enumerate() {
                // Where both halves are as bad as the whole the values are noise.
                let stays = |k: usize| tails.get(k).is_some_and(|tail| *tail > STAYS * before);
                let is_noise = before < NOISY && stays(k) && stays(k ^ 1);
                let at_zero = low == 0.0 && cell.from == 0.0;
                let most = if at_zero {
                    AT_ZERO
                } else if high == 0.0 && cell.to == PI {
                    BELOW_ZERO
                } else {
                    DEPTH
                };
                let mass = clenshaw(&cell.integral, 1.0);
                let is_lost = at_zero
                    && (mass < LITTLE && noise > LOST * mass
                        || mass < LITTLE_OF_INTEGRALS && law.takes_integrals());
                // What is below the values' own bounds no smaller cell resolves.
                let many = piece.cells.len() + waiting.len() >= CELLS;
                if tail > effort.tail.max(noise) && depth < most && !is_lost && !is_noise && !many {
                    // A power of x at 0 is resolved on all but the nearest quarter of a cell there.
                    let share = if at_zero { 0.25 } else { 0.5 };
                    let half = cell.from + share * (cell.to - cell.from);
                    waiting.push((cell.from, half, middle.clone(), tail));
                    waiting.push((half, cell.to, middle, tail));
                } else {
                    error += tail;
                    piece.cells.push(cell);
                }
            }
            if waiting.is_empty() {
                break;
            }
        }
        piece.cells.sort_by(|a, b| a.from.total_cmp(&b.from));
        for cell in &mut piece.cells {
            cell.before = piece.mass;
            piece.mass += clenshaw(&cell.integral, 1.0);
        }
        Ok((piece, error))
    }

    /// A cell with an estimate of its error, what the errors of its values may make of that, and what a search remembers in
    /// the middle of it.
    fn cell(
        &self,
        law: &Law,
        effort: &Effort,
        from: f64,
        to: f64,
        memory: Memory,
    ) -> Result<(Cell, [f64; 2], Memory), LawError> {
        let mut walk = Walk { law, memory };
        let mut middle = Memory::default();
        let (low, high) = (self.low, self.high);
        let (mut values, mut noise) = ([0.0; NODES], 0.0);
        for (j, value) in values.iter_mut().enumerate() {
            let theta = Cell::node(from, to, j);
            let x = self.point(theta);
            let [density, error] = effort.density_at(&mut walk, x, (low, high))?;
            // The place is rounded, and with it its distance from an end at which the density may be infinite.
            let error = error + density * f64::EPSILON * x.abs() / (x - low).min(high - x);
            let stretch = 0.5 * (high - low) * theta.sin();
            *value = density * stretch;
            noise += error * stretch / NODES as f64;
            if j == NODES / 2 {
                middle = walk.memory.clone();
            }
        }
        let slope = chebyshev(&values);
        let half = 0.5 * (to - from);
        // A coefficient is off by twice the mean error at most, and by a small part of that as a rule.
        let noise = half * noise;
        let tail = half * slope[NODES - 4..].iter().map(|c| c.abs()).sum::<f64>();
        let integral = antiderivative(&slope, half);
        let cell = Cell {
            from,
            to,
            before: 0.0,
            slope,
            integral,
        };
        Ok((cell, [tail, noise], middle))
    }

    /// `x(θ)`, accurate relative to the nearer end.
    fn point(&self, theta: f64) -> f64 {
        let width = self.high - self.low;
        if theta < 0.5 * PI {
            self.low + width * (0.5 * theta).sin().powi(2)
        } else {
            self.high - width * (0.5 * (PI - theta)).sin().powi(2)
        }
    }

    fn angle(&self, x: f64) -> f64 {
        let width = self.high - self.low;
        let (left, right) = ((x - self.low) / width, (self.high - x) / width);
        2.0 * left.max(0.0).sqrt().atan2(right.max(0.0).sqrt())
    }

    /// The density at a point inside.
    pub(super) fn density(&self, x: f64) -> f64 {
        self.density_between(x - self.low, self.high - x)
    }

    /// The density at distances from both ends: `dx/dθ` is the root of their product.
    pub(super) fn density_between(&self, left: f64, right: f64) -> f64 {
        let theta = 2.0 * left.max(0.0).sqrt().atan2(right.max(0.0).sqrt());
        let cell = self.cell_at(theta);
        clenshaw(&cell.slope, cell.local(theta)) / (left * right).sqrt()
    }

    /// The point between two at which the mass below is `wanted`.
    pub(super) fn quantile(&self, wanted: f64, from: f64, to: f64) -> f64 {
        self.point(self.inverse(wanted, self.angle(from), self.angle(to)))
    }

    /// The mass below x.
    pub(super) fn below(&self, x: f64) -> f64 {
        if x <= self.low {
            0.0
        } else if x >= self.high {
            self.mass
        } else {
            self.integral(self.angle(x))
        }
    }

    fn cell_at(&self, theta: f64) -> &Cell {
        let index = self.cells.partition_point(|cell| cell.to < theta);
        &self.cells[index.min(self.cells.len() - 1)]
    }

    fn integral(&self, theta: f64) -> f64 {
        let cell = self.cell_at(theta);
        cell.before + clenshaw(&cell.integral, cell.local(theta))
    }

    /// θ with the integral `wanted`, by Newton's method inside a bisection.
    fn inverse(&self, wanted: f64, low: f64, high: f64) -> f64 {
        let (mut low, mut high) = (low, high);
        let mut theta = 0.5 * (low + high);
        for _ in 0..80 {
            let miss = self.integral(theta) - wanted;
            if miss > 0.0 {
                high = theta;
            } else {
                low = theta;
            }
            let cell = self.cell_at(theta);
            let next = theta - miss / clenshaw(&cell.slope, cell.local(theta));
            let inside = next > low && next < high;
            let next = if inside { next } else { 0.5 * (low + high) };
            let moved = (next - theta).abs();
            theta = next;
            if moved <= 1e-15 || high - low <= 1e-15 {
                break;
            }
        }
        theta
    }
}

impl Cell {
    /// Node j of a cell, a zero of the Chebyshev polynomial of degree `NODES`.
    fn node(from: f64, to: f64, j: usize) -> f64 {
        let angle = cosines::angle(j, NODES);
        // From the nearer end, so that nodes next to θ = 0 keep their relative accuracy.
        from + (to - from) * (0.5 * angle).sin().powi(2)
    }

    fn local(&self, theta: f64) -> f64 {
        ((theta - self.from) - (self.to - theta)) / (self.to - self.from)
    }
}

/// Coefficients of `Σ c_k T_k(t)` through the values at `t = −cos angle_j`.
fn chebyshev(values: &[f64; NODES]) -> Vec<f64> {
    let mut series = cosines::coefficients(values);
    // T_k(−cos) = (−1)ᵏ cos k·
    series.iter_mut().skip(1).step_by(2).for_each(|c| *c = -*c);
    series
}

/// The integral from −1, times `scale`.
fn antiderivative(series: &[f64], scale: f64) -> Vec<f64> {
    let at = |k: usize| series.get(k).copied().unwrap_or(0.0);
    let mut out = vec![0.0; series.len() + 1];
    for (k, c) in out.iter_mut().enumerate().skip(1) {
        let before = if k == 1 { 2.0 * at(0) } else { at(k - 1) };
        *c = scale * (before - at(k + 1)) / (2 * k) as f64;
    }
    out[0] = -clenshaw(&out, -1.0);
    out
}

fn clenshaw(series: &[f64], t: f64) -> f64 {
    let (mut one, mut two) = (0.0, 0.0);
    for c in series.iter().skip(1).rev() {
        (one, two) = (c + 2.0 * t * one - two, one);
    }
    series[0] + t * one - two
}
