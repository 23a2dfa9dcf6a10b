//! Conjugate kernel, linear width, E σ ≠ 0: one eigenvalue near `Σ_i μ(r_i)² + (a + b)(1 + γ₂)`, `μ(r) = E σ(rz)`,
//! `r_i = ‖x_i‖/√d`, outside the law; none if E σ = 0 and c₂ = 0.
//!
//! Slide 'Nonlinear random matrix models' prints 'Possible outliers'. As printed: holds. Reach: Gaussian rows, ReLU:
//! a fitted rate of the relative error, the mean of what (a + b)(1 + γ₂) adds, and the count above the edge; tanh: the
//! count is 0 and λ₁ tends to the law's edge. Controls: E σ² for (E σ)², Σ μ(r_i)² alone, no outlier for ReLU.

use super::conjugate_kernel::features;
use super::{SLIDE, conjugate_equivalent, law_of, linear_and_rest};
use crate::kit::common::{ASTRAY, disagreeing, quarter};
use rayon::prelude::*;
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Ladder, MeanTest, Printed};
use tensor_dyson::linalg::{gram, symmetric_eigenvalues};
use tensor_dyson::model::{Activation, EntryLaw};

pub(crate) const CLAIM: Claim = Claim {
    id: "conjugate-outlier",
    section: 10,
    slide: SLIDE,
    settles: &["conjugate kernel: possible outliers"],
    statement: r"$E\,\sigma \ne 0$: one eigenvalue of the conjugate kernel near $\sum_i \mu(r_i)^2$ $+\,(a+b)(1+\gamma_2)$; $E\,\sigma = c_2 = 0$: none.",
    uses: &["conjugate-kernel"],
    check,
    ..Claim::BLANK
};

/// The conjugate kernel's eigenvalues, ascending, with `Σ_i |x_i|²/d`, of some samples.
fn samples(
    ctx: &Context,
    k: u64,
    sigma: &Activation,
    [n, d, p]: [usize; 3],
    count: u64,
) -> Vec<Result<(Vec<f64>, f64), CheckError>> {
    (0..count)
        .into_par_iter()
        .map(|seed| {
            let index = 1_000_000 * k + 1000 * n as u64 + seed;
            let mut rng = ctx.streams().stream(index);
            let x = EntryLaw::Gaussian.matrix(n, d, &mut rng);
            let features = features(x.view(), p, |u| sigma.sigma(u), &mut rng);
            let spectrum = symmetric_eigenvalues((gram(features.view()) / p as f64).view())?;
            // ReLU is homogeneous: μ(r) = rμ(1).
            let squares = x.iter().map(|x| x * x).sum::<f64>() / d as f64;
            Ok((spectrum, squares))
        })
        .collect()
}

/// What the samples show: errors of the outlier's place, also with E σ² for (E σ)², and of the edge; counts of samples, of
/// those with another number of outliers than claimed, and of ReLU's with one; what λ₁ has beyond Σ μ(r_i)².
#[derive(Default)]
struct Found {
    right: Ladder,
    variance: Ladder,
    edge: Ladder,
    cases: usize,
    wrong: usize,
    none: usize,
    beyond: Vec<f64>,
}

fn found(ctx: &Context, g1: f64, g2: f64, rest: f64) -> Result<Found, CheckError> {
    let mut found = Found::default();
    for (k, sigma) in [Activation::Step, Activation::TanhPrime]
        .into_iter()
        .enumerate()
    {
        let (a, b) = linear_and_rest(&sigma);
        let law = law_of(&conjugate_equivalent((a, b)), (g1, g2))?;
        let top = law.support()?.last().map_or(f64::NAN, |part| part.1);
        let mean = sigma.sigma_coefficients(1)[0];
        let sizes = ctx.choose([24, 72, 216], [30, 85, 220], [60, 240, 960]);
        for n in sizes {
            let (d, p) = ((n as f64 / g1) as usize, (n as f64 / g2) as usize);
            let count = (20 * sizes[2] / n) as u64;
            let samples = samples(ctx, k as u64, &sigma, [n, d, p], count);
            for sample in samples {
                let (spectrum, squares) = sample?;
                let largest = spectrum[n - 1];
                // The edge fluctuates by n^{−2/3}: six times that is outside.
                let margin = top * (1.0 + 6.0 * (n as f64).powf(-2.0 / 3.0));
                let outside = spectrum.iter().filter(|&&l| l > margin).count();
                let expected = usize::from(mean != 0.0);
                found.cases += 1;
                found.wrong += usize::from(outside != expected);
                if k == 0 {
                    found.none += usize::from(outside != 0);
                    let lead = mean * mean * squares;
                    found
                        .right
                        .push(n as f64, (largest / (lead + rest) - 1.0).abs());
                    if n == sizes[1] {
                        found.beyond.push(largest - lead);
                    }
                    let second = sigma.sigma_second_moment();
                    found
                        .variance
                        .push(n as f64, (largest / (second * squares + rest) - 1.0).abs());
                } else {
                    found.edge.push(n as f64, (largest - top).abs());
                }
            }
        }
    }
    Ok(found)
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let (g1, g2) = (0.5, 0.7);
    let (a, b) = linear_and_rest(&Activation::Step);
    let rest = (a + b) * (1.0 + g2);
    let Found {
        right,
        variance,
        edge,
        cases,
        wrong,
        none,
        beyond: places,
    } = found(ctx, g1, g2, rest)?;
    let mut beyond = MeanTest::new(1);
    places.iter().for_each(|place| beyond.push(&[*place]));
    let evidence = vec![
        disagreeing(
            "another number of outliers than 1 for ReLU, 0 for tanh",
            cases,
            wrong,
            ASTRAY,
        ),
        // Each column of W moves the mean of its feature by n^{−1/2}; over p columns that is 1/n.
        right.measure("|λ₁/predicted − 1| against n, ReLU", quarter(1.0))?,
        // Of order 1 beside an eigenvalue of order n: the rate above does not see it.
        beyond.measure(
            "λ₁ − Σ μ(r_i)² against (a+b)(1+γ₂), ReLU, the middle n",
            &[rest],
        ),
        // n^{−2/3}, and 1/n by the spread of the rows' norms.
        edge.measure("|λ₁ − edge| against n, tanh", quarter(2.0 / 3.0))?,
    ];
    Ok(Finding {
        printed: Printed::as_claimed("Possible outliers", &evidence[..1]),
        evidence,
        controls: vec![
            variance.measure("E σ² for (E σ)²", quarter(1.0))?,
            beyond.measure("Σ μ(r_i)² alone", &[0.0]),
            disagreeing("no outlier, ReLU", cases / 2, none, ASTRAY),
        ],
        ..Finding::default()
    })
}
