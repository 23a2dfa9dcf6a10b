//! The whole NTK, linear width: `K₁ + K₂`, `K₂ = (1/p)σσᵀ`, a = ±1, has the limit law of
//! `T^{1/2}(1 + MP^{γ₂})T^{1/2}` moved by b′ − b, T = a MP^{γ₁} + b of `conjugate-kernel`, b′ = Var σ′.
//!
//! Slide 'Nonlinear random matrix models' (its M₄ has XXᵀ for K₂, see `ntk-linear`). The law is taken from the sum itself,
//! `YYᵀ + aXXᵀ + b′` for `Y = √a XW + √b Z`, by its linearisation. Reach: fitted rates in n, tanh and ReLU.
//! Controls: p/n for n/p, d/n for n/d, and K₁ and K₂ taken for free parts with MP^{γ₂} = 1.

use super::{Measured, RATE, SLIDE, conjugate_equivalent, distances, law_of, linear_and_rest};
use crate::kit::figures;
use rand::rngs::ChaCha8Rng;
use tensor_dyson::ledger::{
    CheckError, Claim, Context, Finding, Predicted, Printed, SpectralModel,
};
use tensor_dyson::linalg::{gram, product, symmetric_eigenvalues};
use tensor_dyson::model::{Activation, EntryLaw, hadamard_gram, sphere_rows};

pub(crate) const CLAIM: Claim = Claim {
    id: "ntk-whole",
    section: 10,
    slide: SLIDE,
    settles: &["NTK, linear width: same as aI + XXᵀ"],
    statement: r"$K_1 + K_2$, $n/d \to \gamma_1$, $n/p \to \gamma_2$: law $\to b' - b$ $+$ law of $T^{1/2}(1 + \mathrm{MP}^{\gamma_2})T^{1/2}$, $T = a\,\mathrm{MP}^{\gamma_1} + b.$",
    uses: &["ntk-linear", "conjugate-kernel"],
    check,
    ..Claim::BLANK
};

struct Ntk {
    activation: Activation,
    gammas: (f64, f64),
}

impl SpectralModel for Ntk {
    fn sample(&self, n: usize, rng: &mut ChaCha8Rng) -> Result<Vec<f64>, CheckError> {
        let size = |gamma: f64| (n as f64 / gamma) as usize;
        let (d, p) = (size(self.gammas.0), size(self.gammas.1));
        let x = sphere_rows(n, d, rng);
        let w = EntryLaw::Gaussian.matrix(d, p, rng);
        let u = product(x.view(), w.view()) / (d as f64).sqrt();
        let slopes = u.mapv(|u| self.activation.phi(u));
        let values = u.mapv(|u| self.activation.sigma(u));
        let kernel = hadamard_gram(x.view(), slopes.view()) + gram(values.view()) / p as f64;
        Ok(symmetric_eigenvalues(kernel.view())?)
    }

    fn predicted(&self, _: usize) -> Result<Predicted, CheckError> {
        let (a, b) = linear_and_rest(&self.activation);
        let data = self.activation.hermite_data();
        let shift = data.beta_squared() - data.mean().powi(2) - b;
        let k2 = conjugate_equivalent((a, b));
        let whole = format!("{k2} + {a}*X*X' + {}", b + shift);
        Ok(Predicted::Law(law_of(&whole, self.gammas)?))
    }
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let (mut evidence, mut controls) = (vec![], vec![]);
    let sizes = ctx.choose([24, 60, 150], [30, 85, 220], [60, 240, 960]);
    for (activation, name) in [(Activation::TanhPrime, "tanh"), (Activation::Step, "ReLU")] {
        let model = |gammas| Ntk {
            activation: activation.clone(),
            gammas,
        };
        let (g1, g2) = (0.5, 0.7);
        let rivals = [
            model((g1, 1.0 / g2)),
            model((1.0 / g1, g2)),
            model((g1, 1e-6)),
        ];
        let rivals = rivals.each_ref().map(|rival| rival as &dyn SpectralModel);
        let found = distances(
            ctx,
            sizes,
            10,
            Measured::Transform,
            &model((g1, g2)),
            &rivals,
        )?;
        evidence.push(
            found[0]
                .stieltjes
                .measure(&format!("|s_emp − s| against n, {name}"), RATE)?,
        );
        for (wrong, what) in
            found[1..]
                .iter()
                .zip(["p/n for n/p", "d/n for n/d", "no fluctuation of K₂"])
        {
            controls.push(wrong.stieltjes.measure(&format!("{what}, {name}"), RATE)?);
        }
    }
    let shown = Ntk {
        activation: Activation::TanhPrime,
        gammas: (0.5, 0.7),
    };
    let figure = figures::of_model(
        ctx,
        "ntk-whole",
        "The whole NTK for σ = tanh",
        "T^{½}(1 + MP^{γ₂})T^{½} + Var σ′ − b",
        &shown,
    )?;
    Ok(Finding {
        printed: Printed::as_claimed("K = K₁ + K₂ (its law is not printed)", &evidence),
        evidence,
        controls,
        figures: vec![figure],
        ..Finding::default()
    })
}
