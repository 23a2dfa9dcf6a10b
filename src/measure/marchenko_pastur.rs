//! The Marchenko–Pastur law in closed form.

use num_complex::Complex64;
use std::f64::consts::PI;

use crate::measure::arithmetic::ball::sqrt_upper;
use crate::measure::law::marchenko_pastur;
use crate::measure::response::{Jet, Response, ResponseError};

/// `MP^γ`: the limit law of `(1/d) X Xᵀ`, X n×d with independent entries of variance 1, `n/d → γ`.
///
/// ```math
/// s = 1/(−z + 1/(1 + γ s)),   that is   γ z s² + (z + γ − 1) s + 1 = 0.
/// ```
///
/// Its support is `[(1−√γ)², (1+√γ)²]`, with an atom `1 − 1/γ` at 0 where `γ > 1`. Mean 1, variance γ.
///
/// Slide 'Linear and Quadratic Scaling'; Marchenko and Pastur 1967.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MarchenkoPastur {
    gamma: f64,
}

/// A ratio of sizes is not a positive number.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error("{name} is {value}: it must be a finite number above 0")]
pub struct RatioError {
    /// `gamma`, `gamma1` or `gamma2`.
    pub name: &'static str,
    /// Its value.
    pub value: f64,
}

impl RatioError {
    /// Refuses what is no ratio.
    pub(crate) fn check(name: &'static str, value: f64) -> Result<(), Self> {
        if value.is_finite() && value > 0.0 {
            Ok(())
        } else {
            Err(RatioError { name, value })
        }
    }
}

impl MarchenkoPastur {
    /// The law with ratio `gamma = n/d`.
    ///
    /// # Errors
    /// [`RatioError`] unless `gamma` is finite and positive.
    pub fn new(gamma: f64) -> Result<Self, RatioError> {
        RatioError::check("gamma", gamma)?;
        Ok(Self { gamma })
    }

    /// γ.
    pub fn gamma(&self) -> f64 {
        self.gamma
    }

    /// `((1−√γ)², (1+√γ)²)`, the ends of the continuous part.
    pub fn edges(&self) -> (f64, f64) {
        let root = self.gamma.sqrt();
        ((1.0 - root).powi(2), (1.0 + root).powi(2))
    }

    /// The mass at 0: `max(0, 1 − 1/γ)`.
    pub fn mass_at_zero(&self) -> f64 {
        (1.0 - 1.0 / self.gamma).max(0.0)
    }

    /// `s(z)` for `Im z ≥ 0`; on the real axis the limit from above.
    ///
    /// The branch of `√((z−a)(z−b))` is the product of principal roots, which behaves as z at
    /// infinity and is cut along `[a, b]`; of the two equal forms of the root of the quadratic the
    /// one without cancellation is taken.
    pub fn stieltjes(&self, z: Complex64) -> Complex64 {
        self.stieltjes_jet(z).value
    }

    /// `s(z)` and `s′(z)`, as [`MarchenkoPastur::stieltjes`].
    pub fn stieltjes_jet(&self, z: Complex64) -> Jet {
        // −0 would put the real axis under the cut.
        let z = Complex64::new(z.re, z.im + 0.0);
        let (a, b) = self.edges();
        let root = sqrt_upper(z - a) * sqrt_upper(z - b);
        let [value, derivative, ..] = marchenko_pastur(self.gamma, z, root);
        Jet { value, derivative }
    }

    /// The density of the continuous part, `√((b−x)(x−a))/(2πγx)` on `[a, b]` and 0 elsewhere.
    pub fn density(&self, x: f64) -> f64 {
        let (a, b) = self.edges();
        if a < x && x < b {
            ((b - x) * (x - a)).sqrt() / (2.0 * PI * self.gamma * x)
        } else {
            0.0
        }
    }
}

impl Response for MarchenkoPastur {
    /// From the quadratic of `y = ∫ dν/(1+tx)`: `t γ y² + (1 + t(1 − γ)) y − 1 = 0`, and
    /// `I = (1 − y)/t = 1/(y⁻¹ + …)` without the division by a small t: `I = y/(1 + tγy)`.
    fn response(&self, t: Complex64) -> Result<Jet, ResponseError> {
        if t.norm() == 0.0 {
            return Ok(Jet {
                value: Complex64::new(1.0, 0.0),
                derivative: Complex64::new(-(1.0 + self.gamma), 0.0),
            });
        }
        let z = -t.inv();
        // The transform is real for real z outside the support, and conjugate in the other half plane.
        let upper = Complex64::new(z.re, z.im.abs());
        let s = self.stieltjes(upper);
        let s = if z.im < 0.0 { s.conj() } else { s };
        let y = s / t;
        let slope = 2.0 * t * self.gamma * y + 1.0 + t * (1.0 - self.gamma);
        let dy = -(self.gamma * y * y + (1.0 - self.gamma) * y) / slope;
        let below = 1.0 + t * self.gamma * y;
        Ok(Jet {
            value: y / below,
            derivative: (dy - self.gamma * y * y) / (below * below),
        })
    }

