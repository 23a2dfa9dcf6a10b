//! λ_min is at the lowest edge of the law over the exact q, and an atom at 0 has n − d(d+1)/2 eigenvalues.
//!
//! Slide 'Conclusion' (extreme eigenvalues, the rate of gradient descent). Reach: φ = cos, tanh′ and the step at
//! γ₁ = ½, rows on the sphere (Gaussian rows approach the edge slowly): a rate in d for the relative error; for
//! σ′ = x and p = 1.5d, whose features span d(d+1)/2 dimensions, the number of zeros in every sample. Controls: the
//! edge with the printed shift `β² − α²`, the edge at γ₁/2, and p for d in the count of zeros.

use crate::kit::common::{disagreeing, quarter};
use crate::kit::draw::{Draw, Rows, push_sixes, replicates, sample};
use crate::kit::figures::extreme;
use rayon::prelude::*;
use tensor_dyson::ledger::{CheckError, Claim, Context, Figure, Finding, Ladder, Printed};
use tensor_dyson::measure::Law;
use tensor_dyson::model::{Activation, Sizes, WeightLaw};

pub(crate) const CLAIM: Claim = Claim {
    id: "extreme-min",
    section: 11,
    slide: "Conclusion",
    settles: &["extreme eigenvalues"],
    statement: r"$\lambda_{\min}$ is at the lowest edge of the law over the exact $q$; $\sigma' = x$, $p \ge d$: $n - d(d+1)/2$ zeros.",
    uses: &["exact-covariance", "q-spectrum"],
    check,
    ..Claim::BLANK
};

/// A sample: λ_min, its edge, and those of the near misses, where they were computed: each costs another search for edges.
struct Row {
    seen: f64,
    edge: f64,
    near_misses: [Option<f64>; 2],
}

/// Samples, with the edge of the law; the near misses are the printed shift and γ₁/2, on the first samples only.
fn edges(ctx: &Context, d: usize, count: u64) -> Result<Vec<Row>, CheckError> {
    let sizes = Sizes::quadratic(d, 0.5, 1.25)?;
    let gamma = sizes.gamma_1();
    (0..count)
        .into_par_iter()
        .map(|k: u64| {
            let activation = [Activation::Cos, Activation::TanhPrime, Activation::Step]
                [(k % 3) as usize]
                .clone();
            let mut rng = ctx.streams().stream(1000 * d as u64 + k);
            let unit = WeightLaw::PlusMinusOne;
            let draw = Draw::new(sizes, Rows::Sphere, &activation, &unit, &mut rng)?;
            let square = activation.hermite_data().mean().powi(2);
            let low = |gamma, shift: f64| -> Result<f64, CheckError> {
                let law = Law::empirical(draw.q.iter().map(|q| q + shift).collect())?;
                let law = law.mp_map(gamma)?;
                Ok(law.support()?.first().map_or(f64::NAN, |edge| edge.0))
            };
            let near_miss = |gamma, shift| (k < 12).then(|| low(gamma, shift)).transpose();
            Ok(Row {
                seen: draw.eigenvalues[0],
                edge: low(gamma, 0.0)?,
                near_misses: [near_miss(gamma, square)?, near_miss(0.5 * gamma, 0.0)?],
            })
        })
        .collect()
}

/// Samples whose zeros are counted, at each size.
const ZEROS: usize = 4;

/// For σ′ = x, how many samples have not n − d(d+1)/2 zeros, and how many not n − p(p+1)/2.
fn zeros(ctx: &Context, d: usize) -> Result<[usize; 2], CheckError> {
    let (mut wrong, mut swapped) = (0, 0);
    let sizes = Sizes::quadratic(d, 0.5, 1.5)?;
    for seed in 0..ZEROS as u64 {
        let mut rng = ctx.streams().stream(1_000_000 + 10 * d as u64 + seed);
        let linear = sample(sizes, Rows::Gaussian, &WeightLaw::PlusMinusOne, &mut rng);
        let eigenvalues = linear.ntk_eigenvalues(&Activation::Identity)?;
        // n rounded products of the kernel's norm.
        let zero = 4.0 * f64::EPSILON * sizes.n as f64 * eigenvalues[sizes.n - 1];
        let zeros = eigenvalues.iter().filter(|x| x.abs() < zero).count();
        let rank = |k: usize| sizes.n.saturating_sub(k * (k + 1) / 2);
        wrong += usize::from(zeros != rank(d));
        swapped += usize::from(zeros != rank(sizes.p));
    }
    Ok([wrong, swapped])
}

