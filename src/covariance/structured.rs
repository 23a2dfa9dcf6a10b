//! The covariance of `ω = x ⊗ φ(Vᵀx)` for structured data, `x ~ N(0, Σ)`, a = ±1.

use super::{CovarianceError, check};
use crate::linalg::{product, symmetric_eigenvalues};
use crate::model::HermiteData;
use ndarray::{Array1, Array2, Array4, ArrayView2};

/// `𝒬 = α²(τ₂₃(Σ⊗GᵀΣG) + τ₂₄(ΣG⊗ΣG)) + c τ₂₃(Σ⊗I)`, `G = W/√d` (d×p), `c = β² − α² − c₀²`, for rows `x ~ N(0, Σ)` with `Tr Σ = d`:
/// the bulk of `Cov ω`, `ω = x ⊗ φ(Gᵀx)`, exactly so for φ = x.
///
/// Σ is given by its eigenvalues, and W in its eigenbasis, where a Gaussian W is Gaussian still. With `S = Σ^{1/2}GGᵀΣ^{1/2}`
/// and `𝒮(M) = Σ^{1/2}(MGᵀ + GMᵀ)Σ^{1/2}` on symmetric d×d matrices, `𝒮*(Y) = 2Σ^{1/2}YΣ^{1/2}G`, the linear part is `½α²𝒮*𝒮`, so that
/// its nonzero eigenvalues are those of `Y ↦ α²(ΣYS + SYΣ)`. No published source; claims `structured-spectrum` and
/// `structured-nonlinearity` prove and measure it.
#[derive(Debug, Clone)]
pub struct StructuredCovariance {
    variances: Array1<f64>,
    g: Array2<f64>,
    alpha: f64,
    shift: f64,
}

impl StructuredCovariance {
    /// For the eigenvalues of Σ (length d), W (d×p) and the Hermite data of φ at variance 1.
    ///
    /// # Errors
    /// An empty or mismatched shape, a variance that is negative, or an entry that is not finite.
    ///
    /// ```
    /// use ndarray::array;
    /// use tensor_dyson::{covariance::StructuredCovariance, model::Activation};
    /// let w = array![[1.0, 2.0, 0.5], [0.0, 1.0, -1.0]];
    /// let q = StructuredCovariance::new(&[0.5, 1.5], w.view(), &Activation::Identity.hermite_data())?;
    /// assert_eq!(q.linear_eigenvalues()?.len(), 3);
    /// # Ok::<(), tensor_dyson::covariance::CovarianceError>(())
    /// ```
    pub fn new(
        variances: &[f64],
        w: ArrayView2<'_, f64>,
        phi: &HermiteData,
    ) -> Result<Self, CovarianceError> {
        let (d, p) = w.dim();
        check(w, Array1::ones(p).view())?;
        if variances.len() != d {
            let given = variances.len();
            return Err(CovarianceError::Variances { d, given });
        }
        if let Some((index, &value)) = variances
            .iter()
            .enumerate()
            .find(|(_, x)| !(x.is_finite() && **x >= 0.0))
        {
            return Err(CovarianceError::Variance { index, value });
        }
        Ok(StructuredCovariance {
            variances: Array1::from(variances.to_vec()),
            g: &w / (d as f64).sqrt(),
            alpha: phi.alpha(),
            shift: phi.shift(),
        })
    }

    /// `S = Σ^{1/2}GGᵀΣ^{1/2}`, d×d.
    pub fn image(&self) -> Array2<f64> {
        let roots = self.variances.mapv(f64::sqrt).insert_axis(ndarray::Axis(1));
        let half = &self.g * &roots;
        product(half.view(), half.t())
    }

    /// The tensor of shape (d, p, d, p).
    pub fn dense(&self) -> Array4<f64> {
        let (d, p) = self.g.dim();
        let square = self.alpha * self.alpha;
        let tilted = &self.g * &self.variances.view().insert_axis(ndarray::Axis(1));
        let inner = product(self.g.t(), tilted.view());
        Array4::from_shape_fn((d, p, d, p), |(a, b, c, e)| {
            let crossed = square * tilted[[a, e]] * tilted[[c, b]];
            if a != c {
                return crossed;
            }
            let shift = if b == e { self.shift } else { 0.0 };
            crossed + self.variances[a] * (square * inner[[b, e]] + shift)
        })
    }

    /// The d(d+1)/2 eigenvalues of `Y ↦ α²(ΣYS + SYΣ)` on symmetric matrices, ascending: with c = 0 the eigenvalues of 𝒬 but for
    /// zeros. `O(d⁶)` operations.
    ///
    /// # Errors
    /// No convergence of the decomposition.
    pub fn linear_eigenvalues(&self) -> Result<Vec<f64>, CovarianceError> {
        self.compressed(&self.variances)
    }

