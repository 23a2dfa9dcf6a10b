//! `tau23-action`, `tau24-action` and `two-by-two-block`, from `W v^j = σ_j u^j` and `Wᵀ u^i = σ_i v^i`.
//!
//! The slide's line for τ₂₃ has a dangling index, `u_k` for `u_q`; since `Σ_q δ_kq = 1` its value is right
//! all the same, which the second chain of the proof shows.

use super::{NearMisses, Outcome, Statement};
use tensor_dyson::symbolic::{SymbolicError, Theory};

/// The action of τ₂₃.
pub(crate) const TAU_23: Statement = Statement {
    what: "from W v^j = σ_j u^j and Wᵀ u^i = σ_i v^i",
    prove: tau_23,
    near_misses: tau_23_near_misses,
};

/// The action of τ₂₄.
pub(crate) const TAU_24: Statement = Statement {
    what: "from W v^j = σ_j u^j and Wᵀ u^i = σ_i v^i",
    prove: tau_24,
    near_misses: tau_24_near_misses,
};

/// The 2×2 block.
pub(crate) const BLOCK: Statement = Statement {
    what: "both columns, and the two eigenvectors",
    prove: block,
    near_misses: block_near_misses,
};

const RULES: [&str; 4] = ["τ₂₃", "τ₂₄", "Wv", "Wᵀu"];

/// `τ₂₃(I⊗WᵀW)(u^i⊗v^j) = σ_j² u^i⊗v^j`.
fn tau_23() -> Outcome {
    tau_23_is("σ[j] σ[j] u[i,a] v[j,b]")
}

/// The wrong singular value, and the vectors exchanged.
fn tau_23_near_misses() -> NearMisses {
    vec![
        ("σ_i² for σ_j²", tau_23_is("σ[i] σ[i] u[i,a] v[j,b]")),
        ("u^j⊗v^i for u^i⊗v^j", tau_23_is("σ[j] σ[j] u[j,a] v[i,b]")),
    ]
}

fn tau_23_is(claimed: &str) -> Outcome {
    let theory = theory()?;
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

/// `τ₂₄(W⊗W)(u^i⊗v^j) = σ_i σ_j u^j⊗v^i`.
fn tau_24() -> Outcome {
    tau_24_is("σ[i] σ[j] u[j,a] v[i,b]")
}

/// The vectors not exchanged, and the wrong singular values.
fn tau_24_near_misses() -> NearMisses {
    vec![
        ("u^i⊗v^j for u^j⊗v^i", tau_24_is("σ[i] σ[j] u[i,a] v[j,b]")),
        ("σ_j² for σ_i σ_j", tau_24_is("σ[j] σ[j] u[j,a] v[i,b]")),
    ]
}

fn tau_24_is(claimed: &str) -> Outcome {
    let theory = theory()?;
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

/// The matrix of `𝒬` on `span(u^i⊗v^j, u^j⊗v^i)`, its eigenvectors and eigenvalues.
fn block() -> Outcome {
    block_is("(σ[i] σ[i] + σ[j] σ[j])", "-")
}

/// Eigenvalues and an eigenvector with one sign or one index wrong.
fn block_near_misses() -> NearMisses {
    vec![
        (
            "the eigenvalue σ_i² − σ_j²",
            block_is("(σ[i] σ[i] - σ[j] σ[j])", "-"),
        ),
        ("the eigenvalue 2σ_iσ_j", block_is("2 σ[i] σ[j]", "-")),
        (
            "the kernel with a plus",
            block_is("(σ[i] σ[i] + σ[j] σ[j])", "+"),
        ),
    ]
}

fn block_is(eigenvalue: &str, sign: &str) -> Outcome {
    let theory = theory()?;
    let upper = "(σ[j] u[i,c] v[j,e] + σ[i] u[j,c] v[i,e])";
    let lower = format!("(σ[i] u[i,c] v[j,e] {sign} σ[j] u[j,c] v[i,e])");
    let at_ab = |vector: &str| vector.replace("c]", "a]").replace("e]", "b]");
    let q = "[i,j,a,b] (τ₂₃[a,b,c,e] + τ₂₄[a,b,c,e])";
    let proof = theory
        .prove("𝒬 on span(u^i⊗v^j, u^j⊗v^i): eigenvalues σ_i² + σ_j² and 0")
        .from(&format!("{q} u[i,c] v[j,e]"))?
        .follows(
            "the first column: σ_j², σ_iσ_j",
            "[i,j,a,b] σ[j] σ[j] u[i,a] v[j,b] + σ[i] σ[j] u[j,a] v[i,b]",
            &RULES,
        )?
        .from(&format!("{q} u[j,c] v[i,e]"))?
        .follows(
            "the second column: σ_iσ_j, σ_i²",
            "[i,j,a,b] σ[i] σ[j] u[i,a] v[j,b] + σ[i] σ[i] u[j,a] v[i,b]",
            &RULES,
        )?
        .from(&format!("{q} {upper}"))?
        .follows(
            "the eigenvalue σ_i² + σ_j²",
            &format!("[i,j,a,b] {eigenvalue} {}", at_ab(upper)),
            &RULES,
        )?
        .from(&format!("{q} {lower}"))?
        .follows("the eigenvalue 0", "[i,j,a,b] 0", &RULES)?;
    Ok(proof.done())
}

fn theory() -> Result<Theory, SymbolicError> {
    let mut theory = Theory::new();
    theory
        .space("r", "ij")?
        .singular_vectors("W[d,p]", "r", ["u", "σ", "v"])?
        .define("τ₂₃[a,b,c,e] = δ[a,c] W[k,b] W[k,e]")?
        .define("τ₂₄[a,b,c,e] = W[a,e] W[c,b]")?;
    Ok(theory)
}
