//! The root: Newton's method, from a root nearby or from far above the axis.
//!
//! `R ↦ R − G η(R) G` is solved by minimal residuals: the matrix of this map, n² × n², is never formed.

use ndarray::{Array2, ArrayView2};
use num_complex::Complex64;

use super::MatrixSemicircle;
use super::definite::is_definite;
use super::krylov::solved;
use crate::linalg::complex_product;
use crate::measure::arithmetic::ball::size;
use crate::measure::law::transform::{Memory, Root};
use crate::numbers::most;

/// Steps of Newton's method from a good start.
const STEPS: usize = 12;
/// Relative residual of the last step.
const ROUNDING: f64 = 4.0 * f64::EPSILON;
/// What a step of Newton's method is solved to, as a share of the step: its square is left in any case.
const LOOSE: f64 = 0.1;
/// What the slope is solved to: above the axis its square is what is left.
const SQUARED: f64 = 1e-7;
/// The residual that is enough above the axis, where its square is what is left, and the same as a share of the height in deviations.
const ENOUGH: f64 = 1e-11;
const LOW: f64 = 1e-8;
/// Moduli of an imaginary part that is 0 but for rounding, as a share of the whole, and of one that may be.
const FLAT: f64 = 1e-9;
const LOST: f64 = 1e-6;
/// By which share the root is moved from the axis to tell whose it is.
const UP: f64 = 1e-6;
/// Parts of the way down to the axis: the first, and the least that is tried.
const FIRST: f64 = 0.2;
const LEAST: f64 = 0.97;
/// Heights above the last point, as shares of the first, from which that itself is tried: the first, and the last.
const NEAR: f64 = 1e-3;
const NEAREST: f64 = 1e-13;

/// A root with its slope.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) z: Complex64,
    /// `G`.
    pub(super) g: Array2<Complex64>,
    /// `G′ = −(1 − G η(·) G)⁻¹ G²`.
    pub(super) slope: Array2<Complex64>,
    /// Whether z is real, beside the support.
    pub(super) is_beside: bool,
    /// An estimate of the error of an entry.
    pub(super) error: f64,
    /// Steps of Newton's method.
    pub(super) steps: usize,
}

fn largest(a: ArrayView2<'_, Complex64>) -> f64 {
    most(a.iter().map(|x| size(*x)))
}

/// The largest entry of each row.
fn sizes(g: ArrayView2<'_, Complex64>) -> Vec<f64> {
    g.outer_iter()
        .map(|row| most(row.iter().map(|x| size(*x))))
        .collect()
}

/// The largest entry of a matrix in units of the sizes of its row and its column: near an atom rows differ by the square of its distance.
fn share(a: ArrayView2<'_, Complex64>, sizes: &[f64], part: impl Fn(Complex64) -> f64) -> f64 {
    let entries = a.indexed_iter();
    most(entries.map(|((i, j), &x)| part(x) / (sizes[i] * sizes[j]).sqrt()))
}

impl MatrixSemicircle {
    /// The root at z, from the last one if there is one.
    pub(super) fn root(&self, z: Complex64, memory: &mut Memory) -> Option<Found> {
        let start = memory.root.as_ref().and_then(|root| self.ahead(root, z));
        let near = start.and_then(|start| self.newton(z, start));
        let found = near.or_else(|| self.descended(z))?;
        memory.root = Some(Root {
            z,
            x: found.g.iter().copied().collect(),
            slope: found.slope.iter().copied().collect(),
        });
        Some(found)
    }

    /// Where a root moves to, by its slope.
    pub(super) fn ahead(&self, root: &Root, z: Complex64) -> Option<Array2<Complex64>> {
        let step = z - root.z;
        let moved = root
            .x
            .iter()
            .zip(&root.slope)
            .map(|(x, slope)| x + slope * step);
        Array2::from_shape_vec((self.n, self.n), moved.collect()).ok()
    }

