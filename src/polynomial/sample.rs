//! Samples: matrices are drawn, and the expression is evaluated as it stands, without its linearisation.

use ndarray::{Array2, ArrayView2};
use num_complex::Complex64;
use rand::{Rng, RngExt};
use rand_distr::StandardNormal;

use super::letter::{Symbol, SymbolKind};
use super::scalar::rounded;
use super::tree::Tree;
use super::{MatrixExpression, PolynomialError};
use crate::linalg::{complex_inverse, qr, symmetric_eigenvalues};

/// A number, or a matrix.
enum Value {
    Number(Complex64),
    Matrix(Array2<Complex64>),
}

impl MatrixExpression {
    /// The eigenvalues, ascending, of the expression in random matrices: it is size×size, other dimensions are in proportion.
    ///
    /// Gaussian matrices are real; a semicircular variable is a real symmetric Gaussian matrix; any other has its law's quantiles for eigenvalues,
    /// or atoms in proportion to their masses, and independent Haar distributed eigenvectors, and so all are asymptotically free (Voiculescu 1991).
    ///
    /// # Errors
    /// [`PolynomialError::Ratio`] where a ratio is missing, [`PolynomialError::Sampled`] where an inverse does not exist.
    pub fn sample(&self, size: usize, rng: &mut impl Rng) -> Result<Vec<f64>, PolynomialError> {
        let sizes = self.sizes()?;
        let mut drawn = Vec::new();
        for (k, symbol) in self.drawn_symbols.iter().enumerate() {
            let dimension = |d: usize| -> Result<usize, PolynomialError> {
                let exact = self.size(&sizes, d)? * size as f64;
                Ok((exact.round() as usize).max(1))
            };
            let is_it = |part: &&Tree| matches!(part, Tree::Variable(j) if *j == k);
            drawn.push(if self.drawn.parts().iter().any(is_it) {
                let (rows, cols) = (dimension(symbol.rows)?, dimension(symbol.cols)?);
                draw(symbol, rows, cols, rng)?
            } else {
                Array2::zeros((0, 0))
            });
        }
        match evaluate(&self.drawn, &drawn)? {
            Value::Matrix(matrix) => eigenvalues(matrix.view()),
            Value::Number(x) => Ok(vec![x.re; size]),
        }
    }
}

fn normal(rows: usize, cols: usize, rng: &mut impl Rng) -> Array2<f64> {
    Array2::from_shape_fn((rows, cols), |_| rng.sample(StandardNormal))
}

fn draw(
    symbol: &Symbol,
    rows: usize,
    cols: usize,
    rng: &mut impl Rng,
) -> Result<Array2<Complex64>, PolynomialError> {
    let real = match &symbol.kind {
        SymbolKind::Gaussian => normal(rows, cols, rng) / (cols as f64).sqrt(),
        SymbolKind::Semicircle { variance } => {
            let x = normal(rows, rows, rng);
            (&x + &x.t()) * (variance / (2.0 * rows as f64)).sqrt()
        }
        SymbolKind::Discrete { atoms } => {
            let place = |k: usize| {
                let share = (k as f64 + 0.5) / rows as f64;
                let mut below = 0.0;
                let found = atoms.iter().find(|(_, mass)| {
                    below += mass;
                    below >= share
                });
                found.or(atoms.last()).map_or(0.0, |(at, _)| *at)
            };
            turned((0..rows).map(place).collect(), rng)?
        }
        SymbolKind::Law { law } => {
            let law = law.distribution()?;
            let place = |k: usize| law.quantile((k as f64 + 0.5) / rows as f64);
            turned((0..rows).map(|k| place(k).unwrap_or(0.0)).collect(), rng)?
        }
    };
    Ok(real.mapv(Complex64::from))
}

/// A symmetric matrix of these eigenvalues, its eigenvectors distributed as Haar's law says.
fn turned(values: Vec<f64>, rng: &mut impl Rng) -> Result<Array2<f64>, PolynomialError> {
    let n = values.len();
    let (mut q, r) = qr(normal(n, n, rng).view())?;
    // With R's diagonal positive Q has Haar's law (Mezzadri 2007).
    for (mut column, x) in q.columns_mut().into_iter().zip(r.diag()) {
        column *= x.signum();
    }
    Ok((&q * &ndarray::Array1::from(values)).dot(&q.t()))
}

