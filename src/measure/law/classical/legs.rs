//! The path of the integral for one z: from one end of ρ to the other, by the images of Y's ends.

use num_complex::Complex64;

use super::panels::{self, Half, Integrand};
use super::smooth::{From, Shape};
use crate::measure::arithmetic::ball::{Ball, size};

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
    pub(super) shift: Ball,
    /// Places of X's and Y's ends and poles.
    pub(super) places: [[Ball; 3]; 2],
    /// Y's own ends and 0.
    pub(super) ends_of_y: [Ball; 3],
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

    /// From a singularity to `t = P + step`.
    fn distance(&self, from: Branch, step: Ball, to: Branch) -> Ball {
        match to == from {
            true => step,
            false => step - self.between(from, to),
        }
    }

    /// A number of the half plane that is above for cη, where c is negative.
    fn flipped(&self, x: Ball) -> Ball {
        if self.scales[1] < 0.0 { x.conj() } else { x }
    }

    /// From the ends of Y, and from 0, to w: `w − e = (a/c)(T − t)`.
    fn own(&self, from: Branch, step: Ball) -> From {
        let [a, c] = self.scales;
        let own = |k: usize| {
            let distance = self.distance(from, step, Branch::Y(k));
            self.flipped(-(distance * a / Ball::real(c)))
        };
        From {
            low: own(0),
            high: own(1),
            zero: own(POLE),
        }
    }

    /// ρ and ρ′ at `t = P + step`.
    pub(super) fn density(&self, from: Branch, step: Ball) -> (Ball, Ball) {
        let to = |k: usize| self.distance(from, step, Branch::X(k));
        self.x.density(From {
            low: to(0),
            high: -to(1),
            zero: to(POLE),
        })
    }

    /// S/c, S′/c², χ of cη, and the total shift of the argument, at `t = P + step`.
    pub(super) fn transform(&self, from: Branch, step: Ball) -> [Ball; 3] {
        let [a, c] = self.scales;
        let [s, ds, chi] = self.y.transform(self.own(from, step));
        let s = self.flipped(s) / Ball::real(c);
        let ds = self.flipped(ds) / Ball::real(c).square();
        // χ of the sum: −(x + shifts)·S/c + χ.
        let t = self.distance(from, step, Branch::X(POLE));
        [s, ds, self.flipped(chi) - (t * a + self.shift) * s]
    }

    /// `∫ log(z − at − … − y) dν(y)` at `t = P + step`, up to a real constant; a turn of cη by −1 adds π to its argument.
    pub(super) fn potential(&self, from: Branch, step: Ball) -> Ball {
        let value = self.flipped(self.y.potential(self.own(from, step)));
        if self.scales[1] < 0.0 {
            value + Ball::pi() * Ball::exact(Complex64::i())
        } else {
            value
        }
    }

    /// The largest modulus in the support of η.
    pub(super) fn largest_of_y(&self) -> f64 {
        self.ends_of_y[0].most().max(self.ends_of_y[1].most())
    }

    /// An upper bound of `|at + shifts|` within `reach` of P.
    pub(super) fn argument(&self, from: Branch, reach: f64) -> f64 {
        (self.place(from).most() + reach) * self.scales[0] + self.shift.most()
    }

    /// The corners of the path.
    fn path(&self) -> Vec<Branch> {
        let center = |branch: Branch| self.place(branch).center;
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

    /// The legs of the path.
    pub(super) fn legs(&self) -> Vec<Leg<'_>> {
        let leg = |pair: &[Branch]| {
            let (from, to) = (pair[0], pair[1]);
            let across = self.between(from, to);
            let delta = across.center * 0.5;
            let halves = [(from, delta, 1.0), (to, -delta, -1.0)];
            Leg {
                ends: (from, to),
                halves: halves.map(|(own, delta, sign)| (Half::new(self, own, delta), sign)),
                delta,
                // The two halves meet but for the rounding of δ.
                gap: across.radius + f64::EPSILON * size(delta),
            }
        };
        self.path().windows(2).map(leg).collect()
    }
}

/// A leg of the path: both halves with their signs, and by how much they may fail to meet.
pub(super) struct Leg<'a> {
    pub(super) ends: (Branch, Branch),
    halves: [(Half<'a>, f64); 2],
    delta: Complex64,
    pub(super) gap: f64,
}

impl Leg<'_> {
    /// Where the halves meet, from the first end.
    pub(super) fn middle(&self) -> (Branch, Ball) {
        (self.ends.0, Ball::exact(self.delta))
    }

    /// The integrals over both halves, and the nodes spent.
    pub(super) fn integral<const K: usize>(
        &self,
        what: &impl Integrand<K>,
    ) -> Option<([Ball; K], usize)> {
        let (mut total, mut nodes) = ([Ball::real(0.0); K], 0);
        for (half, sign) in &self.halves {
            let (sums, spent) = panels::integrate(half, what)?;
            total = std::array::from_fn(|k| total[k] + sums[k] * *sign);
            nodes += spent;
        }
        Some((total, nodes))
    }
}
