//! The density of states by stochastic Lanczos quadrature, with an error for each of its two causes.

use super::extremes::{Extremes, Progress, SpectrumError};
use super::gauss_rule::{Deepest, GaussRule};
use super::krylov::Krylov;
use super::lanczos::{Lanczos, advance, improve};
use super::operator::SymmetricOperator;
use crate::model::Streams;
use crate::numbers::most;
use ndarray::Array1;
use num_complex::Complex64;
use rand::RngExt;

/// The quadratures of all probes.
#[derive(Debug, Clone, PartialEq)]
pub struct Quadrature {
    /// One a probe, at full depth; the first is deeper where the ends were searched for.
    pub rules: Vec<GaussRule>,
    /// One a probe, at two thirds of the depth: what the last third changed.
    shallow: Vec<GaussRule>,
    /// Number of rows of A.
    pub dimension: usize,
    /// Products of A with one vector that were taken.
    pub products: usize,
}

/// What is wanted of [`quadrature`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Depth {
    /// Random probes, multiplied together in one block.
    pub probes: usize,
    /// Lanczos steps, the nodes of each rule.
    pub steps: usize,
}

/// The errors of a distribution function that comes from a quadrature.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct QuadratureError {
    /// The supremum of the error from the random probes, exceeded with probability 1 %: the variance at one point
    /// is at most `2F(1−F)/(Nk)` for k probes of random signs, that of a Brownian bridge times `2/(Nk)`.
    pub probes: f64,
    /// The largest change that the last third of the steps made: an estimate.
    pub depth: f64,
    /// Half the largest distance between the bounds of Chebyshev, Markov and Stieltjes: the error from the finite depth
    /// is at most this in the middle, whatever the spectrum.
    pub enclosure: f64,
}

/// The 99 % point of the supremum of the Brownian bridge (Kolmogorov's distribution).
const KOLMOGOROV_99: f64 = 1.628;

/// Stochastic Lanczos quadrature of A (N×N). For a random unit vector v the spectral measure `Σ_k ⟨v, u_k⟩² δ(λ_k)` has
/// the eigenvalue distribution as its mean, and m Lanczos steps give its m-point Gauss quadrature (Golub and Welsch
/// 1969; Ubaru, Chen and Saad 2017): one for each probe.
///
/// From the same products come the ends of the spectrum if `ends` is given: the search goes on in the space of the first
/// probe, with room for the larger of `ends.basis` and `depth.steps`, and the rule of that probe has a node for each
/// product that was taken before the first restart.
///
/// A probe whose Krylov space is exhausted has its measure exactly, and takes no further step. If the caller stops the
/// run, the rules are those of the steps done.
///
/// # Errors
/// [`SpectrumError`]; [`SpectrumError::Stopped`] if fewer than 3 steps were done.
pub fn quadrature(
    operator: &dyn SymmetricOperator,
    depth: Depth,
    ends: Option<&Lanczos>,
    streams: Streams,
    progress: Progress<'_>,
) -> Result<(Quadrature, Option<Extremes>), SpectrumError> {
    let dimension = operator.dimension();
    let wanted = depth.steps.min(dimension);
    if wanted == 0 || depth.probes == 0 {
        return Err(SpectrumError::Count { wanted, dimension });
    }
    let mut spaces: Vec<Krylov> = (0..depth.probes)
        .map(|probe| {
            let mut rng = streams.stream(probe as u64);
            let sign = |up| if up { 1.0 } else { -1.0 };
            let start = Array1::from_shape_simple_fn(dimension, || sign(rng.random::<bool>()));
            let room = ends.map_or(0, |ends| ends.room() * usize::from(probe == 0));
            Krylov::new(start, wanted.max(room), operator.unit(), rng)
        })
        .collect();
    let mut products = 0;
    loop {
        let mut open: Vec<&mut Krylov> = spaces
            .iter_mut()
            .filter(|space| space.size() < wanted && !space.is_exhausted())
            .collect();
        if open.is_empty() || progress(products).is_break() {
            break;
        }
        products += open.len();
        advance(operator, &mut open, products)?;
    }
    let too_early = |space: &Krylov| !space.is_exhausted() && space.size() < 3.min(dimension);
    if spaces.iter().any(too_early) {
        return Err(SpectrumError::Stopped { products });
    }
    // The first space goes on, and the memory of the others is free by then.
    let mut spaces = spaces.into_iter();
    let first = spaces.next();
    let whole = |space: Krylov| Deepest::of(&space, &space.ritz()?);
    let others = spaces.map(whole).collect::<Result<Vec<_>, _>>()?;
    let (first, ends) = match (first, ends) {
        (Some(space), Some(options)) => {
            let (ends, rules) = improve(operator, space, options, products, progress)?;
            (Some(rules), Some(ends))
        }
        (space, _) => (space.map(whole).transpose()?, None),
    };
    let all = first.into_iter().chain(others);
    let (rules, shallow) = all.map(|rules| (rules.full, rules.shallow)).unzip();
    let result = Quadrature {
        rules,
        shallow,
        dimension,
        products,
    };
    Ok((result, ends))
}

