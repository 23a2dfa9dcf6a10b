//! Sampled spectra: kernels that are never formed, their eigenvalues, and their distance from laws.
//!
//! A kernel is the Gram matrix of features, `K_ij = ⟨ω_i, ω_j⟩` ([`FeatureMap`]); it acts on vectors by products
//! of matrices over blocks of samples, on the side of the samples ([`Kernel`]) or of the features
//! ([`SampleCovariance`]). All sums have a fixed order: the numbers do not depend on the number of threads.

mod certified;
mod confirmation;
mod dense;
mod distinct;
mod distribution;
mod enclosure;
mod extremes;
mod features;
mod gauss_rule;
mod khatri_rao;
mod krylov;
mod lanczos;
mod ntk;
mod operator;
mod pairs;
mod plain;
mod plan;
mod plan_error;
mod quadrature;
mod rotation;
mod route;
mod samples;
mod sorted_moments;
mod square;
mod subspace;

pub use certified::{CONFIDENCE, Certified, certified};
pub(crate) use dense::dense_spectrum;
pub use dense::{DenseSpectrum, Side, dense_eigenvalues, kernel_matrix};
pub(crate) use distinct::DistinctRows;
pub use distribution::{Kolmogorov, MassAtZero, SampledDistribution};
pub use enclosure::Enclosure;
pub use extremes::{AllEigenvalues, Extremes, Progress, RitzValue, SpectrumError};
pub use features::{FeatureMap, Kernel, SampleCovariance};
pub use gauss_rule::GaussRule;
pub use khatri_rao::{KhatriRao, LayerFeatures};
pub use lanczos::{Lanczos, extremes};
pub(crate) use ntk::NtkModel;
pub use ntk::{NtkError, ntk_features};
pub use operator::{Combination, SymmetricOperator};
pub use pairs::PairKernel;
pub use plain::{Plain, Stacked};
pub use plan::{Plan, Problem, plan};
pub(crate) use plan::{reserve, weights_bytes};
pub use plan_error::{MemoryError, Needs, PlanError};
pub use quadrature::{Depth, Quadrature, QuadratureError, quadrature};
pub use rotation::Rotation;
pub use route::{Reason, Route};
pub use samples::{BLOCK, DrawnRows, Layer, Samples};
pub use square::SymmetricSquare;

use crate::measure::Response;
use num_complex::Complex64;

/// `(1/n) Σ 1/(λ_i − z)`, the Stieltjes transform of n eigenvalues. Slide 'Limiting distribution'.
pub fn empirical_stieltjes(eigenvalues: &[f64], z: Complex64) -> Complex64 {
    let sum: Complex64 = eigenvalues.iter().map(|&x| (x - z).inv()).sum();
    sum / eigenvalues.len() as f64
}

/// `(1 + √γ)² sup supp ν`, an upper bound of the support of the Marchenko–Pastur map of ν with ratio `gamma`: that of
/// `XDXᵀ/d` is at most `‖D‖` times that of `XXᵀ/d`.
pub fn support_bound(gamma: f64, nu: &dyn Response) -> f64 {
    nu.support_bound() * (1.0 + gamma.sqrt()).powi(2)
}

#[cfg(test)]
mod tests;
