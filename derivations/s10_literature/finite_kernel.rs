//! Kernel matrices at polynomial width, `f(⟨x_i,x_j⟩/√d)/√n` with n = γd^ℓ and 0 on the diagonal: their law at finite sizes.
//!
//! One law has the limits for every ℓ, `z = 1/G − c₀/√n + Σ_k c_k²G/(1 − c_k√g_k G)`, `g_k = n/C(d+k−1, k)`, with the c₀/√n that
//! the diagonal lacks. Of Hermite's coefficients those of the sphere differ by 1/d.

use super::inner_product_kernel;
use crate::kit::common::{points, rms};
use crate::kit::fixed_point::from_r_transform;
use num_complex::Complex64;
use rand::rngs::ChaCha8Rng;
use tensor_dyson::ledger::{CheckError, Ladder, Predicted, SpectralModel};
use tensor_dyson::linalg::symmetric_eigenvalues;
use tensor_dyson::model::{Activation, sphere_rows};

/// Degrees with a ratio of their own; the others are semicircular.
const DEGREES: usize = 12;

/// f at one ratio.
pub(super) struct Kernel {
    pub f: Activation,
    /// n = γd^ℓ.
    pub ell: f64,
    pub gamma: f64,
    /// The ratio of degree k is `n/C(d+k−1, k)` to this power.
    pub power: f64,
}

/// `g_k = n/C(d+k−1, k)`.
fn ratio(n: f64, d: f64, k: usize) -> f64 {
    (0..k).fold(n, |g, j| g * (j as f64 + 1.0) / (d + j as f64))
}

impl Kernel {
    fn count(&self, d: f64) -> f64 {
        (self.gamma * d.powf(self.ell)).round()
    }

    /// `s` of the law of finite size.
    fn finite(&self, d: f64, z: Complex64) -> Result<Complex64, CheckError> {
        let c = self.f.sigma_coefficients(DEGREES);
        let tail = self.f.sigma_second_moment() - c.iter().map(|c| c * c).sum::<f64>();
        let n = self.count(d);
        let r = |g: Complex64| {
            let terms = c.iter().enumerate().skip(1).map(|(k, c)| {
                let root = ratio(n, d, k).powf(0.5 * self.power);
                c * c * g / (1.0 - c * root * g)
            });
            terms.sum::<Complex64>() + tail * g - c[0] / n.sqrt()
        };
        Ok(from_r_transform(&r, z)?)
    }
}

impl SpectralModel for Kernel {
    fn sample(&self, d: usize, rng: &mut ChaCha8Rng) -> Result<Vec<f64>, CheckError> {
        let n = self.count(d as f64);
        let x = sphere_rows(n as usize, d, rng);
        let kernel = inner_product_kernel(x.view(), &self.f, n.sqrt());
        Ok(symmetric_eigenvalues(kernel.view())?)
    }

    fn predicted(&self, d: usize) -> Result<Predicted, CheckError> {
        let values: Vec<Complex64> = points();
        let found: Result<Vec<Complex64>, CheckError> =
            values.iter().map(|&z| self.finite(d as f64, z)).collect();
        let found = found?;
        Ok(Predicted::Equation(Box::new(move |z| {
            let at = values.iter().position(|&known| known == z);
            Ok(at.map_or(Complex64::new(f64::NAN, f64::NAN), |k| found[k]))
        })))
    }
}

/// The finite law against a limit with the R-transform `r`, over d up to 10⁸.
pub(super) fn towards(
    kernel: &Kernel,
    r: &dyn Fn(Complex64) -> Complex64,
) -> Result<Ladder, CheckError> {
    let mut ladder = Ladder::default();
    for d in [1e2, 1e4, 1e6, 1e8] {
        let mut differences = vec![];
        for z in points() {
            differences.push(kernel.finite(d, z)? - from_r_transform(r, z)?);
        }
        ladder.push(d, rms(differences));
    }
    Ok(ladder)
}
