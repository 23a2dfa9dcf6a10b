//! Kernel matrices in El Karoui's convention: `f(⟨x_i,x_j⟩/d)` with its diagonal, n/d → γ, has the limit law
//! `f′(0) MP^γ + f(1) − f(0) − f′(0)`: f is seen through its Taylor expansion, and there is no semicircle.
//!
//! Slide 'Nonlinear random matrix models' cites El Karoui for `a_σ μ_MP ⊞ b_σ μ_sc`; with b = 0 the shift is still
//! missing: incomplete. Reach: fitted rates in n, Stieltjes and Kolmogorov, for tanh, sin and x + x². Controls: no
//! shift, 1/γ, and c₁ = E f′ for f′(0), the coefficient of the other convention.

use super::{Measured, RATE, SLIDE, distances, falls, quadratic};
use rand::rngs::ChaCha8Rng;
use tensor_dyson::ledger::{
    CheckError, Claim, Context, Finding, Predicted, Printed, SpectralModel, largest,
};
use tensor_dyson::linalg::{gram, symmetric_eigenvalues};
use tensor_dyson::measure::Law;
use tensor_dyson::model::{Activation, sphere_rows};

pub(crate) const CLAIM: Claim = Claim {
    id: "kernel-classical",
    section: 10,
    slide: SLIDE,
    settles: &["kernel matrices, linear width: a MP^γ ⊞ b sc"],
    statement: r"$f(\langle x_i, x_j\rangle/d)$, $n/d \to \gamma$: law $\to f'(0)\,\mathrm{MP}^\gamma$ $+\,f(1) - f(0) - f'(0).$",
    uses: &["linear-m1"],
    check,
    ..Claim::BLANK
};

struct Kernel {
    f: Activation,
    gamma: f64,
    slope: f64,
    shift: f64,
}

impl SpectralModel for Kernel {
    fn sample(&self, n: usize, rng: &mut ChaCha8Rng) -> Result<Vec<f64>, CheckError> {
        let d = (n as f64 / self.gamma) as usize;
        let inner = gram(sphere_rows(n, d, rng).view()) / d as f64;
        Ok(symmetric_eigenvalues(
            inner.mapv(|u| self.f.sigma(u)).view(),
        )?)
    }

    fn predicted(&self, _: usize) -> Result<Predicted, CheckError> {
        let law = Law::marchenko_pastur(self.gamma)?;
        Ok(Predicted::Law(law.affine(self.slope, self.shift)?))
    }
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let gamma = 0.6;
    let (mut evidence, mut controls, mut printed, mut size) = (vec![], vec![], vec![], 0.0);
    let sizes = ctx.choose([24, 60, 150], [30, 85, 220], [60, 240, 960]);
    for (f, name) in [
        (Activation::TanhPrime, "tanh"),
        (Activation::Cos, "sin"),
        (quadratic(), "x + x²"),
    ] {
        let slope = f.phi(0.0);
        let shift = f.sigma(1.0) - f.sigma(0.0) - slope;
        let model = |gamma, slope, shift| Kernel {
            f: f.clone(),
            gamma,
            slope,
            shift,
        };
        let hermite = f.sigma_coefficients(2)[1];
        let rivals = [
            model(gamma, slope, 0.0),
            model(1.0 / gamma, slope, shift),
            model(gamma, hermite, shift),
        ];
        let rivals = rivals.each_ref().map(|rival| rival as &dyn SpectralModel);
        let right = model(gamma, slope, shift);
        let found = distances(ctx, sizes, 12, Measured::Kolmogorov, &right, &rivals)?;
        evidence.push(falls(&found[0].stieltjes, "|s_emp − s| against n", name)?);
        evidence.push(falls(&found[0].kolmogorov, "Kolmogorov distance", name)?);
        let slip = falls(&found[1].stieltjes, "no shift", name)?;
        printed.push(slip.distance);
        size = found[1].stieltjes.last_error();
        controls.push(slip);
        controls.push(falls(&found[2].stieltjes, "1/γ for γ", name)?);
        if hermite != slope {
            controls.push(falls(&found[3].stieltjes, "E f′ for f′(0)", name)?);
        }
    }
    let worst = largest(evidence.iter().map(|m| m.distance));
    Ok(Finding {
        printed: Printed::completed(
            r"$a_\sigma\,\mu_{\mathrm{MP}}^\gamma \boxplus b_\sigma\,\mu_{\mathrm{sc}}$, $b_\sigma = 0$",
            largest(printed),
            RATE,
            worst,
        )
        .erratum(
            "in El Karoui's convention there is no semicircle, but a shift",
            r"$f'(0)\,\mathrm{MP}^\gamma$ $+\,f(1) - f(0) - f'(0)$",
            size,
            "rms of |s_emp − s| at the largest n, x + x²",
        ),
        evidence,
        controls,
        ..Finding::default()
    })
}
