//! Linear scaling, n/d → γ₁: the law of `M₁ = XXᵀ/d` tends to MP^{γ₁}.
//!
//! Slide 'Linear and Quadratic Scaling'. As printed: holds. Reach: a fitted rate in n for γ₁ = ½ and 2.
//! Controls: MP^{1/γ₁}, and the law of XᵀX/d.

use crate::kit::common::{points, rms};
use num_complex::Complex64;
use rayon::prelude::*;
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Ladder, Printed};
use tensor_dyson::linalg::{LinalgError, gram, symmetric_eigenvalues};
use tensor_dyson::measure::MarchenkoPastur;
use tensor_dyson::model::EntryLaw;
use tensor_dyson::model::Sizes;
use tensor_dyson::spectrum::empirical_stieltjes;

pub(crate) const CLAIM: Claim = Claim {
    id: "linear-m1",
    section: 2,
    slide: "Linear and Quadratic Scaling",
    settles: &["linear: M₁ → MP^{γ₁}"],
    statement: r"$n/d \to \gamma_1$: the law of $M_1 = XX^\top/d$ tends to $\mathrm{MP}^{\gamma_1}.$",
    check,
    ..Claim::BLANK
};

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let (mut right, mut inverted, mut transposed) =
        (Ladder::default(), Ladder::default(), Ladder::default());
    for gamma in [0.5, 2.0] {
        let (law, wrong) = (
            MarchenkoPastur::new(gamma)?,
            MarchenkoPastur::new(1.0 / gamma)?,
        );
        // XᵀX/d is d×d: γ₁ copies of the same nonzero eigenvalues, and 1 − γ₁ zeros.
        let companion = |z: Complex64| gamma * law.stieltjes(z) - (1.0 - gamma) / z;
        for n in ctx.choose([16, 48, 144], [20, 80, 240], [40, 200, 800]) {
            let d = (n as f64 / gamma) as usize;
            let spectra: Result<Vec<_>, LinalgError> = (0..(960 / n as u64).max(6))
                .into_par_iter()
                .map(|seed| {
                    let index = 10_000 * n as u64 + (100.0 * gamma) as u64 * 100 + seed;
                    let x = EntryLaw::Gaussian.matrix(n, d, &mut ctx.streams().stream(index));
                    symmetric_eigenvalues((gram(x.view()) / d as f64).view())
                })
                .collect();
            for spectrum in spectra? {
                let error = |s: &dyn Fn(Complex64) -> Complex64| {
                    rms(points()
                        .into_iter()
                        .map(|z| empirical_stieltjes(&spectrum, z) - s(z)))
                };
                right.push(n as f64, error(&|z| law.stieltjes(z)));
                inverted.push(n as f64, error(&|z| wrong.stieltjes(z)));
                transposed.push(n as f64, error(&companion));
            }
        }
    }
    // Linear statistics fluctuate by 1/n: halfway to 0 is −½.
    let evidence = vec![right.measure("|s_emp − s| against n", -0.5)?];
    Ok(Finding {
        printed: Printed::as_claimed("M₁ → MP_{γ₁}", &evidence),
        evidence,
        controls: vec![
            inverted.measure("1/γ₁ for γ₁", -0.5)?,
            transposed.measure("the law of XᵀX/d", -0.5)?,
        ],
        figures: vec![crate::kit::figures::simple_model(
            ctx,
            "linear-m1",
            "M₁ in the linear scaling, n/d = ½",
            Sizes {
                n: 600,
                d: 1200,
                p: 1,
            },
            crate::kit::figures::Simple::M1,
            Some(("MP^{½}", 0.5)),
        )?],
        ..Finding::default()
    })
}
