//! The moments of `ω = x ⊗ Gᵀx` for `x = Σ^{1/2}g`, and the square root of its covariance: `structured-covariance`, `structured-spectrum`.

use super::{NearMisses, Outcome, Statement};
use tensor_dyson::symbolic::{Law, Theory};

/// The covariance of structured data.
pub(crate) const COVARIANCE: Statement = Statement {
    what: "Cov ω by Wick's theorem, x = Σ^{1/2}g",
    prove: covariance,
    near_misses: covariance_near_misses,
};

/// Its square root.
pub(crate) const SQUARE_ROOT: Statement = Statement {
    what: "the adjoint, ½𝒮*𝒮 and ½𝒮𝒮*",
    prove: square_root,
    near_misses: square_root_near_misses,
};

/// `R = Σ^{1/2}`, symmetric; `Σ = RR`.
fn covariance() -> Outcome {
    covariance_is("Σ[a,c] G[k,b] Σ[k,l] G[l,e] + Σ[a,k] G[k,e] Σ[c,l] G[l,b]")
}

fn covariance_near_misses() -> NearMisses {
    vec![
        (
            "white on the left: δ_ac for Σ_ac",
            covariance_is("δ[a,c] G[k,b] Σ[k,l] G[l,e] + Σ[a,k] G[k,e] Σ[c,l] G[l,b]"),
        ),
        (
            "white on the right: GᵀG for GᵀΣG",
            covariance_is("Σ[a,c] G[k,b] G[k,e] + Σ[a,k] G[k,e] Σ[c,l] G[l,b]"),
        ),
        (
            "G for ΣG in τ₂₄",
            covariance_is("Σ[a,c] G[k,b] Σ[k,l] G[l,e] + G[a,e] G[c,b]"),
        ),
    ]
}

fn covariance_is(claimed: &str) -> Outcome {
    let mut theory = Theory::new();
    theory
        .tensors("g[d] G[d,p]")?
        .symmetric("R[d,d]", &[vec![1, 0]])?
        .define("Σ[a,c] = R[a,k] R[k,c]")?
        .define("ω[a,b] = R[a,i] g[i] G[k,b] R[k,j] g[j]")?;
    let proof = theory
        .prove("Cov ω = τ₂₃(Σ⊗GᵀΣG) + τ₂₄(ΣG⊗ΣG), ω = x ⊗ Gᵀx, x = Rg, Σ = R²")
        .from("[a,b,c,e] ω[a,b] ω[c,e]")?
        .rewrite("ω = Rg ⊗ GᵀRg", &["ω"])?
        .expect("over g", "g", &Law::Gaussian)?
        .follows(
            "the square of the mean ΣG, and the definition of Σ",
            &format!("[a,b,c,e] Σ[a,k] G[k,b] Σ[c,l] G[l,e] + {claimed}"),
            &["Σ"],
        )?;
    Ok(proof.done())
}

fn square_root() -> Outcome {
    with(
        "2",
        "Σ[a,c] Y[c,k] S[k,q] + S[a,c] Y[c,k] Σ[k,q]",
        &[vec![1, 0]],
    )
}

/// A factor dropped, one term for two, white Σ outside, and the adjoint on all matrices.
fn square_root_near_misses() -> NearMisses {
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
