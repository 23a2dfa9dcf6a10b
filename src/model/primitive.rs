//! σ itself, the primitive of φ = σ′, and the Hermite coefficients of both.

use super::activation::quadrature;
use super::{Activation, gaussian_mean};
use libm::erf;
use std::f64::consts::PI;

impl Activation {
    /// `σ(x)`, the activation of slide 'Neural networks' with `σ′ = φ`: x²/2, sin, −cos, ReLU, tanh, erf, and
    /// `Σ_k c_k h_{k+1}/√(k+1)` for a sum of Hermite polynomials.
    pub fn sigma(&self, x: f64) -> f64 {
        match self {
            Activation::Identity => 0.5 * x * x,
            Activation::Cos => x.sin(),
            Activation::Sin => -x.cos(),
            Activation::Step => x.max(0.0),
            Activation::TanhPrime => x.tanh(),
            Activation::ErfPrime => erf(x),
            Activation::Smooth(smooth) => smooth.value(x),
            Activation::Expression(sigma) => sigma.value(x),
            Activation::Sampled(samples) => samples.value(x),
            Activation::Hermite(c) => {
                let (mut before, mut now, mut sum) = (1.0, x, 0.0);
                for (k, &coefficient) in c.iter().enumerate() {
                    let next = (k + 1) as f64;
                    sum += coefficient * now / next.sqrt();
                    (before, now) = (now, (x * now - next.sqrt() * before) / (next + 1.0).sqrt());
                }
                sum
            }
        }
    }

    /// `c_k = E φ(z)h_k(z)`, k < count, h_k the orthonormal Hermite polynomials: closed forms for polynomials and the
    /// step, the quadrature of [`gaussian_mean`] for the others, which are analytic.
    pub fn coefficients(&self, count: usize) -> Vec<f64> {
        let mut c = match self {
            Activation::Identity => vec![0.0, 1.0],
            Activation::Hermite(c) => c.clone(),
            // ∫₀^∞ He_k = He_{k−1}(0)/√(2π).
            Activation::Step => {
                let at_zero = hermite_values(0.0, count);
                (0..count)
                    .map(|k| match k {
                        0 => 0.5,
                        _ => at_zero[k - 1] / (2.0 * PI * k as f64).sqrt(),
                    })
                    .collect()
            }
            Activation::Cos
            | Activation::Sin
            | Activation::TanhPrime
            | Activation::ErfPrime
            | Activation::Smooth(_) => (0..count)
                .map(|k| gaussian_mean(|z| self.phi(z) * hermite_values(z, k + 1)[k]))
                .collect(),
            Activation::Expression(_) | Activation::Sampled(_) => {
                let each = (0..count).map(|k| {
                    quadrature::moments(&|z| self.phi(z) * hermite_values(z, k + 1)[k])[0]
                });
                each.collect()
            }
        };
        c.resize(count, 0.0);
        c
    }

    /// `E σ(z)h_k(z)`, k < count: `c_{k−1}/√k` by parts, and E σ for k = 0. The a and b of slides 'Nonlinear random
    /// matrix models' are made of them.
    pub fn sigma_coefficients(&self, count: usize) -> Vec<f64> {
        let of_phi = self.coefficients(count.saturating_sub(1));
        let mean = match self {
            Activation::Identity => 0.5,
            Activation::Sin => -(-0.5_f64).exp(),
            Activation::Step => (2.0 * PI).sqrt().recip(),
            Activation::Cos
            | Activation::TanhPrime
            | Activation::ErfPrime
            | Activation::Hermite(_) => 0.0,
            Activation::Smooth(smooth) => gaussian_mean(|z| smooth.value(z)),
            Activation::Expression(_) | Activation::Sampled(_) => {
                quadrature::moments(&|z| self.sigma(z))[0]
            }
        };
        let rest = of_phi.iter().zip(1..).map(|(c, k)| c / f64::from(k).sqrt());
        [mean].into_iter().chain(rest).take(count).collect()
    }

    /// `E σ(z)²`, in closed form but for tanh (erf: Williams 1996).
    pub fn sigma_second_moment(&self) -> f64 {
        match self {
            Activation::Identity => 0.75,
            Activation::Cos => 0.5 * (1.0 - (-2.0_f64).exp()),
            Activation::Sin => 0.5 * (1.0 + (-2.0_f64).exp()),
            Activation::Step => 0.5,
            Activation::TanhPrime => gaussian_mean(|z| z.tanh().powi(2)),
            Activation::ErfPrime => 2.0 / PI * (2.0_f64 / 3.0).asin(),
            Activation::Hermite(c) => c.iter().zip(1..).map(|(c, k)| c * c / f64::from(k)).sum(),
            Activation::Smooth(smooth) => gaussian_mean(|z| smooth.value(z).powi(2)),
            Activation::Expression(_) | Activation::Sampled(_) => {
                quadrature::moments(&|z| self.sigma(z))[2]
            }
        }
    }
}

/// `h_0(x), …, h_{count−1}(x)`.
fn hermite_values(x: f64, count: usize) -> Vec<f64> {
    let (mut before, mut now) = (0.0, 1.0);
    (0..count)
        .map(|k| {
            let (value, k) = (now, k as f64);
            (before, now) = (now, (x * now - k.sqrt() * before) / (k + 1.0).sqrt());
            value
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> [Activation; 7] {
        [
            Activation::Identity,
            Activation::Cos,
            Activation::Sin,
            Activation::Step,
            Activation::TanhPrime,
            Activation::ErfPrime,
            Activation::Hermite(vec![0.3, -0.7, 0.2, 0.5]),
        ]
    }

    #[test]
    fn sigma_has_the_derivative_phi() {
        let h = 1e-5;
        for activation in all() {
            for x in [-1.3, 0.4, 2.1] {
                let slope = (activation.sigma(x + h) - activation.sigma(x - h)) / (2.0 * h);
                // Third derivatives of these are below 20 there: h²·20/6, and the rounding ε/h.
                assert!(
                    (slope - activation.phi(x)).abs() < 1e-9,
                    "{activation:?} {x}"
                );
            }
        }
    }

    #[test]
    fn coefficients_are_those_of_a_quadrature_and_parseval_holds() {
        for activation in all() {
            let (of_phi, of_sigma) = (activation.coefficients(6), activation.sigma_coefficients(6));
            // The trapezoidal rule with step 1/64 is exact to rounding for smooth functions; a jump leaves a step,
            // a kink the square of it.
            let allowed = if activation == Activation::Step {
                1e-2
            } else {
                1e-13
            };
            for k in 0..6 {
                let against =
                    |f: &dyn Fn(f64) -> f64| gaussian_mean(|z| f(z) * hermite_values(z, k + 1)[k]);
                let phi = against(&|z| activation.phi(z)) - of_phi[k];
                let sigma = against(&|z| activation.sigma(z)) - of_sigma[k];
                assert!(
                    phi.abs() < allowed && sigma.abs() < allowed,
                    "{activation:?} {k}"
                );
            }
            let norm: f64 = activation
                .sigma_coefficients(120)
                .iter()
                .map(|c| c * c)
                .sum();
            let second = activation.sigma_second_moment();
            // ReLU's coefficients fall like k^{−5/4}, its tail like 120^{−3/2}/8.
            assert!(
                norm <= second + 1e-12 && norm > second - 1e-3,
                "{activation:?}"
            );
        }
    }
}
