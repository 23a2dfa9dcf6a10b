//! The largest of several numbers, where a NaN must not be lost: an error or a bound that is NaN is one that nobody knows.
//!
//! `f64::max` drops it, and so does a fold with it; every stated error goes through here.

/// The larger of two numbers; NaN if either is.
pub(crate) fn larger(a: f64, b: f64) -> f64 {
    if a.is_nan() || a >= b { a } else { b }
}

/// The largest of the distances, or NaN if one is NaN (which `f64::max` would drop), or if there is none.
pub fn largest(distances: impl IntoIterator<Item = f64>) -> f64 {
    distances.into_iter().reduce(larger).unwrap_or(f64::NAN)
}

/// The largest of some moduli or errors, none of them below 0: 0 if there is none, NaN if one is.
pub(crate) fn most(moduli: impl IntoIterator<Item = f64>) -> f64 {
    moduli.into_iter().fold(0.0, larger)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nan_is_kept_wherever_it_stands() {
        assert!(largest([1.0, f64::NAN, 2.0]).is_nan());
        assert!(largest([f64::NAN, 1.0]).is_nan());
        assert!(largest([1.0, f64::NAN]).is_nan());
        assert!(largest([]).is_nan());
        assert_eq!(largest([-1.0, -3.0, -2.0]), -1.0);
        assert_eq!(most([]), 0.0);
        assert_eq!(most([1.0, 3.0, 2.0]), 3.0);
        assert!(most([1.0, f64::NAN, 2.0]).is_nan());
        assert!(larger(f64::NAN, 1.0).is_nan() && larger(1.0, f64::NAN).is_nan());
    }
}
