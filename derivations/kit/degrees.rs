//! The law of `(1/p)FFᵀ`, F = σ(XWᵀ/√d) with rows of X and W on the sphere, by the degrees of σ.

use super::fixed_point::{NoFixedPoint, fixed_point, from_r_transform};
use num_complex::Complex64;
use tensor_dyson::linalg::LinalgError;
use tensor_dyson::model::{Activation, harmonics, sphere_coefficients};

/// `T = ⊞_k v_k MP^{g_k}`, by its pairs (v_k, g_k); `g_k = 0` is the point mass at v_k.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Degrees(pub Vec<(f64, f64)>);

impl Degrees {
    /// Degrees 1 to `top` of σ in dimension d, at n rows: `v_k = c_k²` on the sphere, `g_k = n` over the harmonics of degree k.
    pub(crate) fn on_sphere(
        sigma: &Activation,
        d: usize,
        n: usize,
        top: usize,
    ) -> Result<Self, LinalgError> {
        let c = sphere_coefficients(&|u| sigma.sigma(u), d, top + 1)?;
        let part = |k: usize| (c[k] * c[k], n as f64 / harmonics(d, k));
        Ok(Degrees((1..=top).map(part).collect()))
    }

    /// `s` of T.
    pub(crate) fn alone(&self, z: Complex64) -> Result<Complex64, NoFixedPoint> {
        let r = |g: Complex64| {
            let parts = self.0.iter();
            parts.map(|&(v, ratio)| v / (1.0 - v * ratio * g)).sum()
        };
        from_r_transform(&r, z)
    }

    /// `s` of Voiculescu's `MP^γ ⊠ T`, γ = n/p, through its companion: `m = −1/(z − γ∫ t dT/(1 + tm))`, `γs = m + (1−γ)/z`.
    pub(crate) fn product(&self, gamma: f64, z: Complex64) -> Result<Complex64, NoFixedPoint> {
        let step = |m: Complex64| {
            let nan = Complex64::new(f64::NAN, f64::NAN);
            let inner = self.alone(-m.inv()).unwrap_or(nan);
            let response = (1.0 - inner / m) / m;
            -(z - gamma * response).inv()
        };
        let companion = fixed_point(&step, -z.inv(), z)?;
        Ok((companion + (1.0 - gamma) / z) / gamma)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tensor_dyson::measure::Law;

    /// Against the calculus of laws, with a point mass among the parts.
    #[test]
    fn the_product_is_that_of_the_calculus() {
        let degrees = Degrees(vec![(0.5, 2.0), (1.5, 0.7), (0.3, 0.0)]);
        let part = |v: f64, g: f64| Law::marchenko_pastur(g).unwrap().scaled(v).unwrap();
        let t = part(0.5, 2.0)
            .free_sum(&part(1.5, 0.7))
            .shifted(0.3)
            .unwrap();
        let z = Complex64::new(1.5, 0.5);
        let alone = t.stieltjes(z).unwrap().s;
        assert!((degrees.alone(z).unwrap() - alone).norm() < 1e-10);
        for gamma in [0.4, 2.5] {
            let companion = t.mp_map(1.0 / gamma).unwrap().scaled(gamma).unwrap();
            let s = companion.stieltjes(z).unwrap().s / gamma + (1.0 - 1.0 / gamma) * (-z).inv();
            assert!(
                (degrees.product(gamma, z).unwrap() - s).norm() < 1e-9,
                "{gamma}"
            );
        }
    }
}
