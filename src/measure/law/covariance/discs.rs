//! g and q over discs of `ω = −1/g`: the analytic continuation off the line, enclosed.
//!
//! Let `|V′ − a| ≤ r < |a|` on the disc of radius ρ around `ω₀`, `V(ω) = ω + γ₂ ∫ τω/(ω−τ) dν` the inverse function.
//! There `|V(x) − V(y)| ≥ (|a|−r) |x−y|`, and every v within `(|a|−r) ρ − |V(ω₀) − v₀|` of `v₀` has exactly one root,
//! analytic in v (Banach for `ω ↦ ω − (V(ω)−v)/a`; the theorem of Newton and Kantorovich with the range of the derivative).

use num_complex::Complex64;

use super::WeightedCovariance;
use super::line::Place;
use crate::measure::arithmetic::ball::{Ball, size};

/// [`Weight`] with every rounding, for every t of a disc.
pub(super) struct WeightDisc {
    /// Times γ₂.
    mass: Ball,
    pub(super) share: Ball,
    pub(super) tau: Ball,
    pub(super) first: Ball,
    pub(super) second: Ball,
}

/// [`Kernel`] likewise.
pub(super) struct KernelDisc {
    weights: Vec<WeightDisc>,
    /// ρ₀ where it is positive.
    pub(super) pole: Option<Ball>,
}

/// `g̃`, q and their t-derivatives.
#[derive(Clone, Copy)]
pub(super) struct NodeDisc {
    pub(super) g: Ball,
    pub(super) q: Ball,
    pub(super) dg: Ball,
    pub(super) dq: Ball,
}

/// Where the roots of one stretch of the line lie, each unique, and a lower bound of `|V(x)−V(y)|/|x−y|` there.
#[derive(Clone, Copy)]
pub(super) struct Region {
    /// The centre of the disc; v itself, far out.
    pub(super) center: Option<Complex64>,
    pub(super) radius: f64,
    pub(super) injective: f64,
}

impl WeightedCovariance {
    /// `∫ cx/(1+tcx) dν` and its derivative.
    pub(super) fn diagonal_disc(&self, t: Ball) -> [Ball; 2] {
        let (one, zero) = (Ball::real(1.0), Ball::real(0.0));
        let terms = self.weights.at().iter().zip(self.weights.mass());
        terms.fold([zero; 2], |[value, slope], (&x, &mass)| {
            let shift = Ball::real(self.shift) * x;
            let term = shift / (one + t * shift);
            [value + term * mass, slope - term.square() * mass]
        })
    }

