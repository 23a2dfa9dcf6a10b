//! The distribution function of the Marchenko–Pastur map of any response, from its density between its edges.

use num_complex::Complex64;
use rayon::prelude::*;
use std::f64::consts::PI;

use crate::measure::mp_map::{MpMapError, marchenko_pastur_map};
use crate::measure::response::Response;

/// Nodes of an interval at first, and at most.
const NODES: (usize, usize) = (64, 1024);
/// Nodes that are solved one after the other, each from its neighbour: a fixed number, for the same digits at any
/// number of threads.
const RUN: usize = 16;
/// The ratio of the edges below which the lower one counts as 0.
const HARD: f64 = 1e-10;
/// By how much the total mass may miss 1 beyond the tails.
const MASS: f64 = 1e-3;

/// `F(x) = μ[0, x]` for the Marchenko–Pastur map μ of ν with ratio γ. Slide 'Limiting distribution'.
///
/// On an interval `[a, b]` of the support, `√x = (√a+√b)/2 − (√b−√a)/2 cos θ`, the function `ρ(x) dx/dθ` is even
/// and periodic in θ, and smooth where ρ has roots at its edges: its cosine series converges fast, and is integrated
/// term by term. Where a is 0 or all but 0, ρ has an inverse root there, and x takes the place of √x.
///
/// [`Law::distribution`](super::Law::distribution) of the same map goes to the last digit, and takes seven times as long
/// and more where the weights differ; this one stops at the error that a comparison with samples needs.
#[derive(Debug, Clone, PartialEq)]
pub struct MpMapDistribution {
    at_zero: f64,
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq)]
struct Piece {
    low: f64,
    high: f64,
    /// 2 if θ belongs to √x, 1 if it belongs to x.
    power: i32,
    /// Coefficients of `ρ dx/dθ = Σ c_k cos kθ`.
    cosines: Vec<f64>,
    /// Bound of what the last quarter of the series adds to F.
    tail: f64,
}

/// Why there is no distribution function.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum MpMapDistributionError {
    /// A value of the density.
    #[error(transparent)]
    Map(#[from] MpMapError),
    /// Atom and density do not add to 1: an interval of the support is missing, or its edges are wrong.
    #[error(
        "the law has mass {total} on the intervals given, not 1, beyond the error {allowance:.0e}"
    )]
    Mass {
        /// The mass found.
        total: f64,
        /// What it may be off by.
        allowance: f64,
    },
}

impl MpMapDistribution {
    /// The distribution function for ν and `gamma`, given the intervals of the support without the atom at 0. The
    /// number of nodes doubles from 64 to at most 1024, until the last quarter of each cosine series adds less
    /// than `tolerance` to F.
    ///
    /// # Errors
    /// [`MpMapDistributionError`]: no density, or a total mass off by more than `1e-3` and four times the tails.
    ///
    /// ```
    /// use tensor_dyson::measure::{Atoms, MpMapDistribution, support};
    /// let one = Atoms::new(vec![1.0], vec![1.0])?;
    /// let law = MpMapDistribution::new(2.0, &one, &support(2.0, &one)?, 1e-9)?;
    /// assert!((law.at(0.0) - 0.5).abs() < 1e-15 && (law.at(6.0) - 1.0).abs() < 1e-8);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(
        gamma: f64,
        nu: &dyn Response,
        support: &[(f64, f64)],
        tolerance: f64,
    ) -> Result<Self, MpMapDistributionError> {
        let mut pieces = Vec::new();
        for &(low, high) in support {
            let mut nodes = NODES.0;
            let mut piece = Piece::new(gamma, nu, (low, high), nodes)?;
            while piece.tail > tolerance && nodes < NODES.1 {
                nodes *= 2;
                piece = Piece::new(gamma, nu, (low, high), nodes)?;
            }
            pieces.push(piece);
        }
        let at_zero = (1.0 - (1.0 - nu.mass_at_zero()) / gamma).max(0.0);
        let law = MpMapDistribution { at_zero, pieces };
        let total = at_zero + law.pieces.iter().map(Piece::mass).sum::<f64>();
        let allowance = MASS + 4.0 * law.tails();
        if total.is_nan() || (total - 1.0).abs() > allowance {
            return Err(MpMapDistributionError::Mass { total, allowance });
        }
        Ok(law)
    }

    fn tails(&self) -> f64 {
        self.pieces.iter().map(|piece| piece.tail).sum()
    }

    /// An estimate of the error of F: the last quarters of the series, and what the total mass misses.
    pub fn error(&self) -> f64 {
        let total = self.at_zero + self.pieces.iter().map(Piece::mass).sum::<f64>();
        self.tails() + (total - 1.0).abs()
    }

    /// `μ{0} = max(0, 1 − (1 − ν{0})/γ)`.
    pub fn mass_at_zero(&self) -> f64 {
        self.at_zero
    }

    /// `F(x) = μ[0, x]`.
    pub fn at(&self, x: f64) -> f64 {
        let atom = if x >= 0.0 { self.at_zero } else { 0.0 };
        atom + self.pieces.iter().map(|piece| piece.below(x)).sum::<f64>()
    }

    /// `F(x−) = μ[0, x)`.
    pub fn before(&self, x: f64) -> f64 {
        self.at(x) - if x == 0.0 { self.at_zero } else { 0.0 }
    }

    /// The density of the part without the atom.
    pub fn density(&self, x: f64) -> f64 {
        let piece = self.pieces.iter().find(|p| p.low < x && x < p.high);
        piece.map_or(0.0, |piece| piece.density(x))
    }

    /// The intervals of the support without the atom, as given.
    pub fn support(&self) -> Vec<(f64, f64)> {
        self.pieces.iter().map(|p| (p.low, p.high)).collect()
    }
}

