//! The minibulk of c₀ = α = 0 in the NTK's law, `|w_b|² = d`: an eigenvalue t of `E ω⊗ω` leaves the bulk if `t > β²(1 + γ₁^{−1/2})`, for
//! `λ = t(γ₁ + β²/(t − β²))`; p do so, with `t = (E z²φ² − 2c₂²) + 2c₂² λ(ρ)`.
//!
//! Slide 'Conclusion' (outliers or minibulk). The map is that of a spiked covariance with bulk β² (Baik and Silverstein 2006), the limit
//! of `γ₁t + (1/pd) Σ_l tq_l/(t − q_l)` (`outlier-position`). Reach: γ₂ = ½. For h₂, γ₁ = 2, the exact q of `E ω⊗ω`: a
//! fitted rate in d for the p places, as many q above the gap of z(m) as p at γ₂ = ¼. Sampled NTKs: for φ = cos − c₀, γ₁ = 6, X on the
//! sphere, a fitted rate of the mean place. Samples of h₂ come near slowly, and are in the figure alone: by second-order perturbation
//! the term beside γ₁t is `E f²|ω|²/(tpd)` for `f = ⟨u_b, ω⟩`, `f² = z²φ²`, larger than in the limit by `(κ − 1)/p`,
//! `κ = E z²φ⁴/(E z²φ² E φ²) = 30`, beside terms in 1/d: three times the limit at p = 24. Controls: `γ₁t` alone, t = 3 + λ(ρ), t = 2 + 2λ(ρ),
//! d above the gap, none; for the samples t as for h₂, and t without λ(ρ).

use super::minibulk_h2::{largest_p, moment};
use crate::kit::common::{ASTRAY, disagreeing, halfway, quarter};
use crate::kit::draw::{Intervals, ladders};
use ndarray::Array2;
use rayon::prelude::*;
use tensor_dyson::ledger::{Axis, CheckError, Claim, Context, Figure, Finding, Printed};
use tensor_dyson::linalg::{gram, product, symmetric_eigenvalues};
use tensor_dyson::measure::Atoms;
use tensor_dyson::model::{Activation, sphere_rows};

pub(crate) const CLAIM: Claim = Claim {
    id: "minibulk-h2-ntk",
    section: 11,
    slide: "Conclusion",
    settles: &["outliers or minibulk, O(d) eigenvalues"],
    statement: r"$c_0 = \alpha = 0$, $|w_b|^2 = d$: $p$ eigenvalues of the NTK lie above its bulk, at $t(\gamma_1 + \beta^2/(t - \beta^2))$, $t = (E\,z^2\varphi^2 - 2c_2^2) + 2c_2^2\,\lambda(\rho).$",
    uses: &["minibulk-h2", "outlier-position"],
    check,
    ..Claim::BLANK
};

/// φ with mean c₀ = α = 0, by what its minibulk needs.
struct Centred {
    phi: fn(f64) -> f64,
    /// `E z²φ²`, `c₂²` and `β²`.
    second: f64,
    power: f64,
    beta: f64,
    gamma: f64,
}

/// h₂ at γ₁ = 2.
const H2: Centred = Centred {
    phi: |u| (u * u - 1.0) / std::f64::consts::SQRT_2,
    second: 5.0,
    power: 1.0,
    beta: 1.0,
    gamma: 2.0,
};

/// `cos − e^{−1/2}` at γ₁ = 6: `E cos 2z = e^{−2}`, `E z² cos 2z = −3e^{−2}`, `E z² cos z = 0`, and `c₂ = −e^{−1/2}/√2`.
fn centred_cos() -> Centred {
    let [one, two] = [-1.0_f64, -2.0].map(f64::exp);
    Centred {
        phi: |u| u.cos() - (-0.5_f64).exp(),
        second: 0.5 * (1.0 - 3.0 * two) + one,
        power: 0.5 * one,
        beta: 0.5 * (1.0 + two) - one,
        gamma: 6.0,
    }
}

