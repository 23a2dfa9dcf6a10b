//! What a formula is computed in: complex numbers, or discs that contain every value and every rounding.

use num_complex::Complex64;
use std::ops::{Add, Div, Mul, Neg, Sub};

use super::ball::{Ball, rounding, size};
use super::near::Near;

/// A formula over a scalar stands once, for values and for their enclosures.
pub(crate) trait Scalar:
    Copy
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Mul<f64, Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
{
    /// A real number, with its error where that is kept.
    type Real: Copy + Mul<f64, Output = Self::Real>;

    /// What a product is made of before it is added to a sum.
    type Factor: Copy + Mul<Output = Self::Factor>;

    /// A number that is exact.
    fn exact(z: Complex64) -> Self;

    /// The number as a factor.
    fn factor(self) -> Self::Factor;

    /// A real factor that is off by at most a share of itself.
    fn real_factor(x: f64, share: f64) -> Self::Factor;

    /// The inverse of the number, as a factor.
    fn over(self) -> Self::Factor;

    /// The sum with a product.
    fn plus(self, product: Self::Factor) -> Self;

    /// A real number that is off by at most `error`.
    fn known(x: f64, error: f64) -> Self::Real;

    /// The product with a real number.
    fn times(self, by: Self::Real) -> Self;

    /// The same number, off by at most `error` more.
    fn grown(self, error: f64) -> Self;

    /// The number, or the middle of the disc.
    fn center(self) -> Complex64;

    /// 0, or the radius of the disc.
    fn radius(self) -> f64;

    fn inv(self) -> Self;

    fn square(self) -> Self;

    /// A real number that is exact.
    fn real(x: f64) -> Self {
        Self::exact(Complex64::new(x, 0.0))
    }

    /// `|z|`, of the middle of a disc.
    fn size(self) -> f64 {
        size(self.center())
    }
}

impl Scalar for Complex64 {
    type Real = f64;
    type Factor = Complex64;

    #[inline]
    fn factor(self) -> Complex64 {
        self
    }

    #[inline]
    fn real_factor(x: f64, _: f64) -> Complex64 {
        Complex64::from(x)
    }

    #[inline]
    fn over(self) -> Complex64 {
        let over = self.norm_sqr().recip();
        Complex64::new(self.re * over, -self.im * over)
    }

    #[inline]
    fn plus(self, product: Complex64) -> Self {
        self + product
    }

    #[inline]
    fn exact(z: Complex64) -> Self {
        z
    }

    #[inline]
    fn known(x: f64, _: f64) -> f64 {
        x
    }

    #[inline]
    fn times(self, by: f64) -> Self {
        self * by
    }

    #[inline]
    fn grown(self, _: f64) -> Self {
        self
    }

    #[inline]
    fn center(self) -> Complex64 {
        self
    }

    #[inline]
    fn radius(self) -> f64 {
        0.0
    }

    #[inline]
    fn inv(self) -> Self {
        Complex64::inv(&self)
    }

    #[inline]
    fn square(self) -> Self {
        self * self
    }
}

impl Scalar for Ball {
    type Real = Ball;
    type Factor = Near;

    #[inline]
    fn factor(self) -> Near {
        Near::of(self)
    }

    #[inline]
    fn real_factor(x: f64, share: f64) -> Near {
        Near::real(x, share)
    }

    #[inline]
    fn over(self) -> Near {
        Near::over(self)
    }

    #[inline]
    fn plus(self, product: Near) -> Self {
        let center = self.center + product.center;
        Self::new(center, self.radius + product.radius() + rounding(center))
    }

    #[inline]
    fn exact(z: Complex64) -> Self {
        Ball::exact(z)
    }

    #[inline]
    fn known(x: f64, error: f64) -> Ball {
        Ball::real(x).grown(error)
    }

    #[inline]
    fn times(self, by: Ball) -> Self {
        self * by
    }

    #[inline]
    fn grown(self, error: f64) -> Self {
        Ball::grown(self, error)
    }

    #[inline]
    fn center(self) -> Complex64 {
        self.center
    }

    #[inline]
    fn radius(self) -> f64 {
        self.radius
    }

    #[inline]
    fn inv(self) -> Self {
        Ball::inv(self)
    }

    #[inline]
    fn square(self) -> Self {
        Ball::square(self)
    }
}
