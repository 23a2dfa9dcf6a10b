//! The exact covariance of `ω = x ⊗ Dφ(Vᵀx)`, `V = W/√d`, Gaussian x, for any φ and any d, p.

use super::{CovarianceError, GaussianKernels, check};
use crate::linalg::{gram, product, symmetric_eigenvalues};
use crate::measure::Atoms;
use crate::model::Activation;
use crate::numbers::most;
use crate::tensor::matricize;
use ndarray::{Array1, Array2, Array4, ArrayView1, ArrayView2};

/// The covariance tensor `Cov ω` (d×p×d×p) of `ω = x ⊗ Dφ(Vᵀx)`, `V = W/√d` (d×p), `D = diag(a)`, x Gaussian, as an
/// operator on d×p matrices; exact for every φ, d and p.
///
/// Stein's formula (1981) moves the two factors x onto `φ(u_b)φ(u_e)`, `u = Vᵀx ~ N(0, VᵀV)`:
///
/// ```math
/// E ω_ab ω_ce = a_b a_e (δ_ac K⁰⁰_be + V_ab V_cb K²⁰_be + V_ae V_ce K²⁰_eb + (V_ab V_ce + V_ae V_cb) K¹¹_be),
/// ```
///
/// with the p×p [`GaussianKernels`] of φ, less the square of the mean `E ω_ab = a_b V_ab E φ′(u_b)`. For φ = x this is the
/// talk's 𝒬; in general 𝒬 ([`super::Covariance`]) is its bulk, and this one has the eigenvalues outside the bulk too.
/// Slides 'Covariance tensor' and 'Conclusion'.
#[derive(Debug, Clone)]
pub struct ExactCovariance {
    v: Array2<f64>,
    a: Array1<f64>,
    kernels: GaussianKernels,
    /// E ω, subtracted; zero for the second moment.
    mean: Array2<f64>,
}

impl ExactCovariance {
    /// The covariance for the first-layer weights W (d×p), the output weights a (length p) and φ.
    ///
    /// # Errors
    /// An empty or mismatched shape, or an entry that is not finite.
    ///
    /// ```
    /// use ndarray::array;
    /// use tensor_dyson::{covariance::{Covariance, ExactCovariance}, model::Activation};
    /// let (w, a) = (array![[1.0, 2.0], [0.0, 1.0]], array![1.0, -1.0]);
    /// let exact = ExactCovariance::new(w.view(), a.view(), &Activation::Identity)?;
    /// let talk = Covariance::new(w.view(), a.view(), &Activation::Identity.hermite_data())?;
    /// assert!((exact.dense() - talk.dense()).iter().all(|x| x.abs() < 1e-14));
    /// # Ok::<(), tensor_dyson::covariance::CovarianceError>(())
    /// ```
    pub fn new(
        w: ArrayView2<'_, f64>,
        a: ArrayView1<'_, f64>,
        activation: &Activation,
    ) -> Result<Self, CovarianceError> {
        check(w, a)?;
        let v = &w / (w.nrows() as f64).sqrt();
        let kernels = GaussianKernels::new(activation, gram(v.t()).view());
        let a = a.to_owned();
        let mean = &v * (&kernels.mean_slope * &a);
        Ok(ExactCovariance {
            v,
            a,
            kernels,
            mean,
        })
    }

    /// `E ω⊗ω`, the mean's square included: what a regression without intercept sees.
    pub fn second_moment(&self) -> Self {
        ExactCovariance {
            mean: Array2::zeros(self.v.dim()),
            ..self.clone()
        }
    }

    /// `(d, p)`.
    pub fn shape(&self) -> (usize, usize) {
        self.v.dim()
    }

