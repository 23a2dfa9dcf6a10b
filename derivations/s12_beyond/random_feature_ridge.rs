//! Random-feature ridge regression with structured data, over data and weights: test error, training error and the estimate of generalised
//! cross-validation from ν₁, ν₂ with `n − λ/ν₁ = Tr Σ(Σ+ν₂)⁻¹ = p(1 − ν₁/ν₂)`.
//!
//! Beyond the talk (Defilippis, Loureiro and Misiakiewicz, arXiv 2405.15699, theorem 3.3); derived again: ridge regression at the features'
//! covariance `WΣWᵀ/p`, itself a sample of p of Σ. Reach: Gaussian data, `Σ_i ∝ 1/i` in 3p dimensions, `β_i² ∝ 1/i`, n/p = ½, 1, 2; noise
//! averaged exactly: fitted rates in p of the logarithms. Controls: p = ∞, no 1/(1 − Υ) (the error on the
//! samples' own scale), 2n for n, the training error without its square, λ/n for ν₁.

use super::SLIDE;
use crate::kit::common::quarter;
use crate::kit::draw::ladders;
use crate::kit::regression::log_gap;
use ndarray::{Array1, Array2, Axis as Along};
use tensor_dyson::dyson::RandomFeatureRidge;
use tensor_dyson::ledger::{Axis, CheckError, Claim, Context, Figure, Finding, Ladder, Printed};
use tensor_dyson::linalg::{gram, product, symmetric_eigen};
use tensor_dyson::model::EntryLaw;

pub(crate) const CLAIM: Claim = Claim {
    id: "random-feature-ridge",
    section: 12,
    slide: SLIDE,
    settles: &["regression at n ≍ d²"],
    statement: r"Ridge regression on random features of $x \sim N(0, \Sigma)$: test, training and cross-validation error from $n - \lambda/\nu_1 = \mathrm{Tr}\,\Sigma(\Sigma + \nu_2)^{-1}$ $= p(1 - \nu_1/\nu_2).$",
    uses: &["ridge", "double-descent-random-features"],
    check,
    ..Claim::BLANK
};

const RATIOS: [f64; 3] = [0.5, 1.0, 2.0];
const NOISE: f64 = 0.1;

/// Test error, training error and λTr(K+λ)⁻¹/n of one sample, the squares β² and the noise averaged.
fn measured(
    x: &Array2<f64>,
    weights: &Array2<f64>,
    squares: &Array1<f64>,
    lambda: f64,
) -> Result<[f64; 3], CheckError> {
    let n = x.nrows() as f64;
    let features = product(x.view(), weights.view());
    let eigen = symmetric_eigen(gram(features.view()).view())?;
    let inverse = eigen.values.mapv(|k| (k.max(0.0) + lambda).recip());
    let solve = product((&eigen.vectors * &inverse).view(), eigen.vectors.t());
    // g ↦ ĝ: the D×n matrix of the estimator, and on the coefficients β.
    let estimator = product(weights.view(), product(features.t(), solve.view()).view());
    let on_target = product(estimator.view(), x.view()) - Array2::<f64>::eye(x.ncols());
    let square = |a: &Array2<f64>| a.iter().map(|x| x * x).sum::<f64>();
    let weighted = |a: &Array2<f64>| (a * a).sum_axis(Along(0)).dot(squares);
    let test = weighted(&on_target) + NOISE * (square(&estimator) + 1.0);
    let residual = solve * lambda;
    let train = (weighted(&product(residual.view(), x.view())) + NOISE * square(&residual)) / n;
    Ok([test, train, residual.diag().sum() / n])
}

/// The pairs (measured, predicted) at one ratio, by what they are.
fn pairs(ctx: &Context, p: usize, ratio: f64, stream: u64) -> Result<[(f64, f64); 8], CheckError> {
    let (dimension, n) = (3 * p, (ratio * p as f64).round() as usize);
    let variances = super::normalized((1..=dimension).map(|i| (i as f64).recip()).collect());
    let squares: Vec<f64> = variances.iter().map(|x| x / dimension as f64).collect();
    let lambda = 0.3 * ratio;
    let rng = &mut ctx.streams().stream(stream);
    let x = EntryLaw::Gaussian.matrix(n, dimension, rng);
    let roots = Array1::from(variances.clone()).mapv(f64::sqrt);
    let weights = EntryLaw::Gaussian.matrix(dimension, p, rng) / (p as f64).sqrt()
        * &roots.insert_axis(Along(1));
    let [test, train, share] = measured(&x, &weights, &Array1::from(squares.clone()), lambda)?;
    let at = |n, p| RandomFeatureRidge::solve(&variances, n, p, lambda);
    let (right, wide, twice) = (at(n, p)?, at(n, 1_000_000_000 * p)?, at(2 * n, p)?);
    let predicted = right.test_error(&squares, NOISE);
    let whole = right.training_share() * predicted;
    let gcv = train / (share * share);
    Ok([
        (test, predicted),
        (train, whole),
        (gcv, test),
        (test, wide.test_error(&squares, NOISE)),
        (test, twice.test_error(&squares, NOISE)),
        (train, right.training_share().sqrt() * predicted),
        (train / share, test),
        (train, predicted),
    ])
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let tops = ctx.choose([8, 16, 32], [10, 24, 60], [15, 45, 120]);
    let curve = |p: usize, seed: u64| -> Result<Vec<[(f64, f64); 8]>, CheckError> {
        let at = |(k, &ratio): (usize, &f64)| {
            pairs(ctx, p, ratio, 1_000_000 * k as u64 + 1000 * p as u64 + seed)
        };
        RATIOS.iter().enumerate().map(at).collect()
    };
    let ladders: [Ladder; 8] = ladders(tops, 6, |p, seed| {
        let curve = curve(p, seed)?;
        let gap = |k: usize| log_gap(curve.iter().map(|pair| pair[k]));
        Ok(std::array::from_fn(gap))
    })?;
    let shown = curve(tops[2], 0)?;
    let [test, train, gcv, wide, twice, square, single, flat] = &ladders;
    let rate = quarter(1.0);
    let evidence = vec![
        test.measure("log(measured/predicted), test error, against p", rate)?,
        train.measure("the same, training error", rate)?,
        gcv.measure("cross-validation estimate over the test error", rate)?,
    ];
    let line = |pick: fn(&[(f64, f64); 8]) -> f64| -> Vec<(f64, f64)> {
        RATIOS.into_iter().zip(shown.iter().map(pick)).collect()
    };
    let figure = Figure::new(
        "random-feature-ridge",
        "Ridge regression on random features, Σ_i ∝ 1/i",
        Axis::log("n/p"),
        Axis::log("mean square error"),
    )
    .line("test, predicted", line(|pair| pair[0].1))
    .points("test, measured", line(|pair| pair[0].0))
    .line("training, predicted", line(|pair| pair[1].1))
    .points("training, measured", line(|pair| pair[1].0))
    .points("cross-validation estimate", line(|pair| pair[2].0))
    .caption(format!(
        "p = {}, dimension 3p, λ = 0.3n/p, σ² = {NOISE}.",
        tops[2]
    ));
    Ok(Finding {
        printed: Printed::as_claimed("test error, random features, Σ", &evidence),
        evidence,
        controls: vec![
            wide.measure("test error, p = ∞", rate)?,
            twice.measure("test error, 2n for n", rate)?,
            square.measure("training error, λ/(nν₁) without its square", rate)?,
            single.measure("cross-validation without its square", rate)?,
            flat.measure("the training error as the test error", rate)?,
        ],
        figures: vec![figure],
        ..Finding::default()
    })
}
