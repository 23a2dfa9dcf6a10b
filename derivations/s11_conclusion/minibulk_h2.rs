//! c₀ = α = 0, c₂ ≠ 0, weights with `|w_b|² = d`: p eigenvalues of `E ω⊗ω`, those of the directions `V_b ⊗ e_b`, leave the others, with
//! the law of `(E z²φ² − 2c₂²) + 2c₂² λ(ρ)`, `ρ = VᵀV`; for φ = h₂ of `3 + 2λ(ρ)`, on `3 + 2(1 ± √γ₂)²` and never below 3.
//!
//! Slide 'Conclusion' (outliers or minibulk). With the isometry `U e_b = V_b ⊗ e_b`, for φ = h₂ exactly `𝒬U = U(3 + 2ρ) + ℛ`,
//! `ℛw = 3V diag(w)(ρ∘ρ − 1)`, so that p eigenvalues are within `‖ℛ‖ = 3‖ρ∘(ρ∘ρ − 1)²‖^{1/2} ~ d^{−1/2}` of `3 + 2λ(ρ)` (Weyl).
//! Reach: the identity proved for every d and p; a fitted rate of ‖ℛ‖ up to d of several hundred; the p largest by subspace iteration
//! with a fitted rate in d, γ₂ = ½, for h₂ and for h₂ + h₄/2; by dense eigenvalues p of them above 2.4, between the d near `1 + γ₂` and
//! 3. That was open with Gaussian w_b, whose `|w_b|²/d` is off by √(2/d), which h₂ turns into a spread wider than the gap of sizes that
//! samples reach: a control. Others: 3 + λ(ρ), 2 + 2λ(ρ), h₂'s 3 for h₂ + h₄/2, d or d + p above the gap.

use crate::kit::common::{ASTRAY, disagreeing, quarter};
use crate::kit::draw::{Rows, ladders, rows};
use crate::kit::proved::{NearMisses, Outcome, Statement};
use ndarray::{Array1, Array2, Axis as Along};
use rayon::prelude::*;
use tensor_dyson::covariance::ExactCovariance;
use tensor_dyson::ledger::{Axis, CheckError, Claim, Context, Figure, Finding, Ladder, Printed};
use tensor_dyson::linalg::{gram, product, qr, symmetric_eigenvalues};
use tensor_dyson::model::{Activation, sphere_rows};
use tensor_dyson::symbolic::Theory;

pub(crate) const CLAIM: Claim = Claim {
    id: "minibulk-h2",
    section: 11,
    slide: "Conclusion",
    settles: &["outliers or minibulk, O(d) eigenvalues"],
    statement: r"$c_0 = \alpha = 0$, $|w_b|^2 = d$: $p$ eigenvalues of $E\,\omega\otimes\omega$ leave the others, with the law of $(E\,z^2\varphi^2 - 2c_2^2) + 2c_2^2\,\lambda(\rho)$, $\rho = V^\top V$; $3 + 2\lambda(\rho)$ for $\varphi = h_2.$",
    uses: &["exact-covariance", "outlier-count"],
    assumes: &["Weyl's inequality: eigenvalues move by at most the norm of the perturbation"],
    check,
    ..Claim::BLANK
};

/// `E z²φ²` of h₂, and of h₂ + h₄/2: `z(h₂ + h₄/2) = √2 h₁ + (√3 + 1) h₃ + (√5/2) h₅` by `zh_k = √(k+1) h_{k+1} + √k h_{k−1}`.
fn second_moments() -> [f64; 2] {
    [5.0, 2.0 + (3.0_f64.sqrt() + 1.0).powi(2) + 1.25]
}

/// h₂ and h₂ + h₄/2.
fn activations() -> [Activation; 2] {
    [vec![0.0, 0.0, 1.0], vec![0.0, 0.0, 1.0, 0.0, 0.5]].map(Activation::Hermite)
}

/// `‖ℛ‖`.
fn remainder(w: &Array2<f64>) -> Result<f64, CheckError> {
    let rho = gram(w.t()) / w.nrows() as f64;
    let off = &rho * &rho - Array2::<f64>::eye(w.ncols());
    let square = product(off.view(), off.view()) * &rho;
    let norms = symmetric_eigenvalues(square.view())?;
    Ok(3.0 * norms[norms.len() - 1].max(0.0).sqrt())
}

/// `E ω⊗ω` at the weights W (d×p), all a_b = 1.
pub(super) fn moment(w: &Array2<f64>, phi: &Activation) -> Result<ExactCovariance, CheckError> {
    let ones = Array1::ones(w.ncols());
    Ok(ExactCovariance::new(w.view(), ones.view(), phi)?.second_moment())
}

