//! The off-diagonal blocks and E𝒜 ≠ 0 change m(z) by O(1/(pd)), and by a rank-one outlier.
//!
//! Slide 'Tensor Dyson Equation': 'For simplicity, think of 𝒮 as block-diagonal'. As printed: holds, at
//! that size. Reach: a rate in d (predicted exponent −2), with the full block equation solved by
//! exchangeability. Control: the printed sum ½Σ_{i,j}, whose error is larger, O(1/d).

use crate::kit::common::{draw_covariance, points, rms};
use crate::kit::printed::HalfSum;
use tensor_dyson::dyson::{exchangeable, scalar};
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Ladder, Printed};
use tensor_dyson::linalg::singular_values;
use tensor_dyson::model::{Activation, Sizes, WeightLaw};

pub(crate) const CLAIM: Claim = Claim {
    id: "block-diagonal",
    section: 7,
    slide: "Tensor Dyson Equation",
    settles: &["think of 𝒮 as block-diagonal"],
    statement: r"The off-diagonal blocks of $\mathcal S$ and $E\mathcal A$ change $m(z)$ by $O(1/(pd))$ only.",
    uses: &["superoperator", "q-sum"],
    check,
    ..Claim::BLANK
};

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let (mut ladder, mut control) = (Ladder::default(), Ladder::default());
    let phi = Activation::Identity.hermite_data();
    for d in ctx.choose([6, 10, 16], [8, 16, 32], [12, 24, 64]) {
        let sizes = Sizes::quadratic(d, 0.5, 1.5)?;
        for seed in 0..12 {
            let mut rng = ctx.streams().stream(100 * d as u64 + seed);
            let q = draw_covariance((d, sizes.p), &WeightLaw::PlusMinusOne, &phi, &mut rng)?;
            let eigenvalues = q.eigenvalues()?;
            let half = HalfSum::new(&singular_values(q.g())?, d, sizes.p);
            let (mut errors, mut control_errors) = (vec![], vec![]);
            for z in points() {
                let full = exchangeable::solve(&q, sizes.n, z)?.m;
                let gamma_1 = sizes.gamma_1();
                errors.push(full - scalar::solve(gamma_1, &eigenvalues, z)?.m);
                control_errors.push(full - scalar::solve(gamma_1, &half, z)?.m);
            }
            ladder.push(d as f64, rms(errors));
            control.push(d as f64, rms(control_errors));
        }
    }
    let evidence = vec![ladder.measure("|m_full − m_scalar| against d", -1.5)?];
    Ok(Finding {
        printed: Printed::as_claimed("think of 𝒮 as block-diagonal", &evidence),
        evidence,
        controls: vec![control.measure("scalar equation with ½Σ_{i,j}", -1.5)?],
        ..Finding::default()
    })
}
