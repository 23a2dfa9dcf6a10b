//! `τ₂₄(G⊗G)·(u^i⊗v^j) = σ_iσ_j u^j⊗v^i`, and 0 where `u^j⊗v^i` does not exist.
//!
//! Slide 'Spectrum of 𝒬'. As printed: holds, with `σ_i = 0` for `i > p ∧ d`.
//! Reach: proved for every d and p; rounding beside it. Controls: `u^i⊗v^j` on the right, σ_i² for σ_iσ_j.

use super::{Decomposed, apart};
use crate::proofs::singular_vectors::TAU_24;
use ndarray::Array2;
use tensor_dyson::covariance::braided_covariance;
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Measurement, Printed, largest};
use tensor_dyson::tensor::act;

pub(crate) const CLAIM: Claim = Claim {
    id: "tau24-action",
    section: 6,
    slide: "Spectrum of 𝒬",
    statement: "τ₂₄(G⊗G)·(u^i⊗v^j) = σ_iσ_j u^j⊗v^i, σ_i = 0 for i > p ∧ d.",
    uses: &["covariance"],
    assumes: &[],
    check,
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
    let evidence = TAU_24.evidence([Measurement::rounding(
        "pairs i, j, in units of the rounding bound",
        cases,
        largest(right),
        1.0,
    )])?;
    Ok(Finding {
        printed: Printed::as_claimed("τ₂₄(W⊗W) u^i⊗v^j = σ_iσ_j u^j⊗v^i", &evidence),
        evidence,
        controls: TAU_24.controls([
            Measurement::rounding("u^i⊗v^j for u^j⊗v^i", cases, largest(kept), 1.0),
            Measurement::rounding("σ_i² for σ_iσ_j", cases, largest(square), 1.0),
        ])?,
        ..Finding::default()
    })
}
