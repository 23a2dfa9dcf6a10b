//! What the claims of a model state.

use super::claims::{Derivation, kept};

/// A statement for each claim.
pub(super) struct Statements {
    pub(super) covariance: &'static str,
    pub(super) concentration: &'static str,
    pub(super) equation: &'static str,
    pub(super) spectrum: &'static str,
    pub(super) law: &'static str,
    pub(super) outlier: &'static str,
}

impl Statements {
    pub(super) fn of(derivation: &Derivation) -> Self {
        let Derivation { model, moments, .. } = derivation;
        let braids = derivation
            .braids()
            .map_or_else(String::new, |braids| format!(" = {braids}"));
        let name = &model.feature.name;
        let mean = match moments.is_centred() {
            true => format!("E {name} = 0"),
            false => format!("E {name} = {}", moments.mean_expression()),
        };
        Statements {
            covariance: kept(format!(
                "{mean}, and Cov {name} = 𝒬 over {} is {}{braids}",
                moments.legs(model),
                moments.covariance()
            )),
            concentration: kept(format!("Var |{name}°|² = o((Tr 𝒬)²), {name}° = {name} − E {name}: 𝒬 alone decides the law")),
            equation: kept("With 𝒜° = N^{−1/2} Σ_i (ω^i − E ω) ⊗ e_i, E[𝒜°M𝒜°] has the blocks ⟨𝒬, M₂₂⟩/N I, (𝒬M₂₁)ᵀ/N, (M₁₂𝒬)ᵀ/N, Tr(M₁₁)/N 𝒬; M₁₁ = mI, M₂₂ = −(ℐ + γm𝒬)⁻¹ solve the block equation, and m = 1/(−z + ⟨𝒬, (ℐ + γm𝒬)⁻¹⟩/N)".into()),
            spectrum: kept("The eigenvalues of 𝒬, by its structure".into()),
            outlier: kept(format!(
                "μ = E {name} puts the kernel's largest eigenvalue at −1/m + Tr 𝒬(1+γm𝒬)⁻¹/N, where 1 + γm⟨μ, (1+γm𝒬)⁻¹μ⟩ = 0, m < 0"
            )),
            law: kept("n/N → γ: the law of the kernel ⟨ω^i, ω^j⟩/N tends to the Marchenko–Pastur map, with ratio γ, of the law of 𝒬's eigenvalues".into()),
        }
    }
}
