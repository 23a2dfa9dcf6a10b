//! Roots of the equation, found by Newton's method; trusted only when enclosed, see [`super::enclosure`].
//!
//! With b raised by `i h` the equation has one root with `Im W < 0` (and `Im ω_j > 0`), and this one is analytic in h > 0 (Helton, Rashidi Far and
//! Speicher 2007; Belinschi, Mai and Speicher 2017). From h large, where it is `W = −i/h` nearly, it is followed down to `h = 0`.

use num_complex::Complex64;

use super::dense;
use super::equation::Equation;
use crate::measure::arithmetic::ball::size;
use crate::measure::law::LawError;
use crate::measure::law::transform::{Memory, Root};

/// Steps towards one point.
const NEWTON: usize = 24;
/// Levels on the way down.
const LEVELS: usize = 100;

/// A root with the inverse of the derivative near it.
pub(super) struct Found {
    pub(super) x: Vec<Complex64>,
    pub(super) inverse: Vec<Complex64>,
}

/// The largest modulus.
fn largest(x: &[Complex64]) -> f64 {
    crate::numbers::most(x.iter().map(|x| size(*x)))
}

/// A search for the root at one point.
pub(super) struct Search<'a> {
    pub(super) equation: &'a Equation,
    pub(super) z: Complex64,
    pub(super) steps: usize,
    change: f64,
}

impl<'a> Search<'a> {
    pub(super) fn new(equation: &'a Equation, z: Complex64) -> Self {
        Self {
            equation,
            z,
            steps: 0,
            change: f64::INFINITY,
        }
    }

    fn failure(&self) -> LawError {
        LawError::NotConverged {
            z: self.z,
            change: self.change,
            steps: self.steps,
        }
    }

    /// From the remembered root if there is one, else, or if that fails, from far above; `finish` makes of the root what
    /// is asked for.
    pub(super) fn run<T>(
        &mut self,
        memory: &mut Memory,
        finish: impl Fn(&mut Self, Found) -> Result<(T, Root), LawError>,
    ) -> Result<T, LawError> {
        if let Some(root) = &memory.root
            && root.x.len() == self.equation.count()
        {
            let by = self.z - root.z;
            let moved = root
                .x
                .iter()
                .zip(&root.slope)
                .map(|(x, slope)| x + slope * by);
            let start: Vec<Complex64> = moved.collect();
            let tried = self
                .newton(0.0, start)
                .and_then(|found| finish(self, found));
            if let Ok((answer, root)) = tried {
                memory.root = Some(root);
                return Ok(answer);
            }
        }
        let (answer, root) = self.descend(&finish)?;
        memory.root = Some(root);
        Ok(answer)
    }

    /// Newton's method for b raised by `i height`, the inverse kept as long as it shrinks the steps.
    pub(super) fn newton(&mut self, height: f64, start: Vec<Complex64>) -> Result<Found, LawError> {
        let (equation, mut x) = (self.equation, start);
        let m = equation.count();
        let invert = |x: &[Complex64]| dense::inverse(equation.jacobian(self.z, height, x), m);
        let mut inverse = invert(&x).ok_or_else(|| self.failure())?;
        let (mut before, mut fresh) = (f64::INFINITY, true);
        for _ in 0..NEWTON {
            self.steps += 1;
            let residual = equation.residual(self.z, height, &x);
            let step = dense::times(&inverse, &residual);
            let (change, scale) = (largest(&step), largest(&x));
            self.change = change / scale;
            // Steps that grow lead nowhere.
            if !change.is_finite() || change > 1e3 * before.min(scale) {
                break;
            }
            for (x, step) in x.iter_mut().zip(&step) {
                *x -= step;
            }
            let rounding = change <= 4.0 * f64::EPSILON * scale;
            let stalled = change <= 1e-11 * scale && change > 0.3 * before;
            if rounding || stalled {
                return Ok(Found { x, inverse });
            }
            if change > 0.05 * before || (fresh && change > 1e-3 * scale) {
                inverse = invert(&x).ok_or_else(|| self.failure())?;
                fresh = true;
            } else {
                fresh = false;
            }
            before = change;
        }
        Err(self.failure())
    }

    fn descend<T>(
        &mut self,
        finish: &impl Fn(&mut Self, Found) -> Result<(T, Root), LawError>,
    ) -> Result<(T, Root), LawError> {
        let equation = self.equation;
        let mut height = 8.0 * (equation.height() + size(self.z));
        let mut found = self.newton(height, equation.far(height))?;
        let mut ratio: f64 = 0.25;
        let mut failure = self.failure();
        let floor = 1e-15 * (1.0 + size(self.z));
        for _ in 0..LEVELS {
            let push = equation.pushed(&equation.upward(), &found.x);
            let slope = dense::times(&found.inverse, &push);
            // dX/dh = −J⁻¹ ∂F/∂h.
            let ahead = |by: f64| -> Vec<Complex64> {
                let pairs = found.x.iter().zip(&slope);
                pairs.map(|(x, slope)| x - slope * by).collect()
            };
            // From a point that is far from it the target is not reached.
            if height * largest(&slope) <= 0.5 * largest(&found.x) {
                let tried = self
                    .newton(0.0, ahead(-height))
                    .and_then(|found| finish(self, found));
                match tried {
                    Ok(answer) => return Ok(answer),
                    Err(error) => failure = error,
                }
            }
            if height <= floor || ratio > 0.999 {
                break;
            }
            let next = ratio * height;
            match self.newton(next, ahead(next - height)) {
                Ok(lower) if equation.is_nearly_upper(&lower.x) => {
                    found = lower;
                    height = next;
                    ratio = (ratio * ratio).max(0.125);
                }
                _ => ratio = ratio.sqrt(),
            }
        }
        Err(failure)
    }
}

