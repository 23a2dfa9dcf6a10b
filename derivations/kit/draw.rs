//! One sampled NTK beside the exact law of its features.

use ndarray::{Array2, Axis};
use rand::Rng;
use rayon::prelude::*;
use tensor_dyson::covariance::ExactCovariance;
use tensor_dyson::ledger::{CheckError, Ladder};
use tensor_dyson::measure::{Atoms, Cluster, clusters};
use tensor_dyson::model::{Activation, EntryLaw, NtkSample, Sizes, WeightLaw};

/// Where the rows of X lie. The norms of Gaussian rows fluctuate by d^{−1/2}, which moves the edges.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Rows {
    /// `x ~ N(0, 1)`.
    Gaussian,
    /// Uniform on the sphere `|x|² = d`.
    Sphere,
}

/// `count` rows of length d.
pub(crate) fn rows(kind: Rows, count: usize, d: usize, rng: &mut impl Rng) -> Array2<f64> {
    let mut x = EntryLaw::Gaussian.matrix(count, d, rng);
    if kind == Rows::Sphere {
        for mut row in x.axis_iter_mut(Axis(0)) {
            let norm = row.iter().map(|x| x * x).sum::<f64>().sqrt();
            row *= (d as f64).sqrt() / norm;
        }
    }
    x
}

/// W and a with X on the sphere or Gaussian.
pub(crate) fn sample(
    sizes: Sizes,
    kind: Rows,
    weights: &WeightLaw,
    rng: &mut impl Rng,
) -> NtkSample {
    let w = EntryLaw::Gaussian.matrix(sizes.d, sizes.p, rng);
    let a = weights.sample(sizes.p, rng);
    let x = rows(kind, sizes.n, sizes.d, rng);
    NtkSample { x, w, a }
}

/// The NTK's eigenvalues and the eigenvalues q of `E ω⊗ω`, both ascending.
pub(crate) struct Draw {
    pub sizes: Sizes,
    pub sample: NtkSample,
    pub eigenvalues: Vec<f64>,
    pub exact: ExactCovariance,
    pub q: Vec<f64>,
}

impl Draw {
    pub(crate) fn new(
        sizes: Sizes,
        kind: Rows,
        activation: &Activation,
        weights: &WeightLaw,
        rng: &mut impl Rng,
    ) -> Result<Self, CheckError> {
        let sample = sample(sizes, kind, weights, rng);
        let exact = ExactCovariance::new(sample.w.view(), sample.a.view(), activation)?;
        Ok(Draw {
            sizes,
            eigenvalues: sample.ntk_eigenvalues(activation)?,
            q: exact.second_moment().eigenvalues()?,
            exact,
            sample,
        })
    }

    /// The predicted intervals: the bulk, and those above it.
    pub(crate) fn intervals(&self) -> Result<Intervals, CheckError> {
        Intervals::of(self.sizes.gamma_1(), &Atoms::empirical(self.q.clone())?)
    }

    /// The place of the largest q, if it lies alone.
    pub(crate) fn position(&self) -> f64 {
        position(self.sizes.gamma_1(), &self.q)
    }

    /// How many sampled eigenvalues lie above a point.
    pub(crate) fn above(&self, point: f64) -> usize {
        self.eigenvalues.iter().filter(|&&x| x > point).count()
    }
}

/// `γ₁q + (1/pd) Σ_l q q_l/(q − q_l)` for the largest q.
pub(crate) fn position(gamma: f64, q: &[f64]) -> f64 {
    let (rest, top) = q.split_at(q.len() - 1);
    let sum: f64 = rest.iter().map(|l| top[0] * l / (top[0] - l)).sum();
    gamma * top[0] + sum / q.len() as f64
}

/// The exact covariance for a draw of W and signs a.
pub(crate) fn weights(
    sizes: Sizes,
    activation: &Activation,
    rng: &mut impl Rng,
) -> Result<ExactCovariance, CheckError> {
    let w = EntryLaw::Gaussian.matrix(sizes.d, sizes.p, rng);
    let a = WeightLaw::PlusMinusOne.sample(sizes.p, rng);
    Ok(ExactCovariance::new(w.view(), a.view(), activation)?)
}

/// The support of the predicted law: its heaviest interval, and what lies above that.
pub(crate) struct Intervals {
    pub bulk: Cluster,
    pub above: Vec<Cluster>,
}

impl Intervals {
    pub(crate) fn of(gamma: f64, law: &Atoms) -> Result<Self, CheckError> {
        let all = clusters(gamma, law)?;
        let mut main = 0;
        for (k, cluster) in all.iter().enumerate() {
            if cluster.mass > all[main].mass {
                main = k;
            }
        }
        Ok(Intervals {
            bulk: all[main],
            above: all[main + 1..].to_vec(),
        })
    }

    /// The number of eigenvalues above the bulk of a sample with dp features.
    pub(crate) fn count(&self, features: usize) -> usize {
        let mass: f64 = self.above.iter().map(|c| c.mass).sum();
        (mass * features as f64).round() as usize
    }

    /// The middle of the gap above the bulk, in ratio.
    pub(crate) fn cut(&self) -> f64 {
        let above = self.above.first().map_or(f64::INFINITY, |c| c.low);
        (self.bulk.high * above).sqrt()
    }
}

/// Samples of a size d for a ladder up to `top` with `count` samples there: a size k times smaller has k² times as many, at
/// less cost, in sixes.
pub(crate) fn replicates(count: u64, d: usize, top: usize) -> u64 {
    6 * (count * (top * top) as u64 / (d * d) as u64).div_ceil(6)
}

/// A ladder for each of N errors of a sample, which is drawn by its size d and its number: `6·(times·top/d)` samples at each of
/// the sizes, in sixes.
pub(crate) fn ladders<const N: usize>(
    sizes: [usize; 3],
    times: usize,
    errors: impl Fn(usize, u64) -> Result<[f64; N], CheckError> + Sync,
) -> Result<[Ladder; N], CheckError> {
    let mut out = std::array::from_fn(|_| Ladder::default());
    for d in sizes {
        let count = 6 * (times * sizes[2] / d) as u64;
        let rows: Vec<[f64; N]> = (0..count)
            .into_par_iter()
            .map(|seed| errors(d, seed))
            .collect::<Result<_, CheckError>>()?;
        for (k, ladder) in out.iter_mut().enumerate() {
            push_sixes(ladder, d, rows.iter().map(|row| row[k]));
        }
    }
    Ok(out)
}

/// Adds to the ladder the root mean square of each six errors: one error's logarithm scatters too much.
pub(crate) fn push_sixes(ladder: &mut Ladder, d: usize, errors: impl Iterator<Item = f64>) {
    let errors: Vec<f64> = errors.collect();
    for six in errors.chunks(6) {
        let mean = six.iter().map(|x| x * x).sum::<f64>() / six.len() as f64;
        ladder.push(d as f64, mean.sqrt());
    }
}
