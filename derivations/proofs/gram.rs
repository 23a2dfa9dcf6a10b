//! `gram`: `NTK_ij = ⟨ω^i, ω^j⟩/(pd)` with `ω^i = x_i ⊗ Gᵀx_i`, for `σ′(x) = x` and `a_i = ±1`.

use super::{NearMisses, Outcome, Statement};
use tensor_dyson::symbolic::Theory;

/// The NTK as a Gram matrix.
pub(crate) const GRAM: Statement = Statement {
    what: "NTK_ij, both sides written out",
    prove: gram,
    near_misses,
};

/// `(1/d) XXᵀ ∘ (1/p) XG(XG)ᵀ` is the Gram matrix of the `ω^i`.
fn gram() -> Outcome {
    with("[i,j] p^-1 d^-1 ω[i,a,b] ω[j,a,b]")
}

/// A kernel with one of its inner products squared, and one without its scale.
fn near_misses() -> NearMisses {
    vec![
        (
            "⟨x_i, Gᵀ…⟩ with the sample indices swapped",
            with("[i,j] p^-1 d^-1 ω[i,a,b] ω[i,a,b] δ[j]"),
        ),
        (
            "the factor 1/p dropped",
            with("[i,j] d^-1 ω[i,a,b] ω[j,a,b]"),
        ),
    ]
}

fn with(gram: &str) -> Outcome {
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
