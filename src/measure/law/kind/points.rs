//! Finitely many point masses on the line.

use num_complex::Complex64;
use std::f64::consts::PI;

use crate::measure::arithmetic::ball::{Ball, size};
use crate::measure::arithmetic::bound::{Lower, Upper};
use crate::measure::atoms::PointMasses;
use crate::measure::law::local::{Beside, LawJet, Local};
use crate::measure::law::transform::{Atom, Memory, Transform};
use crate::measure::law::{LawError, Notation};

/// Independent partial sums, so that the loop vectorises and its rounding errors do not add up.
const LANES: usize = 4;
/// Points summed before the partial sums are added to the total.
const BLOCK: usize = 64;

/// `Σ p/|x−z|²`, `Σ p (x−a)/|x−z|²`, the same two with x, `Σ p ((x−a)²−b²)/|x−z|⁴`, its imaginary partner, and
/// `Σ p x²/|x−z|²`.
type Sums = [f64; 7];

impl PointMasses {
    fn sums(&self, z: Complex64) -> Sums {
        let (a, b_squared) = (z.re, z.im * z.im);
        let mut total = [0.0; 7];
        for (at, mass) in self.at.chunks(BLOCK).zip(self.mass.chunks(BLOCK)) {
            let mut lanes = [[0.0; LANES]; 7];
            let term = |x: f64, p: f64| {
                let d = x - a;
                let square = d * d;
                let inverse = 1.0 / (square + b_squared);
                let q = p * inverse;
                let twice = q * inverse;
                [
                    q,
                    q * d,
                    q * x,
                    q * x * d,
                    twice * (square - b_squared),
                    twice * d,
                    q * x * x,
                ]
            };
            let (whole, rest) = at.as_chunks::<LANES>();
            let (masses, last) = mass.as_chunks::<LANES>();
            for (x, p) in whole.iter().zip(masses) {
                for lane in 0..LANES {
                    let terms = term(x[lane], p[lane]);
                    for k in 0..7 {
                        lanes[k][lane] += terms[k];
                    }
                }
            }
            for (x, p) in rest.iter().zip(last) {
                let terms = term(*x, *p);
                for k in 0..7 {
                    lanes[k][0] += terms[k];
                }
            }
            for k in 0..7 {
                total[k] += (lanes[k][0] + lanes[k][1]) + (lanes[k][2] + lanes[k][3]);
            }
        }
        total
    }

    /// `Σ p x ((x−a)²−b²)/|x−z|⁴`, `2b Σ p x (x−a)/|x−z|⁴` and `Σ p |x|/|x−z|²`: −χ′ and what bounds it.
    fn slopes(&self, z: Complex64) -> (Complex64, f64) {
        let (mut slope, mut spread) = (Complex64::ZERO, 0.0);
        for (at, mass) in self.at.chunks(BLOCK).zip(self.mass.chunks(BLOCK)) {
            let (mut part, mut size) = (Complex64::ZERO, 0.0);
            for (x, p) in at.iter().zip(mass) {
                let d = x - z.re;
                let inverse = 1.0 / (d * d + z.im * z.im);
                let q = p * x * inverse;
                part.re += q * inverse * (d * d - z.im * z.im);
                part.im += q * inverse * d;
                size += q.abs();
            }
            slope += part;
            spread += size;
        }
        (Complex64::new(slope.re, 2.0 * z.im * slope.im), spread)
    }

    /// `∫ x² dμ/(u − x)²` for real u, to the rounding of as many terms as there are points: for a search.
    pub(crate) fn square(&self, u: f64) -> f64 {
        let term = |x: f64, p: f64| {
            let ratio = x / (u - x);
            p * ratio * ratio
        };
        let mut lanes = [0.0; LANES];
        let (whole, rest) = self.at.as_chunks::<LANES>();
        let (masses, last) = self.mass.as_chunks::<LANES>();
        for (x, p) in whole.iter().zip(masses) {
            for lane in 0..LANES {
                lanes[lane] += term(x[lane], p[lane]);
            }
        }
        let rest = rest.iter().zip(last).map(|(&x, &p)| term(x, p));
        lanes.iter().sum::<f64>() + rest.sum::<f64>()
    }

    fn from_sums(z: Complex64, sums: &Sums) -> LawJet {
        let [q, qd, qx, qxd, re, im, _] = *sums;
        let b = z.im;
        // 1/(x−z) = (d + ib)/|x−z|² with d = x − Re z, and x/(z−x) = −x (d + ib)/|x−z|².
        let (s, ds) = (Complex64::new(qd, b * q), Complex64::new(re, 2.0 * b * im));
        LawJet {
            at: z,
            s,
            ds,
            chi: Complex64::new(-qxd, -b * qx),
            // For an iteration it will do.
            dchi: -s - z * ds,
        }
    }

