//! State and prove an identity of your own: the Schwinger–Dyson equation of the GUE, the covariance of `x⊗x⊗x` as a
//! bilinear form, and that of the cubic analogue `x⊗Gᵀx⊗Hᵀx` over a space of your own.
//!
//! `cargo run --example prove_your_own_identity`

use tensor_dyson::symbolic::{Ensemble, Proof, ProofError, TensorLaw, Theory};

/// `z E g = 1 + t²d E g²` for `g = Tr R/d`, `R = (z − tH)⁻¹`: with `t² = 1/d` the semicircle's equation, up to the variance
/// of `g`.
fn equation_of_the_gue() -> Result<Proof, ProofError> {
    let mut theory = Theory::new();
    theory
        .scalars("z t")?
        .hermitian("H[d,d]")?
        .inverse("R", &[], "[a,c] z δ[a,c] - t H[a,c]")?
        .rule("HR", "[a,c] H[a,k] R[k,c] = z/t R[a,c] - δ[a,c]/t")?;
    Ok(theory
        .prove("z E g = 1 + t²d E g² for the GUE")
        .from("z/d R[a,a]")?
        .follows("R = (z − tH)⁻¹", "1 + t/d H[a,c] R[c,a]", &["HR"])?
        .by_parts("over H", "H", &TensorLaw::Ensemble(Ensemble::hermitian()))?
        .is("collected", "1 + t^2/d R[a,a] R[c,c]")?
        .done())
}

/// `E ⟨u, x⟩³⟨v, x⟩³ = 6 ⟨u, v⟩³ + 9 |u|²|v|²⟨u, v⟩` for standard Gaussian `x`.
fn covariance_of_the_cube() -> Result<Proof, ProofError> {
    let mut theory = Theory::new();
    theory.tensors("x[d] u[d] v[d]")?;
    Ok(theory
        .prove("E ⟨u⊗u⊗u, x⊗x⊗x⟩⟨v⊗v⊗v, x⊗x⊗x⟩ = 6 ⟨u, v⟩³ + 9 |u|²|v|²⟨u, v⟩")
        .from("u[a] x[a] u[c] x[c] u[k] x[k] v[q] x[q] v[s] x[s] v[t] x[t]")?
        .expect("over x", "x", &TensorLaw::Gaussian)?
        .is(
            "collected",
            "6 u[a] v[a] u[c] v[c] u[k] v[k] + 9 u[a] u[a] v[c] v[c] u[k] v[k]",
        )?
        .done())
}

/// `E ω⊗ω = I ⊗ GᵀG ⊗ HᵀH` for `ω = x ⊗ Gᵀy ⊗ Hᵀz`, independent `x, y, z`, and `H` into a space of `h` units.
fn covariance_of_three_inputs() -> Result<Proof, ProofError> {
    let mut theory = Theory::new();
    theory
        .space("h", "uvw")?
        .tensors("x[d] y[d] z[d] G[d,p] H[d,h]")?;
    theory.define("ω[a,b,u] = x[a] G[k,b] y[k] H[q,u] z[q]")?;
    let mut proof = theory
        .prove("E ω⊗ω = I ⊗ GᵀG ⊗ HᵀH")
        .from("[a,b,u,c,e,v] ω[a,b,u] ω[c,e,v]")?;
    proof = proof.rewrite("ω = x ⊗ Gᵀy ⊗ Hᵀz", &["ω"])?;
    for input in ["x", "y", "z"] {
        proof = proof.expect(&format!("over {input}"), input, &TensorLaw::Gaussian)?;
    }
    Ok(proof
        .is(
            "the identity",
            "[a,b,u,c,e,v] δ[a,c] G[k,b] G[k,e] H[q,u] H[q,v]",
        )?
        .done())
}

fn main() -> Result<(), ProofError> {
    println!("{}", equation_of_the_gue()?);
    println!("{}", covariance_of_the_cube()?);
    println!("{}", covariance_of_three_inputs()?);
    Ok(())
}
