//! The enclosure of a root: with it `s` and `s′` have bounds.
//!
//! **Enclosure.** For a matrix C near the inverse of `J = F′(x̃)` let `|C F(x̃)| ≤ β` and `|1 − C F′(x)| ≤ q` in the maximum norm, each unknown in
//! the size of its matrix, for all x within ρ of x̃, the derivative evaluated over discs. If `q ≤ ½` and `β + qρ ≤ ρ`, there is one root within ρ of x̃ (Newton and Kantorovich, in the
//! form of Krawczyk 1969), and `F′` has an inverse at it.
//!
//! **Which root.** Let `Im z ≥ 0`, and let the root have `Im W < 0` in every block; then `Im ω ≥ 0` of a family that stands alone. With several let
//! `Im ω_j > 0` on the rows reached. As `F′` has an inverse, the root goes on as b is raised by `i h`, h small, with the same signs; on the rows
//! not reached `Im ω_j = Im b + h`. Instead `Im Ω_k > 0` of all other families is enough: then `Im σ_k ≤ 0`, as `Im G(Ω)⁻¹ ≥ Im Ω` (Belinschi, Popa
//! and Vinnikov 2012), and `Im η(W) ≤ 0`, since η maps positive matrices to positive ones, so that
//! `ω_j = b − η(W) − Σ_{k≠j} U_k σ_k U_k*` has `Im ω_j ≥ Im b + h` when b is raised. But for `Im b > 0` the
//! root with these signs is unique (Helton, Rashidi Far and Speicher 2007, theorem 2.1; Belinschi, Mai and Speicher 2017,
//! theorem 2.2, one variable after the other). So this is the limit of the transform.
//!
//! Where `Im W` is singular at z, a root that has these signs is sought above z, in the same disc of z for which there is one root within ρ: both are
//! analytic there, and one continues the other.
//!
//! **Beside the support** W is Hermitian at real z. If there is a root for every point of a disc around z with `Re W′ < 0` (and `Re ω_j′ > 0`, or `Re Ω_k′ > 0`), then
//! `Im W < 0` in the upper half of the disc: again the one. The law then has no support in the disc.

use num_complex::Complex64;

use super::equation::Equation;
use super::newton::{Enclosed, Newton};
use super::solver::{Found, Search};
use crate::measure::arithmetic::ball::{Ball, size};
use crate::measure::arithmetic::bound::Upper;
use crate::measure::law::LawError;
use crate::measure::law::local::Local;
use crate::measure::law::transform::{Memory, Root};
use crate::numbers::most;

impl<'a> Search<'a> {
    /// The law at every point of the disc, with what the next search starts from.
    pub(super) fn certify(&mut self, found: Found, disc: Ball) -> Result<(Local, Root), LawError> {
        let real = self.z.im == 0.0;
        if real && disc.radius == 0.0 {
            let flat = hermitian(self.equation, &found.x);
            let apart = most(flat.iter().zip(&found.x).map(|(a, b)| size(a - b)));
            if apart <= 1e-7 * most(found.x.iter().map(|x| size(*x)))
                && let Ok(found) = self.beside(flat, &found.inverse)
            {
                return Ok(found);
            }
        }
        self.inside(found, disc)
    }

    fn edge(&self, (radius, variation): (f64, f64)) -> LawError {
        LawError::Edge {
            z: self.z,
            radius,
            variation,
        }
    }

    /// A root with `Im W < 0`.
    fn inside(&mut self, found: Found, disc: Ball) -> Result<(Local, Root), LawError> {
        let none = self.edge((f64::INFINITY, f64::INFINITY));
        let mut memories = std::mem::take(&mut self.memories);
        let newton = self.theorem(&found.x, &found.inverse, &mut memories);
        let newton = newton.ok_or(none)?;
        let radius = Upper(disc.radius);
        let rho = newton
            .rho(radius, &mut memories)
            .map_err(|why| self.edge(why))?;
        let enclosed = newton.enclosed(radius, rho, &mut memories).ok_or(none)?;
        let upper = self
            .equation
            .is_upper(self.z, &found.x, &newton.radii(rho), &mut memories)
            || self.is_upper_above(&newton, &enclosed.slope, radius, &mut memories);
        self.memories = memories;
        if !upper {
            return Err(self.edge((rho.0, f64::INFINITY)));
        }
        let reach = self.z.im - disc.radius;
        Ok(self.local(disc, found.x, enclosed, reach))
    }

