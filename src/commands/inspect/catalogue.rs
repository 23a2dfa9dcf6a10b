//! The names of the derivation's tensors, with their indices and what they are.

/// A tensor that can be shown.
pub(crate) struct Entry {
    /// Its name on the command line and in the archive.
    pub name: &'static str,
    /// The names of its indices.
    pub indices: &'static [&'static str],
    /// What it is.
    pub meaning: &'static str,
}

const fn entry(
    name: &'static str,
    indices: &'static [&'static str],
    meaning: &'static str,
) -> Entry {
    Entry {
        name,
        indices,
        meaning,
    }
}

/// All tensors: i, j run over samples, a, c over inputs, b, e over hidden units, k over eigenvalues.
pub(crate) const CATALOGUE: [Entry; 31] = [
    entry("X", &["i", "a"], "the samples, n×d"),
    entry("W", &["a", "b"], "the first layer, d×p"),
    entry("a", &["b"], "the output weights"),
    entry("G", &["a", "b"], "G = W D/√d, D = diag(a)"),
    entry("F", &["i", "b"], "the features φ(XW/√d) D"),
    entry("omega", &["i", "a", "b"], "ω^i = x_i ⊗ F_i"),
    entry("A", &["a", "b", "i"], "𝒜 = Σ_i ω^i ⊗ e_i/√(pd)"),
    entry(
        "EA",
        &["a", "b", "i"],
        "E𝒜 = αG ⊗ 1/√(pd) (exact for φ(x) = x)",
    ),
    entry("NTK", &["i", "j"], "the kernel 𝒜ᵀ𝒜"),
    entry("NTK-eigenvalues", &["k"], "the eigenvalues of the kernel"),
    entry("Q", &["a", "b", "c", "e"], "𝒬, the covariance of ω"),
    entry("Q23", &["a", "b", "c", "e"], "its part α² τ₂₃(I⊗GᵀG)"),
    entry("Q24", &["a", "b", "c", "e"], "its part α² τ₂₄(G⊗G)"),
    entry(
        "Qshift",
        &["a", "b", "c", "e"],
        "its part c τ₂₃(I⊗D²), c = β² − α² − c₀²",
    ),
    entry("Qmean", &["a", "b", "c", "e"], "its part c₀² τ₂₃(I⊗aaᵀ)"),
    entry("Q-eigenvalues", &["k"], "the eigenvalues q_k of 𝒬"),
    entry(
        "Q-eigenvectors",
        &["k", "a", "b"],
        "matrices M_k with 𝒬·M_k = q_k M_k, of norm 1",
    ),
    entry("m", &[], "m(z) = (1/n) Tr M₁₁"),
    entry("M11", &["i", "j"], "M₁₁ of the tensor Dyson equation at z"),
    entry("M12", &["i", "a", "b"], "M₁₂ at z"),
    entry("M21", &["a", "b", "i"], "M₂₁ at z"),
    entry("M22", &["a", "b", "c", "e"], "M₂₂ at z"),
    entry(
        "M-residual",
        &[],
        "M put back into the equation: the largest entry of F(M) − M",
    ),
    entry("S11", &["i", "j"], "𝒮(M)₁₁ = (1/pd) ⟨𝒬, M₂₂⟩ I_n"),
    entry("S12", &["i", "a", "b"], "𝒮(M)₁₂ = (1/pd) (𝒬 M₂₁)ᵀ"),
    entry("S21", &["a", "b", "i"], "𝒮(M)₂₁ = (1/pd) (M₁₂ 𝒬)ᵀ"),
    entry("S22", &["a", "b", "c", "e"], "𝒮(M)₂₂ = (1/pd) Tr(M₁₁) 𝒬"),
    entry(
        "R11",
        &["i", "j"],
        "the resolvent (𝒜ᵀ𝒜 − z)⁻¹ of the sample",
    ),
    entry(
        "R12",
        &["i", "a", "b"],
        "the block 1,2 of the linearized resolvent",
    ),
    entry(
        "R21",
        &["a", "b", "i"],
        "the block 2,1 of the linearized resolvent",
    ),
    entry(
        "R22",
        &["a", "b", "c", "e"],
        "the block 2,2 of the linearized resolvent",
    ),
];
