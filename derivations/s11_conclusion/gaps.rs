//! Where `z(m) = −1/m + (1/pd) Σ q/(1+γ₁mq)` increases, over the exact q, the NTK has a gap.
//!
//! Slide 'Conclusion' (outliers). Reach: the gap between the bulk and the d eigenvalues of c₀ ≠ 0, φ = erf′, rows on
//! the sphere: rates in d for both ends against the sampled eigenvalues beside it (which fluctuate by n^{−2/3} = d^{−4/3}; the
//! bias is of order 1/d), and no eigenvalue in the gap's middle half at the largest d. Controls: the minibulk's end at 2γ₁,
//! and the bulk's end with the printed shift `β² − α²`.

use crate::kit::common::{ASTRAY, disagreeing, quarter};
use crate::kit::draw::{Draw, Intervals, Rows, push_sixes, replicates};
use rayon::prelude::*;
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Ladder, Printed};
use tensor_dyson::measure::{Atoms, Law};
use tensor_dyson::model::{Activation, Sizes, WeightLaw};

pub(crate) const CLAIM: Claim = Claim {
    id: "gaps",
    section: 11,
    slide: "Conclusion",
    settles: &["outliers or minibulk, O(d) eigenvalues"],
    statement: r"Where $$z(m) = -\frac1m + \frac{1}{pd} \sum \frac{q}{1+\gamma_1 m q}$$ increases is a gap of the NTK.",
    uses: &["exact-covariance", "scalar"],
    check,
    ..Claim::BLANK
};

/// How many samples of a size the near miss that costs another search for edges is tried on.
const NEAR_MISSES: u64 = 12;

/// The ends of the gap with the sampled eigenvalues beside them, and the ends of the controls.
struct Row {
    seen: [f64; 2],
    predicted: [f64; 2],
    doubled: Option<f64>,
    printed: f64,
    inside: usize,
}

fn row(ctx: &Context, d: usize, seed: u64) -> Result<Row, CheckError> {
    let sizes = Sizes::quadratic(d, 0.5, 1.25)?;
    // c₀²/Var φ = 2.9: the gap is open from d = 9 on.
    let (activation, weights) = (Activation::ErfPrime, WeightLaw::PlusMinusOne);
    let mut rng = ctx.streams().stream(10_000 * d as u64 + seed);
    let draw = Draw::new(sizes, Rows::Sphere, &activation, &weights, &mut rng)?;
    let law = Atoms::empirical(draw.q.clone())?;
    let ends = |gamma| -> Result<[f64; 2], CheckError> {
        let at = Intervals::of(gamma, &law)?;
        Ok([at.bulk.high, at.above.first().map_or(f64::NAN, |c| c.low)])
    };
    let predicted = ends(sizes.gamma_1())?;
    // As printed, with α = 0: the shift β² on each a_b², and no mean part.
    let beta_squared = activation.hermite_data().beta_squared();
    let printed = draw.sample.a.mapv(|a| beta_squared * a * a).to_vec();
    let printed = Law::empirical(printed)?.mp_map(sizes.gamma_1())?;
    let edges = printed.support()?;
    let quarter = 0.25 * (predicted[1] - predicted[0]);
    Ok(Row {
        seen: [
            draw.eigenvalues[sizes.n - d - 1],
            draw.eigenvalues[sizes.n - d],
        ],
        doubled: (seed < NEAR_MISSES)
            .then(|| ends(2.0 * sizes.gamma_1()))
            .transpose()?
            .map(|[_, low]| low),
        printed: edges.last().map_or(f64::NAN, |edge| edge.1),
        inside: draw.above(predicted[0] + quarter) - draw.above(predicted[1] - quarter),
        predicted,
    })
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let mut ends: [Ladder; 2] = Default::default();
    let mut doubled = Ladder::default();
    let (mut shifted, mut inside, mut samples, mut last) = (Ladder::default(), 0, 0, vec![]);
    let tops = ctx.choose([9, 14, 22], [9, 15, 23], [10, 20, 36]);
    for d in tops {
        let rows: Vec<Row> = (0..replicates(24, d, tops[2]))
            .into_par_iter()
            .map(|k: u64| row(ctx, d, k))
            .collect::<Result<_, CheckError>>()?;
        for side in [0, 1] {
            let error = |row: &Row, at: f64| row.seen[side] / at - 1.0;
            let right = rows.iter().map(|row| error(row, row.predicted[side]));
            push_sixes(&mut ends[side], d, right);
        }
        let wrong = rows
            .iter()
            .filter_map(|row| Some(row.seen[1] / row.doubled? - 1.0));
        push_sixes(&mut doubled, d, wrong);
        let printed = rows.iter().map(|row| row.seen[0] / row.printed - 1.0);
        push_sixes(&mut shifted, d, printed);
        if d == tops[2] {
            inside = rows.iter().filter(|row| row.inside > 0).count();
            samples = rows.len();
            last = rows.iter().flat_map(|row| row.predicted).take(2).collect();
        }
    }
    let evidence = vec![
        ends[0].measure("the bulk's end of the gap, relative", quarter(1.0))?,
        ends[1].measure("the minibulk's end of the gap, relative", quarter(1.0))?,
        disagreeing(
            "an eigenvalue in the gap's middle half",
            samples,
            inside,
            ASTRAY,
        ),
    ];
    Ok(Finding {
        printed: Printed::as_claimed("outside of the main bulk", &evidence),
        evidence,
        controls: vec![
            doubled.measure("the minibulk's end at 2γ₁", quarter(1.0))?,
            shifted.measure("the bulk's end, β² − α² as printed", quarter(1.0))?,
        ],
        intermediates: vec![("the last gap", last)],
        ..Finding::default()
    })
}
