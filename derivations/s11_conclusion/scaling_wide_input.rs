//! p ≪ d: for d = p², n = γ₁pd, the NTK's law tends to `Var φ · MP^{γ₁}` (a = ±1), `MP^{γ₁}` for σ′ = x.
//!
//! Slide 'Conclusion' (other scalings, d/p^ℓ → γ₂ with ℓ = 2). GᵀG → 1, so that law(𝒬) → δ at α² + c = Var φ.
//! Reach: σ′ = x, cos and the step: rates in p for the Stieltjes transforms. Controls:
//! `(α² + β²) MP^{γ₁}`, which is the main result as printed at γ₂ = 0 (μ*μ = δ₂, and the shift β² − α²), and 1/γ₁ for γ₁.

use crate::kit::common::{points, quarter, rms};
use crate::kit::draw::{Rows, replicates, sample};
use rayon::prelude::*;
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Ladder, Printed};
use tensor_dyson::measure::MarchenkoPastur;
use tensor_dyson::model::{Activation, Sizes, WeightLaw};
use tensor_dyson::spectrum::empirical_stieltjes;

pub(crate) const CLAIM: Claim = Claim {
    id: "scaling-wide-input",
    section: 11,
    slide: "Conclusion",
    settles: &["other scalings d/p^ℓ → γ₂"],
    statement: r"$d = p^2$, $n = \gamma_1 pd$: the NTK's law $\to \mathrm{Var}\,\varphi\cdot\mathrm{MP}^{\gamma_1}$, and $\mathrm{MP}^{\gamma_1}$ for $\sigma' = x.$",
    uses: &["q-limit", "mean-part"],
    check,
    ..Claim::BLANK
};

const GAMMA_1: f64 = 0.5;

/// The root mean square of `s_emp − s` for the law `scale · MP^γ`.
fn distance(eigenvalues: &[f64], scale: f64, gamma: f64) -> Result<f64, CheckError> {
    let law = MarchenkoPastur::new(gamma)?;
    Ok(rms(points().into_iter().map(|z| {
        let z = z * scale;
        (empirical_stieltjes(eigenvalues, z) - law.stieltjes(z / scale) / scale) * scale
    })))
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let (mut evidence, mut controls) = (vec![], vec![]);
    let tops = ctx.choose([4, 6, 10], [5, 8, 11], [5, 9, 16]);
    // GᵀG − 1 has the variance p/d = 1/p, and so has the share of the directions that leave the bulk.
    let allowance = quarter(1.0);
    for (activation, name) in [
        (Activation::Identity, "σ′ = x"),
        (Activation::Cos, "cos"),
        (Activation::Step, "the step"),
    ] {
        let data = activation.hermite_data();
        let variance = data.beta_squared() - data.mean().powi(2);
        let printed = data.alpha().powi(2) + data.beta_squared();
        let mut ladders: [Ladder; 3] = Default::default();
        for p in tops {
            let sizes = Sizes {
                n: p * p * p / 2,
                d: p * p,
                p,
            };
            let errors: Vec<[f64; 3]> = (0..replicates(8, p, tops[2]))
                .into_par_iter()
                .map(|seed: u64| {
                    let mut rng = ctx.streams().stream(1000 * p as u64 + seed);
                    let unit = WeightLaw::PlusMinusOne;
                    let eigenvalues = sample(sizes, Rows::Sphere, &unit, &mut rng)
                        .ntk_eigenvalues(&activation)?;
                    Ok([
                        distance(&eigenvalues, variance, GAMMA_1)?,
                        distance(&eigenvalues, printed, GAMMA_1)?,
                        distance(&eigenvalues, variance, 1.0 / GAMMA_1)?,
                    ])
                })
                .collect::<Result<_, CheckError>>()?;
            for error in errors {
                for (ladder, error) in ladders.iter_mut().zip(error) {
                    ladder.push(p as f64, error);
                }
            }
        }
        evidence.push(ladders[0].measure(&format!("|s_emp − s| against p, {name}"), allowance)?);
        controls.push(ladders[1].measure(&format!("α² + β², {name}"), allowance)?);
        controls.push(ladders[2].measure(&format!("1/γ₁ for γ₁, {name}"), allowance)?);
    }
    Ok(Finding {
        printed: Printed::as_claimed("other scalings d/p^ℓ → γ₂, ℓ = 2", &evidence),
        evidence,
        controls,
        ..Finding::default()
    })
}
