//! Write the model, get the law: a feature in index notation, and what follows from it.
//!
//! A [`Model`] is one line, `ω[a,b] = x[a] G[k,b] x[k]`, with the laws of its data and weights and its sizes. From it a
//! [`Derivation`] finds `E ω` and `Cov ω = 𝒬` by the calculus of [`symbolic`](crate::symbolic), proved for every
//! dimension; 𝒬 as an operator and its eigenvalues, by structure where it has one; the law of the kernel
//! `K_ij = ⟨ω^i, ω^j⟩/N`; samples by evaluating the same text; and near misses of all of it, which must be refuted.
//! [`Derivation::claims`] are claims as those of a derivation by hand.
//!
//! ```
//! use tensor_dyson::derive::{Derivation, Model};
//!
//! let model = Model::read(r#"
//! feature = "ω[a,b] = x[a] G[k,b] x[k]"
//! [sizes]
//! p = "3/2 d"
//! n = "1/2 d p"
//! [data]
//! x = "gaussian"
//! [weights]
//! G = { law = "gaussian", variance = "1/d" }
//! "#)?;
//! let derivation = Derivation::of(model)?;
//! assert_eq!(derivation.braids().as_deref(), Some("τ₂₃(I⊗GᵀG) + τ₂₄(G⊗G)"));
//! assert_eq!(derivation.claims().len(), 6);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The form of the file, and `tensor-dyson derive`: `docs/models.md`.

mod applied;
mod arrays;
mod built;
mod claimed;
mod claims;
mod concentration;
mod concentration_claim;
mod degree;
mod drawn;
mod equation;
mod equation_by_root;
mod equation_claim;
mod equation_rows;
mod error;
mod forms;
mod functions;
mod keys;
mod law;
mod law_claim;
mod laws;
mod limit;
mod limit_claim;
mod means;
mod model;
mod model_laws;
mod moments;
mod network;
mod notation;
mod ntk;
mod operator;
mod order;
mod outlier;
mod pairing;
mod rank;
mod read;
mod read_checks;
mod read_feature;
mod read_functions;
mod read_sizes;
mod rows;
mod size;
mod spectrum;
mod spectrum_claim;
mod statements;
mod symmetrised;
mod unsettled;
mod variants;

pub use applied::Applied;
pub use claims::{Derivation, DerivationError};
pub use concentration::Concentration;
pub use drawn::{DrawError, Drawn};
pub use error::{ModelFault, ModelTextError};
pub use functions::Function;
pub use law::{GramKernel, NoRung, Ratio, Rungs};
pub use limit::Limit;
pub use model::{Data, Feature, Model, NamedSize, Weights};
pub use model_laws::{DataLaw, SphereOrder, WeightsLaw};
pub use moments::Moments;
pub use ntk::{NtkLawError, ntk_law, second_moments};
pub use operator::Operator;
pub use pairing::{Link, Pairing};
pub use rows::Rows;
pub use size::ModelSizes;
pub use spectrum::{SpectralStructure, Spectrum, SpectrumFault};
pub use symmetrised::Symmetrised;
pub use variants::{Variant, variants};