    /// `V = W/√d`, d×p.
    pub fn first_layer(&self) -> ArrayView2<'_, f64> {
        self.v.view()
    }

    /// The output weights a, of length p.
    pub fn weights(&self) -> ArrayView1<'_, f64> {
        self.a.view()
    }

    /// The kernels of φ.
    pub fn kernels(&self) -> &GaussianKernels {
        &self.kernels
    }

    /// `E ω = V D diag(E φ′(u_b))`, d×p (0 for [`ExactCovariance::second_moment`], which keeps it).
    pub fn mean(&self) -> ArrayView2<'_, f64> {
        self.mean.view()
    }

    /// `𝒬·M` in `O(dp·p)` operations and p×p storage. With `N = Vᵀ(MD)` and its diagonal n,
    ///
    /// ```math
    /// 𝒬M = [MD K⁰⁰ + V diag(s) + V (diag(n) K²⁰ + (K¹¹∘N)ᵀ)] D − E ω ⟨E ω, M⟩,   s_b = Σ_e (K²⁰_be N_be + K¹¹_be n_e).
    /// ```
    ///
    /// # Panics
    /// If M is not d×p.
    pub fn apply(&self, m: ArrayView2<'_, f64>) -> Array2<f64> {
        assert!(
            m.dim() == self.v.dim(),
            "𝒬 of shape {:?} applied to a matrix of shape {:?}",
            self.v.dim(),
            m.dim()
        );
        let GaussianKernels {
            value, slope, bend, ..
        } = &self.kernels;
        let weighted = &m * &self.a;
        let n = product(self.v.t(), weighted.view());
        let diagonal = n.diag();
        let mut inner = (slope * &n).reversed_axes();
        inner += &(bend * &diagonal.insert_axis(ndarray::Axis(1)));
        let s = (bend * &n).sum_axis(ndarray::Axis(1)) + slope.dot(&diagonal);
        for (b, s) in s.iter().enumerate() {
            inner[[b, b]] += s;
        }
        let result = product(weighted.view(), value.view()) + product(self.v.view(), inner.view());
        result * &self.a - &self.mean * (&self.mean * &m).sum()
    }

    /// `Tr 𝒬 = Σ_b a_b² (d K⁰⁰_bb + 2|v_b|²(K²⁰_bb + K¹¹_bb)) − |E ω|²`.
    pub fn trace(&self) -> f64 {
        let (d, p) = self.shape();
        let k = &self.kernels;
        let second: f64 = (0..p)
            .map(|b| {
                let norm: f64 = self.v.column(b).iter().map(|x| x * x).sum();
                let stein = 2.0 * norm * (k.bend[[b, b]] + k.slope[[b, b]]);
                self.a[b] * self.a[b] * (d as f64 * k.value[[b, b]] + stein)
            })
            .sum();
        second - self.mean.iter().map(|x| x * x).sum::<f64>()
    }

    /// The dense tensor of shape (d, p, d, p), term by term from Stein's formula: `(dp)²` numbers, the oracle of
    /// [`ExactCovariance::apply`].
    pub fn dense(&self) -> Array4<f64> {
        let (d, p) = self.shape();
        let (v, k) = (&self.v, &self.kernels);
        Array4::from_shape_fn((d, p, d, p), |(a, b, c, e)| {
            let delta = f64::from(u8::from(a == c));
            let stein = v[[a, b]] * v[[c, b]] * k.bend[[b, e]]
                + v[[a, e]] * v[[c, e]] * k.bend[[e, b]]
                + (v[[a, b]] * v[[c, e]] + v[[a, e]] * v[[c, b]]) * k.slope[[b, e]];
            self.a[b] * self.a[e] * (delta * k.value[[b, e]] + stein)
                - self.mean[[a, b]] * self.mean[[c, e]]
        })
    }

    /// All dp eigenvalues, ascending, by a dense decomposition: `O((dp)³)`, for dp up to a few thousand.
    ///
    /// # Errors
    /// [`CovarianceError::Indefinite`] for an eigenvalue below 0 by more than rounding and the kernels'
    /// truncation allow; one within that is 0.
    pub fn eigenvalues(&self) -> Result<Vec<f64>, CovarianceError> {
        let (d, p) = self.shape();
        let mut values = symmetric_eigenvalues(matricize(self.dense().view()).view())?;
        let (least, largest) = (values[0], values[values.len() - 1]);
        // Each of (dp)² entries is a sum of a few rounded terms; ‖V‖² ≤ Σ v² bounds what a kernel's error does.
        let norm = 1.0 + self.v.iter().map(|x| x * x).sum::<f64>();
        let weights = most(self.a.iter().map(|a| a * a));
        let rounding = 16.0 * f64::EPSILON * (d * p) as f64 * largest;
        let truncation = (d * p) as f64 * self.kernels.truncation * norm * weights;
        let lowest = -rounding - truncation;
        if lowest.is_nan() || least < lowest {
            return Err(CovarianceError::Indefinite { least, largest });
        }
        for value in &mut values {
            if *value < rounding {
                *value = 0.0;
            }
        }
        Ok(values)
    }

    /// The law of 𝒬, mass 1/dp at each eigenvalue: its response, gaps and Dyson equation.
    ///
    /// # Errors
    /// As [`ExactCovariance::eigenvalues`].
    pub fn law(&self) -> Result<Atoms, CovarianceError> {
        Ok(Atoms::empirical(self.eigenvalues()?)?)
    }
}