impl Centred {
    /// t for an eigenvalue of ρ.
    fn spike(&self, rho: f64) -> f64 {
        self.second - 2.0 * self.power + 2.0 * self.power * rho
    }

    /// `t(γ₁ + β²/(t − β²))`.
    fn place(&self, t: f64) -> f64 {
        t * (self.gamma + self.beta / (t - self.beta))
    }

    /// The eigenvalues of an NTK with n = γ₁dp rows on the sphere, ascending: the dp of the features' side.
    fn sampled(&self, w: &Array2<f64>, ctx: &Context, stream: u64) -> Result<Vec<f64>, CheckError> {
        let (d, p) = w.dim();
        let n = (self.gamma * (d * p) as f64) as usize;
        let x = sphere_rows(n, d, &mut ctx.streams().stream(stream));
        let f = (product(x.view(), w.view()) / (d as f64).sqrt()).mapv(self.phi);
        let features = Array2::from_shape_fn((n, d * p), |(i, k)| x[[i, k / p]] * f[[i, k % p]]);
        let moment = gram(features.t()) / (d * p) as f64;
        Ok(symmetric_eigenvalues(moment.view())?)
    }
}

/// W on the sphere (d×p, p = d/2) with the eigenvalues of ρ, ascending.
fn weights(ctx: &Context, d: usize, stream: u64) -> Result<(Array2<f64>, Vec<f64>), CheckError> {
    let w = sphere_rows(d / 2, d, &mut ctx.streams().stream(stream));
    let rho = symmetric_eigenvalues((gram(w.view()) / d as f64).view())?;
    Ok((w.reversed_axes(), rho))
}

/// For h₂, how far the places of the p largest q are from those of t as it is, from γ₁t, and with t = 3 + λ(ρ) and 2 + 2λ(ρ), in rms of
/// the ratios. The other q stand at their mean b: their variance, 1/(4p), moves a place by `t²/(t − b)³/(4p)`, less than 1e-2 of it.
fn exact(ctx: &Context, d: usize, stream: u64) -> Result<[f64; 4], CheckError> {
    let (w, rho) = weights(ctx, d, stream)?;
    let moment = moment(&w, &Activation::Hermite(vec![0.0, 0.0, 1.0]))?;
    let top = largest_p(&moment)?;
    let (size, others) = (w.len() as f64, (w.len() - top.len()) as f64);
    let mean = (moment.trace() - top.iter().sum::<f64>()) / others;
    let lift = |t: f64| others / size * t * mean / (t - mean);
    let seen: Vec<f64> = top.iter().map(|&t| H2.gamma * t + lift(t)).collect();
    let against = |f: &dyn Fn(f64) -> f64| {
        let gaps = seen.iter().zip(&rho);
        let sum: f64 = gaps.map(|(x, &l)| (x / f(l) - 1.0).powi(2)).sum();
        (sum / rho.len() as f64).sqrt()
    };
    Ok([
        against(&|l| H2.place(H2.spike(l))),
        against(&|l| H2.gamma * H2.spike(l)),
        against(&|l| H2.place(3.0 + l)),
        against(&|l| H2.place(2.0 + 2.0 * l)),
    ])
}

/// How many q lie above the gap of z(m), for h₂ and p = d/4.
fn above(ctx: &Context, d: usize, stream: u64) -> Result<usize, CheckError> {
    let w = sphere_rows(d / 4, d, &mut ctx.streams().stream(stream)).reversed_axes();
    let q = moment(&w, &Activation::Hermite(vec![0.0, 0.0, 1.0]))?.eigenvalues()?;
    let count = q.len();
    Ok(Intervals::of(H2.gamma, &Atoms::empirical(q)?)?.count(count))
}

