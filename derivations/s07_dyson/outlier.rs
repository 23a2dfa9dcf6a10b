//! E𝒜 puts one eigenvalue of the NTK at `z(m) = −1/m + I(γ₁m)`, where m < 0 solves
//! `1 + γ₁m Σ_i σ_i²/(1 + 2γ₁mσ_i²) = 0`.
//!
//! Slide 'Tensor Dyson Equation' (E𝒜 stands there and is then dropped). Reach: a rate in d for
//! `|λ_max/z(m) − 1|` over several seeds. Controls: the resolvent of 𝒬 left out, and n/d, the leading order alone.

use crate::kit::common::rms;
use num_complex::Complex64;
use std::ops::ControlFlow;
use tensor_dyson::covariance::Covariance;
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Ladder, MeanTest, Printed};
use tensor_dyson::linalg::singular_values;
use tensor_dyson::measure::Response;
use tensor_dyson::model::{Activation, EntryLaw, NtkSample, Sizes, WeightLaw};
use tensor_dyson::spectrum::{Lanczos, Samples, Side, SpectrumError, extremes, ntk_features};

pub(crate) const CLAIM: Claim = Claim {
    id: "outlier",
    section: 7,
    slide: "Tensor Dyson Equation",
    settles: &["the tensor Dyson equation"],
    statement: r"$E\mathcal A$ puts one eigenvalue at $z(m) = -1/m + I(\gamma_1 m)$, $$1 + \gamma_1 m \sum_i \frac{\sigma_i^2}{1+2\gamma_1 m\sigma_i^2} = 0.$$",
    uses: &["block-diagonal", "resolvent"],
    check,
    ..Claim::BLANK
};

/// The m with `1 + γm Σ s/(1 + 2γms) = 0` right of the first pole, by bisection: the left side rises
/// there from −∞ to 1.
fn root(gamma: f64, squares: &[f64]) -> f64 {
    let largest = squares.iter().copied().fold(0.0, f64::max);
    let value = |m: f64| {
        let sum: f64 = squares
            .iter()
            .map(|s| s / (1.0 + 2.0 * gamma * m * s))
            .sum();
        1.0 + gamma * m * sum
    };
    let (mut low, mut high) = (-1.0 / (2.0 * gamma * largest), 0.0);
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if value(middle) < 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}

/// λ_max of the sample's NTK at σ′ = x, to 1e-9: the matrix is not formed.
fn largest(ctx: &Context, sample: &NtkSample) -> Result<f64, CheckError> {
    let (w, a) = (sample.w.view(), sample.a.view());
    let x = Samples::Stored(sample.x.clone());
    let features = ntk_features::<f64>(x, w, a, &Activation::Identity)?;
    let operator = Side::smaller(features.as_ref()).operator(features.as_ref());
    let search = Lanczos {
        low: 0,
        high: 1,
        tolerance: 1e-9,
        floor: 0.0,
        basis: 64,
        products: 1000,
    };
    let streams = ctx.streams().child(1);
    let found = extremes(operator.as_ref(), &search, streams, &mut |_| {
        ControlFlow::Continue(())
    })?;
    if !found.converged {
        let products = found.products;
        return Err(SpectrumError::Stopped { products }.into());
    }
    Ok(found.highest[0].value)
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let mut ladder = Ladder::default();
    let (mut tests, mut bare_test, mut leading_test) =
        (MeanTest::new(1), MeanTest::new(1), MeanTest::new(1));
    let phi = Activation::Identity;
    let (mut last, mut pairs) = (vec![], vec![]);
    let top = ctx.choose(32, 32, 56);
    for d in [8, 16, top] {
        let sizes = Sizes::quadratic(d, 1.0, 0.75)?;
        // The small sizes are cheap, and decide the rate as much.
        let mut errors = vec![];
        for seed in 0..if d == top { 24 } else { 72 } {
            let mut rng = ctx.streams().stream(100 * d as u64 + seed);
            let weights = WeightLaw::PlusMinusOne;
            let s = NtkSample::draw(sizes, EntryLaw::Gaussian, &weights, &mut rng);
            let seen = largest(ctx, &s)?;
            let q = Covariance::new(s.w.view(), s.a.view(), &phi.hermite_data())?;
            let closed = q.eigenvalues()?;
            let squares: Vec<f64> = singular_values(q.g())?.iter().map(|s| s * s).collect();
            let gamma = sizes.gamma_1();
            let at = |m: f64| -> Result<f64, CheckError> {
                let response = closed.response(Complex64::from(gamma * m))?;
                Ok(-1.0 / m + response.value.re)
            };
            let predicted = at(root(gamma, &squares))?;
            pairs.push((predicted, seen));
            errors.push((seen / predicted - 1.0).into());
            if d == top {
                let bare = at(-1.0 / (gamma * squares.iter().sum::<f64>()))?;
                let leading = sizes.n as f64 / d as f64;
                tests.push(&[seen - predicted]);
                bare_test.push(&[seen - bare]);
                leading_test.push(&[seen - leading]);
            }
            last = vec![predicted];
        }
        // One error's logarithm scatters by 1: the root mean squares of six.
        for six in errors.chunks(6) {
            ladder.push(d as f64, rms(six.iter().copied()));
        }
    }
    let evidence = vec![
        tests.measure("λ_max − z(m) at the largest d", &[0.0]),
        ladder.measure("|λ_max/z(m) − 1| against d", -0.5)?,
    ];
    Ok(Finding {
        printed: Printed::as_claimed("[[−z, E𝒜ᵀ], [E𝒜, −ℐ]]", &evidence),
        evidence,
        controls: vec![
            bare_test.measure("1 + γ₁m Σσ_i² = 0: 𝒬 left out of the resolvent", &[0.0]),
            leading_test.measure("n/d alone", &[0.0]),
        ],
        intermediates: vec![("z(m) of the last sample", last)],
        figures: vec![crate::kit::figures::outlier(ctx, &pairs)],
    })
}
