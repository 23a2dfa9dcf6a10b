//! A tensor-algebra proof-checking toolkit for random matrices.
//!
//! With it a derivation is written as claims that a program settles: each is proved for every dimension, or evaluated
//! exactly or on samples; its printed formula is evaluated too; and near misses through the same code must be refuted.
//! The first derivation is the talk of Benigni and Paquette on the Neural Tangent Kernel in the quadratic scaling,
//! the binary `derivations`, written with nothing but this public interface. [`guide`] leads to one of your own.
//!
//! # From symbols to items to slides
//!
//! X is n×d, W is d×p, a has length p; a 4-tensor of shape d×p×d×p acts on d×p matrices; `γ₁ = n/(dp)`, `γ₂ = p/d`.
//!
//! | symbol | item | shape | slide |
//! |---|---|---|---|
//! | X, W, a, `K = (1/d)XXᵀ ∘ (1/p)…` | [`model::NtkSample`], [`model::ntk`] | n×n | Main result |
//! | `c₀ = Eφ, α = Ezφ, β² = Eφ²`, `φ = σ′` | [`model::HermiteData`], [`model::Activation`] | | Main result |
//! | `XXᵀ/d ∘ YYᵀ/p` | [`model::hadamard_gram`] | n×n | Linear and Quadratic Scaling |
//! | `A ⊗ B`, `τ₂₃`, `τ₂₄`, `ℐ_{d,p}` | [`tensor::outer`], [`tensor::tau_23`], [`tensor::tau_24`], [`tensor::identity_4`] | d×p×d×p | Covariance tensor |
//! | `T·M`, `⟨S, T⟩` | [`tensor::act`], [`tensor::inner`] | d×p, scalar | Covariance tensor |
//! | `G = WD/√d`, `𝒬` | [`covariance::Covariance`], [`covariance::braided_covariance`] | d×p, d×p×d×p | Covariance tensor, Adding the nonlinearity |
//! | `Cov ω` for any φ, exactly | [`covariance::ExactCovariance`] | d×p×d×p | Conclusion |
//! | `σ_i² + σ_j²`, i ≤ j | [`covariance::linear_eigenvalues`] | dp values | Spectrum of 𝒬 |
//! | law of `𝒬`, d → ∞ | [`measure::WeightedCovariance`] | | Main result |
//! | `ω^i`, `𝒜`, `E𝒜` | [`linearization::feature_tensor`], [`linearization::linearization`], [`linearization::mean_linearization`] | d×p×n | Tensor Dyson Equation |
//! | `[[−z, 𝒜ᵀ], [𝒜, −ℐ]]⁻¹` | [`linearization::block_resolvent`] | n+dp square, as [`linearization::Blocks`] | Tensor Dyson Equation |
//! | `𝒮(M)` | [`dyson::superoperator()`] | as M | Superoperator computation |
//! | M, `m(z)` | [`dyson::literal`], [`dyson::exchangeable`], [`dyson::scalar`] | blocks; d×p; scalar | Tensor Dyson Equation |
//! | `s(z) = ∫ dμ/(x − z)` | [`measure::Law::stieltjes`], [`spectrum::empirical_stieltjes`] | | Limiting distribution |
//! | `I(t) = ∫ x dν/(1+tx)` | [`measure::Response`] | | Limiting distribution |
//! | the Marchenko–Pastur map | [`measure::Law::mp_map`], [`measure::marchenko_pastur_map`] | | Limiting distribution |
//! | `μ ⊞ ν`, `μ ⊠ ν`, `μ * ν` | [`measure::Law`], written for [`measure::Law::parse`] | | Limiting distribution |
//! | `X D Xᵀ + Y Yᵀ, ab + ba, …` | [`polynomial::MatrixExpression`] | | Tensor Dyson Equation |
//! | edges, gaps | [`measure::Law::support`], [`measure::clusters`] | | Conclusion |
//! | test error of ridge regression | [`dyson::Ridge`] | | Conclusion |
//! | K against its law, from sizes or data | [`study::Study`] | | Main result |
//! | K at n = 10⁵ and more, never formed | [`spectrum::Kernel`], [`spectrum::quadrature()`] | | Main result |
//! | `S = XᵀX/N` of a data matrix, its bulk, components, noise | [`sample_covariance::DataSpectrum`] | | |
//! | `F₁(s)`, Tracy–Widom | [`sample_covariance::tracy_widom`] | | |
//! | `E ω⊗ω = …` for every d and p | [`symbolic::Theory`], [`symbolic::Proof`] | | all |
//! | a feature `ω[a,b] = x[a] G[k,b] x[k]` and all that follows | [`derive::Model`], [`derive::Derivation`] | | beyond the talk |
//! | a claim, its evidence, its controls | [`ledger::Claim`], [`ledger::Measurement`], [`ledger::run`] | | all |
//! | the page, the program | [`report::write_report`], [`report::Program`] | | all |
//!
//! Modules depend on one another in one direction: [`tensor`], [`linalg`], [`measure`] and [`files`] at the ground;
//! [`model`], [`covariance`], [`linearization`], [`dyson`], [`symbolic`], [`polynomial`], [`spectrum`] and [`sample_covariance`] above, and on
//! them [`study`]; [`ledger`] and
//! [`report`] know of no paper; [`mod@derive`] makes claims from a model.
//!
//! Formulas stand in Unicode, long ones on lines of their own. What is wrong with
//! data or with the numerics is an error whose fields are numbers; a panic is a mistake in the program that calls.

#[doc = include_str!("../docs/guide.md")]
pub mod guide {}

pub mod covariance;
#[cfg(feature = "models")]
pub mod derive;
pub mod dyson;
pub mod files;
pub mod ledger;
pub mod linalg;
pub mod linearization;
pub mod measure;
pub mod model;
mod numbers;
mod numerals;
pub mod polynomial;
pub mod report;
pub mod sample_covariance;
pub mod spectrum;
pub mod study;
pub mod symbolic;
pub mod tensor;

/// The README's code runs as a doctest.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
