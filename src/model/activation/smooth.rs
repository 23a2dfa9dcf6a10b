//! Smooth activations of practice.

use libm::erf;
use std::f64::consts::{FRAC_1_SQRT_2, PI};

/// GELU (Hendrycks and Gimpel 2016), the logistic sigmoid, SiLU (Elfwing, Uchibe and Doya 2018; swish) and softplus (Dugas
/// and others 2001). All are analytic in `|Im x| < π`, so that [`gaussian_mean`](crate::model::gaussian_mean) has their
/// Hermite data to rounding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Smooth {
    /// `xΦ(x)`, Φ the normal distribution function.
    Gelu,
    /// `s = 1/(1 + e^{−x})`.
    Sigmoid,
    /// `x s`.
    Silu,
    /// `log(1 + e^x)`.
    Softplus,
}

/// `1/(1 + e^{−x})` without overflow.
fn logistic(x: f64) -> f64 {
    let small = (-x.abs()).exp();
    if x >= 0.0 {
        1.0 / (1.0 + small)
    } else {
        small / (1.0 + small)
    }
}

/// Φ.
fn normal(x: f64) -> f64 {
    0.5 * (1.0 + erf(x * FRAC_1_SQRT_2))
}

impl Smooth {
    /// σ(x).
    pub fn value(self, x: f64) -> f64 {
        match self {
            Smooth::Gelu => x * normal(x),
            Smooth::Sigmoid => logistic(x),
            Smooth::Silu => x * logistic(x),
            Smooth::Softplus => x.max(0.0) + (-x.abs()).exp().ln_1p(),
        }
    }

    /// σ′(x).
    pub fn derivative(self, x: f64) -> f64 {
        match self {
            Smooth::Gelu => normal(x) + x * (-0.5 * x * x).exp() / (2.0 * PI).sqrt(),
            // s(1 − s) is even; for x < 0 the factor 1 − s has no cancellation.
            Smooth::Sigmoid => {
                let s = logistic(-x.abs());
                s * (1.0 - s)
            }
            Smooth::Silu => logistic(x) * (1.0 + x * logistic(-x)),
            Smooth::Softplus => logistic(x),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Activation, gaussian_mean};

    const ALL: [Smooth; 4] = [
        Smooth::Gelu,
        Smooth::Sigmoid,
        Smooth::Silu,
        Smooth::Softplus,
    ];

    /// By differences of the sixth order, and far out, where they have limits.
    #[test]
    fn each_derivative_is_that_of_its_function() {
        for smooth in ALL {
            for x in [-30.0, -3.0, -0.7, 0.0, 0.4, 2.0, 30.0] {
                let h = 1e-2;
                let pair = |k: f64| smooth.value(x + k * h) - smooth.value(x - k * h);
                let slope = (45.0 * pair(1.0) - 9.0 * pair(2.0) + pair(3.0)) / (60.0 * h);
                assert!(
                    (slope - smooth.derivative(x)).abs() < 1e-11,
                    "{smooth:?} {x}"
                );
            }
            let far = smooth.derivative(-800.0);
            assert!(
                far.abs() < 1e-300 && smooth.value(800.0).is_finite(),
                "{smooth:?}"
            );
        }
    }

    /// By parts `E zσ = E σ′` and `E (z² − 1)σ = E zσ′`: two ways to the same numbers, and GELU's closed forms
    /// `E σ′ = ½`, `E σ = 1/(2√π)`.
    #[test]
    fn the_hermite_data_hold_to_rounding() {
        for smooth in ALL {
            let data = Activation::Smooth(smooth).hermite_data();
            let mean = gaussian_mean(|z| z * smooth.value(z));
            let alpha = gaussian_mean(|z| (z * z - 1.0) * smooth.value(z));
            assert!((data.mean() - mean).abs() < 1e-14, "{smooth:?}");
            assert!((data.alpha() - alpha).abs() < 1e-14, "{smooth:?}");
        }
        let gelu = Activation::Smooth(Smooth::Gelu);
        assert!((gelu.hermite_data().mean() - 0.5).abs() < 1e-15);
        assert!((gelu.sigma_coefficients(1)[0] - 0.5 / PI.sqrt()).abs() < 1e-15);
        // s(x) + s(−x) = 1.
        let softplus = Activation::Smooth(Smooth::Softplus);
        assert!((softplus.hermite_data().mean() - 0.5).abs() < 1e-15);
    }
}
