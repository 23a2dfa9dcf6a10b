//! The limit law of the covariance 𝒬, known through its response.
//!
//! `χ(z) = I(−1/z)/z` and `s(z) = −(1 + χ(z))/z`, with the response enclosed panel by panel of its contour.

use num_complex::Complex64;

use super::algebraic::outside;
use super::ball::Ball;
use super::local::{LawJet, Local};
use super::transform::{Atom, Memory, Transform};
use super::{Law, LawError, Notation, classical};
use crate::measure::{MpMapError, Response, WeightedCovariance};

/// For weights all equal to x, with `μ = MP^{γ₂}`, the law of `x (α² Y + c)` for
/// `Y ~ (γ₂/2) μ*μ + (1−γ₂) μ + (γ₂/2) δ₀`; for `γ₂ > 1` the terms with one atom of μ cancel, and
/// `Y ~ (1/2γ₂) μ_c*μ_c + (1 − 1/2γ₂) δ₀`, μ_c the part of μ with a density.
pub(super) fn equal_weights(covariance: &WeightedCovariance) -> Option<Law> {
    let &[weight] = covariance.weights().at() else {
        return None;
    };
    let gamma = covariance.ratio();
    let zero = || Law::point(0.0);
    let square = || classical::continuous_square(gamma);
    let parts = if covariance.alpha_squared() == 0.0 {
        zero().map(|zero| vec![(1.0, zero)])
    } else if gamma > 1.0 {
        let share = 0.5 / gamma;
        zero().map(|zero| vec![(share, square()), (1.0 - share, zero)])
    } else {
        Law::marchenko_pastur(gamma).and_then(|mu| {
            let half = 0.5 * gamma;
            Ok(vec![(half, square()), (1.0 - gamma, mu), (half, zero()?)])
        })
    };
    let mixture = Law::mixture(&parts.ok()?).ok()?;
    let (scale, shift) = (covariance.alpha_squared(), covariance.shift());
    let image = if scale == 0.0 {
        mixture.shifted(weight * shift)
    } else {
        mixture.affine(weight * scale, weight * shift)
    };
    image.ok()
}

impl Transform for WeightedCovariance {
    fn jet(&self, z: Complex64, _: &mut Memory) -> Result<LawJet, LawError> {
        let response = self.response(-z.inv())?;
        let chi = response.value / z;
        let s = -(1.0 + chi) / z;
        // χ′ = −χ/z + I′/z³.
        let dchi = (response.derivative / (z * z) - chi) / z;
        Ok(LawJet {
            s,
            ds: -(dchi + s) / z,
            chi,
        })
    }

    fn evaluate(&self, disc: Ball, _: &mut Memory) -> Result<Local, LawError> {
        let z = disc.center;
        let exact = Ball::exact(z);
        let found = self.response_disc(-exact.inv())?;
        let found = found.ok_or(LawError::NoBound { z })?;
        let chi = found.value / exact;
        let s = -((chi + Ball::real(1.0)) / exact);
        let dchi = (found.derivative / exact.square() - chi) / exact;
        let ds = -((dchi + s) / exact);
        let reach = outside(z, self.hull()).max(Self::clearance(z, found.beside));
        let mut local = Local::new(exact, s, ds, chi, reach * (1.0 - 4.0 * f64::EPSILON));
        local.steps = found.nodes;
        let edge = LawError::Edge {
            z,
            radius: disc.radius,
            variation: f64::INFINITY,
        };
        local.widened(disc.radius).ok_or(edge)
    }

    fn atoms(&self) -> Vec<Atom> {
        let mass = self.mass_at_zero();
        if mass > 0.0 {
            vec![Atom { at: 0.0, mass }]
        } else {
            Vec::new()
        }
    }

    /// `𝒬 ⪰ c τ₂₃(I⊗D²)`, since `τ₂₃(I⊗GᵀG) + τ₂₄(G⊗G)` is a square.
    fn hull(&self) -> (f64, f64) {
        let least = self.weights().at()[0];
        let margin = 8.0 * f64::EPSILON;
        (
            self.shift() * least * (1.0 - margin),
            self.support_bound() * (1.0 + margin),
        )
    }

    /// On the axis inside the support the response has no value.
    fn intervals(&self) -> Result<Vec<(f64, f64)>, LawError> {
        Err(LawError::Unknown {
            what: "support of the covariance",
        })
    }

    fn mp_map_intervals(&self, gamma: f64) -> Option<Result<Vec<(f64, f64)>, LawError>> {
        Some(self.mp_map_support(gamma).map_err(|error| match error {
            MpMapError::Response(error) => error.into(),
            _ => LawError::Unknown {
                what: "support of the map of the covariance",
            },
        }))
    }

    /// `I(0)` and `−I′(0)`; no higher ones.
    fn moments(&self, count: usize) -> Result<Vec<f64>, LawError> {
        if count > 2 {
            return Err(LawError::Unknown {
                what: "third moment of the covariance",
            });
        }
        let second = -self.response(Complex64::ZERO)?.derivative.re;
        Ok(vec![1.0, self.mean(), second][..=count].to_vec())
    }

    fn notation(&self, f: &mut Notation<'_>) -> std::fmt::Result {
        let (alpha, beta) = self.coefficients();
        let weights = Law::from(self.weights());
        write!(
            f,
            "covariance({}, {alpha}, {beta}, 0, {weights})",
            self.ratio()
        )
    }
}
