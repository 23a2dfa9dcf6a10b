//! A tensor-algebra proof-checking toolkit for random matrices.
//!
//! | symbol | item | section of the talk |
//! |---|---|---|
//! | `A ⊗ B`, `τ₂₃`, `τ₂₄`, `ℐ_{d,p}` | [`tensor::outer`], [`tensor::tau_23`], [`tensor::tau_24`], [`tensor::identity_4`] | Covariance tensor |
//! | `G = WD/√d`, `𝒬` | [`covariance::Covariance`] | Covariance tensor, Adding the nonlinearity |
//! | `Cov ω` for any φ, exactly | [`covariance::ExactCovariance`] | Conclusion |
//! | spectrum of `𝒬` | [`covariance::linear_eigenvalues`] | Spectrum of 𝒬 |
//! | `𝒜`, `E𝒜`, block resolvent | [`linearization`] | Tensor Dyson equation |
//! | `𝒮(M)` | [`dyson::superoperator`] | Superoperator computation |
//! | `M`, `m(z)` | [`dyson::literal`], [`dyson::exchangeable`], [`dyson::scalar`] | Tensor Dyson equation |
//! | gaps, exact separation | [`measure::clusters`] | Conclusion |
//! | test error of ridge regression | [`dyson::Ridge`] | Conclusion |
//! | `c₀, α, β²`, `φ = σ′` | [`model::HermiteData`], [`model::Activation`] | Main result |
//! | `I(t) = ∫ x dν/(1+tx)` | [`measure::Response`] | Limiting distribution |
//! | the Marchenko–Pastur map | [`measure::marchenko_pastur_map`] | Limiting distribution |
//!
//! Modules depend on one another in one direction: [`tensor`], [`linalg`] and [`measure`] at the ground;
//! [`model`], [`covariance`], [`linearization`], [`dyson`] and [`spectrum`] above; [`ledger`] and
//! [`report`] know of no paper. The talk's derivation is the binary `derivations`, written with nothing
//! but this public interface.

pub mod covariance;
pub mod dyson;
pub mod ledger;
pub mod linalg;
pub mod linearization;
pub mod measure;
pub mod model;
pub mod report;
pub mod spectrum;
pub mod symbolic;
pub mod tensor;

/// The README's code runs as a doctest.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
