//! Extreme eigenvalues at polynomial scaling, n ≍ d², rows on the sphere: λ_max of the kernel `h₂(⟨x_i,x_j⟩/√d)/√n`, 0 on its diagonal, is at the
//! edge of `(c₂/√g)(MP^g − 1)`, and that of `(1/p)FFᵀ`, F = h₂(XWᵀ/√d), at the edge of `MP^{n/p} ⊠ c₂²MP^g`, g = n over the harmonics of degree 2.
//!
//! Beyond the talk ('Extreme eigenvalues', at the polynomial widths of 'Nonlinear random matrix models'); derived here from the laws of
//! `kernel-polynomial` and `conjugate-polynomial`: h₂ is one degree exactly, so that nothing lies outside. Reach: fitted rates in d, `d^{−4/3}` by the
//! edge's fluctuation and 1/d by that of quadratic forms. Controls: n/d² for g, the diagonal left in, 1/g; for F the edge of either factor alone.

use super::SLIDE;
use crate::kit::common::halfway;
use crate::kit::draw::push_sixes;
use rayon::prelude::*;
use tensor_dyson::ledger::{Axis, CheckError, Claim, Context, Figure, Finding, Ladder, Printed};
use tensor_dyson::linalg::{gram, product, symmetric_eigenvalues};
use tensor_dyson::measure::{Law, LawError};
use tensor_dyson::model::{harmonics, sphere_rows};

pub(crate) const CLAIM: Claim = Claim {
    id: "extremes-polynomial",
    section: 12,
    slide: SLIDE,
    settles: &["extremes at polynomial scaling"],
    statement: r"$n \asymp d^2$, $\sigma = h_2$: $\lambda_{\max}$ of the kernel matrix and of the conjugate kernel tend to the edges of their laws, $g = n/(C(d+1, 2) - 1).$",
    uses: &["kernel-polynomial", "conjugate-polynomial", "extreme-max"],
    check,
    ..Claim::BLANK
};

fn h2(u: f64) -> f64 {
    (u * u - 1.0) / 2.0_f64.sqrt()
}

/// `(1 + √g)²`.
fn top(g: f64) -> f64 {
    (1.0 + g.sqrt()).powi(2)
}

/// The upper edge of `MP^γ ⊠ v MP^g`, through the companion.
fn product_edge(gamma: f64, v: f64, g: f64) -> Result<f64, LawError> {
    let t = Law::marchenko_pastur(g)?.scaled(v)?;
    let law = t.mp_map(gamma.recip())?.scaled(gamma)?;
    Ok(law.support()?.last().map_or(f64::NAN, |part| part.1))
}

/// The largest eigenvalues of the kernel and of the conjugate kernel.
fn largest_ones(
    ctx: &Context,
    (n, p, d): (usize, usize, usize),
    seed: u64,
) -> Result<[f64; 2], CheckError> {
    let rng = &mut ctx.streams().stream(1000 * d as u64 + seed);
    let root = (d as f64).sqrt();
    let (x, w) = (sphere_rows(n, d, rng), sphere_rows(p, d, rng));
    let mut kernel = gram(x.view()).mapv(|u| h2(u / root)) / (n as f64).sqrt();
    kernel.diag_mut().fill(0.0);
    let features = product(x.view(), w.t()).mapv(|u| h2(u / root));
    let conjugate = gram(features.view()) / p as f64;
    let last = |values: Vec<f64>| values.last().copied().unwrap_or(f64::NAN);
    Ok([
        last(symmetric_eigenvalues(kernel.view())?),
        last(symmetric_eigenvalues(conjugate.view())?),
    ])
}

/// The samples and the edges at one d.
type Shown = (f64, Vec<[f64; 2]>, [f64; 7]);

fn figure(shown: &[Shown]) -> Figure {
    let sampled = |which: usize| -> Vec<(f64, f64)> {
        let each = shown
            .iter()
            .flat_map(|(d, seen, _)| seen.iter().map(move |pair| (*d, pair[which])));
        each.collect()
    };
    let edge = |which: usize| shown.iter().map(move |(d, _, edges)| (*d, edges[which]));
    Figure::new(
        "extremes-polynomial",
        "λ_max at n ≍ d² against the edges of the laws",
        Axis::linear("d"),
        Axis::linear("λ_max"),
    )
    .points("kernel", sampled(0))
    .line("edge of (c₂/√g)(MP^g − 1)", edge(0))
    .points("conjugate kernel", sampled(1))
    .line("edge of MP^{n/p} ⊠ c₂²MP^g", edge(4))
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let mut ladders: [Ladder; 7] = Default::default();
    let mut shown: Vec<Shown> = vec![];
    let tops = ctx.choose([8, 13, 22], [8, 15, 28], [12, 24, 46]);
    for d in tops {
        let (n, p) = (d * d / 4, d * d * 5 / 14);
        let (count, gamma) = (n as f64, n as f64 / p as f64);
        let g = count / harmonics(d, 2);
        // c₂² on the sphere, and the diagonal h₂(√d)/√n that every n/N of it adds up to.
        let power = (d as f64 - 1.0) / (d as f64 + 2.0);
        let scale = h2((d as f64).sqrt()) / count.sqrt();
        let edges = [
            scale * (top(g) - 1.0),
            scale * (top(count / (d * d) as f64) - 1.0),
            scale * top(g),
            scale * (top(g.recip()) - 1.0),
            product_edge(gamma, power, g)?,
            power * top(gamma),
            power * top(g),
        ];
        let seen: Vec<[f64; 2]> = (0..12 * (2 * tops[2] / d) as u64)
            .into_par_iter()
            .map(|seed| largest_ones(ctx, (n, p, d), seed))
            .collect::<Result<_, CheckError>>()?;
        for (k, (ladder, edge)) in ladders.iter_mut().zip(edges).enumerate() {
            let which = usize::from(k >= 4);
            push_sixes(ladder, d, seen.iter().map(|pair| pair[which] / edge - 1.0));
        }
        shown.push((d as f64, seen, edges));
    }
    let [right, square, diagonal, inverted, conjugate, single, alone] = &ladders;
    let rate = halfway(1.0);
    let evidence = vec![
        right.measure("|λ_max/edge − 1| against d, kernel", rate)?,
        conjugate.measure("the same, conjugate kernel", rate)?,
    ];
    Ok(Finding {
        printed: Printed::as_claimed("extreme eigenvalues, polynomial width", &evidence),
        evidence,
        controls: vec![
            square.measure("kernel, n/d² for g", rate)?,
            diagonal.measure("kernel, the diagonal left in", rate)?,
            inverted.measure("kernel, 1/g for g", rate)?,
            single.measure("conjugate kernel, the edge of MP^{n/p} alone", rate)?,
            alone.measure("conjugate kernel, the edge of c₂²MP^g alone", rate)?,
        ],
        figures: vec![figure(&shown)],
        ..Finding::default()
    })
}
