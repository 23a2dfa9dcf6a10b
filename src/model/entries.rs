//! Laws of the entries of X: mean 0, variance 1, finite fourth moment.

use ndarray::Array2;
use rand::{Rng, RngExt};
use rand_distr::{Distribution, StandardNormal, StudentT};

/// The law of an entry of X, n×d, standardised to mean 0 and variance 1. Slide 'Main result'.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryLaw {
    /// N(0, 1).
    Gaussian,
    /// ±1 with probability ½.
    Rademacher,
    /// Uniform on (−√3, √3).
    Uniform,
    /// Student's t with 5 degrees of freedom, scaled: finite fourth moment, infinite sixth.
    StudentT5,
}

impl EntryLaw {
    /// The excess kurtosis `κ₄ = E x⁴ − 3`: the '4-th order term' of slide 'Covariance tensor'.
    pub fn kappa_4(self) -> f64 {
        match self {
            EntryLaw::Gaussian => 0.0,
            EntryLaw::Rademacher => -2.0,
            EntryLaw::Uniform => -1.2,
            EntryLaw::StudentT5 => 6.0,
        }
    }

    /// A rows × cols matrix of independent entries, drawn row by row.
    pub fn matrix(self, rows: usize, cols: usize, rng: &mut impl Rng) -> Array2<f64> {
        Array2::from_shape_simple_fn((rows, cols), || match self {
            EntryLaw::Gaussian => StandardNormal.sample(rng),
            EntryLaw::Rademacher => {
                if rng.random::<bool>() {
                    1.0
                } else {
                    -1.0
                }
            }
            EntryLaw::Uniform => 3.0_f64.sqrt() * (2.0 * rng.random::<f64>() - 1.0),
            EntryLaw::StudentT5 => match StudentT::new(5.0) {
                // Var t₅ = 5/3.
                Ok(t) => t.sample(rng) * 0.6_f64.sqrt(),
                Err(_) => unreachable!("5 degrees of freedom are positive"),
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Streams;

    /// Mean, variance and kurtosis to 6 standard errors (two-sided false alarm 2e-9 each).
    #[test]
    fn each_law_is_standardised() {
        let n = 400_000;
        for law in [
            EntryLaw::Gaussian,
            EntryLaw::Rademacher,
            EntryLaw::Uniform,
            EntryLaw::StudentT5,
        ] {
            let x = law.matrix(n, 1, &mut Streams::new(3, "entries").stream(0));
            let moment = |k: i32| x.iter().map(|x| x.powi(k)).sum::<f64>() / n as f64;
            let (root, fourth) = ((n as f64).sqrt(), 3.0 + law.kappa_4());
            assert!(moment(1).abs() < 6.0 / root, "{law:?}");
            assert!(
                (moment(2) - 1.0).abs() <= 6.0 * (fourth - 1.0).sqrt() / root,
                "{law:?}"
            );
            // t₅ has no eighth moment, so its fourth has no standard error: a factor of 2.
            if law == EntryLaw::StudentT5 {
                assert!(moment(4) > 0.5 * fourth && moment(4) < 2.0 * fourth);
            } else {
                assert!((moment(4) - fourth).abs() <= 6.0 * 10.0 / root, "{law:?}");
            }
        }
    }
}
