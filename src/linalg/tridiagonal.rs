//! Eigenvalues of a symmetric matrix alone: Householder's reduction by faer, then QL without square roots, which takes a
//! tenth of the time of a QR iteration by rotations.

use super::{LinalgError, checked, no_convergence, square};
use faer::dyn_stack::{MemBuffer, MemStack};
use faer::linalg::evd::tridiag::{tridiag_in_place, tridiag_in_place_scratch};
use faer::linalg::qr::no_pivoting::factor::recommended_block_size;
use faer::{Mat, Par};
use faer_ext::IntoFaer;
use ndarray::ArrayView2;

/// Sweeps for each eigenvalue; two are usual.
const SWEEPS: usize = 30;

/// The n eigenvalues of a symmetric n×n matrix (its lower triangle is read), ascending, each to a few `ε‖A‖` times a slowly
/// growing function of n.
///
/// # Errors
/// [`LinalgError::NotSquare`], [`LinalgError::NotFinite`], [`LinalgError::Memory`] or [`LinalgError::NoConvergence`].
pub fn symmetric_eigenvalues(a: ArrayView2<'_, f64>) -> Result<Vec<f64>, LinalgError> {
    let what = "symmetric eigenvalues";
    square(what, &a)?;
    checked(what, a)?;
    let n = a.nrows();
    if n == 0 {
        return Ok(vec![]);
    }
    let mut reduced = Mat::<f64>::zeros(n, n);
    reduced.copy_from_triangular_lower(a.into_faer());
    let mut reflections = Mat::<f64>::zeros(recommended_block_size::<f64>(n, n), n - 1);
    let parameters = Default::default();
    let need = tridiag_in_place_scratch::<f64>(n, Par::Seq, parameters);
    let mut workspace = MemBuffer::try_new(need).map_err(|_| LinalgError::Memory {
        what,
        bytes: need.size_bytes(),
    })?;
    tridiag_in_place(
        reduced.as_mut(),
        reflections.as_mut(),
        Par::Seq,
        MemStack::new(&mut workspace),
        parameters,
    );
    let diagonal = (0..n).map(|i| reduced[(i, i)]).collect();
    let beside = (1..n).map(|i| reduced[(i, i - 1)]).collect();
    tridiagonal_eigenvalues(diagonal, beside).ok_or_else(|| no_convergence(what, &a))
}

/// The eigenvalues, ascending, of the symmetric tridiagonal matrix with this diagonal and these n − 1 entries beside it, by
/// the method of Pal, Walker and Kahan (Parlett 1998, section 8.15; `dsterf` of LAPACK); `None` where it does not converge.
fn tridiagonal_eigenvalues(mut diagonal: Vec<f64>, beside: Vec<f64>) -> Option<Vec<f64>> {
    // By a power of two, so that squares neither overflow nor vanish and no digit changes.
    let entries = diagonal.iter().chain(&beside);
    let largest = entries.fold(0.0_f64, |m, x| m.max(x.abs()));
    let exponent = if largest > 0.0 {
        libm::ilogb(largest)
    } else {
        0
    };
    let scaled = |x: f64| libm::scalbn(x, -exponent);
    diagonal.iter_mut().for_each(|x| *x = scaled(*x));
    let mut squares: Vec<f64> = beside.iter().map(|&x| scaled(x) * scaled(x)).collect();
    // QL finds the small eigenvalues of a graded matrix at its top: it is turned that way.
    if diagonal.last()?.abs() < diagonal.first()?.abs() {
        diagonal.reverse();
        squares.reverse();
    }
    squares.push(0.0);
    for low in 0..diagonal.len() {
        let mut sweeps = 0;
        while let Some(high) = coupled(&diagonal, &mut squares, low) {
            if sweeps == SWEEPS {
                return None;
            }
            sweeps += 1;
            sweep(&mut diagonal, &mut squares, low, high);
        }
    }
    diagonal
        .iter_mut()
        .for_each(|x| *x = libm::scalbn(*x, exponent));
    diagonal.sort_by(f64::total_cmp);
    Some(diagonal)
}

