//! Uniform samples: rows on the sphere, and orthogonal matrices.

use super::EntryLaw;
use crate::linalg::{LinalgError, qr};
use ndarray::{Array2, Axis};
use rand::Rng;

/// n×d with independent rows, uniform on the sphere `|x|² = d`: Gaussian rows, each divided by its norm
/// (Muller 1959).
///
/// Spectra of kernels of such rows approach their limit faster than those of Gaussian rows, whose `|x|²/d`
/// fluctuates by d^{−1/2}.
pub fn sphere_rows(n: usize, d: usize, rng: &mut impl Rng) -> Array2<f64> {
    let mut x = EntryLaw::Gaussian.matrix(n, d, rng);
    for mut row in x.axis_iter_mut(Axis(0)) {
        let norm = row.dot(&row).sqrt();
        row *= (d as f64).sqrt() / norm;
    }
    x
}

/// An n×n orthogonal matrix of the Haar law on O(n).
///
/// The Q of a Gaussian matrix, each column multiplied by the sign of the diagonal of R: without that the law
/// depends on the algorithm's choice of signs (Mezzadri 2007). Slide 'Limiting distribution'.
///
/// # Errors
/// Never for n ≥ 1 and finite entries, which Gaussian ones are.
pub fn haar_orthogonal(n: usize, rng: &mut impl Rng) -> Result<Array2<f64>, LinalgError> {
    let gaussian = EntryLaw::Gaussian.matrix(n, n, rng);
    let (q, r) = qr(gaussian.view())?;
    Ok(q * &r.diag().mapv(|x| if x < 0.0 { -1.0 } else { 1.0 }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Streams;

    #[test]
    fn rows_have_their_norm_and_haar_matrices_are_orthogonal() {
        let rng = &mut Streams::new(1, "rows").stream(0);
        for (n, d) in [(5, 3), (2, 7), (4, 1)] {
            let x = sphere_rows(n, d, rng);
            assert!(
                x.rows()
                    .into_iter()
                    .all(|r| (r.dot(&r) - d as f64).abs() < 1e-14 * 8.0 * d as f64)
            );
        }
        for n in [1, 2, 7] {
            let u = haar_orthogonal(n, rng).unwrap();
            let apart = u.dot(&u.t()) - Array2::<f64>::eye(n);
            assert!(apart.iter().all(|x| x.abs() < 1e-14 * 8.0 * n as f64));
        }
    }

    /// E u₁₁ = 0 and E u₁₁² = 1/n, to 6 standard errors; Q alone has u₁₁ of one sign.
    #[test]
    fn the_first_entry_has_the_moments_of_the_haar_law() {
        let (n, draws) = (3, 4000);
        let (mut first, mut second) = (0.0, 0.0);
        for k in 0..draws {
            let u = haar_orthogonal(n, &mut Streams::new(2, "haar").stream(k)).unwrap();
            first += u[[0, 0]];
            second += u[[0, 0]].powi(2);
        }
        let count = draws as f64;
        assert!((first / count).abs() < 6.0 * (1.0 / 3.0_f64).sqrt() / count.sqrt());
        assert!((second / count - 1.0 / 3.0).abs() < 6.0 * 0.3 / count.sqrt());
    }
}
