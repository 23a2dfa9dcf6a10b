//! The interpolation threshold is n = p(d+1): up to there K = ∇ŷ∇ŷᵀ is invertible and the affine model fits any y;
//! beyond, the part (n − p(d+1))/n of the training error stays.
//!
//! Slide 'Regimes of overparametrization' prints n ≍ p(d+1). As printed: holds. Reach: exact ranks over
//! 𝔽_{2⁶¹−1} at n around the threshold, σ a generic polynomial; a mean test of the training error left for
//! tanh and Gaussian y. Controls: the thresholds pd and p(d+2).

use super::parameter_count::{GENERIC, SHAPES};
use super::rank::rank;
use super::{Network, Sigma};
use crate::kit::common::{UNIT, field_matrix};
use ndarray::s;
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, MeanTest, Measurement, Printed};
use tensor_dyson::linalg::svd;
use tensor_dyson::model::EntryLaw;

pub(crate) const CLAIM: Claim = Claim {
    id: "interpolation-threshold",
    section: 1,
    slide: "Regimes of overparametrization",
    settles: &["interpolation threshold: n ≍ p(d+1)"],
    statement: r"rank $\nabla\hat y = \min(n, p(d+1))$: interpolation up to $n = p(d+1)$; beyond, $E\|\hat y - y\|^2$ $= n - p(d+1)$ for $y \sim N(0, I).$",
    uses: &["parameter-count"],
    check,
    ..Claim::BLANK
};

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let (mut cases, mut wrong, mut early) = (0, 0, 0);
    for (k, &(d, p)) in SHAPES.iter().enumerate() {
        let mut rng = ctx.streams().stream(k as u64);
        let count = p * (d + 1);
        let x = field_matrix(count + 3, d, &mut rng);
        let w = field_matrix(d, p, &mut rng);
        let a = field_matrix(p, 1, &mut rng).column(0).to_vec();
        let jacobian = GENERIC.jacobian(&x, &w, &a);
        for n in p * d..count + 3 {
            let found = rank(jacobian.slice(s![..n, ..]).to_owned());
            cases += 1;
            wrong += usize::from(found != n.min(count));
            early += usize::from(found != n.min(p * d));
        }
    }
    let (d, p) = (2, 3);
    let count = p * (d + 1);
    let sizes = [count + 1, 2 * count];
    let mut left = MeanTest::new(sizes.len());
    for seed in 0..ctx.choose(400, 2000, 20_000) {
        let mut rng = ctx.streams().stream(100 + seed);
        let network = Network::draw(Sigma::Tanh, d, p, &mut rng);
        let x = EntryLaw::Gaussian.matrix(sizes[1], d, &mut rng);
        let y = EntryLaw::Gaussian.matrix(sizes[1], 1, &mut rng);
        let jacobian = network.jacobian(x.view());
        let mut errors = vec![];
        for n in sizes {
            // The part of y outside the column space: along the left singular vectors of singular value 0 to
            // rounding, and those beyond the number of columns.
            let decomposed = svd(jacobian.slice(s![..n, ..]))?;
            let zero = 2.0 * n as f64 * UNIT * decomposed.singular[0];
            let rank = decomposed.singular.iter().filter(|&&x| x > zero).count();
            let outside = decomposed
                .u
                .slice(s![.., rank..])
                .t()
                .dot(&y.slice(s![..n, ..]));
            errors.push(outside.iter().map(|x| x * x).sum());
        }
        left.push(&errors);
    }
    let predicted = |threshold: usize| sizes.map(|n| n as f64 - threshold as f64);
    let evidence = vec![
        Measurement::exact("sizes n where the rank is not min(n, p(d+1))", cases, wrong),
        left.measure("‖ŷ − y‖² left, tanh", &predicted(count)),
    ];
    Ok(Finding {
        printed: Printed::as_claimed("n ≍ number of parameters p(d+1)", &evidence),
        evidence,
        controls: vec![
            Measurement::exact("threshold pd", cases, early),
            left.measure("threshold pd", &predicted(p * d)),
            left.measure("threshold p(d+2)", &predicted(p * (d + 2))),
        ],
        ..Finding::default()
    })
}
