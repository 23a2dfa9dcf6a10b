//! `linearization` and `mp-linearization`: the resolvent is a block of the inverse of a linear matrix.
//!
//! The inverse is written out and multiplied block by block. The slides' `ℐ_{n,d}` is `ℐ_{d,p}`: with
//! the other one the product cannot even be typed.

use super::{NearMisses, Outcome, Statement};
use tensor_dyson::symbolic::Theory;

/// The block of section 7.
pub(crate) const NTK: Statement = Statement {
    what: "the inverse multiplied out, block by block",
    prove: ntk,
    near_misses: ntk_near_misses,
};

/// The block of section 4.
pub(crate) const MARCHENKO_PASTUR: Statement = Statement {
    what: "the inverse multiplied out, block by block",
    prove: marchenko_pastur,
    near_misses: marchenko_pastur_near_misses,
};

/// `(𝒜ᵀ𝒜 − z)⁻¹` is the block 1,1 of `[[−z, 𝒜ᵀ], [𝒜, −ℐ_{d,p}]]⁻¹`.
fn ntk() -> Outcome {
    ntk_with("-", "-")
}

/// The lower right block, or that of the inverse, with the wrong sign.
fn ntk_near_misses() -> NearMisses {
    vec![
        ("+ℐ for −ℐ", ntk_with("+", "-")),
        ("𝒜R𝒜ᵀ + ℐ in the inverse", ntk_with("-", "+")),
        (
            "as printed once, ℐ_{n,d} for ℐ_{d,p} in block 2,2",
            printed_identity(),
        ),
    ]
}

fn ntk_with(identity: &str, inverse: &str) -> Outcome {
    let mut theory = Theory::new();
    theory
        .scalars("z")?
        .tensors("𝒜[d,p,n]")?
        .inverse("R", &[vec![1, 0]], "[i,j] 𝒜[a,b,i] 𝒜[a,b,j] - z δ[i,j]")?
        .rule("R", "[i,l] 𝒜[a,b,i] 𝒜[a,b,j] R[j,l] = δ[i,l] + z R[i,l]")?;
    let corner = format!("(𝒜[a,b,j] R[j,l] 𝒜[c,e,l] {inverse} δ[a,c] δ[b,e])");
    let outer = format!("(𝒜[k,f,j] R[j,l] 𝒜[c,e,l] {inverse} δ[k,c] δ[f,e])");
    let minus_i = |at: &str| format!("{identity} δ[k,a] δ[f,b] {at}");
    let proof = theory
        .prove("[[−z, 𝒜ᵀ], [𝒜, −ℐ]] · [[R, R𝒜ᵀ], [𝒜R, 𝒜R𝒜ᵀ − ℐ]] = 1, R = (𝒜ᵀ𝒜 − z)⁻¹")
        .from("[i,l] -z R[i,l] + 𝒜[a,b,i] 𝒜[a,b,j] R[j,l]")?
        .follows("block 1,1: 𝒜ᵀ𝒜R = 1 + zR", "[i,l] δ[i,l]", &["R"])?
        .from(&format!("[i,c,e] -z R[i,l] 𝒜[c,e,l] + 𝒜[a,b,i] {corner}"))?
        .follows("block 1,2", "[i,c,e] 0", &["R"])?
        .from(&format!(
            "[k,f,l] 𝒜[k,f,j] R[j,l] {}",
            minus_i("𝒜[a,b,j] R[j,l]")
        ))?
        .follows("block 2,1", "[k,f,l] 0", &["R"])?
        .from(&format!(
            "[k,f,c,e] 𝒜[k,f,i] R[i,l] 𝒜[c,e,l] {identity} {outer}"
        ))?
        .follows("block 2,2", "[k,f,c,e] δ[k,c] δ[f,e]", &["R"])?;
    Ok(proof.done())
}

/// `ℐ_{n,d}` is the identity of n×d matrices, of trace nd; block 2,2 acts on d×p ones, where it is dp.
fn printed_identity() -> Outcome {
    let theory = Theory::new();
    let proof = theory
        .prove("the trace of the identity in block 2,2 of the linearization")
        .from("δ[a,a] δ[b,b]")?
        .is("as printed", "δ[i,i] δ[a,a]")?;
    Ok(proof.done())
}

/// `((1/d)XXᵀ − z)⁻¹` is the block 1,1 of `[[−z, Y], [Yᵀ, −1]]⁻¹`, `Y = X/√d`.
fn marchenko_pastur() -> Outcome {
    marchenko_pastur_with("-", "-")
}

/// The same signs wrong.
fn marchenko_pastur_near_misses() -> NearMisses {
    vec![
        ("+1 for −1", marchenko_pastur_with("+", "-")),
        ("YᵀRY + 1 in the inverse", marchenko_pastur_with("-", "+")),
    ]
}

fn marchenko_pastur_with(identity: &str, inverse: &str) -> Outcome {
    let mut theory = Theory::new();
    theory
        .scalars("z")?
        .tensors("Y[n,d]")?
        .inverse("R", &[vec![1, 0]], "[i,j] Y[i,a] Y[j,a] - z δ[i,j]")?
        .rule("R", "[i,l] Y[i,a] Y[j,a] R[j,l] = δ[i,l] + z R[i,l]")?;
    let corner = format!("(Y[j,a] R[j,l] Y[l,c] {inverse} δ[a,c])");
    let proof = theory
        .prove("[[−z, Y], [Yᵀ, −1]] · [[R, RY], [YᵀR, YᵀRY − 1]] = 1, Y = X/√d, R = (YYᵀ − z)⁻¹")
        .from("[i,l] -z R[i,l] + Y[i,a] Y[j,a] R[j,l]")?
        .follows("block 1,1: YYᵀR = 1 + zR", "[i,l] δ[i,l]", &["R"])?
        .from(&format!("[i,c] -z R[i,l] Y[l,c] + Y[i,a] {corner}"))?
        .follows("block 1,2", "[i,c] 0", &["R"])?
        .from(&format!("[a,l] Y[j,a] R[j,l] {identity} Y[j,a] R[j,l]"))?
        .follows("block 2,1", "[a,l] 0", &["R"])?
        .from(&format!("[a,c] Y[i,a] R[i,l] Y[l,c] {identity} {corner}"))?
        .follows("block 2,2", "[a,c] δ[a,c]", &["R"])?;
    Ok(proof.done())
}
