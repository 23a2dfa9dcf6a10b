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

use super::confirmed::confirmed;
use super::edges::{self, Inverse};
use super::equation::{Derivatives, Enclosable, Equation, Step, phase_near};
use super::free_sum::{Pair, ROUGH};
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
fn second(z: Complex64, s: Complex64, chi: Complex64) -> Complex64 {
    -(z * s / chi)
}

/// `∂w₂/∂w₁ = w₂ (s² − s′)/(s χ)`.
fn second_slope(z: Complex64, jet: &LawJet) -> Complex64 {
    second(z, jet.s, jet.chi) * (jet.s.square() - jet.ds) / (jet.s * jet.chi)
}

/// `s`, `s′`, `χ`, `χ′` of the product from `1 + χ` and χ, χ′ of μ at `w₁`, and `dw₁/dz`: `s = −(1 + χ)/z`, `χ = χ_μ`.
fn image<T: Scalar>(z: T, mass: T, [chi, dchi]: [T; 2], slope: T) -> LawJet<T> {
    LawJet::from_chi(z, -(mass / z), chi, dchi * slope)
}

/// μ over the disc of radius `rho` around `w₁`, there `w₂`, `w₂/z` and the slope of `w₂`, and χ and χ′ of ν over that disc
/// of `w₂`.
struct Discs {
    /// `1 + χ = −w₁ s`.
    mass: Ball,
    first: [Ball; 2],
    second: [Ball; 2],
    omega: Ball,
    ratio: Ball,
    slope: Ball,
}

