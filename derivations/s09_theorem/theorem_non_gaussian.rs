//! The theorem for entries of X that are not Gaussian: Rademacher, uniform, and Student's with five degrees of freedom.
//!
//! Slide 'Main result': incomplete, as for Gaussian X. Reach: rates in d for `|s_emp − s|` and the Kolmogorov distance,
//! `σ′ = x`, a = ±1. Control: the law as printed.

use super::plus_minus_one::{USES, corrected};
use crate::kit::ntk_ladder::{Candidate, Setup, fit};
use crate::kit::printed::PrintedLaw;
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Ladder, Printed, largest};
use tensor_dyson::model::{Activation, EntryLaw, WeightLaw};

pub(crate) const CLAIM: Claim = Claim {
    id: "theorem-non-gaussian",
    section: 9,
    slide: "Main result",
    settles: &["a = ±1: MP^{γ₁} ⊠ (α² μ*μ + (β² − α²))"],
    statement: r"$X$ Rademacher, uniform or Student $t_5$: the limit is that of Gaussian $X.$",
    uses: USES,
    check,
    ..Claim::BLANK
};

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let phi = Activation::Identity.hermite_data();
    let (mut evidence, mut controls) = (vec![], vec![]);
    let mut slip = Ladder::default();
    for (entries, name) in [
        (EntryLaw::Rademacher, "Rademacher"),
        (EntryLaw::Uniform, "uniform"),
        (EntryLaw::StudentT5, "Student t₅"),
    ] {
        let setup = Setup {
            activation: Activation::Identity,
            weights: WeightLaw::PlusMinusOne,
            entries,
        };
        let [right, printed] = fit(ctx, &setup, |gamma_2| {
            Ok([
                Candidate::limit(corrected(gamma_2, &phi, &setup.weights)?)?,
                Candidate::response(PrintedLaw::new(gamma_2, phi.alpha(), 0.0)?),
            ])
        })?;
        // |x|²/d fluctuates by d^{−1/2} under a heavy tail: halfway to 0 is −¼.
        let [stieltjes, kolmogorov] =
            ["|s_emp − s|", "Kolmogorov distance"].map(|what| format!("{what}, {name}"));
        evidence.push(right.stieltjes.measure(&stieltjes, -0.25)?);
        evidence.push(right.kolmogorov.measure(&kolmogorov, -0.25)?);
        let what = format!("the law as printed, {name}");
        controls.push(printed.stieltjes.measure(&what, -0.25)?);
        slip = printed.stieltjes;
    }
    let size = slip.last_error();
    let slip = slip.measure("", -0.25)?;
    let worst = largest(evidence.iter().map(|m| m.distance));
    Ok(Finding {
        printed: Printed::completed(
            r"$X$ i.i.d., $E\,x^4 < \infty$: $\mu_{\mathrm{MP}}^{\gamma_1}$ $\boxtimes\;\big(\mu_{\mathrm{MP}}^{\gamma_2} * \mu_{\mathrm{MP}}^{\gamma_2}\big)$",
            slip.distance,
            slip.allowance,
            worst,
        )
        .erratum(
            "the zeros and the ratio are missing, as for Gaussian X",
            r"$\mu_{\mathrm{MP}}^{\gamma_1}$ $\boxtimes\;\big(\tfrac{\gamma_2}{2}\,\mu * \mu$ $+\,(1-\gamma_2)\,\mu$ $+\,\tfrac{\gamma_2}{2}\,\delta_0\big)$",
            size,
            "rms of |s_emp − s| at the largest d, Student t₅",
        ),
        evidence,
        controls,
        ..Finding::default()
    })
}