fn adjoint(matrix: &Array2<Complex64>) -> Array2<Complex64> {
    matrix.t().mapv(|x| x.conj())
}

/// As many times the identity.
fn plus_number(mut matrix: Array2<Complex64>, x: Complex64) -> Array2<Complex64> {
    matrix.diag_mut().mapv_inplace(|entry| entry + x);
    matrix
}

fn product(a: Value, b: Value) -> Value {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => Value::Number(a * b),
        (Value::Number(x), Value::Matrix(a)) | (Value::Matrix(a), Value::Number(x)) => {
            Value::Matrix(a.mapv(|entry| x * entry))
        }
        (Value::Matrix(a), Value::Matrix(b)) => Value::Matrix(a.dot(&b)),
    }
}

fn evaluate(tree: &Tree, drawn: &[Array2<Complex64>]) -> Result<Value, PolynomialError> {
    let of = |tree: &Tree| evaluate(tree, drawn);
    Ok(match tree {
        Tree::Number(x) => Value::Number(rounded(x)),
        Tree::Variable(k) => Value::Matrix(drawn[*k].clone()),
        Tree::Sum(_, a, b) => match (of(a)?, of(b)?) {
            (Value::Number(a), Value::Number(b)) => Value::Number(a + b),
            (Value::Number(x), Value::Matrix(a)) | (Value::Matrix(a), Value::Number(x)) => {
                Value::Matrix(plus_number(a, x))
            }
            (Value::Matrix(a), Value::Matrix(b)) => Value::Matrix(a + b),
        },
        Tree::Product(_, a, b) => product(of(a)?, of(b)?),
        Tree::Adjoint(a) => match of(a)? {
            Value::Number(x) => Value::Number(x.conj()),
            Value::Matrix(a) => Value::Matrix(adjoint(&a)),
        },
        Tree::Power(_, a, exponent) => {
            let mut power = Value::Number(Complex64::ONE);
            for _ in 0..*exponent {
                power = product(power, of(a)?);
            }
            power
        }
        Tree::Inverse(_, a) => match of(a)? {
            Value::Number(x) => Value::Number(x.inv()),
            Value::Matrix(a) => Value::Matrix(complex_inverse(a.view())?),
        },
    })
}

/// Of a Hermitian matrix `A + iB` those of `[[A, −B], [B, A]]`, each of which stands there twice.
fn eigenvalues(matrix: ArrayView2<'_, Complex64>) -> Result<Vec<f64>, PolynomialError> {
    let n = matrix.nrows();
    if matrix.iter().all(|x| x.im == 0.0) {
        return Ok(symmetric_eigenvalues(matrix.mapv(|x| x.re).view())?);
    }
    let twice = Array2::from_shape_fn((2 * n, 2 * n), |(i, j)| {
        let x = matrix[[i % n, j % n]];
        match (i < n, j < n) {
            (true, true) | (false, false) => x.re,
            (true, false) => -x.im,
            (false, true) => x.im,
        }
    });
    let values = symmetric_eigenvalues(twice.view())?;
    Ok(values.into_iter().step_by(2).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of `½ tr`, the trace of the square and a matrix whose eigenvalues are known: each stands once.
    #[test]
    fn eigenvalues_of_hermitian_matrices_stand_once() {
        let i = Complex64::I;
        // A shift of three places and back: 2 cos of the angles of the cube roots of a phase.
        let phase = Complex64::from_polar(1.0, 0.3);
        let matrix = Array2::from_shape_fn((3, 3), |(a, b)| match (a + 3 - b) % 3 {
            1 => phase,
            2 => phase.conj(),
            _ => Complex64::ZERO,
        });
        let angle = |k: f64| 2.0 * (0.3 + k * std::f64::consts::TAU / 3.0).cos();
        let mut expected = [angle(0.0), angle(1.0), angle(2.0)];
        expected.sort_by(f64::total_cmp);
        let found = eigenvalues(matrix.view()).unwrap();
        assert_eq!(found.len(), 3);
        for (x, y) in found.iter().zip(expected) {
            assert!((x - y).abs() < 1e-14, "{found:?} {expected:?}");
        }
        let two = ndarray::arr2(&[[2.0 * Complex64::ONE, i], [-i, 2.0 * Complex64::ONE]]);
        let found = eigenvalues(two.view()).unwrap();
        assert!((found[0] - 1.0).abs() < 1e-14 && (found[1] - 3.0).abs() < 1e-14);
    }
}
