//! A polynomial `P(s, z)` around a point, with bounds of itself and of its derivatives, see [`super::curve`].

use num_complex::Complex64;

use crate::measure::arithmetic::ball::{Ball, size};
use crate::measure::arithmetic::bound::Upper;

/// Sizes of a disc of one root that are tried, in those that a root needs.
const SIZES: [f64; 4] = [1.125, 1.5, 2.0, 4.0];

/// `Σ T_{jk} δsʲ δzᵏ`, P around a point, `s = s̃ + σδz + δs` with σ near `ds/dz`; z and s in units of their own,
/// powers of 2, as next to a pole
/// or an edge at 0 they leave the range of numbers.
pub(super) struct Expansion {
    unit_z: f64,
    unit_s: f64,
    slope: Complex64,
    terms: Vec<Vec<Ball>>,
    /// `|C T_{jk}|`, and `|1 − C T_{10}|`.
    sizes: Vec<Vec<Upper>>,
    defect: Upper,
}

/// The power of 2 of the size of a number; 1 for 0.
fn unit(z: Complex64) -> f64 {
    let power = size(z).log2().floor();
    if power.is_finite() { power.exp2() } else { 1.0 }
}

/// `Σ xₖ rᵏ`.
fn power_sum(terms: impl DoubleEndedIterator<Item = Upper>, r: Upper) -> Upper {
    terms.rev().fold(Upper(0.0), |sum, x| sum * r + x)
}

/// The coefficients of a polynomial around a point.
fn shifted(p: &mut [Ball], by: Ball) {
    for low in 0..p.len() {
        for k in (low..p.len() - 1).rev() {
            p[k] = p[k] + p[k + 1] * by;
        }
    }
}

impl Expansion {
    /// Of `Σ c_{jk} sʲ zᵏ`, the rows as long as the sum of the degrees.
    pub(super) fn new(rows: &[Vec<Ball>], z: Complex64, s: Complex64) -> Self {
        let (unit_z, unit_s) = (unit(z), unit(s));
        let (at, value) = (Ball::exact(z / unit_z), Ball::exact(s / unit_s));
        let mut terms = rows.to_vec();
        let mut power_s = 1.0;
        for row in &mut terms {
            let mut power = power_s;
            for entry in row {
                // Powers of 2, which change no digit but below the range of numbers.
                *entry = Ball::new(entry.center * power, entry.radius * power);
                power *= unit_z;
            }
            power_s *= unit_s;
        }
        terms.iter_mut().for_each(|row| shifted(row, at));
        let mut column = vec![Ball::real(0.0); terms.len()];
        for k in 0..terms[0].len() {
            for (entry, row) in column.iter_mut().zip(&terms) {
                *entry = row[k];
            }
            shifted(&mut column, value);
            for (entry, row) in column.iter().zip(&mut terms) {
                row[k] = *entry;
            }
        }
        let slope = -terms[0][1].center / terms[1][0].center;
        let tilt = Ball::exact(slope);
        for low in 0..terms.len() - 1 {
            for j in (low..terms.len() - 1).rev() {
                for k in 1..terms[j].len() {
                    terms[j][k] = terms[j][k] + terms[j + 1][k - 1] * tilt;
                }
            }
        }
        let inverse = Ball::exact(terms[1][0].center.inv());
        let size = |x: &Ball| inverse.upper() * x.upper();
        let sizes = terms.iter().map(|row| row.iter().map(size).collect());
        Self {
            unit_z,
            unit_s,
            slope,
            sizes: sizes.collect(),
            defect: (Ball::real(1.0) - inverse * terms[1][0]).upper(),
            terms,
        }
    }

    /// `β` over a disc of z of radius r.
    fn beta(&self, r: Upper) -> Upper {
        power_sum(self.sizes[0].iter().copied(), r)
    }

    /// q over a disc of z of radius r and within ρ of s̃.
    fn contraction(&self, r: Upper, rho: Upper) -> Upper {
        let rows = self.sizes.iter().enumerate().skip(1);
        let row = |(j, row): (usize, &Vec<Upper>)| {
            let skipped = usize::from(j == 1);
            let rest = power_sum(row[skipped..].iter().copied(), r) * j as f64;
            if j == 1 { rest * r } else { rest }
        };
        self.defect + power_sum(rows.map(row).collect::<Vec<_>>().into_iter(), rho)
    }

    /// A radius within which of s̃ there is one root for each z of a disc of radius r.
    pub(super) fn radius(&self, r: f64) -> Option<f64> {
        let r = Upper(r / self.unit_z);
        let beta = self.beta(r);
        SIZES.into_iter().find_map(|size| {
            let rho = beta * size;
            let q = self.contraction(r, rho);
            (q.0 <= 0.5 && (beta + q * rho).0 <= rho.0).then_some(rho.0 * self.unit_s)
        })
    }

    /// The radius of a root that is the only one within a distance.
    pub(super) fn alone(&self, rho: Upper) -> Option<f64> {
        let radius = self.radius(0.0)?;
        let q = self.contraction(Upper(0.0), Upper(rho.0 / self.unit_s));
        (q.0 <= 0.5 && radius <= rho.0).then_some(radius)
    }

    /// A bound of `|s − s̃|` for the root over a disc of z of radius r.
    pub(super) fn moved(&self, r: f64, rho: f64) -> f64 {
        (Ball::exact(self.ahead()).upper() * r + Upper(rho)).0
    }

    /// σ.
    pub(super) fn ahead(&self) -> Complex64 {
        self.slope * (self.unit_s / self.unit_z)
    }

    /// `ds/dz` at the root, over a disc of z of radius r and for `|δs| ≤ ρ`.
    pub(super) fn slope(&self, r: f64, rho: f64) -> Ball {
        let (r, rho) = (Upper(r / self.unit_z), Upper(rho / self.unit_s));
        let over = |along: usize, across: usize| {
            let rows = self.terms.iter().enumerate().skip(along);
            let row = |(j, row): (usize, &Vec<Ball>)| {
                let terms = row.iter().enumerate().skip(across);
                let sizes = terms.map(|(k, x)| {
                    let factor = if along == 1 { j } else { k };
                    let center = (j, k) == (along, across);
                    if center {
                        Upper(0.0)
                    } else {
                        x.upper() * factor as f64
                    }
                });
                power_sum(sizes.collect::<Vec<_>>().into_iter(), r)
            };
            let rest = power_sum(rows.map(row).collect::<Vec<_>>().into_iter(), rho);
            self.terms[along][across].grown(rest.0)
        };
        (Ball::exact(self.slope) - over(0, 1) / over(1, 0)) * (self.unit_s / self.unit_z)
    }
}
