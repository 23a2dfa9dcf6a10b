//! λ_max is at the upper edge of the law over the exact q: the end of the minibulk for c₀ ≠ 0, the separated
//! eigenvalue for α ≠ 0, c₀ = 0.
//!
//! Slide 'Conclusion' (extreme eigenvalues, the rate of gradient descent). Reach: φ = cos, the step and sin, rows
//! on the sphere (Gaussian rows approach an edge slowly: |x|² fluctuates): a rate in d, `d^{−2/3}` for the edge of a minibulk
//! of d in units of its length, for the error. Controls: the upper edge of the talk's 𝒬, whose law is that of the bulk; the
//! interval's other end; for sin the centred covariance.

use crate::kit::common::quarter;
use crate::kit::draw::{Draw, Intervals, Rows, position, push_sixes, replicates};
use crate::kit::figures::extreme;
use rayon::prelude::*;
use tensor_dyson::covariance::Covariance;
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Ladder, Printed};
use tensor_dyson::measure::{Atoms, Law};
use tensor_dyson::model::{Activation, Sizes, WeightLaw};

pub(crate) const CLAIM: Claim = Claim {
    id: "extreme-max",
    section: 11,
    slide: "Conclusion",
    settles: &["extreme eigenvalues"],
    statement: r"$\lambda_{\max}$ is at the top edge of the law over the exact $q$, far above that of the limit law.",
    uses: &["outlier-position", "minibulk"],
    check,
    ..Claim::BLANK
};

/// The top of the law over `q` and the length in which a distance from it is counted: the place of a q that lies alone, in
/// units of itself, or the upper edge of the highest interval, in units of that interval. The interval is short against its
/// place, so that against the place its two ends would be hard to tell apart.
fn top(gamma: f64, q: &[f64]) -> Result<[f64; 2], CheckError> {
    let at = Intervals::of(gamma, &Atoms::empirical(q.to_vec())?)?;
    let highest = at.above.last().unwrap_or(&at.bulk);
    let alone = (highest.mass * q.len() as f64).round() == 1.0;
    Ok(if alone {
        [position(gamma, q); 2]
    } else {
        [highest.high, highest.high - highest.low]
    })
}

/// λ_max, its edge, the limit law's and the unit that it is measured in; and how far off it is, in that unit, where it was tried.
type Place = ([f64; 4], [Option<f64>; 4]);

/// The places of λ_max in `count` samples.
fn places(ctx: &Context, sizes: Sizes, count: u64) -> Result<Vec<Place>, CheckError> {
    (0..count)
        .into_par_iter()
        .map(|k: u64| {
            let activation =
                [Activation::Cos, Activation::Step, Activation::Sin][(k % 3) as usize].clone();
            let mut rng = ctx.streams().stream(1000 * sizes.d as u64 + k);
            let unit = WeightLaw::PlusMinusOne;
            let draw = Draw::new(sizes, Rows::Sphere, &activation, &unit, &mut rng)?;
            let (gamma, seen) = (sizes.gamma_1(), draw.eigenvalues[sizes.n - 1]);
            let talk = Covariance::new(
                draw.sample.w.view(),
                draw.sample.a.view(),
                &activation.hermite_data(),
            )?;
            let limit = Law::empirical(talk.bulk().eigenvalues()?.expanded())?.mp_map(gamma)?;
            let limit = limit.support()?.last().map_or(f64::NAN, |edge| edge.1);
            let [edge, unit] = top(gamma, &draw.q)?;
            let alone = edge == unit;
            let centred = if k % 3 == 2 {
                let [edge, unit] = top(gamma, &draw.exact.eigenvalues()?)?;
                Some((seen - edge) / unit)
            } else {
                None
            };
            // A place that stands alone has no lower end.
            let low = (!alone).then_some(edge - unit);
            let [edge_off, limit_off, low] =
                [Some(edge), Some(limit), low].map(|place| Some((seen - place?) / unit));
            Ok((
                [seen, edge, limit, unit],
                [edge_off, limit_off, low, centred],
            ))
        })
        .collect()
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let mut ladders: [Ladder; 4] = Default::default();
    let mut shown = vec![];
    let tops = ctx.choose([7, 12, 20], [8, 13, 21], [12, 22, 36]);
    for d in tops {
        let sizes = Sizes::quadratic(d, 0.5, 1.25)?;
        let rows = places(ctx, sizes, replicates(24, d, tops[2]))?;
        // Of each φ in turn, so that every six holds two of each.
        for (k, ladder) in ladders.iter_mut().enumerate() {
            push_sixes(ladder, d, rows.iter().filter_map(|row| row.1[k]));
        }
        shown = rows.into_iter().map(|row| row.0).collect();
    }
    let [right, bulk, low, centred] = &ladders;
    let evidence = vec![right.measure(
        "|λ_max − edge| over the interval, or over its place, against d",
        quarter(2.0 / 3.0),
    )?];
    Ok(Finding {
        printed: Printed::as_claimed("λ_max related to the rate of gradient descent", &evidence),
        evidence,
        controls: vec![
            bulk.measure("the edge of the talk's 𝒬", quarter(2.0 / 3.0))?,
            low.measure("the interval's lower edge", quarter(2.0 / 3.0))?,
            centred.measure("sin: the covariance without (Eω)²", quarter(2.0 / 3.0))?,
        ],
        intermediates: vec![("λ_max, its edge, the limit law's", shown[0][..3].to_vec())],
        figures: vec![
            extreme(
                "extreme-max",
                "The largest eigenvalue against its predicted place",
                "λ_max",
                ["σ′ = cos", "ReLU", "σ′ = sin"],
                &shown,
            )
            .points("the limit law's edge", shown.iter().map(|row| (row[1], row[2])))
            .caption("The largest size of the ladder, a sample a point; the edge of the limit law is far below."),
        ],
    })
}