impl Equation {
    /// A bound of the sizes of the coefficients.
    fn height(&self) -> f64 {
        let constants = self.blocks.iter().flat_map(|block| {
            let atoms = block.families.iter().flat_map(|family| {
                let most = crate::numbers::most(family.atoms.iter().map(|(at, _)| at.abs()));
                family.coefficient.iter().map(move |c| size(*c) * most)
            });
            block.constant.iter().map(|x| size(*x)).chain(atoms)
        });
        let flows = self.flows.iter().map(|flow| size(flow.factor));
        1.0 + constants.sum::<f64>() + flows.sum::<f64>().sqrt()
    }

    /// `W = −i/h`, `ω = V = ih`.
    fn far(&self, height: f64) -> Vec<Complex64> {
        let mut out = vec![Complex64::ZERO; self.count()];
        for (t, block) in self.blocks.iter().enumerate() {
            let omegas = self.omegas(t).max(1);
            let inverses = match block.families.len() {
                0 | 1 => 0,
                k => k + 1,
            };
            for k in 0..omegas + inverses {
                let value = if k < omegas { -1.0 / height } else { height };
                for i in 0..block.size {
                    out[self.place(t, k) + i * (block.size + 1)] = Complex64::new(0.0, value);
                }
            }
        }
        out
    }

    /// Whether `Im W < 0` in every block, and `Im ω_j > 0` on the rows that other variables reach, for all unknowns within
    /// `radius`.
    pub(super) fn is_upper(&self, x: &[Complex64], radius: f64) -> bool {
        self.has_sign(x, radius, imaginary)
    }

    /// The same up to rounding, for an iteration: `Im W` may be singular.
    pub(super) fn is_nearly_upper(&self, x: &[Complex64]) -> bool {
        self.is_upper(x, -1e-10 * largest(x))
    }

    /// The same of the Hermitian parts of derivatives: `Re W′ < 0`, `Re ω_j′ > 0`.
    pub(super) fn is_rising(&self, slope: &[Complex64], radius: f64) -> bool {
        self.has_sign(slope, radius, |a, b| 0.5 * (a + b.conj()))
    }

    fn has_sign(
        &self,
        x: &[Complex64],
        radius: f64,
        part: fn(Complex64, Complex64) -> Complex64,
    ) -> bool {
        let whole = self.whole(x);
        self.blocks.iter().enumerate().all(|(t, block)| {
            let n = block.size;
            let w = &whole[self.begins[t]..self.begins[t] + block.area()];
            // The masses and their sum are rounded.
            let grown = radius * (1.0 + 1e-12) + 1e-15 * largest(w);
            let below = dense::is_positive(|i, j| -part(w[i * n + j], w[j * n + i]), n, grown);
            let families = block.families.len();
            let mut omegas = (0..if families > 1 { families } else { 0 }).map(|j| {
                let start = self.place(t, self.omegas(t) + j);
                let omega = &x[start..start + block.area()];
                let rows = self.reached(t, j);
                let entry = |i: usize, k: usize| {
                    let (i, k) = (rows[i], rows[k]);
                    part(omega[i * n + k], omega[k * n + i])
                };
                dense::is_positive(entry, rows.len(), radius)
            });
            below && omegas.all(|positive| positive)
        })
    }

    /// The rows of block t that η or a family other than j reaches: on the others `ω_j` is b, whose imaginary part is diagonal.
    fn reached(&self, t: usize, j: usize) -> Vec<usize> {
        let block = &self.blocks[t];
        let n = block.size;
        let others = block.families.iter().enumerate().filter(|(k, _)| *k != j);
        let others: Vec<_> = others.map(|(_, family)| family).collect();
        let range = self.begins[t]..self.begins[t] + block.area();
        let reached = |row: &usize| {
            let family = others.iter().any(|family| {
                let entries = &family.coefficient[row * n..(row + 1) * n];
                entries.iter().any(|c| *c != Complex64::ZERO)
            });
            let flow = self
                .flows
                .iter()
                .any(|flow| range.contains(&flow.to) && (flow.to - range.start) / n == *row);
            family || flow
        };
        (0..n).filter(reached).collect()
    }
}

/// `(a − b̄)/2i`.
fn imaginary(a: Complex64, b: Complex64) -> Complex64 {
    (a - b.conj()) * Complex64::new(0.0, -0.5)
}
