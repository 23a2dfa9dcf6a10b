//! The ends of the support, and what quantiles are off by.

use super::*;

/// The ends of the support where they are known: in the hull, inside of it, at an atom, on both sides.
#[test]
fn ends_of_the_support_are_within_their_bounds() {
    let root = |gamma: f64, sign: f64| (1.0 + sign * gamma.sqrt()).powi(2);
    let scale = 2.5;
    for (text, low, high) in [
        ("uniform(-1, 3)", -1.0, 3.0),
        ("mp(0.5)", root(0.5, -1.0), root(0.5, 1.0)),
        ("mp(2)", 0.0, root(2.0, 1.0)),
        ("mpmap(0.5, point(1))", root(0.5, -1.0), root(0.5, 1.0)),
        ("mpmap(2, point(1))", 0.0, root(2.0, 1.0)),
        ("mpmap(0.5, point(-1))", -root(0.5, 1.0), -root(0.5, -1.0)),
        ("semicircle(1) [+] semicircle(3)", -4.0, 4.0),
        ("point(2) [+] uniform(0, 1)", 2.0, 3.0),
        (
            "mix(1/4: point(-5), 3/4: mpmap(0.5, point(1)))",
            -5.0,
            root(0.5, 1.0),
        ),
        (
            "mp(0.5) * uniform(0, 1)",
            root(0.5, -1.0),
            root(0.5, 1.0) + 1.0,
        ),
        ("atoms(-2:0.5, 7:0.5)", -2.0, 7.0),
    ] {
        for scale in [1.0, -scale] {
            let law = Law::parse(text).unwrap().scaled(scale).unwrap();
            let ends = [scale * low, scale * high];
            let (low, high) = (ends[0].min(ends[1]), ends[0].max(ends[1]));
            for (p, end) in [(0.0, low), (1.0, high)] {
                let found = law.quantile(p).unwrap();
                let apart = (found.value - end).abs();
                // The end itself is rounded.
                let rounding = 4.0 * f64::EPSILON * end.abs();
                assert!(
                    apart <= found.radius + rounding,
                    "{text} {scale} {p}: {found:?}"
                );
                assert!(found.radius < 1e-6, "{text} {scale} {p}: {found:?}");
                // On both sides it reaches as far as the proof does.
                let (from, inwards) = match p == 0.0 {
                    true => (law.hull().0, 1.0),
                    false => (law.hull().1, -1.0),
                };
                let is_atom = law.mass_at(found.value) > 0.0;
                let inside = (!is_atom).then(|| law.inside(found.value, inwards).unwrap());
                for place in inside.into_iter().chain([law.outside(from, inwards)]) {
                    let apart = (place - found.value).abs();
                    assert!(apart <= found.radius, "{text} {scale} {p}: {place}");
                }
            }
        }
    }
}

/// From outside no stretch goes over an end, and from inside no place is beyond it.
#[test]
fn what_is_proved_of_an_end_lies_on_its_side() {
    for gamma in [0.2, 0.5, 3.0] {
        let law = Law::point(1.0).unwrap().mp_map(gamma).unwrap();
        let (_, high) = law.hull();
        let end = (1.0 + f64::sqrt(gamma)).powi(2);
        let free = law.outside(high, -1.0);
        let rounding = 4.0 * f64::EPSILON * end;
        assert!(
            free >= end - rounding && free < end + 1e-6,
            "{gamma}: {free}"
        );
        // From a place that is no end the density tells nothing until the support is reached.
        for far in [1e-9, 1e-4] {
            let inside = law.inside(end + far, -1.0).unwrap();
            assert!(
                inside <= end + rounding && inside > end - 8.0 * far,
                "{gamma}"
            );
        }
    }
}

#[test]
fn quantiles_are_off_on_either_side() {
    let law = Law::uniform(0.0, 1.0).unwrap();
    let known = law.distribution().unwrap();
    let off = known.error_estimate() + f64::EPSILON;
    // Beyond 1 there is nothing: what is off is on the one side, and at 0 on the other.
    for (p, value) in [(0.0, 0.0), (1.0, 1.0)] {
        assert!(off_by(known, p, value) >= 0.9 * off + f64::EPSILON * value);
    }
}
