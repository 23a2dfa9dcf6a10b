//! A factor of a product: a complex number known up to a share of its modulus.

use num_complex::Complex64;
use std::ops::Mul;

use super::ball::{Ball, size};
use super::bound::Upper;

/// All `x` with `|x − center| ≤ share·modulus`, the modulus that of the center up to some roundings, or [`LEAST`]. Of a product the moduli are
/// multiplied and the shares add, so that no root is drawn but for a factor's own: as discs, ten factors would take twenty.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Near {
    pub(super) center: Complex64,
    modulus: f64,
    share: f64,
}

const EPS: f64 = f64::EPSILON;
/// Products below it may have lost more than their roundings: they are known to be that small, and no better.
const LEAST: f64 = 1e-140;

impl Near {
    /// The factor that a disc is.
    #[inline]
    pub(super) fn of(disc: Ball) -> Self {
        let modulus = size(disc.center).max(LEAST);
        let share = disc.radius / modulus * (1.0 + 8.0 * EPS);
        Self {
            center: disc.center,
            modulus,
            share,
        }
    }

    /// `1/x` for the numbers of a disc.
    #[inline]
    pub(super) fn over(disc: Ball) -> Self {
        let square = disc.center.norm_sqr();
        let over = square.recip();
        let modulus = over * square.sqrt();
        let share = disc.radius * modulus * (1.0 + 16.0 * EPS);
        // Of 1/x − 1/c = (c−x)/(cx), as a share of 1/c.
        let share = if share < 1e-3 {
            share + 1.01 * share * share
        } else {
            share / (1.0 - share)
        };
        let known = share >= 0.0 && (LEAST..=1.0 / LEAST).contains(&over);
        Self {
            center: Complex64::new(disc.center.re * over, -disc.center.im * over),
            modulus,
            share: if known {
                share * (1.0 + 8.0 * EPS) + 6.0 * EPS
            } else {
                f64::INFINITY
            },
        }
    }

    /// A real number that is off by at most a share of itself.
    pub(super) fn real(x: f64, share: f64) -> Self {
        Self {
            center: Complex64::from(x),
            modulus: x.abs(),
            share,
        }
    }

    /// What the centre is off by.
    #[inline]
    pub(super) fn radius(self) -> f64 {
        self.modulus * self.share
    }

    /// An upper bound of the modulus.
    pub(crate) fn upper(self) -> Upper {
        Ball::exact(self.center).upper() + Upper::near(self.radius())
    }
}

impl Mul for Near {
    type Output = Self;
    #[inline]
    fn mul(self, other: Self) -> Self {
        let modulus = self.modulus * other.modulus;
        let share = self.share + other.share + self.share * other.share;
        Self {
            center: self.center * other.center,
            modulus: modulus.max(LEAST),
            share: share * (1.0 + 8.0 * EPS) + if modulus < LEAST { 2.0 } else { 4.0 * EPS },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::arithmetic::scalar::Scalar;

    /// Of numbers on the edges of discs products and quotients are on those that are told, to a few roundings, and no disc is
    /// much larger than that of the same operations on discs.
    #[test]
    fn products_hold_those_of_the_numbers() {
        let turn =
            |k: u32, n: u32| Complex64::cis(f64::from(k) * std::f64::consts::TAU / f64::from(n));
        for radius in [0.0, 1e-9, 1e-4, 0.01, 0.3] {
            for (k, l) in (0..7).flat_map(|k| (0..5).map(move |l| (k, l))) {
                let (x, y) = (turn(k, 7) * 2.5, turn(l, 5) * 0.7);
                let [a, b] = [x, y].map(|z| Ball::new(z, radius * size(z)));
                let product = a.factor() * b.over() * b.over();
                let disc = Ball::real(0.0).plus(product);
                let plain = a * b.inv() * b.inv();
                assert!(disc.radius <= 1.5 * plain.radius + 1e-14, "{radius}");
                for (i, j) in (0..6).flat_map(|i| (0..6).map(move |j| (i, j))) {
                    let at = |z: Complex64, i: u32| z + turn(i, 6) * (radius * size(z));
                    let exact = at(x, i) / at(y, j) / at(y, j);
                    assert!(disc.distance(exact) - disc.radius <= disc.radius + 1e-15);
                    assert!(size(disc.center - exact) <= disc.radius + 1e-15, "{radius}");
                }
            }
        }
    }

    /// A disc that holds 0 has no inverse; what underflow may have eaten stands in the radius, and where it does not matter it is
    /// nothing.
    #[test]
    fn what_is_lost_is_told() {
        assert!(
            !Ball::real(1.0)
                .plus(Ball::new(Complex64::ONE, 1.5).over())
                .is_finite()
        );
        let [small, large] = [1e-100, 1e150].map(|x| Ball::real(x).factor());
        // (1e-100)⁴ is 0 in these numbers, and 1e200 with as much behind it.
        let lost = small * small * small * small * large * large * large * large;
        assert!(Ball::real(0.0).plus(lost).radius >= 1e200);
        let sum = Ball::real(1.0)
            .plus(small * small)
            .plus(small * Ball::real(0.0).factor());
        assert!(
            sum.center == Complex64::ONE && sum.radius < 1e-15,
            "{sum:?}"
        );
    }

    /// What a product and a quotient of exact numbers are rounded by.
    #[test]
    fn rounding_has_a_share() {
        for x in [3.0, 0.1, 7.0] {
            let over = Near::over(Ball::real(x));
            // 1/x − c = (1 − cx)/x, and 1 − cx in one rounding.
            let off = over.center.re.mul_add(-x, 1.0) / x;
            assert!(off.abs() <= over.radius() && over.radius() < 1e-14 * over.center.re);
            let product = Near::of(Ball::real(x)) * Near::of(Ball::real(0.1));
            let off = x.mul_add(0.1, -product.center.re);
            assert!(off.abs() <= product.radius() && product.radius() < 1e-14 * x);
        }
    }
}
