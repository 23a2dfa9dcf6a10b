//! What is integrated over a half of a leg.

use super::legs::Branch;
use super::panels::{Half, Integrand};
use crate::measure::arithmetic::ball::{Ball, size};

/// `s`, `s′` and χ of the sum.
pub(super) struct Values;

impl Integrand<3> for Values {
    fn at(&self, half: &Half<'_>, v: Ball) -> [Ball; 3] {
        let delta = Ball::exact(half.delta);
        let step = delta * v.square();
        let (density, slope) = half.geometry.density(half.own, step);
        let [s, ds, chi] = half.geometry.transform(half.own, step);
        let jacobian = delta * v * 2.0;
        let weight = jacobian * density;
        let derivative = match half.own {
            Branch::X(_) => weight * ds,
            Branch::Y(_) => jacobian * slope * s / Ball::real(half.geometry.scales[0]),
        };
        [weight * s, derivative, weight * chi]
    }

    fn bounds(&self, half: &Half<'_>, center: f64, radius: f64) -> [f64; 3] {
        let of = half.bounded(center, radius);
        let reach = size(half.delta) * (center + radius).powi(2);
        let argument = half.geometry.argument(half.own, reach);
        let derivative = match half.own {
            Branch::X(_) => of.density * of.ds,
            Branch::Y(_) => of.slope * of.s / half.geometry.scales[0],
        };
        let weight = of.jacobian * of.density;
        [
            weight * of.s,
            of.jacobian * derivative,
            weight * (of.chi + argument * of.s),
        ]
    }
}

/// `∫ log(z − x − y)`.
pub(super) struct Potential;

impl Integrand<1> for Potential {
    fn at(&self, half: &Half<'_>, v: Ball) -> [Ball; 1] {
        let delta = Ball::exact(half.delta);
        let step = delta * v.square();
        let (density, _) = half.geometry.density(half.own, step);
        [delta * v * 2.0 * density * half.geometry.potential(half.own, step)]
    }

    /// From the value in the middle, with `|dL/dt| = a|S/c|`.
    fn bounds(&self, half: &Half<'_>, center: f64, radius: f64) -> [f64; 1] {
        let of = half.bounded(center, radius);
        let step = Ball::exact(half.delta) * Ball::real(center).square();
        let middle = half.geometry.potential(half.own, step).most();
        let moved = radius * of.jacobian * half.geometry.scales[0] * of.s;
        [of.jacobian * of.density * (middle + moved) * (1.0 + 1e-13)]
    }
}
