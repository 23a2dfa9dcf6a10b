//! Conjugate kernel, n ≍ p ≍ d²: above the bulk lie N_k eigenvalues for each degree k < 2 that σ has, one for c₀ ≠ 0 near c₀²n,
//! and d for c₁ ≠ 0, of mean near `c₁²n/d + Σ_{k≥2} c_k² (1 + n/p)`.
//!
//! Slide 'Nonlinear random matrix models' prints 'Possible outliers' for the linear width only. The mean: a spike θ = c₁²n/d of T
//! above the rest, of mean v and ratio γ = n/p, moves by v(1 + γ) to the order 1. Reach: ReLU, rows on the sphere, n = d², p = 3d²/2: the
//! count at the middle of the gap in every sample; fitted rates in d for the two places. Controls: one outlier, d of them, N₂ more;
//! c₁²n/d alone, c₁²n/N₂ for its place, and c₀ for c₀².

use super::SLIDE;
use super::polynomial_width::features;
use crate::kit::common::{ASTRAY, disagreeing, quarter};
use crate::kit::draw::push_sixes;
use rayon::prelude::*;
use tensor_dyson::ledger::{Axis, CheckError, Claim, Context, Figure, Finding, Ladder, Printed};
use tensor_dyson::linalg::{gram, symmetric_eigenvalues};
use tensor_dyson::model::{Activation, sphere_coefficients};

pub(crate) const CLAIM: Claim = Claim {
    id: "conjugate-polynomial-outliers",
    section: 10,
    slide: SLIDE,
    settles: &["conjugate kernel, polynomial width"],
    statement: r"$n \asymp p \asymp d^2$: $N_k = C(d+k-1, k)$ eigenvalues above the bulk for each $k < 2$ with $c_k \ne 0$: $1$ near $c_0^2 n$, $d$ near $c_1^2 n/d.$",
    uses: &["conjugate-polynomial", "conjugate-outlier"],
    check,
    ..Claim::BLANK
};

/// The relative error of the first place, the error of the mean of the others, and the number of eigenvalues above the gap.
struct Seen {
    above: usize,
    first: [f64; 2],
    rest: [f64; 3],
    eigenvalues: Vec<f64>,
}

fn draw(ctx: &Context, d: usize, seed: u64) -> Result<Seen, CheckError> {
    let (n, p) = (d * d, 3 * d * d / 2);
    let mut rng = ctx.streams().stream(1000 * d as u64 + seed);
    let sigma = Activation::Step;
    let f = features(&sigma, (n, p), d, &mut rng);
    let eigenvalues = symmetric_eigenvalues((gram(f.view()) / p as f64).view())?;
    let c = sphere_coefficients(&|u| sigma.sigma(u), d, 2)?;
    let (zero, one) = (c[0] * c[0], c[1] * c[1]);
    let rest = sigma.sigma_second_moment() - zero - one;
    let (n, gamma) = (n as f64, n as f64 / p as f64);
    // The bulk ends near (1+√γ)² times the end of c₂²MP + rest; the degree 1 begins near c₁²(n/d)(1 − √(d/n) − √(d/p))².
    let size = d as f64;
    let low = one * n / size * (1.0 - (size / n).sqrt() - (size / p as f64).sqrt()).powi(2);
    let high = rest * (1.0 + gamma.sqrt()).powi(2) * (1.0 + 2.0_f64.sqrt()).powi(2);
    let cut = (low * high).sqrt();
    let top = eigenvalues.len() - 1;
    let mean = eigenvalues[top - d..top].iter().sum::<f64>() / size;
    let place = one * n / size + rest * (1.0 + gamma);
    Ok(Seen {
        above: eigenvalues.iter().filter(|&&x| x > cut).count(),
        first: [zero * n, c[0].abs() * n].map(|at| eigenvalues[top] / at - 1.0),
        rest: [place, one * n / size, 2.0 * one * n / (size * size)].map(|at| mean - at),
        eigenvalues,
    })
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let tops = ctx.choose([6, 9, 13], [7, 11, 18], [14, 24, 36]);
    let mut ladders: [Ladder; 5] = Default::default();
    let (mut counts, mut shown) = (vec![], vec![]);
    for d in tops {
        let seen: Vec<Seen> = (0..6 * (4 * tops[2] / d) as u64)
            .into_par_iter()
            .map(|seed| draw(ctx, d, seed))
            .collect::<Result<_, CheckError>>()?;
        for (k, ladder) in ladders.iter_mut().enumerate() {
            let error = |one: &Seen| if k < 2 { one.first[k] } else { one.rest[k - 2] };
            push_sixes(ladder, d, seen.iter().map(error));
        }
        counts = seen.iter().map(|one| one.above).collect::<Vec<_>>();
        shown.clone_from(&seen[0].eigenvalues);
    }
    let d = tops[2];
    let apart = |count: usize| counts.iter().filter(|&&seen| seen != count).count();
    let count = |what: &str, wanted: usize| disagreeing(what, counts.len(), apart(wanted), ASTRAY);
    let [first, root, rest, bare, second] = &ladders;
    let rate = quarter(1.0);
    let evidence = vec![
        count("above the gap lie 1 + d, at the largest d", 1 + d),
        first.measure("|λ₁/(c₀²n) − 1| against d", rate)?,
        rest.measure("|mean of the d − c₁²n/d − v(1+γ)| against d", rate)?,
    ];
    let ranked = shown.iter().rev().enumerate();
    let figure = Figure::new(
        "conjugate-polynomial-outliers",
        "Conjugate kernel of ReLU at n = d²: 1 + d eigenvalues above the bulk",
        Axis::log("rank of the eigenvalue"),
        Axis::log("λ"),
    )
    .points(
        "eigenvalues",
        ranked
            .map(|(k, &x)| (k as f64 + 1.0, x))
            .filter(|p| p.1 > 1e-3),
    )
    .rules("ranks 1 and d + 1", [1.5, d as f64 + 1.5])
    .caption(format!("One sample, d = {d}, n = d², p = 3d²/2."));
    Ok(Finding {
        printed: Printed::as_claimed("Possible outliers, polynomial width", &evidence),
        evidence,
        controls: vec![
            count("one outlier", 1),
            count("d outliers", d),
            count("N₂ more", 1 + d + d * (d + 1) / 2),
            root.measure("c₀ for c₀²", rate)?,
            bare.measure("c₁²n/d alone", rate)?,
            second.measure("c₁²n/N₂ for the place of degree 1", rate)?,
        ],
        intermediates: vec![("above the gap", counts.iter().map(|&x| x as f64).collect())],
        figures: vec![figure],
    })
}
