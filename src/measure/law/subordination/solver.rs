//! Roots of subordination equations, found by Newton's method; trusted only when enclosed, see [`super::enclosure`].
//!
//! Each of the three operations has one equation `E(ω; z) = 0` whose root in the upper half plane is unique for
//! `Im z > 0` (Silverstein and Bai 1995 for the Marchenko–Pastur map; Belinschi and Bercovici 2007 for ⊞ and ⊠,
//! by the theorem of Denjoy and Wolff). The search may therefore start anywhere: what it ends at is the
//! answer if it is a root in the upper half plane, and nothing else is accepted.

use num_complex::Complex64;

use super::ahead::ahead;
use super::equation::Equation;
use super::iterate::{Iterate, Moved};
use crate::measure::arithmetic::ball::{Ball, size};
use crate::measure::law::LawError;
use crate::measure::law::local::LawJet;
use crate::measure::law::transform::{Last, Memory};

/// Newton steps towards one point.
const NEWTON: usize = 40;
/// Starts from which a root without a bound is found before it is believed.
const UNBOUNDED: usize = 3;
/// Levels on the way down from far above.
const LEVELS: usize = 200;

/// A law's root at one point: `finish` makes of it what is asked for.
pub(super) struct Search<'a, E: Equation> {
    pub(super) equation: &'a E,
    /// The point, and the disc that it stands for.
    pub(super) z: Complex64,
    pub(super) disc: Ball,
    pub(super) steps: usize,
    change: f64,
}

/// `s`, `s′`, `χ` at z without bounds.
pub(crate) fn jet<E: Equation>(
    equation: &E,
    z: Complex64,
    memory: &mut Memory,
) -> Result<LawJet, LawError> {
    Ok(counted(equation, z, memory)?.0)
}

/// The same with the Newton steps taken.
pub(super) fn counted<E: Equation>(
    equation: &E,
    z: Complex64,
    memory: &mut Memory,
) -> Result<(LawJet, usize), LawError> {
    let mut search = Search::new(equation, Ball::exact(z));
    let jet = search.run(memory, |search, omega, inner| {
        search.equation.jet(search.z, omega, inner)
    })?;
    Ok((jet, search.steps))
}

impl<'a, E: Equation> Search<'a, E> {
    pub(super) fn new(equation: &'a E, disc: Ball) -> Self {
        Self {
            equation,
            z: disc.center,
            disc,
            steps: 0,
            change: f64::INFINITY,
        }
    }

    /// From the remembered root if there is one, else, or if that fails, from far above.
    pub(super) fn run<T>(
        &mut self,
        memory: &mut Memory,
        finish: impl Fn(&mut Self, Complex64, &mut [Memory]) -> Result<T, LawError>,
    ) -> Result<T, LawError> {
        if let Some(last) = memory.last
            && let Ok(found) = self.at_target(ahead(last, self.z), memory, &finish)
        {
            return Ok(found);
        }
        self.descend(memory, &finish)
    }

    /// Newton's method at the target, then `finish`; the root is remembered if both succeed.
    fn at_target<T>(
        &mut self,
        start: Complex64,
        memory: &mut Memory,
        finish: &impl Fn(&mut Self, Complex64, &mut [Memory]) -> Result<T, LawError>,
    ) -> Result<T, LawError> {
        let z = self.z;
        let (omega, slope) = self.newton(z, start, memory.inner(E::PARTS))?;
        let mut attempt = Err(LawError::NotConverged {
            z,
            change: self.change,
            steps: self.steps,
        });
        let mut root = omega;
        // Off the support a root on the axis is real, and Newton's method says so to rounding only.
        if z.im == 0.0 && omega.im <= 1e-5 * size(omega) {
            let real = Complex64::new(omega.re, 0.0);
            if let Ok((real, _)) = self.newton(z, real, memory.inner(E::PARTS)) {
                attempt = finish(self, real, memory.inner(E::PARTS));
                root = real;
            }
        }
        if attempt.is_err() && omega.im > 0.0 && !self.is_real(omega, memory.inner(E::PARTS)) {
            attempt = finish(self, omega, memory.inner(E::PARTS));
            root = omega;
        }
        let found = attempt?;
        memory.remember(Last {
            z,
            omega: root,
            slope,
        });
        Ok(found)
    }