    /// Followed from far above the axis.
    fn descended(&self, z: Complex64) -> Option<Found> {
        let high = 4.0 * self.deviation + z.im;
        let mut at = Complex64::new(z.re, high);
        let mut found =
            self.newton(at, self.mapped(at, Array2::zeros((self.n, self.n)).view())?)?;
        let (mut share, mut near) = (FIRST, NEAR);
        while at != z {
            let rest = at.im - z.im;
            let last = rest <= near * high;
            let height = if last { z.im } else { z.im + share * rest };
            let next = Complex64::new(z.re, height);
            let start = &found.g + &found.slope.map(|x| x * (next - at));
            if let Some(better) = self.newton(next, start) {
                (at, found) = (next, better);
                share = (share * share).max(FIRST);
            } else if last {
                near *= 0.1;
            } else {
                share = share.sqrt();
            }
            if share > LEAST || near < NEAREST {
                return None;
            }
        }
        Some(found)
    }

    fn newton(&self, z: Complex64, start: Array2<Complex64>) -> Option<Found> {
        let mut g = start;
        let mut last = f64::INFINITY;
        // z and A₀ are added to what is as large as the deviation.
        let sizes_of_terms = z.norm() + most(self.levels.iter().map(|x| x.abs()));
        let floor = ROUNDING * (1.0 + sizes_of_terms / self.deviation);
        let enough = ENOUGH.min(LOW * z.im / self.deviation).max(floor);
        for step in 1..=STEPS {
            let hat = self.mapped(z, g.view())?;
            let residual = &hat - &g;
            let change = share(residual.view(), &sizes(hat.view()), size);
            if change.is_nan() || change > 1e3 {
                return None;
            }
            // At rounding it falls no more.
            if change <= enough || (change < (1e3 * floor).max(1e-12) && change > 0.5 * last) {
                return self.accepted(z, hat, change, step);
            }
            last = change;
            let tolerance = (LOOSE * change.min(1.0)).max(0.3 * enough / change);
            g += &self.response(hat.view(), residual.view(), tolerance);
        }
        None
    }

    /// R with `R − G η(R) G = Y`.
    pub(super) fn response(
        &self,
        g: ArrayView2<'_, Complex64>,
        y: ArrayView2<'_, Complex64>,
        tolerance: f64,
    ) -> Array2<Complex64> {
        let shape = (self.n, self.n);
        let apply = |r: &[Complex64]| {
            let Ok(r) = ArrayView2::from_shape(shape, r) else {
                return r.to_vec();
            };
            (&r - &self.around(g, r)).into_iter().collect()
        };
        let rhs: Vec<Complex64> = y.iter().copied().collect();
        let found = solved(&apply, &rhs, tolerance);
        Array2::from_shape_vec(shape, found).unwrap_or_else(|_| y.to_owned())
    }

    /// The root if it is that of the transform: `Im G < 0`, or beside the support real and falling.
    fn accepted(
        &self,
        z: Complex64,
        mut g: Array2<Complex64>,
        change: f64,
        steps: usize,
    ) -> Option<Found> {
        let n = self.n;
        let scale = largest(g.view());
        let height = share(g.view(), &sizes(g.view()), |x| x.im.abs());
        let is_flat = z.im == 0.0 && height <= FLAT;
        if is_flat {
            g.map_inplace(|x| x.im = 0.0);
        } else if z.im == 0.0 && height <= LOST {
            return None;
        }
        let square = complex_product(g.view(), g.view());
        let slope = -self.response(g.view(), square.view(), SQUARED);
        let is_right = if is_flat {
            is_definite(|i, j| -slope[[i, j]].re, n)
        } else {
            // Rows on which X is a number stay real on the axis, and next to it up to rounding: a little above it they do not.
            let up = if z.im <= UP * self.deviation {
                UP * scale / largest(slope.view())
            } else {
                0.0
            };
            is_definite(|i, j| -g[[i, j]].im - up * slope[[i, j]].re, n)
        };
        let worse = largest(slope.view()) / largest(square.view());
        let error = (change + f64::EPSILON) * scale * worse.max(1.0);
        is_right.then_some(Found {
            z,
            g,
            slope,
            is_beside: is_flat,
            error,
            steps,
        })
    }
}
