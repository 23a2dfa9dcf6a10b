//! The transform as a root of a polynomial equation `P(s, z) = 0`, followed from far above.
//!
//! **A root.** P is expanded around `(z, s̃)`, in powers of `δz` and of `δs = s − s̃ − σδz`, σ near the slope of the
//! root: the moduli of the coefficients bound it and its derivatives. With C near `1/P_s(z, s̃)` let `|C P(z, s̃)| ≤
//! β` and `|1 − C P_s(z, s)| ≤ q ≤ ½` for all z of a disc and all `|δs| ≤ ρ`. If
//! `β + qρ ≤ ρ`, P has for each of these z one root within ρ of s̃ (Krawczyk 1969), and it is analytic in z.
//!
//! **Which root.** With R a bound of the support, `|s + 1/z| ≤ R/(|z|(|z| − R))`: where the disc of one root holds
//! this disc around `−1/z`, the root is
//! the transform. From there it is followed to any point of the closed upper half plane: the disc of one root over a
//! disc of z holds the smaller disc of one root at the next point.

#[cfg(test)]
mod tests;

use num_complex::Complex64;

use super::expansion::Expansion;
use crate::measure::arithmetic::ball::{Ball, size};
use crate::measure::arithmetic::bound::Upper;
use crate::measure::arithmetic::scalar::Scalar;
use crate::measure::law::local::Local;
use crate::measure::law::transform::{Memory, Root};
use crate::numbers::larger;

/// Coefficients of powers of s and of z, with what each is off by at most.
pub(crate) type Coefficients = Vec<Vec<(f64, f64)>>;

/// An equation that the transform satisfies.
#[derive(Clone, Debug)]
pub(crate) struct Curve {
    /// Places e with multiples of the coefficients of `sʲ (z − e)ᵏ`, the first 0.
    centers: Vec<(f64, Vec<Vec<Ball>>)>,
    /// The real points of the hull where its roots meet or are infinite, ascending.
    pub(super) critical: Vec<f64>,
    /// Whether it is proved; if not, its roots are values without bounds.
    pub(super) proved: bool,
}

/// The height at which a root is sought first, in sizes of the hull, and how often it is doubled.
const ABOVE: f64 = 8.0;
const DOUBLINGS: usize = 12;
/// Steps from one point to another at most; and from a remembered one, from which there may be no way along the axis.
const STEPS: usize = 3000;
const NEAR: usize = 24;
/// Steps of Newton's method.
const NEWTON: usize = 6;
/// The imaginary part of a real root at most, in its sizes.
const FLAT: f64 = 1e-7;
/// Halvings of a step, or of a disc beside the support.
const HALVINGS: usize = 40;

/// The only root within `radius` of s, at a point.
#[derive(Clone, Copy)]
struct Branch {
    z: Complex64,
    s: Complex64,
    radius: f64,
}

impl Curve {
    /// From the coefficients around some places, the first 0, with what each is off by at most.
    pub(crate) fn new(centers: Vec<(f64, Coefficients)>, critical: Vec<f64>, proved: bool) -> Self {
        let rows = centers.iter().flat_map(|(_, rows)| rows);
        // Powers of z that come with those of s.
        let width = rows.map(Vec::len).max().unwrap_or(0)
            + centers.first().map_or(0, |(_, rows)| rows.len());
        let row = |mut row: Vec<(f64, f64)>| {
            row.resize(width, (0.0, 0.0));
            let entries = row.into_iter();
            entries.map(|(c, error)| Ball::known(c, error)).collect()
        };
        let centers = centers.into_iter();
        let centers = centers.map(|(at, rows)| (at, rows.into_iter().map(row).collect()));
        Self {
            centers: centers.collect(),
            critical,
            proved,
        }
    }

    /// The coefficients around the nearest place from which the distance of z is no rounded number, and that distance.
    fn near(&self, z: Complex64) -> (&[Vec<Ball>], Complex64) {
        let exact = |at: f64| at == 0.0 || (0.5 * z.re <= at) == (at <= 2.0 * z.re);
        let places = self.centers.iter().filter(|(at, _)| exact(*at));
        let nearest = places.min_by(|a, b| size(z - a.0).total_cmp(&size(z - b.0)));
        nearest.map_or((&[], z), |(at, rows)| (rows, z - at))
    }

    fn around(&self, z: Complex64, s: Complex64) -> Expansion {
        let (rows, z) = self.near(z);
        Expansion::new(rows, z, s)
    }

    /// P and `P_s`.
    fn at(&self, z: Complex64, s: Complex64) -> [Complex64; 2] {
        let (rows, z) = self.near(z);
        let mut sums = [Complex64::ZERO; 2];
        for row in rows.iter().rev() {
            let terms = row.iter().rev();
            let c = terms.fold(Complex64::ZERO, |sum, c| sum * z + c.center);
            sums = [sums[0] * s + c, sums[1] * s + sums[0]];
        }
        sums
    }

    /// s by Newton's method.
    fn polished(&self, z: Complex64, mut s: Complex64) -> Complex64 {
        let mut before = f64::INFINITY;
        for _ in 0..NEWTON {
            let [value, slope] = self.at(z, s);
            let step = value / slope;
            // The last digits do not settle.
            if !step.is_finite() || size(step) >= before {
                break;
            }
            before = size(step);
            s -= step;
        }
        s
    }

