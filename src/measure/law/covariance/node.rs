//! The transform g of K at a point of the line, by Newton's method on its rational inverse.

use num_complex::Complex64;

/// One value of the squared weights, with `τ = tα²x/(1+tcx)` and its two t-derivatives.
pub(super) struct Weight {
    pub(super) mass: f64,
    pub(super) tau: Complex64,
    pub(super) first: Complex64,
    pub(super) second: Complex64,
    /// The relative rounding of `1 + tcx`, in units of ε.
    pub(super) loss: f64,
}

/// `g̃ = g + ρ₀/v` (without the pole at 0) and q at a node, their t-derivatives, and bounds of the rounding
/// errors of the first two.
#[derive(Clone, Copy)]
pub(super) struct Node {
    pub(super) g: Complex64,
    pub(super) dg: Complex64,
    pub(super) q: Complex64,
    pub(super) dq: Complex64,
    pub(super) g_error: f64,
    pub(super) q_error: f64,
}

/// `v(ω)`, its derivative, and the size of the terms that were added.
pub(super) struct Inverse {
    pub(super) v: Complex64,
    pub(super) slope: Complex64,
    pub(super) size: f64,
}

/// Newton steps after which a start is given up: a good one needs three or four.
const STEPS: usize = 12;

/// The law of K as its weights give it, `γ₂` the ratio.
pub(super) struct Kernel<'a> {
    pub(super) gamma: f64,
    pub(super) weights: &'a [Weight],
    /// ρ₀, the mass of K at 0.
    pub(super) pole: f64,
}

impl Kernel<'_> {
    /// `v = ω + γ₂ ∫ τω/(ω−τ) dν`, `ω = −1/g`.
    pub(super) fn inverse(&self, omega: Complex64) -> Inverse {
        let mut at = Inverse {
            v: omega,
            slope: Complex64::new(1.0, 0.0),
            size: omega.norm(),
        };
        for weight in self.weights {
            let share = weight.tau / (omega - weight.tau);
            let term = self.gamma * weight.mass * share * omega;
            at.v += term;
            at.slope -= self.gamma * weight.mass * share * share;
            at.size += term.norm();
        }
        at
    }

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

    /// What the integrand needs, from the root: with `A = γ₂∫dν/(ω−τ)`, `B = γ₂∫ω dν/(ω−τ)` (τ ≠ 0),
    /// `g̃ = −A/(ρ₀+B)` has no cancellation at v = 0.
    pub(super) fn node(&self, omega: Complex64) -> Node {
        let zero = Complex64::new(0.0, 0.0);
        let (mut a, mut b) = (zero, zero);
        let (mut slope, mut slope_t, mut size) =
            (Complex64::new(1.0, 0.0), zero, 2.0 * omega.norm());
        let (mut q, mut q_omega, mut q_t) = (zero, zero, zero);
        let (mut a_omega, mut a_t) = (zero, zero);
        let mut parts = 0.0;
        for weight in self.weights {
            let below = (omega - weight.tau).inv();
            let square = below * below;
            let mass = self.gamma * weight.mass;
            a += mass * below;
            b += mass * omega * below;
            a_omega -= mass * square;
            a_t += mass * weight.first * square;
            let share = weight.tau * below;
            slope -= mass * share * share;
            slope_t += mass * weight.first * (omega * below) * (omega * below);
            size += weight.loss * mass * (share * omega).norm();
            q -= weight.mass * weight.first * below;
            parts += weight.loss * weight.mass * (weight.first * below).norm();
            q_omega += weight.mass * weight.first * square;
            q_t -= weight.mass * (weight.second * below + weight.first * weight.first * square);
        }
        let d_omega = -slope_t / slope;
        // v is met to a few roundings of its terms.
        let omega_error = 2.0 * RESIDUAL * size / slope.norm();
        let (g, g_omega, g_t) = if self.pole > 0.0 {
            let below = (self.pole + b).inv();
            // dB/dω = A + ω dA/dω, and B depends on t through τ as ωA does.
            (
                -a * below,
                -a_omega * below + a * (a + omega * a_omega) * below * below,
                -a_t * below + a * omega * a_t * below * below,
            )
        } else {
            let g = -omega.inv();
            (g, g * g, zero)
        };
        Node {
            g,
            dg: g_t + g_omega * d_omega,
            q,
            dq: q_t + q_omega * d_omega,
            g_error: g_omega.norm() * omega_error + 4.0 * RESIDUAL * g.norm(),
            q_error: q_omega.norm() * omega_error + RESIDUAL * parts,
        }
    }
}

/// Relative residual at which a root is one: the few roundings of a term.
const RESIDUAL: f64 = 4.0 * f64::EPSILON;
