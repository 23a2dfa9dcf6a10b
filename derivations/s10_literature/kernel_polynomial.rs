//! Kernel matrices, polynomial width n/d^ℓ → γ, ℓ an integer: `f(⟨x_i,x_j⟩/√d)/√n`, 0 on the diagonal, tends to
//! `(c_ℓ/√γ′)(MP^{γ′} − 1) ⊞ sc(Σ_{k>ℓ} c_k²)`, γ′ = ℓ!γ.
//!
//! Slide 'Nonlinear random matrix models' prints `a′ μ_MP^{γ′} ⊞ b′ μ_sc`: incomplete, the shift is missing. Reach: samples against
//! the law of finite size with a fitted rate in d, −1 or steeper; from there to the limit by a fitted rate in d up to 10⁸, without
//! samples: ℓ = 2 like d^{−1/2}, from √g₃ and 1/√g₁. Controls: γ for ℓ!γ, 1/γ′ for γ′, no shift.

use super::finite_kernel::{Kernel, towards};
use super::{Measured, SLIDE, distances};
use crate::kit::common::halfway;
use num_complex::Complex64;
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Printed};
use tensor_dyson::model::Activation;

pub(crate) const CLAIM: Claim = Claim {
    id: "kernel-polynomial",
    section: 10,
    slide: SLIDE,
    settles: &["kernel matrices, polynomial width"],
    statement: r"$n/d^2 \to \gamma$: $f\big(\langle x_i, x_j\rangle/\sqrt d\big)/\sqrt n$ $\to (c_2/\sqrt{\gamma'})(\mathrm{MP}^{\gamma'} - 1)$ $\boxplus\;\mathrm{sc}\big(\sum_{k>2} c_k^2\big)$, $\gamma' = 2\gamma.$",
    uses: &["kernel-linear"],
    check,
    ..Claim::BLANK
};

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let f = Activation::Step;
    let model = |gamma, power| Kernel {
        f: f.clone(),
        ell: 2.0,
        gamma,
        power,
    };
    let right = model(1.0, 1.0);
    let c = f.sigma_coefficients(3);
    let rest = f.sigma_second_moment() - c.iter().map(|c| c * c).sum::<f64>();
    // γ′ = 2: at ratio g the linear part is c₂²G/(1 − c₂√g G), its mean 0; with its mean it is a MP.
    let limit = |g: f64, mean: f64| {
        let (a, b) = (c[2], rest);
        move |x: Complex64| a / g.sqrt() * mean + a * a * x / (1.0 - a * g.sqrt() * x) + b * x
    };
    let inverted = model(1.0, -1.0);
    let found = distances(
        ctx,
        ctx.choose([6, 10, 16], [8, 13, 20], [10, 18, 32]),
        ctx.choose(12, 12, 12),
        Measured::Transform,
        &right,
        &[&inverted],
    )?;
    let towards_right = towards(&right, &limit(2.0, 0.0))?;
    let printed = towards(&right, &limit(2.0, 1.0))?;
    let slip = printed.measure("the limit without its shift, as printed", halfway(0.5))?;
    let evidence = vec![
        found[0].stieltjes.measure(
            "samples: |s_emp − s| of the finite law, against d",
            halfway(1.0),
        )?,
        towards_right.measure("the finite law against the limit, in d", halfway(0.5))?,
    ];
    Ok(Finding {
        printed: Printed::completed(
            r"$\ell \in \mathbb N$: $a'_\sigma\,\mu_{\mathrm{MP}}^{\gamma'}$ $\boxplus\;b'_\sigma\,\mu_{\mathrm{sc}}$",
            slip.distance,
            slip.allowance,
            evidence[1].distance,
        )
        .erratum(
            "the shift of the missing diagonal is not there",
            r"$(c_\ell/\sqrt{\gamma'})(\mathrm{MP}^{\gamma'} - 1)$ $\boxplus\;\mathrm{sc}\big(\sum_{k>\ell} c_k^2\big)$, $\gamma' = \ell!\,\gamma$",
            printed.last_error(),
            "rms of |s − s_limit| at d = 10⁸, ReLU, ℓ = 2, γ = 1",
        ),
        evidence,
        controls: vec![
            slip,
            towards(&right, &limit(1.0, 0.0))?.measure("γ for γ′ = 2γ", halfway(0.5))?,
            towards(&right, &limit(0.5, 0.0))?.measure("1/γ′ for γ′", halfway(0.5))?,
            found[1]
                .stieltjes
                .measure("samples, 1/g_k for g_k", halfway(1.0))?,
        ],
        ..Finding::default()
    })
}
