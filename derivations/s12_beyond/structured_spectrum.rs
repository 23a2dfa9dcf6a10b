//! Structured data: the nonzero eigenvalues of 𝒬 are those of `Y ↦ ΣYS + SYΣ` on symmetric matrices, `S = Σ^{1/2}GGᵀΣ^{1/2}`, exactly.
//!
//! Beyond the talk; derived here. `𝒬 = ½𝒮*𝒮` and `½𝒮𝒮* = ΣYS + SYΣ` with `𝒮(M) = Σ^{1/2}(MGᵀ + GMᵀ)Σ^{1/2}`. Σ and S do not commute, so the
//! eigenvalues are no sums of products of theirs. Reach: proved for every d and p; dense eigenvalues beside it, to rounding.
//! Controls: the adjoint without its 2, white outside, 2ΣYS, Y not symmetric; numbers: `σ_ih_j + σ_jh_i`, and all of R^{d×d}.

use super::{SLIDE, power_law, ranked};
use crate::kit::common::{SHAPES, UNIT};
use crate::kit::proved::{NearMisses, Outcome, Statement};
use tensor_dyson::covariance::StructuredCovariance;
use tensor_dyson::ledger::{
    Axis, CheckError, Claim, Context, Figure, Finding, Measurement, Printed, largest,
};
use tensor_dyson::linalg::symmetric_eigenvalues;
use tensor_dyson::model::{Activation, EntryLaw};
use tensor_dyson::symbolic::Theory;
use tensor_dyson::tensor::matricize;

pub(crate) const CLAIM: Claim = Claim {
    id: "structured-spectrum",
    section: 12,
    slide: SLIDE,
    settles: &["structured data"],
    statement: r"$x \sim N(0, \Sigma)$: $\mathcal Q = \tfrac12 \mathcal S^*\mathcal S$, and its nonzero eigenvalues are those of $Y \mapsto \Sigma Y S + S Y\Sigma$ on symmetric $Y$, $S = \Sigma^{1/2} G G^\top \Sigma^{1/2}.$",
    uses: &["structured-covariance", "q-square-root"],
    check,
    ..Claim::BLANK
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
    let evidence = PROOF.evidence([Measurement::rounding(
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
        controls: PROOF.controls([
            Measurement::rounding("σ_ih_j + σ_jh_i", not_one, largest(sums), allowance),
            Measurement::rounding("each of them twice", not_one, largest(both), allowance),
        ])?,
        figures: vec![figure],
        ..Finding::default()
    })
}

const PROOF: Statement = Statement {
    what: "the adjoint, ½𝒮*𝒮 and ½𝒮𝒮*",
    prove,
    near_misses,
};

/// The adjoint, `½𝒮*𝒮 = 𝒬` and `½𝒮𝒮*` on symmetric matrices; `R = Σ^{1/2}`.
fn prove() -> Outcome {
    with(
        "2",
        "Σ[a,c] Y[c,k] S[k,q] + S[a,c] Y[c,k] Σ[k,q]",
        &[vec![1, 0]],
    )
}

/// A factor dropped, one term for two, white Σ outside, and the adjoint on all matrices.
fn near_misses() -> NearMisses {
    let both = "Σ[a,c] Y[c,k] S[k,q] + S[a,c] Y[c,k] Σ[k,q]";
    let symmetric = [vec![1, 0]];
    vec![
        ("𝒮*(Y) = RYRG, the 2 lost", with("1", both, &symmetric)),
        (
            "½𝒮𝒮*(Y) = YS + SY, as for white data",
            with("2", "Y[a,k] S[k,q] + S[a,k] Y[k,q]", &symmetric),
        ),
        (
            "½𝒮𝒮*(Y) = 2ΣYS, as if Σ and S commuted",
            with("2", "2 Σ[a,c] Y[c,k] S[k,q]", &symmetric),
        ),
        ("Y not symmetric", with("2", both, &[])),
    ]
}

fn with(two: &str, other_side: &str, symmetry: &[Vec<usize>]) -> Outcome {
    let mut theory = Theory::new();
    theory
        .tensors("M[d,p] G[d,p]")?
        .symmetric("R[d,d]", &[vec![1, 0]])?
        .symmetric("Y[d,d]", symmetry)?
        .define("Σ[a,c] = R[a,k] R[k,c]")?
        .define("S[a,c] = R[a,i] G[i,b] G[j,b] R[j,c]")?
        .define("𝒮M[a,c] = R[a,i] M[i,b] G[j,b] R[j,c] + R[a,i] G[i,b] M[j,b] R[j,c]")?
        .define(&format!("𝒮*Y[a,b] = {two} R[a,i] Y[i,j] R[j,k] G[k,b]"))?
        .define(
            "𝒬M[a,b] = Σ[a,c] M[c,e] G[k,e] Σ[k,l] G[l,b] + Σ[a,k] G[k,e] M[c,e] Σ[c,l] G[l,b]",
        )?;
    let proof = theory
        .prove(
            "𝒬 = ½𝒮*𝒮 and ½𝒮𝒮*(Y) = ΣYS + SYΣ, with 𝒮(M) = R(MGᵀ + GMᵀ)R, 𝒮*(Y) = 2RYRG, S = RGGᵀR",
        )
        .from("𝒮M[a,c] Y[a,c]")?
        .follows("⟨𝒮(M), Y⟩ = ⟨M, 𝒮*(Y)⟩", "M[a,b] 𝒮*Y[a,b]", &["𝒮M", "𝒮*Y"])?
        .from(&format!("[a,b] {two}/2 R[a,i] 𝒮M[i,j] R[j,k] G[k,b]"))?
        .follows("½𝒮*(𝒮(M)) = 𝒬(M)", "[a,b] 𝒬M[a,b]", &["𝒮M", "𝒬M", "Σ"])?
        .from("[a,q] 1/2 R[a,i] 𝒮*Y[i,b] G[j,b] R[j,q] + 1/2 R[a,i] G[i,b] 𝒮*Y[j,b] R[j,q]")?
        .follows(
            "½𝒮(𝒮*(Y)), Y symmetric",
            &format!("[a,q] {other_side}"),
            &["𝒮*Y", "Σ", "S"],
        )?;
    Ok(proof.done())
}
