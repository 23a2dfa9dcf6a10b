//! The superoperator of the tensor Dyson equation, all four blocks.

use crate::linearization::Blocks;
use ndarray::{Array2, ArrayView2};
use num_complex::Complex64;

/// `𝒮(M)` for the covariance 𝒬 (matricized, dp×dp) and a deterministic block matrix M, exactly:
///
/// ```math
/// 𝒮(M)₁₁ = (1/pd) ⟨𝒬, M₂₂⟩ I_n      𝒮(M)₁₂ = (1/pd) (𝒬 M₂₁)ᵀ
/// 𝒮(M)₂₁ = (1/pd) (M₁₂ 𝒬)ᵀ          𝒮(M)₂₂ = (1/pd) Tr(M₁₁) 𝒬
/// ```
///
/// Slide 'Superoperator computation', which keeps the diagonal blocks only.
///
/// # Panics
/// If 𝒬 is not a square matrix of the size of `M₂₂`.
pub fn superoperator(q: ArrayView2<'_, f64>, m: &Blocks) -> Blocks {
    assert!(
        q.dim() == m.m22.dim(),
        "𝒬 of shape {:?} with M₂₂ of shape {:?}",
        q.dim(),
        m.m22.dim()
    );
    let scale = (q.nrows() as f64).recip();
    let complex = q.mapv(|x| Complex64::from(x * scale));
    let pairing = (&complex * &m.m22).sum();
    let trace = m.m11.diag().sum();
    Blocks {
        m11: Array2::eye(m.m11.nrows()) * pairing,
        m12: complex.dot(&m.m21).t().to_owned(),
        m21: m.m12.dot(&complex).t().to_owned(),
        m22: complex * trace,
    }
}
