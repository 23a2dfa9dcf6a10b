//! The solution of the Dyson equation approximates the resolvent of the sampled NTK.
//!
//! Slide 'Tensor Dyson Equation'. Reach: `|(1/n)Tr(NTK − z)⁻¹ − m(z)|` falls with a fitted rate in d, over
//! several seeds. Controls: 𝒬 without its second braid, 1/γ₁ for γ₁.

use crate::kit::common::{points, rms};
use crate::kit::ntk_ladder::{SMALL, STANDARD, replicates};
use tensor_dyson::covariance::Covariance;
use tensor_dyson::dyson::{exchangeable, scalar};
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Ladder, Printed};
use tensor_dyson::linalg::{gram, symmetric_eigenvalues};
use tensor_dyson::measure::Atoms;
use tensor_dyson::model::{Activation, EntryLaw, NtkSample, Sizes, WeightLaw};
use tensor_dyson::spectrum::empirical_stieltjes;

pub(crate) const CLAIM: Claim = Claim {
    id: "resolvent",
    section: 7,
    slide: "Tensor Dyson Equation",
    settles: &["the tensor Dyson equation"],
    statement: r"$\tfrac1n \mathrm{Tr}(\mathcal A^\top\mathcal A - z)^{-1}$ $-\,m(z) \to 0$, $m = \tfrac1n \mathrm{Tr}\,M_{11}$ of the tensor Dyson equation.",
    uses: &["linearization", "scalar"],
    assumes: &[
        "The Dyson equation is stable (Alt, Erdős, Krüger): the rate is measured, not proved",
    ],
    check,
    ..Claim::BLANK
};

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let (mut ladder, mut first, mut inverted) =
        (Ladder::default(), Ladder::default(), Ladder::default());
    let phi = Activation::Identity;
    for d in ctx.choose(SMALL, STANDARD, [12, 32, 72]) {
        let sizes = Sizes::quadratic(d, 0.5, 1.5)?;
        for seed in 0..replicates(d) {
            let mut rng = ctx.streams().stream(100 * d as u64 + seed);
            let s = NtkSample::draw(
                sizes,
                EntryLaw::Gaussian,
                &WeightLaw::PlusMinusOne,
                &mut rng,
            );
            let eigenvalues = s.ntk_eigenvalues(&phi)?;
            let q = Covariance::new(s.w.view(), s.a.view(), &phi.hermite_data())?;
            // 𝒬 without τ₂₄: every eigenvalue of GᵀG, d times.
            let one_braid = Atoms::empirical(
                symmetric_eigenvalues(gram(q.g().t()).view())?
                    .into_iter()
                    .map(|x| x.max(0.0))
                    .collect(),
            )?;
            let closed = q.eigenvalues()?;
            let (mut errors, mut errors_first, mut errors_inverted) = (vec![], vec![], vec![]);
            for z in points() {
                let sampled = empirical_stieltjes(&eigenvalues, z);
                let gamma = sizes.gamma_1();
                errors.push(sampled - exchangeable::solve(&q, sizes.n, z)?.m);
                errors_first.push(sampled - scalar::solve(gamma, &one_braid, z)?.m);
                errors_inverted.push(sampled - scalar::solve(1.0 / gamma, &closed, z)?.m);
            }
            ladder.push(d as f64, rms(errors));
            first.push(d as f64, rms(errors_first));
            inverted.push(d as f64, rms(errors_inverted));
        }
    }
    let evidence = vec![ladder.measure("|s_NTK − m| against d", -0.5)?];
    Ok(Finding {
        printed: Printed::as_claimed("([[−z, E𝒜ᵀ], [E𝒜, −ℐ]] − 𝒮(M))⁻¹ = M", &evidence),
        evidence,
        controls: vec![
            first.measure("𝒬 without τ₂₄(G⊗G)", -0.5)?,
            inverted.measure("1/γ₁ for γ₁", -0.5)?,
        ],
        ..Finding::default()
    })
}
