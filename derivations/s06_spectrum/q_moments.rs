//! `Tr 𝒬` and `Tr 𝒬²` over Gaussian W, exactly, with the orders of what the limit drops.
//!
//! Slide 'Spectrum of 𝒬'. Its sum `½ Σ_{i,j}` is `d Tr GᵀG` at t = 0 where the trace is `(d + 1) Tr GᵀG`: the
//! half diagonal is missing, a relative 1/d. Its limit `MP^{γ₂} * MP^{γ₂}` has mean 2 where the trace gives 1.
//! Reach: proved for every d and p. Beside it the means of samples. Controls: the printed sum, a pairing of W
//! forgotten, the moments of the printed limit.

use crate::proofs::Statement;
use crate::proofs::traces::{FIRST_MOMENT, SECOND_MOMENT};
use tensor_dyson::covariance::linear_covariance;
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, MeanTest, Printed};
use tensor_dyson::model::EntryLaw;
use tensor_dyson::tensor::matricize;

pub(crate) const FIRST: Claim = Claim {
    id: "q-trace",
    section: 6,
    slide: "Spectrum of 𝒬",
    statement: "E Tr 𝒬/(pd) = 1 + 1/d for Gaussian W: the mean of 𝒬's law tends to 1.",
    uses: &["covariance"],
    assumes: &[],
    check: |ctx| check(ctx, &FIRST_MOMENT, "(1/2pd) Σ_ij (σ_i² + σ_j²)", 1),
};

pub(crate) const SECOND: Claim = Claim {
    id: "q-trace-of-square",
    section: 6,
    slide: "Spectrum of 𝒬",
    statement: "E Tr 𝒬²/(pd) = 1 + 2p/d + 3/d + 2p/d² + 4/d² for Gaussian W; the limit is 1 + 2γ₂.",
    uses: &["covariance"],
    assumes: &[],
    check: |ctx| check(ctx, &SECOND_MOMENT, "(1/2pd) Σ_ij (σ_i² + σ_j²)²", 2),
};

/// `E Tr 𝒬ᵏ/(pd)`.
fn exact(k: i32, d: f64, p: f64) -> f64 {
    match k {
        1 => 1.0 + 1.0 / d,
        _ => 1.0 + 2.0 * p / d + 3.0 / d + 2.0 * p / (d * d) + 4.0 / (d * d),
    }
}

/// What `½ Σ_{i,j}` lacks of it: half the diagonal, `(2ᵏ/2pd) E Tr(GᵀG)ᵏ`, with `E Tr GᵀG = p` and
/// `E Tr(GᵀG)² = p(d + p + 1)/d`.
fn half_diagonal(k: i32, d: f64, p: f64) -> f64 {
    let trace = match k {
        1 => p,
        _ => p * (d + p + 1.0) / d,
    };
    2f64.powi(k - 1) * trace / (p * d)
}

fn check(ctx: &Context, moment: &Statement, printed: &str, k: i32) -> Result<Finding, CheckError> {
    let draws = ctx.choose(400, 1000, 4000);
    let mut samples = Vec::new();
    for (number, (d, p)) in [(4, 6), (6, 4)].into_iter().enumerate() {
        let mut test = MeanTest::new(1);
        let mut rng = ctx.streams().stream(number as u64);
        for _ in 0..draws {
            let g = EntryLaw::Gaussian.matrix(d, p, &mut rng) / (d as f64).sqrt();
            let q = matricize(linear_covariance(g.view()).view());
            // 𝒬 is symmetric: the trace of its square is the sum of its entries' squares.
            let trace = if k == 1 {
                q.diag().sum()
            } else {
                q.mapv(|x| x * x).sum()
            };
            test.push(&[trace / (d * p) as f64]);
        }
        let what = format!("the mean of Tr 𝒬ᵏ/(pd) at k = {k}, d = {d}, p = {p}");
        samples.push(test.measure(&what, &[exact(k, d as f64, p as f64)]));
    }
    let evidence = moment.evidence(samples)?;
    let controls = moment.controls([])?;
    Ok(Finding {
        // The first control is the printed sum; the proof has it with the diagonal added.
        printed: Printed::completed(printed, controls[0].distance, 0.0, evidence[0].distance)
            .erratum(
                "½ Σ_{i,j} counts the diagonal by halves",
                if k == 1 {
                    "(1/pd) Σ_{i≤j} (σ_i² + σ_j²)"
                } else {
                    "(1/pd) Σ_{i≤j} (σ_i² + σ_j²)²"
                },
                half_diagonal(k, 4.0, 6.0) / exact(k, 4.0, 6.0),
                "relative, in the mean over Gaussian W at d = 4, p = 6",
            ),
        evidence,
        controls,
        ..Finding::default()
    })
}
