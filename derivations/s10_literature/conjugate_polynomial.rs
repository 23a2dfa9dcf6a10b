//! Conjugate kernel, polynomial width, n ≍ p ≍ d²: the bulk of `(1/p)FFᵀ`, F = σ(XWᵀ/√d), tends to
//! `MP^{n/p} ⊠ (c₂² MP^{n/N₂} + Σ_{k>2} c_k²)`, `N₂ = C(d+1, 2)`, with Voiculescu's ⊠.
//!
//! Slide 'Nonlinear random matrix models' cites [Misiakiewicz '24] and prints no law; the theorem is in Hu, Lu and Misiakiewicz, arXiv
//! 2403.08160. Reach: rows on the sphere, σ of degrees 1, 2, 3; samples against the law of finite size (`⊞_k c_k² MP^{n/B_k}` for T), a
//! fitted rate in d: sphere and law agree beyond the 1/d of their coefficients; from there to the limit by a fitted rate in d up to
//! 10⁸, without samples, 1/d from n/N₃ and d/n. Controls: p/n for n/p, d² for N₂, MP alone; for the limit d² for N₂, `Σ_{k≥2}` for a
//! point mass, and the degree 1 left in the bulk.

use super::SLIDE;
use super::polynomial_width::{POWERS, Slip, Width, features, sampled, three_degrees, towards};
use crate::kit::common::halfway;
use crate::kit::degrees::Degrees;
use crate::kit::laid_over::spectrum_and_law;
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Printed, SpectralModel};
use tensor_dyson::linalg::{gram, symmetric_eigenvalues};

pub(crate) const CLAIM: Claim = Claim {
    id: "conjugate-polynomial",
    section: 10,
    slide: SLIDE,
    settles: &["conjugate kernel, polynomial width"],
    statement: r"$n \asymp p \asymp d^2$: $\tfrac1p \sigma(XW^\top/\sqrt d)\,\sigma(XW^\top/\sqrt d)^\top$ $\to \mathrm{MP}^{n/p}$ $\boxtimes\;(c_2^2\,\mathrm{MP}^{n/N_2} + \sum_{k>2} c_k^2)$, $N_2 = C(d+1, 2).$",
    uses: &["conjugate-kernel", "kernel-polynomial"],
    check,
    ..Claim::BLANK
};

fn rows(d: usize) -> (usize, usize) {
    (d * d / 2, d * d * 5 / 7)
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let sizes = ctx.choose([6, 10, 16], [6, 12, 22], [10, 22, 44]);
    let slips = [Slip::Ratio, Slip::Count, Slip::Isotropic];
    let found = sampled(ctx, sizes, rows, &slips)?;
    let rate = halfway(1.0);
    // A spectrum of d² values fluctuates by d^{−2}; coefficients that are off by 1/d, a near miss, leave an error of 1/d.
    let fine = halfway(2.0);
    let seen = |k: usize, what: &str| found[k].stieltjes.measure(what, fine);
    let limit = |parts: Vec<(f64, f64)>| {
        towards(|d| (d * d / 2.0, d * d * 5.0 / 7.0), &move |z| {
            Ok(Degrees(parts.clone()).product(0.7, z)?)
        })
    };
    let [_, one, two, three] = POWERS;
    let evidence = vec![
        seen(0, "samples: |s_emp − s| of the finite law, against d")?,
        limit(vec![(two, 1.0), (three, 0.0)])?
            .measure("the finite law against the limit, in d", rate)?,
    ];
    let figure = {
        let d = ctx.choose(16, 26, 44);
        let mut rng = ctx.streams().stream(u64::MAX);
        let f = features(&three_degrees(), rows(d), d, &mut rng);
        let eigenvalues = symmetric_eigenvalues((gram(f.view()) / rows(d).1 as f64).view())?;
        let law = Width {
            rows,
            slip: Slip::None,
        }
        .predicted(d)?;
        spectrum_and_law(
            "conjugate-polynomial",
            "Conjugate kernel at n ≍ p ≍ d²",
            &eigenvalues,
            0.94,
            &[("MP^{n/p} ⊠ ⊞ c_k² MP^{n/B_k}", &|z| law.stieltjes(z))],
        )?
        .caption(format!("One sample, d = {d}, σ = 0.7h₁ + h₂ + 0.6h₃."))
    };
    Ok(Finding {
        printed: Printed::as_claimed("Polynomial width n/d^{ℓ₁} → γ₁, n/p^{ℓ₂} → γ₂", &evidence),
        evidence,
        controls: vec![
            seen(1, "samples, p/n for n/p")?,
            seen(2, "samples, d^k for the harmonics of degree k")?,
            seen(3, "samples, MP^{n/p} alone")?,
            limit(vec![(two, 0.5), (three, 0.0)])?.measure("the limit with d² for N₂", rate)?,
            limit(vec![(two + three, 0.0)])?.measure("the limit with c₂² for its MP", rate)?,
            limit(vec![(one + three, 0.0), (two, 1.0)])?
                .measure("the limit with Σ_{k≠2} for Σ_{k>2}", rate)?,
        ],
        figures: vec![figure],
        ..Finding::default()
    })
}
