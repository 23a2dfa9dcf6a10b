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

use super::confirmed::confirmed;
use super::edges::{self, Inverse};
use super::equation::{Derivatives, Enclosable, Equation, Step, height_above, phase_near};
use super::{enclosure, gaps, pairing, solver};
use crate::measure::arithmetic::ball::Ball;
use crate::measure::arithmetic::scalar::Scalar;
use crate::measure::law::answer::moments;
use crate::measure::law::local::{LawJet, Local, middle};
use crate::measure::law::transform::{Atom, Memory, Transform};
use crate::measure::law::{Law, LawError, Notation};

/// `μ ⊞ ν`.
#[derive(Clone, Debug)]
pub(crate) struct FreeSum {
    mu: Law,
    nu: Law,
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

/// The share of itself by which a slope may vary over a disc before the second law is asked for its values on the disc:
/// inside its support and next to the axis it is analytic much farther than to the axis, which is all that is known of its
/// value at one point.
pub(super) const ROUGH: f64 = 1e-3;

impl Pair {
    /// The second law on all of the disc around `ω₂`, if that is above the axis.
    pub(super) fn second_on(&self, nu: &Law, radius: f64) -> Option<Local> {
        let at = self.second.at;
        let disc = Ball::exact(at).grown(radius);
        let above = disc.radius < at.im;
        above.then(|| nu.local(disc, &mut Memory::default()).ok())?
    }

    /// The second law over the disc, from its value at the centre or, where that tells too little, on the disc.
    fn second_over(&self, nu: &Law, radius: f64) -> Option<LawJet<Ball>> {
        let plain = self.second.over(radius);
        let rough = plain.is_none_or(|jet| jet.dchi.radius > ROUGH * jet.dchi.most());
        let afresh = rough.then(|| self.second_on(nu, radius)).flatten();
        afresh.map(|law| law.over_itself()).or(plain)
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

    /// H and H′ of both laws, the first over a disc of `ω₁`, the second over the `ω₂` that belong to it.
    fn energies(&self, pair: &Pair, z: Ball, rho: f64) -> Option<[[Ball; 2]; 2]> {
        let first = pair.first.energy_over(rho, self.mu.hull())?;
        let omega = z + first[0];
        let apart = omega.distance(pair.second.at);
        let plain = pair.second.energy_over(apart, self.nu.hull());
        let rough = plain.is_none_or(|[_, slope]| slope.radius > ROUGH * (1.0 + slope.most()));
        let afresh = rough.then(|| pair.second_on(&self.nu, apart)).flatten();
        let second = match (plain, afresh.and_then(|law| law.energy(self.nu.hull()))) {
            (Some(a), Some(b)) => [0, 1].map(|k| a[k].tighter(b[k])),
            (a, b) => a.or(b)?,
        };
        Some([first, second])
    }

    /// The slopes of H of both laws, without bounds.
    fn slopes(&self, [first, second]: &[LawJet; 2]) -> [Complex64; 2] {
        [
            first.energy_slope(middle(self.mu.hull())),
            second.energy_slope(middle(self.nu.hull())),
        ]
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

/// `s`, `s′`, `χ`, `χ′` of the sum, from both laws at their subordination functions and the slopes of these.
fn joined<T: Scalar>(z: T, first: &LawJet<T>, second: &LawJet<T>, slopes: [T; 2]) -> LawJet<T> {
    LawJet {
        at: z,
        s: first.s,
        ds: first.ds * slopes[0],
        chi: first.chi + second.chi,
        dchi: first.dchi * slopes[0] + second.dchi * slopes[1],
    }
}

impl Equation for FreeSum {
    const PARTS: usize = 2;

    fn step(&self, z: Complex64, omega: Complex64, inner: &mut [Memory]) -> Result<Step, LawError> {
        let both = self.both(z, omega, inner)?;
        let ([d1, d2], second) = (self.slopes(&both), both[1]);
        Ok(Step {
            value: z + second.chi / second.s - omega,
            derivatives: derivatives(d1, d2),
            above: second.at.im >= 0.0,
        })
    }

    fn jet(
        &self,
        z: Complex64,
        omega: Complex64,
        inner: &mut [Memory],
    ) -> Result<LawJet, LawError> {
        let both = self.both(z, omega, inner)?;
        let [d1, d2] = self.slopes(&both);
        Ok(joined(z, &both[0], &both[1], derivatives(d1, d2).slopes()))
    }

    fn far(&self, z: Complex64) -> Complex64 {
        z
    }

    fn height(&self) -> f64 {
        height_above(self.hull())
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
        let [_, second] = self.energies(pair, z, 0.0)?;
        Some(z + second[0] - Ball::exact(pair.first.at))
    }

    fn range(&self, pair: &Pair, z: Ball, rho: f64) -> Option<Derivatives<Ball>> {
        let [[_, d1], [_, d2]] = self.energies(pair, z, rho)?;
        Some(derivatives(d1, d2))
    }

    fn result(&self, pair: &Pair, z: Ball, delta: f64) -> Option<LawJet<Ball>> {
        let [[energy, d1], [_, d2]] = self.energies(pair, z, delta)?;
        let first = pair.first.over(delta)?;
        let apart = (z + energy).distance(pair.second.at);
        let second = pair.second_over(&self.nu, apart)?;
        Some(joined(z, &first, &second, derivatives(d1, d2).slopes()))
    }

    /// `∫ log(z − x) dμ⊞ν = ∫ log(ω₁ − x) dμ + ∫ log(ω₂ − x) dν + log G`, `G = −s`, which is stationary in both.
    fn phase(&self, pair: &Pair, z: Ball, delta: f64, inner: &mut [Memory]) -> Option<Ball> {
        let [[energy, _], _] = self.energies(pair, z, delta)?;
        let apart = (z + energy).distance(pair.second.at);
        let inverse = -pair.first.over(delta)?.s.inv();
        let first = phase_near(&self.mu, &pair.first, delta, &mut inner[0])?;
        let second = phase_near(&self.nu, &pair.second, apart, &mut inner[1])?;
        Some(first + second - inverse.arg_upper())
    }

    fn functions(&self, pair: &Pair, z: Ball, delta: f64) -> Option<Vec<Ball>> {
        let [[energy, _], _] = self.energies(pair, z, delta)?;
        Some(vec![Ball::exact(pair.first.at).grown(delta), z + energy])
    }

    fn pole_at_zero(&self) -> bool {
        false
    }

    fn about(&self, pair: &Pair) -> (f64, usize) {
        (
            pair.first.law.reach.min(pair.second.law.reach),
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

    fn phase(&self, z: Ball, memory: &mut Memory) -> Result<Ball, LawError> {
        let other = || enclosure::phase(&self.swapped(), z, &mut Memory::default());
        enclosure::phase(self, z, memory).or_else(|error| other().map_err(|_| error))
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
        let found = gaps::intervals(&pairing::Sum, &self.mu, &self.nu, &self.atoms());
        confirmed(self, found)
    }

    /// Free cumulants add.
    fn moments(&self, count: usize) -> Result<Vec<f64>, LawError> {
        let (first, second) = (
            self.mu.rounded_free_cumulants(count)?,
            self.nu.rounded_free_cumulants(count)?,
        );
        let sum: Vec<f64> = first.iter().zip(&second).map(|(a, b)| a + b).collect();
        Ok(moments::from_free_cumulants(&sum))
    }

    fn made_of(&self) -> Vec<&Law> {
        vec![&self.mu, &self.nu]
    }

    fn notation(&self, f: &mut Notation<'_>) -> std::fmt::Result {
        write!(f, "({} [+] {})", self.mu, self.nu)
    }
}
