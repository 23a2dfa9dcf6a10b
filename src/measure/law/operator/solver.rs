//! Roots of the equation, found by Newton's method; trusted only when enclosed, see [`super::enclosure`].
//!
//! With b raised by `i h` the equation has one root with `Im W < 0` (and `Im ω_j > 0`), and this one is analytic in h > 0 (Helton, Rashidi Far and
//! Speicher 2007; Belinschi, Mai and Speicher 2017). From h large, where it is `W = −i/h` nearly, it is followed down to `h = 0`.

use num_complex::Complex64;

use super::dense;
use super::energy::Energy;
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
pub(super) fn largest(x: &[Complex64]) -> f64 {
    crate::numbers::most(x.iter().map(|x| size(*x)))
}

/// A search for the root at one point.
pub(super) struct Search<'a> {
    pub(super) equation: &'a Equation,
    pub(super) z: Complex64,
    pub(super) steps: usize,
    /// Where the searches of the families' laws start.
    pub(super) memories: Vec<Memory>,
    change: f64,
}

impl<'a> Search<'a> {
    pub(super) fn new(equation: &'a Equation, z: Complex64) -> Self {
        Self {
            equation,
            z,
            steps: 0,
            memories: vec![],
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
        let (m, z) = (equation.count(), self.z);
        let invert = |x: &[Complex64], energies: &[Vec<Energy<Complex64>>]| {
            dense::inverse(equation.jacobian(z, height, x, energies), m)
        };
        let failure = self.failure();
        let mut energies = equation.energies(&x, &mut self.memories).ok_or(failure)?;
        let mut inverse = invert(&x, &energies).ok_or(failure)?;
        let (mut before, mut fresh) = (f64::INFINITY, true);
        for _ in 0..NEWTON {
            self.steps += 1;
            let residual = equation.residual(z, height, &x, &energies);
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
            energies = equation.energies(&x, &mut self.memories).ok_or(failure)?;
            let rounding = change <= 4.0 * f64::EPSILON * scale;
            let stalled = change <= 1e-11 * scale && change > 0.3 * before;
            if rounding || stalled {
                return Ok(Found { x, inverse });
            }
            if change > 0.05 * before || (fresh && change > 1e-3 * scale) {
                inverse = invert(&x, &energies).ok_or(failure)?;
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
                Ok(lower) if equation.is_nearly_upper(self.z, &lower.x, &mut self.memories) => {
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
            let families = block.families.iter().map(|family| {
                let of = |x: &[Complex64]| x.iter().map(|x| size(*x)).sum::<f64>();
                let left = of(&family.left);
                left * left * of(&family.middle) * family.source.reach()
            });
            block.constant.iter().map(|x| size(*x)).chain(families)
        });
        let flows = self.flows.iter().map(|flow| size(flow.factor));
        1.0 + constants.sum::<f64>() + flows.sum::<f64>().sqrt()
    }

    /// `W = −i/h`, `Ω = ih (U*U)⁻¹`.
    fn far(&self, height: f64) -> Vec<Complex64> {
        let mut out = vec![Complex64::ZERO; self.count()];
        let up = Complex64::new(0.0, height);
        for (t, block) in self.blocks.iter().enumerate() {
            let diagonal = |n: usize| -> Vec<Complex64> {
                let entry = |e: usize| {
                    if e.is_multiple_of(n + 1) {
                        up.inv()
                    } else {
                        Complex64::ZERO
                    }
                };
                (0..n * n).map(entry).collect()
            };
            let (n, start) = (block.size, self.unknowns[t]);
            out[start..start + n * n].copy_from_slice(&diagonal(n));
            for (omega, family) in self.omegas(t) {
                let inner = family.inner(&diagonal(n), n);
                let value = dense::inverse(inner, family.rank);
                let value = value.unwrap_or_else(|| diagonal(family.rank));
                out[omega..omega + family.area()].copy_from_slice(&value);
            }
        }
        out
    }
}
