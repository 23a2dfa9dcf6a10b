//! Free additive convolution.
//!
//! With `H = −1/s − w = χ/s` (the self-energy, of non-negative imaginary part above the axis), the subordination
//! functions of `μ ⊞ ν` satisfy `ω₂ = z + H_μ(ω₁)` and `ω₁ = z + H_ν(ω₂)`, that is `F_μ(ω₁) = F_ν(ω₂) = ω₁ + ω₂ − z`.
//! `ω₁` is the only fixed point in the upper half plane of `ω ↦ z + H_ν(z + H_μ(ω))` (Belinschi and Bercovici 2007,
//! theorem 4.1): the root of
//!
//! ```math
//! E(ω; z) = z + H_ν(z + H_μ(ω)) − ω.
//! ```

use num_complex::Complex64;

use super::edges::{self, Inverse};
use super::equation::{Equation, Range, Step};
use super::gaps;
use super::solver;
use crate::measure::arithmetic::ball::{Ball, size};
use crate::measure::law::answer::moments;
use crate::measure::law::local::{LawJet, Local};
use crate::measure::law::transform::{Atom, Memory, Transform};
use crate::measure::law::{Law, LawError, Notation};

/// `μ ⊞ ν`.
#[derive(Clone, Debug)]
pub(crate) struct FreeSum {
    mu: Law,
    nu: Law,
}

/// `H` and `H′ = s′/s² − 1`.
fn self_energy(jet: &LawJet) -> (Complex64, Complex64) {
    (jet.chi / jet.s, jet.ds / (jet.s * jet.s) - 1.0)
}

/// H and H′ over the disc of radius `rho` around a centre. H by its value there and the range of H′: next to an
/// atom χ and s are large and vary together.
fn energy(local: &Local, rho: f64) -> Option<(Ball, Ball)> {
    let over = local.over(rho)?;
    let slope = over.ds / over.s.square() - Ball::real(1.0);
    let value = (local.chi / local.s).grown(slope.most() * rho);
    Some((value, slope))
}

/// H and H′ of both laws, the first over a disc of `ω₁`, the second over the `ω₂` that belong to it.
fn energies(pair: &Pair, z: Ball, rho: f64) -> Option<[(Ball, Ball); 2]> {
    let first = energy(&pair.first, rho)?;
    let omega = z + first.0;
    let second = energy(&pair.second, omega.distance(pair.second.at))?;
    Some([first, second])
}

/// The inner laws at `ω₁` and at the centre of the enclosure of `ω₂`.
pub(crate) struct Pair {
    pub(crate) first: Local,
    pub(crate) second: Local,
}

impl Pair {
    /// The first law at `ω₁`, the second at the `ω₂` that belongs to it; an error where rounding took that below the axis.
    pub(crate) fn new(
        [mu, nu]: [&Law; 2],
        omega: Complex64,
        inner: &mut [Memory],
        second: impl FnOnce(&LawJet) -> Complex64,
    ) -> Result<Self, LawError> {
        let first = mu.local(Ball::exact(omega), &mut inner[0])?;
        let at = second(&first.jet());
        if at.im < 0.0 {
            return Err(LawError::Point { z: at });
        }
        let second = nu.local(Ball::exact(at), &mut inner[1])?;
        Ok(Self { first, second })
    }
}

impl FreeSum {
    pub(crate) fn new(mu: Law, nu: Law) -> Self {
        Self { mu, nu }
    }
}

impl Equation for FreeSum {
    const PARTS: usize = 2;
    type Inner = Pair;

    fn step(&self, z: Complex64, omega: Complex64, inner: &mut [Memory]) -> Result<Step, LawError> {
        let (h1, d1) = self_energy(&self.mu.jet(omega, &mut inner[0])?);
        let second = z + h1;
        let (h2, d2) = self_energy(&self.nu.jet(second, &mut inner[1])?);
        Ok(Step {
            value: z + h2 - omega,
            domega: d2 * d1 - 1.0,
            dz: 1.0 + d2,
            above: second.im >= 0.0,
            second: Some((d1, Complex64::ONE)),
        })
    }

    fn jet(
        &self,
        z: Complex64,
        omega: Complex64,
        inner: &mut [Memory],
    ) -> Result<LawJet, LawError> {
        let first = self.mu.jet(omega, &mut inner[0])?;
        let (h1, d1) = self_energy(&first);
        let second = self.nu.jet(z + h1, &mut inner[1])?;
        let (_, d2) = self_energy(&second);
        Ok(LawJet {
            s: first.s,
            ds: first.ds * (1.0 + d2) / (1.0 - d1 * d2),
            chi: first.chi + second.chi,
        })
    }

