//! A linear system of which only the products are known, by minimal residuals over a Krylov space (Saad and Schultz 1986).

use num_complex::Complex64;

/// Vectors of a space at most.
const LIMIT: usize = 120;

/// `a* b`, in four sums that do not wait for one another.
fn dot(a: &[Complex64], b: &[Complex64]) -> Complex64 {
    let mut sums = [Complex64::ZERO; 4];
    for (a, b) in a.chunks(4).zip(b.chunks(4)) {
        for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
            *sum += a.conj() * b;
        }
    }
    sums.iter().sum()
}

fn norm(a: &[Complex64]) -> f64 {
    a.iter().map(|x| x.norm_sqr()).sum::<f64>().sqrt()
}

/// x with `|rhs − A x| ≤ tolerance |rhs|`, as the recurrence tells, or as near as the space comes.
pub(super) fn solved(
    apply: &dyn Fn(&[Complex64]) -> Vec<Complex64>,
    rhs: &[Complex64],
    tolerance: f64,
) -> Vec<Complex64> {
    let whole = norm(rhs);
    if whole == 0.0 {
        return rhs.to_vec();
    }
    let mut basis = vec![rhs.iter().map(|x| x / whole).collect::<Vec<_>>()];
    // Columns of the triangular factor, the rotations that made it, and the residual in their basis.
    let mut columns: Vec<Vec<Complex64>> = Vec::new();
    let mut rotations: Vec<(f64, Complex64)> = Vec::new();
    let mut rest = vec![Complex64::from(whole)];
    while columns.len() < LIMIT && rest[columns.len()].norm() > tolerance * whole {
        let k = columns.len();
        let mut next = apply(&basis[k]);
        let mut column: Vec<Complex64> = Vec::with_capacity(k + 2);
        for vector in &basis {
            let along = dot(vector, &next);
            for (x, v) in next.iter_mut().zip(vector) {
                *x -= along * v;
            }
            column.push(along);
        }
        let length = norm(&next);
        for (j, &(c, s)) in rotations.iter().enumerate() {
            let (a, b) = (column[j], column[j + 1]);
            column[j] = c * a + s * b;
            column[j + 1] = c * b - s.conj() * a;
        }
        let a = column[k];
        let size = a.norm().hypot(length);
        if size == 0.0 {
            break;
        }
        let (c, s) = match a.norm() {
            0.0 => (0.0, Complex64::ONE),
            size_a => (size_a / size, a / size_a * (length / size)),
        };
        column[k] = c * a + s * length;
        rest.push(-s.conj() * rest[k]);
        rest[k] *= c;
        rotations.push((c, s));
        columns.push(column);
        if length == 0.0 {
            break;
        }
        basis.push(next.iter().map(|x| x / length).collect());
    }
    let k = columns.len();
    let mut y = vec![Complex64::ZERO; k];
    for i in (0..k).rev() {
        let known: Complex64 = (i + 1..k).map(|j| columns[j][i] * y[j]).sum();
        y[i] = (rest[i] - known) / columns[i][i];
    }
    let mut x = vec![Complex64::ZERO; rhs.len()];
    for (vector, y) in basis.iter().zip(&y) {
        for (x, v) in x.iter_mut().zip(vector) {
            *x += y * v;
        }
    }
    x
}
