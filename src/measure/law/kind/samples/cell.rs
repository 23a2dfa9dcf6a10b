//! One cell of a density that is linear between points, seen from away.

use num_complex::Complex64;

use crate::measure::arithmetic::ball::{Ball, size};
use crate::measure::arithmetic::sum::Sum;

/// The density on a cell, rounded from the samples.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell {
    pub(super) middle: f64,
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) slope: f64,
}

/// The largest |u| for which the series are summed.
const FAR: f64 = 0.3;

impl Cell {
    /// Whether the series converge fast for every point of the disc.
    pub(super) fn is_far(&self, z: Ball) -> bool {
        let apart = size(z.center - self.middle) * (1.0 - 1e-14) - z.radius;
        apart >= 0.5 / FAR * self.width
    }

    /// A cell away from the disc. Of u one rounding is that of the middle; over the disc the integrals move by
    /// at most `mass/(distance)²` times its radius.
    pub(super) fn far(&self, z: Ball, sums: &mut [Sum; 3]) {
        let &Cell {
            middle: c,
            width: w,
            height: f,
            slope: m,
        } = self;
        let zeta = z.center - c;
        let u = 0.5 * w / zeta;
        let square = u * u;
        let (first, second) = series(square);
        let l = -2.0 * u * first;
        let v = -w * square * second;
        let zeta_v = -0.5 * w * w * u * second;
        // L′ = w/(ζ² (1−u²)), V′ = L + ζL′.
        let dl = w / (zeta * zeta * (1.0 - square));
        let dv = l + zeta * dl;
        let moment = f * v + m * zeta_v;
        let s = f * l + m * v;
        let (apart, mass) = (size(zeta), w * f);
        let distance = apart - 0.5 * w - z.radius;
        let loss = f64::EPSILON * (24.0 + 4.0 * c.abs() / apart);
        let sizes = f * size(l) + m.abs() * size(v);
        let moved = z.radius * mass / (distance * distance) * (1.0 + 1e-9);
        // In V′ two terms of size w/|ζ| cancel to the order of u².
        let slopes = f * size(dl) + m.abs() * 2.0 * size(l);
        sums[0].add(Ball::new(s, loss * sizes + moved));
        let second = 2.0 * moved / distance;
        sums[1].add(Ball::new(f * dl + m * dv, loss * slopes + second));
        let moments = f * size(v) + m.abs() * size(zeta_v);
        let largest = c.abs() + 0.5 * w;
        let error = loss * (c.abs() * sizes + moments) + largest * moved;
        sums[2].add(Ball::new(-(c * s + moment), error));
    }
}

/// `Σ u^{2k}/(2k+1)` and `Σ u^{2k}/(2k+3)`, `k < terms`, so many that the rest is below a rounding.
fn series(square: Complex64) -> (Complex64, Complex64) {
    let terms = match size(square) {
        x if x < 1e-5 => 4,
        x if x < 3e-3 => 7,
        x if x < 0.02 => 10,
        _ => 16,
    };
    let (mut first, mut second) = (Complex64::ZERO, Complex64::ZERO);
    for k in (0..terms).rev() {
        let k = f64::from(2 * k);
        first = first * square + 1.0 / (k + 1.0);
        second = second * square + 1.0 / (k + 3.0);
    }
    (first, second)
}
