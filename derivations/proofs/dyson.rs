//! `dyson-blocks` and `scalar`: the tensor Dyson equation with a block-diagonal superoperator, as algebra.
//!
//! `m`, `z` and `q = ⟨𝒬, M₂₂⟩/(pd)` are tensors without slots, tied by `m(−z − q) = 1`.

use super::{NearMisses, Outcome, Statement};
use tensor_dyson::symbolic::{SymbolicError, Theory};

/// The two blocks.
pub(crate) const BLOCKS: Statement = Statement {
    what: "the blocks solve the equation, and every M₁₁ is mI",
    prove: blocks,
    near_misses: blocks_near_misses,
};

/// The scalar equation.
pub(crate) const SCALAR: Statement = Statement {
    what: "the scalar equation from the blocks",
    prove: scalar,
    near_misses: scalar_near_misses,
};

const SOLUTION: [&str; 6] = ["M₁₁", "M₂₂", "q", "z", "1/m", "R"];

/// `M₁₁ = mI`, `M₂₂ = −(ℐ + γ₁m𝒬)⁻¹` solve the block equation, and every solution's `M₁₁` is `mI`.
fn blocks() -> Outcome {
    blocks_with("-R[a,b,c,e]")
}

/// The second block with the printed equation's sign lost, and without the inverse.
fn blocks_near_misses() -> NearMisses {
    vec![
        ("M₂₂ = +(ℐ + γ₁m𝒬)⁻¹", blocks_with("R[a,b,c,e]")),
        (
            "M₂₂ = −(ℐ + γ₁m𝒬)",
            blocks_with("-δ[a,c] δ[b,e] - n p^-1 d^-1 m 𝒬[a,b,c,e]"),
        ),
    ]
}

fn blocks_with(lower: &str) -> Outcome {
    let theory = solution(lower)?;
    let arbitrary = arbitrary_solution()?;
    let solves = theory
        .prove("(E − 𝒮(M)) M = 1 with γ₁ = n/(pd), m(−z − ⟨𝒬, M₂₂⟩/(pd)) = 1")
        .from("[i,j] -z M₁₁[i,j] - p^-1 d^-1 𝒬[a,b,c,e] M₂₂[a,b,c,e] M₁₁[i,j]")?
        .follows("block 1,1, M₁₁ = mI", "[i,j] δ[i,j]", &SOLUTION)?
        .from("[a,b,k,f] -M₂₂[a,b,k,f] - p^-1 d^-1 M₁₁[i,i] 𝒬[a,b,c,e] M₂₂[c,e,k,f]")?
        .follows("block 2,2, M₂₂ = −R", "[a,b,k,f] δ[a,k] δ[b,f]", &SOLUTION)?
        .done();
    let unique = arbitrary
        .prove("")
        .from("-z′ m′ - q′ m′")?
        .follows(
            "the trace of block 1,1, m′ = Tr M′/n",
            "1",
            &["m′", "block"],
        )?
        .from("[i,j] m′ δ[i,j]")?
        .follows(
            "block 1,1 times m′",
            "[i,j] -(z′ + q′) m′ M′[i,j]",
            &["block"],
        )?
        .follows("m′(−z′ − q′) = 1", "[i,j] M′[i,j]", &["trace"])?
        .done();
    Ok(solves.and(unique)?)
}

/// `m = 1/(−z + ⟨𝒬, (ℐ + γ₁m𝒬)⁻¹⟩/(pd))`.
fn scalar() -> Outcome {
    scalar_with("+ p^-1 d^-1")
}

/// The sign, and the scale of the inner product.
fn scalar_near_misses() -> NearMisses {
    vec![
        ("−⟨𝒬, …⟩", scalar_with("- p^-1 d^-1")),
        ("1/d for 1/(pd)", scalar_with("+ d^-1")),
    ]
}

fn scalar_with(scale: &str) -> Outcome {
    let theory = solution("-R[a,b,c,e]")?;
    let proof = theory
        .prove("m (−z + ⟨𝒬, (ℐ + γ₁m𝒬)⁻¹⟩/(pd)) = 1")
        .from(&format!("-z m {scale} m 𝒬[a,b,c,e] R[a,b,c,e]"))?
        .follows(
            "m(−z − q) = 1, q = ⟨𝒬, M₂₂⟩/(pd), M₂₂ = −R",
            "1",
            &["z", "q", "M₂₂", "1/m"],
        )?;
    Ok(proof.done())
}

/// Arbitrary symmetric `𝒬` and `m`, with `R` and the `z` that belong to them.
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

/// Any `M′` for `M₁₁` with `(−z′ − q′)M′ = I`; the primes tell it from the solution above, where `z` is made of `m`.
fn arbitrary_solution() -> Result<Theory, SymbolicError> {
    let mut theory = Theory::new();
    theory
        .scalars("z′")?
        .tensors("q′")?
        .inverse("M′", &[vec![1, 0]], "[i,j] -z′ δ[i,j] - q′ δ[i,j]")?
        .rule("block", "[i,j] q′ M′[i,j] = -δ[i,j] - z′ M′[i,j]")?
        .define("m′ = n^-1 M′[i,i]")?
        .rule("trace", "q′ m′ = -1 - z′ m′")?;
    Ok(theory)
}
