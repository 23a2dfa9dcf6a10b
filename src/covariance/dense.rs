//! 𝒬 as the talk writes it: a dense 4-tensor built with the braids. The oracle for the other two forms.

use super::Covariance;
use crate::tensor::{outer, tau_23, tau_24};
use ndarray::{Array2, Array4, ArrayView2, LinalgScalar};

/// `τ₂₃(I_d ⊗ GᵀG) + τ₂₄(G ⊗ G)`, of shape (d, p, d, p), over any scalar.
///
/// Slide 'Covariance tensor' (which writes W for G).
pub fn linear_covariance<A: LinalgScalar>(g: ArrayView2<'_, A>) -> Array4<A> {
    let (first, second) = braided_covariance(g);
    first + second
}

/// The two braided parts of [`linear_covariance`]: `τ₂₃(I_d ⊗ GᵀG)` and `τ₂₄(G ⊗ G)`, each d×p×d×p for a d×p
/// matrix G. Entries: `δ_ac (GᵀG)_be` and `G_ae G_cb`.
///
/// Slide 'Covariance tensor'.
pub fn braided_covariance<A: LinalgScalar>(g: ArrayView2<'_, A>) -> (Array4<A>, Array4<A>) {
    let gram = g.t().dot(&g);
    let identity = Array2::eye(g.nrows());
    (
        tau_23(outer(identity.view(), gram.view()).view()).to_owned(),
        tau_24(outer(g, g).view()).to_owned(),
    )
}

impl Covariance {
    /// 𝒬 as a dense tensor of shape (d, p, d, p): `(dp)²` numbers. Slide 'Adding the nonlinearity'.
    pub fn dense(&self) -> Array4<f64> {
        let identity = Array2::eye(self.g.nrows());
        let right = self.right_factor();
        linear_covariance(self.g.view()) * (self.alpha * self.alpha)
            + tau_23(outer(identity.view(), right.view()).view())
    }
}
