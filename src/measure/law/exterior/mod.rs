//! A law outside an interval that holds its support, from values on circles around it.
//!
//! With `u = c + (h/2)(s + 1/s)`, c the middle of the interval and h half its length, `|s| < 1` is the plane without the interval
//! (Joukowski), and by the generating function of the Chebyshev polynomials of the second kind
//!
//! ```math
//! χ(u) = ∫ x dμ(x)/(u − x) = (2s/h) f(s),   f(s) = Σ_k μ_k s^k,   μ_k = ∫ x U_k((x−c)/h) dμ(x),   |μ_k| ≤ (k+1) ∫ |x| dμ.
//! ```
//!
//! So f is known everywhere in `|s| ≤ ρ` from its values at N points of that circle, and it is known how well: the functions that
//! subordination asks for stay away from the support, mostly, where a law that is an integral has thousands of values for the price
//! of a hundred.

use num_complex::Complex64;
use std::sync::OnceLock;

use super::local::{LawJet, Local};
use super::transform::Memory;
use super::{Law, Transform};
use crate::measure::arithmetic::ball::{Ball, size};
use shell::Shell;

mod shell;

#[cfg(test)]
mod tests;

/// The radii `1/ρ` of the circles, the outermost first.
const RADII: [f64; 6] = [2.0, 1.4, 1.2, 1.1, 1.05, 1.025];
/// How many of them, the first ones, are cheap.
const OUTER: usize = 3;
/// Points of a walk from which on the cheap ones are taken at once, and from which on all.
const MANY: usize = 200;
const EVERYWHERE: usize = 5000;
/// So far from a circle, as a share of its radius, its values are used.
const INSIDE: f64 = 1.02;

/// The interval, and what is known on each circle.
#[derive(Debug)]
pub(super) struct Exterior {
    interval: Interval,
    /// Whether the law has an atom at 0.
    pole: bool,
    /// What each circle costs, in values.
    prices: [usize; RADII.len()],
    shells: [OnceLock<Option<Shell>>; RADII.len()],
}

/// `[middle − half, middle + half]`, which holds the support but for an atom at 0.
#[derive(Clone, Copy, Debug)]
struct Interval {
    middle: f64,
    half: f64,
}

/// What a walk has asked for so far: a circle is taken when its points would have cost as much without it, so that no walk takes
/// twice as long as it must. It depends on nothing but the walk.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked {
    counts: [usize; RADII.len()],
    open: [bool; RADII.len()],
}

impl Asked {
    /// Of a walk over that many points.
    pub(super) fn over(points: usize) -> Self {
        let mut asked = Self::default();
        let paid = match points {
            ..MANY => 0,
            MANY..EVERYWHERE => OUTER,
            EVERYWHERE.. => RADII.len(),
        };
        asked.counts[..paid].fill(usize::MAX / 2);
        asked
    }
}

impl Interval {
    fn new((low, high): (f64, f64)) -> Self {
        let middle = 0.5 * low + 0.5 * high;
        let half = (high - middle).max(middle - low) * (1.0 + 1e-15);
        Self { middle, half }
    }

    fn ends(self) -> (f64, f64) {
        (self.middle - self.half, self.middle + self.half)
    }

    /// `s(u)`, `|s| ≤ 1`, for u in the closed upper half plane.
    fn inside(self, u: Complex64) -> Complex64 {
        let y = (u - self.middle) / self.half;
        (y + (y - 1.0).sqrt() * (y + 1.0).sqrt()).inv()
    }

    /// `u(s)`.
    fn place(self, s: Ball) -> Ball {
        Ball::real(self.middle) + (s + s.inv()) * (0.5 * self.half)
    }
}

impl Exterior {
    pub(super) fn new(law: &dyn Transform) -> Option<Self> {
        let interval = Interval::new(law.interval());
        (interval.half > 0.0 && interval.half.is_finite()).then(|| Self {
            interval,
            pole: law.atoms().iter().any(|atom| atom.at == 0.0),
            prices: RADII.map(Shell::price),
            shells: [const { OnceLock::new() }; RADII.len()],
        })
    }

    /// s, and the circle that is used there: the outermost that is open, or one that is due.
    fn at(
        &self,
        law: &dyn Transform,
        z: Complex64,
        asked: &mut Asked,
    ) -> Option<(Complex64, &Shell)> {
        let inside = self.interval.inside(z);
        let s = size(inside);
        let fits = |k: &usize| s * INSIDE * RADII[*k] <= 1.0;
        // At 0 χ tells nothing of s.
        let first = (0..RADII.len())
            .find(fits)
            .filter(|_| z != Complex64::ZERO)?;
        let open = (first..RADII.len()).find(|&k| asked.open[k]);
        let taken = match open {
            Some(k) => k,
            None => {
                asked.counts[first] += 1;
                if asked.counts[first] < self.prices[first] {
                    return None;
                }
                asked.open[first] = true;
                first
            }
        };
        let made = || Shell::new(law, self.interval, RADII[taken]);
        let shell = self.shells[taken].get_or_init(made);
        Some((inside, shell.as_ref()?))
    }

    /// The values at a point, if they are had from a circle.
    pub(super) fn local(&self, law: &dyn Transform, z: Ball, memory: &mut Memory) -> Option<Local> {
        let (s, shell) = self.at(law, z.center, &mut memory.asked)?;
        let found = shell.local(self.interval, s, self.pole)?;
        found.moved_to(z.center)?.widened(z.radius)
    }

    /// The same without bounds.
    pub(super) fn jet(
        &self,
        law: &dyn Transform,
        z: Complex64,
        memory: &mut Memory,
    ) -> Option<LawJet> {
        let (s, shell) = self.at(law, z, &mut memory.asked)?;
        Some(shell.jet(self.interval, z, s))
    }
}

impl Exterior {
    /// s, and the outermost circle, if z lies outside of that.
    fn outermost(&self, law: &dyn Transform, z: Complex64) -> Option<(Complex64, &Shell)> {
        let inside = self.interval.inside(z);
        if size(inside) * INSIDE * RADII[0] > 1.0 {
            return None;
        }
        let made = || Shell::new(law, self.interval, RADII[0]);
        Some((inside, self.shells[0].get_or_init(made).as_ref()?))
    }
}

impl Law {
    /// Of any other law: far from the support rounding may hide a root that nearer to it is plain.
    fn circles(&self) -> Option<&Exterior> {
        if self.exterior().is_some() {
            return None;
        }
        let made = || Exterior::new(self.transform());
        self.0.circles.get_or_init(made).as_ref()
    }

    /// The values far outside an interval that holds the support, by the outermost circle around it.
    pub(super) fn afar(&self, z: Ball) -> Option<Local> {
        let circles = self.circles()?;
        let (s, shell) = circles.outermost(self.transform(), z.center)?;
        let found = shell.local(circles.interval, s, circles.pole)?;
        found.moved_to(z.center)?.widened(z.radius)
    }

    /// The same without bounds.
    pub(super) fn jet_afar(&self, z: Complex64) -> Option<LawJet> {
        let circles = self.circles()?;
        let (s, shell) = circles.outermost(self.transform(), z)?;
        Some(shell.jet(circles.interval, z, s))
    }

    /// The law outside an interval, if its values are integrals.
    pub(super) fn exterior(&self) -> Option<&Exterior> {
        let made = || {
            self.0
                .kind
                .is_integral()
                .then(|| Exterior::new(self.transform()))
        };
        self.0.exterior.get_or_init(|| made().flatten()).as_ref()
    }
}
