//! The law of a network's kernel for the covariance of its data.

use super::claims::{Derivation, DerivationError};
use super::drawn::{DrawError, Drawn};
use super::error::ModelTextError;
use super::functions::Function;
use super::model::Model;
use super::operator::Operator;
use super::spectrum::{SpectralStructure, Spectrum, SpectrumFault};
use crate::measure::{Law, LawError};
use crate::model::{Activation, Streams};
use ndarray::{ArrayD, ArrayView1, ArrayView2};
use std::collections::BTreeMap;

/// The feature `ω = x ⊗ Dφ(Gᵀx)`, `x ~ N(0, Σ)`.
const MODEL: &str = r#"
feature = "ω[a,b] = x[a] A[b] φ(G[k,b] x[k])"
[sizes]
p = "d"
n = "1/2 d p"
[activations]
φ = "step"
[data]
x = { law = "gaussian", covariance = "Σ" }
[weights]
A = "gaussian"
G = "gaussian"
Σ = { covariance = [1, 1] }
"#;

/// The law of the NTK `(1/d) XXᵀ ∘ (1/p) FFᵀ`, `F = φ(XW/√d) diag(a)`, of n rows with the covariance Σ (d×d), for W (d×p) and a (p).
///
/// It is the Marchenko–Pastur map, with ratio `n/(dp)`, of the eigenvalues of
///
/// ```math
/// 𝒬 ≈ τ₂₃(Σ⊗(diag(a²v) + CᵀΣC)) + τ₂₄(ΣC⊗ΣC),   C = G diag(a m₁),   G = W/√d,
/// ```
///
/// with `m₁`, `v` of φ at the variance `g_bᵀΣg_b` of each unit: derived from the model `x[a] A[b] φ(G[k,b] x[k])`, as `tensor-dyson
/// derive` does. Up to 2500 features the eigenvalues are those of the dense matrix, beyond those of a quadrature, by products
/// with 𝒬. The rows enter by their covariance alone: where n ≫ d that of a sample will do.
///
/// # Errors
/// [`NtkLawError`].
///
/// # Panics
/// If Σ, W and a are not of the sizes d×d, d×p and p.
pub fn ntk_law(
    covariance: ArrayView2<'_, f64>,
    w: ArrayView2<'_, f64>,
    a: ArrayView1<'_, f64>,
    activation: &Activation,
    n: usize,
) -> Result<(Law, Spectrum), NtkLawError> {
    let (d, p) = w.dim();
    assert!(
        covariance.dim() == (d, d) && a.len() == p,
        "Σ of shape {:?} and {} weights a for W of shape {:?}",
        covariance.dim(),
        a.len(),
        w.dim()
    );
    let mut model = Model::read(MODEL)?;
    for applied in &mut model.functions {
        applied.function = Function::slope_of(activation.clone());
    }
    let derivation = Derivation::of(model)?;
    let given: [(&str, ArrayD<f64>); 3] = [
        ("A", a.to_owned().into_dyn()),
        ("G", (&w / (d as f64).sqrt()).into_dyn()),
        ("Σ", covariance.to_owned().into_dyn()),
    ];
    let weights = given.map(|(name, array)| (name.to_owned(), array)).into();
    let spaces = BTreeMap::from([("d".to_owned(), d), ("p".to_owned(), p)]);
    let drawn = Drawn::given(&derivation.model, spaces, n, weights)?;
    let expression = derivation.limiting();
    let operator = Operator::new(expression, &drawn);
    let structure = SpectralStructure::of(expression, &drawn, &derivation.symmetric())
        .map_err(SpectrumFault::Linalg)?;
    let mut spectrum = structure.spectrum(&operator, Streams::new(0, "quadrature"))?;
    // 𝒬 is a covariance: what is below 0 is rounding.
    spectrum.at.iter_mut().for_each(|x| *x = x.max(0.0));
    let law = Law::atoms(spectrum.at.clone(), spectrum.mass.clone())?;
    let law = law.mp_map(n as f64 / (d * p) as f64)?;
    Ok((law, spectrum))
}

/// `XᵀX/n`, the second moments of the rows: their covariance where their mean is 0.
pub fn second_moments(x: ArrayView2<'_, f64>) -> ndarray::Array2<f64> {
    crate::linalg::gram(x.t()) / x.nrows() as f64
}

/// Why a covariance has no law here.
#[derive(Debug, thiserror::Error)]
pub enum NtkLawError {
    /// The model is not read.
    #[error(transparent)]
    Model(#[from] ModelTextError),
    /// Nothing is derived of it.
    #[error(transparent)]
    Derivation(#[from] DerivationError),
    /// The means of φ are not found.
    #[error(transparent)]
    Draw(#[from] DrawError),
    /// 𝒬's eigenvalues are not found.
    #[error(transparent)]
    Spectrum(#[from] SpectrumFault),
    /// They are no law.
    #[error(transparent)]
    Law(#[from] LawError),
}
