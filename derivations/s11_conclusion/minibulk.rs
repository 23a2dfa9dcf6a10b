//! c₀ ≠ 0: the d eigenvalues above the bulk have mean
//! `c₀²n/d + γ₁[Var φ + (p/d)(4c₂² + 2√2 c₀c₂ + (√6/2)c₀c₄)] + Var φ` and spread as `c₀²(n/d) MP^{d/n}`.
//!
//! Slide 'Conclusion' ("minibulk", O(d)). At given W the mean is that of `γ₁q + (1/pd) Σ_l q q_l/(q − q_l)`
//! over the separated q, the q_l of the bulk alone: the terms among the separated cancel in pairs. Reach: that
//! mean for φ = cos and the step, Gaussian rows, at the largest d; the closed mean over W for φ = h₀ + 0.4h₂;
//! the variance `c₀⁴(n/d)²(d/n)` of the d, φ = cos, a rate in d. Controls: the mean without the bulk's terms,
//! without the bracket of c₂ and c₄, and the spread with 2d for d.

use crate::kit::common::quarter;
use crate::kit::draw::{Draw, Rows, push_sixes, replicates, sample, weights};
use rayon::prelude::*;
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Ladder, MeanTest, Printed};
use tensor_dyson::model::{Activation, Sizes, WeightLaw};

pub(crate) const CLAIM: Claim = Claim {
    id: "minibulk",
    section: 11,
    slide: "Conclusion",
    settles: &["outliers or minibulk, O(d) eigenvalues"],
    statement: r"$c_0 \ne 0$: $d$ eigenvalues about $c_0^2 n/d$ $+\,\gamma_1[\mathrm{Var}\,\varphi$ $+\,(p/d)(\dots)]$ $+\,\mathrm{Var}\,\varphi$, spread as $c_0^2(n/d)\,\mathrm{MP}^{d/n}.$",
    uses: &["outlier-count", "outlier-position"],
    check,
    ..Claim::BLANK
};

/// The mean over the top `count` of q of `γ₁q` and of `(1/pd) Σ_l q q_l/(q − q_l)`, l in the rest.
fn mean_place(gamma: f64, q: &[f64], count: usize) -> (f64, f64) {
    let (bulk, top) = q.split_at(q.len() - count);
    let lift: f64 = top
        .iter()
        .map(|x| bulk.iter().map(|l| x * l / (x - l)).sum::<f64>())
        .sum();
    let scale = (count as f64).recip();
    (
        gamma * top.iter().sum::<f64>() * scale,
        lift * scale / q.len() as f64,
    )
}

/// At one d: the mean of the top eigenvalues over its prediction at given W, and the same without the bulk's terms.
fn at_given_weights(ctx: &Context, d: usize, seed: u64) -> Result<[[f64; 2]; 2], CheckError> {
    let mut out = [[0.0; 2]; 2];
    for (k, activation) in [Activation::Cos, Activation::Step].iter().enumerate() {
        let sizes = Sizes::quadratic(d, 0.5, 1.5)?;
        let mut rng = ctx.streams().stream(10_000_000 + 10 * seed + k as u64);
        let unit = WeightLaw::PlusMinusOne;
        let draw = Draw::new(sizes, Rows::Gaussian, activation, &unit, &mut rng)?;
        // The step's linear part adds one.
        let top = &draw.eigenvalues[sizes.n - d - k..];
        let mean = top.iter().sum::<f64>() / top.len() as f64;
        let (leading, lift) = mean_place(sizes.gamma_1(), &draw.q, d + k);
        out[k] = [mean / (leading + lift), mean / leading];
    }
    Ok(out)
}

