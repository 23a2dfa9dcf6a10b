//! The enclosure of a root: with it `s` and `s′` have bounds.
//!
//! **Enclosure.** F is of degree two. For a matrix C near the inverse of `J = F′(x̃)` let `|C F(x̃)| ≤ β`, `|1 − CJ| ≤ q` and
//! `|C| |½F″| ≤ L` in the maximum norm. If `β + qρ + Lρ² ≤ ρ` and `q + 2Lρ < 1`, there is one root within ρ of x̃ (Newton and Kantorovich, in the form
//! of Krawczyk 1969), and `F′` has an inverse at it.
//!
//! **Which root.** Let `Im z ≥ 0`, and let the root have `Im W < 0` in every block (and `Im ω_j > 0` on the rows reached). As `F′` has an
//! inverse, the root goes on as b is raised by `i h`, h small, with the same signs; on the rows not reached `Im ω_j = Im b + h`. But for `Im b > 0` the
//! root with these signs is unique (Helton, Rashidi Far and Speicher 2007, theorem 2.1; Belinschi, Mai and Speicher 2017,
//! theorem 2.2, one variable after the other). So this is the limit of the transform.
//!
//! Where `Im W` is singular at z, a root that has these signs is sought above z, in the same disc of z for which there is one root within ρ: both are
//! analytic there, and one continues the other.
//!
//! **Beside the support** W is Hermitian at real z. If there is a root for every point of a disc around z with `Re W′ < 0` (and `Re ω_j′ > 0`), then
//! `Im W < 0` in the upper half of the disc: again the one. The law then has no support in the disc.

use num_complex::Complex64;

use super::dense;
use super::equation::Equation;
use super::newton::Newton;
use super::solver::{Found, Search};
use crate::measure::arithmetic::ball::{Ball, size};
use crate::measure::arithmetic::bound::{Lower, Upper};
use crate::measure::law::LawError;
use crate::measure::law::local::Local;
use crate::measure::law::transform::Root;
use crate::numbers::most;

/// What is known of the root at a point.
struct Enclosed {
    slope: Vec<Complex64>,
    rho: Upper,
    slope_error: Upper,
}

