//! Voiculescu's product MP^γ ⊠ ν through the Marchenko–Pastur map.

use num_complex::Complex64;
use tensor_dyson::measure::{MpMapError, Response, marchenko_pastur_map};

/// `s(z)` of `MP^γ ⊠ ν`, the law of `T^{1/2} (1/p)ZZᵀ T^{1/2}`, T n×n of law ν, Z n×p, n/p → γ.
///
/// Its companion `(1/p)ZᵀTZ` is γ times the matrix of the Marchenko–Pastur map of ν at ratio p/n, and has n − p
/// zeros fewer:
///
/// ```math
/// s(z) = s_{map(1/γ, ν)}(z/γ)/γ² − (1 − 1/γ)/z.
/// ```
pub(crate) fn free_product(
    gamma: f64,
    nu: &dyn Response,
    z: Complex64,
) -> Result<Complex64, MpMapError> {
    let map = marchenko_pastur_map(gamma.recip(), nu, z / gamma, None)?.m;
    Ok(map / (gamma * gamma) - (1.0 - gamma.recip()) / z)
}