    fn inner(
        &self,
        z: Complex64,
        omega: Complex64,
        inner: &mut [Memory],
    ) -> Result<Pair, LawError> {
        Pair::new([&self.mu, &self.nu], omega, inner, |first| {
            z + first.chi / first.s
        })
    }

    fn value(&self, pair: &Pair, z: Ball) -> Option<Ball> {
        let [_, second] = energies(pair, z, 0.0)?;
        Some(z + second.0 - Ball::exact(pair.first.at))
    }

    fn range(&self, pair: &Pair, z: Ball, rho: f64) -> Option<Range> {
        let [(_, d1), (_, d2)] = energies(pair, z, rho)?;
        let one = Ball::real(1.0);
        Some(Range {
            domega: d1 * d2 - one,
            dz: d2 + one,
            second: Some((d1, one)),
        })
    }

    fn result(&self, pair: &Pair, z: Ball, delta: f64) -> Option<[Ball; 3]> {
        let first = pair.first.over(delta)?;
        let [(h, d1), (_, d2)] = energies(pair, z, delta)?;
        let second = pair.second.over((z + h).distance(pair.second.at))?;
        let one = Ball::real(1.0);
        let ds = first.ds * (one + d2) / (one - d1 * d2);
        Some([first.s, ds, first.chi + second.chi])
    }

    fn about(&self, pair: &Pair) -> (f64, usize) {
        (
            pair.first.reach.min(pair.second.reach),
            pair.first.steps + pair.second.steps,
        )
    }

    fn far(&self, z: Complex64) -> Complex64 {
        z
    }

    fn height(&self) -> f64 {
        let (low, high) = self.hull();
        8.0 * (high - low) + 4.0 * low.abs().max(high.abs())
    }
}

impl Transform for FreeSum {
    fn jet(&self, z: Complex64, memory: &mut Memory) -> Result<LawJet, LawError> {
        solver::jet(self, z, memory)
    }

    fn evaluate(&self, z: Ball, memory: &mut Memory) -> Result<Local, LawError> {
        solver::evaluate(self, z, memory)
    }

    /// At `a + b` where `μ{a} + ν{b} > 1`, of mass `μ{a} + ν{b} − 1` (Bercovici and Voiculescu 1998).
    fn atoms(&self) -> Vec<Atom> {
        gaps::heavy_pairs(&self.mu, &self.nu, |a, b| a + b)
    }

    fn hull(&self) -> (f64, f64) {
        let ((a, b), (c, d)) = (self.mu.hull(), self.nu.hull());
        let margin = 2.0 * f64::EPSILON * (a.abs().max(b.abs()) + c.abs().max(d.abs()));
        // Of two laws on the half line the sum is one.
        let lowest = if a >= 0.0 && c >= 0.0 {
            0.0
        } else {
            f64::NEG_INFINITY
        };
        ((a + c - margin).max(lowest), b + d + margin)
    }

    fn intervals(&self) -> Result<Vec<(f64, f64)>, LawError> {
        for (law, nu) in [(&self.mu, &self.nu), (&self.nu, &self.mu)] {
            if let Some((variance, mean)) = law.as_semicircle() {
                let inverse = Inverse::Semicircle { variance };
                let intervals = edges::of_inverse(inverse, nu)?.into_iter();
                return Ok(intervals.map(|(a, b)| (a + mean, b + mean)).collect());
            }
        }
        gaps::intervals(&gaps::Sum, &self.mu, &self.nu, &self.atoms())
    }

    /// Free cumulants add.
    fn moments(&self, count: usize) -> Result<Vec<f64>, LawError> {
        let (first, second) = (
            self.mu.free_cumulants(count)?,
            self.nu.free_cumulants(count)?,
        );
        let sum: Vec<f64> = first.iter().zip(&second).map(|(a, b)| a + b).collect();
        Ok(moments::from_free_cumulants(&sum))
    }

    fn notation(&self, f: &mut Notation<'_>) -> std::fmt::Result {
        write!(f, "({} [+] {})", self.mu, self.nu)
    }
}

impl Ball {
    /// The radius of the disc around `center` that contains this one.
    pub(crate) fn distance(self, center: Complex64) -> f64 {
        (size(self.center - center) + self.radius) * (1.0 + 8.0 * f64::EPSILON)
    }
}
