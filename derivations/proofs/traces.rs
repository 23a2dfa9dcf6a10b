//! `Tr 𝒬` and `Tr 𝒬²` for Gaussian `W`, `G = W/√d`, with the orders of what the limit drops.
//!
//! The slide's limit law `MP^{γ₂} * MP^{γ₂}` has mean 2; the mean of `𝒬`'s law is `1 + 1/d`.

use super::{NearMisses, Outcome};
use tensor_dyson::symbolic::{Law, Theory};

/// `p` and `d` of one order.
const LINEAR: [(&str, i32); 2] = [("p", 1), ("d", 1)];

/// `E Tr 𝒬/(pd) = 1 + 1/d`.
pub(crate) fn first() -> Outcome {
    trace("p^-1 d^-2 𝒬[a,b,a,b]", "1 + 1/d", "1")
}

/// The mean that the slide's limit has.
pub(crate) fn first_near_misses() -> NearMisses {
    vec![
        (
            "the mean 2 of the printed limit",
            trace("p^-1 d^-2 𝒬[a,b,a,b]", "1 + 1/d", "2"),
        ),
        (
            "the trace of τ₂₄ dropped",
            trace("p^-1 d^-2 𝒬[a,b,a,b]", "1", "1"),
        ),
    ]
}

/// `E Tr 𝒬²/(pd) = 1 + 2p/d + 3/d + 2p/d² + 4/d²`, the second moment of the corrected limit.
pub(crate) fn second() -> Outcome {
    trace(SQUARE, SECOND, "1 + 2 p/d")
}

/// The second moment of the printed limit, and a coefficient off by one.
pub(crate) fn second_near_misses() -> NearMisses {
    vec![
        (
            "the second moment of the printed limit",
            trace(SQUARE, SECOND, "4 + 2 p/d"),
        ),
        (
            "one pairing of W forgotten",
            trace(SQUARE, "1 + 2 p/d", "1 + 2 p/d"),
        ),
    ]
}

const SQUARE: &str = "p^-1 d^-3 𝒬[a,b,c,e] 𝒬[c,e,a,b]";
const SECOND: &str = "1 + 2 p/d + 3/d + 2 p/d^2 + 4/d^2";

fn trace(written: &str, exact: &str, limit: &str) -> Outcome {
    let mut theory = Theory::new();
    theory
        .tensors("W[d,p]")?
        .define("𝒬[a,b,c,e] = δ[a,c] W[k,b] W[k,e] + W[a,e] W[c,b]")?;
    let proof = theory
        .prove("the moments of 𝒬's law, G = W/√d")
        .from(written)?
        .rewrite(
            "𝒬 = τ₂₃(I⊗WᵀW) + τ₂₄(W⊗W), the powers of d written in front",
            &["𝒬"],
        )?
        .expect("over W", "W", &Law::Gaussian)?
        .is("exactly", exact)?
        .approximately("as d and p grow together", &LINEAR, 0)?
        .is("the limit", limit)?;
    Ok(proof.done())
}
