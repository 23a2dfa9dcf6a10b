//! The integral over the line with a proved bound.
//!
//! With `v = −½ ± i e^{iψ} y`, `y = s cot(χ/2)`, each panel of χ is the middle of a disc 1.75 times as wide, on which g and
//! its mirror image are analytic and bounded ([`super::discs`]): that bounds the rule's error. The roots at the nodes are
//! enclosed in the same way, and so is the rounding. Neighbouring panels have the root between them in common, and the
//! outermost one reaches to infinity, where `g ~ −1/v`: so every panel is on the right branch, the line being free of
//! K's spectrum.

use num_complex::Complex64;
use std::f64::consts::PI;

use super::discs::Region;
use super::kernel::{Kernel, Node, integrands};
use super::line::{Line, Place};
use crate::measure::arithmetic::ball::{Ball, size};
use crate::measure::arithmetic::bound::{Lower, Upper};
use crate::measure::arithmetic::gauss;
use crate::measure::arithmetic::sum::Sum;
use crate::measure::response::ResponseError;

/// Radius of the disc around a panel, in halves of it.
const WIDE: f64 = 1.75;
/// Most nodes that are spent on one response.
const NODES: usize = 1 << 16;
/// `2⁻⁵⁰`, the shortest panel as a share of the line.
const SHORTEST: f64 = 8.9e-16;

/// The integral over the line, with `K = 2` its t-derivative, and the nodes spent.
pub(super) struct Enclosure<const K: usize> {
    pub(super) sums: [Ball; K],
    pub(super) nodes: usize,
}

/// What is integrated with g̃ of the mirror image: q, with `K = 2` its t-derivative besides, or Λ, with `K = 1`.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Integrand {
    Response,
    Potential,
}

impl Integrand {
    /// At a root of the line.
    fn at<const K: usize>(self, kernel: &Kernel<Ball>, root: Ball) -> Node<Ball, K> {
        match self {
            Self::Response => kernel.node(root),
            Self::Potential => [kernel.potential(root, principal)[0]; K],
        }
    }

    /// Over a disc around one, where it is continued.
    fn over<const K: usize>(self, kernel: &Kernel<Ball>, disc: Ball) -> Node<Ball, K> {
        match self {
            Self::Response => kernel.node(disc),
            Self::Potential => [kernel.potential(disc, Ball::log)[0]; K],
        }
    }
}

/// The principal logarithm, which a disc that meets its cut has not.
pub(super) fn principal(z: Ball) -> Ball {
    if z.is_off_cut() {
        z.log()
    } else {
        z.log().grown(f64::INFINITY)
    }
}

struct Panels<'a> {
    integrand: Integrand,
    line: &'a Line,
    kernel: &'a Kernel<Ball>,
    turn: Complex64,
    /// s.
    scale: f64,
}

/// A point `χ = π (½ + offset)`, the offset exact or rounded to an ε of `slack`.
#[derive(Clone, Copy)]
struct Angle {
    share: f64,
    offset: f64,
    slack: f64,
}

impl Angle {
    /// A point of a panel; of the dyadic ends of panels nothing is rounded.
    fn new(from: f64, half: f64, x: f64) -> Self {
        let step = half * (1.0 + x);
        Self {
            share: from + step,
            offset: (from - 0.5) + step,
            slack: 4.0 * half,
        }
    }

    fn chi(self) -> f64 {
        PI * self.share
    }
}

/// A panel `χ/π ∈ [from, from + 2 half]` on which everything is analytic: the regions of both signs, and bounds of
/// the integrands on its disc.
struct Panel<const K: usize> {
    from: f64,
    half: f64,
    regions: [Region; 2],
    bounds: [f64; K],
}

/// The shares of the integrals of the moduli that the rule may be off by.
const SHARES: [f64; 2] = [1e-17, 1e-14];

