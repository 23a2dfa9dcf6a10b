//! `𝒬 = ½ 𝒮*𝒮` with `𝒮(M) = MGᵀ + GMᵀ`: why the nonzero eigenvalues of `𝒬` are the `σ_i² + σ_j²`,
//! `i ≤ j`, each once. The algebraic step of `q-spectrum`.

use super::{NearMisses, Outcome, Statement};
use tensor_dyson::symbolic::Theory;

/// The square root of `𝒬`.
pub(crate) const SQUARE_ROOT: Statement = Statement {
    what: "the adjoint, ½𝒮*𝒮 and ½𝒮𝒮*",
    prove: square_root,
    near_misses,
};

/// The adjoint of `𝒮`, `½𝒮*𝒮 = 𝒬` on `d×p` matrices, and `½𝒮𝒮*` on symmetric `d×d` matrices.
fn square_root() -> Outcome {
    with(
        "2",
        "Y[a,c] G[c,k] G[q,k] + G[a,k] G[c,k] Y[c,q]",
        &[vec![1, 0]],
    )
}

/// A factor dropped, a term dropped, and the adjoint without the symmetry of its argument.
fn near_misses() -> NearMisses {
    let both = "Y[a,c] G[c,k] G[q,k] + G[a,k] G[c,k] Y[c,q]";
    vec![
        ("𝒮*(Y) = YG", with("1", both, &[vec![1, 0]])),
        (
            "½𝒮𝒮*(Y) = Y GGᵀ",
            with("2", "Y[a,c] G[c,k] G[q,k]", &[vec![1, 0]]),
        ),
        ("𝒮*(Y) = 2YG for Y not symmetric", with("2", both, &[])),
    ]
}

fn with(two: &str, other_side: &str, symmetry: &[Vec<usize>]) -> Outcome {
    let mut theory = Theory::new();
    theory
        .tensors("M[d,p] G[d,p]")?
        .symmetric("Y[d,d]", symmetry)?
        .define("𝒮M[a,c] = M[a,b] G[c,b] + G[a,b] M[c,b]")?
        .define(&format!("𝒮*Y[a,b] = {two} Y[a,c] G[c,b]"))?
        .define("𝒬[a,b,c,e] = δ[a,c] G[k,b] G[k,e] + G[a,e] G[c,b]")?;
    let other_side = other_side.replace(",k]", ",b]");
    let proof = theory
        .prove("𝒬 = ½ 𝒮*𝒮 and ½ 𝒮𝒮*(Y) = Y GGᵀ + GGᵀ Y, with 𝒮(M) = MGᵀ + GMᵀ, 𝒮*(Y) = 2YG")
        .from("𝒮M[a,c] Y[a,c]")?
        .follows("⟨𝒮(M), Y⟩ = ⟨M, 𝒮*(Y)⟩", "M[a,b] 𝒮*Y[a,b]", &["𝒮M", "𝒮*Y"])?
        .from(&format!("[a,b] {two}/2 𝒮M[a,c] G[c,b]"))?
        .follows("½ 𝒮*(𝒮(M)) = 𝒬(M)", "[a,b] 𝒬[a,b,c,e] M[c,e]", &["𝒮M", "𝒬"])?
        .from("[a,q] 1/2 𝒮*Y[a,b] G[q,b] + 1/2 G[a,b] 𝒮*Y[q,b]")?
        .follows(
            "½ 𝒮(𝒮*(Y)), Y symmetric",
            &format!("[a,q] {other_side}"),
            &["𝒮*Y"],
        )?;
    Ok(proof.done())
}
