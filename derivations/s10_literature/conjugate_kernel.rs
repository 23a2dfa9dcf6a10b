//! Conjugate kernel, linear width: `(1/p)σ(XW/√d)σ(XW/√d)ᵀ`, n/d → γ₁, n/p → γ₂, has the limit law
//! `MP^{γ₂} ⊠ (a MP^{γ₁} + b)`, a = (E σ′)², b = Var σ − a, with Voiculescu's ⊠.
//!
//! Slide 'Nonlinear random matrix models'. As printed: holds, if ⊠ is Voiculescu's; with the MP map that the talk
//! writes ⊠ for it is refuted. Reach: fitted rates in n, Stieltjes and Kolmogorov, for tanh and ReLU (E σ ≠ 0
//! adds one outlier: `conjugate-outlier`). Controls: p/n for n/p, d/n for n/d, a = E σ′, and the MP map for ⊠.

use super::{Measured, RATE, SLIDE, distances, free_product, linear_and_rest};
use crate::kit::figures;
use ndarray::ArrayView2;
use rand::rngs::ChaCha8Rng;
use tensor_dyson::ledger::{
    CheckError, Claim, Context, Figure, Finding, Predicted, Printed, SpectralModel,
};
use tensor_dyson::linalg::{gram, product, symmetric_eigenvalues};
use tensor_dyson::measure::Law;
use tensor_dyson::model::{Activation, EntryLaw, sphere_rows};

pub(crate) const CLAIM: Claim = Claim {
    id: "conjugate-kernel",
    section: 10,
    slide: SLIDE,
    settles: &["conjugate kernel, linear width: MP^{γ₂} ⊠ (a MP^{γ₁} + b)"],
    statement: r"$\tfrac1p \sigma(XW/\sqrt d)\,\sigma(XW/\sqrt d)^\top$, $n/d \to \gamma_1$, $n/p \to \gamma_2$: law $\to \mathrm{MP}^{\gamma_2}$ $\boxtimes\;(a\,\mathrm{MP}^{\gamma_1} + b)$, $a = (E\sigma')^2$, $b = \mathrm{Var}\,\sigma - a.$",
    uses: &["mp-map-is-not-box"],
    check,
    ..Claim::BLANK
};

/// Which operation the prediction takes for ⊠.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Times {
    Free,
    MpMap,
}

struct ConjugateKernel {
    sigma: Activation,
    gammas: (f64, f64),
    /// The a and b of the prediction.
    parts: (f64, f64),
    times: Times,
}

/// `σ(XW/√d)`, n×p, W drawn.
pub(super) fn features(
    x: ArrayView2<'_, f64>,
    p: usize,
    sigma: impl Fn(f64) -> f64,
    rng: &mut ChaCha8Rng,
) -> ndarray::Array2<f64> {
    let d = x.ncols();
    let w = EntryLaw::Gaussian.matrix(d, p, rng);
    let root = (d as f64).sqrt();
    product(x, w.view()).mapv(|u| sigma(u / root))
}

impl SpectralModel for ConjugateKernel {
    fn sample(&self, n: usize, rng: &mut ChaCha8Rng) -> Result<Vec<f64>, CheckError> {
        let size = |gamma: f64| (n as f64 / gamma) as usize;
        let (d, p) = (size(self.gammas.0), size(self.gammas.1));
        let x = sphere_rows(n, d, rng);
        let features = features(x.view(), p, |u| self.sigma.sigma(u), rng);
        Ok(symmetric_eigenvalues(
            (gram(features.view()) / p as f64).view(),
        )?)
    }

    fn predicted(&self, _: usize) -> Result<Predicted, CheckError> {
        let (a, b) = self.parts;
        let t = Law::marchenko_pastur(self.gammas.0)?.affine(a, b)?;
        Ok(Predicted::Law(match self.times {
            Times::Free => free_product(self.gammas.1, &t)?,
            Times::MpMap => t.mp_map(self.gammas.1)?,
        }))
    }
}

/// n/d and n/p.
const GAMMAS: (f64, f64) = (0.5, 0.7);

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let (g1, g2) = GAMMAS;
    let (mut evidence, mut controls) = (vec![], vec![]);
    let sizes = ctx.choose([24, 60, 150], [30, 85, 220], [60, 240, 960]);
    for (sigma, name) in [(Activation::TanhPrime, "tanh"), (Activation::Step, "ReLU")] {
        let (a, b) = linear_and_rest(&sigma);
        let model = |gammas, parts, times| ConjugateKernel {
            sigma: sigma.clone(),
            gammas,
            parts,
            times,
        };
        let right = model((g1, g2), (a, b), Times::Free);
        let root = a.sqrt();
        let rivals = [
            model((g1, 1.0 / g2), (a, b), Times::Free),
            model((1.0 / g1, g2), (a, b), Times::Free),
            model((g1, g2), (root, a + b - root), Times::Free),
        ];
        let rivals = rivals.each_ref().map(|rival| rival as &dyn SpectralModel);
        // The Kolmogorov distance of the right law only: of the others the transform says enough.
        let found = distances(ctx, sizes, 12, Measured::Transform, &right, &rivals)?;
        let fine = distances(ctx, sizes, 6, Measured::Kolmogorov, &right, &[])?;
        evidence.push(
            found[0]
                .stieltjes
                .measure(&format!("|s_emp − s| against n, {name}"), RATE)?,
        );
        evidence.push(
            fine[0]
                .kolmogorov
                .measure(&format!("Kolmogorov distance, {name}"), RATE)?,
        );
        let rivals = ["p/n for n/p", "d/n for n/d", "a = E σ′, not squared"];
        for (wrong, what) in found[1..].iter().zip(rivals) {
            controls.push(wrong.stieltjes.measure(&format!("{what}, {name}"), RATE)?);
        }
        // The two products differ by a term in the variance of T: ratios at which that is large tell them apart.
        let wide = (2.0, 0.3);
        let (free, map) = (
            model(wide, (a, b), Times::Free),
            model(wide, (a, b), Times::MpMap),
        );
        let told = distances(ctx, sizes, 4, Measured::Transform, &free, &[&map])?;
        let [free, map] = [0, 1].map(|k| &told[k].stieltjes);
        evidence.push(free.measure(&format!("n/d = 2, n/p = 0.3, {name}"), RATE)?);
        controls.push(map.measure(&format!("the MP map for ⊠ there, {name}"), RATE)?);
    }
    Ok(Finding {
        printed: Printed::as_claimed("μ_MP^{γ₂} ⊠ (a_σ μ_MP^{γ₁} + b_σ)", &evidence),
        evidence,
        controls,
        figures: vec![figure(ctx)?],
        ..Finding::default()
    })
}

/// A sample against its law.
fn figure(ctx: &Context) -> Result<Figure, CheckError> {
    let sigma = Activation::TanhPrime;
    let shown = ConjugateKernel {
        parts: linear_and_rest(&sigma),
        sigma,
        gammas: GAMMAS,
        times: Times::Free,
    };
    figures::of_model(
        ctx,
        "conjugate-kernel",
        "The conjugate kernel for σ = tanh",
        "MP^{γ₂} ⊠ (a MP^{γ₁} + b)",
        &shown,
    )
}
