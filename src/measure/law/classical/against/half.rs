//! The integrands on one half of the path.

use num_complex::Complex64;

use super::{Against, Operation, Values};
use crate::measure::arithmetic::ball::Ball;
use crate::measure::arithmetic::bound::{Lower, Upper};
use crate::measure::law::LawError;
use crate::measure::law::local::LawJet;

/// One half of the path: from an end of ρ, which is at `place`, to the middle, `t = e + δv²`.
pub(super) struct Half<'a> {
    pub(super) law: &'a Against,
    pub(super) z: Ball,
    /// Which end: of the powers of ρ, the lower or the upper one.
    pub(super) is_low: [bool; 2],
    pub(super) end: Ball,
    pub(super) other: Ball,
    pub(super) delta: Complex64,
}

impl Half<'_> {
    /// x, for a disc of v.
    pub(super) fn x(&self, v: Ball) -> Ball {
        let x = self.law.x;
        let t = self.end + Ball::exact(self.delta) * v.square();
        let mut value = t * x.scale + Ball::real(x.shift);
        if v == Ball::real(0.0) {
            value.center.im = 0.0;
        }
        value
    }

    /// w.
    pub(super) fn place(&self, x: Ball) -> Ball {
        match self.law.operation {
            Operation::Sum => self.z - x,
            Operation::Product if self.z.center.im == 0.0 && x.center.im == 0.0 => {
                let mut w = self.z / x;
                w.center.im = 0.0;
                w
            }
            Operation::Product => self.z / x,
        }
    }

    /// `2δv ρ(t)` over its power of v, and that power, for a disc of v.
    pub(super) fn density(&self, v: Ball) -> Option<(Ball, i32)> {
        let shape = self.law.x.shape;
        let delta = Ball::exact(self.delta);
        let moved = delta * v.square();
        let powers = shape.powers();
        let at = |is_low: bool| powers[usize::from(!is_low)];
        let (own, other) = (at(self.is_low[0]), at(self.is_low[1]));
        // From an end into the support, and from t to the other end.
        let inward = if self.is_low[0] { delta } else { -delta };
        let rest = (self.other - self.end) - moved;
        let rest = if self.is_low[0] { rest } else { -rest };
        if !rest.is_right() {
            return None;
        }
        let power = |x: Ball, p: f64| match p {
            0.5 => x.sqrt_upper(),
            -0.5 => x.sqrt_upper().inv(),
            _ => Ball::real(1.0),
        };
        let mut value = shape.constant() * 2.0 * delta * power(inward, own) * power(rest, other);
        if shape.has_pole() {
            value = value / (self.end + moved);
        }
        Some((value, 1 + (2.0 * own) as i32))
    }

    /// The integrands from Y at w.
    pub(super) fn integrands(&self, weight: Ball, x: Ball, y: &LawJet<Ball>) -> Values {
        match self.law.operation {
            Operation::Sum => [weight * y.s, weight * y.ds, weight * (y.chi - x * y.s)],
            Operation::Product => {
                let over = weight / x;
                [over * y.s, over / x * y.ds, weight * y.chi]
            }
        }
    }

    /// A lower bound of the distance of z from x + Y or xY for all x of a disc.
    pub(super) fn distance(&self, x: Ball) -> f64 {
        let hull = self.law.y.hull();
        match self.law.operation {
            Operation::Sum => self.place(x).beside(hull),
            Operation::Product => {
                // Next to 0 w is anywhere, and far.
                let largest = Upper(hull.0.abs().max(hull.1.abs()));
                let far = self.z.lower() - largest * x.upper();
                let near = x.lower() * Lower(self.place(x).beside(hull).max(0.0));
                // A bound that is not a number is none.
                far.0.max(near.0)
            }
        }
    }

    /// Bounds of the integrands over a disc of v.
    pub(super) fn bounds(&self, v: Ball) -> Option<[Upper; 3]> {
        let x = self.x(v);
        let distance = self.distance(x);
        let (density, power) = self.density(v)?;
        let weight = (0..power).fold(density, |weight, _| weight * v).upper();
        if distance.is_nan() || distance <= 0.0 || !weight.0.is_finite() {
            return None;
        }
        let (low, high) = self.law.y.hull();
        let (s, largest) = (
            Upper(1.0) / Lower(distance),
            Upper(low.abs().max(high.abs())),
        );
        let largest = match self.law.operation {
            Operation::Sum => largest + x.upper(),
            Operation::Product => largest * x.upper(),
        };
        Some([weight * s, weight * s * s, weight * largest * s])
    }

    /// Of a product next to x = 0, where w is infinite: `1/(xy − z) = −1/z − xy/(z(z − xy))`.
    pub(super) fn near_zero(&self, weight: Ball, x: Ball) -> Result<Values, LawError> {
        let (low, high) = self.law.y.hull();
        let product = x.upper() * low.abs().max(high.abs());
        let left = self.z.lower() - product;
        if left.0.is_nan() || left.0 <= 0.0 {
            return Err(self.lost());
        }
        let (inverse, chi) = (self.z.inv(), product / left);
        let s = -inverse.grown((chi / self.z.lower()).0);
        // The derivative is ∫ dν/(xy − z)², off 1/z² by what its two factors are.
        let ds = s.square();
        Ok([
            weight * s,
            weight * ds,
            weight * Ball::real(0.0).grown(chi.0),
        ])
    }
}
