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
use super::equation::{Derivatives, Enclosable, Equation, Step};
use super::{enclosure, gaps, pairing, solver};
use crate::measure::arithmetic::ball::Ball;
use crate::measure::arithmetic::scalar::Scalar;
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

/// H and H′ over the disc of radius `rho` around a centre. H by its value there and the range of H′: next to an
/// atom χ and s are large and vary together.
fn energy(local: &Local, rho: f64) -> Option<(Ball, Ball)> {
    let over = local.over(rho)?;
    let slope = over.energy_slope();
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
    /// μ and ν.
    pub(crate) fn summands(&self) -> [&Law; 2] {
        [&self.mu, &self.nu]
    }

    pub(crate) fn new(mu: Law, nu: Law) -> Self {
        Self { mu, nu }
    }

    /// `ν ⊞ μ`, the same law by another equation: where the root of one is lost to rounding that of the other may not be.
    fn swapped(&self) -> Self {
        Self::new(self.nu.clone(), self.mu.clone())
    }

    /// Both laws at `ω₁` and at the `ω₂ = z + H_μ(ω₁)` that belongs to it.
    fn both(
        &self,
        z: Complex64,
        omega: Complex64,
        inner: &mut [Memory],
    ) -> Result<[LawJet; 2], LawError> {
        let first = self.mu.jet(omega, &mut inner[0])?;
        let second = self.nu.jet(z + first.chi / first.s, &mut inner[1])?;
        Ok([first, second])
    }
}

/// Those of `E = z + H_ν(z + H_μ(ω)) − ω`, from `H_μ′` and `H_ν′`.
fn derivatives<T: Scalar>(d1: T, d2: T) -> Derivatives<T> {
    let one = T::real(1.0);
    Derivatives {
        domega: d2 * d1 - one,
        dz: d2 + one,
        second: Some((d1, one)),
    }
}

/// `s`, `s′`, `χ` of the sum, from both laws at their subordination functions.
fn joined<T: Scalar>(z: T, first: &LawJet<T>, second: &LawJet<T>) -> LawJet<T> {
    let derivatives = derivatives(first.energy_slope(), second.energy_slope());
    LawJet {
        at: z,
        s: first.s,
        ds: first.ds * derivatives.slopes()[0],
        chi: first.chi + second.chi,
    }
}

impl Equation for FreeSum {
    const PARTS: usize = 2;

    fn step(&self, z: Complex64, omega: Complex64, inner: &mut [Memory]) -> Result<Step, LawError> {
        let [first, second] = self.both(z, omega, inner)?;
        Ok(Step {
            value: z + second.chi / second.s - omega,
            derivatives: derivatives(first.energy_slope(), second.energy_slope()),
            above: second.at.im >= 0.0,
        })
    }

    fn jet(
        &self,
        z: Complex64,
        omega: Complex64,
        inner: &mut [Memory],
    ) -> Result<LawJet, LawError> {
        let [first, second] = self.both(z, omega, inner)?;
        Ok(joined(z, &first, &second))
    }

    fn far(&self, z: Complex64) -> Complex64 {
        z
    }

    fn height(&self) -> f64 {
        let (low, high) = self.hull();
        8.0 * (high - low) + 4.0 * low.abs().max(high.abs())
    }
}

impl Enclosable for FreeSum {
    type Inner = Pair;

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

    fn range(&self, pair: &Pair, z: Ball, rho: f64) -> Option<Derivatives<Ball>> {
        let [(_, d1), (_, d2)] = energies(pair, z, rho)?;
        Some(derivatives(d1, d2))
    }

    fn result(&self, pair: &Pair, z: Ball, delta: f64) -> Option<LawJet<Ball>> {
        let first = pair.first.over(delta)?;
        let omega = z + energy(&pair.first, delta)?.0;
        let second = pair.second.over(omega.distance(pair.second.at))?;
        Some(joined(z, &first, &second))
    }

    fn about(&self, pair: &Pair) -> (f64, usize) {
        (
            pair.first.reach.min(pair.second.reach),
            pair.first.steps + pair.second.steps,
        )
    }
}

impl Transform for FreeSum {
    fn jet(&self, z: Complex64, memory: &mut Memory) -> Result<LawJet, LawError> {
        let other = || solver::jet(&self.swapped(), z, &mut Memory::default());
        solver::jet(self, z, memory).or_else(|error| other().map_err(|_| error))
    }

    fn evaluate(&self, z: Ball, memory: &mut Memory) -> Result<Local, LawError> {
        let other = || enclosure::evaluate(&self.swapped(), z, &mut Memory::default());
        enclosure::evaluate(self, z, memory).or_else(|error| other().map_err(|_| error))
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
        gaps::intervals(&pairing::Sum, &self.mu, &self.nu, &self.atoms())
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
