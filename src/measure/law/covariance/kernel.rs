//! The law of K as its weights give it, the integrand at a root of its equation, and the diagonal part: each formula
//! once, for values and for enclosures.

use num_complex::Complex64;

use super::WeightedCovariance;
use crate::measure::arithmetic::scalar::Scalar;

/// One value of the squared weights, with `τ = tα²x/(1+tcx)` and its two t-derivatives.
pub(super) struct Weight<T: Scalar> {
    /// Its mass times γ₂.
    pub(super) mass: T::Real,
    pub(super) share: T::Real,
    pub(super) tau: T,
    pub(super) first: T,
    pub(super) second: T,
}

/// `g̃ = g + ρ₀/v` (without the pole at 0) and q at a node, and their t-derivatives.
#[derive(Clone, Copy)]
pub(super) struct Node<T> {
    pub(super) g: T,
    pub(super) dg: T,
    pub(super) q: T,
    pub(super) dq: T,
}

/// `v(ω) = ω + γ₂ ∫ τω/(ω−τ) dν`, `ω = −1/g`, its derivative, and the size of the terms that were added.
pub(super) struct Inverse<T> {
    pub(super) v: T,
    pub(super) slope: T,
    pub(super) size: f64,
}

/// The law of K for one t, or for a disc of t.
pub(super) struct Kernel<T: Scalar> {
    pub(super) gamma: f64,
    pub(super) weights: Vec<Weight<T>>,
    /// ρ₀, the mass of K at 0, where it is positive.
    pub(super) pole: Option<T>,
}

impl WeightedCovariance {
    /// The diagonal part `∫ cx/(1+tcx) dν` and its derivative.
    pub(super) fn diagonal<T: Scalar>(&self, t: T) -> [T; 2] {
        let (one, zero) = (T::real(1.0), T::real(0.0));
        let terms = self.weights.at().iter().zip(self.weights.mass());
        terms.fold([zero; 2], |[value, slope], (&x, &mass)| {
            let shift = T::real(self.shift) * x;
            let term = shift / (one + t * shift);
            [value + term * mass, slope - term.square() * mass]
        })
    }

    pub(super) fn kernel<T: Scalar>(&self, t: T) -> Kernel<T> {
        let one = T::real(1.0);
        let values = self.weights.at().iter().zip(self.weights.mass());
        let weights = values.filter(|(x, _)| **x > 0.0).map(|(&x, &mass)| {
            let shift = T::real(self.shift) * x;
            let below = (one + t * shift).inv();
            let size = T::real(self.alpha_squared) * x;
            let first = size * below.square();
            // The masses are rounded where they were divided by their sum.
            let share = T::known(mass, f64::EPSILON * mass);
            Weight {
                mass: share * self.gamma,
                share,
                tau: t * size * below,
                first,
                second: -(first * shift * below * 2.0),
            }
        });
        let weights = weights.collect();
        let pole = 1.0 - self.rank();
        let rounding = 2.0 * f64::EPSILON * (1.0 + self.gamma);
        Kernel {
            gamma: self.gamma,
            weights,
            pole: (pole > 0.0).then(|| T::real(pole).grown(rounding)),
        }
    }
}

impl<T: Scalar> Kernel<T> {
    #[inline]
    pub(super) fn inverse(&self, omega: T) -> Inverse<T> {
        let mut at = Inverse {
            v: omega,
            slope: T::real(1.0),
            size: omega.size(),
        };
        for weight in &self.weights {
            let share = weight.tau / (omega - weight.tau);
            let pull = share.times(weight.mass);
            let term = pull * omega;
            at.v = at.v + term;
            at.slope = at.slope - pull * share;
            at.size += term.size();
        }
        at
    }

    /// What the integrand needs, from the root: with `A = γ₂∫dν/(ω−τ)`, `B = γ₂∫ω dν/(ω−τ)` (τ ≠ 0),
    /// `g̃ = −A/(ρ₀+B)` has no cancellation at v = 0.
    pub(super) fn node(&self, omega: T) -> Node<T> {
        let zero = T::real(0.0);
        let (mut a, mut b, mut a_omega, mut a_t) = (zero, zero, zero, zero);
        let (mut slope, mut slope_t) = (T::real(1.0), zero);
        let (mut q, mut q_omega, mut q_t) = (zero, zero, zero);
        for weight in &self.weights {
            let below = (omega - weight.tau).inv();
            let square = below.square();
            let pull = weight.first * square;
            let (share, up) = (weight.tau * below, omega * below);
            slope = slope - share.square().times(weight.mass);
            slope_t = slope_t + (weight.first * up.square()).times(weight.mass);
            q = q - (weight.first * below).times(weight.share);
            q_omega = q_omega + pull.times(weight.share);
            q_t = q_t - (weight.second * below + weight.first * pull).times(weight.share);
            if self.pole.is_some() {
                a = a + below.times(weight.mass);
                b = b + up.times(weight.mass);
                a_omega = a_omega - square.times(weight.mass);
                a_t = a_t + pull.times(weight.mass);
            }
        }
        let moved = -(slope_t / slope);
        let (g, g_omega, g_t) = match self.pole {
            Some(pole) => {
                let below = (pole + b).inv();
                let square = below.square();
                // dB/dω = A + ω dA/dω, and B depends on t through τ as ωA does.
                let g_omega = a * (a + omega * a_omega) * square - a_omega * below;
                let g_t = a * omega * a_t * square - a_t * below;
                (-(a * below), g_omega, g_t)
            }
            None => {
                let g = -omega.inv();
                (g, g.square(), zero)
            }
        };
        Node {
            g,
            dg: g_t + g_omega * moved,
            q,
            dq: q_t + q_omega * moved,
        }
    }
}

/// `q(v) g̃(−1−v)` with its mirror image, and the t-derivative.
pub(super) fn integrands<T: Scalar>(above: &Node<T>, below: &Node<T>) -> [T; 2] {
    [
        above.q * below.g + below.q * above.g,
        above.dq * below.g + above.q * below.dg + below.dq * above.g + below.q * above.dg,
    ]
}

/// Newton steps after which a start is given up: a good one needs three or four.
const STEPS: usize = 12;
/// Relative residual at which a root is one: the few roundings of a term.
pub(super) const RESIDUAL: f64 = 4.0 * f64::EPSILON;

impl Kernel<Complex64> {
    /// The root of `v(ω) = v` near `start`, solved to rounding.
    pub(super) fn newton(&self, v: Complex64, start: Complex64) -> Option<Complex64> {
        let mut omega = start;
        let mut last = f64::INFINITY;
        for _ in 0..STEPS {
            let at = self.inverse(omega);
            let gap = v - at.v;
            let residual = gap.norm() / (at.size + v.norm());
            if residual <= RESIDUAL || (residual < 1e-14 && residual >= last) {
                return Some(omega);
            }
            last = residual;
            omega += gap / at.slope;
        }
        None
    }
}
