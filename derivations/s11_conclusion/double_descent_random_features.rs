//! Ridge regression on p random features `σ(Wᵀx/√d)/√p`, for `y = ⟨β, x⟩/√d + ε`: the test error is `(B + ρ + σ²) m′/m²`, over
//! the eigenvalues q and eigenvectors v of `K = E σ(u)σ(u)ᵀ` at given W, and peaks at the interpolation threshold n = p:
//!
//! ```math
//! B = Σ c_k²/(q_k (1+tq_k)²),   ρ = E y² − Σ c_k²/q_k,   c = vᵀ E σ(u) y,   E σ(u_b) x = W_b E σ′(u_b)/√d.
//! ```
//!
//! Slide 'Overparametrization' (the double descent curve of [Belkin et al.] and [Mei and Montanari]). ρ is the part of y
//! that no function of the features reaches; that it acts as noise is measured, not assumed. Reach: Gaussian rows, d = 2p/3,
//! σ = the step and sin, n/p from ¼ to 3; β, the noise and the new rows averaged exactly: a rate in p over the
//! curve, and for the step a larger error at n = p than at p/2 and 2p. Controls: ρ left out, no m′/m², and 2n for n.

use crate::kit::common::{ASTRAY, disagreeing, quarter};
use crate::kit::draw::replicates;
use crate::kit::regression::{Task, log_gap, log_grid};
use ndarray::Axis as Along;
use rayon::prelude::*;
use tensor_dyson::covariance::GaussianKernels;
use tensor_dyson::dyson::Ridge;
use tensor_dyson::ledger::{Axis, CheckError, Claim, Context, Figure, Finding, Ladder, Printed};
use tensor_dyson::linalg::{gram, product, symmetric_eigen};
use tensor_dyson::measure::Atoms;
use tensor_dyson::model::{Activation, EntryLaw};

pub(crate) const CLAIM: Claim = Claim {
    id: "double-descent-random-features",
    section: 11,
    slide: "Overparametrization",
    settles: &[
        "the double descent curve of unregularized losses",
        "test error at the interpolation threshold",
    ],
    statement: r"Ridge regression on $p$ random features: $E\,(y - \hat f)^2$ $= (B + \rho + \sigma^2)\,m'/m^2$, larger at $n = p$ than at $p/2$ and $2p.$",
    uses: &["ridge", "double-descent-ridge"],
    check,
    ..Claim::BLANK
};

const RATIOS: [f64; 7] = [0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0];
const NOISE: f64 = 0.1;
const RIDGE: f64 = 3e-3;

/// Measured, predicted, without ρ, without the inflation, and with 2n for n.
type Curve = Vec<[f64; 5]>;

/// The curve, and the predicted error at each of the `fine` n/p.
fn curve(
    ctx: &Context,
    sigma: &Activation,
    p: usize,
    stream: u64,
    fine: &[f64],
) -> Result<(Curve, Vec<(f64, f64)>), CheckError> {
    let d = 2 * p / 3;
    let mut rng = ctx.streams().stream(stream);
    let w = EntryLaw::Gaussian.matrix(d, p, &mut rng) / (d as f64).sqrt();
    let kernels = GaussianKernels::new(sigma, gram(w.t()).view());
    let slope = kernels.mean_slope.view().insert_axis(Along(1));
    // E σ(u) y for the d coordinates of β.
    let cross = (&w.t() * &slope) / (d as f64).sqrt();
    let eigen = symmetric_eigen(kernels.value.view())?;
    let q = eigen.values.to_vec();
    let along = product(eigen.vectors.t(), cross.view());
    let squares = (&along * &along).sum_axis(Along(1));
    let explained: Vec<f64> = squares.iter().zip(&q).map(|(c, q)| c / q).collect();
    let rest = 1.0 - explained.iter().sum::<f64>();
    let inverse = eigen
        .values
        .mapv(|q| (p as f64).sqrt() / q)
        .insert_axis(Along(1));
    let task = Task {
        target: product(eigen.vectors.view(), (along * &inverse).view()),
        moment: kernels.value,
        rest,
        noise: NOISE,
        ridge: RIDGE,
    };
    let law = Atoms::empirical(q.clone())?;
    let at = |ratio: f64| -> Result<(Ridge, f64), CheckError> {
        let ridge = Ridge::solve(ratio, &law, RIDGE)?;
        let parts = explained.iter().zip(&q);
        let bias = parts.map(|(c, &q)| c * ridge.shrinkage(q).powi(2)).sum();
        Ok((ridge, bias))
    };
    let mut out = vec![];
    for ratio in RATIOS {
        let n = (ratio * p as f64).round() as usize;
        let x = EntryLaw::Gaussian.matrix(n, d, &mut rng);
        let psi = product(x.view(), w.view()).mapv(|u| sigma.phi(u)) / (p as f64).sqrt();
        let measured = task.error(&psi, &(x / (d as f64).sqrt()))?;
        let ratio = n as f64 / p as f64;
        let ((right, bias), (doubled, less)) = (at(ratio)?, at(2.0 * ratio)?);
        out.push([
            measured,
            right.test_error(bias, rest + NOISE),
            right.test_error(bias, NOISE),
            bias + rest + NOISE,
            doubled.test_error(less, rest + NOISE),
        ]);
    }
    let line = fine
        .iter()
        .map(|&ratio| at(ratio).map(|(ridge, bias)| (ratio, ridge.test_error(bias, rest + NOISE))))
        .collect::<Result<_, _>>()?;
    Ok((out, line))
}

