//! The limit law of the covariance 𝒬, known through its response.
//!
//! `χ(z) = I(−1/z)/z` and `s(z) = −(1 + χ(z))/z`, with the response enclosed panel by panel of its contour.

use num_complex::Complex64;

use crate::measure::arithmetic::ball::Ball;
use crate::measure::law::local::{LawJet, Local};
use crate::measure::law::transform::{Atom, Memory, Transform};
use crate::measure::law::{Law, LawError, Notation, classical};
use crate::measure::{Response, WeightedCovariance};
use std::f64::consts::PI;

/// The radius of the circle on which moments are computed, as a share of the radius of convergence: of the k-th moment
/// `CIRCLE⁻ᵏ` roundings of `boundᵏ` are lost, and the rule errs by `CIRCLE` to the number of nodes.
const CIRCLE: f64 = 0.8;

/// For weights all equal to x, with `μ = MP^{γ₂}`, the law of `x (α² Y + c)` for
/// `Y ~ (γ₂/2) μ*μ + (1−γ₂) μ + (γ₂/2) δ₀`; for `γ₂ > 1` the terms with one atom of μ cancel, and
/// `Y ~ (1/2γ₂) μ_c*μ_c + (1 − 1/2γ₂) δ₀`, μ_c the part of μ with a density.
///
/// For `α = 0` the law of `c a²`, whatever the weights.
pub(crate) fn closed_form(covariance: &WeightedCovariance) -> Option<Law> {
    if covariance.alpha_squared() == 0.0 {
        return Law::from(covariance.weights())
            .scaled(covariance.shift())
            .ok();
    }
    let &[weight] = covariance.weights().at() else {
        return None;
    };
    let gamma = covariance.ratio();
    let zero = || Law::point(0.0);
    let square = || classical::continuous_square(gamma);
    let parts = if gamma > 1.0 {
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
    mixture.affine(weight * scale, weight * shift).ok()
}

impl Transform for WeightedCovariance {
    fn jet(&self, z: Complex64, _: &mut Memory) -> Result<LawJet, LawError> {
        let mut response = self.response(-z.inv())?;
        if z.im == 0.0 {
            response.value.im = 0.0;
            response.derivative.im = 0.0;
        }
        Ok(LawJet::from_response(
            z,
            [response.value, response.derivative],
        ))
    }

    fn evaluate(&self, disc: Ball, _: &mut Memory) -> Result<Local, LawError> {
        let z = disc.center;
        let exact = Ball::exact(z);
        let found = self.response_disc(-exact.inv())?;
        let found = found.ok_or(LawError::NoBound { z })?;
        let jet = LawJet::from_response(exact, [found.value, found.derivative]);
        let reach = exact
            .beside(self.hull())
            .max(Self::clearance(z, found.beside));
        let mut local = Local::new(exact, jet.s, jet.ds, jet.chi, reach).with_slope(jet.dchi);
        local.steps = found.nodes;
        let edge = LawError::at_edge(z, disc.radius);
        local.widened(disc.radius).ok_or(edge)
    }

    fn atoms(&self) -> Vec<Atom> {
        let atoms = WeightedCovariance::atoms(self).into_iter();
        atoms.map(|(at, mass)| Atom { at, mass }).collect()
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

    fn intervals(&self) -> Result<Vec<(f64, f64)>, LawError> {
        WeightedCovariance::intervals(self)
    }

    /// From `I(t) = Σ (−t)ᵏ m_{k+1}` on a circle inside its radius of convergence, by the trapezoidal rule.
    fn moments(&self, count: usize) -> Result<Vec<f64>, LawError> {
        let bound = self.support_bound();
        let mut moments = vec![1.0];
        if count > 0 {
            moments.push(self.mean());
        }
        if count > 1 {
            let radius = CIRCLE / bound;
            let nodes = 8 * count + 160;
            let mut sums = vec![0.0; count];
            for j in 0..nodes {
                // The values at conjugate points are conjugate.
                let angle = PI * (j as f64 + 0.5) / nodes as f64;
                let value = self.response(Complex64::from_polar(radius, angle))?.value;
                for (k, sum) in sums.iter_mut().enumerate() {
                    let turned = Complex64::from_polar(1.0, k as f64 * (PI - angle));
                    *sum += (value * turned).re / nodes as f64;
                }
            }
            let rest = sums.iter().enumerate().skip(1);
            moments.extend(rest.map(|(k, sum)| sum / radius.powi(k as i32)));
        }
        Ok(moments)
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

#[cfg(test)]
impl Law {
    /// Equal weights by the way of unequal ones.
    pub(crate) fn from_response(covariance: WeightedCovariance) -> Self {
        Self::new(crate::measure::law::node::Kind::Covariance(covariance))
    }
}
