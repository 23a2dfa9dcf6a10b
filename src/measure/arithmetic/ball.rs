//! Discs in the complex plane, with arithmetic that contains every value and every rounding error.

use num_complex::Complex64;
use std::ops::{Add, Div, Mul, Neg, Sub};

use super::bound::{Lower, Upper};

/// All complex numbers within `radius` of `center`.
///
/// Each operation returns a disc that contains the result for every choice of operands in theirs; the
/// rounding of the centre is added to the radius and the rounding of the radius is covered by
/// [`Ball::new`]. Overflow gives a radius that is not finite, which every certificate refuses.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Ball {
    pub(crate) center: Complex64,
    pub(crate) radius: f64,
}

const EPS: f64 = f64::EPSILON;

/// `|z|` to two roundings; `hypot` guards against overflow, at ten times the price.
#[inline]
pub(crate) fn size(z: Complex64) -> f64 {
    (z.re * z.re + z.im * z.im).sqrt()
}

/// What a number is off by whose parts were rounded once each, without a root.
#[inline]
pub(super) fn rounding(z: Complex64) -> f64 {
    0.5 * EPS * (z.re.abs() + z.im.abs())
}

/// The square root in the first quadrant of a number of the closed upper half plane.
#[inline]
pub(crate) fn sqrt_upper(z: Complex64) -> Complex64 {
    let half = (0.5 * (size(z) + z.re.abs())).sqrt();
    if half == 0.0 {
        Complex64::ZERO
    } else if z.re >= 0.0 {
        Complex64::new(half, 0.5 * z.im / half)
    } else {
        Complex64::new(0.5 * z.im / half, half)
    }
}

impl Ball {
    /// The disc, its radius rounded up past the error of the few operations that computed it.
    #[inline]
    pub(crate) fn new(center: Complex64, radius: f64) -> Self {
        Self {
            center,
            radius: radius * (1.0 + 16.0 * EPS) + f64::MIN_POSITIVE,
        }
    }

    /// A number that is exact.
    #[inline]
    pub(crate) fn exact(center: Complex64) -> Self {
        Self {
            center,
            radius: 0.0,
        }
    }

    /// A real number that is exact.
    #[inline]
    pub(crate) fn real(x: f64) -> Self {
        Self::exact(Complex64::new(x, 0.0))
    }

    /// The mirror image under the real axis.
    #[inline]
    pub(crate) fn conj(self) -> Self {
        Self {
            center: self.center.conj(),
            ..self
        }
    }

    /// The same centre, the radius grown by `by`.
    #[inline]
    pub(crate) fn grown(self, by: f64) -> Self {
        Self::new(self.center, self.radius + by)
    }

    /// Of two discs that both hold a number, the smaller; a radius that is not a number is none.
    pub(crate) fn tighter(self, other: Self) -> Self {
        if other.radius < self.radius || !self.is_finite() {
            other
        } else {
            self
        }
    }

    /// An upper bound of the modulus.
    #[inline]
    pub(crate) fn most(self) -> f64 {
        size(self.center) * (1.0 + 4.0 * EPS) + self.radius
    }

    /// [`Ball::most`], to be computed with.
    pub(crate) fn upper(self) -> Upper {
        Upper(self.most())
    }

    /// [`Ball::least`], to be computed with.
    pub(crate) fn lower(self) -> Lower {
        Lower(self.least())
    }

    /// A lower bound of the distance of its points from an interval of the real axis.
    pub(crate) fn beside(self, (low, high): (f64, f64)) -> f64 {
        let across = (low - self.center.re).max(self.center.re - high).max(0.0);
        let apart = Complex64::new(across, self.center.im);
        (Ball::exact(apart).lower() - Upper(self.radius)).0
    }

    /// A lower bound of the modulus, 0 where there is none.
    #[inline]
    pub(crate) fn least(self) -> f64 {
        (size(self.center) * (1.0 - 4.0 * EPS) - self.radius * (1.0 + 4.0 * EPS)).max(0.0)
    }

