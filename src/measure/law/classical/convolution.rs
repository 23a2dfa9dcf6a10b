//! The convolution of two laws with densities in closed form, by a quadrature with a proved bound.
//!
//! With X = aξ + …, a > 0, of density ρ and Y = cη + … of transform S, and `w = (z − … − at)/c`,
//!
//! ```math
//! s(z) = ∫ ρ(t) S(w)/c dt.
//! ```
//!
//! The integrand is analytic but for the ends of ρ and the images `T` of the ends of S. The path from the lower to the
//! upper end of ρ runs straight, or, where z is near the axis, through every T above the support; there w is real, and S is
//! its limit from above. Each leg is halved in the middle, and on both halves `t = P + δv²` from its end P, which
//! resolves the powers there. In v the nearest singularities are `±√((Q−P)/δ)`: panels are halved until each is far
//! from them. On the ellipse of Bernstein inside the disc of radius r around a panel the integrand is bounded by M,
//! from the moduli of its factors on any sheet, and the rule of n nodes errs by at most
//! `(64/15) M r^{−2n}/(1 − r^{−2})` times half the panel (Trefethen 2013, theorem 19.3). Rounding is in [`Ball`].
//!
//! No accuracy is lost towards the axis, since the T are on the path.

use super::integrands::{Potential, Values};
use super::legs::{Branch, Geometry};
use super::smooth::Shape;
use super::{Smooth, direct};
use crate::measure::arithmetic::ball::Ball;
use crate::measure::law::answer::moments::convolved;
use crate::measure::law::local::Local;
use crate::measure::law::transform::{Atom, Memory, Transform};
use crate::measure::law::{LawError, Notation};

/// X + Y; X has a positive scale.
#[derive(Clone, Debug)]
pub(crate) struct Convolution {
    x: Smooth,
    y: Smooth,
}

impl Convolution {
    /// `x + y`; both scales positive, or any y if x's is.
    pub(super) fn new(x: Smooth, y: Smooth) -> Self {
        Self { x, y }
    }

    pub(super) fn geometry(&self, z: Ball) -> Geometry {
        let (a, c) = (self.x.scale, self.y.scale);
        let shift = Ball::real(self.x.shift) + Ball::real(self.y.shift);
        let z = z - shift;
        let zero = Ball::real(0.0);
        let ends = |shape: Shape| {
            let [low, high] = shape.ends();
            [low, high, zero]
        };
        let ends_of_y = ends(self.y.shape);
        let image = |end: Ball| (z - end * c) / Ball::real(a);
        Geometry {
            x: self.x.shape,
            y: self.y.shape,
            scales: [a, c],
            shift,
            places: [ends(self.x.shape), ends_of_y.map(image)],
            ends_of_y,
        }
    }

    /// `s`, `s′`, `χ`, not yet divided by the masses; `None` where z is within rounding of a sum of two ends.
    fn integrals(geometry: &Geometry) -> Option<([Ball; 3], usize)> {
        let mut total = [Ball::real(0.0); 3];
        let mut nodes = 0;
        for leg in geometry.legs() {
            let (sums, spent) = leg.integral(&Values)?;
            nodes += spent;
            // Over the gap the integrands are at most twice their values.
            let (from, step) = leg.middle();
            let (density, slope) = geometry.density(from, step);
            let [s, ds, chi] = geometry.transform(from, step);
            let middle = density * s;
            let slopes = (density * ds).most() + (slope * s).most() / geometry.scales[0];
            let most = [middle.most(), slopes, (density * chi).most()];
            for k in 0..3 {
                total[k] = total[k] + sums[k].grown(2.0 * leg.gap * most[k]);
            }
            // s′ differentiates S on halves that start at X's ends, and ρ on those that move with z.
            let a = Ball::real(geometry.scales[0]);
            total[1] = match leg.ends {
                (Branch::X(_), Branch::Y(_)) => total[1] + middle / a,
                (Branch::Y(_), Branch::X(_)) => total[1] - middle / a,
                _ => total[1],
            };
        }
        Some((total, nodes))
    }

    /// `∫ arg(z − x − y)`: as s, with the potential of Y for S, which on the path and the discs around it is continuous as its
    /// derivative is.
    fn potential(&self, z: Ball) -> Option<Ball> {
        let geometry = self.geometry(z);
        let mut total = Ball::real(0.0);
        for leg in geometry.legs() {
            let ([sum], _) = leg.integral(&Potential)?;
            let (from, step) = leg.middle();
            let (density, _) = geometry.density(from, step);
            let ([s, ..], value) = (
                geometry.transform(from, step),
                geometry.potential(from, step),
            );
            // Over the gap ρ and S are at most twice their values, and |dL/dt| is a|S/c|.
            let moved = 2.0 * leg.gap * geometry.scales[0] * s.most();
            let most = density.most() * (value.most() + moved);
            total = total + sum.grown(2.0 * leg.gap * most);
        }
        Some((total / self.x.shape.mass()).im())
    }
}

impl Transform for Convolution {
    fn evaluate(&self, disc: Ball, _: &mut Memory) -> Result<Local, LawError> {
        let geometry = self.geometry(disc);
        let edge = LawError::at_edge(disc.center, disc.radius);
        let (sums, nodes) = Self::integrals(&geometry).ok_or(edge)?;
        let mass = self.x.shape.mass() * self.y.shape.mass();
        let mut values = sums.map(|sum| sum / mass);
        if !values.iter().all(|value| value.is_finite()) {
            return Err(edge);
        }
        let reach = disc.beside(self.hull());
        if disc.center.im == 0.0 && reach > 0.0 {
            // The values there are real.
            for value in &mut values {
                value.center.im = 0.0;
            }
        }
        let [s, ds, chi] = values;
        let mut local = Local::new(disc, s, ds, chi, reach);
        local.steps = nodes;
        Ok(local)
    }

    fn phase(&self, z: Ball, _: &mut Memory) -> Result<Ball, LawError> {
        let found = self.potential(z).filter(|phase| phase.is_finite());
        found.ok_or(LawError::at_edge(z.center, z.radius))
    }

    fn guessed(&self, x: f64, _: &mut Memory) -> Option<[f64; 2]> {
        Some(direct::of_parts(self.x, self.y, x))
    }

    fn atoms(&self) -> Vec<Atom> {
        Vec::new()
    }

    fn hull(&self) -> (f64, f64) {
        let ((a, b), (c, d)) = (self.x.ends(), self.y.ends());
        let margin = 8.0 * f64::EPSILON * (a.abs().max(b.abs()) + c.abs().max(d.abs()));
        // Of two laws on the half line the sum is one.
        let lowest = if a >= 0.0 && c >= 0.0 {
            0.0
        } else {
            f64::NEG_INFINITY
        };
        ((a + c - margin).max(lowest), b + d + margin)
    }

    fn intervals(&self) -> Result<Vec<(f64, f64)>, LawError> {
        let ((a, b), (c, d)) = (self.x.ends(), self.y.ends());
        Ok(vec![(a + c, b + d)])
    }

    fn kinks(&self) -> Result<Vec<f64>, LawError> {
        let ((a, b), (c, d)) = (self.x.ends(), self.y.ends());
        Ok(vec![a + d, b + c])
    }

    fn moments(&self, count: usize) -> Result<Vec<f64>, LawError> {
        Ok(convolved(&self.x.moments(count)?, &self.y.moments(count)?))
    }

    fn notation(&self, f: &mut Notation<'_>) -> std::fmt::Result {
        write!(f, "({} * {})", self.x, self.y)
    }
}
