//! Conjugate kernel, polynomial width, n ≍ p ≍ d^{3/2}: no degree has a ratio of its own, and the bulk tends to `MP^{n/p}` scaled by
//! `Σ_{k≥2} c_k²`.
//!
//! Slide 'Nonlinear random matrix models' prints no law. Reach: as in `conjugate-polynomial`; the limit is approached like
//! d^{−1/2}, by n/N₂ and d/n. Controls: MP alone at finite size, p/n for n/p; for the limit
//! `Σ_{k≥1}` and `Σ_{k≥3}`.

use super::SLIDE;
use super::polynomial_width::{POWERS, Slip, sampled, towards};
use crate::kit::common::halfway;
use crate::kit::degrees::Degrees;
use tensor_dyson::ledger::{CheckError, Claim, Context, Figure, Finding, Printed};

pub(crate) const CLAIM: Claim = Claim {
    id: "conjugate-polynomial-fractional",
    section: 10,
    slide: SLIDE,
    settles: &["conjugate kernel, polynomial width"],
    statement: r"$n \asymp p \asymp d^{3/2}$: the conjugate kernel's bulk $\to (\sum_{k\ge2} c_k^2)\,\mathrm{MP}^{n/p}.$",
    uses: &["conjugate-polynomial"],
    check,
    ..Claim::BLANK
};

fn rows(d: usize) -> (usize, usize) {
    let count = (d as f64).powf(1.5);
    (count as usize, (count / 0.7) as usize)
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let sizes = ctx.choose([10, 20, 36], [10, 24, 44], [16, 40, 90]);
    let slips = [Slip::Ratio, Slip::Isotropic];
    let found = sampled(ctx, sizes, rows, &slips)?;
    let seen = |k: usize, what: &str| found[k].stieltjes.measure(what, halfway(1.0));
    let scaled = |power: f64| {
        towards(|d| (d.powf(1.5), d.powf(1.5) / 0.7), &move |z| {
            Ok(Degrees(vec![(power, 0.0)]).product(0.7, z)?)
        })
    };
    let [_, one, two, three] = POWERS;
    let (right, all) = (scaled(two + three)?, scaled(one + two + three)?);
    let figure = Figure::rates(
        "conjugate-polynomial-fractional",
        "From the law of finite size to the limit, n ≍ d^{3/2}",
        "d",
        "rms |s − s_limit|",
        &[("Σ_{k≥2} c_k²", &right), ("Σ_{k≥1} c_k²", &all)],
    )?;
    let evidence = vec![
        seen(0, "samples: |s_emp − s| of the finite law, against d")?,
        right.measure("the finite law against the limit, in d", halfway(0.5))?,
    ];
    Ok(Finding {
        printed: Printed::as_claimed("Polynomial width n/d^{ℓ₁} → γ₁, ℓ₁ ∉ ℕ", &evidence),
        evidence,
        controls: vec![
            seen(1, "samples, p/n for n/p")?,
            seen(2, "samples, MP^{n/p} alone")?,
            all.measure("the limit with Σ_{k≥1}", halfway(0.5))?,
            scaled(three)?.measure("the limit with Σ_{k≥3}", halfway(0.5))?,
        ],
        figures: vec![figure],
        ..Finding::default()
    })
}
