//! The Gaussian kernels of an activation: expectations of φ, φ′, φ″ at two correlated Gaussians.

use super::mehler::{self, Series};
use crate::model::Activation;
use ndarray::{Array1, Array2, ArrayView2};
use std::f64::consts::PI;

/// `K^{kl}_be = E φ^{(k)}(u_b) φ^{(l)}(u_e)`, `u ~ N(0, R)`: the kernels `K⁰⁰`, `K¹¹`, `K²⁰` (p×p each) and the means
/// `E φ(u_b)`, `E φ′(u_b)` (length p) that [`super::ExactCovariance`] is made of.
///
/// Closed forms for x, cos, sin, the Gaussian bump (Williams 1996) and the step (the arcsine law; Cho and Saul 2009).
/// For the others, with `φ(√r z) = Σ_j c_j(r) h_j(z)` in orthonormal Hermite polynomials, `r = R_bb`, `r′ = R_ee` and
/// `ρ = R_be/√(r r′)`, the series of Mehler (1866):
///
/// ```math
/// K⁰⁰ = Σ_j c_j c′_j ρʲ,   √(r r′) K¹¹ = Σ_j (j+1) c_{j+1} c′_{j+1} ρʲ,   r K²⁰ = Σ_j √((j+1)(j+2)) c_{j+2} c′_j ρʲ.
/// ```
///
/// Where `u_b` and `u_e` are proportional (always for b = e) the three terms of Stein's formula are one,
/// and only their sum exists for a φ with a jump: it then stands in `bend`, and `slope` is 0.
#[derive(Debug, Clone)]
pub struct GaussianKernels {
    /// `K⁰⁰_be = E φ(u_b) φ(u_e)`.
    pub value: Array2<f64>,
    /// `K¹¹_be = E φ′(u_b) φ′(u_e)`.
    pub slope: Array2<f64>,
    /// `K²⁰_be = E φ″(u_b) φ(u_e)`.
    pub bend: Array2<f64>,
    /// `E φ(u_b)`.
    pub mean: Array1<f64>,
    /// `E φ′(u_b)`.
    pub mean_slope: Array1<f64>,
    /// An upper bound of what the series leaves out of any entry; 0 for closed forms and polynomials.
    pub truncation: f64,
}

/// One entry of the three kernels.
pub(super) struct Entry {
    pub value: f64,
    pub slope: f64,
    pub bend: f64,
}

impl GaussianKernels {
    /// The kernels of φ at the covariance R (p×p, positive semidefinite) of u.
    ///
    /// # Panics
    /// If R is not square.
    pub fn new(activation: &Activation, gram: ArrayView2<'_, f64>) -> Self {
        let phi = |x: f64| activation.phi(x);
        match activation {
            Activation::Identity => closed(gram, |_| (0.0, 1.0), identity),
            Activation::Cos => closed(gram, |r| ((-0.5 * r).exp(), 0.0), cos),
            Activation::Sin => closed(gram, |r| (0.0, (-0.5 * r).exp()), sin),
            Activation::ErfPrime => closed(
                gram,
                |r| (2.0 / (PI * (1.0 + 2.0 * r)).sqrt(), 0.0),
                erf_prime,
            ),
            Activation::Step => closed(
                gram,
                |r| {
                    if r > 0.0 {
                        (0.5, (2.0 * PI * r).sqrt().recip())
                    } else {
                        (0.0, 0.0)
                    }
                },
                step,
            ),
            Activation::Hermite(c) => mehler::kernels(&phi, Series::Whole(c.len().max(1)), gram),
            // Where an expression or samples have kinks the series is long, and `truncation` says so.
            Activation::TanhPrime
            | Activation::Smooth(_)
            | Activation::Expression(_)
            | Activation::Sampled(_) => mehler::kernels(&phi, Series::Cut, gram),
        }
    }

    /// The kernels of any φ that is analytic in a strip about the real axis, at the p×p Gram matrix R, by the Mehler
    /// series (Mehler 1866).
    ///
    /// # Panics
    /// If R is not square.
    pub fn of(phi: &dyn Fn(f64) -> f64, gram: ArrayView2<'_, f64>) -> Self {
        mehler::kernels(phi, Series::Cut, gram)
    }
}

