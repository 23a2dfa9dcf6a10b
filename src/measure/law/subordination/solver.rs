//! Roots of subordination equations: found by Newton's method, trusted only when enclosed.
//!
//! Each of the three operations has one equation `E(ω; z) = 0` whose root in the upper half plane is unique for
//! `Im z > 0` (Silverstein and Bai 1995 for the Marchenko–Pastur map; Belinschi and Bercovici 2007 for ⊞ and ⊠,
//! by the theorem of Denjoy and Wolff). The search may therefore start anywhere: what it ends at is the
//! answer if it is a root in the upper half plane, and nothing else is accepted.
//!
//! **Enclosure.** Let `a ≠ 0`, and let E be analytic on the disc of radius ρ around c with `|E′ − a| ≤ q|a|`,
//! `q ≤ ½`. Then `ω ↦ ω − E(ω)/a` contracts by q; if `|E(c)| ≤ (1−q)ρ|a|` it maps the disc to itself, and E has
//! one root there, at most `|E(c)|/((1−q)|a|)` from c (Banach; in this form Krawczyk 1969, and the theorem of
//! Newton and Kantorovich with the Lipschitz bound replaced by the range of E′). E(c) and the range of E′ are
//! computed in [`Ball`], errors of the inner laws and of rounding included.
//!
//! **Which root.** A disc inside the upper half plane holds the one root there. For real z the branch is analytic
//! across the axis and continues that root. Where ω is real or nearly so, the disc is centred on the real axis, off
//! the supports of the inner laws, and z is a disc of radius r around a real number; if all subordination
//! functions have derivative with positive real part there, they map the upper half of that disc to
//! the upper half plane: again the unique root. The law then has no support within r.

use num_complex::Complex64;

use super::equation::Equation;
use crate::measure::arithmetic::ball::{Ball, size};
use crate::measure::law::LawError;
use crate::measure::law::local::{LawJet, Local};
use crate::measure::law::transform::{Last, Memory};

/// Newton steps towards one point.
const NEWTON: usize = 40;
/// Levels on the way down from far above.
const LEVELS: usize = 200;

/// A law's root at one point: `finish` makes of it what is asked for.
struct Search<'a, E: Equation> {
    equation: &'a E,
    /// The point, and the disc that it stands for.
    z: Complex64,
    disc: Ball,
    steps: usize,
    change: f64,
}

/// `s`, `s′`, `χ` at z with bounds.
pub(crate) fn evaluate<E: Equation>(
    equation: &E,
    z: Ball,
    memory: &mut Memory,
) -> Result<Local, LawError> {
    let mut search = Search::new(equation, z);
    let mut local = search.run(memory, |search, omega, inner| search.certify(omega, inner))?;
    local.steps += search.steps;
    Ok(local)
}

/// `s`, `s′`, `χ` at z without bounds.
pub(crate) fn jet<E: Equation>(
    equation: &E,
    z: Complex64,
    memory: &mut Memory,
) -> Result<LawJet, LawError> {
    Search::new(equation, Ball::exact(z)).run(memory, |search, omega, inner| {
        search.equation.jet(search.z, omega, inner)
    })
}

/// `omega + step`, kept above the axis (on it, if ω is).
fn ahead(omega: Complex64, step: Complex64) -> Complex64 {
    let next = omega + step;
    Complex64::new(
        next.re,
        if next.im > 0.0 {
            next.im
        } else {
            0.1 * omega.im
        },
    )
}

impl<'a, E: Equation> Search<'a, E> {
    fn new(equation: &'a E, disc: Ball) -> Self {
        Self {
            equation,
            z: disc.center,
            disc,
            steps: 0,
            change: f64::INFINITY,
        }
    }

