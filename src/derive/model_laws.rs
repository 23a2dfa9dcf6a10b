//! The laws of a model's tensors.

use super::model::Data;
use super::rows::Rows;
use crate::model::EntryLaw;
use crate::symbolic::{Haar, Polynomial, TensorLaw};
use num_rational::BigRational;

/// The law of a sample's tensor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DataLaw {
    /// Independent entries of mean 0 and variance 1.
    Entries(EntryLaw),
    /// Uniform on the sphere `|x|² = d`.
    Sphere {
        /// The Haar matrix O of `x = O r`.
        basis: String,
        /// The vector r of signs.
        signs: String,
        /// How far its moments are asked for.
        order: SphereOrder,
    },
    /// `x = S z` with standard Gaussian z and `S² = Σ`.
    Correlated {
        /// Σ.
        covariance: String,
        /// S.
        root: String,
        /// z.
        white: String,
    },
}

/// How far the moments of a sphere are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SphereOrder {
    /// `E x⊗x = 1` and no more: all that the covariance of a feature takes that is linear in x.
    Second,
    /// All: `x = O r`, a vector of independent signs in a Haar-distributed basis.
    All,
}

/// The law of weights.
#[derive(Debug, Clone, PartialEq)]
pub enum WeightsLaw {
    /// Independent entries of mean 0 and a variance that may depend on the sizes.
    Entries {
        /// Standardised.
        law: EntryLaw,
        /// The variance.
        variance: Polynomial,
    },
    /// A symmetric matrix with equidistant eigenvalues in a Haar-distributed basis.
    Covariance {
        /// The lowest eigenvalue.
        low: f64,
        /// The highest.
        high: f64,
    },
    /// The covariance of the rows of a file.
    OfRows(Rows),
}

/// The cumulants of order 1, 2, …, as far as the law has moments, up to the eighth: what `Var |ω|²` asks for where ω is
/// quadratic.
pub(super) fn cumulants(law: EntryLaw) -> TensorLaw {
    let given: &[(i64, i64)] = match law {
        EntryLaw::Gaussian => return TensorLaw::Gaussian,
        EntryLaw::Rademacher => &[
            (0, 1),
            (1, 1),
            (0, 1),
            (-2, 1),
            (0, 1),
            (16, 1),
            (0, 1),
            (-272, 1),
        ],
        // 12^{k/2} B_k/k.
        EntryLaw::Uniform => &[
            (0, 1),
            (1, 1),
            (0, 1),
            (-6, 5),
            (0, 1),
            (48, 7),
            (0, 1),
            (-432, 5),
        ],
        EntryLaw::StudentT5 => &[(0, 1), (1, 1), (0, 1), (6, 1), (0, 1)],
    };
    let rational = |&(above, below): &(i64, i64)| {
        Polynomial::constant(BigRational::new(above.into(), below.into()))
    };
    TensorLaw::Cumulants(given.iter().map(rational).collect())
}

impl Data {
    /// The tensors over which the expectation is taken, one after the other, with their laws.
    pub(super) fn independent(&self) -> Vec<(&str, TensorLaw)> {
        let only: (&str, TensorLaw) = match &self.law {
            DataLaw::Entries(law) => (&self.name, cumulants(*law)),
            DataLaw::Sphere {
                order: SphereOrder::Second,
                ..
            } => {
                let two = vec![Polynomial::zero(), Polynomial::one()];
                (&self.name, TensorLaw::Cumulants(two))
            }
            DataLaw::Sphere { basis, signs, .. } => {
                let haar = TensorLaw::Haar(Haar::orthogonal());
                return vec![(basis, haar), (signs, cumulants(EntryLaw::Rademacher))];
            }
            DataLaw::Correlated { white, .. } => (white, TensorLaw::Gaussian),
        };
        vec![only]
    }
}
