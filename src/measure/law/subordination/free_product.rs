//! Free multiplicative convolution of laws on the half line.
//!
//! With `χ(w) = ∫ x dμ(x)/(w − x)` (that is `ψ(1/w)`), the subordination functions of `μ ⊠ ν` satisfy
//!
//! ```math
//! χ_{μ⊠ν}(z) = χ_μ(w₁) = χ_ν(w₂) = y,   w₁ w₂ = z (1 + y)/y,
//! ```
//!
//! so that `w₂ = −z s_μ(w₁)/χ_μ(w₁)`, and `w₁` is the root of `E(w; z) = χ_ν(w₂(w)) − χ_μ(w)`. In `ζ = 1/z` and
//! `1/w₁` this is the fixed point equation of Belinschi and Bercovici (2007, theorem 3.2). A pair `w₁, w₂` in the
//! upper half plane is the only one: `arg 1/w₁ + arg 1/w₂ = arg ζ + arg η` without a multiple of 2π, hence both
//! arguments are at least that of ζ, on which sector the iteration is a self-map (Denjoy–Wolff).

use num_complex::Complex64;

use super::edges::{self, Inverse};
use super::equation::{Derivatives, Enclosable, Equation, Step};
use super::free_sum::Pair;
use super::{enclosure, gaps, pairing, solver};
use crate::measure::arithmetic::ball::{Ball, size};
use crate::measure::arithmetic::scalar::Scalar;
use crate::measure::law::answer::moments;
use crate::measure::law::local::{LawJet, Local};
use crate::measure::law::transform::{Atom, Memory, Transform};
use crate::measure::law::{Law, LawError, Notation};

/// `μ ⊠ ν`.
#[derive(Clone, Debug)]
pub(crate) struct FreeProduct {
    mu: Law,
    nu: Law,
    /// Of μ and of ν.
    means: [f64; 2],
}

impl FreeProduct {
    pub(crate) fn new(mu: Law, nu: Law) -> Result<Self, LawError> {
        for law in [&mu, &nu] {
            let lowest = law.hull().0;
            if lowest < 0.0 {
                return Err(LawError::Negative { lowest });
            }
        }
        let means = [mu.moments(1)?[1], nu.moments(1)?[1]];
        Ok(Self { mu, nu, means })
    }

    /// `ν ⊠ μ`, the same law by another equation: where the root of one is lost to rounding that of the other may not be.
    fn swapped(&self) -> Self {
        let [mean, other] = self.means;
        Self {
            mu: self.nu.clone(),
            nu: self.mu.clone(),
            means: [other, mean],
        }
    }
}

/// `w₂ = −z s/χ`, from `s` and `χ` of μ at `w₁`.
fn second<T: Scalar>(z: T, s: T, chi: T) -> T {
    -(z * s / chi)
}

/// `∂w₂/∂w₁ = w₂ (s² − s′)/(s χ)`.
fn second_slope<T: Scalar>(z: T, jet: &LawJet<T>) -> T {
    second(z, jet.s, jet.chi) * (jet.s.square() - jet.ds) / (jet.s * jet.chi)
}

/// `s`, `s′`, `χ` of the product, from μ at `w₁` and `dw₁/dz`: `s = w₁ s_μ/z`, `χ = χ_μ`.
fn image<T: Scalar>(z: T, first: &LawJet<T>, slope: T) -> LawJet<T> {
    let s = first.at * first.s / z;
    LawJet::from_chi(z, s, first.chi, first.dchi() * slope)
}

/// `w₂` and its derivative over a disc of w; `w₂` by its value at the centre and the range of that derivative.
fn enclosed_second(z: Ball, local: &Local, over: &LawJet<Ball>, rho: f64) -> (Ball, Ball) {
    let slope = second_slope(z, over);
    let center = second(z, local.s, local.chi);
    (center.grown(slope.most() * rho), slope)
}

/// Everything that the derivatives need, over a disc of w.
struct Discs {
    first: LawJet<Ball>,
    second: LawJet<Ball>,
    omega: Ball,
    slope: Ball,
}

fn discs(pair: &Pair, z: Ball, rho: f64) -> Option<Discs> {
    let first = pair.first.over(rho)?;
    let (omega, slope) = enclosed_second(z, &pair.first, &first, rho);
    let second = pair.second.over(omega.distance(pair.second.at))?;
    Some(Discs {
        first,
        second,
        omega,
        slope,
    })
}

impl Equation for FreeProduct {
    const PARTS: usize = 2;

    fn step(&self, z: Complex64, omega: Complex64, inner: &mut [Memory]) -> Result<Step, LawError> {
        let first = self.mu.jet(omega, &mut inner[0])?;
        let at = second(z, first.s, first.chi);
        let outer = self.nu.jet(at, &mut inner[1])?;
        let slope = second_slope(z, &first);
        // χ_ν/χ_μ − 1, which is nearly linear in w far away.
        let ratio = outer.chi / first.chi;
        Ok(Step {
            value: ratio - 1.0,
            derivatives: Derivatives {
                domega: (outer.dchi() * slope - ratio * first.dchi()) / first.chi,
                dz: outer.dchi() * at / (z * first.chi),
                second: Some((slope, at / z)),
            },
            above: at.im >= 0.0 || (z.im == 0.0 && omega.im == 0.0),
        })
    }

