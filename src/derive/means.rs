//! Gaussian means of a function and its derivatives, `E f^{(r)}(u_b) f^{(s)}(u_e)` for `u ~ N(0, V)`, at drawn weights.
//!
//! With `f(√r z) = Σ_j c_j(r) h_j(z)` in orthonormal Hermite polynomials, `r = V_bb`, and `ρ = V_be/√(V_bb V_ee)`, the series of
//! Mehler (1866):
//!
//! ```math
//! E f^{(r)}(u_b) f^{(s)}(u_e) = V_bb^{−r/2} V_ee^{−s/2} Σ_j √((j+r)!/j!) √((j+s)!/j!) c_{j+r} c′_{j+s} ρʲ.
//! ```
//!
//! Where `u_e = κu_b` (always for b = e) only the sum of these means that Stein's formula makes exists for a function with a jump,
//! `E F^{(n)}(u_b)` with `F(u) = f(u)f(κu)`, n = r + s: each of its `2ⁿ` parts then has an equal share.

use super::functions::{Function, Kink};
use crate::model::gaussian_nodes;
use ndarray::{Array1, Array2, ArrayView2};
use std::f64::consts::PI;

/// Terms of a series; what is left out is of order `|ρ|^TERMS`.
const TERMS: usize = 300;

/// The highest order of a derivative in a mean.
pub(super) const ORDERS: usize = 3;

/// A function at Gaussians of a covariance.
pub(super) struct Means<'a> {
    function: &'a Function,
    gram: ArrayView2<'a, f64>,
    /// `c_j` for each of them.
    expansions: Vec<Vec<f64>>,
}

impl<'a> Means<'a> {
    /// # Panics
    /// If the covariance is not square.
    pub(super) fn new(function: &'a Function, gram: ArrayView2<'a, f64>) -> Self {
        assert!(gram.is_square(), "a covariance of shape {:?}", gram.dim());
        let expansions = gram
            .diag()
            .iter()
            .map(|&r| expansion(function, r))
            .collect();
        Means {
            function,
            gram,
            expansions,
        }
    }

    /// `E f^{(r)}(u_b)`.
    pub(super) fn single(&self, order: usize) -> Array1<f64> {
        let variances = self.gram.diag();
        let one = |(c, &r): (&Vec<f64>, &f64)| derived(c, r, order, 0);
        self.expansions.iter().zip(&variances).map(one).collect()
    }

    /// `E f^{(r)}(u_b) f^{(s)}(u_e)`.
    pub(super) fn pair(&self, [r, s]: [usize; 2]) -> Array2<f64> {
        let factors = |order| -> Vec<Vec<f64>> {
            let variances = self.gram.diag();
            let own =
                |(c, &v): (&Vec<f64>, &f64)| (0..TERMS).map(|j| derived(c, v, order, j)).collect();
            self.expansions.iter().zip(&variances).map(own).collect()
        };
        let (left, right) = (factors(r), factors(s));
        Array2::from_shape_fn(self.gram.dim(), |(b, e)| {
            let (vb, ve, v) = (self.gram[[b, b]], self.gram[[e, e]], self.gram[[b, e]]);
            if vb == 0.0 || ve == 0.0 {
                return left[b][0] * right[e][0];
            }
            if vb * ve - v * v <= 8.0 * f64::EPSILON * vb * ve {
                let ratio = v / vb;
                let whole = on_a_line(self.function, vb, ratio, r + s);
                return whole * ratio.powi(-(s as i32)) * 0.5_f64.powi((r + s) as i32);
            }
            let rho = v / (vb * ve).sqrt();
            let (mut sum, mut power) = (0.0, 1.0);
            for (x, y) in left[b].iter().zip(&right[e]) {
                sum += power * x * y;
                power *= rho;
                if power.abs() < 1e-24 {
                    break;
                }
            }
            sum
        })
    }

    /// `E f(u_b)² − (E f(u_b))² − V_bb (E f′(u_b))²`: what f has beyond its constant and linear part.
    pub(super) fn spread(&self) -> Array1<f64> {
        let (mean, slope) = (self.single(0), self.single(1));
        let one = |(b, &r): (usize, &f64)| {
            let square = match r == 0.0 {
                true => self.function.value(0.0).powi(2),
                false => on_a_line(self.function, r, 1.0, 0),
            };
            (square - mean[b] * mean[b] - r * slope[b] * slope[b]).max(0.0)
        };
        self.gram.diag().iter().enumerate().map(one).collect()
    }
}

/// `√((j+k)!/j!) c_{j+k} r^{−k/2}`.
fn derived(c: &[f64], r: f64, order: usize, j: usize) -> f64 {
    if r == 0.0 && order > 0 {
        return 0.0;
    }
    let product: f64 = (1..=order).map(|k| (j + k) as f64).product();
    let scale = match order {
        0 => 1.0,
        _ => (product / r.powi(order as i32)).sqrt(),
    };
    c.get(j + order).copied().unwrap_or(0.0) * scale
}

