//! `superoperator` and `mp-superoperator`: all four blocks, exactly, for a deterministic `M`.

use super::{NearMisses, Outcome, Statement};
use tensor_dyson::symbolic::{Law, Polynomial, Theory};

/// Section 7.
pub(crate) const NTK: Statement = Statement {
    what: "all four blocks by Wick's theorem",
    prove: ntk,
    near_misses: ntk_near_misses,
};

/// Section 4.
pub(crate) const MARCHENKO_PASTUR: Statement = Statement {
    what: "all four blocks, entries of mean 0 and variance 1",
    prove: marchenko_pastur,
    near_misses: marchenko_pastur_near_misses,
};

/// A block: the product before the expectation, and its expectation.
type Block<'a> = (&'a str, &'a str, &'a str);

/// The blocks of `E A°MA°` for `A° = (pd)^{−1/2} Σ_i (ω^i − E ω^i) ⊗ e_i`.
const NTK_BLOCKS: [Block; 4] = [
    (
        "𝒜°ᵀM₂₂𝒜° = ⟨𝒬, M₂₂⟩/(pd) I",
        "[i,j] ω°[i,a,b] M₂₂[a,b,c,e] ω°[j,c,e]",
        "[i,j] δ[i,j] 𝒬[a,b,c,e] M₂₂[a,b,c,e]",
    ),
    (
        "𝒜°ᵀM₂₁𝒜°ᵀ = (𝒬M₂₁)ᵀ/(pd)",
        "[i,c,e] ω°[i,a,b] M₂₁[a,b,j] ω°[j,c,e]",
        "[i,c,e] 𝒬[c,e,a,b] M₂₁[a,b,i]",
    ),
    (
        "𝒜°M₁₂𝒜° = (M₁₂𝒬)ᵀ/(pd)",
        "[a,b,j] ω°[i,a,b] M₁₂[i,c,e] ω°[j,c,e]",
        "[a,b,j] M₁₂[j,c,e] 𝒬[c,e,a,b]",
    ),
    (
        "𝒜°M₁₁𝒜°ᵀ = Tr(M₁₁)/(pd) 𝒬",
        "[a,b,c,e] ω°[i,a,b] M₁₁[i,j] ω°[j,c,e]",
        "[a,b,c,e] M₁₁[i,i] 𝒬[a,b,c,e]",
    ),
];

/// The four blocks for the NTK.
fn ntk() -> Outcome {
    ntk_blocks(&NTK_BLOCKS, "ω[i,a,b] - δ[i] G[a,b]")
}

/// The blocks that the slide drops, a sum over samples forgotten, and `ω` not centred.
fn ntk_near_misses() -> NearMisses {
    let [(name, product, _), ..] = [NTK_BLOCKS[1]];
    let (trace_name, trace_product, _) = NTK_BLOCKS[3];
    let untraced = [(
        trace_name,
        trace_product,
        "[a,b,c,e] M₁₁[i,j] δ[i] δ[j] 𝒬[a,b,c,e]",
    )];
    vec![
        (
            "the off-diagonal block is 0",
            ntk_blocks(&[(name, product, "[i,c,e] 0")], CENTRED),
        ),
        (
            "the sum of M₁₁ for its trace",
            ntk_blocks(&untraced, CENTRED),
        ),
        ("ω for ω°", ntk_blocks(&NTK_BLOCKS, "ω[i,a,b]")),
    ]
}

const CENTRED: &str = "ω[i,a,b] - δ[i] G[a,b]";

fn ntk_blocks(blocks: &[Block], centred: &str) -> Outcome {
    let mut theory = Theory::new();
    theory
        .tensors("x[n,d] G[d,p] M₁₁[n,n] M₁₂[n,d,p] M₂₁[d,p,n] M₂₂[d,p,d,p]")?
        .define("ω[i,a,b] = x[i,a] G[k,b] x[i,k]")?
        .define(&format!("ω°[i,a,b] = {centred}"))?
        .define("𝒬[a,b,c,e] = δ[a,c] G[k,b] G[k,e] + G[a,e] G[c,b]")?;
    let mut proof =
        theory.prove("pd 𝒮(M), block by block; 𝒜° = (pd)^{−1/2} Σ_i (ω^i − E ω^i) ⊗ e_i");
    for (name, product, expectation) in blocks {
        proof = proof
            .from(product)?
            .rewrite("ω° = ω − E ω, ω = x ⊗ Gᵀx", &["ω°", "ω"])?
            .expect("over X", "x", &Law::Gaussian)?
            .follows(name, expectation, &["𝒬"])?;
    }
    Ok(proof.done())
}

/// The blocks of `d 𝒮(M)` for the matrix `X` itself.
const MATRIX_BLOCKS: [Block; 4] = [
    (
        "X M₂₂ Xᵀ = Tr(M₂₂) I",
        "[i,j] x[i,a] M₂₂[a,c] x[j,c]",
        "[i,j] M₂₂[a,a] δ[i,j]",
    ),
    (
        "X M₂₁ X = M₂₁ᵀ",
        "[i,c] x[i,a] M₂₁[a,j] x[j,c]",
        "[i,c] M₂₁[c,i]",
    ),
    (
        "Xᵀ M₁₂ Xᵀ = M₁₂ᵀ",
        "[a,j] x[i,a] M₁₂[i,c] x[j,c]",
        "[a,j] M₁₂[j,a]",
    ),
    (
        "Xᵀ M₁₁ X = Tr(M₁₁) I",
        "[a,c] x[i,a] M₁₁[i,j] x[j,c]",
        "[a,c] M₁₁[i,i] δ[a,c]",
    ),
];

/// The four blocks for Marchenko–Pastur.
fn marchenko_pastur() -> Outcome {
    marchenko_pastur_blocks(&MATRIX_BLOCKS)
}

/// The off-diagonal blocks that the slide sets to 0, and a trace forgotten.
fn marchenko_pastur_near_misses() -> NearMisses {
    let [(trace, product, _), (name, off, _), ..] = MATRIX_BLOCKS;
    vec![
        (
            "as printed, the off-diagonal block is 0",
            marchenko_pastur_blocks(&[(name, off, "[i,c] 0")]),
        ),
        (
            "the sum of M₂₂ for its trace",
            marchenko_pastur_blocks(&[(trace, product, "[i,j] M₂₂[a,c] δ[a] δ[c] δ[i,j]")]),
        ),
    ]
}

fn marchenko_pastur_blocks(blocks: &[Block]) -> Outcome {
    let mut theory = Theory::new();
    theory.tensors("x[n,d] M₁₁[n,n] M₁₂[n,d] M₂₁[d,n] M₂₂[d,d]")?;
    // Nothing is said of cumulants beyond the second, and nothing is needed.
    let law = Law::Cumulants(vec![Polynomial::zero(), Polynomial::one()]);
    let mut proof = theory.prove("d 𝒮(M), block by block");
    for (name, product, expectation) in blocks {
        proof = proof
            .from(product)?
            .expect("over X", "x", &law)?
            .is(name, expectation)?;
    }
    Ok(proof.done())
}
