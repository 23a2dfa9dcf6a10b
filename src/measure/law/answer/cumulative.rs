//! The distribution function at a point, with a proved bound.

use num_complex::Complex64;
use std::f64::consts::PI;

use crate::measure::arithmetic::ball::{Ball, size};
use crate::measure::arithmetic::bound::{Lower, Upper};
use crate::measure::arithmetic::gauss;
use crate::measure::law::build;
use crate::measure::law::{Enclosed, Law, LawError, Memory};
use crate::numbers::larger;

/// Radius of the disc around a panel, in halves of it, and its share of the distance to the support.
const WIDE: f64 = 1.75;
const SHARE: f64 = 0.9;
/// Halvings of the height before the last stretch down to the axis is one disc.
const LAST: [i32; 3] = [30, 38, 23];
/// How far beside a point without a value F is taken instead, in widths of the support.
const BESIDE: [f64; 3] = [1e-10, 1e-8, 1e-6];

impl Law {
    /// `F(x) = μ(−∞, x]` with a proved bound; for many points, without one, see [`Law::distribution`].
    ///
    /// For a path in the upper half plane from a point below the support to x, which is no atom,
    /// `F(x) = Im ∫ s(z) dz/π`. It is covered by panels that are short against their distance d to the axis: on the disc
    /// around one s is analytic and at most 1/d′, d′ what is left of d, which bounds the error of Gauss's rule (Trefethen
    /// 2013, theorem 19.3); over the last stretch s is enclosed on a disc. Next to an edge, where that has no
    /// answer, F lies between its values at two points beside.
    ///
    /// # Errors
    /// [`LawError::Argument`] for x that is not finite, [`LawError::Atom`] at an atom that is not the lowest
    /// point, and as [`Law::stieltjes`].
    ///
    /// ```
    /// let law = tensor_dyson::measure::Law::semicircle(0.25)?;
    /// let half = law.cumulative(0.0)?;
    /// assert!((half.value - 0.5).abs() <= half.radius && half.radius < 1e-12);
    /// # Ok::<(), tensor_dyson::measure::LawError>(())
    /// ```
    pub fn cumulative(&self, x: f64) -> Result<Enclosed, LawError> {
        build::finite("x", x)?;
        let (low, high) = self.hull();
        self.reach()?;
        let exact = |value| Ok(Enclosed { value, radius: 0.0 });
        if x < low {
            return exact(0.0);
        }
        if x >= high {
            return exact(1.0);
        }
        let mass = self.mass_at(x);
        if mass > 0.0 {
            return if x == low {
                let radius = 4.0 * f64::EPSILON * mass;
                Ok(Enclosed {
                    value: mass,
                    radius,
                })
            } else {
                Err(LawError::Atom { at: x })
            };
        }
        let width = high - low;
        let mut found = self.along(x);
        for share in BESIDE {
            if found.is_ok() {
                break;
            }
            let below = self.along(x - share * width);
            let above = self.along(x + share * width);
            if let (Ok(below), Ok(above)) = (below, above) {
                let value = 0.5 * (below.value + above.value);
                let apart = 0.5 * (above.value - below.value).abs();
                let radius = apart + larger(below.radius, above.radius) + f64::EPSILON;
                found = Ok(Enclosed { value, radius });
            }
        }
        found
    }

    /// The integral over the path: up from a point below the support, across, and down to x.
    fn along(&self, x: f64) -> Result<Enclosed, LawError> {
        let (low, high) = self.hull();
        if x <= low {
            let (value, radius) = (0.0, 0.0);
            return Ok(Enclosed { value, radius });
        }
        let height = high - low;
        let start = low - height;
        let mut memory = Memory::default();
        let up = [0.0, height].map(|y| Complex64::new(start, y));
        let across = [start, x].map(|x| Complex64::new(x, height));
        let level = self.leg(up, &mut memory)? + self.leg(across, &mut memory)?;
        let mut failure = LawError::Atom { at: x };
        for halvings in LAST {
            match self.down(x, height, halvings, &mut memory.clone()) {
                Ok(down) => {
                    let sum = level + down;
                    let value = sum.center.im / PI;
                    let rounding = 4.0 * f64::EPSILON * value.abs();
                    let radius = Upper::near(sum.radius / PI + rounding).0;
                    return Ok(Enclosed { value, radius });
                }
                Err(error) => failure = error,
            }
        }
        Err(failure)
    }

    /// `∫ s dz` along a segment that nowhere comes nearer to the support than the smaller distance at its ends.
    fn leg(&self, [from, to]: [Complex64; 2], memory: &mut Memory) -> Result<Ball, LawError> {
        let hull = self.hull();
        let distance = [from, to].map(|end| Ball::exact(end).beside(hull));
        let distance = distance[0].min(distance[1]);
        let panels = (WIDE / (2.0 * SHARE) * size(to - from) / distance)
            .ceil()
            .max(1.0);
        let step = (to - from) / panels;
        let mut sum = Ball::real(0.0);
        for k in 0..panels as usize {
            let center = from + step * (k as f64 + 0.5);
            let rounding = 8.0 * f64::EPSILON * (size(from) + size(to));
            sum = sum + self.panel(center, 0.5 * step, distance, rounding, memory)?;
            // The ends of neighbouring panels are rounded.
            sum = sum.grown(rounding / ((1.0 - SHARE) * distance));
        }
        Ok(sum)
    }

    /// `∫ s dz` from `x + i height` down to x: the height is halved as long as told, then one disc is left.
    fn down(
        &self,
        x: f64,
        height: f64,
        halvings: i32,
        memory: &mut Memory,
    ) -> Result<Ball, LawError> {
        let mut sum = Ball::real(0.0);
        let mut top = height;
        for _ in 0..halvings {
            let half = Complex64::new(0.0, -0.25 * top);
            let (center, distance) = (Complex64::new(x, 0.75 * top), 0.75 * top);
            // All but the nodes is exact.
            let rounding = 4.0 * f64::EPSILON * top;
            sum = sum + self.panel(center, half, distance, rounding, memory)?;
            top *= 0.5;
        }
        Ok(sum + self.last(x, top, memory)?)
    }

    /// `∫ s dz` over a panel, with a lower bound of the distance of its centre from the support.
    fn panel(
        &self,
        center: Complex64,
        half: Complex64,
        distance: f64,
        rounding: f64,
        memory: &mut Memory,
    ) -> Result<Ball, LawError> {
        let mut sum = Ball::real(0.0);
        for (node, weight) in gauss::RULE {
            for offset in [-node, node] {
                let at = Ball::exact(center + half * offset).grown(rounding);
                let value = self.local(at, memory)?.s * weight;
                sum = sum + value.grown(2.0 * f64::EPSILON * value.most());
            }
        }
        let length = Ball::exact(half).upper();
        let bound = Upper(1.0) / (Lower(distance) - length * WIDE);
        let scale = Ball::exact(half).grown(4.0 * f64::EPSILON * length.0);
        Ok((sum * scale).grown((bound * length * gauss::remainder(WIDE)).0))
    }

    /// `∫ s dz` from `x + i height` down to x.
    fn last(&self, x: f64, height: f64, memory: &mut Memory) -> Result<Ball, LawError> {
        let center = Complex64::new(x, 0.0);
        let disc = Ball::exact(center).grown(height);
        let s = self.local(disc, memory)?.s;
        if !s.is_finite() {
            return Err(LawError::Edge {
                z: center,
                radius: height,
                variation: f64::INFINITY,
            });
        }
        Ok(s * Ball::exact(Complex64::new(0.0, -height)))
    }
}
