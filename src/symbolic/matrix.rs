//! Matrices over a prime field for the checker: inverses, and orthogonal matrices.

use super::modulus::{Field, Residue};

/// A square matrix, row by row.
pub(super) type Rows = Vec<Vec<Residue>>;

pub(super) fn identity(field: Field, size: usize) -> Rows {
    let entry = |i, j| {
        if i == j {
            field.one()
        } else {
            Residue::default()
        }
    };
    (0..size)
        .map(|i| (0..size).map(|j| entry(i, j)).collect())
        .collect()
}

pub(super) fn product(field: Field, left: &Rows, right: &Rows) -> Rows {
    let entry = |row: &[Residue], j: usize| {
        let terms = row
            .iter()
            .zip(right)
            .map(|(x, other)| field.product(*x, other[j]));
        terms.fold(Residue::default(), |sum, term| field.sum(sum, term))
    };
    let columns = right.first().map_or(0, Vec::len);
    left.iter()
        .map(|row| (0..columns).map(|j| entry(row, j)).collect())
        .collect()
}

/// The inverse by Gauss–Jordan elimination, `None` for a singular matrix.
pub(super) fn inverse(field: Field, matrix: &Rows) -> Option<Rows> {
    let size = matrix.len();
    let one = identity(field, size);
    let mut rows: Rows = matrix
        .iter()
        .zip(one)
        .map(|(row, one)| [row.clone(), one].concat())
        .collect();
    for k in 0..size {
        let pivot = (k..size).find(|&row| !field.is_zero(rows[row][k]))?;
        rows.swap(k, pivot);
        let scale = field.inverse(rows[k][k])?;
        for x in &mut rows[k] {
            *x = field.product(*x, scale);
        }
        let pivot_row = rows[k].clone();
        for (_, row) in rows.iter_mut().enumerate().filter(|(other, _)| *other != k) {
            let factor = field.minus(row[k]);
            if field.is_zero(factor) {
                continue;
            }
            for (x, y) in row.iter_mut().zip(&pivot_row).skip(k) {
                *x = field.sum(*x, field.product(factor, *y));
            }
        }
    }
    Some(rows.into_iter().map(|row| row[size..].to_vec()).collect())
}

/// Cayley's orthogonal matrix `(1 − A)(1 + A)⁻¹`, `A` antisymmetric with entries drawn by `draw`; its
/// entries are quotients of polynomials of degree `size` in the draws. `None` where `1 + A` is singular.
pub(super) fn orthogonal(
    field: Field,
    size: usize,
    mut draw: impl FnMut() -> Residue,
) -> Option<Rows> {
    let (mut plus, mut minus) = (identity(field, size), identity(field, size));
    for i in 0..size {
        for j in 0..i {
            let entry = draw();
            plus[i][j] = entry;
            plus[j][i] = field.minus(entry);
            minus[i][j] = field.minus(entry);
            minus[j][i] = entry;
        }
    }
    Some(product(field, &minus, &inverse(field, &plus)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cayley_matrix_times_its_transpose_is_one() {
        let field = Field::new(crate::tensor::MERSENNE_61);
        let mut next = 3;
        let u = orthogonal(field, 4, || {
            next = next * 7 + 1;
            field.number(next)
        });
        let u = u.unwrap();
        let transposed: Rows = (0..4)
            .map(|j| u.iter().map(|row| row[j]).collect())
            .collect();
        assert_eq!(product(field, &u, &transposed), identity(field, 4));
        assert_ne!(u, identity(field, 4));
    }

    #[test]
    fn a_singular_matrix_has_no_inverse() {
        let field = Field::new(7);
        assert_eq!(inverse(field, &vec![vec![field.one(); 2]; 2]), None);
        let swap = vec![
            vec![Residue::default(), field.number(3)],
            vec![field.one(), Residue::default()],
        ];
        let back = inverse(field, &swap).unwrap();
        assert_eq!(product(field, &swap, &back), identity(field, 2));
    }
}
