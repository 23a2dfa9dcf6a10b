//! `𝒬 = τ₂₃(P⊗R) + τ₂₄(S⊗S)` with `R = SᵀP⁻¹S + c`, the covariance of a quadratic feature.
//!
//! With `P = Q²`, `S = QH`: `𝒬(M) = Q(QMHᵀ + HMᵀQ)H + cPM`. For c = 0 this is `½𝒮*𝒮` with `𝒮(M) = QMHᵀ + HMᵀQ`, and
//! `½𝒮𝒮*(Y) = PYB + BYP`, `B = HHᵀ = P^{−1/2}SSᵀP^{−1/2}`, on symmetric d×d matrices: the nonzero eigenvalues agree.
//! For `P = 1` the same holds with c added throughout. Where P and B commute they are `p_i b_j + b_i p_j`, i ≤ j.

use super::drawn::Drawn;
use super::pairing::Pairing;
use crate::linalg::{LinalgError, product, symmetric_eigen, symmetric_eigenvalues};
use crate::spectrum::SymmetricOperator;
use crate::symbolic::Expression;
use ndarray::{Array2, ArrayView2, ArrayViewMut2, Axis};

/// `Y ↦ PYB + BYP` on symmetric d×d matrices, plus c on all of the d·p-dimensional feature space.
#[derive(Debug, Clone, PartialEq)]
pub struct Symmetrised {
    /// P in the eigenbasis of B.
    p: Array2<f64>,
    /// The eigenvalues of B.
    b: Vec<f64>,
    shift: f64,
    features: usize,
}

/// Relative to the largest entry, what counts as 0: the products of a few matrices of some hundred rows.
const ROUNDING: f64 = 1e-12;

fn size(matrix: &Array2<f64>) -> f64 {
    matrix
        .iter()
        .fold(0.0, |largest: f64, x| largest.max(x.abs()))
}

/// `P`, `R` and `S` of `𝒬 = τ₂₃(P⊗R) + τ₂₄(S⊗S)`.
struct Factors {
    p: Array2<f64>,
    r: Array2<f64>,
    s: Array2<f64>,
}

/// The matrices of which the terms of 𝒬 are made, if they are such products.
fn factors(covariance: &Expression, drawn: &Drawn, pairings: &[Pairing]) -> Option<Factors> {
    let with = |legs: [(usize, usize); 2]| pairings.iter().filter(move |p| p.legs == legs);
    let straight: Vec<&Pairing> = with([(0, 2), (1, 3)]).collect();
    let crossed: Vec<&Pairing> = with([(0, 3), (1, 2)]).collect();
    let ([first, ..], [across]) = (straight.as_slice(), crossed.as_slice()) else {
        return None;
    };
    if straight.len() + 1 != pairings.len() {
        return None;
    }
    let matrix = |pairing: &Pairing, pair| pairing.matrix(covariance, drawn, pair);
    let weight = across.value(covariance, drawn);
    // S_ae S_cb: the second matrix is read from b to c.
    let (s, second) = (matrix(across, 0), matrix(across, 1).reversed_axes());
    if weight <= 0.0 || s.dim() != second.dim() || size(&(&s - &second)) > ROUNDING * size(&s) {
        return None;
    }
    let s = s * weight.sqrt();
    let p = matrix(first, 0);
    let mut r = Array2::zeros((s.ncols(), s.ncols()));
    for term in &straight {
        if size(&(matrix(term, 0) - &p)) > ROUNDING * size(&p) {
            return None;
        }
        r = r + matrix(term, 1) * term.value(covariance, drawn);
    }
    Some(Factors { p, r, s })
}

/// `P^{−1/2}`, if P is well conditioned.
fn inverse_root(p: &Array2<f64>) -> Result<Option<Array2<f64>>, LinalgError> {
    let eigen = symmetric_eigen(p.view())?;
    match (eigen.values.first(), eigen.values.last()) {
        (Some(lowest), Some(highest)) if *lowest > 1e-8 * highest => {}
        _ => return Ok(None),
    }
    let roots: Vec<f64> = eigen.values.iter().map(|x| x.powf(-0.25)).collect();
    let half = &eigen.vectors * &ndarray::Array1::from(roots).insert_axis(Axis(0));
    Ok(Some(product(half.view(), half.t())))
}

/// The structure of 𝒬, if its terms have it.
pub(super) fn recognised(
    covariance: &Expression,
    drawn: &Drawn,
    pairings: &[Pairing],
) -> Result<Option<Symmetrised>, LinalgError> {
    let Some(Factors { p, r, s }) = factors(covariance, drawn, pairings) else {
        return Ok(None);
    };
    let Some(inverse_root) = inverse_root(&p)? else {
        return Ok(None);
    };
    let h = product(inverse_root.view(), s.view());
    let rest = r - product(h.t(), h.view());
    let shift: f64 = rest.diag().sum() / rest.nrows() as f64;
    let scale = size(&h).powi(2) * h.nrows() as f64 + shift.abs();
    let off = size(&(rest - Array2::<f64>::eye(s.ncols()) * shift));
    let white = size(&(&p - &Array2::<f64>::eye(p.nrows()))) < ROUNDING;
    let is_shifted = shift.abs() > ROUNDING * scale;
    if off > ROUNDING * scale || (is_shifted && !white) {
        return Ok(None);
    }
    let own = symmetric_eigen(product(h.view(), h.t()).view())?;
    let turned = product(p.view(), own.vectors.view());
    Ok(Some(Symmetrised {
        p: product(own.vectors.t(), turned.view()),
        b: own.values.to_vec(),
        shift: if is_shifted { shift } else { 0.0 },
        features: s.len(),
    }))
}

