//! The minibulk of φ = h₂ in the NTK's law: an eigenvalue t of `E ω⊗ω` leaves the bulk if `t > β²(1 + γ₁^{−1/2})`, for
//! `λ = t(γ₁ + β²/(t − β²))`; p do so, with t = 3 + 2λ(ρ).
//!
//! Slide 'Conclusion' (outliers or minibulk). The map is that of a spiked covariance with bulk β² (Baik and Silverstein 2006), here of
//! `γ₁t + (1/pd)Σ_l tq_l/(t − q_l)` (`outlier-position`), whose q_l tend to β². Reach: w_b on the sphere, γ₂ = ½, γ₁ = 2, the exact q of
//! `E ω⊗ω`: a fitted rate in d for the p places; as many q above the gap of z(m) as p, at the largest d. Samples are in
//! the figure alone: `E u²h₂⁴/(E u²h₂² E h₂²) = 30` makes their places err by 30/p of the second term, twice that term at p = 14.
//! Controls: `γ₁t` alone, t = 3 + λ(ρ), t = 2 + 2λ(ρ), d above the gap, and none.

use super::minibulk_h2::{Spherical, spherical};
use crate::kit::common::{ASTRAY, disagreeing, quarter};
use crate::kit::draw::{Intervals, push_sixes};
use ndarray::Array2;
use rayon::prelude::*;
use tensor_dyson::ledger::{Axis, CheckError, Claim, Context, Figure, Finding, Ladder, Printed};
use tensor_dyson::measure::Atoms;
use tensor_dyson::model::{Activation, EntryLaw, NtkSample, WeightLaw};

pub(crate) const CLAIM: Claim = Claim {
    id: "minibulk-h2-ntk",
    section: 11,
    slide: "Conclusion",
    statement: "φ = h₂, |w_b|² = d: p eigenvalues of the NTK lie above its bulk, at t(γ₁ + β²/(t − β²)), t = 3 + 2λ(ρ).",
    uses: &["minibulk-h2", "outlier-position"],
    assumes: &[],
    check,
};

const GAMMA_1: f64 = 2.0;

/// `t(γ₁ + β²/(t − β²))` at β² = 1.
fn place(t: f64) -> f64 {
    t * (GAMMA_1 + (t - 1.0).recip())
}

/// The places of the p largest q.
fn exact_places(q: &[f64], p: usize) -> Vec<f64> {
    let (bulk, top) = q.split_at(q.len() - p);
    let lift = |t: &f64| bulk.iter().map(|l| t * l / (t - l)).sum::<f64>() / q.len() as f64;
    top.iter().map(|t| GAMMA_1 * t + lift(t)).collect()
}

/// One sample of the NTK at these weights.
fn sampled(ctx: &Context, w: Array2<f64>) -> Result<Vec<f64>, CheckError> {
    let (d, p) = w.dim();
    let mut rng = ctx.streams().stream(u64::MAX);
    let n = (GAMMA_1 * (d * p) as f64) as usize;
    let x = EntryLaw::Gaussian.matrix(n, d, &mut rng);
    let a = WeightLaw::PlusMinusOne.sample(p, &mut rng);
    let phi = Activation::Hermite(vec![0.0, 0.0, 1.0]);
    Ok(NtkSample { x, w, a }.ntk_eigenvalues(&phi)?)
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let mut ladders: [Ladder; 4] = Default::default();
    let (mut counts, mut shown) = (vec![], vec![]);
    let tops = ctx.choose([7, 12, 20], [8, 16, 30], [12, 24, 44]);
    let p = tops[2] / 2;
    let phi = Activation::Hermite(vec![0.0, 0.0, 1.0]);
    for d in tops {
        let draws: Vec<_> = (0..6 * (4 * tops[2] / d) as u64)
            .into_par_iter()
            .map(|seed| {
                let mut rng = ctx.streams().stream(1000 * d as u64 + seed);
                spherical((d, d / 2), &phi, ctx, &mut rng)
            })
            .collect::<Result<_, CheckError>>()?;
        let mut rows = vec![];
        for Spherical { w, q, rho } in &draws {
            let seen = exact_places(q, rho.len());
            let against = |f: &dyn Fn(f64) -> f64| {
                let gaps = seen.iter().zip(rho).map(|(x, &l)| (x / f(l) - 1.0).powi(2));
                (gaps.sum::<f64>() / rho.len() as f64).sqrt()
            };
            rows.push([
                against(&|l| place(3.0 + 2.0 * l)),
                against(&|l| GAMMA_1 * (3.0 + 2.0 * l)),
                against(&|l| place(3.0 + l)),
                against(&|l| place(2.0 + 2.0 * l)),
            ]);
            if d == tops[2] {
                let law = Atoms::empirical(q.clone())?;
                counts.push(Intervals::of(GAMMA_1, &law)?.count(q.len()));
                if shown.is_empty() {
                    shown = vec![sampled(ctx, w.clone())?, rho.clone()];
                }
            }
        }
        for (k, ladder) in ladders.iter_mut().enumerate() {
            push_sixes(ladder, d, rows.iter().map(|row| row[k]));
        }
    }
    let [right, bare, single, low] = &ladders;
    let rate = quarter(1.0);
    let count = |what: &str, wanted: usize| {
        let apart = counts.iter().filter(|&&seen| seen != wanted).count();
        disagreeing(what, counts.len(), apart, ASTRAY)
    };
    let evidence = vec![
        right.measure(
            "places of the p largest q over the formula, against d",
            rate,
        )?,
        count("q above the gap of z(m): p, at the largest d", p),
    ];
    let ranked = |values: &[f64]| -> Vec<(f64, f64)> {
        let numbered = values.iter().rev().enumerate();
        numbered.map(|(k, &x)| (k as f64 + 1.0, x)).collect()
    };
    let places: Vec<f64> = shown[1].iter().map(|l| place(3.0 + 2.0 * l)).collect();
    let edge = (1.0 + GAMMA_1.sqrt()).powi(2);
    let figure = Figure::new(
        "minibulk-h2-ntk",
        "The NTK for σ′ = h₂, |w_b|² = d",
        Axis::log("rank of the eigenvalue"),
        Axis::linear("λ"),
    )
    .line("t(γ₁ + 1/(t−1)), t = 3 + 2λ(ρ)", ranked(&places))
    .line(
        "the edge of MP^{γ₁}",
        [(1.0, edge), (shown[0].len() as f64, edge)],
    )
    .points("eigenvalues of one sample", ranked(&shown[0]))
    .rules("rank p", [p as f64 + 0.5])
    .caption(format!("d = {}, γ₁ = 2, γ₂ = ½.", tops[2]));
    Ok(Finding {
        printed: Printed::as_claimed("minibulk, φ = h₂, in the NTK", &evidence),
        evidence,
        controls: vec![
            bare.measure("γ₁t alone", rate)?,
            single.measure("t = 3 + λ(ρ)", rate)?,
            low.measure("t = 2 + 2λ(ρ)", rate)?,
            count("d above the gap", tops[2]),
            count("none", 0),
        ],
        figures: vec![figure],
        ..Finding::default()
    })
}
