//! The block equation as it stands, iterated: dense and for small sizes, the oracle of the other two.
//!
//! `([[−z, E𝒜ᵀ], [E𝒜, −ℐ]] − 𝒮(M))⁻¹ = M`, (n+dp)-square. Slide 'Tensor Dyson Equation'.

use super::{DysonError, checked_point, superoperator};
use crate::covariance::Covariance;
use crate::linalg::complex_inverse;
use crate::linearization::{Blocks, linearized_matrix, mean_linearization};
use crate::measure::NotConverged;
use crate::tensor::matricize;
use ndarray::Array2;
use num_complex::Complex64;

/// A solution of the block equation, all blocks dense.
#[derive(Debug, Clone)]
pub struct LiteralSolution {
    /// M.
    pub blocks: Blocks,
    /// The largest entry of `([[−z, E𝒜ᵀ], [E𝒜, −ℐ]] − 𝒮(M))⁻¹ − M`.
    pub residual: f64,
    /// Iterations.
    pub steps: usize,
}

/// Averaged iterations after which the equation is given up.
const STEPS: usize = 2000;
/// The residual that ends the iteration: n + dp rounding errors in an inverse of moderate condition.
const RESIDUAL: f64 = 1e-13;

/// One evaluation of the equation's left side, `([[−z, E𝒜ᵀ], [E𝒜, −ℐ]] − 𝒮(M))⁻¹`.
///
/// # Errors
/// [`DysonError::Linalg`] for M for which the matrix is singular.
pub fn evaluate(q: &Covariance, m: &Blocks, z: Complex64) -> Result<Blocks, DysonError> {
    let n = m.m11.nrows();
    let dense = matricize(q.dense().view());
    let mean = mean_linearization(q.mean_feature().view(), n);
    let left = linearized_matrix(mean.view(), z) - superoperator(dense.view(), m).join();
    Ok(Blocks::split(&complex_inverse(left.view())?, n))
}

/// Solves the block equation for n samples by the averaged iteration `M ← ½(M + F(M))`, which keeps
/// the half plane `Im M₁₁ > 0` and contracts there for Im z of order 1 (Helton, Rashidi Far and
/// Speicher 2007). Near the real axis it needs many steps: use [`super::exchangeable`].
///
/// # Errors
/// [`DysonError::NotConverged`] after 2000 steps; z not in the upper half plane; n = 0.
pub fn solve(q: &Covariance, n: usize, z: Complex64) -> Result<LiteralSolution, DysonError> {
    checked_point(z, n)?;
    let (d, p) = q.shape();
    let size = d * p;
    let mut m = Blocks {
        m11: Array2::eye(n) * -z.inv(),
        m12: Array2::zeros((n, size)),
        m21: Array2::zeros((size, n)),
        m22: Array2::eye(size) * Complex64::from(-1.0),
    };
    let mut residual = f64::INFINITY;
    for steps in 1..=STEPS {
        let next = evaluate(q, &m, z)?;
        let half = Complex64::from(0.5);
        let (old, new) = (m.join(), next.join());
        residual = (&new - &old)
            .iter()
            .map(|x| x.norm())
            .try_fold(0.0, |most: f64, x| (!x.is_nan()).then_some(most.max(x)))
            .unwrap_or(f64::INFINITY);
        if residual <= RESIDUAL {
            return Ok(LiteralSolution {
                blocks: next,
                residual,
                steps,
            });
        }
        m = Blocks::split(&((new + old) * half), n);
    }
    let steps = STEPS;
    Err(NotConverged { z, residual, steps }.into())
}
