//! Multiple descent: with φ = h₀ + εh₂ the NTK's features have d directions of variance ∝ p and dp of variance ∝ 1 + ε². For a
//! target that is linear in x, `θ⋆ = y ⊗ 1/√p`, the test error falls, peaks at n = d, falls, peaks at n = dp, and falls:
//! `(B + σ²) m′/m²` at both scales, `B = (1/pd)⟨θ⋆, 𝒬(1+t𝒬)⁻²θ⋆⟩` over the exact 𝒬.
//!
//! Slide 'Regimes of overparametrization' (different polynomial scalings can lead to multiple descent). Reach: ε = 0.05, p =
//! 1.25d, rows on the sphere, a small ridge, n from d/4 to 2dp; y, the noise and the new rows averaged exactly: a rate in d
//! over the curve, and both peaks in the samples of the largest d. Controls: no m′/m², 2n for n, the bias with
//! `(1+t𝒬)⁻¹` for its square, and no peak at n = d.

use crate::kit::common::{ASTRAY, disagreeing, halfway, quarter};
use crate::kit::draw::{Rows, replicates, rows, weights};
use crate::kit::regression::{Task, features, log_gap, log_grid};
use ndarray::{Array2, Axis as Along};
use rayon::prelude::*;
use tensor_dyson::dyson::Ridge;
use tensor_dyson::ledger::{Axis, CheckError, Claim, Context, Figure, Finding, Ladder, Printed};
use tensor_dyson::linalg::{product, symmetric_eigen};
use tensor_dyson::measure::Atoms;
use tensor_dyson::model::{Activation, Sizes};
use tensor_dyson::tensor::matricize;

pub(crate) const CLAIM: Claim = Claim {
    id: "multiple-descent",
    section: 11,
    slide: "Regimes of overparametrization",
    settles: &["polynomial scalings can lead to multiple descent"],
    statement: r"$\varphi = h_0 + \varepsilon h_2$, a target linear in $x$: the test error $(B + \sigma^2)\,m'/m^2$ peaks at $n = d$ and at $n = dp.$",
    uses: &["double-descent-ridge"],
    check,
    ..Claim::BLANK
};

const NOISE: f64 = 0.1;
const RIDGE: f64 = 1e-4;

/// n over the curve: ¼d, ½d, d, 2d, 4d, ½dp, dp, 2dp.
fn counts(d: usize, p: usize) -> [usize; 8] {
    [d / 4, d / 2, d, 2 * d, 4 * d, d * p / 2, d * p, 2 * d * p]
}

/// How many of them lie below d, where the error is bias for the most part.
const EARLY: usize = 2;
/// The samples over which an error at n ≤ 2d is averaged: they cost little, and one of the peak at n = d scatters by a factor.
const FEW_SAMPLES: usize = 16;

/// n, measured, predicted, without the inflation, with 2n for n, and with the bias's shrinkage not squared.
type Curve = Vec<[f64; 6]>;

/// The curve, and the predicted error at each of the `fine` n.
fn curve(
    ctx: &Context,
    d: usize,
    seed: u64,
    fine: &[f64],
) -> Result<(Curve, Vec<(f64, f64)>), CheckError> {
    let phi = Activation::Hermite(vec![1.0, 0.0, 0.05]);
    let mut rng = ctx.streams().stream(10_000 * d as u64 + seed);
    let exact = weights(Sizes::quadratic(d, 1.0, 1.25)?, &phi, &mut rng)?;
    let (d, p) = exact.shape();
    let size = d * p;
    let moment = matricize(exact.second_moment().dense().view());
    let eigen = symmetric_eigen(moment.view())?;
    // a_b for 1: the features carry the signs.
    let target = Array2::from_shape_fn((size, d), |(k, j)| {
        let sign = exact.weights()[k % p];
        f64::from(k / p == j) * sign / (p as f64).sqrt()
    });
    let along = product(eigen.vectors.t(), target.view());
    let squares = (&along * &along).sum_axis(Along(1)) / size as f64;
    let law = Atoms::empirical(eigen.values.mapv(|q| q.max(0.0)).to_vec())?;
    let task = Task {
        target,
        moment,
        rest: 0.0,
        noise: NOISE,
        ridge: RIDGE,
    };
    let at = |n: f64, power: i32| -> Result<(Ridge, f64), CheckError> {
        let ridge = Ridge::solve(n / size as f64, &law, RIDGE)?;
        let parts = squares.iter().zip(&eigen.values);
        let bias = parts.map(|(c, &q)| c * q * ridge.shrinkage(q).powi(power));
        Ok((ridge, bias.sum()))
    };
    let mut out = vec![];
    for n in counts(d, p) {
        let samples = if n <= 2 * d { FEW_SAMPLES } else { 1 };
        let mut measured = 0.0;
        for _ in 0..samples {
            let psi = features(&exact, &phi, &rows(Rows::Sphere, n, d, &mut rng));
            measured +=
                task.error(&psi, &product(psi.view(), task.target.view()))? / samples as f64;
        }
        let ((right, bias), (doubled, less)) = (at(n as f64, 2)?, at(2.0 * n as f64, 2)?);
        let (_, more) = at(n as f64, 1)?;
        out.push([
            n as f64,
            measured,
            right.test_error(bias, NOISE),
            bias + NOISE,
            doubled.test_error(less, NOISE),
            right.test_error(more, NOISE),
        ]);
    }
    let line = fine
        .iter()
        .map(|&n| at(n, 2).map(|(ridge, bias)| (n, ridge.test_error(bias, NOISE))))
        .collect::<Result<_, _>>()?;
    Ok((out, line))
}

