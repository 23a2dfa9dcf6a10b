//! A separated q sits at `λ = γ₁q + (1/pd) Σ_l q q_l/(q − q_l)`.
//!
//! Slide 'Conclusion' (outliers). Reach: the one eigenvalue of α ≠ 0, c₀ = 0, for σ′ = sin and Gaussian rows: a
//! rate in d for the relative error; for σ′ = x the mean over W of the place
//! against `n/d + 2γ₁(1 + p/d) + 1`. Controls: γ₁q alone, α²n/d alone, and for σ′ = x n/d + 1.

use crate::kit::common::quarter;
use crate::kit::draw::{Draw, Rows, position, push_sixes, replicates, weights};
use rayon::prelude::*;
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Ladder, MeanTest, Printed};
use tensor_dyson::model::{Activation, Sizes, WeightLaw};

pub(crate) const CLAIM: Claim = Claim {
    id: "outlier-position",
    section: 11,
    slide: "Conclusion",
    settles: &["outliers or minibulk, O(d) eigenvalues"],
    statement: r"A separated $q$ sits at $$\lambda = \gamma_1 q + \frac{1}{pd} \sum_l \frac{q\,q_l}{q - q_l};$$ $\sigma' = x$: near $n/d$ $+\,2\gamma_1(1+p/d) + 1.$",
    uses: &["outlier-count"],
    check,
    ..Claim::BLANK
};

/// For σ′ = sin: λ, λ_max/λ, λ_max − λ, and λ_max less γ₁q and less α²n/d.
fn draws(ctx: &Context, sizes: Sizes, count: u64) -> Result<Vec<[f64; 5]>, CheckError> {
    (0..count)
        .into_par_iter()
        .map(|seed: u64| {
            let mut rng = ctx.streams().stream(1000 * sizes.d as u64 + seed);
            let (phi, unit) = (Activation::Sin, WeightLaw::PlusMinusOne);
            let draw = Draw::new(sizes, Rows::Gaussian, &phi, &unit, &mut rng)?;
            let (seen, place) = (draw.eigenvalues[sizes.n - 1], draw.position());
            let q = draw.q[draw.q.len() - 1];
            let leading = phi.hermite_data().alpha().powi(2) * sizes.n as f64 / sizes.d as f64;
            Ok([
                place,
                seen / place,
                seen - place,
                seen - sizes.gamma_1() * q,
                seen - leading,
            ])
        })
        .collect()
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let mut ladder = Ladder::default();
    let [mut whole, mut bare, mut leading] = std::array::from_fn(|_| MeanTest::new(1));
    let sizes_of = |d| Sizes::quadratic(d, 0.5, 1.25);
    let tops = ctx.choose([6, 10, 16], [7, 13, 21], [12, 22, 36]);
    let mut places = vec![];
    for d in tops {
        let draws = draws(ctx, sizes_of(d)?, replicates(24, d, tops[2]))?;
        push_sixes(&mut ladder, d, draws.iter().map(|row| row[1] - 1.0));
        for row in &draws {
            if d == tops[2] {
                whole.push(&row[2..3]);
                bare.push(&row[3..4]);
                leading.push(&row[4..]);
                places.push(row[0]);
            }
        }
    }
    // The closed place for σ′ = x needs no sample of X: many W.
    let sizes = sizes_of(ctx.choose(18, 20, 28))?;
    let (width, gamma) = (sizes.n as f64 / sizes.d as f64, sizes.gamma_1());
    let closed = width + 2.0 * gamma * (1.0 + sizes.gamma_2()) + 1.0;
    let means: Vec<f64> = (0..48)
        .into_par_iter()
        .map(|seed: u64| {
            let mut rng = ctx.streams().stream(1_000_000 + seed);
            let linear = weights(sizes, &Activation::Identity, &mut rng)?;
            Ok(position(gamma, &linear.second_moment().eigenvalues()?))
        })
        .collect::<Result<_, CheckError>>()?;
    let mut over_w = MeanTest::new(1);
    for mean in &means {
        over_w.push(&[*mean]);
    }
    let evidence = vec![
        ladder.measure("|λ_max/λ − 1| against d, σ′ = sin", quarter(1.0))?,
        whole.measure("σ′ = sin: the mean of λ_max − λ", &[0.0]),
        over_w.measure("σ′ = x: n/d + 2γ₁(1+p/d) + 1 over W", &[closed]),
    ];
    Ok(Finding {
        printed: Printed::as_claimed("eigenvalues outside of the main bulk", &evidence),
        evidence,
        controls: vec![
            bare.measure("γ₁q alone", &[0.0]),
            leading.measure("α²n/d alone", &[0.0]),
            over_w.measure("σ′ = x: n/d + 1", &[width + 1.0]),
        ],
        intermediates: vec![("λ at the largest d", places)],
        ..Finding::default()
    })
}
