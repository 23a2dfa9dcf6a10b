//! Bounds of numbers at least 0 that stay bounds under rounding.

use std::ops::{Add, Div, Mul, Sub};

/// A number that is not below the one it stands for: every operation rounds up. NaN bounds nothing, and stays.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub(crate) struct Upper(pub(crate) f64);

/// A number that is not above the one it stands for: every operation rounds down.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub(crate) struct Lower(pub(crate) f64);

/// The share by which a number is off that a few library functions and operations, sixteen at most, computed.
const NEAR: f64 = 16.0 * f64::EPSILON;

impl Lower {
    /// Of a number known to sixteen roundings.
    pub(crate) fn near(x: f64) -> Self {
        Self(x * (1.0 - NEAR))
    }
}

impl Upper {
    /// Of a number known to sixteen roundings.
    pub(crate) fn near(x: f64) -> Self {
        Self(x * (1.0 + NEAR))
    }

    /// The smaller of two bounds; one that is not a number is none.
    pub(crate) fn min(self, other: Self) -> Self {
        Self(self.0.min(other.0))
    }

    /// `√x`.
    pub(crate) fn sqrt(self) -> Self {
        Self(self.0.sqrt().next_up())
    }
}

impl Add for Upper {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self((self.0 + other.0).next_up())
    }
}

impl Sub<Lower> for Upper {
    type Output = Self;
    fn sub(self, other: Lower) -> Self {
        Self((self.0 - other.0).next_up())
    }
}

impl Mul for Upper {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        Self((self.0 * other.0).next_up())
    }
}

/// By a number that is exact.
impl Mul<f64> for Upper {
    type Output = Self;
    fn mul(self, factor: f64) -> Self {
        Self((self.0 * factor).next_up())
    }
}

impl Div<Lower> for Upper {
    type Output = Self;
    fn div(self, by: Lower) -> Self {
        Self((self.0 / by.0).next_up())
    }
}

impl Add for Lower {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self((self.0 + other.0).next_down())
    }
}

impl Sub<Upper> for Lower {
    type Output = Self;
    fn sub(self, other: Upper) -> Self {
        Self((self.0 - other.0).next_down())
    }
}

/// Of bounds at least 0.
impl Mul for Lower {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        Self((self.0 * other.0).next_down())
    }
}

/// By a number that is exact.
impl Mul<f64> for Lower {
    type Output = Self;
    fn mul(self, factor: f64) -> Self {
        Self((self.0 * factor).next_down())
    }
}

impl Div<Upper> for Lower {
    type Output = Self;
    fn div(self, by: Upper) -> Self {
        Self((self.0 / by.0).next_down())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of thirds and tenths, which are rounded, the bounds lie on both sides of the exact values, which integers tell.
    #[test]
    fn bounds_enclose_what_is_rounded() {
        let third = (Lower(1.0) / Upper(3.0), Upper(1.0) / Lower(3.0));
        assert!(third.0.0 < third.1.0 && third.1.0 - third.0.0 < 2e-16);
        // 3·(1/3) is 1.
        assert!((third.0 * Lower(3.0)).0 < 1.0 && (third.1 * Upper(3.0)).0 > 1.0);
        let tenth = (Lower(1.0) / Upper(10.0), Upper(1.0) / Lower(10.0));
        let ten = (0..10).fold((Lower(0.0), Upper(0.0)), |sum, _| {
            (sum.0 + tenth.0, sum.1 + tenth.1)
        });
        assert!(ten.0.0 < 1.0 && ten.1.0 > 1.0);
        assert!((Lower(1.0) - tenth.1).0 < 0.9 && (Upper(1.0) - tenth.0).0 > 0.9);
        // √2 squared is 2.
        let root = Upper(2.0).sqrt();
        assert!((root * root).0 > 2.0 && (root * 0.5).0 > 0.5 * root.0);
        assert!((Upper(f64::NAN) + Upper(1.0)).0.is_nan());
        assert_eq!((Upper(1.0) / Lower(0.0)).0, f64::INFINITY);
    }
    /// Each operation against fractions: the bound is on its side, and no further than the last place.
    #[test]
    fn each_operation_rounds_to_its_side_and_by_the_last_place() {
        use num_rational::BigRational;
        let exact = |x: f64| BigRational::from_float(x).unwrap();
        let places = |x: f64| exact(2.0 * f64::EPSILON) * exact(x.abs());
        let numbers = [0.1, 1.0 / 3.0, 0.7, 1.9, 3.7e5, 2.3e-7];
        let holds = |upper: f64, lower: f64, value: BigRational| {
            assert!(exact(upper) > value && exact(upper) - &value <= places(upper));
            assert!(exact(lower) < value && value - exact(lower) <= places(lower));
        };
        for a in numbers {
            for b in numbers {
                let (x, y) = (exact(a), exact(b));
                holds((Upper(a) + Upper(b)).0, (Lower(a) + Lower(b)).0, &x + &y);
                if x > y {
                    holds((Upper(a) - Lower(b)).0, (Lower(a) - Upper(b)).0, &x - &y);
                }
                holds((Upper(a) * Upper(b)).0, (Lower(a) * Lower(b)).0, &x * &y);
                holds((Upper(a) * b).0, (Lower(a) * b).0, &x * &y);
                holds((Upper(a) / Lower(b)).0, (Lower(a) / Upper(b)).0, x / y);
            }
            let root = exact(Upper(a).sqrt().0);
            assert!(&root * &root >= exact(a));
            assert!(Upper(a).sqrt().0 <= a.sqrt() * (1.0 + 2.0 * f64::EPSILON));
            let sixteen = exact(15.0 * f64::EPSILON) * exact(a);
            assert!(exact(Upper::near(a).0) - exact(a) >= sixteen);
            assert!(exact(a) - exact(Lower::near(a).0) >= sixteen);
            assert!(Upper::near(a).0 - a <= 17.0 * f64::EPSILON * a);
            assert!(a - Lower::near(a).0 <= 17.0 * f64::EPSILON * a);
        }
    }
}
