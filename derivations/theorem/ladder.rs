//! A ladder of sampled NTKs against candidate laws of 𝒬.

use crate::common::{points, rms};
use rayon::prelude::*;
use tensor_dyson::dyson::scalar;
use tensor_dyson::ledger::{CheckError, Context, Ladder};
use tensor_dyson::measure::Response;
use tensor_dyson::model::{Activation, EntryLaw, NtkSample, Sizes, WeightLaw};
use tensor_dyson::spectrum::empirical_stieltjes;

/// What is sampled.
pub(crate) struct Setup {
    /// `φ = σ′`.
    pub activation: Activation,
    /// The law of a.
    pub weights: WeightLaw,
    /// The law of the entries of X.
    pub entries: EntryLaw,
}

/// Samples at size d: more where they are cheap and their logarithms scatter most.
pub(crate) fn replicates(d: usize) -> u64 {
    (240 / d as u64).max(4)
}

/// γ₁ of the ladder.
const GAMMA_1: f64 = 0.5;
/// γ₂ of the ladder, and a second one with d > p.
const GAMMA_2: [f64; 2] = [1.5, 0.75];

/// For each of `N` candidate laws of 𝒬 (given γ₂) the ladder of `|s_emp − s|`, the root mean square over
/// the points of comparison, over sizes d with `p = γ₂d`, `n = γ₁dp`, for p > d and p < d.
pub(crate) fn fit<const N: usize>(
    ctx: &Context,
    setup: &Setup,
    laws: impl Fn(f64) -> Result<[Box<dyn Response>; N], CheckError>,
) -> Result<[Ladder; N], CheckError> {
    let mut ladders: [Ladder; N] = std::array::from_fn(|_| Ladder::default());
    for gamma_2 in GAMMA_2 {
        let laws = laws(gamma_2)?;
        let mut predicted = vec![];
        for law in &laws {
            let values: Result<Vec<_>, _> = points()
                .into_iter()
                .map(|z| Ok((z, scalar::solve(GAMMA_1, law.as_ref(), z)?.m)))
                .collect::<Result<_, CheckError>>();
            predicted.push(values?);
        }
        for d in ctx.choose([8, 16, 32], [8, 18, 40], [16, 40, 88]) {
            let sizes = Sizes::quadratic(d, GAMMA_1, gamma_2)?;
            let spectra: Vec<_> = (0..replicates(d))
                .into_par_iter()
                .map(|seed: u64| {
                    let index = 100_000 * d as u64 + (100.0 * gamma_2) as u64 * 40 + seed;
                    let mut rng = ctx.streams().stream(index);
                    NtkSample::draw(sizes, setup.entries, &setup.weights, &mut rng)
                        .ntk_eigenvalues(&setup.activation)
                })
                .collect();
            for spectrum in spectra {
                let spectrum = spectrum?;
                for (ladder, values) in ladders.iter_mut().zip(&predicted) {
                    let errors = values
                        .iter()
                        .map(|&(z, s)| empirical_stieltjes(&spectrum, z) - s);
                    ladder.push(d as f64, rms(errors));
                }
            }
        }
    }
    Ok(ladders)
}