    fn theorem<'b>(
        &self,
        x: &'b [Complex64],
        inverse: &'b [Complex64],
        memories: &mut Vec<Memory>,
    ) -> Option<Newton<'b>>
    where
        'a: 'b,
    {
        Newton::new(self.equation, self.z, x, inverse, memories)
    }

    /// Whether the root goes on, over a disc of z, to one above with `Im W < 0`: where rows of the pencil are functions of the
    /// expression itself, `Im W` is singular on the real axis. What continues the transform analytically is the transform.
    fn is_upper_above(
        &mut self,
        newton: &Newton<'_>,
        slope: &[Complex64],
        least: Upper,
        memories: &mut Vec<Memory>,
    ) -> bool {
        let mut wide = newton.wide();
        for _ in 0..12 {
            let radius = newton.reach(wide);
            if least.0 > radius.0 {
                return false;
            }
            if newton.holds(radius, wide, memories)
                && self.is_upper_at(0.75 * radius.0, wide, newton, slope)
            {
                return true;
            }
            wide = Upper(0.25 * wide.0);
        }
        false
    }

    /// Whether the root at z raised by `height` has `Im W < 0` and lies within ρ of x.
    fn is_upper_at(
        &mut self,
        height: f64,
        rho: Upper,
        here: &Newton<'_>,
        slope: &[Complex64],
    ) -> bool {
        let x = here.x;
        let up = Complex64::new(0.0, height);
        let start = x.iter().zip(slope).map(|(x, slope)| x + slope * up);
        let mut above = Search::new(self.equation, self.z + up);
        let found = above.newton(0.0, start.collect());
        self.steps += above.steps;
        let Ok(found) = found else {
            return false;
        };
        let mut memories = std::mem::take(&mut above.memories);
        let Some(newton) = above.theorem(&found.x, &found.inverse, &mut memories) else {
            return false;
        };
        let Ok(near) = newton.rho(Upper(0.0), &mut memories) else {
            return false;
        };
        // In the sizes of the root below.
        let moved = here.distance(&found.x) * (1.0 + 1e-12);
        let radii = newton.radii(near);
        let inside = (Upper(moved) + here.largest(&radii)).0 <= rho.0;
        inside
            && self
                .equation
                .is_upper(above.z, &found.x, &radii, &mut memories)
    }

    /// A root that is Hermitian, at a real point.
    pub(super) fn beside(
        &mut self,
        x: Vec<Complex64>,
        inverse: &[Complex64],
    ) -> Result<(Local, Root), LawError> {
        let mut memories = std::mem::take(&mut self.memories);
        let found = self.rising(&x, inverse, &mut memories);
        self.memories = memories;
        let (enclosed, radius) = found?;
        Ok(self.local(Ball::exact(self.z), x, enclosed, radius.0))
    }

    /// The enclosure, and the radius of a disc of z over which the root rises.
    fn rising(
        &self,
        x: &[Complex64],
        inverse: &[Complex64],
        memories: &mut Vec<Memory>,
    ) -> Result<(Enclosed, Upper), LawError> {
        let none = self.edge((f64::INFINITY, f64::INFINITY));
        let newton = self.theorem(x, inverse, memories).ok_or(none)?;
        let rho = newton
            .rho(Upper(0.0), memories)
            .map_err(|why| self.edge(why))?;
        let here = newton.enclosed(Upper(0.0), rho, memories).ok_or(none)?;
        let mut wide = newton.wide();
        for _ in 0..24 {
            let radius = newton.reach(wide);
            if newton.holds(radius, wide, memories)
                && let Some(over) = newton.enclosed(radius, wide, memories)
                && self.equation.is_rising(
                    (x, &newton.radii(wide)),
                    (&over.slope, &over.slope_error),
                    memories,
                )
            {
                return Ok((here, radius));
            }
            if wide.0 <= 2.0 * rho.0 {
                break;
            }
            wide = Upper(0.25 * wide.0);
        }
        Err(self.edge((rho.0, f64::INFINITY)))
    }

    fn local(
        &self,
        disc: Ball,
        x: Vec<Complex64>,
        enclosed: Enclosed,
        reach: f64,
    ) -> (Local, Root) {
        let corner = |x: &[Complex64], radius: Upper| {
            let entry = x.first().copied().unwrap_or(Complex64::ZERO);
            -Ball::exact(entry).grown((radius * (1.0 + 1e-12)).0)
        };
        let s = corner(&x, enclosed.corner);
        let ds = corner(&enclosed.slope, enclosed.corner_slope);
        let chi = -(Ball::real(1.0) + disc * s);
        let mut local = Local::new(disc, s, ds, chi, reach);
        local.steps = self.steps;
        let root = Root {
            z: self.z,
            x,
            slope: enclosed.slope,
        };
        (local, root)
    }
}

/// The Hermitian part of every matrix among the unknowns.
pub(super) fn hermitian(equation: &Equation, x: &[Complex64]) -> Vec<Complex64> {
    let mut out = x.to_vec();
    let mut part = |start: usize, n: usize| {
        for e in 0..n * n {
            let (i, j) = (e / n, e % n);
            out[start + e] = 0.5 * (x[start + e] + x[start + j * n + i].conj());
        }
    };
    for (t, block) in equation.blocks.iter().enumerate() {
        part(equation.unknowns[t], block.size);
        for (omega, family) in equation.omegas(t) {
            part(omega, family.rank);
        }
    }
    out
}
