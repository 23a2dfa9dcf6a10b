//! law(𝒬) tends to `(γ₂/2) μ*μ + (1−γ₂) μ + (γ₂/2) δ₀`, `μ = MP^{γ₂}`.
//!
//! Slide 'Spectrum of 𝒬' prints `μ*μ` alone, of mean 2 where Tr 𝒬/(pd) → 1: incomplete, the zeros and the
//! ratio are missing. The preprint (arXiv 2508.20036) has them: its Corollary 2, for ν = δ₁, σ′ = x and γ₂ ≤ 1, as others cite it.
//! Reach: a rate in d for the response I(t), at γ₂ = ½, 1, 2. Controls: the printed law,
//! and 1/γ₂ for γ₂.

use crate::kit::common::{UNIT, response_points, rms};
use crate::kit::printed::PrintedLaw;
use tensor_dyson::covariance::linear_eigenvalues;
use tensor_dyson::ledger::{
    CheckError, Claim, Context, Figure, Finding, Ladder, Measurement, Printed, largest,
};
use tensor_dyson::linalg::singular_values;
use tensor_dyson::measure::{Atoms, Response, WeightedCovariance};
use tensor_dyson::model::EntryLaw;

pub(crate) const CLAIM: Claim = Claim {
    id: "q-limit",
    section: 6,
    slide: "Spectrum of 𝒬",
    settles: &["the limit μ*μ"],
    statement: r"$\mathrm{law}(\mathcal Q)$ $\to \tfrac{\gamma_2}{2}\,\mu * \mu$ $+\,(1-\gamma_2)\,\mu$ $+\,\tfrac{\gamma_2}{2}\,\delta_0$, $\mu = \mathrm{MP}^{\gamma_2}$, of mean $1.$",
    uses: &["q-spectrum"],
    assumes: &["Marchenko–Pastur theorem for the singular values of W/√d"],
    check,
    ..Claim::BLANK
};

/// Errors of the response: of the limit law, of the one as printed, at 1/γ₂; and the excess of the mass at 0.
#[derive(Default)]
struct Distances {
    right: Ladder,
    printed: Ladder,
    inverted: Ladder,
    masses: Vec<f64>,
}

fn distances(ctx: &Context) -> Result<Distances, CheckError> {
    let mut found = Distances::default();
    let sizes = ctx.choose([8, 32, 96], [8, 40, 160], [16, 96, 512]);
    for gamma_2 in [0.5, 1.0, 2.0] {
        let law = |gamma| -> Result<_, CheckError> {
            let one = Atoms::new(vec![1.0], vec![1.0])?;
            Ok(WeightedCovariance::new(gamma, 1.0, 1.0, 0.0, one)?)
        };
        let (limit, wrong) = (law(gamma_2)?, law(1.0 / gamma_2)?);
        let convolution = PrintedLaw::new(gamma_2, 1.0, 0.0)?;
        for d in sizes {
            let p = (gamma_2 * d as f64) as usize;
            for seed in 0..10 {
                let index = (1000.0 * gamma_2) as u64 + 100_000 * d as u64 + seed;
                let g = EntryLaw::Gaussian.matrix(d, p, &mut ctx.streams().stream(index))
                    / (d as f64).sqrt();
                let finite = linear_eigenvalues(&singular_values(g.view())?, d, p);
                let (mut errors, mut errors_printed, mut errors_wrong) = (vec![], vec![], vec![]);
                for t in response_points() {
                    let value = finite.response(t)?.value;
                    errors.push(value - limit.response(t)?.value);
                    errors_printed.push(value - convolution.response(t)?.value);
                    errors_wrong.push(value - wrong.response(t)?.value);
                }
                found.right.push(d as f64, rms(errors));
                found.printed.push(d as f64, rms(errors_printed));
                if gamma_2 != 1.0 {
                    found.inverted.push(d as f64, rms(errors_wrong));
                }
                // The finite mass is exact; it differs from the limit by 1/(2 max(d, p)).
                let apart = (finite.mass_at_zero() - limit.mass_at_zero()).abs();
                found.masses.push(apart - 0.5 / d.max(p) as f64);
            }
        }
    }
    Ok(found)
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let Distances {
        right,
        printed,
        inverted,
        masses,
    } = distances(ctx)?;
    let cases = masses.len();
    // At these γ₂ the limit's mass is exact; the finite one, its distance and the term are rounded once each,
    // and the last difference once more.
    let four_roundings = 4.0 * UNIT;
    let printed_rate = printed.measure("μ*μ alone, as printed", -0.5)?;
    let rate = right.measure("|I_d(t) − I(t)|", -0.5)?;
    Ok(Finding {
        printed: Printed::completed(
            r"eigenvalues $\sigma_i^2+\sigma_j^2$, $0 \to$ $\mathrm{MP}^{\gamma_2} * \mathrm{MP}^{\gamma_2}$",
            printed_rate.distance,
            printed_rate.allowance,
            rate.distance,
        )
        .erratum(
            "the zeros and the ratio are missing: its mean is 2, but Tr 𝒬/(pd) → 1; the preprint's Corollary 2 has both",
            r"$\tfrac{\gamma_2}{2}\,\mu * \mu$ $+\,(1-\gamma_2)\,\mu$ $+\,\tfrac{\gamma_2}{2}\,\delta_0$, $\mu = \mathrm{MP}^{\gamma_2}$",
            printed.last_error(),
            "rms of |I_d(t) − I(t)| at the largest d",
        ),
        evidence: vec![
            rate,
            Measurement::rounding(
                "mass at 0: excess over the finite-size term 1/(2 max(d, p))",
                cases,
                largest(masses),
                four_roundings,
            ),
        ],
        controls: vec![printed_rate, inverted.measure("1/γ₂ for γ₂", -0.5)?],
        figures: vec![
            crate::kit::covariance_figure::covariance_spectrum(ctx)?,
            Figure::rates(
                "q-limit-rate",
                "𝒬's law against its size",
                "d",
                "|I_d(t) − I(t)|",
                &[("limit", &right), ("as printed", &printed)],
            )?,
        ],
        ..Finding::default()
    })
}
