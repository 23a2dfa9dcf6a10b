//! Multi-layer conjugate kernel, linear width, E σ = 0: `X_ℓ = σ(X_{ℓ−1}W_ℓ/√d_{ℓ−1})`, `X_ℓX_ℓᵀ/d_ℓ` has the limit law
//! `μ_ℓ = MP^{γ_ℓ} ⊠ (a_ℓ μ_{ℓ−1} + b_ℓ)`, `v_ℓ = E σ(√v_{ℓ−1} z)²`, `a_ℓ = (E σ′(√v_{ℓ−1} z))²`,
//! `b_ℓ = v_ℓ − a_ℓ v_{ℓ−1}`.
//!
//! Slide 'Nonlinear random matrix models' prints one a and one b for all layers: incomplete unless E σ² = 1. Reach:
//! fitted rates in n for tanh at two and three layers, and for tanh divided by its norm, where the printed
//! recursion holds. Not for E σ ≠ 0, where from the second layer on the law is not of this form.
//! Controls: the printed recursion for tanh, d/n for n/d.

use super::conjugate_kernel::features;
use super::{Measured, RATE, SLIDE, distances, falls, free_product};
use crate::kit::figures;
use rand::rngs::ChaCha8Rng;
use tensor_dyson::ledger::{
    CheckError, Claim, Context, Figure, Finding, Predicted, Printed, SpectralModel, largest,
};
use tensor_dyson::linalg::{gram, symmetric_eigenvalues};
use tensor_dyson::measure::Law;
use tensor_dyson::model::{gaussian_mean, sphere_rows};

pub(crate) const CLAIM: Claim = Claim {
    id: "multi-layer",
    section: 10,
    slide: SLIDE,
    settles: &["multi-layer conjugate kernel: MP^{γ_ℓ} ⊠ (a μ_{ℓ−1} + b)"],
    statement: r"$E\,\sigma = 0$: $\mu_\ell = \mathrm{MP}^{\gamma_\ell}$ $\boxtimes\;(a_\ell\,\mu_{\ell-1} + b_\ell)$, $a_\ell$, $b_\ell$ at the variance $v_{\ell-1}$ that reaches the layer.",
    uses: &["conjugate-kernel"],
    check,
    ..Claim::BLANK
};

struct Layers {
    /// σ = scale · tanh.
    scale: f64,
    /// n/d_ℓ, ℓ = 0, 1, ….
    gammas: Vec<f64>,
    /// Whether the prediction takes every layer for the first.
    as_printed: bool,
}

impl SpectralModel for Layers {
    fn sample(&self, n: usize, rng: &mut ChaCha8Rng) -> Result<Vec<f64>, CheckError> {
        let width = |gamma: f64| (n as f64 / gamma) as usize;
        let mut x = sphere_rows(n, width(self.gammas[0]), rng);
        for &gamma in &self.gammas[1..] {
            x = features(x.view(), width(gamma), |u| self.scale * u.tanh(), rng);
        }
        let d = x.ncols() as f64;
        Ok(symmetric_eigenvalues((gram(x.view()) / d).view())?)
    }

    fn predicted(&self, _: usize) -> Result<Predicted, CheckError> {
        let mut law = Law::marchenko_pastur(self.gammas[0])?;
        let mut variance = 1.0_f64;
        for &gamma in &self.gammas[1..] {
            let root = if self.as_printed {
                1.0
            } else {
                variance.sqrt()
            };
            let second = gaussian_mean(|z| (self.scale * (root * z).tanh()).powi(2));
            let slope = gaussian_mean(|z| self.scale * (root * z).cosh().powi(-2));
            let (a, before) = (slope * slope, root * root);
            law = free_product(gamma, &law.affine(a, second - a * before)?)?;
            variance = second;
        }
        Ok(Predicted::Law(law))
    }
}

/// 1/‖tanh‖.
fn unit() -> f64 {
    gaussian_mean(|z| z.tanh().powi(2)).sqrt().recip()
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let unit = unit();
    let (mut evidence, mut controls, mut printed, mut size) = (vec![], vec![], vec![], 0.0);
    let sizes = ctx.choose([24, 60, 150], [30, 85, 220], [60, 240, 960]);
    for (scale, gammas, name) in [
        (1.0, vec![0.4, 0.6, 0.5], "tanh, 2 layers"),
        (1.0, vec![0.4, 0.6, 0.5, 0.7], "tanh, 3 layers"),
        (unit, vec![0.4, 0.6, 0.5, 0.7], "tanh/‖tanh‖, 3 layers"),
    ] {
        let model = |gammas: Vec<f64>, as_printed| Layers {
            scale,
            gammas,
            as_printed,
        };
        let mut inverted = gammas.clone();
        if let Some(last) = inverted.last_mut() {
            *last = 1.0 / *last;
        }
        let right = model(gammas.clone(), false);
        let rivals = [model(gammas, true), model(inverted, false)];
        let rivals = rivals.each_ref().map(|rival| rival as &dyn SpectralModel);
        let found = distances(ctx, sizes, 10, Measured::Transform, &right, &rivals)?;
        evidence.push(falls(&found[0].stieltjes, "|s_emp − s| against n", name)?);
        let slip = falls(&found[1].stieltjes, "one a and b for all layers", name)?;
        if scale == 1.0 {
            printed.push(slip.distance);
            size = found[1].stieltjes.last_error();
            controls.push(slip);
        } else {
            evidence.push(slip);
        }
        controls.push(falls(
            &found[2].stieltjes,
            "d/n for n/d in the last layer",
            name,
        )?);
    }
    let worst = largest(evidence.iter().map(|m| m.distance));
    Ok(Finding {
        printed: Printed::completed(
            r"$\mu_{\mathrm{MP}}^{\gamma_\ell}$ $\boxtimes\;(a_\sigma\,\mu_{\ell-1} + b_\sigma)$",
            largest(printed),
            RATE,
            worst,
        )
        .erratum(
            "one a and b serve all layers only if E σ² = 1 (and E σ = 0)",
            r"$a_\ell = \big(E\,\sigma'(\sqrt{v_{\ell-1}}\,z)\big)^2$, $b_\ell = v_\ell - a_\ell v_{\ell-1}$, $v_\ell = E\,\sigma(\sqrt{v_{\ell-1}}\,z)^2$, $v_0 = 1$",
            size,
            "rms of |s_emp − s| at the largest n, tanh, 3 layers",
        ),
        evidence,
        controls,
        figures: vec![figure(ctx)?],
        ..Finding::default()
    })
}

/// A sample against its law.
fn figure(ctx: &Context) -> Result<Figure, CheckError> {
    let shown = Layers {
        scale: unit(),
        gammas: vec![0.4, 0.6, 0.5],
        as_printed: false,
    };
    figures::of_model(
        ctx,
        "multi-layer",
        "Two layers of tanh/‖tanh‖",
        "MP^{γ₂} ⊠ (a (MP^{γ₁} ⊠ (a MP^{γ₀} + b)) + b)",
        &shown,
    )
}
