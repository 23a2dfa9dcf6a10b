//! The moments of 𝒬 over Gaussian W, `G = W/√d`: a chain and samples that `q-trace` and `q-trace-of-square` share.

use crate::kit::proved::{Outcome, Statement};
use tensor_dyson::covariance::linear_covariance;
use tensor_dyson::ledger::{CheckError, Context, Finding, MeanTest, Printed};
use tensor_dyson::model::EntryLaw;
use tensor_dyson::symbolic::{TensorLaw, Theory};
use tensor_dyson::tensor::matricize;

/// `p` and `d` of one order.
const LINEAR: [(&str, i32); 2] = [("p", 1), ("d", 1)];

/// The trace of a power of `𝒬`, conditionally on `W`, then exactly, then in the limit.
pub(super) struct Trace<'a> {
    pub written: &'a str,
    pub conditionally: &'a str,
    pub exactly: &'a str,
    pub limit: &'a str,
}

pub(super) fn proved(trace: &Trace) -> Outcome {
    let mut theory = Theory::new();
    theory
        .tensors("W[d,p]")?
        .define("𝒬[a,b,c,e] = δ[a,c] W[k,b] W[k,e] + W[a,e] W[c,b]")?;
    let proof = theory
        .prove("the moments of 𝒬's law, G = W/√d")
        .from(trace.written)?
        .follows(
            "𝒬 = τ₂₃(I⊗WᵀW) + τ₂₄(W⊗W), the powers of d written in front",
            trace.conditionally,
            &["𝒬"],
        )?
        .expect("over W", "W", &TensorLaw::Gaussian)?
        .is("exactly", trace.exactly)?
        .approximately("as d and p grow together", &LINEAR, 0)?
        .is("the limit", trace.limit)?;
    Ok(proof.done())
}

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

/// The formulas of a moment: as printed, and as it holds.
pub(super) struct Moment<'a> {
    /// Of the trace of this power.
    pub k: i32,
    pub proof: &'a Statement,
    pub printed: &'static str,
    pub corrected: &'static str,
}

pub(super) fn check(ctx: &Context, moment: &Moment<'_>) -> Result<Finding, CheckError> {
    let k = moment.k;
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
    let evidence = moment.proof.evidence(samples)?;
    let controls = moment.proof.controls([])?;
    Ok(Finding {
        // The first control is the printed sum; the proof has it with the diagonal added.
        printed: Printed::completed(
            moment.printed,
            controls[0].distance,
            0.0,
            evidence[0].distance,
        )
        .erratum(
            "½ Σ_{i,j} counts the diagonal by halves",
            moment.corrected,
            half_diagonal(k, 4.0, 6.0) / exact(k, 4.0, 6.0),
            "relative, in the mean over Gaussian W at d = 4, p = 6",
        ),
        evidence,
        controls,
        ..Finding::default()
    })
}
