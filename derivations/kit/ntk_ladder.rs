//! A ladder of sampled NTKs against candidate laws of 𝒬.

use super::matrix_free;
use crate::kit::common::{points, rms};
use num_complex::Complex64;
use rayon::prelude::*;
use tensor_dyson::dyson::scalar;
use tensor_dyson::ledger::{CheckError, Context, Distances, Ladder, Size, kolmogorov_distance};
use tensor_dyson::measure::{Law, Response, WeightedCovariance};
use tensor_dyson::model::{Activation, EntryLaw, NtkSample, Sizes, WeightLaw};
use tensor_dyson::spectrum::empirical_stieltjes;

/// γ₁ of the matrix-free ladder, whose cost is of order γ₁(dp)².
const MATRIX_FREE_GAMMA_1: f64 = 0.25;
/// Its sizes, more than a decade, and the draws at each: as many as two minutes on two cores for all claims allow.
const MATRIX_FREE: [(usize, u64); 5] = [(32, 24), (64, 12), (128, 6), (256, 2), (400, 1)];

/// To what error a law's distribution function is computed: a thousandth of the least distance, 1/(2n), that the
/// eigenvalues of a dense spectrum can have from a continuous law.
const LAW_ERROR: f64 = 4e-7;

/// What is sampled.
pub(crate) struct Setup {
    /// `φ = σ′`.
    pub activation: Activation,
    /// The law of a.
    pub weights: WeightLaw,
    /// The law of the entries of X.
    pub entries: EntryLaw,
}

/// The sizes d of a ladder whose spectra are dense, of the small run.
pub(crate) const SMALL: [usize; 3] = [8, 14, 24];
/// Of the standard run.
pub(crate) const STANDARD: [usize; 3] = [8, 14, 28];
/// Of the large run.
const FULL: [usize; 3] = [10, 20, 40];

/// Samples at size d: more where they are cheap (a spectrum takes `d⁶`) and their logarithms scatter most.
pub(crate) fn replicates(d: usize) -> u64 {
    match d {
        0..10 => 60,
        10..20 => 20,
        20..28 => 10,
        28..40 => 6,
        _ => 4,
    }
}

/// As [`replicates`], where the draw of a scatters the exponent by as much as half the predicted −½.
fn scattered(d: usize) -> u64 {
    match d {
        0..10 => 320,
        10..20 => 64,
        _ => 16,
    }
}

/// The exponent that a rate in d is held to, halfway from the predicted one to 0: −1 for σ′ = x; with a part φ⊥,
/// whose draws differ by `d^{−1/2}` at worst, −½.
pub(crate) fn held_to(activation: &Activation) -> f64 {
    if activation.hermite_data().shift() == 0.0 {
        -0.5
    } else {
        -0.25
    }
}

/// γ₁ of the ladder.
const GAMMA_1: f64 = 0.5;
/// γ₂ of the ladder, and a second one with d > p.
const GAMMA_2: [f64; 2] = [1.5, 0.75];

/// A law of 𝒬 that may be the limit.
pub(crate) struct Candidate {
    response: Box<dyn Response>,
    /// The NTK's law where it has a distribution function.
    law: Option<Law>,
}

impl Candidate {
    /// A law known through its response alone.
    pub(crate) fn response(q: impl Response + 'static) -> Self {
        Candidate {
            response: Box::new(q),
            law: None,
        }
    }

    /// A limit law of the covariance, with the NTK's distribution function.
    pub(crate) fn limit(q: WeightedCovariance) -> Result<Self, CheckError> {
        Ok(Candidate {
            law: Some(Law::from(q.clone()).mp_map(GAMMA_1)?),
            response: Box::new(q),
        })
    }
}

/// Eigenvalues that are 0 but for the rounding of the decomposition, `nελ_max`, are put there: the law has an atom
/// at 0, and a distribution function a jump.
fn with_exact_zeros(mut ascending: Vec<f64>) -> Vec<f64> {
    let largest = ascending.last().copied().unwrap_or(0.0);
    let rounding = ascending.len() as f64 * f64::EPSILON * largest;
    for value in &mut ascending {
        if value.abs() <= rounding {
            *value = 0.0;
        }
    }
    ascending
}

