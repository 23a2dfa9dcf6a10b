//! `mean`, `fourth-moment` and `covariance`: the moments of `ω = x ⊗ Gᵀx`, conditionally on `G`.

use super::{NearMisses, Outcome, Statement};
use tensor_dyson::symbolic::{Law, Polynomial, SymbolicError, Theory};

/// `E ω = G`.
pub(crate) const MEAN: Statement = Statement {
    what: "E ω, conditionally on G",
    prove: mean,
    near_misses: mean_near_misses,
};

/// The fourth moment with κ₄.
pub(crate) const FOURTH_MOMENT: Statement = Statement {
    what: "E ω⊗ω by the expansion in cumulants",
    prove: fourth_moment,
    near_misses: fourth_moment_near_misses,
};

/// The covariance of Gaussian samples.
pub(crate) const COVARIANCE: Statement = Statement {
    what: "Cov(ω^i, ω^j) by Wick's theorem",
    prove: covariance,
    near_misses: covariance_near_misses,
};

/// `E ω = G`.
fn mean() -> Outcome {
    mean_is("[a,b] G[a,b]")
}

/// The mean with a pairing too many.
fn mean_near_misses() -> NearMisses {
    vec![("E ω = 2G", mean_is("[a,b] 2 G[a,b]"))]
}

fn mean_is(claimed: &str) -> Outcome {
    let theory = theory()?;
    let proof = theory
        .prove("E ω = G, for entries of mean 0 and variance 1")
        .from("[a,b] ω[a,b]")?
        .rewrite("ω = x ⊗ Gᵀx", &["ω"])?
        .expect("over X", "x", &law())?
        .is("collected", claimed)?;
    Ok(proof.done())
}

/// `E ω⊗ω = G⊗G + τ₂₃(I⊗GᵀG) + τ₂₄(G⊗G) + κ₄ δ_ac G_ab G_ae`.
fn fourth_moment() -> Outcome {
    fourth_moment_is(
        "G[a,b] G[c,e] + δ[a,c] G[k,b] G[k,e] + G[a,e] G[c,b] + κ₄ δ[a,c] G[a,b] G[a,e]",
    )
}

/// The slide's formula without its dots, a pairing forgotten, an index swapped, a sign.
fn fourth_moment_near_misses() -> NearMisses {
    vec![
        (
            "as printed, the term of κ₄ left to the dots",
            fourth_moment_is("G[a,b] G[c,e] + δ[a,c] G[k,b] G[k,e] + G[a,e] G[c,b]"),
        ),
        (
            "τ₂₄(G⊗G) forgotten",
            fourth_moment_is("G[a,b] G[c,e] + δ[a,c] G[k,b] G[k,e] + κ₄ δ[a,c] G[a,b] G[a,e]"),
        ),
        (
            "an index of τ₂₃ swapped",
            fourth_moment_is(
                "G[a,b] G[c,e] + δ[a,c] G[a,b] G[k,e] δ[k] + G[a,e] G[c,b] + κ₄ δ[a,c] G[a,b] G[a,e]",
            ),
        ),
        (
            "−κ₄ for κ₄",
            fourth_moment_is(
                "G[a,b] G[c,e] + δ[a,c] G[k,b] G[k,e] + G[a,e] G[c,b] - κ₄ δ[a,c] G[a,b] G[a,e]",
            ),
        ),
    ]
}

fn fourth_moment_is(claimed: &str) -> Outcome {
    let theory = theory()?;
    let proof = theory
        .prove("E ω⊗ω = G⊗G + τ₂₃(I⊗GᵀG) + τ₂₄(G⊗G) + κ₄ δ_ac G_ab G_ae")
        .from("[a,b,c,e] ω[a,b] ω[c,e]")?
        .rewrite("ω = x ⊗ Gᵀx", &["ω"])?
        .expect(
            "over x, i.i.d. entries with cumulants 0, 1, 0, κ₄",
            "x",
            &law(),
        )?
        .is("collected", &format!("[a,b,c,e] {claimed}"))?;
    Ok(proof.done())
}

/// `Cov(ω^i, ω^j) = δ_ij 𝒬` for Gaussian entries, `𝒬 = τ₂₃(I⊗GᵀG) + τ₂₄(G⊗G)`.
fn covariance() -> Outcome {
    covariance_is(&Law::Gaussian, "δ[i,j] 𝒬[a,b,c,e]")
}

/// Dependent samples, a pairing forgotten, and entries that are not Gaussian.
fn covariance_near_misses() -> NearMisses {
    vec![
        (
            "δ_ij dropped",
            covariance_is(&Law::Gaussian, "δ[i] δ[j] 𝒬[a,b,c,e]"),
        ),
        (
            "τ₂₄(G⊗G) forgotten",
            covariance_is(&Law::Gaussian, "δ[i,j] δ[a,c] G[k,b] G[k,e]"),
        ),
        (
            "𝒬 for entries with κ₄ ≠ 0",
            covariance_is(&law(), "δ[i,j] 𝒬[a,b,c,e]"),
        ),
    ]
}

fn covariance_is(law: &Law, claimed: &str) -> Outcome {
    let mut theory = Theory::new();
    theory
        .tensors("x[n,d] G[d,p]")?
        .scalars("κ₄")?
        .define("ω[i,a,b] = x[i,a] G[k,b] x[i,k]")?
        .define("𝒬[a,b,c,e] = δ[a,c] G[k,b] G[k,e] + G[a,e] G[c,b]")?
        .define("ω°[i,a,b] = ω[i,a,b] - δ[i] G[a,b]")?;
    let proof = theory
        .prove("Cov(ω^i, ω^j) = δ_ij 𝒬, with 𝒬 = τ₂₃(I⊗GᵀG) + τ₂₄(G⊗G) and ω° = ω − E ω")
        .from("[i,a,b,j,c,e] ω°[i,a,b] ω°[j,c,e]")?
        .rewrite("ω° = ω − G, ω = x ⊗ Gᵀx", &["ω°", "ω"])?
        .expect("over X", "x", law)?
        .follows(
            "the definition of 𝒬",
            &format!("[i,a,b,j,c,e] {claimed}"),
            &["𝒬"],
        )?;
    Ok(proof.done())
}

/// One sample.
fn theory() -> Result<Theory, SymbolicError> {
    let mut theory = Theory::new();
    theory
        .tensors("x[d] G[d,p]")?
        .scalars("κ₄")?
        .define("ω[a,b] = x[a] G[k,b] x[k]")?;
    Ok(theory)
}

/// Independent entries of mean 0, variance 1, third cumulant 0 and excess kurtosis κ₄.
fn law() -> Law {
    Law::standardized(Polynomial::symbol("κ₄", 1))
}
