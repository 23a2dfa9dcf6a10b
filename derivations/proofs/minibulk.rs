//! The isometry of `minibulk-h2`: `𝒬U = U(3 + 2ρ) + ℛ`, `U e_b = V_b ⊗ e_b`, for φ = h₂ and unit columns V_b.
//!
//! For φ = h₂ the kernels are `K⁰⁰ = ρ∘ρ`, `K¹¹ = 2ρ` and `K²⁰ = √2 E h₂(u_e) = 0` at `ρ_bb = 1`; the proof begins at the tensor
//! that `exact-covariance` makes of them. It keeps the squares `N_b = |V_b|²`; at N = 1 the second term is `2U ρ w`, and the first is
//! `3Uw + ℛw`, `ℛw = 3V diag(w)(ρ∘ρ − 1)`.

use super::{NearMisses, Outcome, Statement};
use tensor_dyson::symbolic::Theory;

/// The isometry.
pub(crate) const MINIBULK: Statement = Statement {
    what: "E ω⊗ω on V_b ⊗ e_b, φ = h₂",
    prove: minibulk,
    near_misses,
};

fn minibulk() -> Outcome {
    with("3 V[a,e] w[e] ρ[b,e] ρ[b,e] + 2 V[a,b] ρ[b,e] N[e] w[e]")
}

fn near_misses() -> NearMisses {
    vec![
        (
            "U(3 + ρ)",
            with("3 V[a,e] w[e] ρ[b,e] ρ[b,e] + V[a,b] ρ[b,e] N[e] w[e]"),
        ),
        (
            "U(2 + 2ρ)",
            with("2 V[a,e] w[e] ρ[b,e] ρ[b,e] + 2 V[a,b] ρ[b,e] N[e] w[e]"),
        ),
        (
            "no remainder: ρ∘ρ = 1",
            with("3 V[a,b] w[b] N[b] N[b] + 2 V[a,b] ρ[b,e] N[e] w[e]"),
        ),
    ]
}

fn with(claimed: &str) -> Outcome {
    let mut theory = Theory::new();
    theory
        .tensors("V[d,p] w[p]")?
        .define("ρ[b,e] = V[k,b] V[k,e]")?
        .define("N[b] = V[k,b] V[k,b]")?
        .define("𝒬[a,b,c,e] = δ[a,c] ρ[b,e] ρ[b,e] + 2 ρ[b,e] (V[a,b] V[c,e] + V[a,e] V[c,b])")?;
    let proof = theory
        .prove("𝒬Uw = 3V diag(w)(ρ∘ρ) + 2Uρ diag(N)w, with 𝒬 = E ω⊗ω for φ = h₂, U e_b = V_b ⊗ e_b, N_b = |V_b|²")
        .from("[a,b] 𝒬[a,b,c,e] V[c,e] w[e]")?
        .follows(
            "contracted over c and e; at N = 1 it is U(3 + 2ρ)w + ℛw",
            &format!("[a,b] {claimed}"),
            &["𝒬", "N", "ρ"],
        )?;
    Ok(proof.done())
}