impl Symmetrised {
    /// Whether P and B commute, so that the eigenvalues are had in closed form.
    pub fn commutes(&self) -> bool {
        let off = self.p.indexed_iter().filter(|((i, j), _)| i != j);
        let largest = off.fold(0.0, |largest: f64, (_, x)| largest.max(x.abs()));
        largest <= ROUNDING * size(&self.p) * self.b.len() as f64
    }

    /// c.
    pub(super) fn shift(&self) -> f64 {
        self.shift
    }

    /// Of the problem on symmetric matrices.
    pub fn dimension(&self) -> usize {
        self.b.len() * (self.b.len() + 1) / 2
    }

    /// All eigenvalues of 𝒬, one for each dimension of the feature space, in no particular order.
    ///
    /// # Errors
    /// [`LinalgError`].
    pub fn eigenvalues(&self) -> Result<Vec<f64>, LinalgError> {
        let d = self.b.len();
        let pairs = || (0..d).flat_map(move |i| (i..d).map(move |j| (i, j)));
        let mut values: Vec<f64> = if self.commutes() {
            let one =
                |(i, j): (usize, usize)| self.p[[i, i]] * self.b[j] + self.b[i] * self.p[[j, j]];
            pairs().map(one).collect()
        } else {
            symmetric_eigenvalues(self.on_symmetric().view())?
        };
        // Of the two spaces the smaller's zeros are fewer: what is left out or added is 0.
        values.sort_by(|x, y| y.abs().total_cmp(&x.abs()));
        values.resize(self.features, 0.0);
        Ok(values.into_iter().map(|x| x + self.shift).collect())
    }

    /// The matrix of `Y ↦ PYB + BYP` in the orthonormal basis `E_ii, (E_ij + E_ji)/√2`; B is diagonal here.
    fn on_symmetric(&self) -> Array2<f64> {
        let d = self.b.len();
        let pairs: Vec<(usize, usize)> = (0..d).flat_map(|i| (i..d).map(move |j| (i, j))).collect();
        let norm = |(i, j): (usize, usize)| if i == j { 0.5_f64.sqrt() } else { 1.0 };
        let (p, b) = (&self.p, &self.b);
        Array2::from_shape_fn((pairs.len(), pairs.len()), |(x, y)| {
            let ((i, j), (k, l)) = (pairs[x], pairs[y]);
            // ⟨E_ij + E_ji, P(E_kl + E_lk)B + B(E_kl + E_lk)P⟩/2, each pair with its norm.
            let entry = |i: usize, j: usize, k: usize, l: usize| {
                let left = if j == l { p[[i, k]] * b[l] } else { 0.0 };
                let right = if i == k { b[k] * p[[l, j]] } else { 0.0 };
                left + right
            };
            let sum = entry(i, j, k, l) + entry(j, i, k, l) + entry(i, j, l, k) + entry(j, i, l, k);
            0.5 * sum * norm((i, j)) * norm((k, l))
        })
    }

    /// `PYB + BYP` for a symmetric Y, of 4d³ operations.
    pub fn act(&self, y: &Array2<f64>) -> Array2<f64> {
        let b = ndarray::Array1::from(self.b.clone()).insert_axis(Axis(0));
        let half = product(self.p.view(), (y * &b).view());
        &half + &half.t()
    }
}

/// The operator on symmetric matrices, in the basis `E_ii, (E_ij + E_ji)/√2`, without its matrix.
impl SymmetricOperator for Symmetrised {
    fn dimension(&self) -> usize {
        Symmetrised::dimension(self)
    }

    fn apply(&self, block: ArrayView2<'_, f64>, mut out: ArrayViewMut2<'_, f64>) {
        let d = self.b.len();
        let root = 0.5_f64.sqrt();
        for (row, mut out) in block.rows().into_iter().zip(out.rows_mut()) {
            let mut y = Array2::zeros((d, d));
            let pairs = || (0..d).flat_map(|i| (i..d).map(move |j| (i, j)));
            for ((i, j), &x) in pairs().zip(row) {
                let entry = if i == j { x } else { x * root };
                y[[i, j]] = entry;
                y[[j, i]] = entry;
            }
            let image = self.act(&y);
            for ((i, j), x) in pairs().zip(&mut out) {
                *x = if i == j {
                    image[[i, j]]
                } else {
                    image[[i, j]] / root
                };
            }
        }
    }

    fn operations(&self) -> f64 {
        4.0 * (self.b.len() as f64).powi(3)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The root where the ratio of the eigenvalues is above 1e-8, whatever their size.
    #[test]
    fn the_inverse_root_asks_for_a_ratio() {
        for (low, high, exists) in [
            (4.0, 9.0, true),
            (1e-7, 1e-6, true),
            (1e5, 1e9, true),
            (1e-5, 1e4, false),
            (1e-12, 1e-3, false),
            (0.0, 1.0, false),
        ] {
            let p = ndarray::arr2(&[[low, 0.0], [0.0, high]]);
            let root = inverse_root(&p).unwrap();
            assert_eq!(root.is_some(), exists, "{low} {high}");
            let Some(root) = root else { continue };
            let one = root.dot(&root).dot(&p);
            for ((i, j), x) in one.indexed_iter() {
                let expected = if i == j { 1.0 } else { 0.0 };
                assert!((x - expected).abs() < 1e-13, "{low} {high}: {one}");
            }
        }
    }
}