    /// Whether, for real z, ω is a real root, which was refused as such, with what an iteration left of its imaginary part.
    ///
    /// There `dz/dω` is not 0. At the real part of a root inside the support it is of the size of `(Im ω)²`.
    fn is_real(&self, omega: Complex64, inner: &mut [Memory]) -> bool {
        let (z, share) = (self.z, omega.im / size(omega));
        if z.im > 0.0 || share > 1e-7 {
            return false;
        }
        let step = self.equation.step(z, Complex64::from(omega.re), inner);
        step.is_ok_and(|step| {
            let [slope, _] = step.derivatives.slopes();
            size(omega) > share * size(slope) * size(z)
        })
    }

    /// Newton's method for `E(·; z) = 0` in the closed upper half plane: the root and `dω/dz`.
    ///
    /// Off the axis with the second derivative that the last two first ones tell: at an edge of the support `z(ω)` folds, and
    /// a tangent points the wrong way or only halves the distance.
    fn newton(
        &mut self,
        z: Complex64,
        start: Complex64,
        inner: &mut [Memory],
    ) -> Result<(Complex64, Complex64), LawError> {
        let mut at = Iterate::new(start);
        for _ in 0..NEWTON {
            self.steps += 1;
            let step = match self.equation.step(z, at.omega, inner) {
                Ok(step) => step,
                Err(_) if at.lifted() => continue,
                Err(error) => return Err(error),
            };
            let (before, scale) = (at.before, size(at.omega));
            let Some(Moved { change, cut }) = at.moved(z, &step) else {
                self.change = f64::INFINITY;
                break;
            };
            self.change = change / scale;
            // Quadratic convergence: the next step would be change³/before².
            let ratio = change / before;
            let fast =
                before <= 1e-2 * scale && change * ratio * ratio <= 0.1 * f64::EPSILON * scale;
            let rounding = change <= 4.0 * f64::EPSILON * scale;
            let stalled = change <= 1e-9 * scale && ratio > 0.25;
            let settled = fast || rounding || stalled || at.is_level(scale);
            if settled && (!cut || z.im == 0.0) {
                match step.slope(z, at.omega) {
                    Some(rate) => return Ok((at.omega, rate)),
                    // Nearly real, the other subordination function may be below the axis by a rounding.
                    None if z.im == 0.0 && at.omega.im > 0.0 && at.omega.im <= 1e-9 * scale => {
                        at.omega.im = 0.0;
                        at.before = f64::INFINITY;
                    }
                    // Just cut down to the axis, the step is still that of a point above it.
                    None if rounding && !cut => break,
                    None => {}
                }
            }
        }
        Err(LawError::NotConverged {
            z,
            change: self.change,
            steps: self.steps,
        })
    }

    /// Down from far above, where the root is known, trying the target from every level.
    fn descend<T>(
        &mut self,
        memory: &mut Memory,
        finish: &impl Fn(&mut Self, Complex64, &mut [Memory]) -> Result<T, LawError>,
    ) -> Result<T, LawError> {
        let mut height = self.equation.height() + 4.0 * size(self.z);
        let level = self.z + Complex64::new(0.0, height);
        let start = self.equation.far(level);
        let (omega, slope) = self.newton(level, start, memory.inner(E::PARTS))?;
        let mut last = Last {
            z: level,
            omega,
            slope,
        };
        let mut ratio = 0.125;
        let (mut failure, mut unbounded) = (None, 0);
        // At 0 in shares of 1; elsewhere in shares of |z|, so that a law with a hard edge at 0 has values beside it.
        let floor = 1e-17
            * if size(self.z) > 0.0 {
                size(self.z)
            } else {
                1.0
            };
        for _ in 0..LEVELS {
            match self.at_target(ahead(last, self.z), memory, finish) {
                Ok(found) => return Ok(found),
                Err(error) => {
                    unbounded += usize::from(matches!(error, LawError::NoBound { .. }));
                    failure = Some(error);
                }
            }
            // The root is unique: one that has no bound has none from wherever it is found.
            if unbounded == UNBOUNDED {
                break;
            }
            if height <= floor || height <= 1e-3 * self.z.im || ratio > 0.999 {
                break;
            }
            let lower = self.z + Complex64::new(0.0, ratio * height);
            match self.newton(lower, ahead(last, lower), memory.inner(E::PARTS)) {
                Ok((omega, slope)) if omega.im > 0.0 => {
                    last = Last {
                        z: lower,
                        omega,
                        slope,
                    };
                    height *= ratio;
                    ratio = (ratio * ratio).max(0.125);
                }
                _ => ratio = ratio.sqrt(),
            }
        }
        Err(failure.unwrap_or(LawError::NotConverged {
            z: self.z,
            change: self.change,
            steps: self.steps,
        }))
    }
}
