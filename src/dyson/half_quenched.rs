//! The tensor Dyson equation of structured data, one leg averaged and one kept.

use super::{DysonError, checked_point};
use crate::linalg::complex_inverse;
use crate::measure::NotConverged;
use ndarray::{Array2, ArrayView2};
use num_complex::Complex64;

/// Steps before giving up.
const STEPS: usize = 2000;
/// The relative change at which the iteration ends.
const TOLERANCE: f64 = 1e-10;

/// `s(z)` of the limit law of `Y ↦ ΣYS + SYΣ`, `S = Σ^{1/2}GGᵀΣ^{1/2}`, `G = W/√d` with W Gaussian, from one S (d×d, in the eigenbasis of
/// Σ) and the eigenvalues of Σ, at `γ₂ = p/d`.
///
/// The operator is `Σ⊗S + S⊗Σ` on two legs. Σ and S do not commute and are not free, but the legs are independent in
/// moments; on the first leg, W is averaged as in the matrix Dyson equation, with matrices of the second leg for scalars:
///
/// ```math
/// M_σ = (σS − z + σγ₂ Σ^{1/2}(1 + Σ^{1/2}TΣ^{1/2})⁻¹Σ^{1/2})⁻¹,   T = (1/d) Σ_i σ_i M_{σ_i},   s = (1/d²) Σ_i Tr M_{σ_i}.
/// ```
///
/// M ↦ ½M + ½(…)⁻¹ converges, as Helton, Rashidi Far and Speicher (2007) show for such equations. The error against the operator's own
/// spectrum is of order 1/d. No published source for this equation; claim `structured-law` measures it.
///
/// # Errors
/// A z outside the upper half plane, or no convergence.
///
/// # Panics
/// If S is not d×d.
pub fn half_quenched(
    variances: &[f64],
    s: ArrayView2<'_, f64>,
    gamma_2: f64,
    z: Complex64,
) -> Result<Complex64, DysonError> {
    let d = variances.len();
    assert!(s.dim() == (d, d), "S of shape {:?} for d = {d}", s.dim());
    checked_point(z, d)?;
    let atoms = counted(variances);
    let roots = Array2::from_shape_fn((d, d), |(i, j)| (variances[i] * variances[j]).sqrt());
    let mut solutions = vec![Array2::from_diag_elem(d, -z.inv()); atoms.len()];
    let mut change = f64::INFINITY;
    for _ in 0..STEPS {
        let mut inner = Array2::<Complex64>::zeros((d, d));
        for ((value, share), m) in atoms.iter().zip(&solutions) {
            inner.scaled_add(Complex64::from(value * share), m);
        }
        inner = inner * &roots;
        inner.diag_mut().mapv_inplace(|x| x + 1.0);
        let averaged = complex_inverse(inner.view())? * &roots;
        change = 0.0;
        for ((value, _), m) in atoms.iter().zip(&mut solutions) {
            let mut next = s.mapv(|x| Complex64::from(value * x))
                + &averaged * Complex64::from(value * gamma_2);
            next.diag_mut().mapv_inplace(|x| x - z);
            let next = complex_inverse(next.view())?;
            change = f64::max(
                change,
                (&next - &*m).iter().map(|x| x.norm_sqr()).sum::<f64>(),
            );
            m.zip_mut_with(&next, |old, new| *old = 0.5 * (*old + new));
        }
        // ‖M‖ ≤ 1/Im z.
        change = (change / d as f64).sqrt() * z.im;
        if change <= TOLERANCE {
            let traces = atoms.iter().zip(&solutions);
            return Ok(traces
                .map(|((_, share), m)| m.diag().sum() * (share / d as f64))
                .sum());
        }
    }
    Err(NotConverged {
        z,
        residual: change,
        steps: STEPS,
    }
    .into())
}

/// The values and their shares of the whole, ascending.
fn counted(variances: &[f64]) -> Vec<(f64, f64)> {
    let mut sorted = variances.to_vec();
    sorted.sort_by(f64::total_cmp);
    let share = |equal: &[f64]| equal.len() as f64 / sorted.len() as f64;
    sorted
        .chunk_by(|x, y| x == y)
        .map(|equal| (equal[0], share(equal)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linalg::{gram, symmetric_eigenvalues};
    use crate::measure::Law;
    use crate::model::{EntryLaw, Streams};

    /// White data: the law is that of S shifted by an independent one, s(z) = ∫ s_{MP}(z − h) dρ(h) over the eigenvalues h of S.
    #[test]
    fn white_data_give_the_classical_convolution() {
        let (d, p) = (10, 15);
        let g = EntryLaw::Gaussian.matrix(d, p, &mut Streams::new(1, "half").stream(0));
        let s = gram((g / (d as f64).sqrt()).view());
        let h = symmetric_eigenvalues(s.view()).unwrap();
        // GGᵀ has the law of γ₂ MP^{1/γ₂}.
        let law = Law::marchenko_pastur(d as f64 / p as f64)
            .unwrap()
            .scaled(1.5)
            .unwrap();
        let z = Complex64::new(1.0, 0.5);
        let sum: Complex64 = h.iter().map(|h| law.stieltjes(z - h).unwrap().s).sum();
        let seen = half_quenched(&vec![1.0; d], s.view(), 1.5, z).unwrap();
        assert!((seen - sum / d as f64).norm() < 1e-8, "{seen} {sum}");
    }

    /// Far more features than dimensions: S is γ₂Σ, nothing is random, and the eigenvalues are 2γ₂σ_iσ_j.
    #[test]
    fn many_features_give_the_products_of_variances() {
        let (gamma, variances) = (1e9, [0.2, 0.7, 0.7, 2.4]);
        let s = Array2::from_diag(&ndarray::arr1(&variances.map(|x| gamma * x)));
        let z = Complex64::new(0.8, 0.5);
        let seen = half_quenched(&variances, s.view(), gamma, gamma * z).unwrap() * gamma;
        let each = |x: &f64| variances.map(|y| (2.0 * x * y - z).inv()).iter().sum();
        let sum: Complex64 = variances.iter().map(|x| -> Complex64 { each(x) }).sum();
        assert!((seen - sum / 16.0).norm() < 1e-7, "{seen} {sum}");
    }

    /// Σ twice as large has S twice and the operator four times as large.
    #[test]
    fn the_equation_scales_with_the_data() {
        let g = EntryLaw::Gaussian.matrix(4, 6, &mut Streams::new(2, "half").stream(0));
        let s = gram(g.view()) / 4.0;
        let z = Complex64::new(2.0, 0.5);
        let one = half_quenched(&[0.5, 1.0, 1.0, 1.5], s.view(), 1.5, z).unwrap();
        let two = half_quenched(&[1.0, 2.0, 2.0, 3.0], (2.0 * s).view(), 1.5, 4.0 * z).unwrap();
        assert!((one - 4.0 * two).norm() < 1e-8, "{one} {two}");
    }

    #[test]
    fn a_point_on_the_axis_is_refused() {
        let s = Array2::eye(2);
        let at = |z| half_quenched(&[1.0, 2.0], s.view(), 1.0, z);
        assert!(matches!(
            at(Complex64::new(1.0, 0.0)),
            Err(DysonError::Point { .. })
        ));
        assert!(at(Complex64::new(f64::NAN, 1.0)).is_err());
        assert_eq!(
            counted(&[2.0, 1.0, 2.0]),
            vec![(1.0, 1.0 / 3.0), (2.0, 2.0 / 3.0)]
        );
    }
}
