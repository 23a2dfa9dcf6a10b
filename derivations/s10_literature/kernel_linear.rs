//! Kernel matrices, linear width: `A_ij = f(⟨x_i,x_j⟩/√d)/√d`, 0 on the diagonal, n/d → γ, has the limit law
//! `c₁(MP^γ − 1) ⊞ sc(γ(v − c₀² − c₁²))`, c_k = E f h_k, v = E f².
//!
//! Slide 'Nonlinear random matrix models' prints `a_σ μ_MP ⊞ b_σ μ_sc`: incomplete, the shift −c₁ of the missing
//! diagonal is not there. Reach: fitted rates in n for tanh, ReLU and x + x². (c₀ ≠ 0 adds one outlier,
//! 1/n in the law; the diagonal's c₀/√d, which vanishes in the limit, is kept.) Controls: the printed law, 1/γ for γ, no semicircle.

use super::{Measured, RATE, SLIDE, distances, falls, inner_product_kernel, law_of, quadratic};
use crate::kit::figures;
use rand::rngs::ChaCha8Rng;
use tensor_dyson::ledger::{
    CheckError, Claim, Context, Figure, Finding, Predicted, Printed, SpectralModel, largest,
};
use tensor_dyson::linalg::symmetric_eigenvalues;
use tensor_dyson::model::{Activation, sphere_rows};

pub(crate) const CLAIM: Claim = Claim {
    id: "kernel-linear",
    section: 10,
    slide: SLIDE,
    settles: &["kernel matrices, linear width: a MP^γ ⊞ b sc"],
    statement: r"$f\big(\langle x_i, x_j\rangle/\sqrt d\big)/\sqrt d$ off the diagonal, $n/d \to \gamma$: law $\to c_1(\mathrm{MP}^\gamma - 1)$ $\boxplus\;\mathrm{sc}\big(\gamma(v - c_0^2 - c_1^2)\big).$",
    uses: &["free-additive"],
    check,
    ..Claim::BLANK
};

/// The model at ratio γ; its prediction with another ratio, shift or part of the semicircle is a near miss.
pub(super) struct Kernel {
    pub f: Activation,
    pub gamma: f64,
    pub shift: f64,
    pub rest: f64,
}

impl SpectralModel for Kernel {
    fn sample(&self, n: usize, rng: &mut ChaCha8Rng) -> Result<Vec<f64>, CheckError> {
        let d = (n as f64 / self.gamma) as usize;
        let x = sphere_rows(n, d, rng);
        let kernel = inner_product_kernel(x.view(), &self.f, (d as f64).sqrt());
        Ok(symmetric_eigenvalues(kernel.view())?)
    }

    fn predicted(&self, n: usize) -> Result<Predicted, CheckError> {
        let c = self.f.sigma_coefficients(2);
        let rest = self.f.sigma_second_moment() - c[0] * c[0] - c[1] * c[1];
        let variance = self.rest * self.gamma * rest;
        // The diagonal lacks c₀/√d too, which the limit forgets.
        let constant = c[0] * (self.gamma / n as f64).sqrt();
        let shift = self.shift * c[1] + constant;
        let sum = format!("{}*X*X' - {shift} + {}*S", c[1], variance.sqrt());
        Ok(Predicted::Law(law_of(&sum, (self.gamma, self.gamma))?))
    }
}

/// n/d.
const GAMMA: f64 = 0.6;

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let gamma = GAMMA;
    let (mut evidence, mut controls, mut printed, mut size) = (vec![], vec![], vec![], 0.0);
    let sizes = ctx.choose([24, 60, 150], [30, 85, 220], [60, 240, 960]);
    for (f, name) in [
        (Activation::TanhPrime, "tanh"),
        (Activation::Step, "ReLU"),
        (quadratic(), "x + x²"),
    ] {
        let model = |gamma, shift, rest| Kernel {
            f: f.clone(),
            gamma,
            shift,
            rest,
        };
        let right = model(gamma, 1.0, 1.0);
        let rivals = [
            model(gamma, 0.0, 1.0),
            model(1.0 / gamma, 1.0, 1.0),
            model(gamma, 1.0, 1e-9),
        ];
        let rivals = rivals.each_ref().map(|rival| rival as &dyn SpectralModel);
        let found = distances(
            ctx,
            sizes,
            ctx.choose(12, 12, 12),
            Measured::Transform,
            &right,
            &rivals,
        )?;
        evidence.push(falls(&found[0].stieltjes, "|s_emp − s| against n", name)?);
        let slip = falls(&found[1].stieltjes, "no shift, as printed", name)?;
        printed.push(slip.distance);
        size = found[1].stieltjes.last_error();
        controls.push(slip);
        controls.push(falls(&found[2].stieltjes, "1/γ for γ", name)?);
        if name == "x + x²" {
            controls.push(falls(&found[3].stieltjes, "no semicircle", name)?);
        }
    }
    let worst = largest(evidence.iter().map(|m| m.distance));
    Ok(Finding {
        printed: Printed::completed(r"$a_\sigma\,\mu_{\mathrm{MP}}^\gamma \boxplus b_\sigma\,\mu_{\mathrm{sc}}$", largest(printed), RATE, worst)
            .erratum(
                "the shift −c₁ is missing: without the diagonal the trace is 0, but MP has mean 1",
                r"$c_1(\mathrm{MP}^\gamma - 1)$ $\boxplus\;\mathrm{sc}\big(\gamma(v - c_0^2 - c_1^2)\big)$, $c_k = E\,\sigma h_k$, $v = E\,\sigma^2$",
                size,
                "rms of |s_emp − s| at the largest n, x + x²",
            ),
        evidence,
        controls,
        figures: vec![figure(ctx)?],
        ..Finding::default()
    })
}

/// A sample against its law.
fn figure(ctx: &Context) -> Result<Figure, CheckError> {
    let shown = Kernel {
        f: Activation::TanhPrime,
        gamma: GAMMA,
        shift: 1.0,
        rest: 1.0,
    };
    figures::of_model(
        ctx,
        "kernel-linear",
        "A kernel matrix of linear width, f = tanh",
        "c₁(MP^γ − 1) ⊞ sc(γ(v − c₀² − c₁²))",
        &shown,
    )
}
