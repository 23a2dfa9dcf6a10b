//! Free Meixner laws: those whose orthogonal polynomials have constant coefficients after the first.
//!
//! With mean m, variance v and two further numbers a, e the Jacobi coefficients are `α₀ = m`, `α_k = m + a`, `β₁ = v`, `β_k = v + e`,
//! so that (Saitoh and Yoshida 2001; Bożejko and Bryc 2006)
//!
//! ```math
//! s = −1/K,   K(z) = z − m − vG(z),   wG² − ζG + 1 = 0,   ζ = z − m − a,   w = v + e,
//! ```
//!
//! and `R = m + v r`, where `r = g (1 + a r + e r²)`. The free cumulants are m, v, va, v(a² + e), …: a free power multiplies m and v
//! and leaves a and e, so that the class is closed under powers and compressions, also backwards. In it are the semicircle (a = e = 0),
//! `MP^γ` (m = 1, v = a = γ, e = 0), the arcsine law and that of Kesten and McKay (a = 0, e < 0), and the free Jacobi laws of Wachter.

use num_complex::Complex64;

use crate::measure::arithmetic::ball::{Ball, size};
use crate::measure::law::answer::moments;
use crate::measure::law::local::Local;
use crate::measure::law::transform::{Atom, Memory, Transform};
use crate::measure::law::{LawError, Notation};

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Meixner {
    /// m.
    pub(crate) mean: f64,
    /// `v > 0`.
    pub(crate) variance: f64,
    /// a.
    pub(crate) skew: f64,
    /// `e > −v`.
    pub(crate) excess: f64,
}

/// A mass below this many roundings is none.
const ROUNDINGS: f64 = 16.0;

impl Meixner {
    /// The parameters of `scale·X + shift`.
    pub(crate) fn image(self, scale: f64, shift: f64) -> Self {
        Self {
            mean: scale * self.mean + shift,
            variance: scale * scale * self.variance,
            skew: scale * self.skew,
            excess: scale * scale * self.excess,
        }
    }

    /// Those of the t-th power under ⊞.
    pub(crate) fn power(self, t: f64) -> Self {
        Self {
            mean: t * self.mean,
            variance: t * self.variance,
            ..self
        }
    }

    /// The law with these first four moments, `m_0` before them.
    pub(crate) fn of_moments(moments: &[f64]) -> Self {
        // Centred, so that a large mean costs no digits of its own.
        let mean = moments[1];
        let cumulants = moments::free_cumulants(&moments::affine(moments, 1.0, -mean));
        let (variance, third, fourth) = (cumulants[1], cumulants[2], cumulants[3]);
        let skew = third / variance;
        let law = Self {
            mean,
            variance,
            skew,
            excess: fourth / variance - skew * skew,
        };
        law.rounded(law.lost())
    }

    /// What rounding may take from e, of a fourth cumulant that is a sum of a dozen terms.
    pub(crate) fn lost(&self) -> f64 {
        64.0 * f64::EPSILON * (self.skew * self.skew + self.excess.abs() + 2.0 * self.variance)
    }

    /// The law of two points where `v + e` is 0 up to what is lost; by Cauchy and Schwarz it is not negative.
    pub(crate) fn rounded(mut self, lost: f64) -> Self {
        if self.width().abs() <= lost {
            self.excess = -self.variance;
        }
        self
    }

    /// `v + e`, the later β.
    pub(crate) fn width(&self) -> f64 {
        self.variance + self.excess
    }

    /// The two atoms that are left where `v + e = 0`.
    pub(crate) fn two_points(&self) -> [(f64, f64); 2] {
        let root = self.skew.hypot(2.0 * self.variance.sqrt());
        // Of the roots of `u² = au + v` the larger first, without cancellation.
        let large = 0.5 * (self.skew + root.copysign(self.skew));
        [large, -self.variance / large]
            .map(|u| (self.mean + u, self.variance / (self.variance + u * u)))
    }

    /// The ends of the interval that carries the density, and their rounding.
    fn ends(&self) -> [Ball; 2] {
        let middle = Ball::real(self.mean) + Ball::real(self.skew);
        let width = Ball::real(self.variance) + Ball::real(self.excess);
        let root = width.sqrt_upper() * 2.0;
        [middle - root, middle + root]
    }

