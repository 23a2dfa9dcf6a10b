//! The theorem for weights a that are not ±1.
//!
//! Slide 'Main result' prints `μ_MP^{γ₁} ⊠ (α² (μ_MP^{γ₂}⊠ν)*(μ_MP^{γ₂}⊠ν) ⊞ (β²−α²)ν)`: a slip, as in `free-sum`.
//! Reach: rates in d for `|s_emp − s|`, a uniform, `σ′ = x` and cos. Control: ν the law of |a| for that of a².

use super::plus_minus_one::{USES, corrected};
use crate::kit::ntk_ladder::{Candidate, Setup, fit};
use crate::kit::second_moment::{bounded_second_moment, free_sum_second_moment};
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Printed};
use tensor_dyson::measure::Atoms;
use tensor_dyson::model::{Activation, EntryLaw, HermiteData, WeightLaw};

pub(crate) const CLAIM: Claim = Claim {
    id: "theorem-random-weights",
    section: 9,
    slide: "Main result",
    settles: &["general a: MP^{γ₁} ⊠ (α² (μ⊠ν)*(μ⊠ν) ⊞ (β² − α²)ν)"],
    statement: r"$a$ uniform: the NTK's law tends to the MP map of the law of weights-law.",
    uses: USES,
    check,
    ..Claim::BLANK
};

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let (mut evidence, mut controls) = (vec![], vec![]);
    // Scales at which a² and |a| are far apart where the transforms are compared, for the shift 0.2 of cos too.
    for (activation, half, name) in [
        (Activation::Identity, 0.5, "σ′ = x, a on (−½, ½)"),
        (Activation::Cos, 6.0, "σ′ = cos, a on (−6, 6)"),
    ] {
        let weights = WeightLaw::Uniform(half);
        let roots = {
            let nu = weights.squares()?;
            let at = nu.at().iter().map(|x| x.sqrt()).collect();
            WeightLaw::Squares(Atoms::new(at, nu.mass().to_vec())?)
        };
        let phi = activation.hermite_data();
        let setup = Setup {
            activation,
            weights,
            entries: EntryLaw::Gaussian,
        };
        let [right, root] = fit(ctx, &setup, |gamma_2| {
            Ok([
                Candidate::response(corrected(gamma_2, &phi, &setup.weights)?),
                Candidate::response(corrected(gamma_2, &phi, &roots)?),
            ])
        })?;
        // The weights fluctuate by p^{−1/2}, the law with them: halfway to 0 is −¼.
        let what = format!("|s_emp − s|, {name}");
        evidence.push(right.stieltjes.measure(&what, -0.25)?);
        let what = format!("ν the law of |a|, {name}");
        controls.push(root.stieltjes.measure(&what, -0.25)?);
    }
    // ⊞ is judged by the second moment of law(𝒬), with a linear part and a shift.
    let weights = WeightLaw::Uniform(3.0);
    let (alpha, shift) = (0.8, 0.9);
    let phi = HermiteData::new(0.0, alpha, alpha * alpha + shift)?;
    let (exact, bound) = bounded_second_moment(&corrected(1.5, &phi, &weights)?)?;
    let (free, free_bound) = free_sum_second_moment(1.5, alpha, shift, &weights.squares()?)?;
    Ok(Finding {
        printed: Printed::judged(
            r"$\mu_{\mathrm{MP}}^{\gamma_1}$ $\boxtimes\;\big(\alpha^2(\dots) * (\dots)$ $\boxplus\;(\beta^2-\alpha^2)\nu\big)$: its second moment",
            (exact - free).abs(),
            bound + free_bound,
        )
        .erratum(
            "⊞ of parts that are not free",
            r"$\mu_{\mathrm{MP}}^{\gamma_1}$ $\boxtimes$ the law whose log-determinant weights-law gives, $\boxtimes$ the MP map",
            (exact - free).abs() / exact,
            "relative, of the second moment of law(𝒬), a uniform on (−3, 3), α = 0.8, c = 0.9",
        ),
        evidence,
        controls,
        ..Finding::default()
    })
}