impl Piece {
    fn new(
        gamma: f64,
        nu: &dyn Response,
        (low, high): (f64, f64),
        nodes: usize,
    ) -> Result<Self, MpMapError> {
        let angles: Vec<f64> = (0..nodes)
            .map(|j| PI * (j as f64 + 0.5) / nodes as f64)
            .collect();
        let mut piece = Piece {
            low,
            high,
            power: if low > HARD * high { 2 } else { 1 },
            cosines: vec![],
            tail: 0.0,
        };
        let values: Result<Vec<Vec<f64>>, MpMapError> = angles
            .par_chunks(RUN)
            .map(|run| {
                let mut start = None;
                run.iter()
                    .map(|&theta| {
                        let (x, slope) = piece.point(theta);
                        let point = marchenko_pastur_map(gamma, nu, Complex64::from(x), start)?;
                        start = Some(point.m);
                        Ok(point.m.im / PI * slope)
                    })
                    .collect()
            })
            .collect();
        let values = values?.concat();
        piece.cosines = (0..nodes)
            .map(|k| {
                let sum: f64 = angles
                    .iter()
                    .zip(&values)
                    .map(|(theta, value)| value * (k as f64 * theta).cos())
                    .sum();
                sum * if k == 0 { 1.0 } else { 2.0 } / nodes as f64
            })
            .collect();
        let last = piece.cosines.iter().enumerate().skip(3 * nodes / 4);
        piece.tail = last.map(|(k, c)| c.abs() / k as f64).sum();
        Ok(piece)
    }

    /// The ends in the variable that θ belongs to.
    fn ends(&self) -> (f64, f64) {
        let root = |x: f64| if self.power == 2 { x.sqrt() } else { x };
        (root(self.low), root(self.high))
    }

    /// `x(θ)` and `dx/dθ`.
    fn point(&self, theta: f64) -> (f64, f64) {
        let (low, high) = self.ends();
        // From the nearer end, so that an edge at 0 keeps its digits.
        let y = if theta < 0.5 * PI {
            low + (high - low) * (0.5 * theta).sin().powi(2)
        } else {
            high - (high - low) * (0.5 * (PI - theta)).sin().powi(2)
        };
        let slope = 0.5 * (high - low) * theta.sin();
        (
            y.powi(self.power),
            slope * f64::from(self.power) * y.powi(self.power - 1),
        )
    }

    fn mass(&self) -> f64 {
        self.cosines[0] * PI
    }

    fn angle(&self, x: f64) -> f64 {
        let (low, high) = self.ends();
        let y = if self.power == 2 { x.sqrt() } else { x };
        2.0 * (y - low).max(0.0).sqrt().atan2((high - y).max(0.0).sqrt())
    }

