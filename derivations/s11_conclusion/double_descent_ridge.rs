//! Kernel ridge regression with the NTK, for `y = ⟨θ⋆, ω⟩/√(pd) + ε`, θ⋆ isotropic: the test error is
//! `(B + σ²) m′/m²`, `B = (1/pd) Σ q/(1+γ₁mq)²` over the exact q, `m = m(−λ)`; it peaks at n = dp.
//!
//! Slide 'Conclusion' (test error at the interpolation threshold). The teacher is linear in the features, with any θ⋆ independent of X; noise and training rows
//! independent. Reach: φ = cos, rows on the sphere, a small ridge, n/(dp) from ¼ to 3 at three d: a rate in d for measured/predicted − 1 over the curve, and a larger error at
//! n = dp than at dp/2 and 2dp. Controls: no variance inflation m′/m², and 2n for n.

use crate::kit::common::{ASTRAY, disagreeing, quarter};
use crate::kit::draw::{Rows, weights};
use crate::kit::regression::test_error;
use rayon::prelude::*;
use tensor_dyson::dyson::Ridge;
use tensor_dyson::ledger::{Axis, CheckError, Claim, Context, Figure, Finding, Ladder, Printed};
use tensor_dyson::model::{Activation, EntryLaw, Sizes};

pub(crate) const CLAIM: Claim = Claim {
    id: "double-descent-ridge",
    section: 11,
    slide: "Conclusion",
    settles: &["test error at the interpolation threshold"],
    statement: r"NTK ridge regression: $E\,(y - \hat f)^2$ $= (B + \sigma^2)\,m'/m^2$ at $m(-\lambda)$, larger at $n = dp$ than at $dp/2$ and $2dp.$",
    uses: &["exact-covariance", "scalar"],
    check,
    ..Claim::BLANK
};

const RATIOS: [f64; 7] = [0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0];
const NOISE: f64 = 0.1;
const RIDGE: f64 = 1e-3;

/// Measured, predicted, without the inflation, and with 2n for n.
fn curve(ctx: &Context, d: usize, seed: u64) -> Result<Vec<[f64; 4]>, CheckError> {
    let activation = Activation::Cos;
    let mut rng = ctx.streams().stream(1000 * d as u64 + seed);
    let exact = weights(Sizes::quadratic(d, 1.0, 1.25)?, &activation, &mut rng)?;
    let law = exact.second_moment().law()?;
    let (d, p) = exact.shape();
    let mut out = vec![];
    for ratio in RATIOS {
        let n = (ratio * (d * p) as f64).round() as usize;
        let teachers = EntryLaw::Gaussian.matrix(d * p, 8, &mut rng);
        let measured = test_error(
            &exact,
            &activation,
            Rows::Sphere,
            n,
            RIDGE,
            NOISE,
            &teachers,
            &mut rng,
        )?;
        let gamma = n as f64 / (d * p) as f64;
        let right = Ridge::solve(gamma, &law, RIDGE)?;
        let doubled = Ridge::solve(2.0 * gamma, &law, RIDGE)?;
        out.push([
            measured,
            right.test_error(right.isotropic_bias(), NOISE),
            right.isotropic_bias() + NOISE,
            doubled.test_error(doubled.isotropic_bias(), NOISE),
        ]);
    }
    Ok(out)
}

/// The first curve, and the prediction between its points.
fn figure(ctx: &Context, d: usize, shown: &[[f64; 4]]) -> Result<Figure, CheckError> {
    // The same W as the curve that is shown.
    let mut rng = ctx.streams().stream(1000 * d as u64);
    let sizes = Sizes::quadratic(d, 1.0, 1.25)?;
    let law = weights(sizes, &Activation::Cos, &mut rng)?
        .second_moment()
        .law()?;
    let predicted: Vec<_> = (0..=120)
        .map(|k| {
            let ratio = 0.02 * 200_f64.powf(f64::from(k) / 120.0);
            let at = Ridge::solve(ratio, &law, RIDGE)?;
            Ok((ratio, at.test_error(at.isotropic_bias(), NOISE)))
        })
        .collect::<Result<_, CheckError>>()?;
    Ok(Figure::new(
        "double-descent",
        "Test error of NTK ridge regression",
        Axis::log("n/(dp)"),
        Axis::log("test error"),
    )
    .caption(format!("σ′ = cos, d = {}, λ = {RIDGE}, σ² = {NOISE}.", d))
    .line("predicted", predicted)
    .points(
        "measured",
        RATIOS.into_iter().zip(shown.iter().map(|x| x[0])),
    )
    .rules("n = dp", [1.0]))
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let mut ladders: [Ladder; 3] = Default::default();
    let (mut elsewhere, mut samples, mut shown) = (0, 0, vec![]);
    let tops = ctx.choose([5, 8, 12], [6, 10, 14], [8, 16, 28]);
    for d in tops {
        let curves: Vec<_> = (0..ctx.choose(16, 10, 8))
            .into_par_iter()
            .map(|seed: u64| curve(ctx, d, seed))
            .collect::<Result<_, CheckError>>()?;
        for curve in &curves {
            for (k, ladder) in ladders.iter_mut().enumerate() {
                let sum: f64 = curve.iter().map(|x| (x[0] / x[k + 1] - 1.0).powi(2)).sum();
                ladder.push(d as f64, (sum / curve.len() as f64).sqrt());
            }
        }
        if d == tops[2] {
            shown = curves[0].clone();
            samples = curves.len();
            // The grid's ½, 1 and 2.
            let peaked = |c: &[[f64; 4]]| c[3][0] > c[1][0] && c[3][0] > c[5][0];
            elsewhere = curves.iter().filter(|c| !peaked(c)).count();
        }
    }
    let [right, bare, doubled] = &ladders;
    let evidence = vec![
        right.measure(
            "measured/predicted − 1 over the curve, against d",
            quarter(1.0),
        )?,
        disagreeing(
            "the error at n = dp above those at ½ and 2",
            samples,
            elsewhere,
            ASTRAY,
        ),
    ];
    Ok(Finding {
        printed: Printed::as_claimed("test error at the interpolation threshold", &evidence),
        evidence,
        controls: vec![
            bare.measure("without m′/m²", quarter(1.0))?,
            doubled.measure("2n for n", quarter(1.0))?,
        ],
        intermediates: vec![(
            "predicted over the grid",
            shown.iter().map(|x| x[1]).collect(),
        )],
        figures: vec![figure(ctx, tops[2], &shown)?],
    })
}
