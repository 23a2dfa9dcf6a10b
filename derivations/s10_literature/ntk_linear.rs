//! NTK, linear width: `K₁ = XXᵀ/d ∘ (1/p)σ′(XW/√d)σ′(XW/√d)ᵀ` has the limit law `b′ + c₁² MP^{γ₁}`, c₁ = E σ′,
//! b′ = Var σ′, and `K₁ + XXᵀ/d` has `b′ + (1 + c₁²) MP^{γ₁}`.
//!
//! Slide 'Nonlinear random matrix models' prints 'Same as a_σ I_n + XXᵀ': a slip for both readings of a (Var σ′ and
//! E σ′²), c₁² is missing. Reach: fitted rates in n, tanh and ReLU, n/p = 1/2, and Kolmogorov distances for the sum.
//! Controls: the printed law, 1/γ₁ for γ₁, c₁ for c₁².

use super::conjugate_kernel::features;
use super::{Measured, RATE, SLIDE, distances, falls};
use crate::kit::figures;
use rand::rngs::ChaCha8Rng;
use tensor_dyson::ledger::{
    CheckError, Claim, Context, Figure, Finding, Predicted, Printed, SpectralModel, largest,
};
use tensor_dyson::linalg::{gram, symmetric_eigenvalues};
use tensor_dyson::measure::Law;
use tensor_dyson::model::{Activation, hadamard_gram, sphere_rows};

pub(crate) const CLAIM: Claim = Claim {
    id: "ntk-linear",
    section: 10,
    slide: SLIDE,
    settles: &["NTK, linear width: same as aI + XXᵀ"],
    statement: r"$n/d \to \gamma_1$, $n/p \to \gamma_2$: $K_1 \to b' + c_1^2\,\mathrm{MP}^{\gamma_1}$, $K_1 + XX^\top/d$ $\to b' + (1+c_1^2)\,\mathrm{MP}^{\gamma_1}$, $c_1 = E\sigma'$, $b' = \mathrm{Var}\,\sigma'.$",
    uses: &["linear-m1"],
    check,
    ..Claim::BLANK
};

struct Kernel {
    activation: Activation,
    gamma: f64,
    /// How much of XXᵀ/d is added to K₁.
    added: f64,
    /// The factor of MP and the shift that are predicted.
    law: (f64, f64),
}

impl SpectralModel for Kernel {
    fn sample(&self, n: usize, rng: &mut ChaCha8Rng) -> Result<Vec<f64>, CheckError> {
        let (d, p) = ((n as f64 / self.gamma) as usize, 2 * n);
        let x = sphere_rows(n, d, rng);
        let slopes = features(x.view(), p, |u| self.activation.phi(u), rng);
        let inner = gram(x.view()) * (self.added / d as f64);
        let kernel = hadamard_gram(x.view(), slopes.view()) + inner;
        Ok(symmetric_eigenvalues(kernel.view())?)
    }

    fn predicted(&self, _: usize) -> Result<Predicted, CheckError> {
        let (scale, shift) = self.law;
        Ok(Predicted::Law(
            Law::marchenko_pastur(self.gamma)?.affine(scale, shift)?,
        ))
    }
}

/// What is wrong with each rival.
const RIVALS: [&str; 4] = [
    "XXᵀ + Var σ′",
    "XXᵀ + E σ′²",
    "1/γ₁ for γ₁",
    "1 + c₁ for 1 + c₁²",
];

/// n/d.
const GAMMA: f64 = 0.6;

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let gamma = GAMMA;
    let (mut evidence, mut controls, mut printed, mut size) = (vec![], vec![], vec![], 0.0);
    let sizes = ctx.choose([24, 60, 150], [30, 85, 220], [60, 240, 960]);
    for (activation, name) in [(Activation::TanhPrime, "tanh"), (Activation::Step, "ReLU")] {
        let data = activation.hermite_data();
        let (c1, second) = (data.mean(), data.beta_squared());
        let b = second - c1 * c1;
        let model = |gamma, added, law| Kernel {
            activation: activation.clone(),
            gamma,
            added,
            law,
        };
        let sum = 1.0 + c1 * c1;
        let rivals = [
            model(gamma, 1.0, (1.0, b)),
            model(gamma, 1.0, (1.0, second)),
            model(1.0 / gamma, 1.0, (sum, b)),
            model(gamma, 1.0, (1.0 + c1, b)),
        ];
        let rivals = rivals.each_ref().map(|rival| rival as &dyn SpectralModel);
        let (right, alone) = (model(gamma, 1.0, (sum, b)), model(gamma, 0.0, (c1 * c1, b)));
        let found = distances(ctx, sizes, 10, Measured::Kolmogorov, &right, &rivals)?;
        let first = distances(ctx, sizes, 10, Measured::Transform, &alone, &[])?;
        let (k1, sum) = (&first[0].stieltjes, &found[0]);
        evidence.push(falls(k1, "K₁: |s_emp − s| against n", name)?);
        evidence.push(falls(&sum.stieltjes, "K₁ + XXᵀ/d: |s_emp − s|", name)?);
        evidence.push(falls(&sum.kolmogorov, "its Kolmogorov distance", name)?);
        for (wrong, what) in found[1..].iter().zip(RIVALS) {
            controls.push(falls(&wrong.stieltjes, what, name)?);
        }
        let readings = [&found[1].stieltjes, &found[2].stieltjes];
        size = -largest(readings.map(|reading| -reading.last_error()));
        printed.push(-largest([
            -readings[0].rate()?.exponent,
            -readings[1].rate()?.exponent,
        ]));
    }
    Ok(Finding {
        printed: Printed::judged(r"$M_4$: Same as $a_\sigma I_n + XX^\top$", largest(printed), RATE).erratum(
            "K₁ brings its own part of XXᵀ, c₁² of it",
            r"$a_\sigma I_n + (1 + c_1^2)\,XX^\top/d$, $a_\sigma = \mathrm{Var}\,\sigma'$, $c_1 = E\,\sigma'$",
            size,
            "rms of |s_emp − s| at the largest n, ReLU, the nearer reading of a",
        ),
        evidence,
        controls,
        figures: vec![figure(ctx)?],
        ..Finding::default()
    })
}

/// A sample against its law.
fn figure(ctx: &Context) -> Result<Figure, CheckError> {
    let activation = Activation::TanhPrime;
    let data = activation.hermite_data();
    let squared = data.mean() * data.mean();
    let shown = Kernel {
        activation,
        gamma: GAMMA,
        added: 1.0,
        law: (1.0 + squared, data.beta_squared() - squared),
    };
    figures::of_model(
        ctx,
        "ntk-linear-width",
        "K₁ + XXᵀ/d for σ = tanh",
        "Var σ′ + (1 + c₁²) MP^{γ₁}",
        &shown,
    )
}
