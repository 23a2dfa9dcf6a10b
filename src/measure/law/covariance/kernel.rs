//! The law of K as its weights give it, the integrand at a root of its equation, and the diagonal part: each formula
//! once, for values and for enclosures.

use super::WeightedCovariance;
use crate::measure::arithmetic::scalar::Scalar;

/// One value x of the squared weights, of mass m, with `τ = tα²x/(1+tcx)` and its t-derivatives τ′ and τ″.
pub(super) struct Weight<T: Scalar> {
    pub(super) tau: T,
    /// m, and whether it is that of the weight before.
    pub(super) mass: T::Factor,
    pub(super) is_as_before: bool,
    /// γ₂mτ and γ₂mτ².
    pub(super) pull: T::Factor,
    pub(super) square: T::Factor,
    /// mτ′, mτ′² and mτ″.
    pub(super) first: T::Factor,
    pub(super) drift: T::Factor,
    pub(super) second: T::Factor,
}

/// At a node `g̃ = g + ρ₀/v` (without the pole at 0) and q; and their t-derivatives, if they are wanted.
pub(super) type Node<T, const K: usize> = [[T; 2]; K];

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
        let mut before = f64::NAN;
        let weights = values.filter(|(x, _)| **x > 0.0).map(|(&x, &share)| {
            let shift = T::real(self.shift) * x;
            let below = (one + t * shift).inv();
            let size = T::real(self.alpha_squared) * x;
            let (tau, first) = (t * size * below, size * below.square());
            // The masses are rounded where they were divided by their sum.
            let rounding = 2.0 * f64::EPSILON;
            let mass = T::real_factor(share, rounding);
            let pull = mass * T::real_factor(self.gamma, 0.0) * tau.factor();
            let drive = mass * first.factor();
            Weight {
                tau,
                mass,
                is_as_before: std::mem::replace(&mut before, share) == share,
                pull,
                square: pull * tau.factor(),
                first: drive,
                drift: drive * first.factor(),
                second: mass * (-(first * shift * below * 2.0)).factor(),
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

/// Whether all numbers of a disc have an argument below π/2 by a margin, and no great modulus.
fn is_right<T: Scalar>(z: T) -> bool {
    let (z, radius) = (z.center(), z.radius());
    z.im.abs() <= 4.0 * z.re && radius <= 0.1 * z.re && (1e-100..1e100).contains(&z.re)
}

impl<T: Scalar> Kernel<T> {
    /// What the integrand needs, from the root: with `A = γ₂∫dν/(ω−τ)`, `B = ωA` (τ ≠ 0), `g̃ = −A/(ρ₀+B)` has no cancellation at
    /// v = 0, and `q = ∫ τ′g/(1+τg) dν = −∫ τ′/(ω−τ) dν`.
    pub(super) fn node<const K: usize>(&self, omega: T) -> Node<T, K> {
        let zero = T::real(0.0);
        let (mut a, mut q) = (zero, zero);
        let mut slopes = Slopes {
            v: zero,
            a: zero,
            q: zero,
            t: zero,
        };
        for weight in &self.weights {
            let below = (omega - weight.tau).over();
            q = q.plus(weight.first * below);
            if self.pole.is_some() {
                a = a.plus(weight.mass * below);
            }
            if K > 1 {
                let square = below * below;
                slopes.v = slopes.v.plus(weight.square * square);
                slopes.q = slopes.q.plus(weight.first * square);
                slopes.t = slopes.t.plus(weight.drift * square);
                slopes.t = slopes.t.plus(weight.second * below);
                if self.pole.is_some() {
                    slopes.a = slopes.a.plus(weight.mass * square);
                }
            }
        }
        let a = a * self.gamma;
        let g = self.without_pole(a, omega);
        let mut node = [[g, -q]; K];
        if K > 1 {
            node[1] = self.moved(omega, a, slopes);
        }
        node
    }

    /// In place of q `Λ(v) = ∫ log(1 − k/v) dK(k)`: with `A = ∫ τ dν γ₂/(ω−τ)`, `v = ω (1 + A)` and `dΛ/dv = 1/ω − 1/v`
    ///
    /// ```math
    /// Λ = A − log(1 + A) + γ₂ ∫ log(1 − τ/ω) dν.
    /// ```
    ///
    /// On the line and before it `arg τg` and `arg(−vg)` are less than π, and the logarithms are the principal ones; `log` is told of
    /// what they are taken.
    pub(super) fn potential(&self, omega: T, log: impl Fn(T) -> T) -> Node<T, 1> {
        let (zero, one) = (T::real(0.0), T::real(1.0));
        let (mut a, mut pulled, mut logs) = (zero, zero, zero);
        let over = omega.inv();
        let mut product: Option<(T::Factor, T)> = None;
        for weight in &self.weights {
            let below = (omega - weight.tau).over();
            pulled = pulled.plus(weight.pull * below);
            a = a.plus(weight.mass * below);
            let next = one - weight.tau * over;
            // A logarithm for several factors of one mass, whose arguments do not add up to π.
            product = match product {
                Some((mass, before))
                    if weight.is_as_before && is_right(before) && is_right(next) =>
                {
                    Some((mass, before * next))
                }
                before => {
                    if let Some((mass, before)) = before {
                        logs = logs.plus(mass * log(before).factor());
                    }
                    Some((weight.mass, next))
                }
            };
        }
        if let Some((mass, last)) = product {
            logs = logs.plus(mass * log(last).factor());
        }
        let lambda = pulled - log(one + pulled) + logs * self.gamma;
        let a = a * self.gamma;
        [[self.without_pole(a, omega), lambda]]
    }

    /// `g̃ = −A/(ρ₀+ωA)`, where K has no mass at 0 `g = −1/ω`.
    #[inline(always)]
    fn without_pole(&self, a: T, omega: T) -> T {
        match self.pole {
            Some(pole) => -(a / (pole + omega * a)),
            None => -omega.inv(),
        }
    }

    /// The t-derivatives of `g̃` and q: v stays, so that ω moves by `−ω² a_t/V′`, and with it all else.
    fn moved(&self, omega: T, a: T, slopes: Slopes<T>) -> [T; 2] {
        let (a_omega, a_t) = (slopes.a * self.gamma, slopes.q * self.gamma);
        let moved = -(omega.square() * a_t / (T::real(1.0) - slopes.v));
        let (g_omega, g_t) = match self.pole {
            Some(pole) => {
                let below = (pole + omega * a).inv();
                let square = below.square();
                // dA/dω = −a_omega, dB/dω = A + ω dA/dω, and B depends on t through τ as ωA does.
                let g_omega = a * (a - omega * a_omega) * square + a_omega * below;
                let g_t = a * omega * a_t * square - a_t * below;
                (g_omega, g_t)
            }
            None => (omega.inv().square(), T::real(0.0)),
        };
        [g_t + g_omega * moved, slopes.q * moved - slopes.t]
    }
}

/// The sums over the weights that derivatives are made of: `1 − V′`, `∫dν/(ω−τ)²`, `∂q/∂ω` and `−∂q/∂t`.
struct Slopes<T> {
    v: T,
    a: T,
    q: T,
    t: T,
}

/// `q(v) g̃(−1−v)` with its mirror image, and the t-derivative.
pub(super) fn integrands<T: Scalar, const K: usize>(
    above: &Node<T, K>,
    below: &Node<T, K>,
) -> [T; K] {
    let cross = |i: usize, j: usize| {
        let ([g, q], [mirrored_g, mirrored_q]) = (above[i], below[j]);
        q * mirrored_g + mirrored_q * g
    };
    std::array::from_fn(|k| {
        if k == 0 {
            cross(0, 0)
        } else {
            cross(1, 0) + cross(0, 1)
        }
    })
}
