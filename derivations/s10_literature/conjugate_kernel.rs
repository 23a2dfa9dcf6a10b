//! Conjugate kernel, linear width: `(1/p)σ(XW/√d)σ(XW/√d)ᵀ`, n/d → γ₁, n/p → γ₂, has the limit law
//! `MP^{γ₂} ⊠ (a MP^{γ₁} + b)`, a = (E σ′)², b = Var σ − a, with Voiculescu's ⊠.
//!
//! Slide 'Nonlinear random matrix models'. As printed: holds, if ⊠ is Voiculescu's; with the MP map that the talk
//! writes ⊠ for it is refuted. The law is that of YYᵀ, `Y = √a XW + √b Z`, from its linearisation. Reach: fitted rates in n,
//! Stieltjes and Kolmogorov, for tanh and ReLU (E σ ≠ 0 adds one outlier: `conjugate-outlier`); that law and the one by ⊠, within
//! proved bounds. Controls: p/n for n/p, d/n for n/d, a = E σ′, and the MP map for ⊠, in samples and within bounds.

use super::{
    Measured, SLIDE, conjugate_equivalent, distances, falls, free_product, law_of, linear_and_rest,
};
use crate::kit::common::points;
use crate::kit::figures;
use ndarray::ArrayView2;
use rand::rngs::ChaCha8Rng;
use tensor_dyson::ledger::{
    CheckError, Claim, Context, Figure, Finding, Measurement, Predicted, Printed, SpectralModel,
    largest,
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

/// The kernel at two ratios, with the law that is predicted.
struct ConjugateKernel {
    sigma: Activation,
    gammas: (f64, f64),
    law: Law,
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
        Ok(Predicted::Law(self.law.clone()))
    }
}

/// n/d and n/p.
const GAMMAS: (f64, f64) = (0.5, 0.7);

/// `MP^{γ₂} ⊠ (a MP^{γ₁} + b)`, and with the MP map for ⊠.
fn by_products((g1, g2): (f64, f64), (a, b): (f64, f64)) -> Result<[Law; 2], CheckError> {
    let t = Law::marchenko_pastur(g1)?.affine(a, b)?;
    Ok([free_product(g2, &t)?, t.mp_map(g2)?])
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let (g1, g2) = GAMMAS;
    let (mut evidence, mut controls) = (vec![], vec![]);
    let sizes = ctx.choose([24, 60, 150], [30, 85, 220], [60, 240, 960]);
    for (sigma, name) in [(Activation::TanhPrime, "tanh"), (Activation::Step, "ReLU")] {
        let (a, b) = linear_and_rest(&sigma);
        let of = |gammas, law| ConjugateKernel {
            sigma: sigma.clone(),
            gammas,
            law,
        };
        let equivalent = conjugate_equivalent((a, b));
        let model = |gammas| Ok::<_, CheckError>(of(gammas, law_of(&equivalent, gammas)?));
        let (right, root) = (model(GAMMAS)?, a.sqrt());
        let [unsquared, _] = by_products(GAMMAS, (root, a + b - root))?;
        let rivals = [
            model((g1, 1.0 / g2))?,
            model((1.0 / g1, g2))?,
            of(GAMMAS, unsquared),
        ];
        let rivals = rivals.each_ref().map(|rival| rival as &dyn SpectralModel);
        // The Kolmogorov distance of the right law only: of the others the transform says enough.
        let found = distances(ctx, sizes, 12, Measured::Transform, &right, &rivals)?;
        let fine = distances(ctx, sizes, 6, Measured::Kolmogorov, &right, &[])?;
        evidence.push(falls(&found[0].stieltjes, "|s_emp − s| against n", name)?);
        evidence.push(falls(&fine[0].kolmogorov, "Kolmogorov distance", name)?);
        let rivals = ["p/n for n/p", "d/n for n/d", "a = E σ′, not squared"];
        for (wrong, what) in found[1..].iter().zip(rivals) {
            controls.push(falls(&wrong.stieltjes, what, name)?);
        }
        // The two products differ by a term in the variance of T: ratios at which that is large tell them apart.
        let wide = (2.0, 0.3);
        let (free, [times, mapped]) = (model(wide)?, by_products(wide, (a, b))?);
        evidence.push(same(
            &free.law,
            &times,
            &format!("m of YYᵀ against ⊠, in bounds, {name}"),
        )?);
        controls.push(same(
            &free.law,
            &mapped,
            &format!("m of YYᵀ against the MP map, in bounds, {name}"),
        )?);
        let map = of(wide, mapped);
        let told = distances(ctx, sizes, 4, Measured::Transform, &free, &[&map])?;
        let [free, map] = [0, 1].map(|k| &told[k].stieltjes);
        evidence.push(falls(free, "n/d = 2, n/p = 0.3", name)?);
        controls.push(falls(map, "the MP map for ⊠ there", name)?);
    }
    Ok(Finding {
        printed: Printed::as_claimed("μ_MP^{γ₂} ⊠ (a_σ μ_MP^{γ₁} + b_σ)", &evidence),
        evidence,
        controls,
        figures: vec![figure(ctx)?],
        ..Finding::default()
    })
}

/// The transforms of two laws at the usual points, in the sum of their proved bounds.
fn same(one: &Law, other: &Law, what: &str) -> Result<Measurement, CheckError> {
    let mut off = vec![];
    for z in points() {
        let (a, b) = (one.stieltjes(z)?, other.stieltjes(z)?);
        off.push((a.s - b.s).norm() / (a.radius + b.radius));
    }
    Ok(Measurement::rounding(what, off.len(), largest(off), 1.0))
}

/// A sample against its law.
fn figure(ctx: &Context) -> Result<Figure, CheckError> {
    let sigma = Activation::TanhPrime;
    let equivalent = conjugate_equivalent(linear_and_rest(&sigma));
    let shown = ConjugateKernel {
        sigma,
        gammas: GAMMAS,
        law: law_of(&equivalent, GAMMAS)?,
    };
    figures::of_model(
        ctx,
        "conjugate-kernel",
        "The conjugate kernel for σ = tanh",
        "MP^{γ₂} ⊠ (a MP^{γ₁} + b)",
        &shown,
    )
}
