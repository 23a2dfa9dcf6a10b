//! Expansions on the sphere `|x|² = d`: spherical harmonics for what Hermite polynomials are to Gaussian vectors.

use crate::linalg::{LinalgError, symmetric_eigen};
use ndarray::Array2;

/// Nodes of the quadrature.
const NODES: usize = 96;

/// The number of spherical harmonics of degree k in d ≥ 2 dimensions, `C(d+k−1, k) − C(d+k−3, k−2)`: the multiplicity of the
/// degree k in a function of `⟨x, w⟩` on the sphere, about `d^k/k!` for d large.
///
/// ```
/// use tensor_dyson::model::harmonics;
/// assert_eq!([0, 1, 2, 3].map(|k| harmonics(3, k)), [1.0, 3.0, 5.0, 7.0]);
/// ```
pub fn harmonics(d: usize, k: usize) -> f64 {
    let d = d as f64;
    let homogeneous = |k: usize| (0..k).fold(1.0, |c, j| c * (d + j as f64) / (j as f64 + 1.0));
    if k < 2 {
        homogeneous(k)
    } else {
        homogeneous(k) - homogeneous(k - 2)
    }
}

/// `c_k = E f(u) q_k(u)`, k < count ≤ 48: u is `⟨x, w⟩/√d` for w uniform on the sphere `|w|² = d` and any x on it, q_k the
/// orthonormal polynomials of its law (Gegenbauer's), which are the zonal harmonics of degree k.
///
/// They tend to Hermite coefficients as d → ∞, with errors of order 1/d. With the Jacobi matrix J of that law,
/// `J_{k−1,k}² = dk(k+d−3)/((2k+d−2)(2k+d−4))`, they are the first row of f(J) (Golub and Welsch 1969); exact for polynomials f of
/// degree at most 96, and to rounding for f analytic near the axis.
///
/// # Errors
/// An f that is not finite.
///
/// # Panics
/// If d < 3, or for more than 48 coefficients.
///
/// ```
/// use tensor_dyson::model::sphere_coefficients;
/// // u² = 1 + √(2(d−1)/(d+2)) q₂.
/// let c = sphere_coefficients(&|u| u * u, 10, 3)?;
/// assert!((c[0] - 1.0).abs() < 1e-13 && (c[2].powi(2) - 1.5).abs() < 1e-13);
/// # Ok::<(), tensor_dyson::linalg::LinalgError>(())
/// ```
pub fn sphere_coefficients(
    f: &dyn Fn(f64) -> f64,
    d: usize,
    count: usize,
) -> Result<Vec<f64>, LinalgError> {
    assert!(
        d >= 3 && 2 * count <= NODES,
        "{count} coefficients in dimension {d}: at most 48, in dimension 3 and above"
    );
    let dimension = d as f64;
    let mut jacobi = Array2::zeros((NODES, NODES));
    for j in 1..NODES {
        let k = j as f64;
        let square = dimension * k * (k + dimension - 3.0)
            / ((2.0 * k + dimension - 2.0) * (2.0 * k + dimension - 4.0));
        jacobi[[j - 1, j]] = square.sqrt();
        jacobi[[j, j - 1]] = square.sqrt();
    }
    let eigen = symmetric_eigen(jacobi.view())?;
    let values = eigen.values.mapv(f);
    if let Some(k) = values.iter().position(|x| !x.is_finite()) {
        return Err(LinalgError::NotFinite {
            what: "a function on the sphere",
            row: k,
            col: 0,
            value: values[k].to_string(),
        });
    }
    let weighted = &eigen.vectors.row(0) * &values;
    Ok((0..count)
        .map(|k| eigen.vectors.row(k).dot(&weighted))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Activation;

    /// Parseval for a polynomial, its second moment from `E u⁴ = 3d/(d+2)`, `E u⁶ = 15d²/((d+2)(d+4))`.
    #[test]
    fn the_squares_add_up_to_the_second_moment() {
        for d in [3, 4, 10, 200] {
            let n = d as f64;
            let c = sphere_coefficients(&|u| 0.5 + u - u * u * u, d, 6).unwrap();
            let second = 0.25 + 1.0 - 6.0 * n / (n + 2.0) + 15.0 * n * n / ((n + 2.0) * (n + 4.0));
            let sum: f64 = c.iter().map(|c| c * c).sum();
            assert!((sum / second - 1.0).abs() < 1e-12, "{d}");
            assert!(c[2].abs() + c[4].abs() + c[5].abs() < 1e-12);
        }
    }

    #[test]
    fn hermite_coefficients_are_the_limit() {
        let tanh = sphere_coefficients(&f64::tanh, 100_000_000, 6).unwrap();
        let hermite = Activation::TanhPrime.sigma_coefficients(6);
        for (a, b) in tanh.iter().zip(&hermite) {
            assert!((a.abs() - b.abs()).abs() < 1e-7, "{tanh:?} {hermite:?}");
        }
    }

    #[test]
    fn harmonics_are_counted_and_a_pole_is_an_error() {
        assert_eq!(harmonics(5, 3), 35.0 - 5.0);
        assert_eq!(harmonics(2, 7), 2.0);
        assert!(sphere_coefficients(&|_| f64::NAN, 5, 2).is_err());
    }
}
