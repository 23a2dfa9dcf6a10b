//! The Marchenko–Pastur map of any law.
//!
//! With `u = −1/(γm)` the equation `m = 1/(−z + ∫ x dν/(1+γxm))` of [`crate::measure::marchenko_pastur_map`] is
//!
//! ```math
//! z = u (γ + χ_ν(u)),   χ_ν(u) = ∫ x dν(x)/(u − x).
//! ```
//!
//! For `Im z > 0` the map `m ↦ 1/(−z + ∫ x dν/(1+γxm))` sends the upper half plane into itself, strictly, so that its
//! fixed point is unique (Denjoy–Wolff) for every law ν on the line, negative x included.

use num_complex::Complex64;

use super::edges::{self, Inverse};
use super::equation::{Derivatives, Enclosable, Equation, Step, phase_near};
use super::{enclosure, solver};
use crate::measure::arithmetic::ball::{Ball, size};
use crate::measure::arithmetic::scalar::Scalar;
use crate::measure::law::answer::moments;
use crate::measure::law::local::{LawJet, Local};
use crate::measure::law::transform::{Atom, Memory, Transform};
use crate::measure::law::{Law, LawError, Notation};

#[derive(Clone, Debug)]
pub(crate) struct MpMap {
    gamma: f64,
    nu: Law,
}

impl MpMap {
    /// γ.
    pub(crate) fn gamma(&self) -> f64 {
        self.gamma
    }

    /// ν.
    pub(crate) fn inner(&self) -> &Law {
        &self.nu
    }

    pub(crate) fn new(gamma: f64, nu: Law) -> Self {
        Self { gamma, nu }
    }
}

/// `E = u (γ + χ) − z`, from ν at u.
fn value<T: Scalar>(gamma: f64, z: T, u: T, chi: T) -> T {
    u * (T::real(gamma) + chi) - z
}

/// `∂E/∂u = γ + χ + u χ′`, `∂E/∂z = −1`.
fn derivatives<T: Scalar>(gamma: f64, u: T, [chi, dchi]: [T; 2]) -> Derivatives<T> {
    Derivatives {
        domega: T::real(gamma) + chi + u * dchi,
        dz: T::real(-1.0),
        second: None,
    }
}

/// One evaluation of the equation, from ν at u.
pub(super) fn step(gamma: f64, z: Complex64, nu: &LawJet) -> Step {
    Step {
        value: value(gamma, z, nu.at, nu.chi),
        derivatives: derivatives(gamma, nu.at, [nu.chi, nu.dchi]),
        above: true,
    }
}

/// The image at the root, from ν there.
pub(super) fn value_at(gamma: f64, z: Complex64, nu: &LawJet) -> LawJet {
    image(gamma, z, nu.at, [nu.chi, nu.dchi])
}

/// The image at the root u, from χ and χ′ of ν there.
fn image<T: Scalar>(gamma: f64, z: T, u: T, [chi, dchi]: [T; 2]) -> LawJet<T> {
    let s = -(u * gamma).inv();
    let slope = derivatives(gamma, u, [chi, dchi]).domega;
    LawJet {
        at: z,
        s,
        ds: -(s / (u * slope)),
        chi: chi / T::real(gamma),
        dchi: dchi / (slope * gamma),
    }
}

/// `∫ arg(z − x) dμ(x)`: from `ℓ′(z) = 1/(γu)` and `z = u (γ + χ_ν(u))`
///
/// ```math
/// ∫ log(z − x) dμ(x) = (1 − 1/γ) log u + (∫ log(u − x) dν(x) + χ_ν(u) − 1)/γ + log γ.
/// ```
pub(crate) fn phase(gamma: f64, u: Ball, chi: Ball, inner: Ball) -> Ball {
    let share = Ball::real(gamma).inv();
    u.arg_upper() * (Ball::real(1.0) - share) + (inner + chi.im()) * share
}

impl Equation for MpMap {
    const PARTS: usize = 1;

    fn step(&self, z: Complex64, u: Complex64, inner: &mut [Memory]) -> Result<Step, LawError> {
        Ok(step(self.gamma, z, &self.nu.jet(u, &mut inner[0])?))
    }

    fn jet(&self, z: Complex64, u: Complex64, inner: &mut [Memory]) -> Result<LawJet, LawError> {
        let nu = self.nu.jet(u, &mut inner[0])?;
        Ok(value_at(self.gamma, z, &nu))
    }

    fn far(&self, z: Complex64) -> Complex64 {
        z / self.gamma
    }

    fn height(&self) -> f64 {
        let (low, high) = self.nu.hull();
        4.0 * (1.0 + self.gamma) * low.abs().max(high.abs())
    }
}

