//! c₀ = α = 0, c₂ ≠ 0, weights with `|w_b|² = d`: p eigenvalues of `E ω⊗ω`, those of the directions `V_b ⊗ e_b`, leave the others, with the
//! law of `(E z²φ² − 2c₂²) + 2c₂² λ(ρ)`, `ρ = VᵀV`; for φ = h₂ of `3 + 2λ(ρ)`, on `3 + 2(1 ± √γ₂)²` and never below 3.
//!
//! Slide 'Conclusion' (outliers or minibulk). With the isometry `U e_b = V_b ⊗ e_b`, for φ = h₂ exactly `𝒬U = U(3 + 2ρ) + ℛ`,
//! `ℛw = 3V diag(w)(ρ∘ρ − 1)`, so that p eigenvalues are within `‖ℛ‖ = 3‖ρ∘(ρ∘ρ − 1)²‖^{1/2} ~ d^{−1/2}` of `3 + 2λ(ρ)` (Weyl).
//! Reach: the identity proved for every d and p; a fitted rate of ‖ℛ‖ up to d of several hundred; that they are the largest, by dense
//! eigenvalues of `E ω⊗ω` with a fitted rate in d, for h₂ and for h₂ + h₄/2. That was open with Gaussian w_b, whose
//! `|w_b|²/d` is off by √(2/d), which h₂ turns into a spread wider than the gap: a control. Others: 3 + λ(ρ), 2 + 2λ(ρ), h₂'s 3 for h₂ + h₄/2.

use crate::kit::common::quarter;
use crate::proofs::minibulk::MINIBULK;
use ndarray::Array2;
use rand::Rng;
use rayon::prelude::*;
use tensor_dyson::covariance::ExactCovariance;
use tensor_dyson::ledger::{Axis, CheckError, Claim, Context, Figure, Finding, Ladder, Printed};
use tensor_dyson::linalg::{gram, product, symmetric_eigenvalues};
use tensor_dyson::model::{Activation, EntryLaw, WeightLaw, sphere_rows};

pub(crate) const CLAIM: Claim = Claim {
    id: "minibulk-h2",
    section: 11,
    slide: "Conclusion",
    statement: "c₀ = α = 0, |w_b|² = d: p eigenvalues of E ω⊗ω leave the others, with the law of (E z²φ² − 2c₂²) + 2c₂² λ(ρ), ρ = VᵀV; 3 + 2λ(ρ) for φ = h₂.",
    uses: &["exact-covariance", "outlier-count"],
    assumes: &["Weyl's inequality: eigenvalues move by at most the norm of the perturbation"],
    check,
};

/// φ with `E z²φ²` and `c₂²`; `z²h₂²` and `z²(h₂ + h₄/2)²` by the recurrence `zh_k = √(k+1) h_{k+1} + √k h_{k−1}`.
fn activations() -> [(Activation, f64, f64); 2] {
    let half = 0.5_f64;
    // z(h₂ + h₄/2) = √2 h₁ + (√3 + 1) h₃ + (√5/2) h₅.
    let mixed = 2.0 + (3.0_f64.sqrt() + 1.0).powi(2) + 1.25;
    [
        (Activation::Hermite(vec![0.0, 0.0, 1.0]), 5.0, 1.0),
        (
            Activation::Hermite(vec![0.0, 0.0, 1.0, 0.0, half]),
            mixed,
            1.0,
        ),
    ]
}

/// `‖ℛ‖`.
fn remainder(w: &Array2<f64>) -> Result<f64, CheckError> {
    let rho = gram(w.t()) / w.nrows() as f64;
    let off = &rho * &rho - Array2::<f64>::eye(w.ncols());
    let square = product(off.view(), off.view()) * &rho;
    let norms = symmetric_eigenvalues(square.view())?;
    Ok(3.0 * norms[norms.len() - 1].max(0.0).sqrt())
}

/// The eigenvalues of `E ω⊗ω` and those of ρ, ascending.
fn both_spectra(
    w: &Array2<f64>,
    phi: &Activation,
    ctx: &Context,
) -> Result<(Vec<f64>, Vec<f64>), CheckError> {
    let (d, p) = w.dim();
    let a = WeightLaw::PlusMinusOne.sample(p, &mut ctx.streams().stream(u64::MAX));
    let exact = ExactCovariance::new(w.view(), a.view(), phi)?;
    let q = exact.second_moment().eigenvalues()?;
    let rho = symmetric_eigenvalues((gram(w.t()) / d as f64).view())?;
    Ok((q, rho))
}

/// W (d×p) with `|w_b|² = d`, the eigenvalues q of its `E ω⊗ω` and those of ρ, ascending.
pub(super) struct Spherical {
    pub w: Array2<f64>,
    pub q: Vec<f64>,
    pub rho: Vec<f64>,
}