    fn below(&self, x: f64) -> f64 {
        if x <= self.low {
            return 0.0;
        }
        if x >= self.high {
            return self.mass();
        }
        let theta = self.angle(x);
        let waves = self.cosines.iter().enumerate().skip(1);
        self.cosines[0] * theta
            + waves
                .map(|(k, c)| c * (k as f64 * theta).sin() / k as f64)
                .sum::<f64>()
    }

    fn density(&self, x: f64) -> f64 {
        let theta = self.angle(x);
        let waves = self.cosines.iter().enumerate();
        let slope: f64 = waves.map(|(k, c)| c * (k as f64 * theta).cos()).sum();
        slope / self.point(theta).1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::{Atoms, MarchenkoPastur, WeightedCovariance, support};

    /// Simpson's rule on MP's own density, in the angle: 400 panels of an analytic periodic function.
    fn marchenko_pastur_below(gamma: f64, x: f64) -> f64 {
        let law = MarchenkoPastur::new(gamma).unwrap();
        let (low, high) = ((1.0 - gamma.sqrt()).powi(2), (1.0 + gamma.sqrt()).powi(2));
        let half = 0.5 * (high - low);
        let end = (1.0 - (x - low) / half).acos();
        let f = |theta: f64| law.density(low + half * (1.0 - theta.cos())) * half * theta.sin();
        let h = end / 800.0;
        let weight = |k: usize| match k {
            0 | 800 => 1.0,
            k if k % 2 == 1 => 4.0,
            _ => 2.0,
        };
        (0..=800).map(|k| weight(k) * f(h * k as f64)).sum::<f64>() * h / 3.0
    }

    #[test]
    fn a_point_mass_gives_marchenko_pastur_on_both_sides_of_the_threshold() {
        let one = Atoms::new(vec![1.0], vec![1.0]).unwrap();
        for gamma in [0.3, 4.0] {
            let edges = support(gamma, &one).unwrap();
            let law = MpMapDistribution::new(gamma, &one, &edges, 1e-10).unwrap();
            assert!(law.error() < 1e-9);
            for share in [0.01, 0.3, 0.7, 0.99] {
                let x = edges[0].0 + share * (edges[0].1 - edges[0].0);
                let exact = (1.0 - 1.0 / gamma).max(0.0) + marchenko_pastur_below(gamma, x);
                assert!((law.at(x) - exact).abs() < 1e-9, "{gamma} {x}");
                let density = MarchenkoPastur::new(gamma).unwrap().density(x);
                assert!((law.density(x) / density - 1.0).abs() < 1e-7);
            }
            assert!(law.before(0.0) == 0.0 && law.at(-1.0) == 0.0);
        }
    }

    #[test]
    fn a_missing_interval_is_an_error_and_two_are_added() {
        let two = Atoms::new(vec![1.0, 30.0], vec![0.9, 0.1]).unwrap();
        let edges = support(2.0, &two).unwrap();
        assert_eq!(edges.len(), 2);
        let law = MpMapDistribution::new(2.0, &two, &edges, 1e-9).unwrap();
        // Exact separation: 0.1·1/γ of the mass lies above the gap.
        let gap = 0.5 * (edges[0].1 + edges[1].0);
        assert!((law.at(gap) - 0.95).abs() < 1e-8, "{}", law.at(gap));
        let half = MpMapDistribution::new(2.0, &two, &edges[..1], 1e-9);
        assert!(matches!(half, Err(MpMapDistributionError::Mass { .. })));
    }

    #[test]
    fn the_talks_laws_have_mass_one() {
        for (gamma_2, alpha, beta, mean) in [
            (0.625, 1.0, 1.0, 0.0),
            (1.0, 1.0, 1.0, 0.0),
            (1.5, 0.4, 0.7, 0.5),
            (1.5, 0.0, 0.75, 0.6),
        ] {
            let one = Atoms::new(vec![1.0], vec![1.0]).unwrap();
            let q = WeightedCovariance::new(gamma_2, alpha, beta, mean, one).unwrap();
            for gamma in [0.5, 2.0] {
                let edges = q.mp_map_support(gamma).unwrap();
                let law = MpMapDistribution::new(gamma, &q, &edges, 1e-6).unwrap();
                // At the interpolation threshold of γ₂ = 1 the density has no simple root at 0.
                let allowance = if gamma == 0.5 * gamma_2 { 1e-3 } else { 1e-5 };
                let error = law.error();
                assert!(error < allowance, "{gamma} {gamma_2}: {error}");
            }
        }
    }
}