impl FreeProduct {
    fn discs(&self, pair: &Pair, z: Ball, rho: f64) -> Option<Discs> {
        let first = pair.first.chi_over(rho)?;
        let [chi, _] = first;
        let w = Ball::exact(pair.first.at).grown(rho);
        let hull = self.mu.hull();
        // w₂/z = (1 + χ)/(wχ), of slope (∫ x² dμ/(w−x)² − χ²)/(wχ)²; beside an atom at 0 too.
        let square = pair.first.square_over(rho, hull)? - chi.square();
        let mut slope = square / (w * chi).square();
        let mut mass = chi + Ball::real(1.0);
        // The same by s and the self-energy: (s/χ)² H′.
        if let (Some([_, energy]), Some(over)) =
            (pair.first.energy_over(rho, hull), pair.first.over(rho))
        {
            slope = slope.tighter((over.s / chi).square() * energy);
            let other = -(Ball::exact(pair.first.at) * pair.first.s);
            mass = mass.tighter(other.grown(first[1].most() * rho));
        }
        // z may be a disc around 0.
        let ratio = -(pair.first.s / pair.first.chi);
        let ratio = ratio.grown(slope.most() * rho);
        let (omega, slope) = (z * ratio, z * slope);
        let apart = omega.distance(pair.second.at);
        let plain = pair.second.chi_over(apart);
        let rough = plain.is_none_or(|[_, slope]| slope.radius > ROUGH * slope.most());
        let afresh = rough.then(|| pair.second_on(&self.nu, apart)).flatten();
        let second = match (plain, afresh.map(|law| [law.chi, law.dchi])) {
            (Some(a), Some(b)) => [0, 1].map(|k| a[k].tighter(b[k])),
            (a, b) => a.or(b)?,
        };
        Some(Discs {
            mass,
            first,
            second,
            omega,
            ratio,
            slope,
        })
    }
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
                domega: (outer.dchi * slope - ratio * first.dchi) / first.chi,
                dz: outer.dchi * at / (z * first.chi),
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
        let mass = -(omega * first.s);
        Ok(image(z, mass, [first.chi, first.dchi], slope))
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
        let discs = self.discs(pair, z, 0.0)?;
        let apart = discs.omega.distance(pair.second.at);
        // Near 0 the one of χ = −1 − w s by s: there χ is known to a share of 1 only.
        let by_s = |local: &Local| -(Ball::exact(local.at) * local.s);
        let second = by_s(&pair.second).grown(discs.second[1].most() * apart);
        Some((discs.second[0] - pair.first.chi).tighter(second - by_s(&pair.first)))
    }

    fn range(&self, pair: &Pair, z: Ball, rho: f64) -> Option<Derivatives<Ball>> {
        let discs = self.discs(pair, z, rho)?;
        let outer = discs.second[1];
        // Off the axis both subordination functions must be above it.
        let low = pair.second.at.im - discs.omega.distance(pair.second.at);
        if rho < pair.first.at.im && low <= 0.0 && pair.second.at.im > 0.0 {
            return None;
        }
        Some(Derivatives {
            domega: outer * discs.slope - discs.first[1],
            dz: outer * discs.ratio,
            second: Some((discs.slope, discs.ratio)),
        })
    }

    fn result(&self, pair: &Pair, z: Ball, delta: f64) -> Option<LawJet<Ball>> {
        let [slope, _] = self.range(pair, z, delta)?.slopes();
        let discs = self.discs(pair, z, delta)?;
        Some(image(z, discs.mass, discs.first, slope))
    }

    /// With `λ(z) = ∫ log(1 − x/z)` of each law, `λ(z) = λ_μ(w₁) + λ_ν(w₂) + log(1 + χ)`, which is stationary in both, and
    /// `1 + χ = zG`.
    fn phase(&self, pair: &Pair, z: Ball, delta: f64, inner: &mut [Memory]) -> Option<Ball> {
        let discs = self.discs(pair, z, delta)?;
        let apart = discs.omega.distance(pair.second.at);
        let first = phase_near(&self.mu, &pair.first, delta, &mut inner[0])?;
        let second = phase_near(&self.nu, &pair.second, apart, &mut inner[1])?;
        let turned = Ball::exact(pair.first.at).grown(delta).arg_upper() + discs.omega.arg_upper();
        Some(first + second - turned + z.arg_upper() * 2.0 - (z / discs.mass).arg_upper())
    }

    fn functions(&self, pair: &Pair, z: Ball, delta: f64) -> Option<Vec<Ball>> {
        let discs = self.discs(pair, z, delta)?;
        Some(vec![Ball::exact(pair.first.at).grown(delta), discs.omega])
    }

    fn pole_at_zero(&self) -> bool {
        self.mu.mass_at(0.0) > 0.0 || self.nu.mass_at(0.0) > 0.0
    }

    fn about(&self, pair: &Pair) -> (f64, usize) {
        (
            pair.first.chi_law.reach.min(pair.second.chi_law.reach),
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
            // The subordination functions vanish there.
            return enclosure::from_the_axis(self, z, memory).ok_or(LawError::Domain {
                at: 0.0,
                reason: "the subordination functions of ⊠ vanish at z = 0, and it is no gap",
            });
        }
        let other = || enclosure::evaluate(&self.swapped(), z, &mut Memory::default());
        enclosure::evaluate(self, z, memory).or_else(|error| other().map_err(|_| error))
    }

    fn phase(&self, z: Ball, memory: &mut Memory) -> Result<Ball, LawError> {
        let other = || enclosure::phase(&self.swapped(), z, &mut Memory::default());
        enclosure::phase(self, z, memory).or_else(|error| other().map_err(|_| error))
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
        let found = gaps::intervals(&pairing::Product, &self.mu, &self.nu, &self.atoms());
        confirmed(self, found)
    }

    /// S-transforms multiply.
    fn moments(&self, count: usize) -> Result<Vec<f64>, LawError> {
        let (first, second) = (self.mu.moments(count)?, self.nu.moments(count)?);
        Ok(moments::free_product(&first, &second))
    }

    fn made_of(&self) -> Vec<&Law> {
        vec![&self.mu, &self.nu]
    }

    fn notation(&self, f: &mut Notation<'_>) -> std::fmt::Result {
        write!(f, "({} [x] {})", self.mu, self.nu)
    }
}
