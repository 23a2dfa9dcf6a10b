//! The Woodbury step of `weights-law`:
//! `det(ℐ + t𝒬) = det(ℐ + tcD²) · det(1 + tα²(H· + ·H))` on symmetric matrices, with
//! `𝒬 = ½α²𝒮*𝒮 + c(· D²)`, `K = (1 + tcD²)⁻¹` and `H = GKGᵀ`.
//!
//! What is taken on trust beside the chains: the determinant is multiplicative and that of a
//! block-triangular matrix is the product over its diagonal blocks.

use super::{NearMisses, Outcome, Statement};
use tensor_dyson::symbolic::{SymbolicError, Theory};

/// The Woodbury step.
pub(crate) const WOODBURY: Statement = Statement {
    what: "the Woodbury step, block by block",
    prove: woodbury,
    near_misses,
};

/// The operator, the compressed operator on symmetric matrices, both factorizations, the inverse.
fn woodbury() -> Outcome {
    woodbury_with("K[b,e]", "-")
}

/// `H` without the weights' resolvent, and the correction with the wrong sign.
fn near_misses() -> NearMisses {
    vec![
        ("H = GGᵀ", woodbury_with("δ[b,e]", "-")),
        ("K + KUTVK", woodbury_with("K[b,e]", "+")),
    ]
}

fn woodbury_with(weights: &str, sign: &str) -> Outcome {
    let (operators, blocks) = (operators(weights)?, blocks()?);
    let operators = operators
        .prove("det(ℐ + t𝒬) = det(ℐ + tcD²) det(1 + tα²(H· + ·H)), H = G(1 + tcD²)⁻¹Gᵀ")
        .from("[a,b] 𝒬[a,b,c,e] M[c,e]")?
        .follows(
            "𝒬 = ½α²𝒮*𝒮 + c(· D²)",
            "[a,b] α^2 𝒮M[a,c] G[c,b] + c M[a,b] D[b]",
            &["𝒬", "𝒮M"],
        )?
        .from("[a,c] 1/2 t α^2 (N[a,b] G[c,b] + G[a,b] N[c,b])")?
        .follows(
            "½tα² 𝒮(𝒮*(Y)K) = tα²(YH + HY)",
            "[a,c] t α^2 (Y[a,k] H[k,c] + H[a,k] Y[k,c])",
            &["N", "H"],
        )?
        .done();
    let inverse = format!("(𝒦[c,k] {sign} 𝒦[c,q] U[q,i] T[i,j] V[j,s] 𝒦[s,k])");
    let blocks = blocks
        .prove("")
        .from("[i,c] V[i,a] 𝒦[a,k] A[k,c]")?
        .follows(
            "[[A, −U], [V, 1]] = [[1, 0], [V𝒦, 1]] [[A, −U], [0, 1 + V𝒦U]]: 2,1",
            "[i,c] V[i,c]",
            &["𝒦A"],
        )?
        .from("[i,j] -V[i,a] 𝒦[a,c] U[c,j] + (δ[i,j] + V[i,a] 𝒦[a,c] U[c,j])")?
        .is("the same: 2,2", "[i,j] δ[i,j]")?
        .from("[a,c] (A[a,c] + U[a,i] V[i,c]) - U[a,i] V[i,c]")?
        .is(
            "[[A, −U], [V, 1]] = [[1, −U], [0, 1]] [[A + UV, 0], [V, 1]]: 1,1",
            "[a,c] A[a,c]",
        )?
        .from(&format!("[a,k] (A[a,c] + U[a,l] V[l,c]) {inverse}"))?
        .follows(
            "(A + UV)⁻¹ = 𝒦 − 𝒦UTV𝒦, T = (1 + V𝒦U)⁻¹",
            "[a,k] δ[a,k]",
            &["A𝒦", "T"],
        )?
        .done();
    Ok(operators.and(blocks)?)
}

/// The operators on matrices, `Y` symmetric, `D_b` for the diagonal entry `a_b²` of `D²`.
fn operators(weights: &str) -> Result<Theory, SymbolicError> {
    let mut theory = Theory::new();
    let symmetric = [vec![1, 0]];
    theory
        .scalars("t c α")?
        .tensors("M[d,p] G[d,p] D[p]")?
        .symmetric("Y[d,d]", &symmetric)?
        .inverse("K", &symmetric, "[b,e] δ[b,e] + t c δ[b,e] D[b]")?
        .define("𝒬[a,b,c,e] = α^2 (δ[a,c] G[k,b] G[k,e] + G[a,e] G[c,b]) + c δ[a,c] δ[b,e] D[b]")?
        .define("𝒮M[a,c] = M[a,b] G[c,b] + G[a,b] M[c,b]")?
        .define("N[a,b] = 2 Y[a,c] G[c,e] K[e,b]")?
        .define(&format!("H[a,c] = G[a,b] {weights} G[c,e]"))?;
    Ok(theory)
}

/// The same with the operators as matrices: `A = ℐ + tcD²`, `UV = ½tα²𝒮*𝒮`.
fn blocks() -> Result<Theory, SymbolicError> {
    let mut theory = Theory::new();
    theory
        .tensors("A[d,d] U[d,n] V[n,d]")?
        .inverse("𝒦", &[], "[a,c] A[a,c]")?
        .rule("𝒦A", "[a,c] 𝒦[a,k] A[k,c] = δ[a,c]")?
        .rule("A𝒦", "[a,c] A[a,k] 𝒦[k,c] = δ[a,c]")?
        .inverse("T", &[], "[i,j] δ[i,j] + V[i,a] 𝒦[a,c] U[c,j]")?
        .rule("T", "[i,l] V[i,a] 𝒦[a,c] U[c,j] T[j,l] = δ[i,l] - T[i,l]")?;
    Ok(theory)
}
