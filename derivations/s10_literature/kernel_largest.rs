//! Kernel matrices, linear width, σ odd: the largest eigenvalue tends to the edge of the law.
//!
//! Slide 'Nonlinear random matrix models' [Fan and Montanari]. As printed: holds. The edge is the minimum of
//! `z(G) = 1/G + c₁/(1 − γc₁G) − c₁ + tG` over `0 < G < 1/(γc₁)`. Reach: a fitted rate in n, tanh and sin; the
//! eigenvalue fluctuates by n^{−2/3}. Controls: the edge at 1/γ, and ReLU, which is not
//! odd: c₀ ≠ 0 puts an eigenvalue near c₀n/√d.

use super::SLIDE;
use super::kernel_linear::Kernel;
use crate::kit::common::halfway;
use rayon::prelude::*;
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Ladder, Printed, SpectralModel};
use tensor_dyson::model::Activation;

pub(crate) const CLAIM: Claim = Claim {
    id: "kernel-largest",
    section: 10,
    slide: SLIDE,
    settles: &["kernel matrices, σ odd: λ₁ → edge"],
    statement: r"$\sigma$ odd: $\lambda_1$ of the kernel matrix tends to the edge of $c_1(\mathrm{MP}^\gamma - 1)$ $\boxplus\;\mathrm{sc}\big(\gamma(v - c_1^2)\big).$",
    uses: &["kernel-linear"],
    check,
    ..Claim::BLANK
};

/// The upper edge, by golden section: z(G) is convex there.
fn edge(f: &Activation, gamma: f64) -> f64 {
    let c = f.sigma_coefficients(2);
    let rest = gamma * (f.sigma_second_moment() - c[0] * c[0] - c[1] * c[1]);
    let z = |g: f64| g.recip() + c[1] / (1.0 - gamma * c[1] * g) - c[1] + rest * g;
    let ratio = 0.5 * (5.0_f64.sqrt() - 1.0);
    let (mut low, mut high) = (0.0, 1.0 / (gamma * c[1]));
    for _ in 0..100 {
        let (a, b) = (high - ratio * (high - low), low + ratio * (high - low));
        if z(a) < z(b) {
            high = b;
        } else {
            low = a;
        }
    }
    z(0.5 * (low + high))
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let gamma = 0.6;
    let mut ladders: [Ladder; 3] = std::array::from_fn(|_| Ladder::default());
    for (k, f) in [Activation::TanhPrime, Activation::Cos, Activation::Step]
        .into_iter()
        .enumerate()
    {
        let (right, inverted) = (edge(&f, gamma), edge(&f, 1.0 / gamma));
        let model = Kernel {
            f,
            gamma,
            shift: 1.0,
            rest: 1.0,
        };
        let sizes = ctx.choose([24, 72, 216], [30, 85, 220], [60, 240, 960]);
        for n in sizes {
            let tops: Vec<Result<f64, CheckError>> = (0..(20 * sizes[2] / n) as u64)
                .into_par_iter()
                .map(|seed| {
                    let index = 1_000_000 * k as u64 + 1000 * n as u64 + seed;
                    let spectrum = model.sample(n, &mut ctx.streams().stream(index))?;
                    Ok(spectrum[n - 1])
                })
                .collect();
            for top in tops {
                let top = top?;
                if k < 2 {
                    ladders[0].push(n as f64, (top - right).abs());
                    ladders[1].push(n as f64, (top - inverted).abs());
                } else {
                    ladders[2].push(n as f64, (top - right).abs());
                }
            }
        }
    }
    let [right, inverted, relu] = ladders;
    let third = halfway(2.0 / 3.0);
    let evidence = vec![right.measure("|λ₁ − edge| against n, tanh and sin", third)?];
    Ok(Finding {
        printed: Printed::as_claimed("σ odd, λ₁ → edge", &evidence),
        evidence,
        controls: vec![
            inverted.measure("the edge at 1/γ", third)?,
            relu.measure("σ = ReLU, not odd", third)?,
        ],
        ..Finding::default()
    })
}
