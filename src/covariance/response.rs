//! `log det(ℐ + t𝒬)` and its derivatives for any weights, from d×d matrices (claim `weights-law`).
//!
//! `I(t) = (1/pd)⟨𝒬, (ℐ + t𝒬)⁻¹⟩` is its t-derivative over pd. The derivatives of h are those of
//! Rayleigh–Schrödinger perturbation theory for a complex symmetric matrix.

use super::Covariance;
use crate::linalg::{LinalgError, complex_eigen, complex_inverse, singular_values};
use crate::measure::{Jet, Response, ResponseError};
use crate::numbers::most;
use ndarray::{Array1, Array2};
use num_complex::Complex64;

/// The eigenvalues of H(t) with their first two t-derivatives.
struct Branches {
    h: Array1<Complex64>,
    first: Array1<Complex64>,
    second: Array1<Complex64>,
    /// Further eigenvalues of H that are 0 for all t: d − p if p < d.
    zeros: usize,
    /// `tr CN` and `tr CNCN`.
    traces: (Complex64, Complex64),
    log_det_right: Complex64,
}

fn branches(q: &Covariance, t: Complex64) -> Result<Branches, LinalgError> {
    let (d, _) = q.shape();
    let n = q.right_inverse(t)?;
    let c = q.right_factor().mapv(Complex64::from);
    let cn = c.dot(&n);
    let n_first = -n.dot(&cn);
    let n_second = -n_first.dot(&cn) * Complex64::from(2.0);
    let factor = q.reduced.as_ref().unwrap_or(&q.g).mapv(Complex64::from);
    let sandwich = |x: &Array2<Complex64>| factor.dot(x).dot(&factor.t());
    let eigen = complex_eigen(sandwich(&n).view())?;
    let mut v = eigen.vectors;
    // Complex orthonormal columns: vᵀv = 1, no conjugation.
    for mut column in v.columns_mut() {
        let norm = column.iter().map(|x| x * x).sum::<Complex64>().sqrt();
        column /= norm;
    }
    let rotated = |x: &Array2<Complex64>| v.t().dot(&sandwich(x)).dot(&v);
    let (b, b_second) = (rotated(&n_first), rotated(&n_second));
    let h = eigen.values;
    let scale = most(h.iter().map(|x| x.norm()));
    let second = Array1::from_shape_fn(h.len(), |i| {
        let mut sum = b_second[[i, i]];
        for k in 0..h.len() {
            let gap = h[i] - h[k];
            // Inside an exact multiplet the terms cancel between i and k in every symmetric sum.
            if k != i && gap.norm() > f64::EPSILON * scale {
                sum += 2.0 * b[[i, k]] * b[[k, i]] / gap;
            }
        }
        sum
    });
    let log_det_right = if q.mean == 0.0 {
        q.a.iter().map(|a| (1.0 + t * (q.shift * a * a)).ln()).sum()
    } else {
        // C is positive semidefinite: its eigenvalues keep each logarithm on the principal branch.
        singular_values(q.right_factor().view())?
            .iter()
            .map(|x| (1.0 + t * x).ln())
            .sum()
    };
    Ok(Branches {
        first: b.diag().to_owned(),
        second,
        zeros: d - h.len(),
        traces: (cn.diag().sum(), cn.dot(&cn).diag().sum()),
        log_det_right,
        h,
    })
}

impl Covariance {
    /// `N = (1 + tC)⁻¹`, p×p.
    pub(super) fn right_inverse(&self, t: Complex64) -> Result<Array2<Complex64>, LinalgError> {
        if self.mean == 0.0 {
            let diagonal = self.a.mapv(|a| (1.0 + t * (self.shift * a * a)).inv());
            return Ok(Array2::from_diag(&diagonal));
        }
        let one_plus = Array2::eye(self.a.len()) + self.right_factor().mapv(|x| t * x);
        complex_inverse(one_plus.view())
    }

