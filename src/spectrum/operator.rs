//! Symmetric matrices known through their products with blocks of vectors.

use crate::linalg::Real;
use ndarray::{ArrayView2, ArrayViewMut2, Zip};

/// A symmetric matrix A that is never formed.
pub trait SymmetricOperator: Sync {
    /// Number of rows.
    fn dimension(&self) -> usize;

    /// Writes A v for each **row** v of `block` (k × dimension) to the same row of `out`.
    ///
    /// # Panics
    /// If a shape is not k × dimension.
    fn apply(&self, block: ArrayView2<'_, f64>, out: ArrayViewMut2<'_, f64>);

    /// Additions and multiplications of one product with one vector.
    fn operations(&self) -> f64;

    /// The unit roundoff of the products: 2⁻⁵³, or 2⁻²⁴ where they are in f32.
    fn unit(&self) -> f64 {
        <f64 as Real>::UNIT
    }
}

/// `Σ_k c_k A_k`, as `NTK = K₁ + K₂` (slide 'Computation of the NTK') or a kernel less its mean.
pub struct Combination<'a> {
    terms: Vec<(f64, &'a dyn SymmetricOperator)>,
}

impl<'a> Combination<'a> {
    /// The sum of `(c_k, A_k)`.
    ///
    /// # Panics
    /// If there is no term, or the dimensions differ.
    pub fn new(terms: Vec<(f64, &'a dyn SymmetricOperator)>) -> Self {
        let dimensions: Vec<usize> = terms.iter().map(|(_, a)| a.dimension()).collect();
        assert!(
            !terms.is_empty() && dimensions.iter().all(|&n| n == dimensions[0]),
            "a combination of operators of dimensions {dimensions:?}"
        );
        Combination { terms }
    }
}

impl SymmetricOperator for Combination<'_> {
    fn dimension(&self) -> usize {
        self.terms[0].1.dimension()
    }

    fn apply(&self, block: ArrayView2<'_, f64>, mut out: ArrayViewMut2<'_, f64>) {
        out.fill(0.0);
        let mut part = ndarray::Array2::zeros(out.dim());
        for &(coefficient, operator) in &self.terms {
            operator.apply(block, part.view_mut());
            Zip::from(&mut out)
                .and(&part)
                .for_each(|sum, x| *sum += coefficient * x);
        }
    }

    fn operations(&self) -> f64 {
        self.terms.iter().map(|(_, a)| a.operations()).sum()
    }

    fn unit(&self) -> f64 {
        self.terms.iter().map(|(_, a)| a.unit()).fold(0.0, f64::max)
    }
}
