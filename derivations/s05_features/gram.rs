//! `NTK_ij = (1/pd) ⟨ω^i, ω^j⟩` with `ω^i = x_i ⊗ Gᵀx_i`, for `σ′(x) = x`.
//!
//! Slide 'NTK is a Gram matrix', which writes W for `G = WD/√d`. As printed: holds.
//! Reach: proved for every n, d and p; all entries in a prime field beside it. Controls: the matrix product for
//! the Hadamard product, one factor lost, a sample index swapped.

use crate::kit::common::{SHAPES, differing, field_matrix};
use crate::kit::proved::{NearMisses, Outcome, Statement};
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Measurement, Printed};
use tensor_dyson::linearization::feature_tensor;
use tensor_dyson::symbolic::Theory;
use tensor_dyson::tensor::contract;

pub(crate) const CLAIM: Claim = Claim {
    id: "gram",
    section: 5,
    slide: "NTK is a Gram matrix",
    settles: &["NTK_ij = ⟨ω^i, ω^j⟩/(pd)"],
    statement: r"$XX^\top \circ (XG)(XG)^\top$ $= \langle\omega^i, \omega^j\rangle$ with $\omega^i = x_i \otimes G^\top x_i$: the NTK is a Gram matrix.",
    check,
    ..Claim::BLANK
};

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let n = 3;
    let (mut cases, mut wrong, mut product_wrong, mut lost_wrong) = (0, 0, 0, 0);
    for (k, &(d, p)) in SHAPES.iter().enumerate() {
        let mut rng = ctx.streams().stream(k as u64);
        let x = field_matrix(n, d, &mut rng);
        let g = field_matrix(d, p, &mut rng);
        let features = x.dot(&g);
        let omega = feature_tensor(x.view(), features.view());
        let gram = contract("abi,abj->ij", &[&omega, &omega])?.into_dimensionality()?;
        let (inputs, hidden) = (x.dot(&x.t()), features.dot(&features.t()));
        cases += gram.len();
        wrong += differing(&gram, &(&inputs * &hidden));
        product_wrong += differing(&gram, &inputs.dot(&hidden));
        lost_wrong += differing(&gram, &hidden);
    }
    let evidence = PROOF.evidence([Measurement::exact(
        "entries of the Gram matrix over 𝔽_{2⁶¹−1}, d < p, d = p, d > p",
        cases,
        wrong,
    )])?;
    Ok(Finding {
        printed: Printed::as_claimed("NTK_ij = (1/pd)⟨ω^i, ω^j⟩", &evidence),
        evidence,
        controls: PROOF.controls([
            Measurement::exact(
                "matrix product for the Hadamard product",
                cases,
                product_wrong,
            ),
            Measurement::exact("without the factor XXᵀ", cases, lost_wrong),
        ])?,
        ..Finding::default()
    })
}

/// The NTK as a Gram matrix.
const PROOF: Statement = Statement {
    what: "NTK_ij, both sides written out",
    prove,
    near_misses,
};

/// `(1/d) XXᵀ ∘ (1/p) XG(XG)ᵀ` is the Gram matrix of the `ω^i`.
fn prove() -> Outcome {
    gram_is("[i,j] p^-1 d^-1 ω[i,a,b] ω[j,a,b]")
}

/// A kernel with one of its inner products squared, and one without its scale.
fn near_misses() -> NearMisses {
    vec![
        (
            "⟨x_i, Gᵀ…⟩ with the sample indices swapped",
            gram_is("[i,j] p^-1 d^-1 ω[i,a,b] ω[i,a,b] δ[j]"),
        ),
        (
            "the factor 1/p dropped",
            gram_is("[i,j] d^-1 ω[i,a,b] ω[j,a,b]"),
        ),
    ]
}

fn gram_is(gram: &str) -> Outcome {
    let mut theory = Theory::new();
    theory
        .tensors("x[n,d] G[d,p]")?
        .define("ω[i,a,b] = x[i,a] G[k,b] x[i,k]")?;
    let proof = theory
        .prove("NTK_ij = ⟨ω^i, ω^j⟩/(pd)")
        .from("[i,j] (d^-1 x[i,a] x[j,a]) (p^-1 x[i,k] G[k,b] G[c,b] x[j,c])")?
        .follows("the definition of ω", gram, &["ω"])?;
    Ok(proof.done())
}
