//! `ŷ(Θ₀ + ΔΘ) = ŷ(Θ₀) + ⟨∇ŷ(Θ₀), ΔΘ⟩ + O(‖ΔΘ‖²)`.
//!
//! Slide 'Neural Tangent Kernel'. As printed: holds, and the order is sharp: the remainder is
//! `½ ΔΘᵀ∇²ŷ ΔΘ` up to third order, the second derivative by dual numbers of third order.
//! Reach: fitted exponents in ε, ΔΘ = εΔ, over several networks and directions, ε from 2⁻⁴ to 2⁻¹⁰.
//! Controls: the gradient in W alone (first order), and a remainder of third order.

use super::{Network, Sigma};
use ndarray::{Array1, Array2, ArrayView1};
use num_dual::Dual3_64;
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Ladder, Printed};
use tensor_dyson::model::EntryLaw;

pub(crate) const CLAIM: Claim = Claim {
    id: "lazy-remainder",
    section: 1,
    slide: "Neural Tangent Kernel",
    settles: &["affine approximation of ŷ with an error O(‖Θ − Θ₀‖²)"],
    statement: r"$\hat y(\Theta_0+\Delta\Theta) - \hat y(\Theta_0)$ $- \langle\nabla\hat y(\Theta_0), \Delta\Theta\rangle$ $= \tfrac12\,\Delta\Theta^\top\nabla^2\hat y\,\Delta\Theta$ $+\, O(\|\Delta\Theta\|^3)$: second order.",
    check,
    ..Claim::BLANK
};

/// The slope of ŷ without a's part of the gradient.
fn slope_in_w(network: &Network, x: &Array2<f64>, along: ArrayView1<'_, f64>) -> Array1<f64> {
    let inner = network.w.len();
    let gradient = network.jacobian(x.view());
    gradient
        .slice(ndarray::s![.., ..inner])
        .dot(&along.slice(ndarray::s![..inner]))
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let (mut second, mut third, mut partial) =
        (Ladder::default(), Ladder::default(), Ladder::default());
    let (n, d, p) = (6, 4, 5);
    for seed in 0..ctx.choose(6, 24, 96) {
        let mut rng = ctx.streams().stream(seed);
        let sigma = [Sigma::Tanh, Sigma::Sin][seed as usize % 2];
        let network = Network::draw(sigma, d, p, &mut rng);
        let x = EntryLaw::Gaussian.matrix(n, d, &mut rng) / (d as f64).sqrt();
        let mut direction = EntryLaw::Gaussian.matrix(network.count(), 1, &mut rng);
        direction /= direction.iter().map(|x| x * x).sum::<f64>().sqrt();
        let theta = network.parameters();
        let along = direction.column(0);
        let jet = |t: f64| -> Vec<Dual3_64> {
            theta
                .iter()
                .zip(along)
                .map(|(&x, &v)| Dual3_64::new(x + t * v, v, 0.0, 0.0))
                .collect()
        };
        let start = network.outputs(x.view(), &jet(0.0));
        let norm = |errors: Array1<f64>| errors.iter().map(|x| x * x).sum::<f64>().sqrt();
        let slope_w = slope_in_w(&network, &x, along);
        for power in [4, 6, 8, 10] {
            let epsilon = 0.5_f64.powi(power);
            let moved = network.outputs(x.view(), &jet(epsilon));
            let change = moved.mapv(|y| y.re) - start.mapv(|y| y.re);
            let remainder = &change - &start.mapv(|y| epsilon * y.v1);
            let size = epsilon.recip();
            // Each in units of its leading term, so that the networks differ in the next order only.
            let (half, sixth) = (
                0.5 * norm(start.mapv(|y| y.v2)),
                norm(start.mapv(|y| y.v3)) / 6.0,
            );
            second.push(size, norm(remainder.clone()) / half);
            let next = &remainder - &start.mapv(|y| 0.5 * epsilon * epsilon * y.v2);
            third.push(size, norm(next) / sixth);
            let rest = norm(&start.mapv(|y| y.v1) - &slope_w);
            partial.push(size, norm(&change - &(&slope_w * epsilon)) / rest);
        }
    }
    // Between the ends of the ladder a term of the next order turns an exponent by at most
    // log(1 + Cε)/log(64), C the ratio of the derivatives: 0.1 allows for C up to 8 at ε = 1/16.
    let evidence = vec![
        second.measure("the remainder against 1/‖ΔΘ‖", -1.9)?,
        third.measure("the remainder less ½ΔΘᵀ∇²ŷΔΘ", -2.9)?,
    ];
    Ok(Finding {
        printed: Printed::as_claimed("ŷ(Θ₀) + ⟨∇ŷ(Θ₀), Θ − Θ₀⟩ + O(‖Θ − Θ₀‖²)", &evidence[..1]),
        evidence,
        controls: vec![
            partial.measure("the gradient in W alone", -1.9)?,
            second.measure("a remainder of third order", -2.9)?,
        ],
        ..Finding::default()
    })
}
