//! Where a concave function of one variable is positive, and where it is largest.

/// A point of an open interval at which a concave function is positive, by golden sections; NaN counts as −∞.
///
/// The chord through two points bounds it beyond them, and the chords on both sides between them: where these
/// are negative there is none.
pub(super) fn positive(low: f64, high: f64, mut f: impl FnMut(f64) -> f64) -> Option<f64> {
    let mut value = |x: f64| {
        let y = f(x);
        (x, if y.is_nan() { f64::NEG_INFINITY } else { y })
    };
    // Of an end without a value there is no bound.
    let line = |a: (f64, f64), b: (f64, f64), x: f64| {
        let bound = a.1 + (b.1 - a.1) * ((x - a.0) / (b.0 - a.0));
        if bound.is_finite() {
            bound
        } else {
            f64::INFINITY
        }
    };
    let (mut low, mut high) = ((low, f64::NEG_INFINITY), (high, f64::NEG_INFINITY));
    let inner = |low: f64, high: f64| high - GOLDEN * (high - low);
    let (mut a, mut b) = (value(inner(low.0, high.0)), value(inner(high.0, low.0)));
    for _ in 0..80 {
        if let Some(found) = [a, b].into_iter().find(|point| point.1 > 0.0) {
            return Some(found.0);
        }
        let beyond = line(a, b, low.0).max(line(a, b, high.0));
        let from_left = a.1.max(line(low, a, b.0));
        let from_right = b.1.max(line(b, high, a.0));
        if beyond < 0.0 && from_left.min(from_right) < 0.0 {
            return None;
        }
        if a.1 >= b.1 {
            (high, b) = (b, a);
            a = value(inner(low.0, high.0));
        } else {
            (low, a) = (a, b);
            b = value(inner(high.0, low.0));
        }
        if high.0 - low.0 <= 4.0 * f64::EPSILON * (low.0.abs() + high.0.abs()) {
            break;
        }
    }
    None
}

const GOLDEN: f64 = 0.618_033_988_749_894_9;

/// The maximiser of a concave function on an open interval, by golden sections; NaN counts as −∞.
pub(super) fn maximum(low: f64, high: f64, mut f: impl FnMut(f64) -> f64) -> f64 {
    let (mut low, mut high) = (low, high);
    let mut value = |x: f64| {
        let y = f(x);
        if y.is_nan() { f64::NEG_INFINITY } else { y }
    };
    let (mut a, mut b) = (high - GOLDEN * (high - low), low + GOLDEN * (high - low));
    let (mut at_a, mut at_b) = (value(a), value(b));
    for _ in 0..80 {
        if at_a >= at_b {
            (high, b, at_b) = (b, a, at_a);
            a = high - GOLDEN * (high - low);
            at_a = value(a);
        } else {
            (low, a, at_a) = (a, b, at_b);
            b = low + GOLDEN * (high - low);
            at_b = value(b);
        }
        if high - low <= 4.0 * f64::EPSILON * (low.abs() + high.abs()) {
            break;
        }
    }
    if at_a >= at_b { a } else { b }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// On intervals on either side of 0 and over it, of any size: a parabola's top, and where it is above 0.
    #[test]
    fn the_top_of_a_parabola_is_found_wherever_it_stands() {
        for scale in [1e-3, 1.0, 1e4] {
            for (low, high) in [(1.0, 3.0), (-3.0, -1.0), (-1.0, 3.0)] {
                for share in [0.1, 0.5, 0.83] {
                    let (low, high) = (scale * low, scale * high);
                    let top = low + share * (high - low);
                    let parabola = |x: f64| 1e-6 - ((x - top) / scale).powi(2);
                    // The values near the top agree to rounding where x is off by its root.
                    let off = (maximum(low, high, parabola) - top).abs();
                    assert!(off <= 1e-7 * scale, "{low} {high} {top}: {off}");
                    let found = positive(low, high, parabola).unwrap();
                    assert!(parabola(found) > 0.0, "{low} {high} {top}: {found}");
                    assert_eq!(positive(low, high, |x| parabola(x) - 2e-6), None);
                }
            }
        }
    }

    #[test]
    fn what_has_no_value_is_not_the_largest() {
        let half = |x: f64| if x < 0.5 { f64::NAN } else { -x };
        let at = maximum(0.0, 1.0, half);
        assert!((0.5..0.5 + 1e-12).contains(&at), "{at}");
    }
}
