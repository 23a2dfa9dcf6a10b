//! `τ₂₃(I⊗GᵀG)·(u^i⊗v^j) = σ_j² u^i⊗v^j`.
//!
//! Slide 'Spectrum of 𝒬'. Its middle line has u_k^i where the summation index asks for u_q^i; since
//! `Σ_q δ_kq = 1` its value is the right one: the proof's second chain is that line as printed.
//! Reach: proved for every d and p from the relations of the singular vectors; rounding beside it, d < p,
//! d = p, d > p. Controls: σ_i² for σ_j², the vectors exchanged.

use super::{Decomposed, RULES, apart, singular_vectors};
use crate::kit::common::SHAPES;
use crate::kit::proved::{NearMisses, Outcome, Statement};
use ndarray::Array2;
use tensor_dyson::covariance::braided_covariance;
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Measurement, Printed, largest};
use tensor_dyson::tensor::act;

pub(crate) const CLAIM: Claim = Claim {
    id: "tau23-action",
    section: 6,
    slide: "Spectrum of 𝒬",
    settles: &["τ₂₃(I ⊗ WᵀW) on u^i ⊗ v^j"],
    statement: r"$\tau_{23}(I\otimes G^\top G)\cdot(u^i\otimes v^j)$ $= \sigma_j^2\, u^i\otimes v^j.$",
    uses: &["covariance"],
    check,
    ..Claim::BLANK
};

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let (mut right, mut swapped, mut printed, mut cases) = (vec![], vec![], vec![], 0);
    for sample in Decomposed::all(ctx)? {
        let (operator, _) = braided_covariance(sample.g.view());
        let gram = sample.g.t().dot(&sample.g);
        for (i, j) in sample.pairs() {
            let dyad = sample.dyad(i, j);
            let image = act(operator.view(), dyad.view());
            let scaled = |s: f64| &dyad * (s * s);
            let unit = sample.rounding();
            right.push(apart(&image, &scaled(sample.sigma(j))) / unit);
            swapped.push(apart(&image, &scaled(sample.sigma(i))) / unit);
            // As printed: Σ_q Σ_r δ_kq (GᵀG)_lr u_k v_r.
            let (u, v) = (sample.svd.u.column(i), sample.svd.v.column(j));
            let literal = Array2::from_shape_fn(dyad.dim(), |(k, l)| {
                (0..u.len())
                    .filter(|&q| q == k)
                    .map(|_| u[k] * gram.row(l).dot(&v))
                    .sum()
            });
            printed.push(apart(&image, &literal) / unit);
            cases += 1;
        }
    }
    let what = format!(
        "pairs i, j over {} shapes, in units of the rounding bound",
        SHAPES.len()
    );
    Ok(Finding {
        printed: Printed::judged("Σ_q Σ_r δ_kq (WᵀW)_ℓr u_k^i v_r^j", largest(printed), 1.0),
        evidence: PROOF.evidence([Measurement::rounding(what, cases, largest(right), 1.0)])?,
        controls: PROOF.controls([Measurement::rounding(
            "σ_i² for σ_j²",
            cases,
            largest(swapped),
            1.0,
        )])?,
        ..Finding::default()
    })
}

/// The slide's line has a dangling index, `u_k` for `u_q`; since `Σ_q δ_kq = 1` its value is right all the same, which the
/// second chain shows.
const PROOF: Statement = Statement {
    what: "from W v^j = σ_j u^j and Wᵀ u^i = σ_i v^i",
    prove,
    near_misses,
};

/// `τ₂₃(I⊗WᵀW)(u^i⊗v^j) = σ_j² u^i⊗v^j`.
fn prove() -> Outcome {
    tau_23_is("σ[j] σ[j] u[i,a] v[j,b]")
}

/// The wrong singular value, and the vectors exchanged.
fn near_misses() -> NearMisses {
    vec![
        ("σ_i² for σ_j²", tau_23_is("σ[i] σ[i] u[i,a] v[j,b]")),
        ("u^j⊗v^i for u^i⊗v^j", tau_23_is("σ[j] σ[j] u[j,a] v[i,b]")),
    ]
}

fn tau_23_is(claimed: &str) -> Outcome {
    let theory = singular_vectors()?;
    let claimed = format!("[i,j,a,b] {claimed}");
    let proof = theory
        .prove("τ₂₃(I⊗WᵀW)(u^i⊗v^j) = σ_j² u^i⊗v^j")
        .from("[i,j,a,b] τ₂₃[a,b,c,e] u[i,c] v[j,e]")?
        .rewrite("τ₂₃(I⊗WᵀW)_abce = δ_ac (WᵀW)_be", &["τ₂₃"])?
        .follows("W v^j = σ_j u^j, Wᵀ u^j = σ_j v^j", &claimed, &RULES)?
        .from("[i,j,a,b] δ[a,q] δ[q] W[k,b] W[k,e] u[i,a] v[j,e]")?
        .follows("as printed, with u_a for u_q", &claimed, &RULES)?;
    Ok(proof.done())
}