    /// From the remembered root if there is one, else, or if that fails, from far above.
    fn run<T>(
        &mut self,
        memory: &mut Memory,
        finish: impl Fn(&mut Self, Complex64, &mut [Memory]) -> Result<T, LawError>,
    ) -> Result<T, LawError> {
        if let Some(last) = memory.last {
            let start = ahead(last.omega, last.slope * (self.z - last.z));
            if let Ok(found) = self.at_target(start, memory, &finish) {
                return Ok(found);
            }
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
        if attempt.is_err() && omega.im > 0.0 {
            attempt = finish(self, omega, memory.inner(E::PARTS));
            root = omega;
        }
        let found = attempt?;
        memory.last = Some(Last {
            z,
            omega: root,
            slope,
        });
        Ok(found)
    }

    /// Newton's method for `E(·; z) = 0` in the closed upper half plane: the root and `dω/dz`.
    fn newton(
        &mut self,
        z: Complex64,
        start: Complex64,
        inner: &mut [Memory],
    ) -> Result<(Complex64, Complex64), LawError> {
        let mut omega = start;
        let mut before = f64::INFINITY;
        for _ in 0..NEWTON {
            self.steps += 1;
            let step = self.equation.step(z, omega, inner)?;
            let delta = -step.value / step.domega;
            let (change, scale) = (size(delta), size(omega));
            self.change = change / scale;
            if !change.is_finite() {
                break;
            }
            let mut next = omega + delta;
            let cut = next.im < 0.0 || (next.im == 0.0 && omega.im > 0.0);
            if cut {
                // Any point above will do, the root is unique; but a real root is approached along the axis.
                let real = z.im == 0.0 && omega.im <= 1e-9 * scale;
                next.im = if real { 0.0 } else { 0.1 * omega.im };
            }
            omega = next;
            // Quadratic convergence: the next step would be change³/before².
            let ratio = change / before;
            let fast =
                before <= 1e-2 * scale && change * ratio * ratio <= 0.1 * f64::EPSILON * scale;
            let rounding = change <= 4.0 * f64::EPSILON * scale;
            let stalled = change <= 1e-9 * scale && ratio > 0.25;
            let settled = fast || rounding || stalled;
            if settled && (!cut || z.im == 0.0) {
                match step.slope(z, omega) {
                    Some(slope) => return Ok((omega, slope)),
                    // Nearly real, the other subordination function may be below the axis by a rounding.
                    None if z.im == 0.0 && omega.im > 0.0 && omega.im <= 1e-9 * scale => {
                        omega.im = 0.0;
                        before = f64::INFINITY;
                        continue;
                    }
                    None if rounding => break,
                    None => {}
                }
            }
            before = if cut { f64::INFINITY } else { change };
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
        let mut level = self.z + Complex64::new(0.0, height);
        let start = self.equation.far(level);
        let (mut omega, mut slope) = self.newton(level, start, memory.inner(E::PARTS))?;
        let mut ratio = 0.125;
        let mut failure = None;
        // At 0 in shares of 1; elsewhere in shares of |z|, so that a law with a hard edge at 0 has values beside it.
        let floor = 1e-17
            * if size(self.z) > 0.0 {
                size(self.z)
            } else {
                1.0
            };
        for _ in 0..LEVELS {
            match self.at_target(ahead(omega, slope * (self.z - level)), memory, finish) {
                Ok(found) => return Ok(found),
                Err(error) => failure = Some(error),
            }
            if height <= floor || height <= 1e-3 * self.z.im || ratio > 0.999 {
                break;
            }
            let lower = self.z + Complex64::new(0.0, ratio * height);
            let start = ahead(omega, slope * (lower - level));
            match self.newton(lower, start, memory.inner(E::PARTS)) {
                Ok((root, rate)) if root.im > 0.0 => {
                    (omega, slope, level) = (root, rate, lower);
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

    /// The enclosure that the module's documentation describes.
    fn certify(&mut self, omega: Complex64, memory: &mut [Memory]) -> Result<Local, LawError> {
        let (equation, z, disc) = (self.equation, self.z, self.disc);
        let edge = |radius, variation| LawError::Edge {
            z,
            radius,
            variation,
        };
        let (mut omega, mut inner) = (omega, equation.inner(z, omega, memory)?);
        let none = edge(0.0, f64::INFINITY);
        let mut value = equation.value(&inner, disc).ok_or(none)?;
        if size(value.center) > 4.0 * value.radius {
            // The residual is more than rounding: one more step.
            let range = equation.range(&inner, disc, 0.0).ok_or(none)?;
            let next = omega - value.center / range.domega.center;
            if next.im > 0.0 || omega.im == 0.0 {
                omega = Complex64::new(next.re, if omega.im == 0.0 { 0.0 } else { next.im });
                inner = equation.inner(z, omega, memory)?;
                value = equation.value(&inner, disc).ok_or(none)?;
            }
        }
        let (distance, steps) = equation.about(&inner);
        let mut rho = 8.0 * f64::EPSILON * size(omega);
        let mut last = f64::INFINITY;
        let mut delta = None;
        for _ in 0..4 {
            let Some(range) = equation.range(&inner, disc, rho) else {
                break;
            };
            let a = size(range.domega.center);
            let q = range.domega.radius / a * (1.0 + 1e-14);
            last = q;
            if q.is_nan() || q > 0.5 {
                break;
            }
            let bound = value.most() / ((1.0 - q) * a) * (1.0 + 1e-14);
            if bound <= rho {
                delta = Some(bound);
                break;
            }
            rho = 2.0 * bound;
        }
        let delta = delta.ok_or(edge(rho, last))?;
        let mut reach = z.im - disc.radius;
        if omega.im <= delta || omega.im < 0.125 * distance {
            match self.beside_the_support(omega, delta, memory) {
                Some(found) => reach = reach.max(found),
                None if omega.im <= delta => return Err(edge(delta, f64::INFINITY)),
                None => {}
            }
        }
        let [s, ds, chi] = equation
            .result(&inner, disc, delta)
            .ok_or(edge(delta, f64::INFINITY))?;
        if !(s.is_finite() && ds.is_finite() && chi.is_finite()) {
            return Err(edge(delta, f64::INFINITY));
        }
        let mut local = Local::new(disc, s, ds, chi, reach);
        local.steps = steps;
        Ok(local)
    }

    /// The largest distance, of a few tried, within which the law is proved to have no support, if the root
    /// within `delta` of ω is the branch that is real on the axis.
    fn beside_the_support(
        &self,
        omega: Complex64,
        delta: f64,
        memory: &mut [Memory],
    ) -> Option<f64> {
        let (equation, z) = (self.equation, self.z);
        let (real, center) = (Complex64::new(z.re, 0.0), Complex64::new(omega.re, 0.0));
        let inner = equation.inner(real, center, memory).ok()?;
        let (distance, _) = equation.about(&inner);
        let value = equation.value(&inner, Ball::exact(real))?.most();
        let mut rho = 0.25 * distance;
        for _ in 0..16 {
            if let Some(reach) = self.try_disc(&inner, value, rho)
                && reach > z.im + self.disc.radius
                && omega.im + delta < rho
            {
                return Some((reach - z.im - self.disc.radius) * (1.0 - 1e-14));
            }
            if omega.im + delta >= rho {
                return None;
            }
            rho *= 0.25;
        }
        None
    }

    /// The radius of a disc of z around the real axis whose roots lie within `rho` of the real centre.
    fn try_disc(&self, inner: &E::Inner, value: f64, rho: f64) -> Option<f64> {
        let equation = self.equation;
        let real = Complex64::new(self.z.re, 0.0);
        let first = equation.range(inner, Ball::exact(real), rho)?;
        // Half of what the contraction leaves, in the first approximation.
        let radius = 0.25 * rho * size(first.domega.center) / size(first.dz.center);
        let disc = Ball::exact(real).grown(radius);
        let range = equation.range(inner, disc, rho)?;
        let a = size(range.domega.center);
        let q = range.domega.radius / a;
        if q.is_nan() || q > 0.5 {
            return None;
        }
        let moved = value + range.dz.most() * radius;
        if moved.is_nan() || moved > 0.999 * (1.0 - q) * a * rho {
            return None;
        }
        let slope = -(range.dz / range.domega);
        let second = range
            .second
            .is_none_or(|(domega, dz)| (domega * slope + dz).is_right());
        (slope.is_right() && second).then_some(radius)
    }
}
