//! Gauss–Legendre panels on one half of a leg, halved until each is far from every singularity.

#[cfg(test)]
mod tests;

use num_complex::Complex64;

use super::legs::{Branch, Geometry};
use super::smooth::{Range, Ranges};
use crate::measure::arithmetic::ball::{Ball, size};
use crate::measure::arithmetic::gauss::{NODES, RULE, remainder};
use crate::measure::arithmetic::sum::Sum;
use crate::numbers::larger;

/// Half of a leg: `t = P + δv²`, `0 ≤ v ≤ 1`.
pub(super) struct Half<'a> {
    pub(super) geometry: &'a Geometry,
    pub(super) own: Branch,
    pub(super) delta: Complex64,
    others: Vec<Other>,
}

/// Functions that are integrated over a half, as functions of v.
pub(super) trait Integrand<const K: usize> {
    /// Their values.
    fn at(&self, half: &Half<'_>, v: Ball) -> [Ball; K];

    /// Bounds over a disc without singularities.
    fn bounds(&self, half: &Half<'_>, center: f64, radius: f64) -> [f64; K];
}

/// Bounds over a disc of v: of ρ and ρ′, of `S/c`, `S′/c²` and χ of cη, and of `dt/dv`.
pub(super) struct Bounded {
    pub(super) density: f64,
    pub(super) slope: f64,
    pub(super) s: f64,
    pub(super) ds: f64,
    pub(super) chi: f64,
    pub(super) jacobian: f64,
}

/// The singularities `±v` that a branch point gives, with the uncertainties of `δv²` and of v.
struct Other {
    branch: Branch,
    v: Complex64,
    uncertain: f64,
    moved: f64,
}

/// Distance of singularities from a panel's middle, in halves of the panel.
const FAR: f64 = 1.75;
/// The share of that distance that the disc of the bound fills, and its largest radius.
const FILL: f64 = 0.92;
const WIDE: f64 = 4.0;
/// Halvings of a half leg.
const DEPTH: u32 = 60;
/// Where ρ has no power to resolve a logarithm at P, the part below this v is bounded, not summed.
const CUT: f64 = 1e-10;

impl<'a> Half<'a> {
    pub(super) fn new(geometry: &'a Geometry, own: Branch, delta: Complex64) -> Self {
        let others = geometry
            .branches()
            .filter(|&branch| branch != own)
            .map(|branch| {
                let across = geometry.between(own, branch);
                let v = (across.center / delta).sqrt();
                let share = across.radius / size(delta);
                Other {
                    branch,
                    v,
                    uncertain: across.radius,
                    // |√x − √y| is at most √|x − y|, and |x − y|/|√x|.
                    moved: share.sqrt().min(share / size(v)) + 4.0 * f64::EPSILON * size(v),
                }
            })
            .collect();
        Self {
            geometry,
            own,
            delta,
            others,
        }
    }

    /// Whether the transform has a logarithm at P.
    fn logarithm(&self) -> bool {
        matches!(self.own, Branch::Y(_)) && self.geometry.y.has_logarithms()
    }

    /// Distance from `center` to the nearest singularity; `but` leaves one out.
    fn nearest(&self, center: f64, but: Option<Branch>) -> f64 {
        let first = if self.logarithm() {
            center
        } else {
            f64::INFINITY
        };
        let others = self.others.iter().filter(|other| Some(other.branch) != but);
        others.fold(first, |least, other| {
            let (minus, plus) = (size(center - other.v), size(center + other.v));
            least.min(minus.min(plus) - other.moved)
        })
    }

    /// A lower bound of the distance in t between the image of a disc of v and Y's support. Where it is
    /// positive, S is on its own sheet on all of the disc.
    fn beside(&self, center: f64, radius: f64) -> f64 {
        let length = size(self.delta);
        let moved = length * radius * (2.0 * center + radius) * (1.0 + 1e-13);
        let place = |k| self.geometry.place(Branch::Y(k));
        let (one, two) = (place(0), place(1));
        let own = self.geometry.place(self.own);
        let at = own.center + self.delta * center * center;
        // The segment is parallel to the axis.
        let (low, high) = (
            one.center.re.min(two.center.re),
            one.center.re.max(two.center.re),
        );
        let across = Complex64::new(
            (low - at.re).max(at.re - high).max(0.0),
            at.im - one.center.im,
        );
        let rounding = larger(one.radius, two.radius) + own.radius + 8.0 * f64::EPSILON * size(at);
        (size(across) - moved) * (1.0 - 1e-13) - rounding
    }

    /// The range of the distance to a singularity over `|v − center| ≤ radius`.
    fn range(&self, branch: Branch, center: f64, radius: f64) -> Range {
        let length = size(self.delta);
        let (far, near) = (center + radius, (center - radius).max(0.0));
        if branch == self.own {
            let most = length * far * far;
            // Powers of at least −½ times v grow with v.
            let least = if self.logarithm() {
                length * near * near
            } else {
                most
            };
            return Range { most, least };
        }
        let Some(&Other { v, uncertain, .. }) =
            self.others.iter().find(|other| other.branch == branch)
        else {
            // No singularity, as 0 without a pole: |t| or |w| itself.
            let across = self.geometry.between(self.own, branch).most();
            let most = across + length * far * far;
            return Range { most, least: 0.0 };
        };
        let (minus, plus) = (size(center - v), size(center + v));
        Range {
            most: length * (minus + radius) * (plus + radius) * (1.0 + 1e-14) + uncertain,
            least: (length * (minus - radius) * (plus - radius) * (1.0 - 1e-13) - uncertain)
                .max(0.0),
        }
    }

    /// What bounds of integrands are made of.
    pub(super) fn bounded(&self, center: f64, radius: f64) -> Bounded {
        let [a, c] = self.geometry.scales;
        let range = |branch| self.range(branch, center, radius);
        let (density, slope) = self.geometry.x.density_range(Ranges {
            low: range(Branch::X(0)),
            high: range(Branch::X(1)),
            zero: range(Branch::X(2)),
        });
        let ratio = a / c.abs();
        let scaled = |k| {
            let Range { most, least } = range(Branch::Y(k));
            Range {
                most: most * ratio * (1.0 + 1e-14),
                least: least * ratio * (1.0 - 1e-14),
            }
        };
        let mut transform = self.geometry.y.transform_range(Ranges {
            low: scaled(0),
            high: scaled(1),
            zero: scaled(2),
        });
        let beside = self.beside(center, radius) * ratio;
        if beside > 0.0 {
            let largest = self.geometry.largest_of_y();
            let own = [1.0 / beside, 1.0 / (beside * beside), largest / beside];
            for (any, own) in transform.iter_mut().zip(own) {
                // A bound that is not a number is none.
                *any = if *any <= own {
                    *any
                } else {
                    own * (1.0 + 1e-13)
                };
            }
        }
        let [s, ds, chi] = transform;
        Bounded {
            density,
            slope,
            s: s / c.abs(),
            ds: ds / (c * c),
            chi,
            jacobian: 2.0 * size(self.delta) * (center + radius) * (1.0 + 1e-13),
        }
    }

    /// The radius, in halves of a panel, of a disc without singularities around it, and the bounds there. The pole of
    /// S is one on the other sheet only.
    fn disc<const K: usize>(
        &self,
        what: &impl Integrand<K>,
        center: f64,
        length: f64,
    ) -> Option<(f64, [f64; K])> {
        let pole = Branch::Y(2);
        let any = FILL * self.nearest(center, None) / length;
        let own = FILL * self.nearest(center, Some(pole)) / length;
        for (wide, own) in [(any, false), (own, true), (FILL * FAR, true)] {
            let wide = wide.min(WIDE);
            let radius = wide * length;
            let allowed = wide >= FILL * FAR && (!own || self.beside(center, radius) > 0.0);
            if allowed && (!own || wide * length <= FILL * self.nearest(center, Some(pole))) {
                let bounds = what.bounds(self, center, radius);
                if bounds.iter().all(|bound| bound.is_finite()) {
                    return Some((wide, bounds));
                }
            }
        }
        None
    }
}

/// The integrals over a half leg, and the nodes spent.
pub(super) fn integrate<const K: usize>(
    half: &Half<'_>,
    what: &impl Integrand<K>,
) -> Option<([Ball; K], usize)> {
    let mut sums = [Sum::default(); K];
    let mut nodes = 0;
    let start = if half.logarithm() { CUT } else { 0.0 };
    let mut waiting = vec![(start, 1.0, DEPTH)];
    while let Some((from, to, depth)) = waiting.pop() {
        let (center, length) = (0.5 * (from + to), 0.5 * (to - from));
        let Some((wide, bounds)) = half.disc(what, center, length) else {
            if depth == 0 {
                return None;
            }
            waiting.push((center, to, depth - 1));
            waiting.push((from, center, depth - 1));
            continue;
        };
        for (x, weight) in RULE {
            for v in [center - length * x, center + length * x] {
                // Node and sum are rounded.
                let rounding = 2.0 * f64::EPSILON * (center + length);
                let values = what.at(half, Ball::real(v).grown(rounding));
                for (sum, value) in sums.iter_mut().zip(values) {
                    // The weight is rounded twice.
                    let value = value.grown(2.0 * f64::EPSILON * value.most());
                    sum.add(value * (weight * length));
                }
            }
        }
        nodes += NODES;
        let rule = remainder(wide);
        for (sum, bound) in sums.iter_mut().zip(bounds) {
            sum.add(Ball::real(0.0).grown(bound * length * rule));
        }
    }
    if half.logarithm() {
        // With |S| ≤ C + |log v²| and v|log v| increasing below 1/e: twice the triangle over [0, CUT].
        let bounds = what.bounds(half, CUT, 0.5 * CUT);
        for (sum, bound) in sums.iter_mut().zip(bounds) {
            sum.add(Ball::real(0.0).grown(2.0 * CUT * bound));
        }
    }
    Some((sums.map(|sum| sum.total()), nodes))
}
