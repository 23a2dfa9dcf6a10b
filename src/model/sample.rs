//! One sample of the model: X, W, a, and the NTK.

use super::{Activation, EntryLaw, WeightLaw};
use crate::linalg::{LinalgError, gram, product, symmetric_eigenvalues};
use crate::measure::RatioError;
use ndarray::{Array1, Array2, ArrayView1, ArrayView2};
use rand::Rng;

/// The sizes n (samples), d (inputs) and p (hidden units). Slide 'Main result'.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sizes {
    /// Samples.
    pub n: usize,
    /// Inputs.
    pub d: usize,
    /// Hidden units.
    pub p: usize,
}

impl Sizes {
    /// d given, `p = γ₂d` and `n = γ₁dp`, each rounded to the nearest integer and at least 1.
    ///
    /// # Errors
    /// `d = 0`, or a ratio that is not a positive number.
    pub fn quadratic(d: usize, gamma_1: f64, gamma_2: f64) -> Result<Self, ModelError> {
        for (name, value) in [("gamma1", gamma_1), ("gamma2", gamma_2)] {
            RatioError::check(name, value)?;
        }
        let p = ((gamma_2 * d as f64).round() as usize).max(1);
        let n = ((gamma_1 * (d * p) as f64).round() as usize).max(1);
        if d == 0 {
            return Err(ModelError::Empty { n, d, p });
        }
        Ok(Sizes { n, d, p })
    }

    /// `γ₁ = n/(dp)` of these sizes.
    pub fn gamma_1(&self) -> f64 {
        self.n as f64 / (self.d * self.p) as f64
    }

    /// `γ₂ = p/d` of these sizes.
    pub fn gamma_2(&self) -> f64 {
        self.p as f64 / self.d as f64
    }
}

/// Why there is no kernel.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ModelError {
    /// The shapes of X, W and a do not fit.
    #[error("X is {n}×{d}, W is {w_rows}×{p}, a has {weights} entries: they do not fit")]
    Shape {
        /// Rows of X.
        n: usize,
        /// Columns of X.
        d: usize,
        /// Rows of W.
        w_rows: usize,
        /// Columns of W.
        p: usize,
        /// Length of a.
        weights: usize,
    },
    /// A ratio of sizes is not a positive number.
    #[error(transparent)]
    Ratio(#[from] RatioError),
    /// An entry is NaN or infinite.
    #[error("{name} has the entry {value}: it must be a finite number")]
    NotFinite {
        /// `X`, `W` or `a`.
        name: &'static str,
        /// The entry.
        value: f64,
    },
    /// A size is 0.
    #[error("n = {n}, d = {d}, p = {p}: each must be at least 1")]
    Empty {
        /// Samples.
        n: usize,
        /// Inputs.
        d: usize,
        /// Hidden units.
        p: usize,
    },
}

/// X, W and a, drawn independently. Slide 'Main result'.
#[derive(Debug, Clone)]
pub struct NtkSample {
    /// n×d.
    pub x: Array2<f64>,
    /// d×p, N(0, 1).
    pub w: Array2<f64>,
    /// Length p.
    pub a: Array1<f64>,
}

impl NtkSample {
    /// Draws W, a and X, in this order, from one stream.
    pub fn draw(sizes: Sizes, entries: EntryLaw, weights: &WeightLaw, rng: &mut impl Rng) -> Self {
        let w = EntryLaw::Gaussian.matrix(sizes.d, sizes.p, rng);
        let a = weights.sample(sizes.p, rng);
        let x = entries.matrix(sizes.n, sizes.d, rng);
        NtkSample { x, w, a }
    }

    /// The features `φ(XW/√d) D`, n×p. Slide 'Main result'.
    pub fn features(&self, activation: &Activation) -> Array2<f64> {
        let scale = (self.x.ncols() as f64).sqrt().recip();
        let mut u = product(self.x.view(), self.w.view());
        u.mapv_inplace(|u| activation.phi(u * scale));
        u * &self.a
    }

    /// The n eigenvalues of the NTK ([`ntk`]) of this sample, ascending.
    ///
    /// # Errors
    /// Entries that are not finite, as a heavy tail may give.
    pub fn ntk_eigenvalues(&self, activation: &Activation) -> Result<Vec<f64>, LinalgError> {
        let kernel = hadamard_gram(self.x.view(), self.features(activation).view());
        symmetric_eigenvalues(kernel.view())
    }
}

/// `(1/d) XXᵀ ∘ (1/p) FFᵀ`, n×n, for X n×d and F n×p. Slide 'Linear and Quadratic Scaling'.
///
/// # Panics
/// If X and F have not the same number of rows.
pub fn hadamard_gram(x: ArrayView2<'_, f64>, features: ArrayView2<'_, f64>) -> Array2<f64> {
    assert!(
        x.nrows() == features.nrows(),
        "X is {:?}, F is {:?}: one row a sample",
        x.dim(),
        features.dim()
    );
    let scale = ((x.ncols() * features.ncols()) as f64).recip();
    let mut kernel = gram(x);
    ndarray::Zip::from(&mut kernel)
        .and(&gram(features))
        .for_each(|k, f| *k *= f * scale);
    kernel
}

/// How the kernel is normalised here, for whoever compares with another convention.
pub const NORMALISATION: &str = "K = (1/d) XXᵀ ∘ (1/p) σ′(XW/√d) D² σ′(XW/√d)ᵀ, D = diag(a)";

/// `NTK = (1/d) XXᵀ ∘ (1/p) σ′(XW/√d) diag(a)² σ′(XW/√d)ᵀ`, n×n, for given X (n×d), W (d×p), a (p).
///
/// Slide 'Main result'.
///
/// # Errors
/// Empty or mismatched shapes, or an entry that is not finite.
pub fn ntk(
    x: ArrayView2<'_, f64>,
    w: ArrayView2<'_, f64>,
    a: ArrayView1<'_, f64>,
    activation: &Activation,
) -> Result<Array2<f64>, ModelError> {
    let ((n, d), (w_rows, p), weights) = (x.dim(), w.dim(), a.len());
    if n == 0 || d == 0 || p == 0 {
        return Err(ModelError::Empty { n, d, p });
    }
    if d != w_rows || p != weights {
        return Err(ModelError::Shape {
            n,
            d,
            w_rows,
            p,
            weights,
        });
    }
    let bad = |x: &&f64| !x.is_finite();
    for (name, found) in [
        ("X", x.iter().find(bad)),
        ("W", w.iter().find(bad)),
        ("a", a.iter().find(bad)),
    ] {
        if let Some(&value) = found {
            return Err(ModelError::NotFinite { name, value });
        }
    }
    let sample = NtkSample {
        x: x.to_owned(),
        w: w.to_owned(),
        a: a.to_owned(),
    };
    Ok(hadamard_gram(x, sample.features(activation).view()))
}
