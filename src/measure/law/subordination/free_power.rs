//! Powers of a law under ⊞, with any exponent from 1 on.
//!
//! With `H = −1/s − w = χ/s` the power `μ^{⊞t}` has the free cumulants of μ times t. Its transform is that of μ at the only fixed
//! point in the upper half plane of `ω ↦ z + (t−1) H_μ(ω)` (Belinschi and Bercovici 2005, theorem 2.5), the root of
//!
//! ```math
//! E(ω; z) = ω − (t−1) H_μ(ω) − z,   s(z) = s_μ(ω),   χ(z) = t χ_μ(ω).
//! ```

use num_complex::Complex64;

use super::edges::{self, Inverse};
use super::equation::{Derivatives, Enclosable, Equation, Step, height_above, phase_near};
use super::{enclosure, solver};
use crate::measure::arithmetic::ball::Ball;
use crate::measure::arithmetic::scalar::Scalar;
use crate::measure::law::answer::moments;
use crate::measure::law::local::{LawJet, Local, middle};
use crate::measure::law::transform::{Atom, Memory, Transform};
use crate::measure::law::{Law, LawError, Notation};

/// `μ^{⊞t}`, `t > 1`.
#[derive(Clone, Debug)]
pub(crate) struct FreePower {
    exponent: f64,
    mu: Law,
}

/// From H′.
fn derivatives<T: Scalar>(exponent: f64, slope: T) -> Derivatives<T> {
    let one = T::real(1.0);
    Derivatives {
        domega: one - slope * (exponent - 1.0),
        dz: -one,
        second: None,
    }
}

/// `s`, `s′`, `χ`, `χ′` of the power, from μ at ω and dω/dz.
fn image<T: Scalar>(exponent: f64, z: T, mu: &LawJet<T>, slope: T) -> LawJet<T> {
    LawJet {
        at: z,
        s: mu.s,
        ds: mu.ds * slope,
        chi: mu.chi * exponent,
        dchi: mu.dchi * slope * exponent,
    }
}

impl FreePower {
    pub(crate) fn new(exponent: f64, mu: Law) -> Self {
        Self { exponent, mu }
    }

    fn slope(&self, mu: &LawJet) -> Derivatives<Complex64> {
        derivatives(self.exponent, mu.energy_slope(middle(self.mu.hull())))
    }
}

impl Equation for FreePower {
    const PARTS: usize = 1;

    fn step(&self, z: Complex64, omega: Complex64, inner: &mut [Memory]) -> Result<Step, LawError> {
        let mu = self.mu.jet(omega, &mut inner[0])?;
        Ok(Step {
            value: omega - (self.exponent - 1.0) * (mu.chi / mu.s) - z,
            derivatives: self.slope(&mu),
            above: true,
        })
    }

    fn jet(
        &self,
        z: Complex64,
        omega: Complex64,
        inner: &mut [Memory],
    ) -> Result<LawJet, LawError> {
        let mu = self.mu.jet(omega, &mut inner[0])?;
        let [slope, _] = self.slope(&mu).slopes();
        Ok(image(self.exponent, z, &mu, slope))
    }

    fn far(&self, z: Complex64) -> Complex64 {
        z
    }

    fn height(&self) -> f64 {
        height_above(self.hull())
    }
}

impl Enclosable for FreePower {
    type Inner = Local;

    fn inner(
        &self,
        _: Complex64,
        omega: Complex64,
        inner: &mut [Memory],
    ) -> Result<Local, LawError> {
        self.mu.local(Ball::exact(omega), &mut inner[0])
    }

    fn value(&self, mu: &Local, z: Ball) -> Option<Ball> {
        let [energy, _] = mu.energy_over(0.0, self.mu.hull())?;
        Some(Ball::exact(mu.at) - energy * (self.exponent - 1.0) - z)
    }

    fn range(&self, mu: &Local, _: Ball, rho: f64) -> Option<Derivatives<Ball>> {
        let [_, slope] = mu.energy_over(rho, self.mu.hull())?;
        Some(derivatives(self.exponent, slope))
    }

    fn result(&self, mu: &Local, z: Ball, delta: f64) -> Option<LawJet<Ball>> {
        let [slope, _] = self.range(mu, z, delta)?.slopes();
        Some(image(self.exponent, z, &mu.over(delta)?, slope))
    }

    /// `∫ log(z − x) dμ^{⊞t} = t ∫ log(ω − x) dμ + (t−1) log G`, `G = −s`, which is stationary in ω.
    fn phase(&self, mu: &Local, _: Ball, delta: f64, inner: &mut [Memory]) -> Option<Ball> {
        let (exponent, one) = (Ball::real(self.exponent), Ball::real(1.0));
        let inverse = -mu.over(delta)?.s.inv();
        let of_mu = phase_near(&self.mu, mu, delta, &mut inner[0])?;
        Some(of_mu * exponent - inverse.arg_upper() * (exponent - one))
    }

    fn functions(&self, mu: &Local, _: Ball, delta: f64) -> Option<Vec<Ball>> {
        Some(vec![Ball::exact(mu.at).grown(delta)])
    }

    fn pole_at_zero(&self) -> bool {
        false
    }

    fn about(&self, mu: &Local) -> (f64, usize) {
        (mu.law.reach, mu.steps)
    }
}

impl Transform for FreePower {
    fn jet(&self, z: Complex64, memory: &mut Memory) -> Result<LawJet, LawError> {
        solver::jet(self, z, memory)
    }

    fn evaluate(&self, z: Ball, memory: &mut Memory) -> Result<Local, LawError> {
        enclosure::evaluate(self, z, memory)
    }

    fn phase(&self, z: Ball, memory: &mut Memory) -> Result<Ball, LawError> {
        enclosure::phase(self, z, memory)
    }

    /// At `ta` where `μ{a} > 1 − 1/t`, of mass `tμ{a} − (t−1)` (Belinschi and Bercovici 2004).
    fn atoms(&self) -> Vec<Atom> {
        let t = self.exponent;
        let atoms = self.mu.point_masses().iter().map(|atom| Atom {
            at: t * atom.at,
            mass: 1.0 - t * (1.0 - atom.mass),
        });
        // A mass that is 0 but for rounding is 0.
        atoms
            .filter(|atom| atom.mass > 4.0 * f64::EPSILON * t)
            .collect()
    }

    /// The power is t times the law of a compression, whose norm is no larger.
    fn hull(&self) -> (f64, f64) {
        let (low, high) = self.mu.hull();
        let margin = 2.0 * f64::EPSILON;
        let outward = |x: f64, sign: f64| self.exponent * x * (1.0 + sign * x.signum() * margin);
        (outward(low, -1.0), outward(high, 1.0))
    }

    fn intervals(&self) -> Result<Vec<(f64, f64)>, LawError> {
        let less = self.exponent - 1.0;
        edges::of_inverse(Inverse::Power { less }, &self.mu)
    }

    /// t times the free cumulants.
    fn moments(&self, count: usize) -> Result<Vec<f64>, LawError> {
        let mut cumulants = self.mu.rounded_free_cumulants(count)?;
        cumulants.iter_mut().for_each(|k| *k *= self.exponent);
        Ok(moments::from_free_cumulants(&cumulants))
    }

    fn made_of(&self) -> Vec<&Law> {
        vec![&self.mu]
    }

    fn notation(&self, f: &mut Notation<'_>) -> std::fmt::Result {
        write!(f, "power({}, {})", self.exponent, self.mu)
    }
}
