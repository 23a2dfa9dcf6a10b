//! The 3-tensor 𝒜 whose Gram matrix is the NTK, and its block resolvent.
//!
//! Slide 'Tensor Dyson Equation': `𝒜 = (pd)^{−1/2} Σ_i ω^i ⊗ e_i`, `𝒜ᵀ𝒜 = NTK`, and `(𝒜ᵀ𝒜 − z)⁻¹` is
//! the 1,1 block of `[[−z, 𝒜ᵀ], [𝒜, −ℐ_{d,p}]]⁻¹`.

use crate::linalg::{LinalgError, complex_inverse};
use ndarray::{Array2, Array3, ArrayView2, ArrayView3, LinalgScalar, s};
use num_complex::Complex64;

/// `Σ_i ω^i ⊗ e_i` with `ω^i_ab = x_ia f_ib`, of shape (d, p, n), over any scalar: √(pd)·𝒜.
///
/// For `φ(x) = x` the features are `f = XG`. Slides 'NTK is a Gram matrix' and 'Tensor Dyson Equation'.
///
/// # Panics
/// If X (n×d) and the features (n×p) have different numbers of rows.
pub fn feature_tensor<A: LinalgScalar>(
    x: ArrayView2<'_, A>,
    features: ArrayView2<'_, A>,
) -> Array3<A> {
    assert!(
        x.nrows() == features.nrows(),
        "X of shape {:?} and features of shape {:?}",
        x.dim(),
        features.dim()
    );
    Array3::from_shape_fn((x.ncols(), features.ncols(), x.nrows()), |(a, b, i)| {
        x[[i, a]] * features[[i, b]]
    })
}

/// `𝒜 = (pd)^{−1/2} Σ_i ω^i ⊗ e_i`, `(pd)^{−1/2}` times [`feature_tensor`], of shape (d, p, n).
///
/// Slide 'Tensor Dyson Equation'.
///
/// # Panics
/// As [`feature_tensor`].
pub fn linearization(x: ArrayView2<'_, f64>, features: ArrayView2<'_, f64>) -> Array3<f64> {
    feature_tensor(x, features) / ((x.ncols() * features.ncols()) as f64).sqrt()
}

/// `E𝒜 = (pd)^{−1/2} (E ω) ⊗ 1` for n samples and `E ω` of shape d×p: (d, p, n). Slide 'Tensor Dyson Equation'.
pub fn mean_linearization(mean_feature: ArrayView2<'_, f64>, n: usize) -> Array3<f64> {
    let (d, p) = mean_feature.dim();
    let scale = ((d * p) as f64).sqrt().recip();
    Array3::from_shape_fn((d, p, n), |(a, b, _)| mean_feature[[a, b]] * scale)
}

/// 𝒜, of shape (d, p, n), as a dp×n matrix: row `a·p + b`, the order of [`crate::tensor::matricize`].
pub fn flatten<A: Clone>(a: ArrayView3<'_, A>) -> Array2<A> {
    let (d, p, n) = a.dim();
    let flat: Vec<A> = a.iter().cloned().collect();
    match Array2::from_shape_vec((d * p, n), flat) {
        Ok(matrix) => matrix,
        Err(_) => unreachable!("{d}·{p}·{n} entries fill {} rows of {n}", d * p),
    }
}

/// The four blocks of a resolvent or of a solution of the Dyson equation, matricized. Slide 'Tensor Dyson Equation', which
/// calls them `M_[1,1]` to `M_[2,2]`.
#[derive(Debug, Clone)]
pub struct Blocks {
    /// n×n.
    pub m11: Array2<Complex64>,
    /// n×dp.
    pub m12: Array2<Complex64>,
    /// dp×n.
    pub m21: Array2<Complex64>,
    /// dp×dp.
    pub m22: Array2<Complex64>,
}

impl Blocks {
    /// Splits an (n+dp)×(n+dp) matrix.
    ///
    /// # Panics
    /// If it is not square, or smaller than n.
    pub fn split(m: &Array2<Complex64>, n: usize) -> Self {
        assert!(
            m.is_square() && n <= m.nrows(),
            "{:?} with n = {n}: not (n+dp)-square",
            m.dim()
        );
        Blocks {
            m11: m.slice(s![..n, ..n]).to_owned(),
            m12: m.slice(s![..n, n..]).to_owned(),
            m21: m.slice(s![n.., ..n]).to_owned(),
            m22: m.slice(s![n.., n..]).to_owned(),
        }
    }

    /// The (n+dp)×(n+dp) matrix of the blocks.
    pub fn join(&self) -> Array2<Complex64> {
        let (n, rest) = self.m12.dim();
        let mut m = Array2::zeros((n + rest, n + rest));
        m.slice_mut(s![..n, ..n]).assign(&self.m11);
        m.slice_mut(s![..n, n..]).assign(&self.m12);
        m.slice_mut(s![n.., ..n]).assign(&self.m21);
        m.slice_mut(s![n.., n..]).assign(&self.m22);
        m
    }

    /// `m = (1/n) Tr M₁₁`. Slide 'Superoperator computation'.
    pub fn stieltjes(&self) -> Complex64 {
        self.m11.diag().sum() / self.m11.nrows() as f64
    }
}

/// `[[−z, 𝒜ᵀ], [𝒜, −ℐ]]` with 𝒜 of shape (d, p, n), matricized: (n+dp)-square. Slide 'Tensor Dyson Equation'.
pub fn linearized_matrix(a: ArrayView3<'_, f64>, z: Complex64) -> Array2<Complex64> {
    let flat = flatten(a).mapv(Complex64::from);
    let (rest, n) = flat.dim();
    Blocks {
        m11: Array2::eye(n) * -z,
        m12: flat.t().to_owned(),
        m21: flat,
        m22: Array2::eye(rest) * Complex64::from(-1.0),
    }
    .join()
}

/// The block resolvent `[[−z, 𝒜ᵀ], [𝒜, −ℐ]]⁻¹` of 𝒜 of shape (d, p, n), dense: n+dp square, an oracle for small sizes.
///
/// Slide 'Tensor Dyson Equation'.
///
/// # Errors
/// z an eigenvalue of `𝒜ᵀ𝒜`.
pub fn block_resolvent(a: ArrayView3<'_, f64>, z: Complex64) -> Result<Blocks, LinalgError> {
    let inverse = complex_inverse(linearized_matrix(a, z).view())?;
    Ok(Blocks::split(&inverse, a.dim().2))
}
