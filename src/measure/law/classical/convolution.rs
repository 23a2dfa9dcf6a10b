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

use super::panels::{self, Half};
use super::smooth::{From, Shape};
use super::{Smooth, direct};
use crate::measure::arithmetic::ball::{Ball, size};
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

/// A singularity of the integrand.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Branch {
    /// An end of ρ, or its pole at 0.
    X(usize),
    /// An end of S, or its pole at 0.
    Y(usize),
}

/// Number of a pole among the singularities of its law, after the two ends.
const POLE: usize = 2;
/// Height of T, in widths of ρ's support, up to which the path runs through it.
const NEAR: f64 = 0.3;

/// The singularities in the plane of t for one z.
pub(super) struct Geometry {
    pub(super) x: Shape,
    pub(super) y: Shape,
    pub(super) scales: [f64; 2],
    /// The sum of the shifts.
    shift: Ball,
    /// Places of X's and Y's ends and poles.
    places: [[Ball; 3]; 2],
    /// Y's own ends and 0.
    ends_of_y: [Ball; 3],
}

impl Geometry {
    /// `to − from`, without cancellation between two of the same law.
    pub(super) fn between(&self, from: Branch, to: Branch) -> Ball {
        match (from, to) {
            (Branch::Y(j), Branch::Y(k)) => {
                let apart = self.ends_of_y[j] - self.ends_of_y[k];
                apart * self.scales[1] / Ball::real(self.scales[0])
            }
            _ => self.place(to) - self.place(from),
        }
    }

    pub(super) fn place(&self, branch: Branch) -> Ball {
        match branch {
            Branch::X(k) => self.places[0][k],
            Branch::Y(k) => self.places[1][k],
        }
    }

    /// All singularities.
    pub(super) fn branches(&self) -> impl Iterator<Item = Branch> + use<> {
        let (x, y) = (self.x, self.y);
        let of = |pole: bool| 0..2 + usize::from(pole);
        of(x.has_pole())
            .map(Branch::X)
            .chain(of(y.has_pole()).map(Branch::Y))
    }

    /// ρ, ρ′ and S/c, S′/c², χ of cη, and the total shift of the argument, at `t = P + step`.
    pub(super) fn at(&self, from: Branch, step: Ball) -> [Ball; 5] {
        let [a, c] = self.scales;
        let distance = |branch: Branch| {
            if branch == from {
                step
            } else {
                step - self.between(from, branch)
            }
        };
        let t = distance(Branch::X(POLE));
        let (density, slope) = self.x.density(From {
            low: distance(Branch::X(0)),
            high: -distance(Branch::X(1)),
            zero: t,
        });
        let flip = |ball: Ball| if c < 0.0 { ball.conj() } else { ball };
        // w − e = (a/c)(T − t).
        let own = |k: usize| flip(-(distance(Branch::Y(k)) * a / Ball::real(c)));
        let [s, ds, chi] = self.y.transform(From {
            low: own(0),
            high: own(1),
            zero: own(POLE),
        });
        let s = flip(s) / Ball::real(c);
        let ds = flip(ds) / Ball::real(c).square();
        // χ of the sum: −(x + shifts)·S/c + χ.
        let chi = flip(chi) - (t * a + self.shift) * s;
        [density, slope, s, ds, chi]
    }

    /// The largest modulus in the support of η.
    pub(super) fn largest_of_y(&self) -> f64 {
        self.ends_of_y[0].most().max(self.ends_of_y[1].most())
    }

    /// An upper bound of `|at + shifts|` within `reach` of P.
    pub(super) fn argument(&self, from: Branch, reach: f64) -> f64 {
        (self.place(from).most() + reach) * self.scales[0] + self.shift.most()
    }
}

/// The sums over one half of a leg.
#[derive(Clone, Copy)]
pub(super) struct Sums {
    pub(super) s: Ball,
    pub(super) ds: Ball,
    pub(super) chi: Ball,
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

    /// The corners of the path.
    fn path(geometry: &Geometry) -> Vec<Branch> {
        let center = |branch: Branch| geometry.place(branch).center;
        let (low, high) = (center(Branch::X(0)).re, center(Branch::X(1)).re);
        let mut inner: Vec<Branch> = [Branch::Y(0), Branch::Y(1)]
            .into_iter()
            .filter(|&branch| {
                let at = center(branch);
                at.re > low && at.re < high && at.im < NEAR * (high - low)
            })
            .collect();
        inner.sort_by(|&a, &b| center(a).re.total_cmp(&center(b).re));
        let mut path = vec![Branch::X(0)];
        path.append(&mut inner);
        path.push(Branch::X(1));
        path
    }

    /// `s`, `s′`, `χ`, not yet divided by the masses; `None` where z is within rounding of a sum of two ends.
    fn integrals(geometry: &Geometry) -> Option<(Sums, usize)> {
        let zero = Ball::real(0.0);
        let mut total = Sums {
            s: zero,
            ds: zero,
            chi: zero,
        };
        let mut nodes = 0;
        for leg in Self::path(geometry).windows(2) {
            let (from, to) = (leg[0], leg[1]);
            let across = geometry.between(from, to);
            let delta = across.center * 0.5;
            // The two halves meet but for the rounding of δ.
            let gap = across.radius + f64::EPSILON * size(delta);
            let halves = [(from, delta, 1.0), (to, -delta, -1.0)];
            for (own, delta, sign) in halves {
                let half = Half::new(geometry, own, delta);
                let (sums, spent) = panels::integrate(&half)?;
                total.s = total.s + sums.s * sign;
                total.ds = total.ds + sums.ds * sign;
                total.chi = total.chi + sums.chi * sign;
                nodes += spent;
            }
            // Over the gap the integrands are at most twice their values.
            let [density, slope, s, ds, chi] = geometry.at(from, Ball::exact(delta));
            let middle = density * s;
            total.s = total.s.grown(2.0 * gap * middle.most());
            total.chi = total.chi.grown(2.0 * gap * (density * chi).most());
            let slopes = (density * ds).most() + (slope * s).most() / geometry.scales[0];
            total.ds = total.ds.grown(2.0 * gap * slopes);
            // s′ differentiates S on halves that start at X's ends, and ρ on those that move with z.
            let a = Ball::real(geometry.scales[0]);
            total.ds = match (from, to) {
                (Branch::X(_), Branch::Y(_)) => total.ds + middle / a,
                (Branch::Y(_), Branch::X(_)) => total.ds - middle / a,
                _ => total.ds,
            };
        }
        Some((total, nodes))
    }
}

impl Transform for Convolution {
    fn evaluate(&self, disc: Ball, _: &mut Memory) -> Result<Local, LawError> {
        let geometry = self.geometry(disc);
        let edge = LawError::at_edge(disc.center, disc.radius);
        let (sums, nodes) = Self::integrals(&geometry).ok_or(edge)?;
        let mass = self.x.shape.mass() * self.y.shape.mass();
        let mut values = [sums.s / mass, sums.ds / mass, sums.chi / mass];
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