/// The p largest eigenvalues, ascending, by subspace iteration from the `V_b ⊗ e_b`, on whose span Rayleigh and Ritz are right to
/// second order in ℛ: each step takes the rest down by (1 + γ₂)/3, its square in the values.
pub(super) fn largest_p(exact: &ExactCovariance) -> Result<Vec<f64>, CheckError> {
    let (d, p) = exact.shape();
    let mut space = Array2::zeros((d * p, p));
    for ((a, b), v) in exact.first_layer().indexed_iter() {
        space[[a * p + b, b]] = *v;
    }
    let apply = |space: &Array2<f64>| -> Result<Array2<f64>, CheckError> {
        let mut image = space.clone();
        for mut column in image.axis_iter_mut(Along(1)) {
            let moved = exact.apply(column.to_owned().to_shape((d, p))?.view());
            column.assign(&moved.flatten());
        }
        Ok(image)
    };
    for _ in 0..STEPS {
        space = qr(apply(&space)?.view())?.0;
    }
    let image = apply(&space)?;
    Ok(symmetric_eigenvalues(
        product(space.t(), image.view()).view(),
    )?)
}

/// Steps of the subspace iteration: 2⁻²⁴ of the gap is left in the values.
const STEPS: usize = 12;

/// The root mean square of the distances of the p largest from `shift + 2c₂² λ(ρ)`.
fn distance(top: &[f64], rho: &[f64], shift: f64, scale: f64) -> f64 {
    let pairs = top.iter().zip(rho);
    let sum: f64 = pairs.map(|(t, l)| (t - shift - scale * l).powi(2)).sum();
    (sum / rho.len() as f64).sqrt()
}

/// The p largest and the eigenvalues of ρ, ascending.
fn both(w: &Array2<f64>, phi: &Activation) -> Result<[Vec<f64>; 2], CheckError> {
    let rho = gram(w.t()) / w.nrows() as f64;
    Ok([
        largest_p(&moment(w, phi)?)?,
        symmetric_eigenvalues(rho.view())?,
    ])
}

/// The distances of one draw: h₂ from its law, h₂ + h₄/2 from its own; from 3 + λ(ρ), from 2 + 2λ(ρ), and the other from h₂'s.
fn distances(ctx: &Context, d: usize, seed: u64) -> Result<[f64; 5], CheckError> {
    let mut rng = ctx.streams().stream(1000 * d as u64 + seed);
    let w = sphere_rows(d / 2, d, &mut rng).reversed_axes();
    let [two, mixed] = activations();
    let [top, rho] = both(&w, &two)?;
    let [other, _] = both(&w, &mixed)?;
    let [second, mixed_second] = second_moments();
    Ok([
        distance(&top, &rho, second - 2.0, 2.0),
        distance(&other, &rho, mixed_second - 2.0, 2.0),
        distance(&top, &rho, 3.0, 1.0),
        distance(&top, &rho, 2.0, 2.0),
        distance(&other, &rho, 3.0, 2.0),
    ])
}

/// The whole spectra of `E ω⊗ω` for h₂, each ascending, of draws at p = d/2, the columns of W of some kind.
fn spectra(ctx: &Context, kind: Rows, d: usize) -> Result<Vec<Vec<f64>>, CheckError> {
    (0..12)
        .into_par_iter()
        .map(|seed: u64| {
            let mut rng = ctx.streams().stream(2_000_000 + seed);
            let w = rows(kind, d / 2, d, &mut rng).reversed_axes();
            Ok(moment(&w, &activations()[0])?.eigenvalues()?)
        })
        .collect()
}

/// `‖ℛ‖` over sizes that need no 𝒬.
fn remainders(ctx: &Context) -> Result<Ladder, CheckError> {
    let mut norms = Ladder::default();
    for d in ctx.choose([20, 50, 120], [40, 100, 240], [60, 200, 800]) {
        let found: Vec<f64> = (0..8)
            .into_par_iter()
            .map(|seed: u64| {
                let mut rng = ctx.streams().stream(1_000_000 + 1000 * d as u64 + seed);
                remainder(&sphere_rows(d / 2, d, &mut rng).reversed_axes())
            })
            .collect::<Result<_, CheckError>>()?;
        found.iter().for_each(|&norm| norms.push(d as f64, norm));
    }
    Ok(norms)
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let tops = ctx.choose([10, 16, 28], [12, 22, 40], [16, 40, 90]);
    let [two, mixed, single, low, unshifted] =
        &ladders(tops, 2, |d, seed| distances(ctx, d, seed))?;
    let d = ctx.choose(12, 16, 24);
    let [sphere, gaussian] = [Rows::Sphere, Rows::Gaussian].map(|kind| spectra(ctx, kind, d));
    let (sphere, gaussian) = (sphere?, gaussian?);
    let count = |what: &str, spectra: &[Vec<f64>], wanted: usize| {
        let above = |q: &[f64]| q.iter().filter(|&&x| x > 2.4).count();
        let apart = spectra.iter().filter(|q| above(q) != wanted).count();
        disagreeing(what, spectra.len(), apart, ASTRAY)
    };
    let rate = quarter(1.0);
    let mut evidence = PROOF.evidence([])?;
    evidence.extend([
        remainders(ctx)?.measure("‖ℛ‖ against d, φ = h₂", quarter(0.5))?,
        two.measure("the p largest − 3 − 2λ(ρ), against d, h₂", rate)?,
        mixed.measure("the p largest − their law, against d, h₂ + h₄/2", rate)?,
        count("above 2.4 lie p, h₂", &sphere, d / 2),
    ]);
    Ok(Finding {
        printed: Printed::as_claimed("minibulk, φ = h₂", &evidence),
        evidence,
        controls: PROOF.controls([
            count("above 2.4 lie p, w_b Gaussian", &gaussian, d / 2),
            single.measure("3 + λ(ρ)", rate)?,
            low.measure("2 + 2λ(ρ)", rate)?,
            unshifted.measure("3 + 2λ(ρ) for h₂ + h₄/2", rate)?,
            count("above 2.4 lie d", &sphere, d),
            count("above 2.4 lie d + p", &sphere, d + d / 2),
        ])?,
        figures: vec![figure(ctx, d, &sphere[0])?],
        ..Finding::default()
    })
}

