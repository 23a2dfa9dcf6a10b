//! The smaller of `XᵀX` and `XXᵀ`, its eigenvalues, and the largest alone.

use super::DataError;
use crate::linalg::{self, SymmetricEigen};
use ndarray::{Array1, Array2, ArrayView2};

/// Bytes that the matrix of the smaller side may take.
const LIMIT: u64 = 2_000_000_000;
/// Up to this size all eigenvalues are computed where one is wanted.
const SMALL: usize = 64;
/// The share of a Ritz value that its residual may be: the value's own error is then of the order of the square.
const RESIDUAL: f64 = 1e-4;

/// `XXᵀ/N` or `XᵀX/N`, whichever is smaller.
pub(super) fn smaller(x: ArrayView2<'_, f64>, freedom: usize) -> Result<Array2<f64>, DataError> {
    let side = x.nrows().min(x.ncols());
    let bytes = 8 * (side as u64).saturating_mul(side as u64);
    if bytes > LIMIT {
        return Err(DataError::Large {
            side,
            bytes,
            limit: LIMIT,
        });
    }
    let mut gram = if x.nrows() <= x.ncols() {
        linalg::gram(x)
    } else {
        linalg::gram(x.t())
    };
    gram /= freedom as f64;
    Ok(gram)
}

/// Eigenvalues descending, none below 0, with the vectors on the smaller side as columns in that order.
pub(super) fn eigen(gram: ArrayView2<'_, f64>) -> Result<(Vec<f64>, Array2<f64>), DataError> {
    let SymmetricEigen { values, vectors } = linalg::symmetric_eigen(gram)?;
    let values = values.iter().rev().map(|x| x.max(0.0)).collect();
    let order = ndarray::s![.., ..;-1];
    // faer takes no strides below 0.
    let vectors = vectors.slice(order).as_standard_layout().into_owned();
    Ok((values, vectors))
}

/// The largest eigenvalue, by Lanczos's method with full reorthogonalisation (Paige 1972).
pub(super) fn largest(gram: ArrayView2<'_, f64>) -> Result<f64, DataError> {
    let m = gram.nrows();
    if m <= SMALL {
        let values = linalg::symmetric_eigenvalues(gram)?;
        return Ok(values.last().copied().unwrap_or(0.0).max(0.0));
    }
    // A start that is no eigenvector of anything with structure.
    let mut v = Array1::from_shape_fn(m, |i| (1.0 + i as f64).sin());
    v /= v.dot(&v).sqrt();
    let (mut basis, mut diagonal, mut off) = (vec![v], vec![], vec![]);
    loop {
        let last = basis.len() - 1;
        let mut w = gram.dot(&basis[last]);
        diagonal.push(w.dot(&basis[last]));
        // Twice is enough (Parlett 1998).
        for _ in 0..2 {
            for known in &basis {
                let part = w.dot(known);
                w.scaled_add(-part, known);
            }
        }
        let norm = w.dot(&w).sqrt();
        let done = basis.len() == m || norm == 0.0;
        if done || basis.len().is_multiple_of(10) {
            let (value, end) = top(&diagonal, &off)?;
            if done || norm * end <= RESIDUAL * value {
                return Ok(value);
            }
        }
        off.push(norm);
        basis.push(w / norm);
    }
}

/// The largest eigenvalue of a tridiagonal matrix, and the modulus of its vector's last entry.
fn top(diagonal: &[f64], off: &[f64]) -> Result<(f64, f64), DataError> {
    let k = diagonal.len();
    let mut t = Array2::from_diag(&Array1::from(diagonal.to_vec()));
    for (i, b) in off.iter().enumerate() {
        t[[i + 1, i]] = *b;
        t[[i, i + 1]] = *b;
    }
    let SymmetricEigen { values, vectors } = linalg::symmetric_eigen(t.view())?;
    Ok((values[k - 1], vectors[[k - 1, k - 1]].abs()))
}

/// X less its first `count` components, from the vectors of the smaller side.
pub(super) fn without(x: ArrayView2<'_, f64>, vectors: &Array2<f64>, count: usize) -> Array2<f64> {
    if count == 0 {
        // faer's empty matrices have no strides that ndarray takes.
        return x.to_owned();
    }
    let u = vectors.slice(ndarray::s![.., ..count]);
    if x.nrows() <= x.ncols() {
        &x - &linalg::product(u, linalg::product(u.t(), x).view())
    } else {
        &x - &linalg::product(linalg::product(x, u).view(), u.t())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EntryLaw, Streams};

    #[test]
    fn the_largest_alone_is_the_largest_of_all_on_either_side() {
        for (n, p) in [(300, 90), (90, 300), (70, 70)] {
            let x = EntryLaw::Gaussian.matrix(n, p, &mut Streams::new(5, "gram").stream(0));
            let gram = smaller(x.view(), n).unwrap();
            let (values, vectors) = eigen(gram.view()).unwrap();
            assert!((largest(gram.view()).unwrap() / values[0] - 1.0).abs() < 1e-6);
            // Without its first two components the third is the largest.
            assert_eq!(without(x.view(), &vectors, 0), x);
            let rest = without(x.view(), &vectors, 2);
            let third = largest(smaller(rest.view(), n).unwrap().view()).unwrap();
            assert!((third / values[2] - 1.0).abs() < 1e-6);
            let trace: f64 = values.iter().sum();
            let squares = x.iter().map(|x| x * x).sum::<f64>() / n as f64;
            assert!((trace / squares - 1.0).abs() < 1e-12);
        }
    }
}