/// How many curves are higher at one place than at two others.
fn peaked(curves: &[Curve], at: usize, before: usize, after: usize) -> usize {
    let peaks = |c: &&Curve| c[at][1] > c[before][1] && c[at][1] > c[after][1];
    curves.iter().filter(peaks).count()
}

fn figure(shown: &Curve, line: Vec<(f64, f64)>, d: usize) -> Result<Figure, CheckError> {
    let column = |k: usize| shown.iter().map(move |x| (x[0], x[k]));
    let largest = Sizes::quadratic(d, 1.0, 1.25)?;
    Ok(Figure::new(
        "multiple-descent",
        "Test error of NTK ridge regression: two descents and two peaks",
        Axis::log("n, number of samples"),
        Axis::log("test error"),
    )
    .caption(format!(
        "φ = h₀ + 0.05 h₂, d = {}, p = {}, λ = {RIDGE}, σ² = {NOISE}: peaks at n = d and n = dp.",
        d, largest.p
    ))
    .line("predicted", line)
    .points("measured", column(1))
    .rules("n = d, n = dp", [d, d * largest.p].map(|n| n as f64)))
}

/// The errors of the curves of one size: in sixes over the whole, one by one over the early part.
fn add(d: usize, curves: &[Curve], ladders: &mut [Ladder; 3], early: &mut [Ladder; 2]) {
    for (j, ladder) in ladders.iter_mut().enumerate() {
        for six in curves.chunks(6) {
            let rows = six.iter().flatten().map(|x| (x[1], x[j + 2]));
            ladder.push(d as f64, log_gap(rows));
        }
    }
    for (j, ladder) in [2, 5].into_iter().zip(early) {
        for curve in curves {
            let rows = curve[..EARLY].iter().map(|x| (x[1], x[j]));
            ladder.push(d as f64, log_gap(rows));
        }
    }
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let (mut ladders, mut early): ([Ladder; 3], [Ladder; 2]) = Default::default();
    let (mut first, mut second, mut samples, mut shown, mut line) = (0, 0, 0, vec![], vec![]);
    let tops = ctx.choose([6, 10, 16], [6, 11, 18], [8, 16, 28]);
    for d in tops {
        // The line between the points, for the first curve of the largest size.
        let fine = log_grid(d as f64 / 4.0, 2.5 * (d * d) as f64);
        let (curves, mut lines): (Vec<_>, Vec<_>) = (0..replicates(12, d, tops[2]))
            .into_par_iter()
            .map(|seed| {
                let shows = seed == 0 && d == tops[2];
                curve(ctx, d, seed, if shows { &fine } else { &[] })
            })
            .collect::<Result<Vec<_>, CheckError>>()?
            .into_iter()
            .unzip();
        add(d, &curves, &mut ladders, &mut early);
        if d == tops[2] {
            samples = curves.len();
            let peaks = |at, before, after| peaked(&curves, at, before, after);
            (first, second) = (peaks(2, 1, 3), peaks(6, 4, 7));
            shown.clone_from(&curves[0]);
            line = lines.swap_remove(0);
        }
    }
    let [right, flat, doubled] = &ladders;
    let [near, unsquared] = &early;
    let rate = halfway(1.0);
    let evidence = vec![
        right.measure("log(measured/predicted) over the curve, against d", rate)?,
        near.measure("the same at n < d, against d", quarter(1.0))?,
        disagreeing("a peak at n = d", samples, samples - first, ASTRAY),
        disagreeing("a peak at n = dp", samples, samples - second, ASTRAY),
    ];
    Ok(Finding {
        printed: Printed::as_claimed(
            "different polynomial scalings can lead to multiple descent",
            &evidence,
        ),
        evidence,
        controls: vec![
            flat.measure("without m′/m²", rate)?,
            doubled.measure("2n for n", rate)?,
            unsquared.measure(
                "(1+t𝒬)⁻¹ for its square in the bias, at n < d",
                quarter(1.0),
            )?,
            disagreeing("no peak at n = d", samples, first, ASTRAY),
        ],
        intermediates: vec![(
            "predicted over the curve",
            shown.iter().map(|x| x[2]).collect(),
        )],
        figures: vec![figure(&shown, line, tops[2])?],
    })
}
