//! The rank of ∇ŷ over the field 𝔽_{2⁶¹−1}, for polynomial activations.

use ndarray::Array2;
use num_traits::{One, Zero};
use tensor_dyson::tensor::Fp61;

/// `σ(x) = Σ_k σ_k xᵏ` by its coefficients.
pub(super) struct Polynomial<'a>(pub &'a [i64]);

impl Polynomial<'_> {
    fn sum(&self, terms: impl Iterator<Item = (usize, i64)>, x: Fp61) -> Fp61 {
        terms.fold(Fp61::zero(), |sum, (power, c)| {
            sum + Fp61::from(c) * (0..power).fold(Fp61::one(), |x_power, _| x_power * x)
        })
    }

    fn value(&self, x: Fp61) -> Fp61 {
        self.sum(self.0.iter().copied().enumerate(), x)
    }

    fn slope(&self, x: Fp61) -> Fp61 {
        let terms = self.0.iter().enumerate().skip(1);
        self.sum(terms.map(|(k, &c)| (k - 1, k as i64 * c)), x)
    }

    /// ∇ŷ, n × p(d+1): the derivatives in W, `x_c σ′(u_b) a_b`, then those in a, `σ(u_b)`.
    pub(super) fn jacobian(&self, x: &Array2<Fp61>, w: &Array2<Fp61>, a: &[Fp61]) -> Array2<Fp61> {
        let (d, p) = w.dim();
        let u = x.dot(w);
        Array2::from_shape_fn((x.nrows(), p * (d + 1)), |(i, k)| {
            let b = k % p;
            if k < d * p {
                x[[i, k / p]] * self.slope(u[[i, b]]) * a[b]
            } else {
                self.value(u[[i, b]])
            }
        })
    }
}

/// The rank, by Gaussian elimination; exact over the field.
///
/// The rank at a random point of the field is at most the generic rank over ℚ of that size, and less with
/// probability at most degree/2⁶¹ (Schwartz and Zippel).
pub(super) fn rank(mut a: Array2<Fp61>) -> usize {
    let (rows, cols) = a.dim();
    let mut rank = 0;
    for col in 0..cols {
        let Some(pivot) = (rank..rows).find(|&row| a[[row, col]] != Fp61::zero()) else {
            continue;
        };
        for k in 0..cols {
            a.swap([pivot, k], [rank, k]);
        }
        for row in rank + 1..rows {
            let factor = a[[row, col]] / a[[rank, col]];
            for k in col..cols {
                let below = factor * a[[rank, k]];
                a[[row, k]] = a[[row, k]] - below;
            }
        }
        rank += 1;
    }
    rank
}
