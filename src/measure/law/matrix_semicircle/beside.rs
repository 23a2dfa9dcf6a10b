//! Bounds on the real axis beside the support.
//!
//! There G is real, and `C_G: R ↦ G η(R) G` maps positive matrices to positive ones: its norm in that of operators is `|C_G(1)|`. Let
//! `F_x(G) = (x − A₀ − η(G))⁻¹`, whose derivative is `C_{F(G)}`. If for all x in an interval and all G within ρ of Ĝ the derivative's norm is at most
//! `q < 1`, and `|F_x(Ĝ) − Ĝ| ≤ (1−q) ρ`, then there is one fixed point within ρ, with `(1 − C)⁻¹ ≥ 1`, so that
//! `G′ = −(1 − C)⁻¹ G² < 0`: it goes on into the upper half plane with `Im G < 0`, where there is one such solution. So it is the transform's, and the
//! interval holds no point of the support (see Alt, Erdős and Krüger 2020).
//!
//! `|C_G(1)|` may be above 1 where the spectral radius is below. But for any invertible L the equation holds for `L⁻¹GL⁻ᵀ` with `LᵀA_jL` and
//! `Lᵀ(x − A₀)L` as well, and with `LLᵀ = −G′` the norm is that of `1 − L⁻¹G²L⁻ᵀ`. All is computed there.

use ndarray::{Array2, ArrayView2, Axis};
use num_complex::Complex64;

use super::MatrixSemicircle;
use super::definite::is_definite;
use super::residual::{Halves, frobenius, real_norm};
use super::search::Found;
use crate::linalg::{complex_product, product};
use crate::measure::arithmetic::ball::Ball;
use crate::measure::arithmetic::bound::{Lower, Upper};
use crate::measure::law::local::Local;

/// Halvings of θ = 1 − q, and of the radius of the interval.
const HALVINGS: i32 = 40;
/// What the slope is solved to.
const TIGHT: f64 = 1e-12;

/// A real root in the coordinates of its slope.
struct Near {
    /// `LᵀL`, and `|L|²` in Frobenius' norm.
    square: Array2<f64>,
    sum: Upper,
    /// Ĝ, as a complex matrix, and `|Ĝ|`.
    g: Array2<Complex64>,
    size: Upper,
    /// `|F(Ĝ) − Ĝ|`, `|η(1)|`, `|LᵀL|`.
    apart: Upper,
    energy: Upper,
    widened: Upper,
    /// `1 − C_Ĝ(1)`, what it is off by, and θ, which it is at least.
    rest: Array2<f64>,
    lost: Upper,
    least: Lower,
}

/// A ball of fixed points.
struct Balls {
    rho: Upper,
    /// How much `C(1)` changes in it, and how far `F(G)` goes.
    turned: Upper,
    moved: Upper,
}

/// The lower triangular L of `LLᵀ`; any that is near will do.
fn factor(a: ArrayView2<'_, f64>) -> Option<Array2<f64>> {
    let n = a.nrows();
    let mut l = Array2::<f64>::zeros((n, n));
    for i in 0..n {
        for j in 0..=i {
            let known: f64 = (0..j).map(|k| l[[i, k]] * l[[j, k]]).sum();
            let rest = a[[i, j]] - known;
            l[[i, j]] = if i == j {
                rest.sqrt()
            } else {
                rest / l[[j, j]]
            };
        }
        // The root of what is negative is no number.
        if l[[i, i]].is_nan() || l[[i, i]] == 0.0 {
            return None;
        }
    }
    Some(l)
}

/// The norm of a symmetric matrix: at most the largest sum of moduli in a row, and Frobenius' norm.
fn operator_norm(a: &Array2<f64>) -> Upper {
    let rows = a
        .axis_iter(Axis(0))
        .map(|row| row.iter().map(|x| x.abs()).sum());
    let most = crate::numbers::most(rows);
    Upper(most * (1.0 + (a.nrows() as f64 + 8.0) * f64::EPSILON)).min(real_norm(a))
}

fn complex(a: &Array2<f64>) -> Array2<Complex64> {
    a.map(|&x| Complex64::from(x))
}

fn real(a: &Array2<Complex64>) -> Array2<f64> {
    a.map(|x| x.re)
}

impl MatrixSemicircle {
    /// The law at a real point beside the support, from a real root.
    pub(super) fn beside(&self, found: &Found) -> Option<Local> {
        let near = self.near(found)?;
        let exact = near.balls(Upper(0.0))?;
        let widths = (0..HALVINGS).map(|k| self.deviation * 0.5_f64.powi(k));
        let reach = widths
            .into_iter()
            .find(|&radius| near.balls(Upper(radius)).is_some())?;
        let n = self.n as f64;
        // tr L A Lᵀ = tr A LᵀL, with its rounding.
        let trace = |a: &Array2<f64>, off: Upper| {
            let sum: f64 = a.iter().zip(&near.square).map(|(a, b)| a * b).sum();
            let rounding = (4.0 * n * n + 16.0) * f64::EPSILON;
            let lost = real_norm(a) * near.sum * rounding;
            let whole = Upper(near.square.diag().sum()) * (1.0 + rounding);
            Ball::real(sum / n).grown(((lost + off * whole) * (1.0 / n)).0)
        };
        let s = -trace(&real(&near.g), exact.rho);
        // With K = LᵀL: (1 − C)(P − 1) = (GKG − ĜKĜ) + (ĜKĜ − 1 + C_Ĝ(1)) + (C − C_Ĝ)(1).
        let (g, k) = (near.g.view(), complex(&near.square));
        let around = complex_product(complex_product(g, k.view()).view(), g);
        let left = real(&around) - &near.rest;
        let terms = (8 * self.n + 16) as f64 * f64::EPSILON;
        let whole = frobenius(g);
        let rounding = whole * whole * near.sum * terms + near.lost;
        let moved = (near.size * 2.0 + exact.moved) * exact.moved * near.widened;
        let off = (real_norm(&left) + rounding + moved + exact.turned) * 2.0 / near.least;
        let ds = trace(&Array2::eye(self.n), off);
        let z = Ball::exact(found.z);
        let chi = -(Ball::real(1.0) + z * s);
        let mut local = Local::new(z, s, ds, chi, reach);
        local.steps = self.cost(found.steps);
        local.s.is_finite().then_some(local)
    }