/// The mean of the p largest eigenvalues of a sampled NTK over its prediction, less one, for φ = cos − c₀: t as it is, as for h₂, and
/// without λ(ρ).
fn sampled_means(ctx: &Context, d: usize, stream: u64) -> Result<[f64; 3], CheckError> {
    let cos = centred_cos();
    let (w, rho) = weights(ctx, d, stream)?;
    let eigenvalues = cos.sampled(&w, ctx, stream + 1)?;
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let seen = mean(&eigenvalues[eigenvalues.len() - rho.len()..]);
    let over = |t: &dyn Fn(f64) -> f64| {
        let places: Vec<f64> = rho.iter().map(|&l| cos.place(t(l))).collect();
        seen / mean(&places) - 1.0
    };
    Ok([
        over(&|l| cos.spike(l)),
        over(&|l| cos.beta * H2.spike(l)),
        over(&|_| cos.spike(0.0)),
    ])
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let tops = ctx.choose([10, 16, 28], [12, 22, 40], [16, 40, 90]);
    let [right, bare, single, low] =
        &ladders(tops, 2, |d, seed| exact(ctx, d, 10_000 * d as u64 + seed))?;
    let d = ctx.choose(24, 28, 40);
    let counts: Vec<usize> = (0..12)
        .into_par_iter()
        .map(|seed: u64| above(ctx, d, 20_000_000 + seed))
        .collect::<Result<_, CheckError>>()?;
    let tops = ctx.choose([6, 9, 14], [6, 10, 16], [8, 16, 28]);
    let [mean, as_h2, flat] = &ladders(tops, 3, |d, seed| {
        sampled_means(ctx, d, 5_000_000 + 10_000 * d as u64 + 2 * seed)
    })?;
    let (rate, sampled) = (quarter(1.0), halfway(1.0));
    let count = |what: &str, wanted: usize| {
        let apart = counts.iter().filter(|&&seen| seen != wanted).count();
        disagreeing(what, counts.len(), apart, ASTRAY)
    };
    let evidence = vec![
        right.measure(
            "h₂: places of the p largest q over the formula, against d",
            rate,
        )?,
        count("h₂: q above the gap of z(m): p, at one d", d / 4),
        mean.measure(
            "cos − c₀: mean of the p largest of samples over the formula, against d",
            sampled,
        )?,
    ];
    Ok(Finding {
        printed: Printed::as_claimed("minibulk, φ = h₂, in the NTK", &evidence),
        evidence,
        controls: vec![
            bare.measure("h₂: γ₁t alone", rate)?,
            single.measure("h₂: t = 3 + λ(ρ)", rate)?,
            low.measure("h₂: t = 2 + 2λ(ρ)", rate)?,
            count("h₂: d above the gap", d),
            count("h₂: none", 0),
            as_h2.measure("cos − c₀: t = β²(3 + 2λ(ρ)), as for h₂", sampled)?,
            flat.measure("cos − c₀: t without λ(ρ)", sampled)?,
        ],
        figures: vec![figure(ctx, d)?],
        ..Finding::default()
    })
}

/// One sample of h₂.
fn figure(ctx: &Context, d: usize) -> Result<Figure, CheckError> {
    let (w, rho) = weights(ctx, d, u64::MAX)?;
    let eigenvalues = H2.sampled(&w, ctx, u64::MAX - 1)?;
    let ranked = |values: &[f64]| -> Vec<(f64, f64)> {
        let numbered = values.iter().rev().enumerate();
        numbered.map(|(k, &x)| (k as f64 + 1.0, x)).collect()
    };
    let places: Vec<f64> = rho.iter().map(|&l| H2.place(H2.spike(l))).collect();
    let edge = (1.0 + H2.gamma.sqrt()).powi(2);
    let figure = Figure::new(
        "minibulk-h2-ntk",
        "The NTK for σ′ = h₂, |w_b|² = d",
        Axis::log("rank of the eigenvalue"),
        Axis::linear("λ"),
    )
    .line("t(γ₁ + 1/(t−1)), t = 3 + 2λ(ρ)", ranked(&places))
    .line(
        "the edge of MP^{γ₁}",
        [(1.0, edge), (eigenvalues.len() as f64, edge)],
    )
    .points("eigenvalues of one sample", ranked(&eigenvalues))
    .rules("rank p", [rho.len() as f64 + 0.5])
    .caption(format!("d = {d}, γ₁ = 2, γ₂ = ½."));
    Ok(figure)
}
