//! p ≫ d: for p = d², n = γ₁pd, the d(d+1)/2 directions of the linear part leave the bulk, which tends to
//! `(Var φ − α²) MP^{γ₁}`; they lie near 2α²n/d².
//!
//! Slide 'Conclusion' (other scalings, d/p^ℓ → γ₂ with ℓ = ½). Reach: φ = sin (c₀ = 0), rows on the sphere: the
//! number above the gap in every sample of the largest d, a rate in d for the Stieltjes transform of the NTK and for the mean
//! of the d(d+1)/2. Controls: d² for d(d+1)/2, α²n/d² for the place, and
//! `Var φ · MP^{γ₁}` for the bulk.

use super::draw::{Rows, disagreeing, sample};
use crate::common::{points, rms};
use rayon::prelude::*;
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Ladder, Printed};
use tensor_dyson::measure::MarchenkoPastur;
use tensor_dyson::model::{Activation, Sizes, WeightLaw};
use tensor_dyson::spectrum::empirical_stieltjes;

pub(crate) const CLAIM: Claim = Claim {
    id: "scaling-wide-layer",
    section: 11,
    slide: "Conclusion",
    statement: "p = d², n = γ₁pd: the NTK's law → (Var φ − α²) MP^{γ₁}; d(d+1)/2 eigenvalues near 2α²n/d² leave it.",
    uses: &["q-limit", "mean-part"],
    assumes: &[],
    check,
};

const GAMMA_1: f64 = 0.5;

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let phi = Activation::Sin;
    let data = phi.hermite_data();
    let (alpha_squared, shift) = (data.alpha().powi(2), data.shift());
    let law = MarchenkoPastur::new(GAMMA_1)?;
    let bulk_edge = shift * law.edges().1;
    let (mut right, mut whole, mut place, mut halved) = (
        Ladder::default(),
        Ladder::default(),
        Ladder::default(),
        Ladder::default(),
    );
    let (mut counts, mut means) = (vec![], vec![]);
    for d in ctx.choose([4, 6, 9], [4, 7, 10], [6, 10, 14]) {
        let sizes = Sizes {
            n: d * d * d / 2,
            d,
            p: d * d,
        };
        let separated = d * (d + 1) / 2;
        let lead = 2.0 * alpha_squared * sizes.n as f64 / (d * d) as f64;
        let spectra: Vec<_> = (0..12)
            .into_par_iter()
            .map(|seed: u64| {
                let mut rng = ctx.streams().stream(1000 * d as u64 + seed);
                let unit = WeightLaw::PlusMinusOne;
                sample(sizes, Rows::Sphere, &unit, &mut rng).ntk_eigenvalues(&phi)
            })
            .collect::<Result<_, _>>()?;
        for spectrum in &spectra {
            let distance = |scale: f64| {
                rms(points().into_iter().map(|z| {
                    empirical_stieltjes(spectrum, z * shift) * shift
                        - law.stieltjes(z * shift / scale) * shift / scale
                }))
            };
            right.push(d as f64, distance(shift));
            whole.push(d as f64, distance(shift + alpha_squared));
            let top = &spectrum[sizes.n - separated..];
            let mean = top.iter().sum::<f64>() / separated as f64;
            place.push(d as f64, (mean / lead - 1.0).abs());
            halved.push(d as f64, (2.0 * mean / lead - 1.0).abs());
            means.push(mean);
            // In ratio the middle of the gap between the bulk's edge and the separated ones.
            let cut = (bulk_edge * lead).sqrt();
            counts.push((spectrum.iter().filter(|&&x| x > cut).count(), separated, d));
        }
    }
    let top: Vec<_> = counts[24..].to_vec();
    let differ = |f: &dyn Fn(usize, usize) -> usize| {
        top.iter()
            .filter(|&&(seen, separated, d)| seen != f(separated, d))
            .count()
    };
    let evidence = vec![
        right.measure("|s_emp − s| against d", -0.15)?,
        place.measure("|mean/(2α²n/d²) − 1| against d", -0.15)?,
        disagreeing(
            "d(d+1)/2 above the gap",
            top.len(),
            differ(&|separated, _| separated),
        ),
    ];
    Ok(Finding {
        printed: Printed::as_claimed("other scalings d/p^ℓ → γ₂, ℓ = ½", &evidence),
        evidence,
        controls: vec![
            whole.measure("Var φ · MP^{γ₁}", -0.15)?,
            halved.measure("α²n/d²", -0.15)?,
            disagreeing("d² above the gap", top.len(), differ(&|_, d| d * d)),
        ],
        intermediates: vec![("means of the separated", means[24..].to_vec())],
        ..Finding::default()
    })
}