    /// The radius of the disc around `center` that contains this one.
    pub(crate) fn distance(self, center: Complex64) -> f64 {
        (size(self.center - center) + self.radius) * (1.0 + 8.0 * EPS)
    }

    #[inline]
    pub(crate) fn inv(self) -> Self {
        let (least, center) = (self.least(), size(self.center));
        // The last term is 0, but no number where the modulus overflows and the others would vanish.
        Self::new(
            self.center.inv(),
            self.radius / (least * center) + 6.0 * EPS / center + 0.0 * center,
        )
    }

    #[inline]
    pub(crate) fn square(self) -> Self {
        self * self
    }

    /// `√` in the first quadrant, of a number in the closed upper half plane whose enclosure this is.
    ///
    /// Two numbers of the first quadrant have `|a + b| ≥ max(|a|, |b|, |a − b|)`, so that
    /// `|√x − √y| = |x − y|/|√x + √y|` is at most `min(r/√|x|, √r)`.
    #[inline]
    pub(crate) fn sqrt_upper(self) -> Self {
        let root = sqrt_upper(self.center);
        // At 0 the quotient of a radius 0 is no number, and the other bound is kept.
        let moved = (self.radius / size(root)).min(self.radius.sqrt());
        Self::new(root, moved + 4.0 * EPS * size(root))
    }

    /// The logarithm that is the principal one at the centre.
    #[inline]
    pub(crate) fn log(self) -> Self {
        let center = Complex64::new(size(self.center).ln(), self.center.arg());
        // Along a path in the disc |d log| ≤ |dz|/least; without a least modulus no number.
        Self::new(
            center,
            self.radius / self.least() + 4.0 * EPS * (1.0 + size(center)),
        )
    }

    /// Whether no point of it is real and negative, or 0: there [`Ball::log`] is the principal one.
    pub(crate) fn is_off_cut(self) -> bool {
        let beside = Self::exact(Complex64::new(self.center.re.max(0.0), self.center.im));
        beside.least() > self.radius
    }

    /// `log`, its argument in `[0, π]`, of a number in the closed upper half plane whose enclosure this is: that is as near to the
    /// centre's own point of the half plane.
    #[inline]
    pub(crate) fn log_upper(self) -> Self {
        let center = Complex64::new(self.center.re, self.center.im.max(0.0) + 0.0);
        Self { center, ..self }.log()
    }

    /// The argument in `[0, π]` of such a number.
    #[inline]
    pub(crate) fn arg_upper(self) -> Self {
        self.log_upper().im()
    }

    /// The imaginary part.
    #[inline]
    pub(crate) fn im(self) -> Self {
        Self {
            center: Complex64::from(self.center.im),
            ..self
        }
    }

    /// π.
    pub(crate) fn pi() -> Self {
        Self::new(Complex64::from(std::f64::consts::PI), EPS)
    }

    /// Whether every value has a positive real part.
    #[inline]
    pub(crate) fn is_right(self) -> bool {
        self.center.re > self.radius
    }

    #[inline]
    pub(crate) fn is_finite(self) -> bool {
        self.center.is_finite() && self.radius.is_finite()
    }
}

impl Add for Ball {
    type Output = Self;
    #[inline]
    fn add(self, other: Self) -> Self {
        let center = self.center + other.center;
        Self::new(center, self.radius + other.radius + rounding(center))
    }
}

impl Neg for Ball {
    type Output = Self;
    #[inline]
    fn neg(self) -> Self {
        Self {
            center: -self.center,
            radius: self.radius,
        }
    }
}

