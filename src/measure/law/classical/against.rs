//! The sum and the product of two independent variables, one with a density in closed form and one of any law, by a quadrature
//! with a proved bound.
//!
//! With `X = x(t) = at + b`, t of density ρ on `[l, h]`, and Y of any law with a transform,
//!
//! ```math
//! s_{X+Y}(z) = ∫_l^h ρ(t) s_Y(w) dt,   w = z − x(t),
//! s_{XY}(z)  = ∫_l^h ρ(t) s_Y(w)/x(t) dt,   w = z/x(t),   X > 0.
//! ```
//!
//! ρ is analytic on the strip between its ends, and `s_Y` where w is above the axis: the path runs from both ends to a point on
//! that side of the middle, where nothing is near. On each half `t = e + δv²`, so that the power of ρ at its end e is one of v.
//! On the disc of radius r around a panel the integrand is bounded by its factors, of which `|s_Y| ≤ 1/dist`, dist the distance of w
//! to the hull of Y's support: that bounds the error of Gauss's rule ([`gauss::remainder`]). Towards `v = 0` panels shrink with
//! that distance; the last stretch is one disc of w in the closed upper half plane, on which `s_Y` is enclosed.

use num_complex::Complex64;

use super::Smooth;
use crate::measure::arithmetic::ball::{Ball, size};
use crate::measure::arithmetic::bound::{Lower, Upper};
use crate::measure::arithmetic::gauss;
use crate::measure::arithmetic::sum::Sum;
use crate::measure::law::local::LawJet;
use crate::measure::law::transform::Memory;
use crate::measure::law::{Law, LawError};

mod half;
mod law;

use half::Half;

/// X + Y or XY.
#[derive(Clone, Debug)]
pub(crate) struct Against {
    x: Smooth,
    y: Law,
    operation: Operation,
}

/// What is done with X and Y.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Operation {
    /// X + Y.
    Sum,
    /// XY, X ≥ 0.
    Product,
}

/// The share of the distance from the hull of Y that a disc fills.
const SHARE: f64 = 0.9;
/// Radius of the discs around panels, in halves of them.
const WIDE: f64 = 1.6;
/// Panels on a half of the path at most.
const PANELS: usize = 200;
/// Ends of the last stretch in v that are tried, and the share of the whole by which it may be uncertain.
const LAST: [f64; 5] = [1e-2, 1e-3, 1e-4, 1e-6, 1e-8];
const UNCERTAIN: f64 = 1e-16;

/// `s`, `s′`, `χ` of the sum, not yet divided by the mass of ρ.
type Values = [Ball; 3];

impl Against {
    /// x need not be upright; for a product it is on the half line `x ≥ 0`.
    pub(super) fn new(x: Smooth, y: Law, operation: Operation) -> Self {
        Self { x, y, operation }
    }

    /// Both halves.
    fn halves(&self, z: Ball) -> [Half<'_>; 2] {
        let [low, high] = self.x.shape.ends();
        // Where w is above the axis: x is below it; in a product for z on the left above, so that z/x stays there.
        let side = match self.operation {
            Operation::Product if z.center.re < 0.0 => 1.0,
            _ => -1.0,
        };
        let down = side * self.x.scale.signum();
        let width = high.center.re - low.center.re;
        let middle = Complex64::new(
            0.5 * low.center.re + 0.5 * high.center.re,
            0.5 * down * width,
        );
        let half = |end: Ball, other: Ball, is_low: [bool; 2]| Half {
            law: self,
            z,
            is_low,
            end,
            other,
            delta: middle - end.center,
        };
        [
            half(low, high, [true, false]),
            half(high, low, [false, true]),
        ]
    }
}

