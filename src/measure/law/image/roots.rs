//! The roots of a polynomial, each in a disc of its own.

use num_complex::Complex64;
use std::f64::consts::TAU;

use crate::measure::arithmetic::ball::{Ball, size};
use crate::measure::arithmetic::scalar::Scalar;
use crate::numbers::most;

/// Sweeps of Aberth's method at most.
const SWEEPS: usize = 200;

/// `p(x)`, the coefficients ascending.
pub(super) fn value<T: Scalar>(p: &[T], x: T) -> T {
    let zero = T::real(0.0);
    p.iter().rev().fold(zero, |sum, &c| sum * x + c)
}

/// The coefficients of p′.
pub(super) fn derivative<T: Scalar>(p: &[T]) -> Vec<T> {
    let terms = p.iter().enumerate().skip(1);
    terms.map(|(k, &c)| c * k as f64).collect()
}

/// The roots by Aberth's method (Aberth 1973), all at once, from a circle that contains them; nothing is said of their errors.
pub(super) fn approximate(p: &[Complex64]) -> Option<Vec<Complex64>> {
    // Roots at 0 are known.
    let zeros = p.iter().take_while(|c| **c == Complex64::ZERO).count();
    let mut found = vec![Complex64::ZERO; zeros];
    found.extend(away(p.get(zeros..)?)?);
    Some(found)
}

fn away(p: &[Complex64]) -> Option<Vec<Complex64>> {
    let (&last, rest) = p.split_last()?;
    let n = rest.len();
    let slope = derivative(p);
    let sizes: Vec<Complex64> = p.iter().map(|c| size(*c).into()).collect();
    // Fujiwara's bound.
    let terms = rest.iter().enumerate();
    let bound = terms.map(|(k, c)| (size(*c) / size(last)).powf(1.0 / (n - k) as f64));
    let radius = 2.0 * most(bound);
    if !radius.is_finite() {
        return None;
    }
    // Not symmetric about the axis, where real and conjugate roots would stay so.
    let start = |k: usize| Complex64::from_polar(0.5 * radius, (TAU * k as f64 + 0.7) / n as f64);
    let mut x: Vec<Complex64> = (0..n).map(start).collect();
    for _ in 0..SWEEPS {
        let mut moved = 0.0f64;
        for i in 0..n {
            let here = x[i];
            let at = value(p, here);
            // Far below the rounding of p, where its inverse would overflow.
            if size(at) <= 1e-3 * f64::EPSILON * value(&sizes, size(here).into()).re {
                continue;
            }
            let others = (0..n).filter(|&j| j != i);
            let push: Complex64 = others.map(|j| (here - x[j]).inv()).sum();
            let step = (value(&slope, here) / at - push).inv();
            if !step.is_finite() {
                return None;
            }
            x[i] -= step;
            moved = moved.max(size(step) / (size(here) + f64::MIN_POSITIVE));
        }
        if moved <= 4.0 * f64::EPSILON {
            break;
        }
    }
    x.iter().all(|x| x.is_finite()).then_some(x)
}

/// Discs around approximate roots with one root each, for every choice of the coefficients; `None` where two meet.
///
/// Of a polynomial of degree n at most there is a root within `n |p/p′|` of x (Laguerre); of n disjoint discs each has one.
pub(super) fn enclosed(p: &[Ball], x: &[Complex64]) -> Option<Vec<Ball>> {
    let slope = derivative(p);
    let degree = p.len().saturating_sub(1) as f64;
    let disc = |&x: &Complex64| {
        let at = Ball::exact(x);
        let step = value(p, at).upper() / value(&slope, at).lower();
        at.grown((step * degree).0)
    };
    let discs: Vec<Ball> = x.iter().map(disc).collect();
    let apart = |a: &Ball, b: &Ball| {
        size(a.center - b.center) * (1.0 - 8.0 * f64::EPSILON) > a.radius + b.radius
    };
    let mut pairs = discs.iter().enumerate();
    let disjoint = pairs.all(|(k, a)| a.is_finite() && discs[k + 1..].iter().all(|b| apart(a, b)));
    disjoint.then_some(discs)
}

/// The real roots of a real polynomial, ascending and without bounds.
pub(super) fn real(p: &[f64]) -> Vec<f64> {
    let degree = p.iter().rposition(|c| *c != 0.0).unwrap_or(0);
    let p: Vec<Complex64> = p[..=degree].iter().map(|&c| Complex64::from(c)).collect();
    let found = approximate(&p).unwrap_or_default();
    // Of a double root half the digits are left.
    let is_real = |x: &&Complex64| x.im.abs() <= 1e-6 * size(**x);
    let mut found: Vec<f64> = found.iter().filter(is_real).map(|x| x.re).collect();
    found.sort_by(f64::total_cmp);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_root_lies_in_its_disc() {
        // (x − 1)(x − 2)(x² + 1) and a root a millionth from another one.
        for roots in [
            [1.0, 2.0, -1.0, 0.5].map(Complex64::from),
            [1.0.into(), 2.0.into(), Complex64::I, -Complex64::I],
            [1.0, 1.000_001, -3.0, 0.0].map(Complex64::from),
        ] {
            let mut p = vec![Complex64::ONE];
            for root in roots {
                let times_x = std::iter::once(Complex64::ZERO).chain(p.iter().copied());
                let less = p.iter().copied().chain([Complex64::ZERO]);
                p = times_x.zip(less).map(|(a, b)| a - root * b).collect();
            }
            let found = approximate(&p).unwrap();
            // The coefficients were rounded.
            let balls: Vec<Ball> = p.iter().map(|&c| Ball::new(c, 4e-16 * size(c))).collect();
            let discs = enclosed(&balls, &found).unwrap();
            for root in roots {
                let near = discs.iter().filter(|d| size(d.center - root) <= d.radius);
                assert_eq!(near.count(), 1, "{root}: {discs:?}");
            }
            assert!(discs.iter().all(|disc| disc.radius < 1e-8), "{discs:?}");
        }
        // A double root has no disc of its own.
        let double = [1.0, -2.0, 1.0].map(Complex64::from);
        let found = approximate(&double).unwrap();
        assert!(enclosed(&double.map(Ball::exact), &found).is_none());
    }
}
