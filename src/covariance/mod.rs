//! The covariance 𝒬 of `ω = x ⊗ Dφ(Gᵀx)`: as a dense 4-tensor, as an operator, and as a spectrum.
//!
//! With `G = W D/√d` (d×p), `D = diag(a)`, `c = β² − α² − c₀²`,
//!
//! ```math
//! 𝒬 = α² (τ₂₃(I⊗GᵀG) + τ₂₄(G⊗G)) + c τ₂₃(I⊗D²) + c₀² τ₂₃(I⊗aaᵀ).
//! ```
//!
//! Slides 'Covariance tensor' and 'Adding the nonlinearity', the latter as corrected: it prints
//! `β² − α²` for c and has no c₀ (see the claim `mean-part`).

mod dense;
mod eigenvalues;
mod exact;
mod kernels;
mod law;
mod mehler;
mod operator;
mod response;
mod structured;

pub use dense::{braided_covariance, linear_covariance};
pub use eigenvalues::{Eigenvalues, linear_eigenvalues};
pub use exact::ExactCovariance;
pub use kernels::GaussianKernels;
pub use structured::StructuredCovariance;

use crate::linalg::{LinalgError, qr_r};
use crate::measure::AtomsError;
use crate::model::HermiteData;
use ndarray::{Array1, Array2, ArrayView1, ArrayView2};

/// The data of 𝒬: `G` (d×p), the weights `a` (length p) and the Hermite data of `φ = σ′`.
///
/// As an operator on d×p matrices it is [`Covariance::apply`], as a d×p×d×p tensor [`Covariance::dense`]; its law is
/// [`Covariance::law`]. The formula and its slides stand at the head of the [module](self).
#[derive(Debug, Clone)]
pub struct Covariance {
    g: Array2<f64>,
    /// R of `G = QR` where p < d: `R N Rᵀ` has the nonzero spectrum of `G N Gᵀ`.
    reduced: Option<Array2<f64>>,
    a: Array1<f64>,
    alpha: f64,
    shift: f64,
    mean: f64,
}

