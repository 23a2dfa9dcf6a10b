//! `τ₂₄(G⊗G)·(u^i⊗v^j) = σ_iσ_j u^j⊗v^i`, and 0 where `u^j⊗v^i` does not exist.
//!
//! Slide 'Spectrum of 𝒬'. As printed: holds, with `σ_i = 0` for `i > p ∧ d`.
//! Reach: proved for every d and p; rounding beside it. Controls: `u^i⊗v^j` on the right, σ_i² for σ_iσ_j.

use super::{Decomposed, RULES, apart, singular_vectors};
use crate::kit::proved::{NearMisses, Outcome, Statement};
use ndarray::Array2;
use tensor_dyson::covariance::braided_covariance;
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Measurement, Printed, largest};
use tensor_dyson::tensor::act;

pub(crate) const CLAIM: Claim = Claim {
    id: "tau24-action",
    section: 6,
    slide: "Spectrum of 𝒬",
    settles: &["τ₂₄(W ⊗ W) on u^i ⊗ v^j"],
    statement: r"$\tau_{24}(G\otimes G)\cdot(u^i\otimes v^j)$ $= \sigma_i\sigma_j\, u^j\otimes v^i$, $\sigma_i = 0$ for $i > p \wedge d.$",
    uses: &["covariance"],
    check,
    ..Claim::BLANK
};

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let (mut right, mut kept, mut square, mut cases) = (vec![], vec![], vec![], 0);
    for sample in Decomposed::all(ctx)? {
        let (_, operator) = braided_covariance(sample.g.view());
        let (d, p) = sample.g.dim();
        for (i, j) in sample.pairs() {
            let dyad = sample.dyad(i, j);
            let swapped = if j < d && i < p {
                sample.dyad(j, i)
            } else {
                Array2::zeros((d, p))
            };
            let image = act(operator.view(), dyad.view());
            let (s, t) = (sample.sigma(i), sample.sigma(j));
            let unit = sample.rounding();
            right.push(apart(&image, &(&swapped * (s * t))) / unit);
            kept.push(apart(&image, &(&dyad * (s * t))) / unit);
            square.push(apart(&image, &(&swapped * (s * s))) / unit);
            cases += 1;
        }
    }
    let evidence = PROOF.evidence([Measurement::rounding(
        "pairs i, j, in units of the rounding bound",
        cases,
        largest(right),
        1.0,
    )])?;
    Ok(Finding {
        printed: Printed::as_claimed("τ₂₄(W⊗W) u^i⊗v^j = σ_iσ_j u^j⊗v^i", &evidence),
        evidence,
        controls: PROOF.controls([
            Measurement::rounding("u^i⊗v^j for u^j⊗v^i", cases, largest(kept), 1.0),
            Measurement::rounding("σ_i² for σ_iσ_j", cases, largest(square), 1.0),
        ])?,
        ..Finding::default()
    })
}

/// The action of τ₂₄.
const PROOF: Statement = Statement {
    what: "from W v^j = σ_j u^j and Wᵀ u^i = σ_i v^i",
    prove,
    near_misses,
};

/// `τ₂₄(W⊗W)(u^i⊗v^j) = σ_i σ_j u^j⊗v^i`.
fn prove() -> Outcome {
    tau_24_is("σ[i] σ[j] u[j,a] v[i,b]")
}

/// The vectors not exchanged, and the wrong singular values.
fn near_misses() -> NearMisses {
    vec![
        ("u^i⊗v^j for u^j⊗v^i", tau_24_is("σ[i] σ[j] u[i,a] v[j,b]")),
        ("σ_j² for σ_i σ_j", tau_24_is("σ[j] σ[j] u[j,a] v[i,b]")),
    ]
}

fn tau_24_is(claimed: &str) -> Outcome {
    let theory = singular_vectors()?;
    let proof = theory
        .prove("τ₂₄(W⊗W)(u^i⊗v^j) = σ_i σ_j u^j⊗v^i")
        .from("[i,j,a,b] τ₂₄[a,b,c,e] u[i,c] v[j,e]")?
        .rewrite("τ₂₄(W⊗W)_abce = W_ae W_cb", &["τ₂₄"])?
        .follows(
            "W v^j = σ_j u^j, Wᵀ u^i = σ_i v^i",
            &format!("[i,j,a,b] {claimed}"),
            &RULES,
        )?;
    Ok(proof.done())
}