/// `s` of every candidate at the points of comparison.
fn predicted(
    gamma_1: f64,
    candidates: &[Candidate],
) -> Result<Vec<Vec<(Complex64, Complex64)>>, CheckError> {
    let transform = |candidate: &Candidate| {
        points()
            .into_iter()
            .map(|z| Ok((z, scalar::solve(gamma_1, candidate.response.as_ref(), z)?.m)))
            .collect()
    };
    candidates.iter().map(transform).collect()
}

/// For each of `N` candidate laws of 𝒬 (given γ₂) the ladders of `|s_emp − s|`, the root mean square over
/// the points of comparison, and of the Kolmogorov distance, over sizes d with `p = γ₂d`, `n = γ₁dp`, for p > d
/// and p < d. The large run takes the former from products with kernels that are never formed, up to d = 400.
pub(crate) fn fit<const N: usize>(
    ctx: &Context,
    setup: &Setup,
    candidates: impl Fn(f64) -> Result<[Candidate; N], CheckError>,
) -> Result<[Distances; N], CheckError> {
    let mut ladders: [Distances; N] = std::array::from_fn(|_| Distances::default());
    for gamma_2 in GAMMA_2 {
        let candidates = candidates(gamma_2)?;
        if ctx.size == Size::Large {
            let predicted = predicted(MATRIX_FREE_GAMMA_1, &candidates)?;
            let ladders = ladders.iter_mut().map(|ladder| &mut ladder.stieltjes);
            far(ctx, setup, gamma_2, ladders.zip(&predicted).collect())?;
        }
        let mut laws = vec![];
        for candidate in &candidates {
            let law = candidate.law.as_ref();
            let distribution = law.map(|law| law.distribution_within(LAW_ERROR));
            laws.push(distribution.transpose()?);
        }
        let predicted = predicted(GAMMA_1, &candidates)?;
        for d in ctx.choose(SMALL, STANDARD, FULL) {
            let sizes = Sizes::quadratic(d, GAMMA_1, gamma_2)?;
            let samples = match setup.weights {
                WeightLaw::PlusMinusOne => replicates(d),
                _ => scattered(d),
            };
            let spectra: Vec<_> = (0..samples)
                .into_par_iter()
                .map(|seed: u64| {
                    let index = 100_000 * d as u64 + (100.0 * gamma_2) as u64 * 40 + seed;
                    let mut rng = ctx.streams().stream(index);
                    NtkSample::draw(sizes, setup.entries, &setup.weights, &mut rng)
                        .ntk_eigenvalues(&setup.activation)
                })
                .collect();
            for spectrum in spectra {
                let spectrum = with_exact_zeros(spectrum?);
                for ((ladder, values), distribution) in
                    ladders.iter_mut().zip(&predicted).zip(&laws)
                {
                    if ctx.size != Size::Large {
                        let errors = values
                            .iter()
                            .map(|&(z, s)| empirical_stieltjes(&spectrum, z) - s);
                        ladder.stieltjes.push(d as f64, rms(errors));
                    }
                    if let Some(distribution) = distribution {
                        let distance = kolmogorov_distance(&spectrum, distribution);
                        ladder.kolmogorov.push(d as f64, distance);
                    }
                }
            }
        }
    }
    Ok(ladders)
}

/// The errors of the candidates' transforms over the sizes of the matrix-free ladder.
fn far(
    ctx: &Context,
    setup: &Setup,
    gamma_2: f64,
    mut ladders: Vec<(&mut Ladder, &Vec<(Complex64, Complex64)>)>,
) -> Result<(), CheckError> {
    for (d, draws) in MATRIX_FREE {
        let sizes = Sizes::quadratic(d, MATRIX_FREE_GAMMA_1, gamma_2)?;
        // One after the other: the products are parallel, and a sample takes 240 MB at the largest size.
        for draw in 0..draws {
            let index = 1_000_000_000 + 100_000 * d as u64 + (100.0 * gamma_2) as u64 * 40 + draw;
            let sampled = matrix_free::transform(ctx, setup, sizes, index, &points())?;
            for (ladder, values) in &mut ladders {
                let errors = sampled
                    .iter()
                    .zip(*values)
                    .map(|(s, predicted)| s - predicted.1);
                ladder.push(d as f64, rms(errors));
            }
        }
    }
    Ok(())
}