/// Why there is no covariance.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum CovarianceError {
    /// W has no rows or no columns.
    #[error("W has shape {d}×{p}: both must be at least 1")]
    Empty {
        /// Rows of W.
        d: usize,
        /// Columns of W.
        p: usize,
    },
    /// There is not one weight a column of W.
    #[error("W has {p} columns and a has {weights} entries: they must be equal")]
    Shape {
        /// Columns of W.
        p: usize,
        /// Length of a.
        weights: usize,
    },
    /// An entry is NaN or infinite.
    #[error("{name} has the entry {value}: it must be a finite number")]
    NotFinite {
        /// `W` or `a`.
        name: &'static str,
        /// The entry.
        value: f64,
    },
    /// There is not one variance a row of W.
    #[error("W has {d} rows and there are {given} variances: they must be equal")]
    Variances {
        /// Rows of W.
        d: usize,
        /// Variances given.
        given: usize,
    },
    /// A variance is negative or not finite.
    #[error("variance {index} is {value}: it must be finite and not negative")]
    Variance {
        /// Its index.
        index: usize,
        /// Its value.
        value: f64,
    },
    /// The weights are not of one size, which a closed form needs.
    #[error("the weights have squares from {least} to {largest}: this form needs them equal")]
    Weights {
        /// The smallest square.
        least: f64,
        /// The largest square.
        largest: f64,
    },
    /// The mean part is there, which a closed form has not.
    #[error("c₀ is {mean}: this form is that of the bulk, where it is 0")]
    MeanPart {
        /// `c₀ = E σ′`.
        mean: f64,
    },
    /// The kernels are not those of a covariance: the series was cut too early.
    #[error(
        "the covariance has the eigenvalue {least} beside {largest}: its kernels are not exact enough"
    )]
    Indefinite {
        /// The smallest eigenvalue.
        least: f64,
        /// The largest.
        largest: f64,
    },
    /// A dense matrix that would be too large.
    #[error("dp is {size}: for unequal weights the eigenvalues are computed up to {limit}")]
    TooLarge {
        /// dp.
        size: usize,
        /// What is allowed.
        limit: usize,
    },
    /// A decomposition failed.
    #[error(transparent)]
    Linalg(#[from] LinalgError),
    /// An eigenvalue is beyond the largest number.
    #[error("the eigenvalues are no law: {0}")]
    Eigenvalues(#[from] AtomsError),
}

/// Refuses empty or mismatched shapes and entries that are not finite.
fn check(w: ArrayView2<'_, f64>, a: ArrayView1<'_, f64>) -> Result<(), CovarianceError> {
    let (d, p) = w.dim();
    if d == 0 || p == 0 {
        return Err(CovarianceError::Empty { d, p });
    }
    if a.len() != p {
        let weights = a.len();
        return Err(CovarianceError::Shape { p, weights });
    }
    let finite = |name, bad: Option<&f64>| match bad {
        Some(&value) => Err(CovarianceError::NotFinite { name, value }),
        None => Ok(()),
    };
    finite("W", w.iter().find(|x| !x.is_finite()))?;
    finite("a", a.iter().find(|x| !x.is_finite()))
}

impl Covariance {
    /// `𝒬` with `G = W diag(a)/√d` for the first-layer weights `W` (d×p), the output weights `a` (length p) and the Hermite
    /// data of φ.
    ///
    /// # Errors
    /// An empty or mismatched shape, or an entry that is not finite.
    ///
    /// ```
    /// use ndarray::array;
    /// use tensor_dyson::{covariance::Covariance, model::Activation};
    /// let (w, a) = (array![[1.0, 2.0], [0.0, 1.0]], array![1.0, -1.0]);
    /// let q = Covariance::new(w.view(), a.view(), &Activation::Identity.hermite_data())?;
    /// assert_eq!(q.dense().dim(), (2, 2, 2, 2));
    /// # Ok::<(), tensor_dyson::covariance::CovarianceError>(())
    /// ```
    pub fn new(
        w: ArrayView2<'_, f64>,
        a: ArrayView1<'_, f64>,
        phi: &HermiteData,
    ) -> Result<Self, CovarianceError> {
        check(w, a)?;
        let g = &w * &a / (w.nrows() as f64).sqrt();
        let reduced = (w.ncols() < w.nrows())
            .then(|| qr_r(g.view()))
            .transpose()?;
        Ok(Covariance {
            g,
            reduced,
            a: a.to_owned(),
            alpha: phi.alpha(),
            shift: phi.shift(),
            mean: phi.mean(),
        })
    }

    /// The same without the mean part `c₀² τ₂₃(I⊗aaᵀ)`, whose rank d among dp leaves the bulk: the
    /// 𝒬 of the limit law. Slide 'Adding the nonlinearity', as corrected (claim `mean-part`).
    pub fn bulk(&self) -> Self {
        Covariance {
            mean: 0.0,
            ..self.clone()
        }
    }

    /// `G = W D/√d`, d×p. Slide 'Adding the nonlinearity' ('Adding a').
    pub fn g(&self) -> ArrayView2<'_, f64> {
        self.g.view()
    }

    /// `(d, p)`.
    pub fn shape(&self) -> (usize, usize) {
        self.g.dim()
    }

    /// `E ω = α G` (d×p), the leading part of the mean (exact for `φ(x) = x`). Slide 'Adding the nonlinearity'.
    pub fn mean_feature(&self) -> Array2<f64> {
        &self.g * self.alpha
    }

    /// `C = c D² + c₀² aaᵀ` (p×p), the part of 𝒬 that acts by `M ↦ M C`.
    fn right_factor(&self) -> Array2<f64> {
        let p = self.a.len();
        Array2::from_shape_fn((p, p), |(b, e)| {
            let mean = self.mean * self.mean * self.a[b] * self.a[e];
            if b == e {
                self.shift * self.a[b] * self.a[b] + mean
            } else {
                mean
            }
        })
    }
}

#[cfg(test)]
mod tests;
