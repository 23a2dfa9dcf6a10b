//! Kernel matrices, polynomial width n/d^ℓ → γ, ℓ no integer: `f(⟨x_i,x_j⟩/√d)/√n`, 0 on the diagonal, tends to
//! `sc(Σ_{k>ℓ} c_k²)`.
//!
//! Slide 'Nonlinear random matrix models' prints `b′ μ_sc`: holds. Reach: as for `kernel-polynomial`; ℓ = 3/2 tends to its limit
//! like d^{−1/4}. Controls: Σ_{k≥1} for Σ_{k>ℓ}, another mass, 1/g_k for g_k.

use super::finite_kernel::{Kernel, towards};
use super::{Measured, SLIDE, distances};
use crate::kit::common::halfway;
use num_complex::Complex64;
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Printed};
use tensor_dyson::model::Activation;

pub(crate) const CLAIM: Claim = Claim {
    id: "kernel-polynomial-fractional",
    section: 10,
    slide: SLIDE,
    settles: &["kernel matrices, polynomial width"],
    statement: r"$n/d^{3/2} \to \gamma$: $f\big(\langle x_i, x_j\rangle/\sqrt d\big)/\sqrt n$ $\to \mathrm{sc}\big(\sum_{k\ge2} c_k^2\big).$",
    uses: &["kernel-linear"],
    check,
    ..Claim::BLANK
};

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let f = Activation::Step;
    let model = |gamma, power| Kernel {
        f: f.clone(),
        ell: 1.5,
        gamma,
        power,
    };
    let right = model(1.0, 1.0);
    let c = f.sigma_coefficients(3);
    let from_one = f.sigma_second_moment() - c[0] * c[0];
    let from_two = from_one - c[1] * c[1];
    let semicircle = |variance: f64| move |g: Complex64| variance * g;
    let inverted = model(1.0, -1.0);
    let sizes = ctx.choose([12, 24, 48], [12, 24, 48], [16, 40, 100]);
    let found = distances(ctx, sizes, 12, Measured::Transform, &right, &[&inverted])?;
    // Both c₁/√g₁ and √g₂ are of order d^{−1/4}.
    let allowance = halfway(0.25);
    let limit = towards(&right, &semicircle(from_two))?;
    let evidence = vec![
        found[0].stieltjes.measure(
            "samples: |s_emp − s| of the finite law, against d",
            halfway(1.0),
        )?,
        limit.measure("the finite law against sc(Σ_{k≥2} c_k²), in d", allowance)?,
    ];
    Ok(Finding {
        printed: Printed::as_claimed("ℓ ∉ ℕ: b′_σ μ_sc", &evidence),
        evidence,
        controls: vec![
            towards(&right, &semicircle(from_one))?.measure("Σ_{k≥1} c_k²", allowance)?,
            towards(&right, &semicircle(from_two - c[2] * c[2]))?
                .measure("Σ_{k≥3} c_k²", allowance)?,
            found[1]
                .stieltjes
                .measure("samples, 1/g_k for g_k", halfway(1.0))?,
        ],
        ..Finding::default()
    })
}