    pub(super) fn kernel_disc(&self, t: Ball) -> KernelDisc {
        let one = Ball::real(1.0);
        let values = self.weights.at().iter().zip(self.weights.mass());
        let weights = values.filter(|(x, _)| **x > 0.0).map(|(&x, &mass)| {
            let shift = Ball::real(self.shift) * x;
            let below = (one + t * shift).inv();
            let size = Ball::real(self.alpha_squared) * x;
            let first = size * below.square();
            // The masses are rounded where they were divided by their sum.
            let share = Ball::real(mass).grown(f64::EPSILON * mass);
            WeightDisc {
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
        let pole = (pole > 0.0).then(|| Ball::real(pole).grown(rounding));
        KernelDisc { weights, pole }
    }
}

impl KernelDisc {
    /// `V` at one ω.
    fn inverse(&self, omega: Complex64) -> Ball {
        let omega = Ball::exact(omega);
        self.weights.iter().fold(omega, |sum, weight| {
            sum + weight.mass * weight.tau * omega / (omega - weight.tau)
        })
    }

    /// `V′` over a disc.
    fn slope(&self, omega: Ball) -> Ball {
        self.weights.iter().fold(Ball::real(1.0), |sum, weight| {
            let share = weight.tau / (omega - weight.tau);
            sum - weight.mass * share.square()
        })
    }

    /// Over a disc, the formulas of [`Kernel::node`].
    pub(super) fn node(&self, omega: Ball) -> NodeDisc {
        let zero = Ball::real(0.0);
        let (mut a, mut b, mut a_omega, mut a_t) = (zero, zero, zero, zero);
        let mut slope_t = zero;
        let (mut q, mut q_omega, mut q_t) = (zero, zero, zero);
        for weight in &self.weights {
            let below = (omega - weight.tau).inv();
            let square = below.square();
            let pull = weight.first * square;
            let up = omega * below;
            slope_t = slope_t + weight.mass * weight.first * up.square();
            q = q - weight.share * weight.first * below;
            q_omega = q_omega + weight.share * pull;
            q_t = q_t - weight.share * (weight.second * below + weight.first * pull);
            if self.pole.is_some() {
                a = a + weight.mass * below;
                b = b + weight.mass * up;
                a_omega = a_omega - weight.mass * square;
                a_t = a_t + weight.mass * pull;
            }
        }
        let moved = -(slope_t / self.slope(omega));
        let (g, g_omega, g_t) = match self.pole {
            Some(pole) => {
                let below = (pole + b).inv();
                let square = below.square();
                let g_omega = a * (a + omega * a_omega) * square - a_omega * below;
                (
                    -(a * below),
                    g_omega,
                    a * omega * a_t * square - a_t * below,
                )
            }
            None => {
                let g = -omega.inv();
                (g, g.square(), zero)
            }
        };
        NodeDisc {
            g,
            q,
            dg: g_t + g_omega * moved,
            dq: q_t + q_omega * moved,
        }
    }

    /// The region around a place that holds the roots for every point within `spread` of `v`.
    pub(super) fn near(&self, place: Place, v: Ball, spread: f64) -> Option<Region> {
        let wanted = spread + (self.inverse(place.omega) - v).most();
        let mut radius = 1.5 * wanted / self.slope(Ball::exact(place.omega)).least();
        for _ in 0..4 {
            let injective = self.slope(Ball::new(place.omega, radius)).least();
            if injective <= 0.0 || !radius.is_finite() {
                return None;
            }
            if injective * radius >= wanted * (1.0 + 1e-12) {
                return Some(Region {
                    center: Some(place.omega),
                    radius,
                    injective,
                });
            }
            radius = 1.1 * wanted / injective;
        }
        None
    }

    /// The root at v, known to lie near `place`; `None` if it is not shown to be the one of the region.
    pub(super) fn root(&self, region: &Region, place: Place, v: Ball) -> Option<Ball> {
        let miss = (self.inverse(place.omega) - v).most() / region.injective * (1.0 + 1e-14);
        let root = Ball::new(place.omega, miss);
        let center = region.center.unwrap_or(v.center);
        region.holds(root, center).then_some(root)
    }

    /// Far out `ω = v − γ₂ ∫ τω/(ω−τ) dν` is within `2m + s` of v, `m = γ₂ ∫ |τ| dν`, s a small reserve: with
    /// `|ω| ≥ 2 max|τ|` the integral is at most 2m, and with `|ω| ≥ max|τ| + √2 (γ₂ ∫ |τ|² dν)^½` the right side
    /// contracts by ½. It is the root that tends to v at infinity. Bounds of `g̃/h`, `q/h` and their t-derivatives where
    /// `v = −½ + w/h`, `|w| = turn`, for complex `|h| ≤ most`.
    pub(super) fn far(&self, most: f64, turn: f64) -> Option<(Region, [f64; 4])> {
        let sum = |f: &dyn Fn(&WeightDisc) -> f64| self.weights.iter().map(f).sum::<f64>();
        let largest = crate::numbers::most(self.weights.iter().map(|w| w.tau.most()));
        let first = sum(&|w| w.mass.most() * w.tau.most());
        let second = sum(&|w| w.mass.most() * w.tau.most().powi(2));
        let nearest = (turn / most - 0.5) * (1.0 - 1e-12);
        let radius = 2.0 * first + 1e-9 * nearest;
        let omega = nearest - radius;
        let needed = (2.0 * largest).max(largest + (2.0 * second).sqrt());
        if !(omega >= needed * (1.0 + 1e-12) && omega > 0.0 && radius.is_finite()) {
            return None;
        }
        let region = Region {
            center: None,
            radius,
            injective: 0.5,
        };
        // |1/(ωh)| = |V/ω| / |vh|.
        let inverse = (1.0 + 2.0 * first / omega) / (turn - 0.5 * most);
        let pull = sum(&|w| w.share.most() * w.first.most());
        let moved = 8.0 * sum(&|w| w.mass.most() * w.first.most());
        let g = match self.pole {
            // |g̃| = |A ω/v|.
            Some(_) => 2.0 * sum(&|w| w.mass.most()) * inverse * (1.0 + 2.0 * first / nearest),
            None => inverse,
        };
        let dq = sum(&|w| {
            let (first, second) = (w.first.most(), w.second.most());
            w.share.most() * (2.0 * second + 4.0 * first * (moved + first) / omega)
        });
        let bounds = [
            g,
            2.0 * inverse * pull,
            inverse * moved / omega,
            inverse * dq,
        ];
        Some((region, bounds.map(|bound| bound * (1.0 + 1e-10))))
    }

    /// Whether the root at −1, on the near side of the line, is the one: there the half plane `Re(g e^{iψ}) > 0` has
    /// one (see [`Line`]); for real t it is real, below all τ, and V increases there (Silverstein and Choi 1995).
    pub(super) fn is_before(&self, omega: Ball, turn: Complex64) -> bool {
        if turn.im == 0.0 {
            let lowest = self.weights.iter().map(|w| w.tau.center.re - w.tau.radius);
            let lowest = lowest.fold(0.0, f64::min);
            return omega.center.re + omega.radius < lowest && self.slope(omega).is_right();
        }
        (-(omega.inv() * Ball::exact(turn))).is_right()
    }
}

impl Region {
    /// Whether a disc lies within.
    pub(super) fn holds(&self, root: Ball, center: Complex64) -> bool {
        (size(root.center - center) + root.radius) * (1.0 + 1e-14) <= self.radius
    }
}