/// For φ = cos, the variance of the top d eigenvalues over `(c₀²n/d)²`.
fn spread_of(ctx: &Context, d: usize, seed: u64) -> Result<f64, CheckError> {
    let sizes = Sizes::quadratic(d, 0.5, 1.5)?;
    let mut rng = ctx.streams().stream(10_000 * d as u64 + seed);
    let draw = sample(sizes, Rows::Gaussian, &WeightLaw::PlusMinusOne, &mut rng);
    let eigenvalues = draw.ntk_eigenvalues(&Activation::Cos)?;
    let top = &eigenvalues[sizes.n - d..];
    let mean = top.iter().sum::<f64>() / d as f64;
    let variance = top.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / d as f64;
    let c0 = Activation::Cos.hermite_data().mean();
    Ok(variance / (c0 * c0 * sizes.n as f64 / d as f64).powi(2))
}

/// The mean place of the minibulk at some W, by its closed form.
fn closed_means(ctx: &Context, sizes: Sizes, phi: &Activation) -> Result<Vec<f64>, CheckError> {
    (0..48)
        .into_par_iter()
        .map(|seed: u64| {
            let mut rng = ctx.streams().stream(1_000_000 + seed);
            let q = weights(sizes, phi, &mut rng)?
                .second_moment()
                .eigenvalues()?;
            let (leading, lift) = mean_place(sizes.gamma_1(), &q, sizes.d);
            Ok(leading + lift)
        })
        .collect()
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let tops = ctx.choose([6, 11, 20], [7, 12, 22], [10, 20, 36]);
    let (mut spread, mut inverted) = (Ladder::default(), Ladder::default());
    for d in tops {
        let n = Sizes::quadratic(d, 0.5, 1.5)?.n as f64;
        let seen: Vec<f64> = (0..replicates(36, d, tops[2]))
            .into_par_iter()
            .map(|seed| spread_of(ctx, d, seed))
            .collect::<Result<_, CheckError>>()?;
        let off = |size: usize| seen.iter().map(move |x| x * n / size as f64 - 1.0);
        push_sixes(&mut spread, d, off(d));
        push_sixes(&mut inverted, d, off(2 * d));
    }
    let (mut given, mut bare) = (MeanTest::new(2), MeanTest::new(2));
    let rows: Vec<[[f64; 2]; 2]> = (0..24)
        .into_par_iter()
        .map(|seed: u64| at_given_weights(ctx, ctx.choose(18, 18, 32), seed))
        .collect::<Result<_, CheckError>>()?;
    for row in &rows {
        given.push(&row.map(|case| case[0]));
        bare.push(&row.map(|case| case[1]));
    }
    // The closed mean: h₀ + c₂h₂, whose bracket is 4c₂² + 2√2 c₂.
    let c2 = 0.4_f64;
    let phi = Activation::Hermite(vec![1.0, 0.0, c2]);
    let sizes = Sizes::quadratic(ctx.choose(14, 18, 30), 0.5, 1.5)?;
    let gamma = sizes.gamma_1();
    let means = closed_means(ctx, sizes, &phi)?;
    let mut over_w = MeanTest::new(1);
    for mean in &means {
        over_w.push(&[*mean]);
    }
    let simple = sizes.n as f64 / sizes.d as f64 + (gamma + 1.0) * c2 * c2;
    let bracket = sizes.gamma_2() * (4.0 * c2 * c2 + 8.0_f64.sqrt() * c2);
    let evidence = vec![
        given.measure("mean/predicted at given W, cos and step", &[1.0, 1.0]),
        over_w.measure(
            "the closed mean, h₀ + 0.4h₂, over W",
            &[simple + gamma * bracket],
        ),
        spread.measure("|variance/(c₀⁴(n/d)²d/n) − 1| against d, cos", quarter(1.0))?,
    ];
    Ok(Finding {
        printed: Printed::as_claimed(
            "minibulk: O(d) eigenvalues outside of the main bulk",
            &evidence,
        ),
        evidence,
        controls: vec![
            bare.measure("γ₁q without the bulk's terms", &[1.0, 1.0]),
            over_w.measure("no bracket", &[simple]),
            inverted.measure("2d for d in the spread", quarter(1.0))?,
        ],
        intermediates: vec![("closed means over W", means[..4].to_vec())],
        ..Finding::default()
    })
}