/// A draw of them.
pub(super) fn spherical(
    (d, p): (usize, usize),
    phi: &Activation,
    ctx: &Context,
    rng: &mut impl Rng,
) -> Result<Spherical, CheckError> {
    let w = sphere_rows(p, d, rng).reversed_axes();
    let (q, rho) = both_spectra(&w, phi, ctx)?;
    Ok(Spherical { w, q, rho })
}

/// The root mean square of the distances of the p largest from `shift + scale · λ(ρ)`.
fn distance(q: &[f64], rho: &[f64], shift: f64, scale: f64) -> f64 {
    let top = &q[q.len() - rho.len()..];
    let pairs = top.iter().zip(rho);
    let sum: f64 = pairs.map(|(t, l)| (t - shift - scale * l).powi(2)).sum();
    (sum / rho.len() as f64).sqrt()
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let mut ladders: [Ladder; 6] = Default::default();
    let mut shown = (vec![], vec![]);
    for d in ctx.choose([8, 13, 20], [8, 15, 28], [12, 24, 44]) {
        let p = d / 2;
        for seed in 0..(240 / d) as u64 {
            let mut rng = ctx.streams().stream(1000 * d as u64 + seed);
            let which = (seed % 3 == 2) as usize;
            let (phi, second, square) = activations()[which].clone();
            let Spherical { q, rho, .. } = spherical((d, p), &phi, ctx, &mut rng)?;
            let right = distance(&q, &rho, second - 2.0 * square, 2.0 * square);
            ladders[which].push(d as f64, right);
            if which == 1 {
                ladders[2].push(d as f64, distance(&q, &rho, 3.0, 2.0));
                continue;
            }
            ladders[3].push(d as f64, distance(&q, &rho, 3.0, 1.0));
            ladders[4].push(d as f64, distance(&q, &rho, 2.0, 2.0));
            let gaussian = EntryLaw::Gaussian.matrix(d, p, &mut rng);
            let (wild, its_rho) = both_spectra(&gaussian, &phi, ctx)?;
            ladders[5].push(d as f64, distance(&wild, &its_rho, 3.0, 2.0));
            shown = (q, rho);
        }
    }
    let mut norms = Ladder::default();
    let far = ctx.choose([30, 90, 270], [40, 120, 400], [60, 200, 800]);
    for d in far {
        let found: Vec<f64> = (0..8)
            .into_par_iter()
            .map(|seed: u64| {
                let mut rng = ctx.streams().stream(1_000_000 + 1000 * d as u64 + seed);
                remainder(&sphere_rows(d / 2, d, &mut rng).reversed_axes())
            })
            .collect::<Result<_, CheckError>>()?;
        found.iter().for_each(|&norm| norms.push(d as f64, norm));
    }
    let [two, mixed, unshifted, single, low, gaussian] = &ladders;
    let rate = quarter(1.0);
    let mut evidence = MINIBULK.evidence([])?;
    evidence.extend([
        norms.measure("‖ℛ‖ against d, φ = h₂", quarter(0.5))?,
        two.measure("the p largest − 3 − 2λ(ρ), against d, h₂", rate)?,
        mixed.measure("the p largest − their law, against d, h₂ + h₄/2", rate)?,
    ]);
    let ends = |eigenvalues: &[f64]| -> Vec<(f64, f64)> {
        let ranked = eigenvalues.iter().rev().enumerate();
        ranked.map(|(k, &x)| (k as f64 + 1.0, x)).collect()
    };
    let (q, rho) = shown;
    let predicted: Vec<f64> = rho.iter().map(|x| 3.0 + 2.0 * x).collect();
    let figure = Figure::new(
        "minibulk-h2",
        "E ω⊗ω for φ = h₂, |w_b|² = d: p eigenvalues leave the others",
        Axis::log("rank of the eigenvalue"),
        Axis::linear("q"),
    )
    .points("eigenvalues of E ω⊗ω", ends(&q))
    .line("3 + 2λ(ρ)", ends(&predicted))
    .rules("rank p", [rho.len() as f64 + 0.5])
    .caption(format!(
        "One draw of W, p = {}, d = {}.",
        rho.len(),
        2 * rho.len()
    ));
    Ok(Finding {
        printed: Printed::as_claimed("minibulk, φ = h₂", &evidence),
        evidence,
        controls: MINIBULK.controls([
            gaussian.measure("w_b Gaussian, not on the sphere", rate)?,
            single.measure("3 + λ(ρ)", rate)?,
            low.measure("2 + 2λ(ρ)", rate)?,
            unshifted.measure("3 + 2λ(ρ) for h₂ + h₄/2", rate)?,
        ])?,
        figures: vec![figure],
        ..Finding::default()
    })
}