    fn mass_at_zero(&self) -> f64 {
        MarchenkoPastur::mass_at_zero(self)
    }

    fn mean(&self) -> f64 {
        1.0
    }

    fn support_bound(&self) -> f64 {
        self.edges().1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATIOS: [f64; 4] = [0.2, 0.999, 1.0, 3.5];

    #[test]
    fn the_transform_solves_its_equation_on_the_right_branch() {
        for gamma in RATIOS {
            let law = MarchenkoPastur::new(gamma).unwrap();
            for re in [-3.0, -0.1, 1e-3, 0.05, 0.5, 1.0, 2.0, 6.0, 9.0, 1e4] {
                for im in [1e-9, 1e-3, 1.0, 1e3] {
                    let z = Complex64::new(re, im);
                    let s = law.stieltjes(z);
                    let again = (-z + (1.0 + gamma * s).inv()).inv();
                    assert!(
                        (s - again).norm() <= 1e-13 * s.norm() * (1.0 + (s * z).norm()),
                        "{gamma} {z}"
                    );
                    assert!(s.im > 0.0 && (z * s).im >= -1e-15, "{gamma} {z} {s}");
                }
            }
        }
    }

    #[test]
    fn from_above_the_real_axis_it_gives_the_density_and_the_atom() {
        for gamma in RATIOS {
            let law = MarchenkoPastur::new(gamma).unwrap();
            for x in [0.04, 0.7, 1.0, 2.5, 7.0, 12.0] {
                let s = law.stieltjes(Complex64::new(x, 0.0));
                assert!((s.im / PI - law.density(x)).abs() < 1e-14, "{gamma} {x}");
            }
            let z = Complex64::new(0.0, 1e-12);
            let atom = -(z * law.stieltjes(z)).re;
            let hard_edge = if gamma == 1.0 { 1e-5 } else { 1e-8 };
            assert!((atom - law.mass_at_zero()).abs() < hard_edge, "{gamma}");
        }
    }

    #[test]
    fn the_response_is_the_transform_at_minus_one_over_t() {
        for gamma in RATIOS {
            let law = MarchenkoPastur::new(gamma).unwrap();
            for t in [
                Complex64::new(0.3, 0.4),
                Complex64::new(-1.7, 1e-3),
                Complex64::new(-0.9, -0.4),
                Complex64::new(2.0, 0.0),
                Complex64::new(40.0, 3.0),
            ] {
                let jet = law.response(t).unwrap();
                let z = -t.inv();
                let s = law.stieltjes(Complex64::new(z.re, z.im.abs()));
                let s = if z.im < 0.0 { s.conj() } else { s };
                assert!(
                    (jet.value - (1.0 - s / t) / t).norm() < 1e-13,
                    "{gamma} {t}"
                );
                let h = 1e-4;
                let at = |u: Complex64| law.response(u).unwrap().value;
                let difference = (8.0 * (at(t + h) - at(t - h))
                    - (at(t + 2.0 * h) - at(t - 2.0 * h)))
                    / (12.0 * h);
                assert!(
                    (jet.derivative - difference).norm() < 1e-9 * (1.0 + difference.norm()),
                    "{gamma} {t}"
                );
            }
            let small = Complex64::new(1e-9, 1e-9);
            assert!(
                (law.response(small).unwrap().value - (1.0 - (1.0 + gamma) * small)).norm() < 1e-15
            );
            // At 0 itself, where the form above has no value: −∫ x² dν = −(1 + γ).
            let at_zero = law.response(Complex64::new(0.0, 0.0)).unwrap();
            assert_eq!(at_zero.value, Complex64::new(1.0, 0.0));
            assert!((at_zero.derivative + (1.0 + gamma)).norm() < 1e-15 * (1.0 + gamma));
        }
    }

    #[test]
    fn a_ratio_that_is_no_ratio_is_refused() {
        for gamma in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(MarchenkoPastur::new(gamma).is_err());
        }
    }
}
