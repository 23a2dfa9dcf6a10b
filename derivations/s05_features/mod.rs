//! Section 5: the NTK as a Gram matrix, and its covariance.

use tensor_dyson::symbolic::{Polynomial, SymbolicError, TensorLaw, Theory};

claims! {
    gram,
    mean,
    fourth_moment,
    covariance,
    braid_laws,
}

/// One sample, `ω = x ⊗ Gᵀx`.
fn one_sample() -> Result<Theory, SymbolicError> {
    let mut theory = Theory::new();
    theory
        .tensors("x[d] G[d,p]")?
        .scalars("κ₄")?
        .define("ω[a,b] = x[a] G[k,b] x[k]")?;
    Ok(theory)
}

/// Independent entries of mean 0, variance 1, third cumulant 0 and excess kurtosis κ₄.
fn kurtosis() -> TensorLaw {
    TensorLaw::standardized(Polynomial::symbol("κ₄", 1))
}
