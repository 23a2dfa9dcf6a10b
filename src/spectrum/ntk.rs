//! The NTK's features, the fewest that there are for the activation.

use super::features::FeatureMap;
use super::khatri_rao::KhatriRao;
use super::samples::{Layer, Samples};
use super::square::SymmetricSquare;
use crate::linalg::{LinalgError, Real};
use crate::model::Activation;
use ndarray::{ArrayView1, ArrayView2};

/// The features of the NTK of X (n×d), W (d×p), a (p) and `φ = σ′`; at `φ(x) = x` those of the symmetric part.
///
/// # Errors
/// Weights that are not finite.
///
/// # Panics
/// If the shapes do not fit.
pub fn ntk_features<S: Real>(
    x: Samples<S>,
    w: ArrayView2<'_, f64>,
    a: ArrayView1<'_, f64>,
    activation: &Activation,
) -> Result<Box<dyn FeatureMap>, LinalgError> {
    if *activation == Activation::Identity {
        return Ok(Box::new(SymmetricSquare::new(x, w, a)?));
    }
    let phi = activation.clone();
    let layer = Layer::new(w, a, move |u| phi.phi(u));
    Ok(Box::new(KhatriRao::ntk(x, layer)))
}
