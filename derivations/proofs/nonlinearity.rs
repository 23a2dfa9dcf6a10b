//! The variance of the independent copy in `universality`: `E M̃` with `φ(X̃)`, and with the printed `βφ(X̃)`.
//!
//! `f = φ(X̃)` has independent entries of mean 0 and variance `v`, that of `φ⊥`. The diagonal of the kernel
//! must keep it: `(1/p) E ffᵀ = v I`. The printed factor makes it `β² v I`.

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