/// Kernels from the means `r ↦ (E φ, E φ′)` and the entry `(r_b, r_e, R_be)`.
fn closed(
    gram: ArrayView2<'_, f64>,
    means: impl Fn(f64) -> (f64, f64),
    entry: impl Fn(f64, f64, f64) -> Entry,
) -> GaussianKernels {
    let p = square(gram);
    let variances = gram.diag();
    let mut kernels = GaussianKernels {
        value: Array2::zeros((p, p)),
        slope: Array2::zeros((p, p)),
        bend: Array2::zeros((p, p)),
        mean: variances.mapv(|r| means(r).0),
        mean_slope: variances.mapv(|r| means(r).1),
        truncation: 0.0,
    };
    for ((b, e), &r) in gram.indexed_iter() {
        let at = entry(variances[b], variances[e], r);
        kernels.value[[b, e]] = at.value;
        kernels.slope[[b, e]] = at.slope;
        kernels.bend[[b, e]] = at.bend;
    }
    kernels
}

pub(super) fn square(gram: ArrayView2<'_, f64>) -> usize {
    let (rows, cols) = gram.dim();
    assert!(
        rows == cols,
        "the covariance of u is square, not {rows}×{cols}"
    );
    rows
}

/// Whether two Gaussians of these variances and this covariance are proportional to rounding.
pub(super) fn proportional(rb: f64, re: f64, r: f64) -> bool {
    rb * re - r * r <= 8.0 * f64::EPSILON * rb * re
}

fn identity(_: f64, _: f64, r: f64) -> Entry {
    Entry {
        value: r,
        slope: 1.0,
        bend: 0.0,
    }
}

/// `E cos u cos v = e^{−(r+r′)/2} cosh R`, `E sin u sin v` with sinh, from `cos(u ± v)`.
fn cos(rb: f64, re: f64, r: f64) -> Entry {
    let scale = (-0.5 * (rb + re)).exp();
    Entry {
        value: scale * r.cosh(),
        slope: scale * r.sinh(),
        bend: -scale * r.cosh(),
    }
}

fn sin(rb: f64, re: f64, r: f64) -> Entry {
    let scale = (-0.5 * (rb + re)).exp();
    Entry {
        value: scale * r.sinh(),
        slope: scale * r.cosh(),
        bend: -scale * r.sinh(),
    }
}

/// For `φ = (2/√π) e^{−x²}`: `K⁰⁰ = (4/π) det(1 + 2R)^{−1/2}`, and the derivatives bring down moments of
/// the tilted covariance `R(1 + 2R)⁻¹`.
fn erf_prime(rb: f64, re: f64, r: f64) -> Entry {
    let det = (1.0 + 2.0 * rb) * (1.0 + 2.0 * re) - 4.0 * r * r;
    let value = 4.0 / (PI * det.sqrt());
    let (tilted_variance, tilted) = ((rb * (1.0 + 2.0 * re) - 2.0 * r * r) / det, r / det);
    Entry {
        value,
        slope: 4.0 * tilted * value,
        bend: (4.0 * tilted_variance - 2.0) * value,
    }
}

/// `K⁰⁰ = ¼ + arcsin(ρ)/2π`, `K¹¹` the density of (u, v) at 0, and `E u δ(u) 1_{v>0} = 0` gives
/// `K²⁰ = −(R/r) K¹¹`.
fn step(rb: f64, re: f64, r: f64) -> Entry {
    if rb == 0.0 || re == 0.0 {
        // φ(0) = 0.
        return Entry {
            value: 0.0,
            slope: 0.0,
            bend: 0.0,
        };
    }
    if proportional(rb, re, r) {
        // E 1_{u>0} (u² − r) = 0: the sum of the three terms vanishes.
        return Entry {
            value: if r > 0.0 { 0.5 } else { 0.0 },
            slope: 0.0,
            bend: 0.0,
        };
    }
    let slope = (2.0 * PI * (rb * re - r * r).sqrt()).recip();
    Entry {
        value: 0.25 + (r / (rb * re).sqrt()).asin() / (2.0 * PI),
        slope,
        bend: -r / rb * slope,
    }
}