/// `(e^{iψ}/2π) ∫ q(v) g̃(−1−v) dy` and, with `K = 2`, its t-derivative; or the same of Λ.
pub(super) fn integrate<const K: usize>(
    integrand: Integrand,
    line: &Line,
    kernel: &Kernel<Ball>,
    ends: [Place; 2],
    t: Complex64,
) -> Result<Enclosure<K>, ResponseError> {
    let turn = line.turn();
    // Where the line runs by 0, it does so at the middle of the angles, which keep their relative accuracy there: for
    // d = p the spectrum of K has an inverse root at 0.
    let scale = if turn.im > 0.5 {
        0.5 * turn.im
    } else {
        line.scale
    };
    let panels = Panels {
        integrand,
        line,
        kernel,
        turn,
        scale,
    };
    let mut stack: Vec<(f64, f64)> = (0..4).rev().map(|k| (0.25 * f64::from(k), 0.25)).collect();
    let (mut places, mut joints) = (ends, None);
    let mut sums = [Sum::default(); K];
    let (mut sizes, mut nodes) = ([0.0; K], 0);
    while let Some((from, length)) = stack.pop() {
        nodes += gauss::NODES;
        if nodes > NODES || length < SHORTEST {
            let limit = NODES;
            return Err(ResponseError::Pinched { t, nodes, limit });
        }
        let half = 0.5 * length;
        let rule = gauss::remainder(WIDE) * PI * half;
        let done = panels
            .panel(from, half, places, joints)
            .and_then(|panel: Panel<K>| panels.sum(&panel, places).map(|found| (panel, found)));
        let done = done.filter(|(panel, found)| {
            (0..K).all(|k| panel.bounds[k] * rule <= SHARES[k] * (sizes[k] + found.sizes[k]))
        });
        let Some((panel, found)) = done else {
            stack.push((from + half, half));
            stack.push((from, half));
            continue;
        };
        for k in 0..K {
            sums[k].add(found.sums[k].grown(panel.bounds[k] * rule));
            sizes[k] += found.sizes[k];
        }
        (places, joints) = (found.places, found.joints);
    }
    let whole = Ball::real(2.0 * PI).grown(8.0 * f64::EPSILON);
    let scale = Ball::exact(turn) / whole;
    Ok(Enclosure {
        sums: sums.map(|sum| sum.total() * scale),
        nodes,
    })
}

/// What a panel adds, and where it ends.
struct Found<const K: usize> {
    sums: [Ball; K],
    /// The integrals of the moduli.
    sizes: [f64; K],
    places: [Place; 2],
    joints: Option<[Ball; 2]>,
}

