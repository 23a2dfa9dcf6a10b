//! `K = ∇ŷ ∇ŷᵀ = K₁ + K₂`, `K₁ = XXᵀ ∘ σ′(XW) diag(a)² σ′(XW)ᵀ`, `K₂ = σ(XW)σ(XW)ᵀ`.
//!
//! Slide 'Computation of the NTK'. As printed: holds. Reach: ∇ŷ by dual numbers, no differences. For
//! σ = x²/2 on small integers all numbers are multiples of ¼ below 2⁵³: equality is exact; for tanh and sin
//! to rounding. Controls: diag(a) for diag(a)², K₁ alone, σ for σ′ in K₁.

use super::{Network, Sigma};
use crate::kit::common::UNIT;
use ndarray::Array2;
use rand::RngExt;
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Measurement, Printed, largest};
use tensor_dyson::model::EntryLaw;

pub(crate) const CLAIM: Claim = Claim {
    id: "jacobian-gram",
    section: 1,
    slide: "Computation of the NTK",
    settles: &["K = K₁ + K₂, a Hadamard product and the conjugate kernel"],
    statement: r"$K = \nabla\hat y\,\nabla\hat y^\top$ $= K_1 + K_2$, $K_1 = XX^\top$ $\circ\;\sigma'(XW)\,\mathrm{diag}(a)^2\,\sigma'(XW)^\top$, $K_2 = \sigma(XW)\,\sigma(XW)^\top.$",
    check,
    ..Claim::BLANK
};

/// n, d, p.
const SHAPES: [(usize, usize, usize); 5] = [(5, 3, 4), (4, 4, 4), (3, 5, 2), (6, 1, 3), (1, 2, 1)];

/// K₁ with `weight(a)` on its diagonal and `inner` features, and K₂.
fn parts(
    x: &Array2<f64>,
    inner: &Array2<f64>,
    outer: &Array2<f64>,
    weight: impl Fn(f64) -> f64,
    a: &ndarray::Array1<f64>,
) -> (Array2<f64>, Array2<f64>) {
    let weighted = inner * &a.mapv(weight);
    (
        x.dot(&x.t()) * weighted.dot(&inner.t()),
        outer.dot(&outer.t()),
    )
}

/// Counts over integers, σ = x²/2: entries, and those that differ from K₁ + K₂, with diag(a), from K₁ alone, with σ for σ′; and
/// distances in rounding bounds, σ = tanh and sin: from K₁ + K₂, and with diag(a).
fn compared(ctx: &Context) -> ([usize; 5], [Vec<f64>; 2]) {
    let (mut cases, mut wrong, mut linear, mut lone, mut primitive) = (0, 0, 0, 0, 0);
    let (mut apart, mut apart_linear) = (vec![], vec![]);
    for (k, &(n, d, p)) in SHAPES.iter().enumerate() {
        let mut rng = ctx.streams().stream(k as u64);
        for sigma in [Sigma::Square, Sigma::Tanh, Sigma::Sin] {
            let mut network = Network::draw(sigma, d, p, &mut rng);
            let mut x = EntryLaw::Gaussian.matrix(n, d, &mut rng);
            if sigma == Sigma::Square {
                let mut integer = || f64::from(rng.random_range(-4..=4));
                x.mapv_inplace(|_| integer());
                network.w.mapv_inplace(|_| integer());
                network.a.mapv_inplace(|_| integer());
            }
            let jacobian = network.jacobian(x.view());
            let kernel = jacobian.dot(&jacobian.t());
            let features = network.features(x.view());
            let slopes = x.dot(&network.w).mapv(|u| sigma.derivative().phi(u));
            let a = &network.a;
            let (first, second) = parts(&x, &slopes, &features, |a| a * a, a);
            let (bare, _) = parts(&x, &slopes, &features, |a| a, a);
            let (of_sigma, _) = parts(&x, &features, &features, |a| a * a, a);
            let sum = &first + &second;
            if sigma == Sigma::Square {
                let differing =
                    |k: &Array2<f64>| k.iter().zip(&kernel).filter(|(x, y)| x != y).count();
                cases += kernel.len();
                wrong += differing(&sum);
                linear += differing(&(&bare + &second));
                lone += differing(&first);
                primitive += differing(&(&of_sigma + &second));
            } else {
                // A preactivation errs by d ε Σ|x||w|, an entry of ∇ŷ by that times |a x| (|σ″| ≤ 1) and by
                // p ε of itself, and K by the sum over p(d+1) parameters of twice that.
                let reach = x.mapv(f64::abs).dot(&network.w.mapv(f64::abs));
                let top = largest(reach.iter().copied().chain([1.0]));
                let scale = largest(x.iter().chain(a).map(|v| v.abs()).chain([1.0])).powi(4);
                let size = (network.count() * (2 * d + p + 8)) as f64;
                let unit = 2.0 * UNIT * size * top * scale;
                let distance =
                    |k: &Array2<f64>| largest((k - &kernel).iter().map(|x| x.abs())) / unit;
                apart.push(distance(&sum));
                apart_linear.push(distance(&(&bare + &second)));
            }
        }
    }
    (
        [cases, wrong, linear, lone, primitive],
        [apart, apart_linear],
    )
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let ([cases, wrong, linear, lone, primitive], [apart, apart_linear]) = compared(ctx);
    let count = apart.len();
    let evidence = vec![
        Measurement::exact("entries of K, σ = x²/2 on integers", cases, wrong),
        Measurement::rounding(
            "σ = tanh and sin, in rounding bounds",
            count,
            largest(apart),
            1.0,
        ),
    ];
    Ok(Finding {
        printed: Printed::as_claimed("K = K₁ + K₂", &evidence),
        evidence,
        controls: vec![
            Measurement::exact("diag(a) for diag(a)²", cases, linear),
            Measurement::exact("K₁ alone", cases, lone),
            Measurement::exact("σ for σ′ in K₁", cases, primitive),
            Measurement::rounding(
                "diag(a) for diag(a)², tanh and sin",
                count,
                largest(apart_linear),
                1.0,
            ),
        ],
        ..Finding::default()
    })
}
