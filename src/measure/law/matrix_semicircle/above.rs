//! Bounds in the upper half plane.
//!
//! Let `R_b = (b − X)⁻¹` for a matrix b with `Im b > 0`, and `𝔾(b) = (id ⊗ φ) R_b`. It is the only solution of `𝔾 = (b − A₀ − η(𝔾))⁻¹` with
//! `Im 𝔾 < 0` (Helton, Rashidi Far and Speicher 2007, theorem 2.1). So a matrix G with `Im G < 0` *is* `𝔾(z − D)`,
//! `D = z − A₀ − η(G) − G⁻¹`, if `|D| < Im z`, and since `R_b − R_z = R_b (z − b) R_z`,
//!
//! ```math
//! tr 𝔾(z) = tr G + tr 𝔾′(b)[D] + (tr ⊗ φ)(R_b D R_b D R_z),   ‖R_b‖₂² = (tr ⊗ φ)|R_b|² ≤ −Im tr G/(Im z − |D|),   ‖R_z‖₂² = Im s(z)/Im z,
//! ```
//!
//! the last term at most `|D|² ‖R_b‖₂ ‖R_z‖₂/(Im z − |D|)`. No inverse of the derivative, an n² × n² matrix, is needed: a matrix R is the derivative of
//! 𝔾 at b in the direction `H = −G⁻¹RG⁻¹ + η(R)`, and with `W = 1 − H`
//!
//! ```math
//! tr 𝔾′(b)[D] = tr R D + tr 𝔾′(b)[W] D,   tr 𝔾′(b)[1] = tr R + tr R W + tr 𝔾′(b)[W] W,   |tr 𝔾′(b)[W] D| ≤ |W| |D| ‖R_b‖₂².
//! ```
//!
//! So what is left is the square of how far G and R are off.

use ndarray::Array2;
use num_complex::Complex64;

use super::MatrixSemicircle;
use super::definite::is_definite;
use super::residual::{Residual, frobenius};
use super::search::Found;
use crate::linalg::complex_product;
use crate::measure::arithmetic::ball::Ball;
use crate::measure::arithmetic::bound::{Lower, Upper};
use crate::measure::law::local::Local;

impl MatrixSemicircle {
    /// The law at every point of a disc that lies above the axis, from a root near its centre.
    pub(super) fn above(&self, found: &Found, disc: Ball) -> Option<Local> {
        let residual = self.residual(disc.center, found.g.view())?;
        let sinks = is_definite(|i, j| -found.g[[i, j]].im, self.n);
        let height = Lower(disc.center.im) - Upper(disc.radius);
        let raised = Lower(disc.center.im) - residual.most;
        let least = Lower(height.0.min(raised.0));
        if !(sinks && least.0 > 0.0) {
            return None;
        }
        let s = -self.trace(&found.g);
        let mass = Upper(s.center.im.max(0.0)) + Upper(s.radius);
        let n = self.n as f64;
        let here = (mass / raised).sqrt();
        // With y = ‖R_z‖₂: y² Im z ≤ Im s + |b − z| ‖R_b‖₂ y.
        let apart = residual.most + Upper(disc.radius);
        let there = apart * here / height + (mass / height).sqrt();
        let (rest, unknown) = self.rest(&found.slope, &residual);
        let left = frobenius(rest.view()) + unknown;
        let size = frobenius(found.slope.view()) * (1.0 / n) * (1.0 + 4.0 * f64::EPSILON);
        let along = |w: &Array2<Complex64>, off: Upper| {
            let sum: Complex64 = found.slope.iter().zip(w).map(|(a, b)| a * b).sum();
            let rounding = (2.0 * n * n + 16.0) * f64::EPSILON;
            let lost = size * (off + frobenius(w.view()) * rounding);
            Ball::exact(sum / n).grown(lost.0)
        };
        let second = residual.most * residual.most * here * there / least;
        let moved = Upper(disc.radius) * there * there;
        let s = s - along(&residual.defect, residual.off);
        let s = s.grown((left * residual.most * here * here + second + moved).0);
        let slope = left * left * here * here + apart * here * there * 2.0 / least;
        let ds = -(self.trace(&found.slope) + along(&rest, unknown));
        let ds = ds.grown(slope.0);
        let chi = -(Ball::real(1.0) + disc * s);
        let mut local = Local::new(disc, s, ds, chi, height.0);
        local.steps = self.cost(found.steps);
        local.s.is_finite().then_some(local)
    }

    /// `tr G/n`, with its rounding.
    pub(super) fn trace(&self, g: &Array2<Complex64>) -> Ball {
        let sum: Complex64 = g.diag().iter().sum();
        let size: f64 = g.diag().iter().map(|x| x.norm()).sum();
        let n = self.n as f64;
        Ball::new(sum / n, (n + 8.0) * f64::EPSILON * size / n)
    }

    /// `W = 1 − H`, the products in ordinary precision, and a bound of what it is off by.
    fn rest(&self, slope: &Array2<Complex64>, residual: &Residual) -> (Array2<Complex64>, Upper) {
        let b = residual.denominator.view();
        let around = complex_product(complex_product(b, slope.view()).view(), b);
        let mut rest = around - self.covariance(slope.view());
        rest.diag_mut().iter_mut().for_each(|x| *x += 1.0);
        let (whole, size) = (frobenius(b), frobenius(slope.view()));
        let terms = (self.below.rows() + 4 * self.n + 16) as f64;
        let rounded = (whole * whole * size + self.squares * size + Upper(self.n as f64))
            * (4.0 * terms * f64::EPSILON);
        // G⁻¹ = B − D.
        let moved = residual.most * (whole * 2.0 + residual.most) * size;
        (rest, rounded + moved)
    }
}
