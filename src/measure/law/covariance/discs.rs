//! g and q over discs of `ω = −1/g`: the analytic continuation off the line, enclosed.
//!
//! Let `|V′ − a| ≤ r < |a|` on the disc of radius ρ around `ω₀`, `V(ω) = ω + γ₂ ∫ τω/(ω−τ) dν` the inverse function and
//! `a = V′(ω₀)`. By Schwarz's lemma `|V′(ω) − a| ≤ r |ω−ω₀|/ρ`, so that `|V(ω) − V(ω₀) − a(ω−ω₀)| ≤ rρ/2`, and every v within
//! `(|a|−r/2) ρ − |V(ω₀) − v₀|` of `v₀` has exactly one root, analytic in v (Banach for `ω ↦ ω − (V(ω)−v)/a`; the theorem of
//! Newton and Kantorovich with the range of the derivative). Where V is a square that disc ends at its branch point. Of points
//! within sρ of `ω₀`, `|V(x) − V(y)| ≥ (|a|−sr) |x−y|`.

use num_complex::Complex64;

use super::kernel::{Kernel, Weight};
use super::line::Place;
use crate::measure::arithmetic::ball::Ball;
use crate::measure::arithmetic::bound::{Lower, Upper};
use crate::measure::arithmetic::scalar::Scalar;
use crate::numbers::most as most_of;

/// Where the roots of one stretch of the line lie, each unique: a disc with |a| and r.
#[derive(Clone, Copy)]
pub(super) struct Region {
    /// The centre of the disc; v itself, far out.
    pub(super) center: Option<Complex64>,
    pub(super) radius: f64,
    slope: Lower,
    varies: Upper,
}

/// Bounds far out, over h.
pub(super) struct Bounds {
    pub(super) g: Upper,
    pub(super) q: Upper,
    pub(super) slope_of_g: Upper,
    pub(super) slope_of_q: Upper,
    pub(super) lambda: Upper,
}

impl Kernel<Ball> {
    /// `V` and `V′` over a disc of ω.
    ///
    /// Inlined, so that who asks for one pays for no more.
    #[inline(always)]
    fn inverse(&self, omega: Ball) -> [Ball; 2] {
        let (mut sum, mut square) = (Ball::real(0.0), Ball::real(0.0));
        for weight in &self.weights {
            let below = (omega - weight.tau).over();
            sum = sum.plus(weight.pull * below);
            square = square.plus(weight.square * (below * below));
        }
        [omega + omega * sum, Ball::real(1.0) - square]
    }

    /// `V` at one ω.
    #[inline(never)]
    fn value(&self, omega: Complex64) -> Ball {
        let [v, _] = self.inverse(Ball::exact(omega));
        v
    }

    /// `V′` over a disc.
    #[inline(never)]
    fn slope(&self, omega: Ball) -> Ball {
        let [_, slope] = self.inverse(omega);
        slope
    }

    /// The region around a place that holds the roots for every point within `spread` of `v`.
    pub(super) fn near(&self, place: Place, v: Ball, spread: f64) -> Option<Region> {
        let wanted = Upper(spread) + (self.value(place.omega) - v).upper();
        let middle = self.slope(Ball::exact(place.omega));
        let slope = middle.lower();
        let mut radius = 1.2 * wanted.0 / slope.0;
        for _ in 0..5 {
            let disc = self.slope(Ball::new(place.omega, radius));
            let varies = Upper(disc.distance(middle.center)) + Upper(middle.radius);
            let left = slope - varies * 0.5;
            if !(varies.0 < slope.0 && radius.is_finite()) {
                return None;
            }
            if (left * radius).0 >= wanted.0 {
                return Some(Region {
                    center: Some(place.omega),
                    radius,
                    slope,
                    varies,
                });
            }
            radius = 1.05 * wanted.0 / left.0;
        }
        None
    }

    /// The root at v, known to lie near `place`; `None` if it is not shown to be the one of the region.
    pub(super) fn root(&self, region: &Region, place: Place, v: Ball) -> Option<Ball> {
        let residual = (self.value(place.omega) - v).upper();
        let least = residual / (region.slope - region.varies);
        let share = region.center.map_or(Upper(1.0), |center| {
            let apart = Ball::new(place.omega, least.0).distance(center);
            Upper(apart) / Lower(region.radius)
        });
        let miss = residual / (region.slope - region.varies * share.min(Upper(1.0)));
        let root = Ball::new(place.omega, miss.0);
        let center = region.center.unwrap_or(v.center);
        region.holds(root, center).then_some(root)
    }

    /// Far out `ω = v − γ₂ ∫ τω/(ω−τ) dν` is within `2m + s` of v, `m = γ₂ ∫ |τ| dν`, s a small reserve: with
    /// `|ω| ≥ 2 max|τ|` the integral is at most 2m, and with `|ω| ≥ max|τ| + √2 (γ₂ ∫ |τ|² dν)^½` the right side
    /// contracts by ½. It is the root that tends to v at infinity. Bounds of `g̃/h`, `q/h`, their t-derivatives and `Λ/h` where
    /// `v = −½ + w/h`, `|w| = turn`, for complex `|h| ≤ most`.
    pub(super) fn far(&self, most: f64, turn: f64) -> Option<(Region, Bounds)> {
        let sum = |f: &dyn Fn(&Weight<Ball>) -> Upper| {
            let terms = self.weights.iter().map(f);
            terms.fold(Upper(0.0), |sum, term| sum + term)
        };
        let largest = Upper(most_of(self.weights.iter().map(|w| w.tau.most())));
        let first = sum(&|w| w.pull.upper());
        let second = sum(&|w| w.square.upper());
        let nearest = Lower(turn) / Upper(most) - Upper(0.5);
        let radius = first * 2.0 + Upper(1e-9 * nearest.0);
        let omega = nearest - radius;
        let enough = omega.0 >= (largest * 2.0).0 && omega.0 >= (largest + (second * 2.0).sqrt()).0;
        if !(enough && omega.0 > 0.0 && radius.0.is_finite()) {
            return None;
        }
        let region = Region {
            center: None,
            radius: radius.0,
            slope: Lower(1.0),
            varies: Upper(0.5),
        };
        // |1/(ωh)| = |V/ω| / |vh|.
        let one = Upper(1.0);
        let inverse = (one + first * 2.0 / omega) / (Lower(turn) - Upper(most) * 0.5);
        let pull = sum(&|w| w.first.upper());
        let moved = pull * self.gamma * 8.0;
        let g = match self.pole {
            // |g̃| = |A ω/v|.
            Some(_) => {
                sum(&|w| w.mass.upper())
                    * self.gamma
                    * 2.0
                    * inverse
                    * (one + first * 2.0 / nearest)
            }
            None => inverse,
        };
        let dq = sum(&|w| {
            w.second.upper() * 2.0 + (w.first.upper() * moved + w.drift.upper()) * 4.0 / omega
        });
        // Up to ½ |log(1+x)| ≤ 1.4 |x|: of |A| ≤ 2m/|ω| and, with |τ/ω| ≤ ½, of the logarithms.
        let small = (first * 4.0).0 <= omega.0;
        let lambda = if small {
            first * 6.2
        } else {
            Upper(f64::INFINITY)
        };
        let bounds = Bounds {
            g,
            q: inverse * pull * 2.0,
            slope_of_g: inverse * moved / omega,
            slope_of_q: inverse * dq,
            lambda: inverse * lambda,
        };
        Some((region, bounds))
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
        root.distance(center) <= self.radius
    }
}