/// The first draw of [`spectra`].
fn figure(ctx: &Context, d: usize, q: &[f64]) -> Result<Figure, CheckError> {
    let w = sphere_rows(d / 2, d, &mut ctx.streams().stream(2_000_000));
    let rho = symmetric_eigenvalues((gram(w.view()) / d as f64).view())?;
    let law: Vec<f64> = rho.iter().map(|x| 3.0 + 2.0 * x).collect();
    let ranked = |values: &[f64]| -> Vec<(f64, f64)> {
        let numbered = values.iter().rev().enumerate();
        numbered.map(|(k, &x)| (k as f64 + 1.0, x)).collect()
    };
    let figure = Figure::new(
        "minibulk-h2",
        "E ω⊗ω for φ = h₂, |w_b|² = d: p eigenvalues leave the others",
        Axis::log("rank of the eigenvalue"),
        Axis::linear("q"),
    )
    .points("eigenvalues of E ω⊗ω", ranked(q))
    .line("3 + 2λ(ρ)", ranked(&law))
    .rules("rank p", [(d / 2) as f64 + 0.5])
    .caption(format!("One draw of W, p = {}, d = {d}.", d / 2));
    Ok(figure)
}

/// The isometry.
const PROOF: Statement = Statement {
    what: "E ω⊗ω on V_b ⊗ e_b, φ = h₂",
    prove,
    near_misses,
};

/// `𝒬Uw = 3V diag(w)(ρ∘ρ) + 2Uρ diag(N)w`; at unit columns, N = 1, it is `U(3 + 2ρ)w + ℛw`. The kernels `K⁰⁰ = ρ∘ρ` and `K¹¹ = 2ρ` are
/// those of h₂ (`exact-covariance`); ρ is H here, for in print it cannot be told from p.
fn prove() -> Outcome {
    with("3 V[a,e] w[e] H[b,e] H[b,e] + 2 V[a,b] H[b,e] N[e] w[e]")
}

fn near_misses() -> NearMisses {
    vec![
        (
            "U(3 + H)",
            with("3 V[a,e] w[e] H[b,e] H[b,e] + V[a,b] H[b,e] N[e] w[e]"),
        ),
        (
            "U(2 + 2H)",
            with("2 V[a,e] w[e] H[b,e] H[b,e] + 2 V[a,b] H[b,e] N[e] w[e]"),
        ),
        (
            "no remainder: H∘H = 1",
            with("3 V[a,b] w[b] N[b] N[b] + 2 V[a,b] H[b,e] N[e] w[e]"),
        ),
    ]
}

fn with(claimed: &str) -> Outcome {
    let mut theory = Theory::new();
    theory
        .tensors("V[d,p] w[p]")?
        .define("H[b,e] = V[k,b] V[k,e]")?
        .define("N[b] = V[k,b] V[k,b]")?
        .define("𝒬[a,b,c,e] = δ[a,c] H[b,e] H[b,e] + 2 H[b,e] (V[a,b] V[c,e] + V[a,e] V[c,b])")?;
    let proof = theory
        .prove("𝒬Uw = 3V diag(w)(H∘H) + 2UH diag(N)w, H = VᵀV, 𝒬 = E ω⊗ω, U e_b = V_b ⊗ e_b")
        .from("[a,b] 𝒬[a,b,c,e] V[c,e] w[e]")?
        .follows(
            "contracted over c and e; at N = 1 it is U(3 + 2H)w + ℛw",
            &format!("[a,b] {claimed}"),
            &["𝒬", "N", "H"],
        )?;
    Ok(proof.done())
}