    /// `log det(ℐ + t𝒬)` for t ≥ 0, exactly, with `Σ_t = Σ(1 + tcΣ)⁻¹`:
    ///
    /// ```math
    /// p Σ_i log(1 + tcΣ_i) + log det(1 + tα²(Σ_t · S + S · Σ_t))   on symmetric d×d matrices.
    /// ```
    ///
    /// By Woodbury over `𝒬 = ½α²𝒮*𝒮 + cΣ·`: `Σ^{1/2}` and `(1 + tcΣ)⁻¹` commute.
    ///
    /// # Errors
    /// No convergence of the decomposition.
    pub fn log_det(&self, t: f64) -> Result<f64, CovarianceError> {
        let damped = self.variances.mapv(|x| 1.0 + t * self.shift * x);
        let first: f64 = damped.iter().map(|x| x.ln()).sum();
        let values = self.compressed(&(&self.variances / &damped))?;
        let second: f64 = values.iter().map(|x| (t * x).ln_1p()).sum();
        Ok(self.g.ncols() as f64 * first + second)
    }

    /// The eigenvalues of `Y ↦ α²(AYS + SYA)` on symmetric matrices, A diagonal.
    fn compressed(&self, a: &Array1<f64>) -> Result<Vec<f64>, CovarianceError> {
        let (d, s) = (self.g.nrows(), self.image());
        let pairs: Vec<(usize, usize)> = (0..d).flat_map(|i| (i..d).map(move |j| (i, j))).collect();
        // Orthonormal: (E_ij + E_ji) times this.
        let norm = |(i, j): (usize, usize)| if i == j { 0.5 } else { 0.5_f64.sqrt() };
        let entry = |i: usize, j: usize, k: usize, l: usize| {
            let left = if i == k { a[i] * s[[l, j]] } else { 0.0 };
            let right = if l == j { s[[i, k]] * a[j] } else { 0.0 };
            left + right
        };
        let square = self.alpha * self.alpha;
        let operator = Array2::from_shape_fn((pairs.len(), pairs.len()), |(x, y)| {
            let ((i, j), (k, l)) = (pairs[x], pairs[y]);
            let sum = entry(i, j, k, l) + entry(i, j, l, k) + entry(j, i, k, l) + entry(j, i, l, k);
            square * norm(pairs[x]) * norm(pairs[y]) * sum
        });
        Ok(symmetric_eigenvalues(operator.view())?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::covariance::Covariance;
    use crate::model::{EntryLaw, Streams};
    use crate::tensor::matricize;

    /// Against dense eigenvalues, for d < p, d = p and d > p; white data give the talk's 𝒬.
    #[test]
    fn the_forms_agree_with_dense_eigenvalues() {
        let phi = HermiteData::new(0.3, 0.8, 1.4).unwrap();
        for (k, (d, p)) in [(4, 6), (5, 5), (6, 4)].into_iter().enumerate() {
            let rng = &mut Streams::new(3, "structured").stream(k as u64);
            let w = EntryLaw::Gaussian.matrix(d, p, rng);
            let variances: Vec<f64> = (0..d).map(|i| 0.2 + 0.4 * i as f64).collect();
            let q = StructuredCovariance::new(&variances, w.view(), &phi).unwrap();
            let dense = symmetric_eigenvalues(matricize(q.dense().view()).view()).unwrap();
            let sum: f64 = dense.iter().map(|x| (0.7 * x).ln_1p()).sum();
            assert!((q.log_det(0.7).unwrap() - sum).abs() < 1e-11 * (d * p) as f64);
            let ones = vec![1.0; d];
            let white = StructuredCovariance::new(&ones, w.view(), &phi).unwrap();
            let talk = Covariance::new(w.view(), Array1::ones(p).view(), &phi)
                .unwrap()
                .bulk();
            let apart = white.dense() - talk.dense();
            assert!(apart.iter().all(|x| x.abs() < 1e-13));
        }
    }

    #[test]
    fn what_is_no_variance_is_refused() {
        let w = Array2::ones((2, 3));
        let phi = HermiteData::new(0.0, 1.0, 1.0).unwrap();
        let made = |variances: &[f64]| StructuredCovariance::new(variances, w.view(), &phi).err();
        assert!(matches!(
            made(&[1.0]),
            Some(CovarianceError::Variances { d: 2, given: 1 })
        ));
        let negative = made(&[1.0, -0.5]);
        assert!(matches!(
            negative,
            Some(CovarianceError::Variance { index: 1, .. })
        ));
        assert!(made(&[f64::NAN, 1.0]).is_some());
    }
}