impl Enclosable for MpMap {
    type Inner = Local;

    fn inner(&self, _: Complex64, u: Complex64, inner: &mut [Memory]) -> Result<Local, LawError> {
        self.nu.local(Ball::exact(u), &mut inner[0])
    }

    const MOVES: bool = true;

    fn moved(&self, nu: &Local, u: Complex64) -> Option<Local> {
        nu.moved_within_rounding(u)
    }

    fn value(&self, nu: &Local, z: Ball) -> Option<Ball> {
        Some(value(self.gamma, z, Ball::exact(nu.at), nu.chi))
    }

    fn range(&self, nu: &Local, _: Ball, rho: f64) -> Option<Derivatives<Ball>> {
        let u = Ball::exact(nu.at).grown(rho);
        let mut found = derivatives(self.gamma, u, nu.chi_over(rho)?);
        // γ + χ + uχ′ = γ − ∫ x² dν/(u−x)² moves by less than its terms.
        let square = nu.square_over(rho, self.nu.hull())?;
        found.domega = found.domega.tighter(Ball::real(self.gamma) - square);
        Some(found)
    }

    fn result(&self, nu: &Local, z: Ball, delta: f64) -> Option<LawJet<Ball>> {
        let u = Ball::exact(nu.at).grown(delta);
        Some(image(self.gamma, z, u, nu.chi_over(delta)?))
    }

    fn phase(&self, nu: &Local, _: Ball, delta: f64, inner: &mut [Memory]) -> Option<Ball> {
        let u = Ball::exact(nu.at).grown(delta);
        let [chi, _] = nu.chi_over(delta)?;
        Some(phase(
            self.gamma,
            u,
            chi,
            phase_near(&self.nu, nu, delta, &mut inner[0])?,
        ))
    }

    fn functions(&self, nu: &Local, _: Ball, delta: f64) -> Option<Vec<Ball>> {
        Some(vec![Ball::exact(nu.at).grown(delta)])
    }

    fn pole_at_zero(&self) -> bool {
        !self.atoms().is_empty()
    }

    fn about(&self, nu: &Local) -> (f64, usize) {
        (nu.chi_law.reach, nu.steps)
    }
}

impl Transform for MpMap {
    fn jet(&self, z: Complex64, memory: &mut Memory) -> Result<LawJet, LawError> {
        solver::jet(self, z, memory)
    }

    fn evaluate(&self, z: Ball, memory: &mut Memory) -> Result<Local, LawError> {
        if size(z.center) == 0.0 && !self.atoms().is_empty() {
            return Err(LawError::Atom { at: 0.0 });
        }
        enclosure::evaluate(self, z, memory)
    }

    fn phase(&self, z: Ball, memory: &mut Memory) -> Result<Ball, LawError> {
        enclosure::phase(self, z, memory)
    }

    /// At 0 only: `max(0, 1 − (1 − ν{0})/γ)` (Silverstein and Choi 1995).
    fn atoms(&self) -> Vec<Atom> {
        let mass = 1.0 - (1.0 - self.nu.mass_at(0.0)) / self.gamma;
        if mass > 0.0 {
            vec![Atom { at: 0.0, mass }]
        } else {
            Vec::new()
        }
    }

    /// `‖XDXᵀ/d‖ ≤ (1+√γ)² max|x|`, and the sign of D is kept.
    fn hull(&self) -> (f64, f64) {
        let (low, high) = self.nu.hull();
        let factor = (1.0 + self.gamma.sqrt()).powi(2) * (1.0 + 8.0 * f64::EPSILON);
        (factor * low.min(0.0), factor * high.max(0.0))
    }

    fn intervals(&self) -> Result<Vec<(f64, f64)>, LawError> {
        let (a, b) = (self.gamma, 1.0);
        edges::of_inverse(Inverse::Poisson { a, b }, &self.nu)
    }

    /// The free cumulants are `γ^{n−1} m_n(ν)`.
    fn moments(&self, count: usize) -> Result<Vec<f64>, LawError> {
        let moments = self.nu.moments(count)?;
        let cumulants: Vec<f64> = (1..=count)
            .map(|n| self.gamma.powi(n as i32 - 1) * moments[n])
            .collect();
        Ok(moments::from_free_cumulants(&cumulants))
    }

    fn made_of(&self) -> Vec<&Law> {
        vec![&self.nu]
    }

    fn notation(&self, f: &mut Notation<'_>) -> std::fmt::Result {
        write!(f, "mpmap({}, {})", self.gamma, self.nu)
    }
}
