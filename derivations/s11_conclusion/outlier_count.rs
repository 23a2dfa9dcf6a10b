//! Outside the bulk lie d eigenvalues for c₀ ≠ 0, 1 for α ≠ 0, d + 1 for both (a = ±1).
//!
//! Slide 'Conclusion' prints 'O(d) eigenvalues outside of the main bulk': for c₀ ≠ 0 the constant is 1. The
//! count is exact separation's: where `z(m) = −1/m + (1/pd) Σ q/(1+γ₁mq)` has a gap, as many NTK eigenvalues
//! lie above it as q. Reach: every sample over several shapes (rows on the sphere), at γ₁ = ½, for φ of small
//! `Var zφ(z)/Var φ`: for h₂ and h₃ that ratio (3 and 7) parts directions `w_b ⊗ e_b` too (`minibulk-h2`). Controls: d
//! whatever α, 1 whatever c₀, and none (the talk's 𝒬 without its mean).

use crate::kit::common::{ASTRAY, disagreeing};
use crate::kit::draw::{Draw, Rows};
use rayon::prelude::*;
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Printed};
use tensor_dyson::model::{Activation, Sizes, WeightLaw};

pub(crate) const CLAIM: Claim = Claim {
    id: "outlier-count",
    section: 11,
    slide: "Conclusion",
    settles: &["outliers or minibulk, O(d) eigenvalues"],
    statement: r"Outside the bulk: $d$ eigenvalues if $c_0 \ne 0$, $1$ if $\alpha \ne 0$, $d + 1$ if both; as many as separated $q.$",
    uses: &["exact-covariance", "outlier"],
    assumes: &["Exact separation (Bai and Silverstein 1999) for the features ω"],
    check,
    ..Claim::BLANK
};

/// Seen above the gap, separated q, and what the mean and the linear part give.
type Counts = (usize, usize, usize, usize);

fn counted(ctx: &Context) -> Result<Vec<Counts>, CheckError> {
    let shapes = ctx.choose(
        vec![(12, 26), (18, 26)],
        vec![(20, 30), (26, 24), (16, 36)],
        vec![(30, 45), (40, 60), (45, 45), (60, 30)],
    );
    let unit = WeightLaw::PlusMinusOne;
    let cases = [
        (Activation::Cos, &unit),
        (Activation::TanhPrime, &unit),
        (Activation::Step, &unit),
        (Activation::Identity, &unit),
        (Activation::Sin, &unit),
    ];
    let mut jobs = vec![];
    for (k, case) in cases.iter().enumerate() {
        for (l, &shape) in shapes.iter().enumerate() {
            jobs.push(((k * shapes.len() + l) as u64, case, shape));
        }
    }
    jobs.into_par_iter()
        .map(|(stream, (activation, weights), (d, p))| {
            let sizes = Sizes { n: d * p / 2, d, p };
            let mut rng = ctx.streams().stream(stream);
            let draw = Draw::new(sizes, Rows::Sphere, activation, weights, &mut rng)?;
            let intervals = draw.intervals()?;
            let data = activation.hermite_data();
            let mean = if data.mean() == 0.0 { 0 } else { d };
            let linear = usize::from(data.alpha() != 0.0);
            Ok((
                draw.above(intervals.cut()),
                intervals.count(d * p),
                mean,
                linear,
            ))
        })
        .collect()
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let counts = counted(ctx)?;
    let differ = |f: &dyn Fn(&Counts) -> bool| counts.iter().filter(|count| f(count)).count();
    let number = counts.len();
    let evidence = vec![
        disagreeing(
            "seen = d[c₀≠0] + 1[α≠0]",
            number,
            differ(&|&(seen, _, mean, linear)| seen != mean + linear),
            ASTRAY,
        ),
        disagreeing(
            "separated q = d[c₀≠0] + 1[α≠0]",
            number,
            differ(&|&(_, q, mean, linear)| q != mean + linear),
            ASTRAY,
        ),
    ];
    Ok(Finding {
        printed: Printed::as_claimed("O(d) eigenvalues outside of the main bulk", &evidence),
        evidence,
        controls: vec![
            disagreeing(
                "the linear part left out",
                number,
                differ(&|&(seen, _, mean, _)| seen != mean),
                ASTRAY,
            ),
            disagreeing(
                "the mean part left out",
                number,
                differ(&|&(seen, _, _, linear)| seen != linear),
                ASTRAY,
            ),
            disagreeing(
                "none: the talk's 𝒬 alone",
                number,
                differ(&|&(seen, ..)| seen != 0),
                ASTRAY,
            ),
        ],
        intermediates: vec![(
            "eigenvalues above the gap",
            counts.iter().map(|c| c.0 as f64).collect(),
        )],
        ..Finding::default()
    })
}
