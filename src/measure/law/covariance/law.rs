//! The limit law of the covariance 𝒬, known through its response.
//!
//! `χ(z) = I(−1/z)/z` and `s(z) = −(1 + χ(z))/z`, with the response enclosed panel by panel of its contour.

use num_complex::Complex64;

use super::response::{LIFT, Side};
use crate::measure::arithmetic::ball::Ball;
use crate::measure::arithmetic::bound::{Lower, Upper};
use crate::measure::law::local::{LawJet, Local};
use crate::measure::law::transform::{Atom, Memory, Transform};
use crate::measure::law::{Law, LawError, Notation, classical};
use crate::measure::{Response, ResponseError, WeightedCovariance};
use std::f64::consts::PI;

/// From what height, as a share of x, the limit on the axis is taken: such that the response is not lifted further.
const HEIGHT: f64 = 4.0 * LIFT;
/// What cut-offs and rounding leave of a value next to the axis, relatively to the value and its slope: up to 3e-12 was seen
/// between intervals, where there is no density.
const OFF: f64 = 1e-11;

/// The radius of the circle on which moments are computed, as a share of the radius of convergence: of the k-th moment
/// `CIRCLE⁻ᵏ` roundings of `boundᵏ` are lost, and the rule errs by `CIRCLE` to the number of nodes.
const CIRCLE: f64 = 0.8;

/// Halvings on the way to the upper end of the support, from a bound of it.
const HALVINGS: u32 = 20;

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

impl WeightedCovariance {
    /// `s` and `s′` of the law without its atoms at `x + i0` within the support, by the first order of Taylor's series.
    fn above_the_axis(&self, x: f64) -> Result<[Complex64; 2], LawError> {
        let height = HEIGHT * x.abs();
        let above = Complex64::new(x, height);
        let found = self.response(-above.inv())?;
        let jet = LawJet::from_response(above, [found.value, found.derivative]);
        let [pole, slope] = self.poles(above);
        let ds = jet.ds - slope;
        Ok([jet.s - pole - Complex64::new(0.0, height) * ds, ds])
    }

    /// `s` and `s′` of the atoms.
    fn poles(&self, z: Complex64) -> [Complex64; 2] {
        let mut sums = [Complex64::ZERO; 2];
        for (at, mass) in WeightedCovariance::atoms(self) {
            let near = (at - z).inv();
            sums = [sums[0] + mass * near, sums[1] + mass * near * near];
        }
        sums
    }
}

impl Transform for WeightedCovariance {
    fn jet(&self, z: Complex64, _: &mut Memory) -> Result<LawJet, LawError> {
        let response = self.response(-z.inv());
        if z.im > 0.0 {
            let found = response?;
            let found = [found.value, found.derivative];
            return Ok(LawJet::from_response(z, found));
        }
        match response {
            Ok(found) => {
                let found = [found.value, found.derivative].map(|x| Complex64::from(x.re));
                Ok(LawJet::from_response(z, found))
            }
            Err(ResponseError::InSupport { .. }) => {
                let ([s, ds], [pole, slope]) = (self.above_the_axis(z.re)?, self.poles(z));
                Ok(LawJet::from_stieltjes(z, s + pole, ds + slope))
            }
            Err(error) => Err(error.into()),
        }
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

    /// At the middle; within the disc of radius r it moves by at most `r ∫ x dμ/|x − w|²`, which at the middle is `−Im χ/Im z`.
    fn chi(&self, z: Ball, _: &mut Memory) -> Result<Ball, LawError> {
        let exact = Ball::exact(z.center);
        let chi = self.value_disc(-exact.inv())? / exact;
        let height = Lower(z.center.im);
        let spread = (Upper(-chi.center.im) + Upper(chi.radius)) / height;
        let left = Lower(1.0) - Upper(z.radius) / height;
        if left.0 <= 0.0 {
            return Err(LawError::NoBound { z: z.center });
        }
        Ok(chi.grown((spread * z.radius / (left * left)).0))
    }

    fn phase(&self, z: Ball, _: &mut Memory) -> Result<Ball, LawError> {
        WeightedCovariance::phase(self, z)
    }

    fn guessed_phase(&self, x: f64, _: &mut Memory) -> Option<[f64; 2]> {
        let found = self.phase_above(x, HEIGHT * x.abs()).ok()?;
        found.iter().all(|x| x.is_finite()).then_some(found)
    }

    /// On the support there is no bound: discs in z would reach over it.
    fn guessed(&self, x: f64, _: &mut Memory) -> Option<[f64; 2]> {
        match self.response(Complex64::from(-1.0 / x)) {
            Ok(_) => Some([0.0; 2]),
            Err(ResponseError::InSupport { .. }) => {
                let [s, ds] = self.above_the_axis(x).ok()?;
                // What rounding leaves, of the poles as well, and the second order of the step, as next to a root.
                let moved = HEIGHT * x.abs() * ds.norm();
                let [pole, slope] = self.poles(Complex64::from(x)).map(Complex64::norm);
                let size = s.norm() + pole + x.abs() * (ds.norm() + slope);
                let error = OFF * size + moved * moved / s.norm();
                Some([s.im.max(0.0) / PI, error])
            }
            Err(_) => None,
        }
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

    /// Without the atom at 0 from the least weight that is none; up to a place above which nothing is shown to lie.
    fn interval(&self) -> (f64, f64) {
        let (_, mut high) = self.hull();
        let mut weights = self.weights().at().iter().filter(|x| **x > 0.0);
        let least = self.shift() * weights.next().copied().unwrap_or(0.0);
        let mut low = self.shift() * self.weights().support_bound();
        for _ in 0..HALVINGS {
            let middle = 0.5 * (low + high);
            if self.side(-middle.recip()) == Some(Side::Above) {
                high = middle;
            } else {
                low = middle;
            }
        }
        let margin = 8.0 * f64::EPSILON;
        (least * (1.0 - margin), high * (1.0 + margin))
    }

    fn intervals(&self) -> Result<Vec<(f64, f64)>, LawError> {
        WeightedCovariance::intervals(self)
    }

    fn kinks(&self) -> Result<Vec<f64>, LawError> {
        self.singular_points()
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
