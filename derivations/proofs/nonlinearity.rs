//! The variance of the independent copy in `universality`: `E M̃` with `φ(X̃)`, and with the printed `βφ(X̃)`.
//!
//! `f = φ(X̃)` has independent entries of mean 0 and variance `v`, that of `φ⊥`. The diagonal of the kernel
//! must keep it: `(1/p) E ffᵀ = v I`. The printed factor makes it `β² v I`.
//!
//! And the second moment of the part of ω beyond the linear one, `ω_ab = x_a (c₀ + r_b) a_b` with `v = β² − α² − c₀²`
//! the variance of r: `δ_ac (c₀² a_b a_e + v δ_be a_b²)`. The printed shift β² − α² puts `c₀²` on the diagonal.

use super::{NearMisses, Outcome, Statement};
use tensor_dyson::symbolic::{Law, Polynomial, Theory};

/// The independent copy has the variance of `φ⊥`.
pub(crate) const VARIANCE: Statement = Statement {
    what: "the variance of φ(X̃) in E M̃",
    prove: variance,
    near_misses,
};

fn variance() -> Outcome {
    variance_with("")
}

fn near_misses() -> NearMisses {
    vec![("as printed, βφ(X̃) for φ(X̃)", variance_with("β^2"))]
}

fn variance_with(factor: &str) -> Outcome {
    let mut theory = Theory::new();
    theory.tensors("f[n,p]")?.scalars("β v")?;
    let law = Law::Cumulants(vec![Polynomial::zero(), Polynomial::symbol("v", 1)]);
    let proof = theory
        .prove("(1/p) E ffᵀ = v I, f = φ(X̃)")
        .from(&format!("[i,j] p^-1 {factor} f[i,b] f[j,b]"))?
        .expect("over X̃", "f", &law)?
        .is("the variance of φ⊥", "[i,j] v δ[i,j]")?;
    Ok(proof.done())
}

/// The constant part of σ′ is `c₀² τ₂₃(I⊗aaᵀ)`, and the shift is without it.
pub(crate) const CONSTANT_PART: Statement = Statement {
    what: "the second moment of x ⊗ D(c₀ + r)",
    prove: constant_part,
    near_misses: constant_near_misses,
};

const SEPARATE: &str =
    "[i,j,a,b,c,e] c_0^2 δ[i,j] δ[a,c] w[b] w[e] + v δ[i,j] δ[a,c] δ[b,e] w[b] w[e]";

fn constant_part() -> Outcome {
    second_moment(SEPARATE)
}

fn constant_near_misses() -> NearMisses {
    let shifted =
        "[i,j,a,b,c,e] c_0^2 δ[i,j] δ[a,c] δ[b,e] w[b] w[e] + v δ[i,j] δ[a,c] δ[b,e] w[b] w[e]";
    let dropped = "[i,j,a,b,c,e] v δ[i,j] δ[a,c] δ[b,e] w[b] w[e]";
    vec![
        (
            "as printed, β² − α² on the diagonal",
            second_moment(shifted),
        ),
        ("no constant part", second_moment(dropped)),
    ]
}

fn second_moment(claimed: &str) -> Outcome {
    let mut theory = Theory::new();
    theory.tensors("x[n,d] r[n,p] w[p]")?.scalars("c_0 v")?;
    let variance = Law::Cumulants(vec![Polynomial::zero(), Polynomial::symbol("v", 1)]);
    let proof = theory
        .prove("E x_a(c₀ + r_b)w_b x_c(c₀ + r_e)w_e = δ_ij δ_ac (c₀² w_b w_e + v δ_be w_b w_e)")
        .from(
            "[i,j,a,b,c,e] c_0^2 x[i,a] x[j,c] w[b] w[e] + c_0 x[i,a] x[j,c] r[i,b] w[b] w[e] \
             + c_0 x[i,a] x[j,c] r[j,e] w[b] w[e] + x[i,a] x[j,c] r[i,b] r[j,e] w[b] w[e]",
        )?
        .expect("over r", "r", &variance)?
        .expect("over x", "x", &Law::Gaussian)?
        .is("a part of rank one in b, e and a diagonal one", claimed)?;
    Ok(proof.done())
}
