//! p ≫ d: for p = d², n = γ₁pd, the d(d+1)/2 directions of the linear part leave the bulk, which tends to
//! `(Var φ − α²) MP^{γ₁}`; they lie near 2α²n/d².
//!
//! Slide 'Conclusion' (other scalings, d/p^ℓ → γ₂ with ℓ = ½). Reach: rows on the sphere; a rate in d for the Stieltjes
//! transform of the NTK with σ′ = the step (whose mean takes d more out); for σ′ = sin (c₀ = 0) a rate in d for the mean of
//! the d(d+1)/2, and the number above the gap in the samples of the largest d. Controls: d² for d(d+1)/2, α²n/d² for the
//! place, and `Var φ · MP^{γ₁}` for the bulk.

use crate::kit::common::{ASTRAY, disagreeing, halfway, points, quarter, rms};
use crate::kit::draw::{Rows, push_sixes, replicates, sample};
use rayon::prelude::*;
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Ladder, Printed};
use tensor_dyson::measure::MarchenkoPastur;
use tensor_dyson::model::{Activation, Sizes, WeightLaw};
use tensor_dyson::spectrum::empirical_stieltjes;

pub(crate) const CLAIM: Claim = Claim {
    id: "scaling-wide-layer",
    section: 11,
    slide: "Conclusion",
    settles: &["other scalings d/p^ℓ → γ₂"],
    statement: r"$p = d^2$, $n = \gamma_1 pd$: the NTK's law $\to (\mathrm{Var}\,\varphi - \alpha^2)\,\mathrm{MP}^{\gamma_1}$; $d(d+1)/2$ eigenvalues near $2\alpha^2 n/d^2$ leave it.",
    uses: &["q-limit", "mean-part"],
    check,
    ..Claim::BLANK
};

const GAMMA_1: f64 = 0.5;

/// The sampled spectra at one d.
fn spectra(
    ctx: &Context,
    phi: &Activation,
    d: usize,
    count: u64,
) -> Result<Vec<Vec<f64>>, CheckError> {
    let (n, p) = (d * d * d / 2, d * d);
    (0..count)
        .into_par_iter()
        .map(|seed: u64| {
            let stream = 1_000_000 * u64::from(*phi == Activation::Sin) + 10_000 * d as u64 + seed;
            let mut rng = ctx.streams().stream(stream);
            let drawn = sample(
                Sizes { n, d, p },
                Rows::Sphere,
                &WeightLaw::PlusMinusOne,
                &mut rng,
            );
            Ok(drawn.ntk_eigenvalues(phi)?)
        })
        .collect()
}

/// The bulk for φ = the step, whose Hermite data do not depend on `|w_b|²/d`: for another φ its fluctuation by √(2/d) spreads
/// the shift c, widely so at these d where c′ exceeds c.
fn bulk(ctx: &Context) -> Result<[Ladder; 2], CheckError> {
    let phi = Activation::Step;
    let data = phi.hermite_data();
    let (alpha_squared, shift) = (data.alpha().powi(2), data.shift());
    let law = MarchenkoPastur::new(GAMMA_1)?;
    let mut ladders: [Ladder; 2] = Default::default();
    let tops = ctx.choose([5, 7, 10], [5, 8, 11], [6, 10, 15]);
    for d in tops {
        for spectrum in spectra(ctx, &phi, d, replicates(8, d, tops[2]))? {
            let distance = |scale: f64| {
                rms(points().into_iter().map(|z| {
                    empirical_stieltjes(&spectrum, z * shift) * shift
                        - law.stieltjes(z * shift / scale) * shift / scale
                }))
            };
            ladders[0].push(d as f64, distance(shift));
            ladders[1].push(d as f64, distance(shift + alpha_squared));
        }
    }
    Ok(ladders)
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let [right, whole] = bulk(ctx)?;
    let phi = Activation::Sin;
    let data = phi.hermite_data();
    let (alpha_squared, shift) = (data.alpha().powi(2), data.shift());
    let bulk_edge = shift * MarchenkoPastur::new(GAMMA_1)?.edges().1;
    let (mut place, mut halved) = (Ladder::default(), Ladder::default());
    let (mut counts, mut means) = (vec![], vec![]);
    let tops = ctx.choose([4, 6, 9], [4, 7, 10], [6, 10, 15]);
    for d in tops {
        let separated = d * (d + 1) / 2;
        let lead = alpha_squared * d as f64 * 2.0 * GAMMA_1;
        let spectra = spectra(ctx, &phi, d, replicates(12, d, tops[2]))?;
        let top = |s: &[f64]| s[s.len() - separated..].iter().sum::<f64>() / separated as f64;
        let seen: Vec<f64> = spectra.iter().map(|spectrum| top(spectrum)).collect();
        push_sixes(&mut place, d, seen.iter().map(|mean| mean / lead - 1.0));
        push_sixes(
            &mut halved,
            d,
            seen.iter().map(|mean| 2.0 * mean / lead - 1.0),
        );
        if d == tops[2] {
            // In ratio the middle of the gap between the bulk's edge and the separated ones.
            let cut = (bulk_edge * lead).sqrt();
            let above = |s: &Vec<f64>| s.iter().filter(|&&x| x > cut).count();
            counts.extend(spectra.iter().map(above));
            means = seen;
        }
    }
    let d = tops[2];
    let differ = |count: usize| counts.iter().filter(|&&seen| seen != count).count();
    let evidence = vec![
        // The share (d + 3)/d² of the eigenvalues is outside.
        right.measure("the step: |s_emp − s| against d", halfway(1.0))?,
        // Their mean is Tr(α² part)/(d(d+1)/2) + O(c), of relative order 1/d.
        place.measure("sin: |mean/(2α²n/d²) − 1| against d", quarter(1.0))?,
        disagreeing(
            "sin: d(d+1)/2 above the gap",
            counts.len(),
            differ(d * (d + 1) / 2),
            ASTRAY,
        ),
    ];
    Ok(Finding {
        printed: Printed::as_claimed("other scalings d/p^ℓ → γ₂, ℓ = ½", &evidence),
        evidence,
        controls: vec![
            whole.measure("Var φ · MP^{γ₁}", halfway(1.0))?,
            halved.measure("α²n/d²", quarter(1.0))?,
            disagreeing("d² above the gap", counts.len(), differ(d * d), ASTRAY),
        ],
        intermediates: vec![("means of the separated", means)],
        ..Finding::default()
    })
}