impl Sub for Ball {
    type Output = Self;
    #[inline]
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Mul for Ball {
    type Output = Self;
    #[inline]
    fn mul(self, other: Self) -> Self {
        let (a, b) = (size(self.center), size(other.center));
        Self::new(
            self.center * other.center,
            a * other.radius + b * self.radius + self.radius * other.radius + 2.0 * EPS * a * b,
        )
    }
}

impl Mul<f64> for Ball {
    type Output = Self;
    #[inline]
    fn mul(self, factor: f64) -> Self {
        let center = self.center * factor;
        Self::new(center, self.radius * factor.abs() + rounding(center))
    }
}

impl Div for Ball {
    type Output = Self;
    #[inline]
    fn div(self, other: Self) -> Self {
        let inverse = other.inv();
        self.mul(inverse)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use quickcheck::{Gen, QuickCheck, TestResult};

    type Seed = (u8, u8, u8, u8, u8, u8, u8);

    /// A disc with a point of it; small integers, so that ±, × and the point are exact.
    fn disc(a: u8, b: u8, k: u8) -> (Ball, Complex64) {
        let center = Complex64::new(f64::from(a) - 128.0, f64::from(b) - 128.0);
        let shift = [(3.0, 4.0), (-4.0, 3.0), (5.0, 0.0), (0.0, -5.0)][usize::from(k) % 4];
        let point = center + Complex64::new(shift.0, shift.1);
        (Ball::new(center, 5.0), point)
    }

    fn contains(ball: Ball, value: Complex64) -> bool {
        // The value itself is rounded by a few eps.
        size(ball.center - value) <= ball.radius + 8.0 * EPS * size(value)
    }

    #[test]
    fn every_operation_contains_the_result_of_every_choice() {
        fn property((a, b, c, d, k, l, _): Seed) -> TestResult {
            let ((x, p), (y, q)) = (disc(a, b, k), disc(c, d, l));
            let mut holds = contains(x + y, p + q)
                && contains(x - y, p - q)
                && contains(x * y, p * q)
                && contains(x * 3.5, p * 3.5);
            if y.least() > 0.0 {
                holds = holds && contains(x / y, p / q);
            }
            if p.im >= 0.0 && x.center.im >= 0.0 {
                holds = holds && contains(x.sqrt_upper(), sqrt_upper(p));
            }
            TestResult::from_bool(holds && p.norm() <= x.most() && p.norm() >= x.least())
        }
        QuickCheck::new()
            .rng(Gen::from_size_and_seed(20, 5))
            .tests(2000)
            .min_tests_passed(2000)
            .quickcheck(property as fn(Seed) -> TestResult);
    }

    #[test]
    fn a_radius_that_is_not_known_stays_so() {
        for center in [Complex64::ZERO, Complex64::ONE] {
            let unknown = Ball {
                center,
                radius: f64::NAN,
            };
            assert!(unknown.sqrt_upper().radius.is_nan());
        }
        assert!(Ball::real(0.0).sqrt_upper().radius < 1e-300);
        assert!(!Ball::real(1e200).inv().is_finite());
    }

    #[test]
    fn rounding_alone_gives_a_radius() {
        let third = Ball::real(1.0) / Ball::real(3.0);
        assert!(third.radius > 0.0 && third.radius < 2e-15);
        assert!((Ball::real(0.0)).inv().radius.is_nan() || !Ball::real(0.0).inv().is_finite());
    }

    /// Of a sum and a multiple what was rounded away, in both parts.
    #[test]
    fn what_is_rounded_away_is_in_the_radius() {
        let small = f64::EPSILON / 4.0;
        for unit in [Complex64::ONE, Complex64::i()] {
            let sum = Ball::exact(unit) + Ball::exact(unit * small);
            assert!(sum.center == unit && sum.radius >= small && sum.radius < 4.0 * small);
            let third = Ball::exact(unit * 3.0) * (1.0 / 3.0 + small);
            assert!(third.radius > 0.0 && third.radius < 1e-15);
        }
    }

    #[test]
    fn right_are_discs_without_a_point_on_the_axis_or_left_of_it() {
        let disc = |re: f64, radius: f64| Ball {
            center: Complex64::new(re, 3.0),
            radius,
        };
        assert!(disc(1.0, 0.0).is_right() && disc(1.0, 0.999).is_right());
        for (re, radius) in [(1.0, 1.0), (1.0, 2.0), (0.0, 0.0), (-1.0, 0.5), (-1.0, 2.0)] {
            assert!(!disc(re, radius).is_right(), "{re} {radius}");
        }
        assert!(!disc(1.0, f64::NAN).is_right() && !disc(f64::NAN, 0.0).is_right());
    }
}
