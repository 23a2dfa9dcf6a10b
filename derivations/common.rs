//! What several claims share: shapes, samples and exact expectations.

use ndarray::{Array1, Array2, Array4};
use num_complex::Complex64;
use num_traits::{One, Zero};
use rand::{Rng, RngExt};
use tensor_dyson::covariance::{Covariance, CovarianceError};
use tensor_dyson::model::{EntryLaw, HermiteData, WeightLaw};
use tensor_dyson::tensor::Fp61;

/// d < p, d = p, d > p and both degenerate cases.
pub(crate) const SHAPES: [(usize, usize); 5] = [(4, 6), (5, 5), (6, 4), (1, 4), (4, 1)];

/// The rounding unit 2⁻⁵³.
pub(crate) const UNIT: f64 = f64::EPSILON / 2.0;

/// A matrix of uniform elements of 𝔽_{2⁶¹−1}.
pub(crate) fn field_matrix(rows: usize, cols: usize, rng: &mut impl Rng) -> Array2<Fp61> {
    Array2::from_shape_simple_fn((rows, cols), || Fp61::new(rng.random::<u64>()))
}

/// How many entries differ; all of them if the shapes do.
pub(crate) fn differing<D: ndarray::Dimension>(
    a: &ndarray::Array<Fp61, D>,
    b: &ndarray::Array<Fp61, D>,
) -> usize {
    if a.shape() == b.shape() {
        a.iter().zip(b).filter(|(x, y)| x != y).count()
    } else {
        a.len().max(b.len())
    }
}

/// 𝒬 of one draw of W and a.
pub(crate) fn draw_covariance(
    (d, p): (usize, usize),
    weights: &WeightLaw,
    phi: &HermiteData,
    rng: &mut impl Rng,
) -> Result<Covariance, CovarianceError> {
    let w = EntryLaw::Gaussian.matrix(d, p, rng);
    let a = weights.sample(p, rng);
    Covariance::new(w.view(), a.view(), phi)
}

/// A symmetric law on small integers, with integer weights: expectations under it are exact.
pub(crate) struct DiscreteLaw {
    /// Pairs (value, weight).
    points: &'static [(i64, i64)],
    /// The excess kurtosis.
    pub kappa_4: i64,
}

/// Mean 0, variance 1, third moment 0 and fourth moment 3, as the Gaussian: `E` of every polynomial of
/// degree at most 5 in each variable is the Gaussian one.
pub(crate) const GAUSSIAN_TO_ORDER_5: DiscreteLaw = DiscreteLaw {
    points: &[(-2, 1), (-1, 2), (0, 6), (1, 2), (2, 1)],
    kappa_4: 0,
};

/// ±1: κ₄ = −2.
pub(crate) const RADEMACHER: DiscreteLaw = DiscreteLaw {
    points: &[(-1, 1), (1, 1)],
    kappa_4: -2,
};

/// 0 and ±2 with probabilities ¾ and ⅛: κ₄ = 1.
pub(crate) const THREE_POINTS: DiscreteLaw = DiscreteLaw {
    points: &[(-2, 1), (0, 6), (2, 1)],
    kappa_4: 1,
};

impl DiscreteLaw {
    /// Calls `f(x, probability)` for every outcome of `count` independent variables.
    pub(crate) fn enumerate(&self, count: usize, mut f: impl FnMut(&Array1<Fp61>, Fp61)) {
        let total: i64 = self.points.iter().map(|&(_, w)| w).sum();
        let scale = Fp61::one() / Fp61::from(total);
        let outcomes = self.points.len().pow(count as u32);
        let mut x = Array1::from_elem(count, Fp61::zero());
        for outcome in 0..outcomes {
            let (mut rest, mut probability) = (outcome, Fp61::one());
            for value in &mut x {
                let (v, w) = self.points[rest % self.points.len()];
                rest /= self.points.len();
                *value = Fp61::from(v);
                probability = probability * Fp61::from(w) * scale;
            }
            f(&x, probability);
        }
    }

    /// `E f(x)` of `count` independent variables, exactly.
    pub(crate) fn expectation(
        &self,
        count: usize,
        f: impl Fn(&Array1<Fp61>) -> Array4<Fp61>,
    ) -> Array4<Fp61> {
        let mut sum: Option<Array4<Fp61>> = None;
        self.enumerate(count, |x, probability| {
            let term = f(x) * probability;
            sum = Some(match sum.take() {
                Some(sum) => sum + term,
                None => term,
            });
        });
        sum.unwrap_or_else(|| Array4::from_elem((0, 0, 0, 0), Fp61::zero()))
    }
}

/// `ω = x ⊗ Gᵀx` over the field, d×p.
pub(crate) fn omega(x: &Array1<Fp61>, g: &Array2<Fp61>) -> Array2<Fp61> {
    let u = g.t().dot(x);
    Array2::from_shape_fn(g.dim(), |(a, b)| x[a] * u[b])
}

/// The points at which transforms are compared: a height of ½ over the bulk and beside it.
pub(crate) fn points() -> Vec<Complex64> {
    [-0.5, 0.25, 1.0, 2.0, 3.5]
        .iter()
        .map(|&x| Complex64::new(x, 0.5))
        .collect()
}

/// The arguments t at which responses are compared: the values γ₁m(z) of a bulk and of a gap.
pub(crate) fn response_points() -> Vec<Complex64> {
    vec![
        Complex64::new(0.7, 0.0),
        Complex64::new(0.1, 0.4),
        Complex64::new(-0.2, 0.6),
        Complex64::new(1.5, 1.0),
    ]
}

/// The Frobenius norm.
pub(crate) fn frobenius(a: &Array2<Complex64>) -> f64 {
    a.iter().map(|x| x.norm_sqr()).sum::<f64>().sqrt()
}

/// The root mean square of the moduli.
pub(crate) fn rms(differences: impl IntoIterator<Item = Complex64>) -> f64 {
    let (mut sum, mut count) = (0.0, 0.0);
    for x in differences {
        sum += x.norm_sqr();
        count += 1.0;
    }
    let mean: f64 = sum / count;
    mean.sqrt()
}