    /// `log det(ℐ + t𝒬)` for complex t with `1 + t𝒬` invertible, each logarithm on its principal branch. With
    /// `C = cD² + c₀²aaᵀ` (p×p) and the eigenvalues h of the d×d matrix `G (1 + tC)⁻¹ Gᵀ`, exactly
    ///
    /// ```math
    /// log det(ℐ + t𝒬) = d log det(1 + tC) + Σ_{1≤i≤j≤d} log(1 + tα²(h_i + h_j)).
    /// ```
    ///
    /// Slides 'Spectrum of 𝒬' and 'Adding the nonlinearity', of which it is the form for all weights (claim `weights-law`).
    ///
    /// # Errors
    /// t at a pole of the reduction.
    pub fn log_det(&self, t: Complex64) -> Result<Complex64, LinalgError> {
        let at = branches(self, t)?;
        let s = t * self.alpha * self.alpha;
        let mut sum = at.log_det_right * self.g.nrows() as f64;
        for (i, &x) in at.h.iter().enumerate() {
            for &y in at.h.iter().skip(i) {
                sum += (1.0 + s * (x + y)).ln();
            }
            sum += (1.0 + s * x).ln() * at.zeros as f64;
        }
        Ok(sum)
    }

    /// `I(t)` and `I′(t)`.
    fn trace_functional(&self, t: Complex64) -> Result<Jet, LinalgError> {
        let at = branches(self, t)?;
        let (d, p) = self.shape();
        let alpha_squared = self.alpha * self.alpha;
        let mut value = at.traces.0 * d as f64;
        let mut derivative = -at.traces.1 * d as f64;
        let mut add = |s: Complex64, s1: Complex64, s2: Complex64, count: f64| {
            let below = 1.0 + t * alpha_squared * s;
            let first = alpha_squared * (s + t * s1) / below;
            value += first * count;
            derivative += (alpha_squared * (2.0 * s1 + t * s2) / below - first * first) * count;
        };
        for i in 0..at.h.len() {
            for j in i..at.h.len() {
                add(
                    at.h[i] + at.h[j],
                    at.first[i] + at.first[j],
                    at.second[i] + at.second[j],
                    1.0,
                );
            }
            add(at.h[i], at.first[i], at.second[i], at.zeros as f64);
        }
        let scale = ((d * p) as f64).recip();
        Ok(Jet {
            value: value * scale,
            derivative: derivative * scale,
        })
    }
}

impl Response for Covariance {
    fn response(&self, t: Complex64) -> Result<Jet, ResponseError> {
        // A pole of the reduction is reported as a value that is not finite, as the trait asks.
        let nowhere = Complex64::new(f64::NAN, f64::NAN);
        Ok(self.trace_functional(t).unwrap_or(Jet {
            value: nowhere,
            derivative: nowhere,
        }))
    }

    /// The mass that the ranks of the parts leave at 0, for G of full rank.
    fn mass_at_zero(&self) -> f64 {
        let (d, p) = self.shape();
        let live = self.a.iter().filter(|a| **a != 0.0).count();
        if self.shift > 0.0 {
            return (p - live) as f64 / p as f64;
        }
        let rank = d.min(live) as f64;
        let (d, p) = (d as f64, p as f64);
        let linear = if self.alpha == 0.0 {
            0.0
        } else {
            rank * (rank + 1.0) / 2.0 + rank * (d - rank)
        };
        // The mean part adds the d directions x ⊗ a, but for those in the range {YG} of 𝒮*.
        let extra = match (self.mean == 0.0, self.alpha == 0.0) {
            (true, _) => 0,
            (false, true) => self.g.nrows() * live.min(1),
            (false, false) => self.g.nrows().min(live.saturating_sub(1)),
        };
        let extra = extra as f64;
        1.0 - (linear + extra) / (d * p)
    }

    fn mean(&self) -> f64 {
        let (d, p) = self.shape();
        let gram: f64 = self.g.iter().map(|x| x * x).sum();
        let weights: f64 = self.a.iter().map(|a| a * a).sum();
        let (d, p) = (d as f64, p as f64);
        // Tr 𝒬 = α²(d + 1)‖G‖² + (c + c₀²) d‖a‖².
        (self.alpha * self.alpha * (d + 1.0) * gram
            + (self.shift + self.mean * self.mean) * d * weights)
            / (d * p)
    }

    fn support_bound(&self) -> f64 {
        let gram: f64 = self.g.iter().map(|x| x * x).sum();
        let weights: f64 = self.a.iter().map(|a| a * a).sum();
        let largest = most(self.a.iter().map(|a| a * a));
        // ‖G‖ ≤ ‖G‖_F.
        2.0 * self.alpha * self.alpha * gram
            + self.shift * largest
            + self.mean * self.mean * weights
    }
}