/// `c_0, c_1, …` of `z ↦ f(√r z)`.
fn expansion(function: &Function, r: f64) -> Vec<f64> {
    let count = TERMS + ORDERS;
    match function.kink() {
        Kink::Step if r > 0.0 => return function.coefficients(count),
        Kink::Ramp => {
            let scaled = function.coefficients(count).into_iter();
            return scaled.map(|c| r.sqrt() * c).collect();
        }
        _ => {}
    }
    let root = r.sqrt();
    let steps = (0..count).map(|j| ((j as f64).sqrt(), (j as f64 + 1.0).sqrt().recip()));
    let steps: Vec<(f64, f64)> = steps.collect();
    let mut c = vec![0.0; count];
    for &(z, weight) in gaussian_nodes() {
        let weighted = weight * function.value(root * z);
        let (mut before, mut now) = (0.0, 1.0);
        for (c, &(root, inverse)) in c.iter_mut().zip(&steps) {
            *c += weighted * now;
            (before, now) = (now, (z * now - root * before) * inverse);
        }
    }
    c
}

/// `E F^{(n)}(u)`, `F(u) = f(u)f(κu)`, u of variance r, n ≤ 2: `E F(u) He_n(z) r^{−n/2}` by parts.
fn on_a_line(function: &Function, r: f64, ratio: f64, n: usize) -> f64 {
    let half = (2.0 * PI).sqrt().recip();
    let both = match function.kink() {
        Kink::Step | Kink::Ramp if ratio < 0.0 => 0.0,
        // E 1_{z>0} and E z 1_{z>0}; E z² 1_{z>0} = ½.
        Kink::Step => [0.5, half, 0.0].get(n).copied().unwrap_or(0.0),
        // E z²₊ = ½, E z³₊ = 2/√2π, E z⁴₊ − z²₊ = 1.
        Kink::Ramp => ratio * r * [0.5, 2.0 * half, 1.0].get(n).copied().unwrap_or(0.0),
        Kink::None => {
            let root = r.sqrt();
            let hermite = |z: f64| [1.0, z, z * z - 1.0].get(n).copied().unwrap_or(0.0);
            let term = |&(z, weight): &(f64, f64)| {
                weight * function.value(root * z) * function.value(ratio * root * z) * hermite(z)
            };
            gaussian_nodes().iter().map(term).sum()
        }
    };
    both * r.powf(-0.5 * n as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::covariance::GaussianKernels;
    use crate::model::Activation;
    use ndarray::array;

    fn apart(x: &Array2<f64>, y: &Array2<f64>) -> f64 {
        (x - y).iter().fold(0.0, |far: f64, x| far.max(x.abs()))
    }

    /// Against the closed forms of cos and the step, those of b = e in their sums; `E cos u (−sin u′) = 0`.
    #[test]
    fn the_series_has_the_values_of_closed_forms() {
        let gram = array![[1.2, 0.3, -0.5], [0.3, 0.8, 0.1], [-0.5, 0.1, 1.0]];
        for (name, activation) in [("cos", Activation::Cos), ("step", Activation::Step)] {
            let function = Function::named(name).unwrap();
            let means = Means::new(&function, gram.view());
            let closed = GaussianKernels::new(&activation, gram.view());
            assert!(apart(&means.pair([0, 0]), &closed.value) < 1e-13, "{name}");
            let own = means.pair([1, 1]) + means.pair([2, 0]);
            assert!(
                apart(&own, &(&closed.slope + &closed.bend)) < 1e-9,
                "{name}"
            );
            let mut off = means.pair([2, 0]) - &closed.bend;
            off.diag_mut().fill(0.0);
            assert!(apart(&off, &Array2::zeros((3, 3))) < 1e-9, "{name}");
            let slopes = means.single(1) - &closed.mean_slope;
            assert!(slopes.iter().all(|x| x.abs() < 1e-13), "{name}");
        }
        // E u₊ 1_{u′>0}: by parts √r E… at b = e it is E u₊ = √(r/2π), half of it in each of two shares of E (u₊²)′ = 2 E u₊.
        let ramp = Function::named("relu").unwrap();
        let means = Means::new(&ramp, gram.view());
        let mixed = means.pair([1, 0]);
        for b in 0..3 {
            assert!((mixed[[b, b]] - (gram[[b, b]] / (2.0 * PI)).sqrt()).abs() < 1e-13);
        }
        // v = r(½ − ¼ − 1/2π) for the ramp.
        let spread = means.spread();
        for (v, r) in spread.iter().zip(gram.diag()) {
            assert!((v - r * (0.25 - 0.5 / PI)).abs() < 1e-13);
        }
    }

    /// Proportional Gaussians: `E f(u)f(κu)` and its derivative along u for f = x²/2, `κ²r²·3/4` and, of second order, `E (κ²u⁴/4)″ = 3κ²r`.
    #[test]
    fn proportional_gaussians_have_the_sums_of_their_means() {
        let (r, kappa) = (0.7, -2.0);
        let gram = array![[r, kappa * r], [kappa * r, kappa * kappa * r]];
        let square = Function::named("square").unwrap();
        let means = Means::new(&square, gram.view());
        let value = means.pair([0, 0])[[0, 1]];
        assert!((value - 0.75 * (kappa * r).powi(2)).abs() < 1e-12);
        let bend = means.pair([2, 0]);
        let slope = means.pair([1, 1])[[0, 1]];
        let sum = bend[[0, 1]] + bend[[1, 0]] * kappa * kappa + 2.0 * kappa * slope;
        assert!((sum - 3.0 * kappa * kappa * r).abs() < 1e-12, "{sum}");
    }
}