impl Half<'_> {
    /// Within rounding of a sum of an end of X and one of Y.
    fn lost(&self) -> LawError {
        LawError::at_edge(self.z.center, self.z.radius)
    }

    /// What the integrands are on the way from where this half ends to where the other one does: the ends of ρ are rounded.
    fn gap(&self) -> Option<[Upper; 3]> {
        let rounding = 8.0 * f64::EPSILON * (self.end.most() + self.other.most());
        let gap = Upper(self.end.radius) + Upper(self.other.radius) + Upper(rounding);
        let bounds = self.bounds(Ball::real(1.0).grown(1e-9))?;
        // |dt| is 2|δ|v |dv|.
        Some(bounds.map(|bound| bound * gap / Lower::near(size(self.delta))))
    }

    /// The largest half of a panel that ends at `to`, for which the disc around it is free.
    fn length(&self, to: f64) -> Option<f64> {
        // All the way to the end of ρ where nothing is near it.
        let mut half = 0.5 * to;
        for _ in 0..40 {
            let center = to - half;
            let disc = Ball::real(center).grown(WIDE * half);
            let [free, near] = [Ball::real(center), disc].map(|v| self.distance(self.x(v)));
            if near > (1.0 - SHARE) * free && self.bounds(disc).is_some() {
                return Some(half);
            }
            half *= 0.8;
        }
        None
    }

    fn local(&self, w: Ball, memory: &mut Memory) -> Result<(LawJet<Ball>, usize), LawError> {
        let local = self.law.y.local(w, memory)?;
        Ok((local.over_itself(), local.steps))
    }

    /// The integrals over a panel.
    fn panel(
        &self,
        center: f64,
        half: f64,
        sums: &mut [Sum; 3],
        memory: &mut Memory,
    ) -> Result<usize, LawError> {
        let mut steps = 0;
        for (x, weight) in gauss::RULE {
            for v in [center + half * x, center - half * x] {
                // The node is rounded, and the weight twice.
                let v = Ball::real(v).grown(2.0 * f64::EPSILON * (center + half));
                let (density, power) = self.density(v).ok_or_else(|| self.lost())?;
                let value = (0..power).fold(density, |value, _| value * v);
                let value = value.grown(2.0 * f64::EPSILON * value.most()) * (weight * half);
                let x = self.x(v);
                let (y, spent) = self.local(self.place(x), memory)?;
                steps += spent;
                for (sum, term) in sums.iter_mut().zip(self.integrands(value, x, &y)) {
                    sum.add(term);
                }
            }
        }
        let disc = Ball::real(center).grown(WIDE * half);
        let rest = gauss::remainder(WIDE) * half;
        let bounds = self.bounds(disc).unwrap_or([Upper(f64::NAN); 3]);
        for (sum, bound) in sums.iter_mut().zip(bounds) {
            sum.add(Ball::real(0.0).grown((bound * rest).0));
        }
        Ok(steps)
    }

    /// The last stretch, v from 0 to `last`: `last^{n+1}/(n+1)` of the range of what is beside `vⁿ`.
    fn stretch(&self, last: f64, memory: &mut Memory) -> Result<Values, LawError> {
        let whole = Ball::real(0.5 * last).grown(0.5 * last);
        let (density, power) = self.density(whole).ok_or_else(|| self.lost())?;
        let reach = Ball::exact(self.delta).upper() * self.law.x.scale.abs() * (last * last);
        let start = self.x(Ball::real(0.0));
        let x = start.grown(reach.0);
        // From a real start: its own place keeps its height, and the others are not far.
        let w = self.place(start);
        let w = w.grown(self.place(x).distance(w.center));
        let share = (0..=power).fold(Ball::real(1.0), |share, _| share * last);
        let share = share / Ball::real(f64::from(power) + 1.0);
        if self.law.operation == Operation::Product && !x.inv().is_finite() {
            return self.near_zero(density * share, x);
        }
        let (y, _) = self.local(w, memory)?;
        Ok(self.integrands(density * share, x, &y))
    }

    /// The integrals from the end to the middle, and the nodes spent.
    fn integrate(&self, memory: &mut Memory) -> Result<(Values, usize), LawError> {
        let (mut sums, mut nodes) = ([Sum::default(); 3], 0);
        let mut to = 1.0;
        let mut failure = self.lost();
        let mut ends = LAST.into_iter().peekable();
        for _ in 0..PANELS {
            if let Some(&last) = ends.peek()
                && to <= last
            {
                ends.next();
                match self.stretch(to, memory) {
                    Ok(found) => {
                        let scale = sums[0].total().most();
                        let enough = found[0].radius <= UNCERTAIN * scale || ends.peek().is_none();
                        if enough && found[0].is_finite() {
                            let totals = sums.map(|sum| sum.total());
                            return Ok(([0, 1, 2].map(|k| totals[k] + found[k]), nodes));
                        }
                    }
                    Err(error) => failure = error,
                }
                if ends.peek().is_none() {
                    return Err(failure);
                }
            }
            let half = self.length(to).ok_or(failure)?;
            nodes += self.panel(to - half, half, &mut sums, memory)?;
            to -= 2.0 * half;
            if to <= 0.0 {
                return Ok((sums.map(|sum| sum.total()), nodes));
            }
        }
        Err(failure)
    }
}
