//! `Tr 𝒬` and `Tr 𝒬²` for Gaussian `W`, `G = W/√d`, with the orders of what the limit drops.
//!
//! The slide's limit law `MP^{γ₂} * MP^{γ₂}` has mean 2; the mean of `𝒬`'s law is `1 + 1/d`. Its sum
//! `½ Σ_{i,j}` misses the second half of the diagonal, a relative `1/d` of the trace.

use super::{NearMisses, Outcome, Statement};
use tensor_dyson::symbolic::{Law, Theory};

/// `E Tr 𝒬/(pd)`.
pub(crate) const FIRST_MOMENT: Statement = Statement {
    what: "conditionally on W, over W, and in the limit",
    prove: first,
    near_misses: first_near_misses,
};

/// `E Tr 𝒬²/(pd)`.
pub(crate) const SECOND_MOMENT: Statement = Statement {
    what: "conditionally on W, over W, and in the limit",
    prove: second,
    near_misses: second_near_misses,
};

/// `p` and `d` of one order.
const LINEAR: [(&str, i32); 2] = [("p", 1), ("d", 1)];

/// The trace of a power of `𝒬`, conditionally on `W`, then exactly, then in the limit.
struct Trace<'a> {
    written: &'a str,
    conditionally: &'a str,
    exactly: &'a str,
    limit: &'a str,
}

const FIRST: Trace = Trace {
    written: "p^-1 d^-2 𝒬[a,b,a,b]",
    conditionally: "p^-1 d^-2 (d + 1) W[a,b] W[a,b]",
    exactly: "1 + 1/d",
    limit: "1",
};

const SECOND: Trace = Trace {
    written: "p^-1 d^-3 𝒬[a,b,c,e] 𝒬[c,e,a,b]",
    conditionally: "p^-1 d^-3 (W[a,b] W[a,b] W[c,e] W[c,e] + (d + 2) W[a,b] W[c,b] W[c,e] W[a,e])",
    exactly: "1 + 2 p/d + 3/d + 2 p/d^2 + 4/d^2",
    limit: "1 + 2 p/d",
};

/// `Tr 𝒬 = (d + 1) Tr GᵀG`, so that `E Tr 𝒬/(pd) = 1 + 1/d`.
fn first() -> Outcome {
    trace(&FIRST)
}

/// The printed sum `½ Σ_{i,j}`, which is `d Tr GᵀG`, and the mean of the printed limit.
fn first_near_misses() -> NearMisses {
    let printed = "p^-1 d^-2 d W[a,b] W[a,b]";
    vec![
        (
            "½ Σ_ij (σ_i² + σ_j²), as printed",
            trace(&Trace {
                conditionally: printed,
                ..FIRST
            }),
        ),
        (
            "the trace of τ₂₄ dropped",
            trace(&Trace {
                exactly: "1",
                ..FIRST
            }),
        ),
        (
            "the mean 2 of the printed limit",
            trace(&Trace {
                limit: "2",
                ..FIRST
            }),
        ),
    ]
}

/// `Tr 𝒬² = (Tr GᵀG)² + (d + 2) Tr (GᵀG)²`, so that `E Tr 𝒬²/(pd) = 1 + 2p/d + 3/d + 2p/d² + 4/d²`.
fn second() -> Outcome {
    trace(&SECOND)
}

/// The printed sum again, a forgotten pairing, and the second moment of the printed limit.
fn second_near_misses() -> NearMisses {
    let printed = "p^-1 d^-3 (W[a,b] W[a,b] W[c,e] W[c,e] + d W[a,b] W[c,b] W[c,e] W[a,e])";
    vec![
        (
            "½ Σ_ij (σ_i² + σ_j²)², as printed",
            trace(&Trace {
                conditionally: printed,
                ..SECOND
            }),
        ),
        (
            "one pairing of W forgotten",
            trace(&Trace {
                exactly: "1 + 2 p/d",
                ..SECOND
            }),
        ),
        (
            "the second moment of the printed limit",
            trace(&Trace {
                limit: "4 + 2 p/d",
                ..SECOND
            }),
        ),
    ]
}

fn trace(trace: &Trace) -> Outcome {
    let mut theory = Theory::new();
    theory
        .tensors("W[d,p]")?
        .define("𝒬[a,b,c,e] = δ[a,c] W[k,b] W[k,e] + W[a,e] W[c,b]")?;
    let proof = theory
        .prove("the moments of 𝒬's law, G = W/√d")
        .from(trace.written)?
        .follows(
            "𝒬 = τ₂₃(I⊗WᵀW) + τ₂₄(W⊗W), the powers of d written in front",
            trace.conditionally,
            &["𝒬"],
        )?
        .expect("over W", "W", &Law::Gaussian)?
        .is("exactly", trace.exactly)?
        .approximately("as d and p grow together", &LINEAR, 0)?
        .is("the limit", trace.limit)?;
    Ok(proof.done())
}