    fn interval(&self) -> (f64, f64) {
        let [low, high] = self.ends();
        (low.center.re, high.center.re)
    }
}

impl Transform for Meixner {
    fn evaluate(&self, exact: Ball, _: &mut Memory) -> Result<Local, LawError> {
        let real = Ball::real;
        let [low, high] = self.ends();
        // Behaves as ζ at infinity and is cut along the interval.
        let root = (exact - low).sqrt_upper() * (exact - high).sqrt_upper();
        let zeta = exact - (real(self.mean) + real(self.skew));
        let g = real(2.0) / (zeta + root);
        let inner = g * self.variance;
        let k = exact - real(self.mean) - inner;
        let atoms = self.atoms();
        if let Some(atom) = atoms
            .iter()
            .find(|atom| exact.center == Complex64::from(atom.at))
        {
            return Err(LawError::Atom { at: atom.at });
        }
        let inverse = k.inv();
        // G′ = −G/root.
        let fall = inner / root;
        let slope = (real(1.0) + fall) * inverse.square();
        let above = (inner + real(self.mean)) * inverse;
        let dchi = -(fall * inverse) - (inner + real(self.mean)) * slope;
        let disc = exact.grown(low.radius.max(high.radius));
        let mut reach = disc.beside(self.interval());
        for atom in &atoms {
            // The place is a sum with the mean, which may be far larger.
            let sizes = atom.at.abs() + 2.0 * self.mean.abs() + size(exact.center);
            let rounding = ROUNDINGS * f64::EPSILON * sizes;
            reach = reach.min((exact - real(atom.at)).grown(rounding).least());
        }
        Ok(Local::new(exact, -inverse, slope, above, reach).with_slope(dchi))
    }

    /// The zeros of K beside the interval: there `r = G` is a root of `e r² + a r + 1`, where `w r² < 1`, and the mass `(1 − w r²)/(1 − e r²)`.
    fn atoms(&self) -> Vec<Atom> {
        // One rounding where a² and 4e are near one another.
        let discriminant = self.skew.mul_add(self.skew, -4.0 * self.excess);
        if discriminant < 0.0 {
            return Vec::new();
        }
        // The smaller root without cancellation; the product of both is 1/e.
        let small = -2.0 / (self.skew + discriminant.sqrt().copysign(self.skew));
        let of = |r: f64| {
            let square = r * r;
            // The branch that decays, or the other one.
            let decays = 1.0 - self.width() * square;
            let mass = decays / (1.0 - self.excess * square);
            let counts = decays > 0.0 && mass > ROUNDINGS * f64::EPSILON;
            counts.then_some(Atom {
                at: self.mean + self.variance * r,
                mass,
            })
        };
        let mut atoms: Vec<Atom> = [small, 1.0 / (self.excess * small)]
            .into_iter()
            .filter_map(of)
            .collect();
        atoms.sort_by(|x, y| x.at.total_cmp(&y.at));
        atoms
    }

    fn hull(&self) -> (f64, f64) {
        let atoms = self.atoms();
        let places = || atoms.iter().map(|atom| atom.at);
        let (low, high) = self.interval();
        (places().fold(low, f64::min), places().fold(high, f64::max))
    }

    fn intervals(&self) -> Result<Vec<(f64, f64)>, LawError> {
        Ok(vec![self.interval()])
    }

    fn moments(&self, count: usize) -> Result<Vec<f64>, LawError> {
        // r = Σ r_k gᵏ, order by order.
        let mut r = vec![0.0; count + 1];
        for k in 1..=count {
            let square: f64 = (1..k).map(|i| r[i] * r[k - 1 - i]).sum();
            let one = if k == 1 { 1.0 } else { 0.0 };
            r[k] = one + self.skew * r[k - 1] + self.excess * square;
        }
        let cumulants = (0..count).map(|k| {
            if k == 0 {
                self.mean
            } else {
                self.variance * r[k]
            }
        });
        Ok(moments::from_free_cumulants(&cumulants.collect::<Vec<_>>()))
    }

    fn notation(&self, f: &mut Notation<'_>) -> std::fmt::Result {
        let Meixner {
            mean,
            variance,
            skew,
            excess,
        } = self;
        write!(f, "meixner({mean}, {variance}, {skew}, {excess})")
    }
}
