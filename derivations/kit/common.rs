//! What several claims share: shapes, samples and exact expectations.

use ndarray::{Array1, Array2, Array4};
use num_complex::Complex64;
use num_traits::{One, Zero};
use rand::{Rng, RngExt};
use statrs::distribution::{Binomial, DiscreteCDF};
use tensor_dyson::covariance::{Covariance, CovarianceError};
use tensor_dyson::ledger::Measurement;
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

/// The allowance of a rate whose error falls with the exponent −r by theory: halfway to the 0 of an error that stays.
///
/// A [`Ladder`](tensor_dyson::ledger::Ladder) compares the upper end `b + h` of its 95 % interval. With h the half-width, about two
/// standard errors, a law that holds is missed at first where b is `2(r/2 − h)/h` of them too high. Sizes and samples are chosen
/// for `h ≤ r/6`: four standard errors, a false-alarm rate of 1e-4 at the 30 and more degrees of freedom of a ladder, before the further
/// rounds that such a rate is given. An error that stays passes at eight.
pub(crate) const fn halfway(r: f64) -> f64 {
    -r / 2.0
}

/// As [`halfway`], a quarter of the way: for ladders of samples that cost too much for a narrow interval. With `h ≤ r/4` a law
/// that holds is missed at `2(3r/4 − h)/h` = four standard errors, and an error that stays passes at four.
pub(crate) const fn quarter(r: f64) -> f64 {
    -r / 4.0
}

/// How often a sample may fall on the wrong side of the middle of a gap. Its eigenvalues do with a probability of about
/// `exp(−⅔x^{3/2})`, x the half gap in units of the edge's fluctuation (Tracy and Widom 1994): less than 1e-3 from x = 4.8 on.
pub(crate) const ASTRAY: f64 = 1e-3;

/// How many of the samples disagree, against the quantile of the binomial law of rate `each`: false alarm 1e-6. Rate 0 is for
/// what holds almost surely.
pub(crate) fn disagreeing(what: &str, cases: usize, disagreeing: usize, each: f64) -> Measurement {
    let law = Binomial::new(each, cases as u64).ok();
    let quantile = law.and_then(|law| (0..=cases as u64).find(|&k| law.sf(k) <= 1e-6));
    // A rate that is no probability has no quantile: NaN allows nothing.
    let allowance = quantile.map_or(f64::NAN, |k| k as f64);
    let what =
        format!("{what}: samples that disagree, at a rate of {each:.0e} each, false alarm 1e-6");
    Measurement::sampled(what, cases, disagreeing as f64, allowance)
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The binomial quantile against sums by hand: 10 samples at 1e-3 have P(K > 2) = 1.2e-7 and P(K > 1) = 4.5e-5.
    #[test]
    fn the_number_that_may_disagree_is_the_binomial_quantile() {
        assert_eq!(disagreeing("", 10, 0, 1e-3).allowance, 2.0);
        assert_eq!(disagreeing("", 10, 0, 0.0).allowance, 0.0);
        assert_eq!(disagreeing("", 48, 0, 1e-3).allowance, 3.0);
        assert_eq!(disagreeing("", 10, 3, 1e-3).supports(), Some(false));
    }
}
