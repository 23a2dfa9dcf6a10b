//! What a grid of points does not see: intervals that are narrow in what may hold the support, inverses that are large, gaps
//! next to an atom.

use super::{Variables, law, of};

fn of_laws(text: &str, laws: [&str; 2]) -> crate::measure::Law {
    let variables = Variables::new()
        .free("a", law(laws[0]))
        .free("b", law(laws[1]));
    of(text, &variables)
}

/// Moments by hand, and as many intervals as there are.
#[test]
fn narrow_intervals_are_found_and_counted() {
    for (text, laws, moments, count) in [
        (
            "b*b + a",
            ["semicircle(0.0001)", "atoms(0.3:0.5, 7.3:0.5)"],
            [26.69, 1419.9162],
            2,
        ),
        (
            "a + 100*b",
            ["semicircle(0.0001)", "atoms(0:0.9, 1:0.1)"],
            [10.0, 1000.0001],
            2,
        ),
        (
            "a + b",
            ["uniform(0, 0.01)", "atoms(0:0.9, 10:0.1)"],
            [1.005, 1.005 * 1.005 + 0.01 * 0.01 / 12.0 + 9.0],
            2,
        ),
        (
            "a + b",
            ["semicircle(0.000001)", "atoms(0:0.999, 7.3:0.001)"],
            [0.0073, 0.001 * 7.3 * 7.3 + 1e-6],
            2,
        ),
    ] {
        let law = of_laws(text, laws);
        assert_eq!(law.support().unwrap().len(), count, "{text} {laws:?}");
        let found = law.moments(2).unwrap();
        for (found, wanted) in found[1..].iter().zip(moments) {
            assert!(
                (found / wanted - 1.0).abs() < 1e-10,
                "{text} {laws:?}: {found} {wanted}"
            );
        }
    }
}

/// A mass that no circle tells from nothing hides an interval; moments hold it all the same.
#[test]
fn moments_hold_what_the_intervals_miss() {
    let rare = "mix(0.9999999: point(0), 0.0000001: uniform(7, 7.001))";
    let law = of_laws("a + b", ["semicircle(0.000001)", rare]);
    assert_eq!(law.support().unwrap().len(), 1);
    let found = law.moments(2).unwrap();
    let wanted = [7.0005e-7, 1e-7 * (7.0005 * 7.0005 + 1e-6 / 12.0) + 1e-6];
    for (found, wanted) in found[1..].iter().zip(wanted) {
        assert!((found / wanted - 1.0).abs() < 1e-6, "{found} {wanted}");
    }
}

/// A bound of the norm that is none made 1 of a distribution function, with the error 0.
#[test]
fn inverses_are_as_large_as_they_are() {
    let laws = ["semicircle(0.01)", "mp(0.1)"];
    let inverse = "inv(3 + a*b + b*a)";
    let small = of_laws(inverse, laws).cumulative(0.3).unwrap();
    for (text, x) in [
        (format!("10000*{inverse}"), 3000.0),
        (format!("{inverse} + 2000"), 2000.3),
    ] {
        let found = of_laws(&text, laws).cumulative(x).unwrap();
        // 2000.3 and 2000 + 0.3 differ by a rounding, and F by the density as often.
        let apart = (found.value - small.value).abs();
        assert!(
            apart <= found.radius + small.radius + 1e-10,
            "{text}: {apart:e}"
        );
    }
    let large = of_laws("inv(0.0001 + a^2) + b", ["semicircle(1)"; 2]);
    let (_, high) = large.support().unwrap()[large.support().unwrap().len() - 1];
    assert!(high > 1e4 && high < 1e4 + 1.0, "{high}");
    // E 1/(ε + a²) of a semicircular a is −Im s(i√ε)/√ε.
    let root = 0.01;
    let s = law("semicircle(1)")
        .stieltjes(num_complex::Complex64::new(0.0, root))
        .unwrap();
    let mean = large.moments(1).unwrap()[1];
    assert!((mean / (s.s.im / root) - 1.0).abs() < 1e-9, "{mean}");
}

/// Of the F-matrix with ratios c₁ and c₂ the edges are `((1 ∓ h)/(1 − c₂))²`, `h² = c₁ + c₂ − c₁c₂`.
#[test]
fn a_gap_next_to_an_atom_is_seen_in_a_large_support() {
    let (first, second) = (0.5_f64, 0.97);
    let variables = Variables::new()
        .gaussian("X", "n", "d")
        .gaussian("Y", "n", "m")
        .ratio("n", "m", second)
        .ratio("n", "d", first);
    let law = of("X'*inv(Y*Y')*X", &variables);
    let h = (first + second - first * second).sqrt();
    let edges = [1.0 - h, 1.0 + h].map(|x| (x / (1.0 - second)).powi(2));
    let &[(low, high)] = law.support().unwrap() else {
        panic!("{:?}", law.support());
    };
    for (found, wanted) in [low, high].into_iter().zip(edges) {
        assert!((found / wanted - 1.0).abs() < 1e-9, "{found} {wanted}");
    }
}

/// Shares that add to 1 but for rounding leave nothing: 0.3 + 0.7 − 1 is no mass.
#[test]
fn rounding_is_no_atom() {
    let law = of_laws(
        "i*(a*b - b*a)",
        ["atoms(0:0.3, 1:0.7)", "atoms(0:0.6, 1:0.4)"],
    );
    let atoms = law.point_masses();
    assert_eq!(atoms.len(), 1, "{atoms:?}");
    assert!(atoms[0].at == 0.0 && (atoms[0].mass - 0.4).abs() < 1e-15);
}