/// The last row of the block that begins at `low`, if it has another than `low`; the entry after it is put to 0.
fn coupled(diagonal: &[f64], squares: &mut [f64], low: usize) -> Option<usize> {
    let unit = f64::EPSILON / 2.0;
    let high = (low..diagonal.len() - 1)
        .find(|&m| squares[m] <= unit * unit * (diagonal[m] * diagonal[m + 1]).abs())
        .unwrap_or(diagonal.len() - 1);
    squares[high] = 0.0;
    (high > low).then_some(high)
}

/// One QL sweep with Wilkinson's shift over the rows `low..=high`.
fn sweep(diagonal: &mut [f64], squares: &mut [f64], low: usize, high: usize) {
    let root = squares[low].sqrt();
    let half = (diagonal[low + 1] - diagonal[low]) / (2.0 * root);
    let shift = diagonal[low] - root / (half + half.hypot(1.0).copysign(half));
    let (mut cosine, mut sine) = (1.0, 0.0);
    let mut gamma = diagonal[high] - shift;
    let mut p = gamma * gamma;
    for i in (low..high).rev() {
        let square = squares[i];
        let r = p + square;
        if i + 1 < high {
            squares[i + 1] = sine * r;
        }
        let before = cosine;
        (cosine, sine) = (p / r, square / r);
        let old = gamma;
        gamma = cosine * (diagonal[i] - shift) - sine * old;
        diagonal[i + 1] = old + (diagonal[i] - gamma);
        p = if cosine == 0.0 {
            before * square
        } else {
            gamma * gamma / cosine
        };
    }
    squares[low] = sine * p;
    diagonal[low] = shift + gamma;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linalg::symmetric_eigen;
    use ndarray::Array2;

    /// `2 − 2 cos(kπ/(n+1))`, the eigenvalues of the second difference.
    #[test]
    fn the_second_difference_has_its_eigenvalues_at_every_scale() {
        for (n, scale) in [(1, 1.0), (2, 1.0), (3, 1e200), (50, 1e-200), (300, 1.0)] {
            let found = tridiagonal_eigenvalues(vec![2.0 * scale; n], vec![-scale; n - 1]).unwrap();
            for (k, x) in found.iter().enumerate() {
                let angle = (k + 1) as f64 * std::f64::consts::PI / (n + 1) as f64;
                let error = x / scale - (2.0 - 2.0 * angle.cos());
                assert!(error.abs() < 16.0 * f64::EPSILON, "{n} {k} {error}");
            }
        }
    }

    /// Against the decomposition with vectors: full, of low rank, graded either way, diagonal, zero.
    #[test]
    fn eigenvalues_are_those_with_vectors() {
        let n = 70;
        let mix = |i: usize, j: usize| (((i * 37 + j * 91 + i * j * 13) % 101) as f64 / 50.0).sin();
        let full = Array2::from_shape_fn((n, n), |(i, j)| mix(i.min(j), i.max(j)));
        let thin = Array2::from_shape_fn((n, 5), |(i, j)| mix(i, j));
        let graded = Array2::from_shape_fn((n, n), |(i, j)| {
            mix(i.min(j), i.max(j)) * 10f64.powf(-0.1 * (i + j) as f64)
        });
        let turned = graded.slice(ndarray::s![..;-1, ..;-1]).to_owned();
        let cases = [
            full,
            thin.dot(&thin.t()),
            graded,
            turned,
            Array2::eye(n),
            Array2::zeros((n, n)),
            Array2::from_elem((1, 1), -3.0),
            Array2::zeros((0, 0)),
        ];
        for a in cases {
            let alone = symmetric_eigenvalues(a.view()).unwrap();
            assert_eq!(alone.len(), a.nrows());
            if alone.is_empty() {
                continue;
            }
            let other = symmetric_eigen(a.view()).unwrap().values;
            let norm = other.iter().fold(0.0_f64, |m, x| m.max(x.abs()));
            for (x, y) in alone.iter().zip(&other) {
                assert!((x - y).abs() <= 40.0 * f64::EPSILON * norm, "{x} {y}");
            }
        }
    }
}