fn figure(p: usize, shown: &Curve, line: Vec<(f64, f64)>) -> Figure {
    let measured = RATIOS.into_iter().zip(shown.iter().map(|x| x[0]));
    Figure::new(
        "double-descent-random-features",
        "Test error of ridge regression on random features",
        Axis::log("n/p, samples a feature"),
        Axis::log("test error"),
    )
    .caption(format!(
        "σ = the step, p = {}, d = 2p/3, λ = {RIDGE}, σ² = {NOISE}.",
        p
    ))
    .line("predicted", line)
    .points("measured", measured)
    .rules("n = p", [1.0])
}

const PEAK: &str = "the step: the error at n = p above those at ½ and 2";

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let mut ladders: [Ladder; 4] = Default::default();
    let (mut elsewhere, mut falling, mut samples, mut shown, mut line) = (0, 0, 0, vec![], vec![]);
    let tops = ctx.choose([15, 36, 90], [18, 48, 120], [30, 90, 270]);
    for (k, sigma) in [Activation::Step, Activation::Sin].iter().enumerate() {
        for p in tops {
            // The line between the points, for the first curve of the largest size.
            let shows = p == tops[2] && k == 0;
            let fine = log_grid(0.25, 3.0);
            let (curves, mut lines): (Vec<_>, Vec<_>) = (0..replicates(6, p, tops[2]))
                .into_par_iter()
                .map(|seed| {
                    let stream = 1_000_000 * k as u64 + 1000 * p as u64 + seed;
                    let fine = if shows && seed == 0 { &fine[..] } else { &[] };
                    curve(ctx, sigma, p, stream, fine)
                })
                .collect::<Result<Vec<_>, CheckError>>()?
                .into_iter()
                .unzip();
            for (j, ladder) in ladders.iter_mut().enumerate() {
                for six in curves.chunks(6) {
                    let rows = six.iter().flatten().map(|x| (x[0], x[j + 1]));
                    ladder.push(p as f64, log_gap(rows));
                }
            }
            if shows {
                // The grid's ½, 1 and 2.
                let peaked = |c: &&Curve| c[3][0] > c[1][0] && c[3][0] > c[5][0];
                samples = curves.len();
                elsewhere = samples - curves.iter().filter(peaked).count();
                // As for an error that only falls with n.
                falling = curves.iter().filter(peaked).count();
                shown.clone_from(&curves[0]);
                line = lines.swap_remove(0);
            }
        }
    }
    let [right, bare, flat, doubled] = &ladders;
    let rate = quarter(1.0);
    let predicted = shown.iter().map(|x| x[1]).collect();
    let evidence = vec![
        right.measure("log(measured/predicted) over the curve, against p", rate)?,
        disagreeing(PEAK, samples, elsewhere, ASTRAY),
    ];
    Ok(Finding {
        printed: Printed::as_claimed("the double descent curve", &evidence),
        evidence,
        controls: vec![
            bare.measure("without ρ", rate)?,
            flat.measure("without m′/m²", rate)?,
            doubled.measure("2n for n", rate)?,
            disagreeing("no peak at n = p", samples, falling, ASTRAY),
        ],
        intermediates: vec![("predicted over the grid", predicted)],
        figures: vec![figure(tops[2], &shown, line)],
    })
}