    /// The root far above a point.
    fn above(&self, x: f64, (low, high): (f64, f64)) -> Option<Branch> {
        let reach = Upper(low.abs().max(high.abs()));
        let mut height = ABOVE * (reach.0 + x.abs()).max(f64::MIN_POSITIVE);
        for _ in 0..DOUBLINGS {
            let z = Complex64::new(x, height);
            let start = -z.inv();
            let s = self.polished(z, start);
            let from = Ball::exact(z).lower();
            let off = reach / (from * (from - reach)) + Upper(size(s - start) * (1.0 + 1e-14));
            if let Some(radius) = self.around(z, s).alone(off) {
                return Some(Branch { z, s, radius });
            }
            height *= 2.0;
        }
        None
    }

    /// The root at a point, followed from another one.
    fn followed(&self, mut from: Branch, to: Complex64, steps: usize) -> Option<Branch> {
        let mut length = size(to - from.z);
        for _ in 0..steps {
            let left = to - from.z;
            let whole = size(left);
            if whole == 0.0 {
                return Some(from);
            }
            let expansion = self.around(from.z, from.s);
            let mut halvings = 0..HALVINGS;
            from = loop {
                halvings.next()?;
                let step = length.min(whole);
                let next = if step == whole {
                    to
                } else {
                    let next = from.z + left * (step / whole);
                    Complex64::new(next.re, next.im.max(0.0))
                };
                // The disc holds the end of the step, which is rounded.
                if let Some(rho) = expansion.radius(step * (1.0 + 1e-14))
                    && let Some(found) = self.stepped(from, &expansion, next, rho)
                {
                    break found;
                }
                length = 0.5 * step;
            };
            length *= 2.0;
        }
        (from.z == to).then_some(from)
    }

    /// The root at the end of a step, within ρ of the one before.
    fn stepped(
        &self,
        from: Branch,
        expansion: &Expansion,
        z: Complex64,
        rho: f64,
    ) -> Option<Branch> {
        let ahead = expansion.ahead() * (z - from.z);
        let s = self.polished(z, from.s + ahead);
        let radius = self.around(z, s).radius(0.0)?;
        let rounding = 8.0 * f64::EPSILON * (size(from.s) + size(ahead));
        let apart = Upper(size(s - from.s - ahead) + rounding) + Upper(radius);
        (apart.0 <= rho && from.radius <= rho).then_some(Branch { z, s, radius })
    }

    /// The transform at a point.
    fn branch(&self, z: Complex64, hull: (f64, f64), memory: &mut Memory) -> Option<Branch> {
        let near = memory.root.as_ref().and_then(|root| {
            let (z0, s) = (root.z, *root.x.first()?);
            let radius = self.around(z0, s).radius(0.0)?;
            self.followed(Branch { z: z0, s, radius }, z, NEAR)
        });
        let found = near.or_else(|| self.followed(self.above(z.re, hull)?, z, STEPS))?;
        memory.root = Some(Root {
            z,
            x: vec![found.s],
            slope: vec![],
        });
        Some(found)
    }

    /// The law at every point of the disc.
    pub(super) fn local(&self, disc: Ball, hull: (f64, f64), memory: &mut Memory) -> Option<Local> {
        let z = disc.center;
        let mut found = self.branch(z, hull, memory)?;
        let mut reach = disc.beside(hull);
        let real = z.im == 0.0 && found.s.im.abs() <= FLAT * size(found.s);
        if real && let Some(flat) = self.flat(found) {
            found = flat;
            reach = reach.max(self.beside(flat) - disc.radius);
        }
        let expansion = self.around(z, found.s);
        let radius = expansion.radius(disc.radius)?;
        if radius < found.radius {
            return None;
        }
        let mut s = Ball::exact(found.s).grown(expansion.moved(disc.radius, radius));
        let mut ds = expansion.slope(disc.radius, radius);
        let mut chi = -(disc * s) - Ball::real(1.0);
        if found.s.im == 0.0 && disc.radius == 0.0 {
            (s.center.im, ds.center.im, chi.center.im) = (0.0, 0.0, 0.0);
        }
        let finite = s.is_finite() && ds.is_finite();
        finite.then(|| Local::new(disc, s, ds, chi, reach))
    }

    /// A real root at a real point: the only one within a disc that is its own mirror image.
    fn flat(&self, found: Branch) -> Option<Branch> {
        let z = found.z;
        let s = self.polished(z, Complex64::new(found.s.re, 0.0));
        let expansion = self.around(z, s);
        let apart = Upper(size(s - found.s) * (1.0 + 1e-14)) + Upper(found.radius);
        let rho = Upper(larger(apart.0, expansion.radius(0.0)?));
        let radius = expansion.alone(rho)?;
        Some(Branch { z, s, radius })
    }

    /// A distance from a real point within which a real root stays real, so that there is no support.
    fn beside(&self, found: Branch) -> f64 {
        let x = found.z.re;
        let apart = self.critical.iter().map(|at| (at - x).abs());
        let far = 1e3 * x.abs().max(1.0);
        let mut reach = apart.fold(far, f64::min);
        let expansion = self.around(found.z, found.s);
        for _ in 0..HALVINGS {
            let rho = expansion.radius(reach);
            if rho.is_some_and(|rho| rho >= found.radius) {
                return reach;
            }
            reach *= 0.5;
        }
        0.0
    }
}
