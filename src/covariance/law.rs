//! The law of 𝒬 for given W and a, at finite d and p.

use super::{Covariance, CovarianceError};
use crate::linalg::symmetric_eigenvalues;
use crate::measure::Atoms;
use crate::tensor::matricize;

/// The largest dp for which the eigenvalues of unequal weights are computed: the dense matrix has its square as entries.
const LARGEST: usize = 4096;

impl Covariance {
    /// The law of the bulk 𝒬 (`c₀ = 0`): mass 1/dp at each of its dp eigenvalues.
    ///
    /// For weights of one size the eigenvalues follow from the singular values of W, whatever d and p. For others no such
    /// form is known, and they are those of the dense matrix, up to `dp = 4096`. Each is right to some `dp ε‖𝒬‖`.
    /// [`Law::from`](crate::measure::Law) and [`Law::mp_map`](crate::measure::Law::mp_map) make of it the law that an NTK with these
    /// first-layer weights follows:
    ///
    /// ```
    /// use ndarray::array;
    /// use tensor_dyson::{covariance::Covariance, measure::Law, model::Activation};
    /// let (w, a) = (array![[1.0, 2.0], [0.0, 1.0]], array![1.0, -0.5]);
    /// let q = Covariance::new(w.view(), a.view(), &Activation::Cos.hermite_data())?;
    /// let kernel = Law::from(&q.law()?).mp_map(0.5)?;
    /// assert!(kernel.stieltjes(num_complex::Complex64::new(0.3, 1e-6))?.radius < 1e-9);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`CovarianceError::TooLarge`] for unequal weights and `dp > 4096`, or a decomposition that fails.
    pub fn law(&self) -> Result<Atoms, CovarianceError> {
        let bulk = self.bulk();
        let eigenvalues = match bulk.eigenvalues() {
            Ok(eigenvalues) => eigenvalues.expanded(),
            Err(CovarianceError::Weights { .. }) => {
                let (d, p) = self.shape();
                let size = d.saturating_mul(p);
                if size > LARGEST {
                    return Err(CovarianceError::TooLarge {
                        size,
                        limit: LARGEST,
                    });
                }
                symmetric_eigenvalues(matricize(bulk.dense().view()).view())?
            }
            Err(error) => return Err(error),
        };
        // 𝒬 is a square and a positive diagonal: what is below 0 is rounding.
        let positive = eigenvalues.into_iter().map(|x| x.max(0.0)).collect();
        Ok(Atoms::empirical(positive)?)
    }
}