    fn jet(
        &self,
        z: Complex64,
        omega: Complex64,
        inner: &mut [Memory],
    ) -> Result<LawJet, LawError> {
        let [slope, _] = self.step(z, omega, inner)?.derivatives.slopes();
        let first = self.mu.jet(omega, &mut inner[0])?;
        Ok(image(z, &first, slope))
    }

    fn far(&self, z: Complex64) -> Complex64 {
        z / self.means[1]
    }

    fn height(&self) -> f64 {
        8.0 * self.hull().1
    }
}

impl Enclosable for FreeProduct {
    type Inner = Pair;

    fn inner(
        &self,
        z: Complex64,
        omega: Complex64,
        inner: &mut [Memory],
    ) -> Result<Pair, LawError> {
        Pair::new([&self.mu, &self.nu], omega, inner, |first| {
            let mut at = second(z, first.s, first.chi);
            if omega.im == 0.0 && z.im == 0.0 {
                at.im = 0.0;
            }
            at
        })
    }

    fn value(&self, pair: &Pair, z: Ball) -> Option<Ball> {
        let discs = discs(pair, z, 0.0)?;
        Some(discs.second.chi - pair.first.chi)
    }

    fn range(&self, pair: &Pair, z: Ball, rho: f64) -> Option<Derivatives<Ball>> {
        let discs = discs(pair, z, rho)?;
        let outer = discs.second.dchi();
        let ratio = discs.omega / z;
        // Off the axis both subordination functions must be above it.
        let low = pair.second.at.im - discs.omega.distance(pair.second.at);
        if rho < pair.first.at.im && low <= 0.0 && pair.second.at.im > 0.0 {
            return None;
        }
        Some(Derivatives {
            domega: outer * discs.slope - discs.first.dchi(),
            dz: outer * ratio,
            second: Some((discs.slope, ratio)),
        })
    }

    fn result(&self, pair: &Pair, z: Ball, delta: f64) -> Option<LawJet<Ball>> {
        let [slope, _] = self.range(pair, z, delta)?.slopes();
        Some(image(z, &pair.first.over(delta)?, slope))
    }

    fn about(&self, pair: &Pair) -> (f64, usize) {
        (
            pair.first.reach.min(pair.second.reach),
            pair.first.steps + pair.second.steps,
        )
    }
}

impl Transform for FreeProduct {
    fn jet(&self, z: Complex64, memory: &mut Memory) -> Result<LawJet, LawError> {
        let other = || solver::jet(&self.swapped(), z, &mut Memory::default());
        solver::jet(self, z, memory).or_else(|error| other().map_err(|_| error))
    }

    fn evaluate(&self, z: Ball, memory: &mut Memory) -> Result<Local, LawError> {
        if size(z.center) == 0.0 {
            return Err(LawError::Domain {
                at: 0.0,
                reason: "the subordination functions of ⊠ vanish at z = 0",
            });
        }
        let other = || enclosure::evaluate(&self.swapped(), z, &mut Memory::default());
        enclosure::evaluate(self, z, memory).or_else(|error| other().map_err(|_| error))
    }

    /// At 0 the larger of the two masses there; at `ab > 0` where `μ{a} + ν{b} > 1`, of mass `μ{a} + ν{b} − 1`
    /// (Belinschi 2003).
    fn atoms(&self) -> Vec<Atom> {
        let mut atoms = gaps::heavy_pairs(&self.mu, &self.nu, |a, b| a * b);
        atoms.retain(|atom| atom.at > 0.0);
        let mass = self.mu.mass_at(0.0).max(self.nu.mass_at(0.0));
        if mass > 0.0 {
            atoms.push(Atom { at: 0.0, mass });
        }
        edges::merged(atoms)
    }

    fn hull(&self) -> (f64, f64) {
        let ((a, b), (c, d)) = (self.mu.hull(), self.nu.hull());
        let margin = 4.0 * f64::EPSILON;
        (a * c * (1.0 - margin), b * d * (1.0 + margin))
    }

    fn intervals(&self) -> Result<Vec<(f64, f64)>, LawError> {
        for (law, nu) in [(&self.mu, &self.nu), (&self.nu, &self.mu)] {
            if let Some((gamma, scale)) = law.as_marchenko_pastur() {
                let inverse = Inverse::Poisson { a: 1.0, b: gamma };
                let intervals = edges::of_inverse(inverse, nu)?.into_iter();
                return Ok(intervals.map(|(a, b)| (scale * a, scale * b)).collect());
            }
        }
        gaps::intervals(&pairing::Product, &self.mu, &self.nu, &self.atoms())
    }

    /// S-transforms multiply.
    fn moments(&self, count: usize) -> Result<Vec<f64>, LawError> {
        let (first, second) = (self.mu.moments(count)?, self.nu.moments(count)?);
        Ok(moments::free_product(&first, &second))
    }

    fn notation(&self, f: &mut Notation<'_>) -> std::fmt::Result {
        write!(f, "({} [x] {})", self.mu, self.nu)
    }
}