    /// The distance from z to the nearest point, and that point; and the distance to the nearest one that is not 0.
    fn nearest(&self, z: Complex64) -> (f64, f64, f64) {
        let after = self.at.partition_point(|&x| x < z.re);
        let distance = |x: f64| size(Complex64::new(x - z.re, z.im));
        let (mut best, mut other) = ((f64::INFINITY, f64::NAN), f64::INFINITY);
        for &x in &self.at[after.saturating_sub(2)..self.at.len().min(after + 2)] {
            let here = distance(x);
            if here < best.0 {
                best = (here, x);
            }
            if x != 0.0 {
                other = other.min(here);
            }
        }
        (best.0, best.1, other)
    }
}

impl Transform for PointMasses {
    fn jet(&self, z: Complex64, _: &mut Memory) -> Result<LawJet, LawError> {
        Ok(Self::from_sums(z, &self.sums(z)))
    }

    /// Each term has a relative rounding error of at most 8 units, each sum one of `LANES`, `BLOCK` and the
    /// number of blocks; `Σ p/|x−z| ≤ (Σ p/|x−z|²)^½` by the inequality of Cauchy and Schwarz.
    fn evaluate(&self, disc: Ball, _: &mut Memory) -> Result<Local, LawError> {
        let z = disc.center;
        let (distance, at, other) = self.nearest(z);
        if distance == 0.0 {
            return Err(LawError::Atom { at });
        }
        let sums = self.sums(z);
        let jet = Self::from_sums(z, &sums);
        let depth = (BLOCK / LANES + LANES + self.at.len() / BLOCK + 12) as f64 * f64::EPSILON;
        let spread = sums[0] * (1.0 + depth);
        let first = depth * spread.sqrt();
        let (slope, moments) = self.slopes(z);
        let (slope_depth, moments) = (2.0 * (depth + BLOCK as f64 * f64::EPSILON), moments);
        let moments = moments * (1.0 + slope_depth);
        let local = Local::new(
            Ball::exact(z),
            Ball::new(jet.s, first),
            Ball::new(jet.ds, 2.0 * depth * spread),
            Ball::new(jet.chi, depth * (sums[6] * (1.0 + depth)).sqrt()),
            Lower::near(distance).0,
        )
        .with_slope(Ball::new(-slope, slope_depth * moments))
        .with_bounds(
            Beside {
                reach: Lower::near(distance).0,
                spread,
            },
            Beside {
                reach: Lower::near(other).0,
                spread: moments,
            },
        );
        local.widened(disc.radius).ok_or(LawError::Atom { at })
    }

    fn phase(&self, disc: Ball, _: &mut Memory) -> Result<Ball, LawError> {
        let z = disc.center;
        let (distance, at, _) = self.nearest(z);
        if distance == 0.0 {
            return Err(LawError::Atom { at });
        }
        let pairs = self.at.iter().zip(&self.mass);
        let terms = pairs.map(|(x, mass)| mass * z.im.max(0.0).atan2(z.re - x));
        let value: f64 = terms.sum();
        // Every argument is off by the rounding of a difference and its own, and the sum by one of the whole a term.
        let rounding = (self.at.len() + 8) as f64 * f64::EPSILON * PI;
        let moved = Upper(disc.radius) / (Lower::near(distance) - Upper(disc.radius));
        Ok(Ball::real(value).grown(rounding + moved.0))
    }

    fn atoms(&self) -> Vec<Atom> {
        let pairs = self.at.iter().zip(&self.mass);
        pairs.map(|(&at, &mass)| Atom { at, mass }).collect()
    }

    fn hull(&self) -> (f64, f64) {
        (self.at[0], self.at[self.at.len() - 1])
    }

    fn intervals(&self) -> Result<Vec<(f64, f64)>, LawError> {
        Ok(Vec::new())
    }

    fn moments(&self, count: usize) -> Result<Vec<f64>, LawError> {
        let mut powers = self.mass.clone();
        let mut moments = Vec::with_capacity(count + 1);
        for _ in 0..=count {
            moments.push(powers.iter().sum());
            powers.iter_mut().zip(&self.at).for_each(|(q, x)| *q *= x);
        }
        Ok(moments)
    }

    fn notation(&self, f: &mut Notation<'_>) -> std::fmt::Result {
        if self.at.len() > 6 {
            return write!(f, "atoms({} of them)", self.at.len());
        }
        if let [at] = self.at[..] {
            return write!(f, "point({at})");
        }
        f.write_str("atoms(")?;
        for (k, (at, mass)) in self.at.iter().zip(&self.mass).enumerate() {
            let comma = if k > 0 { ", " } else { "" };
            write!(f, "{comma}{at}:{mass}")?;
        }
        f.write_str(")")
    }
}