/// The largest size of the ladder, with how far below its edge λ_min is at each.
fn figure(shown: &[Row], tops: [usize; 3], below: &[[f64; 3]]) -> Figure {
    let names = ["cos", "tanh", "ReLU"].iter().enumerate().map(|(k, name)| {
        let [a, b, c] = [0, 1, 2].map(|size| below[size][k]);
        format!("{a:.0}, {b:.0} and {c:.0} % for {name}")
    });
    let off = names.collect::<Vec<_>>().join("; ").replace('-', "−");
    let pairs: Vec<[f64; 2]> = shown.iter().map(|row| [row.seen, row.edge]).collect();
    extreme(
        "extreme-min",
        "The smallest eigenvalue against its predicted edge",
        "λ_min",
        ["σ′ = cos", "tanh", "ReLU"],
        &pairs,
    )
    .points(
        "edge with the printed shift",
        shown
            .iter()
            .filter_map(|row| Some((row.edge, row.near_misses[0]?))),
    )
    .caption(format!(
        "The largest size of the ladder, a sample a point. At a finite size λ_min is below its edge: in the mean \
         at d = {}, {} and {} by {off}.",
        tops[0], tops[1], tops[2],
    ))
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let (mut right, mut printed, mut doubled) =
        (Ladder::default(), Ladder::default(), Ladder::default());
    let (mut wrong, mut swapped, mut samples) = (0, 0, 0);
    let (mut last, mut shown, mut below) = (vec![], vec![], vec![]);
    let tops = ctx.choose([7, 12, 20], [8, 13, 21], [12, 22, 36]);
    for d in tops {
        let rows = edges(ctx, d, replicates(24, d, tops[2]))?;
        push_sixes(
            &mut right,
            d,
            rows.iter().map(|row| row.seen / row.edge - 1.0),
        );
        let tried = |k: usize| {
            let tried = rows
                .iter()
                .filter_map(move |row| Some((row, row.near_misses[k]?)));
            tried.map(|(row, edge)| row.seen / edge - 1.0)
        };
        push_sixes(&mut printed, d, tried(0));
        push_sixes(&mut doubled, d, tried(1));
        let mean = |k: usize| {
            let off: Vec<f64> = rows
                .iter()
                .skip(k)
                .step_by(3)
                .map(|row| 1.0 - row.seen / row.edge)
                .collect();
            100.0 * off.iter().sum::<f64>() / off.len() as f64
        };
        below.push([mean(0), mean(1), mean(2)]);
        last = vec![rows[0].seen, rows[0].edge];
        shown = rows;
        let zeros = zeros(ctx, d)?;
        wrong += zeros[0];
        swapped += zeros[1];
        samples += ZEROS;
    }
    let evidence = vec![
        right.measure("|λ_min/edge − 1| against d", quarter(1.0))?,
        disagreeing("σ′ = x: n − d(d+1)/2 zeros", samples, wrong, 0.0),
    ];
    Ok(Finding {
        printed: Printed::as_claimed("λ_min related to the rate of gradient descent", &evidence),
        evidence,
        controls: vec![
            printed.measure("the edge with the printed shift, c₀² more", quarter(1.0))?,
            doubled.measure("the edge at γ₁/2", quarter(1.0))?,
            disagreeing("σ′ = x: n − p(p+1)/2 zeros", samples, swapped, 0.0),
        ],
        intermediates: vec![("λ_min and its edge", last)],
        figures: vec![figure(&shown, tops, &below)],
    })
}
