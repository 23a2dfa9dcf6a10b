//! Section 7: the linearization and the tensor Dyson equation.

use tensor_dyson::symbolic::{SymbolicError, Theory};

claims! {
    linearization,
    superoperator,
    block_diagonal,
    dyson_blocks,
    scalar,
    resolvent,
    outlier,
}

/// The tensor Dyson equation with a block-diagonal superoperator: `m`, `z` and `q = ⟨𝒬, M₂₂⟩/(pd)` are tensors without
/// slots, tied by `m(−z − q) = 1`. Arbitrary symmetric `𝒬` and `m`, with `R` and the `z` that belong to them.
fn solution(lower: &str) -> Result<Theory, SymbolicError> {
    let mut theory = Theory::new();
    let symmetric = [vec![2, 3, 0, 1]];
    theory
        .tensors("m")?
        .symmetric("𝒬[d,p,d,p]", &symmetric)?
        .inverse("μ", &[], "m")?
        .rule("1/m", "m μ = 1")?
        .inverse(
            "R",
            &symmetric,
            "[a,b,c,e] δ[a,c] δ[b,e] + n p^-1 d^-1 m 𝒬[a,b,c,e]",
        )?
        .rule(
            "R",
            "[a,b,k,f] m 𝒬[a,b,c,e] R[c,e,k,f] = p d/n (δ[a,k] δ[b,f] - R[a,b,k,f])",
        )?
        .define("M₁₁[i,j] = m δ[i,j]")?
        .define(&format!("M₂₂[a,b,c,e] = {lower}"))?
        .define("q = p^-1 d^-1 𝒬[a,b,c,e] M₂₂[a,b,c,e]")?
        .define("z = -q - μ")?;
    Ok(theory)
}
