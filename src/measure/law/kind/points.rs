//! Finitely many point masses on the line.

use num_complex::Complex64;

use crate::measure::arithmetic::ball::{Ball, size};
use crate::measure::arithmetic::bound::Lower;
use crate::measure::atoms::PointMasses;
use crate::measure::law::local::{LawJet, Local};
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

    fn from_sums(z: Complex64, sums: &Sums) -> LawJet {
        let [q, qd, qx, qxd, re, im, _] = *sums;
        let b = z.im;
        // 1/(x−z) = (d + ib)/|x−z|² with d = x − Re z, and x/(z−x) = −x (d + ib)/|x−z|².
        LawJet {
            at: z,
            s: Complex64::new(qd, b * q),
            ds: Complex64::new(re, 2.0 * b * im),
            chi: Complex64::new(-qxd, -b * qx),
        }
    }

    /// The distance from z to the nearest point, and that point.
    fn nearest(&self, z: Complex64) -> (f64, f64) {
        let after = self.at.partition_point(|&x| x < z.re);
        let distance = |x: f64| size(Complex64::new(x - z.re, z.im));
        [after.checked_sub(1), Some(after)]
            .into_iter()
            .flatten()
            .filter_map(|k| self.at.get(k))
            .map(|&x| (distance(x), x))
            .fold((f64::INFINITY, f64::NAN), |best, next| {
                if next.0 < best.0 { next } else { best }
            })
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
        let (distance, at) = self.nearest(z);
        if distance == 0.0 {
            return Err(LawError::Atom { at });
        }
        let sums = self.sums(z);
        let jet = Self::from_sums(z, &sums);
        let depth = (BLOCK / LANES + LANES + self.at.len() / BLOCK + 12) as f64 * f64::EPSILON;
        let spread = sums[0] * (1.0 + depth);
        let first = depth * spread.sqrt();
        let mut local = Local::new(
            Ball::exact(z),
            Ball::new(jet.s, first),
            Ball::new(jet.ds, 2.0 * depth * spread),
            Ball::new(jet.chi, depth * (sums[6] * (1.0 + depth)).sqrt()),
            Lower::near(distance).0,
        );
        local.spread = spread;
        local.widened(disc.radius).ok_or(LawError::Atom { at })
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