fn mean(rules: &[GaussRule], f: impl Fn(&GaussRule) -> f64) -> f64 {
    rules.iter().map(f).sum::<f64>() / rules.len() as f64
}

impl Quadrature {
    /// The estimated distribution function at x, in `[0, 1]`: the mean over the probes of the lines that join, at the nodes,
    /// the middles between the bounds of Chebyshev, Markov and Stieltjes.
    pub fn distribution(&self, x: f64) -> f64 {
        mean(&self.rules, |rule| rule.distribution(x))
    }

    /// Its limit from the left: the estimate jumps at 0, and at the nodes of an exhausted space.
    pub(super) fn before(&self, x: f64) -> f64 {
        mean(&self.rules, |rule| rule.before(x))
    }

    /// All nodes, ascending.
    pub fn nodes(&self) -> Vec<f64> {
        let mut nodes: Vec<f64> = self.rules.iter().flat_map(|r| r.nodes.clone()).collect();
        nodes.sort_by(f64::total_cmp);
        nodes
    }

    /// `(1/N) Tr (A − z)⁻¹` and the standard error between the probes (NaN for one probe).
    pub fn stieltjes(&self, z: Complex64) -> (Complex64, f64) {
        let each: Vec<Complex64> = self
            .rules
            .iter()
            .map(|r| {
                r.nodes
                    .iter()
                    .zip(&r.weights)
                    .map(|(&x, w)| w / (x - z))
                    .sum()
            })
            .collect();
        let count = each.len() as f64;
        let mean = each.iter().sum::<Complex64>() / count;
        let spread: f64 = each.iter().map(|s| (s - mean).norm_sqr()).sum();
        (mean, (spread / (count - 1.0) / count).sqrt())
    }

    /// The share of the eigenvalues that are 0, for A ⪰ 0: as it is estimated, the nodes that are 0 to rounding; and
    /// what it is at most, by the inequality of Chebyshev, Markov and Stieltjes and the random probes' error.
    pub fn mass_at_zero(&self) -> (f64, f64) {
        let highest = mean(&self.rules, |rule| rule.mass_at_zero().1) + self.probes();
        (
            mean(&self.rules, |rule| rule.mass_at_zero().0),
            highest.min(1.0),
        )
    }

    /// The error from the random probes.
    fn probes(&self) -> f64 {
        let count = (self.dimension * self.rules.len()) as f64;
        KOLMOGOROV_99 * (2.0 / count).sqrt()
    }

    /// The errors of [`Quadrature::distribution`].
    pub fn error(&self) -> QuadratureError {
        let nodes = self.nodes();
        let middles = nodes.windows(2).map(|pair| 0.5 * (pair[0] + pair[1]));
        let points: Vec<f64> = nodes.iter().copied().chain(middles).collect();
        let largest = |f: &dyn Fn(f64) -> f64| most(points.iter().map(|&x| f(x)));
        QuadratureError {
            probes: self.probes(),
            depth: largest(&|x| {
                (self.distribution(x) - mean(&self.shallow, |rule| rule.distribution(x))).abs()
            }),
            enclosure: largest(&|x| {
                mean(&self.rules, |rule| {
                    let (low, high) = rule.bounds(x);
                    0.5 * (high - low)
                })
            }),
        }
    }
}