impl Search<'_> {
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
        let newton = Newton::new(self.equation, self.z, &found.x, &found.inverse);
        let radius = Upper(disc.radius);
        let rho = newton.rho(radius).map_err(|why| self.edge(why))?;
        let enclosed = self.enclosed(&newton, &found.x, &found.inverse, radius, rho);
        let upper = self.equation.is_upper(&found.x, rho.0);
        if !upper && !self.is_upper_above(&newton, &found.x, &enclosed.slope, radius) {
            return Err(self.edge((rho.0, f64::INFINITY)));
        }
        let reach = self.z.im - disc.radius;
        Ok(self.local(disc, found.x, enclosed, reach))
    }

    /// Whether the root goes on, over a disc of z, to one above with `Im W < 0`: where rows of the pencil are functions of the
    /// expression itself, `Im W` is singular on the real axis. What continues the transform analytically is the transform.
    fn is_upper_above(
        &mut self,
        newton: &Newton,
        x: &[Complex64],
        slope: &[Complex64],
        least: Upper,
    ) -> bool {
        let mut wide = Upper(0.0625 / newton.curvature.0.max(1e-300));
        for _ in 0..12 {
            let radius = newton.reach(wide);
            if least.0 > radius.0 {
                return false;
            }
            if newton.holds(radius, wide) && self.is_upper_at(0.75 * radius.0, wide, x, slope) {
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
        x: &[Complex64],
        slope: &[Complex64],
    ) -> bool {
        let up = Complex64::new(0.0, height);
        let start = x.iter().zip(slope).map(|(x, slope)| x + slope * up);
        let mut above = Search::new(self.equation, self.z + up);
        let found = above.newton(0.0, start.collect());
        self.steps += above.steps;
        let Ok(found) = found else {
            return false;
        };
        let newton = Newton::new(self.equation, above.z, &found.x, &found.inverse);
        let Ok(near) = newton.rho(Upper(0.0)) else {
            return false;
        };
        let moved = most(found.x.iter().zip(x).map(|(a, b)| size(a - b)));
        let inside = (Upper(moved * (1.0 + 1e-12)) + near).0 <= rho.0;
        inside && self.equation.is_upper(&found.x, near.0)
    }

    /// A root that is Hermitian, at a real point.
    pub(super) fn beside(
        &mut self,
        x: Vec<Complex64>,
        inverse: &[Complex64],
    ) -> Result<(Local, Root), LawError> {
        let newton = Newton::new(self.equation, self.z, &x, inverse);
        let none = Upper(0.0);
        let rho = newton.rho(none).map_err(|why| self.edge(why))?;
        let enclosed = self.enclosed(&newton, &x, inverse, none, rho);
        let mut wide = Upper(0.0625 / newton.curvature.0.max(1e-300));
        for _ in 0..24 {
            let radius = newton.reach(wide);
            if newton.holds(radius, wide) {
                let over = self.enclosed(&newton, &x, inverse, radius, wide);
                if self.equation.is_rising(&over.slope, over.slope_error.0) {
                    return Ok(self.local(Ball::exact(self.z), x, enclosed, radius.0));
                }
            }
            if wide.0 <= 2.0 * rho.0 {
                break;
            }
            wide = Upper(0.25 * wide.0);
        }
        Err(self.edge((rho.0, f64::INFINITY)))
    }

    /// The derivative of the root by z, over the disc and within ρ of x̃.
    fn enclosed(
        &self,
        newton: &Newton,
        x: &[Complex64],
        inverse: &[Complex64],
        radius: Upper,
        rho: Upper,
    ) -> Enclosed {
        let equation = self.equation;
        let m = equation.count();
        let push = equation.pushed(&equation.corner(), x);
        // `J X′ = −∂F/∂z` by C, refined twice.
        let mut slope = vec![Complex64::ZERO; m];
        let mut missed = Upper(f64::INFINITY);
        for _ in 0..3 {
            let pairs = dense::times(&newton.jacobian, &slope);
            let residual: Vec<Complex64> = pairs.iter().zip(&push).map(|(a, b)| a + b).collect();
            let step = dense::times(inverse, &residual);
            missed = Upper(most(step.iter().map(|x| size(*x))) * (1.0 + 1e-9));
            if missed.0 <= 1e-13 * most(slope.iter().map(|x| size(*x))) {
                break;
            }
            for (slope, step) in slope.iter_mut().zip(&step) {
                *slope -= step;
            }
            // What is left after the step is its share of the defect.
            missed = missed * newton.defect;
        }
        let large = Upper(most(slope.iter().map(|x| size(*x))) * (1.0 + 1e-12));
        let unknown = Upper(1.0 + most(x.iter().map(|x| size(*x))));
        let rounding = newton.norm
            * (newton.rounding * large + unknown * (8.0 * (m as f64 + 8.0) * f64::EPSILON));
        // Over the disc of z, and within ρ of x̃, J and ∂F/∂z move.
        let moved = newton.norm * radius + newton.curvature * rho * 2.0;
        let missed = missed + rounding * 2.0 + moved * large + newton.norm * rho;
        let moved = newton.contraction(radius, rho);
        Enclosed {
            slope,
            rho,
            slope_error: missed / (Lower(1.0) - moved),
        }
    }

    fn local(
        &self,
        disc: Ball,
        x: Vec<Complex64>,
        enclosed: Enclosed,
        reach: f64,
    ) -> (Local, Root) {
        let first = &self.equation.blocks[0];
        let area = first.size * first.size;
        // The corner of W is a mean of entries where there are atoms.
        let corner = |x: &[Complex64], radius: Upper| {
            let entry = match first.families.first() {
                None => Ball::exact(x[0]),
                Some(family) => {
                    let terms = family.atoms.iter().enumerate();
                    terms.fold(Ball::real(0.0), |sum, (i, &(_, mass))| {
                        sum + Ball::exact(x[i * area]) * mass
                    })
                }
            };
            -entry.grown((radius * (1.0 + 1e-12)).0)
        };
        let s = corner(&x, enclosed.rho);
        let ds = corner(&enclosed.slope, enclosed.slope_error);
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
    for (t, block) in equation.blocks.iter().enumerate() {
        let (n, area) = (block.size, block.size * block.size);
        let last = equation.unknowns.get(t + 1).copied().unwrap_or(x.len());
        for start in (equation.unknowns[t]..last).step_by(area) {
            for e in 0..area {
                let (i, j) = (e / n, e % n);
                out[start + e] = 0.5 * (x[start + e] + x[start + j * n + i].conj());
            }
        }
    }
    out
}
