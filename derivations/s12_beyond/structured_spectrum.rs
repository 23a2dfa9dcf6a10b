//! Structured data: the nonzero eigenvalues of 𝒬 are those of `Y ↦ ΣYS + SYΣ` on symmetric matrices, `S = Σ^{1/2}GGᵀΣ^{1/2}`, exactly.
//!
//! Beyond the talk; derived here. `𝒬 = ½𝒮*𝒮` and `½𝒮𝒮* = ΣYS + SYΣ` with `𝒮(M) = Σ^{1/2}(MGᵀ + GMᵀ)Σ^{1/2}`. Σ and S do not commute, so the
//! eigenvalues are no sums of products of theirs. Reach: proved for every d and p; dense eigenvalues beside it, to rounding.
//! Controls: the adjoint without its 2, white outside, 2ΣYS, Y not symmetric; numbers: `σ_ih_j + σ_jh_i`, and all of R^{d×d}.

use super::{SLIDE, power_law, ranked};
use crate::kit::common::{SHAPES, UNIT};
use crate::proofs::structured::SQUARE_ROOT;
use tensor_dyson::covariance::StructuredCovariance;
use tensor_dyson::ledger::{
    Axis, CheckError, Claim, Context, Figure, Finding, Measurement, Printed, largest,
};
use tensor_dyson::linalg::symmetric_eigenvalues;
use tensor_dyson::model::{Activation, EntryLaw};
use tensor_dyson::tensor::matricize;

pub(crate) const CLAIM: Claim = Claim {
    id: "structured-spectrum",
    section: 12,
    slide: SLIDE,
    statement: "x ~ N(0, Σ): 𝒬 = ½𝒮*𝒮, and its nonzero eigenvalues are those of Y ↦ ΣYS + SYΣ on symmetric Y, S = Σ^{1/2}GGᵀΣ^{1/2}.",
    uses: &["structured-covariance", "q-square-root"],
    assumes: &[],
    check,
};

/// The largest distance of the largest eigenvalues, both sides padded by zeros, over the largest one.
fn distance(dense: &[f64], other: &[f64]) -> f64 {
    let count = dense.len().max(other.len());
    let padded = |values: &[f64]| -> Vec<f64> {
        let mut all = vec![0.0; count - values.len()];
        all.extend_from_slice(values);
        all.sort_by(f64::total_cmp);
        all
    };
    let (a, b) = (padded(dense), padded(other));
    largest(a.iter().zip(&b).map(|(x, y)| (x - y).abs())) / a[count - 1]
}

/// `σ_ih_j + σ_jh_i`, i ≤ j, σ and h both ascending.
fn commuting(variances: &[f64], h: &[f64]) -> Vec<f64> {
    let mut sorted = variances.to_vec();
    sorted.sort_by(f64::total_cmp);
    let d = h.len();
    let pairs = (0..d).flat_map(|i| (i..d).map(move |j| (i, j)));
    pairs
        .map(|(i, j)| sorted[i] * h[j] + sorted[j] * h[i])
        .collect()
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let phi = Activation::Identity.hermite_data();
    let (mut right, mut sums, mut both) = (vec![], vec![], vec![]);
    let mut shown = (vec![], vec![]);
    for (k, &(d, p)) in SHAPES.iter().enumerate() {
        let w = EntryLaw::Gaussian.matrix(d, p, &mut ctx.streams().stream(k as u64));
        let variances = power_law(d);
        let q = StructuredCovariance::new(&variances, w.view(), &phi)?;
        let dense = symmetric_eigenvalues(matricize(q.dense().view()).view())?;
        let symmetric = q.linear_eigenvalues()?;
        right.push(distance(&dense, &symmetric));
        if d == 1 {
            // One dimension commutes.
            continue;
        }
        let h = symmetric_eigenvalues(q.image().view())?;
        sums.push(distance(&dense, &commuting(&variances, &h)));
        // With the antisymmetric matrices, here by their sums: as many eigenvalues again.
        let twice: Vec<f64> = symmetric.iter().chain(&symmetric).copied().collect();
        both.push(distance(&dense, &twice));
        shown = (dense, commuting(&variances, &h));
        if d == 5 {
            shown.0.retain(|x| *x > 1e-12);
        }
    }
    // Each decomposition errs by its size times ε of the norm: dp ≤ 25 and d(d+1)/2 ≤ 21.
    let allowance = 20.0 * 46.0 * UNIT;
    let (cases, not_one) = (right.len(), sums.len());
    let evidence = SQUARE_ROOT.evidence([Measurement::rounding(
        "dense eigenvalues of 𝒬, relative",
        cases,
        largest(right),
        allowance,
    )])?;
    let figure = Figure::new(
        "structured-spectrum",
        "Eigenvalues of 𝒬 for Σ_i ∝ i^{−0.7}, and the sums of products",
        Axis::linear("rank of the eigenvalue"),
        Axis::linear("q"),
    )
    .points("eigenvalues of 𝒬", ranked(&shown.0))
    .points("σ_ih_j + σ_jh_i, as if Σ and S commuted", {
        let mut sums = shown.1.clone();
        sums.sort_by(f64::total_cmp);
        ranked(&sums)
    });
    Ok(Finding {
        printed: Printed::as_claimed("Eigenvalues: σ_i² + σ_j², X not white", &evidence),
        evidence,
        controls: SQUARE_ROOT.controls([
            Measurement::rounding("σ_ih_j + σ_jh_i", not_one, largest(sums), allowance),
            Measurement::rounding("each of them twice", not_one, largest(both), allowance),
        ])?,
        figures: vec![figure],
        ..Finding::default()
    })
}