    fn near(&self, found: &Found) -> Option<Near> {
        let n = self.n;
        let square = complex_product(found.g.view(), found.g.view());
        let falling = real(&self.response(found.g.view(), square.view(), TIGHT));
        let left = factor(falling.view())?;
        let (turned, off) = self.turned(found.z.re, &left)?;
        // The equation at z = 0 of the turned matrices, whose constant is −Lᵀ(x − A₀)L.
        let inverse = crate::linalg::complex_inverse(complex(&left).view()).ok()?;
        let start = complex_product(
            complex_product(inverse.view(), found.g.view()).view(),
            inverse.t(),
        );
        let g = complex(&real(&turned.mapped(Complex64::ZERO, start.view())?));
        let residual = turned.residual(Complex64::ZERO, g.view())?;
        let size = operator_norm(&real(&g));
        // The turned matrices are off as well: `|δη(Ĝ)| ≤ (2 |A| + |δA|) |δA| |Ĝ|`.
        let whole = turned.squares.sqrt();
        let raised = (whole * 2.0 + off[1]) * off[1];
        let defect = residual.most + off[0] + raised * size;
        let share = size * defect;
        if share.0.is_nan() || share.0 >= 0.5 {
            return None;
        }
        let energy = (whole + off[1]) * (whole + off[1]);
        let one = turned.covariance(complex(&Array2::eye(n)).view());
        let terms = (self.below.rows() + 8 * n + 16) as f64 * 2.0 * f64::EPSILON;
        let energy = energy.min(operator_norm(&real(&one)) + turned.squares * terms + raised);
        let around = complex_product(complex_product(g.view(), one.view()).view(), g.view());
        let rest = Array2::eye(n) - real(&around);
        let norm = frobenius(g.view());
        let rounded = norm * norm * (turned.squares + raised) * terms;
        let lost = rounded + size * size * raised + Upper(n as f64 * f64::EPSILON);
        let least = (1..HALVINGS).map(|k| 0.5_f64.powi(k)).find(|&least| {
            let shift = (Upper(least) + lost).0;
            is_definite(|i, j| rest[[i, j]] - if i == j { shift } else { 0.0 }, n)
        })?;
        let square = product(left.t(), left.view());
        let sum = real_norm(&left) * real_norm(&left);
        Some(Near {
            widened: operator_norm(&square) + sum * terms,
            square,
            sum,
            apart: size * share / (Lower(1.0) - share),
            g,
            size,
            energy,
            rest,
            lost,
            least: Lower(least),
        })
    }

    /// `LᵀA_jL` and `−Lᵀ(x − A₀)L`, and bounds of their rounding in Frobenius' norm: of the second and of all of the first.
    fn turned(&self, x: f64, left: &Array2<f64>) -> Option<(Self, [Upper; 2])> {
        let n = self.n;
        let around = |a: ArrayView2<'_, f64>| {
            let out = product(product(left.t(), a).view(), left.view());
            0.5 * (&out + &out.t())
        };
        let mut level = self.constant.clone();
        level.diag_mut().iter_mut().for_each(|a| *a -= x);
        let mut below = Array2::zeros(self.below.whole.raw_dim());
        for j in (0..self.below.rows()).step_by(n) {
            let rows = ndarray::s![j..j + n, ..];
            below
                .slice_mut(rows)
                .assign(&around(self.below.whole.slice(rows)));
        }
        let share = (2 * n + 16) as f64 * 2.0 * f64::EPSILON;
        let widened = real_norm(left) * real_norm(left) * share;
        let off = [widened * real_norm(&level), widened * self.squares.sqrt()];
        let squares = real_norm(&below) * real_norm(&below);
        let law = Self {
            constant: around(level.view()),
            below: Halves::of(below, self.below.rows()),
            levels: vec![],
            deviation: 1.0,
            squares,
            n,
            found: std::sync::OnceLock::new(),
        };
        off.iter()
            .all(|off| off.0.is_finite())
            .then_some((law, off))
    }
}

impl Near {
    /// The ball of fixed points for all real points within a radius; `None` where the conditions fail.
    fn balls(&self, radius: Upper) -> Option<Balls> {
        let radius = radius * self.widened;
        // F(Ĝ) is the inverse of what the equation says.
        let mapped = self.size + self.apart;
        let shifted = |step: Upper| {
            let share = mapped * step;
            (share.0 < 0.5).then(|| share * mapped / (Lower(1.0) - share))
        };
        // With q = 1 − θ/2.
        let rho = (self.apart + shifted(radius)?) * 2.0 / self.least;
        let moved = self.apart + shifted(radius + self.energy * rho)?;
        let turned = (self.size * 2.0 + moved) * moved * self.energy;
        let fits = (turned * 2.0).0 <= self.least.0;
        (fits && rho.0.is_finite()).then_some(Balls { rho, turned, moved })
    }
}