impl Panels<'_> {
    fn panel<const K: usize>(
        &self,
        from: f64,
        half: f64,
        places: [Place; 2],
        joints: Option<[Ball; 2]>,
    ) -> Option<Panel<K>> {
        let (middle, radius) = (PI * (from + half), Upper::near(WIDE * PI * half).0);
        if from == 0.0 {
            return self.outermost(half, middle + radius);
        }
        // |sin(χ/2)| on the disc is at least the sine of its real ends; cot a − cot b = sin(b−a)/(sin a sin b).
        let least = (0.5 * (middle - radius))
            .sin()
            .min((0.5 * (middle + radius)).sin());
        let least = Lower::near(least);
        if least.0 <= 0.0 {
            return None;
        }
        let scale = Upper(self.scale) * Ball::exact(self.turn).upper();
        let across = least * Lower::near((0.5 * middle).sin());
        let spread = scale * Upper::near((0.5 * radius).sinh()) / across;
        let mut regions = Vec::with_capacity(2);
        let mut discs = Vec::with_capacity(2);
        for (k, sign) in [1.0, -1.0].into_iter().enumerate() {
            let v = self.point(Angle::new(from, half, 0.0), sign);
            let place = self.line.follow(places[k], v.center)?;
            let region = self.kernel.near(place, v, spread.0)?;
            if joints.is_some_and(|joints| !region.holds(joints[k], place.omega)) {
                return None;
            }
            regions.push(region);
            let disc = Ball::new(place.omega, region.radius);
            discs.push(self.integrand.over::<K>(self.kernel, disc));
        }
        let stretch = Upper(self.scale) * 0.5 / (least * least);
        let bounds = integrands(&discs[0], &discs[1]).map(|bound| (stretch * bound.upper()).0);
        bounds
            .iter()
            .all(|bound| bound.is_finite())
            .then_some(Panel {
                from,
                half,
                regions: [regions[0], regions[1]],
                bounds,
            })
    }

    /// From infinity: with `h = tan(χ/2)/s` the integrand is `½ (1 + tan²)/s · (q/h)(g̃/h)`, `|tan| ≤ tan|·|`.
    fn outermost<const K: usize>(&self, half: f64, reach: f64) -> Option<Panel<K>> {
        if reach >= 0.99 * PI {
            return None;
        }
        let (tangent, scale) = (Upper::near((0.5 * reach).tan()), Lower(self.scale));
        let most = (tangent / scale).0;
        let (region, far) = self.kernel.far(most, size(self.turn))?;
        let q = match self.integrand {
            Integrand::Response => far.q,
            Integrand::Potential => far.lambda,
        };
        let factor = (Upper(1.0) + tangent * tangent) / scale;
        Some(Panel {
            from: 0.0,
            half,
            regions: [region; 2],
            bounds: std::array::from_fn(|k| match k {
                0 => (factor * q * far.g).0,
                _ => (factor * (q * far.slope_of_g + far.slope_of_q * far.g)).0,
            }),
        })
    }

    /// `v(χ)`, with the roundings of χ.
    fn point(&self, angle: Angle, sign: f64) -> Ball {
        let eps = f64::EPSILON;
        let (chi, up) = (angle.chi(), self.turn * Complex64::new(0.0, sign));
        let stretch = 0.5 * self.scale / (0.5 * chi).sin().powi(2);
        if angle.offset.abs() > 0.25 {
            let y = self.scale / (0.5 * chi).tan();
            let v = up * y - 0.5;
            return Ball::new(v, eps * (8.0 * (size(v) + y) + 8.0 * chi * stretch));
        }
        // cot(π/4 + x) = 1 − 2 tan x/(1 + tan x); Re(up·s) − ½ is rounded once.
        let base = Complex64::new(up.re.mul_add(self.scale, -0.5), up.im * self.scale);
        let tangent = (0.5 * PI * angle.offset).tan();
        let rest = up * (-2.0 * self.scale * tangent / (1.0 + tangent));
        let moved = 2.0 * PI * stretch * eps * (angle.slack + angle.offset.abs());
        Ball::new(
            base + rest,
            4.0 * eps * (size(base) + 4.0 * size(rest)) + moved,
        )
    }

    fn sum<const K: usize>(&self, panel: &Panel<K>, places: [Place; 2]) -> Option<Found<K>> {
        let &Panel { from, half, .. } = panel;
        let (mut sums, mut sizes) = ([Sum::default(); K], [0.0; K]);
        let mut now = places;
        let order = |k: usize| match k.checked_sub(10) {
            None => (-gauss::RULE[9 - k].0, gauss::RULE[9 - k].1),
            Some(k) => gauss::RULE[k],
        };
        for (x, weight) in (0..gauss::NODES).map(order) {
            let angle = Angle::new(from, half, x);
            let roots = self.roots(panel, angle, &mut now)?;
            let [above, below] = roots.map(|root| self.integrand.at::<K>(self.kernel, root));
            // χ·cot(χ/2) ≤ 2 roundings of χ, and those of the sine, the quotient and the weight.
            let stretch = 0.5 * self.scale / (0.5 * angle.chi()).sin().powi(2);
            let factor = PI * half * weight * stretch;
            let factor = Ball::real(factor).grown(32.0 * f64::EPSILON * factor);
            for (k, value) in integrands(&above, &below).into_iter().enumerate() {
                let term = factor * value;
                sizes[k] += size(term.center);
                sums[k].add(term);
            }
        }
        let end = from + 2.0 * half;
        let joints = if end < 1.0 {
            Some(self.roots(panel, Angle::new(from, half, 1.0), &mut now)?)
        } else {
            None
        };
        let sums = sums.map(|sum| sum.total());
        sums.iter().all(|sum| sum.is_finite()).then_some(Found {
            sums,
            sizes,
            places: now,
            joints,
        })
    }

    fn roots<const K: usize>(
        &self,
        panel: &Panel<K>,
        angle: Angle,
        places: &mut [Place; 2],
    ) -> Option<[Ball; 2]> {
        let mut roots = [Ball::real(0.0); 2];
        for (k, sign) in [1.0, -1.0].into_iter().enumerate() {
            let v = self.point(angle, sign);
            places[k] = self.line.follow(places[k], v.center)?;
            roots[k] = self.kernel.root(&panel.regions[k], places[k], v)?;
        }
        Some(roots)
    }
}
