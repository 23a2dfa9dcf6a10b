//! The law at the root of a branch, and how far the image is from a point.

use num_complex::Complex64;

use super::branches::Branch;
use super::{Image, roots};
use crate::measure::arithmetic::ball::{Ball, size};
use crate::measure::arithmetic::bound::{Lower, Upper};
use crate::measure::law::LawError;
use crate::measure::law::local::{LawJet, Local};
use crate::measure::law::transform::Memory;

/// A root with the law there.
pub(super) struct Place {
    pub(super) branch: Branch<Ball>,
    pub(super) local: Local,
    below: bool,
}

impl Place {
    /// The values of the law at the root.
    pub(super) fn jet(&self) -> LawJet<Ball> {
        let jet = self.local.over_itself();
        if self.below { turned(jet) } else { jet }
    }
}

fn turned(jet: LawJet<Ball>) -> LawJet<Ball> {
    LawJet {
        at: jet.at.conj(),
        s: jet.s.conj(),
        ds: jet.ds.conj(),
        chi: jet.chi.conj(),
        dchi: jet.dchi.conj(),
    }
}

impl Image {
    /// The law at a root in the closed disc, from the side on which it lies for z above the axis.
    pub(super) fn place(&self, z: Ball, x: Ball, memory: &mut Memory) -> Result<Place, LawError> {
        let none = LawError::at_edge(z.center, 0.0);
        let branch = self.fraction.branch(z, x);
        let mut below = x.center.im < 0.0;
        if x.center.im.abs() <= x.radius {
            // `Im z = Im R(x)` is Im x times a mean of R′ on the way down to the axis, where R is real.
            let flat = Ball::new(
                Complex64::new(x.center.re, 0.0),
                x.radius + x.center.im.abs(),
            );
            let slope = self.along(flat);
            if slope.center.re.abs() <= slope.radius {
                return Err(none);
            }
            below = slope.center.re < 0.0;
        }
        let height = x.center.im.abs();
        let at = if x.center.im == 0.0 || (x.center.im < 0.0) == below {
            let center = Complex64::new(x.center.re + 0.0, height);
            Ball { center, ..x }
        } else {
            Ball::new(Complex64::new(x.center.re + 0.0, 0.0), x.radius + height)
        };
        let local = self.law.local(at, memory)?;
        Ok(Place {
            branch,
            local,
            below,
        })
    }

    /// R′ over a disc that need not be near a root: `(N′D − ND′)/D²`.
    fn along(&self, x: Ball) -> Ball {
        let [n, d] = [&self.fraction.numerator, &self.fraction.denominator].map(|p| {
            let p: Vec<Ball> = p.iter().map(|&c| Ball::real(c)).collect();
            [roots::value(&p, x), roots::value(&roots::derivative(&p), x)]
        });
        (n[1] * d[0] - n[0] * d[1]) / d[0].square()
    }

    /// A distance from z within which the law has no support.
    pub(super) fn reach(&self, z: Ball, places: &[Place]) -> f64 {
        let p = self.fraction.polynomial(z);
        let slope = roots::derivative(&p);
        let bottom: Vec<Ball> = self
            .fraction
            .denominator
            .iter()
            .map(|&c| Ball::real(c))
            .collect();
        let count = places.len() as f64;
        let one = |k: usize, place: &Place| {
            let x = place.branch.x.center;
            let others = places.iter().enumerate().filter(|(j, _)| *j != k);
            let apart = others.map(|(_, other)| size(other.branch.x.center - x));
            let apart = apart.fold(f64::INFINITY, f64::min);
            // In this disc there is one root for each z′ as near, `n |p/p′|` of it being in the disc, and the law has no mass.
            let rho = (0.9 * place.local.law.reach).min(0.49 * apart);
            let at = Ball::exact(x);
            let left =
                roots::value(&slope, at).lower() * rho - roots::value(&p, at).upper() * count;
            let bend = roots::value(&roots::derivative(&bottom), at).upper();
            let moved = roots::value(&bottom, at).upper() * count + bend * rho;
            (left / moved).0
        };
        let all = places.iter().enumerate().map(|(k, place)| one(k, place));
        let least = all.fold(f64::INFINITY, |a, b| if b < a { b } else { a });
        (Lower(least) - Upper(z.radius)).0.max(0.0)
    }
}
