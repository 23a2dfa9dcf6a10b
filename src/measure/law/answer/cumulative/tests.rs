//! The formula for the potential against the integral over a path, and against closed forms.

use super::*;
use crate::measure::{Atoms, WeightedCovariance};

/// Laws of every kind that has a formula, and of the operations on them.
const LAWS: [&str; 32] = [
    "mp(0.3)",
    "mp(1)",
    "mp(4)",
    "semicircle(0.7)",
    "arcsine(-1, 2)",
    "uniform(-1, 3)",
    "-2 . mp(0.5) + 1",
    "mix(1/3: point(-1), 1/6: semicircle(1), 1/2: uniform(0, 2))",
    "mpmap(0.5, atoms(1:0.5, 3:0.5))",
    "mpmap(3, atoms(1:0.5, 3:0.5))",
    "mpmap(0.5, atoms(-1:0.5, 2:0.5))",
    "mpmap(2, uniform(0, 1))",
    "uniform(-1, 1) [+] atoms(-1:0.2, 0:0.5, 1:0.3)",
    "mp(2) [+] semicircle(0.2)",
    "mp(0.5) [x] mp(2)",
    "uniform(0, 1) [x] (mp(0.5) [+] arcsine(0, 1))",
    "power(1.7, uniform(0, 1))",
    "power(3.3, atoms(0:0.7, 1:0.3))",
    "mpmap(0.5, covariance(1.5, 0.7, 1, 0, atoms(0.5:0.3, 1:0.4, 2:0.3)))",
    "mpmap(2, covariance(1.5, 0.7, 1, 0, atoms(0.5:0.3, 1:0.4, 2:0.3)))",
    "mpmap(0.7, covariance(0.5, 0.7, 0.7, 0, atoms(0:0.2, 1:0.5, 3:0.3)))",
    "semicircle(0.1) [+] covariance(1, 0.7, 1, 0, atoms(0.5:0.5, 2:0.5))",
    // Sums of two parts with densities, and what is made of them.
    "uniform(-1, 1) * uniform(0, 3)",
    "uniform(0, 1) * semicircle(1)",
    "mp(0.5) * mp(1)",
    "mp(2) * arcsine(0, 1)",
    "mp(3) * (-1 . mp(0.4))",
    "-4 . (mp(0.5) * semicircle(0.1)) + 3",
    "mix(1/3: mp(2), 2/3: uniform(0, 1)) * mix(1/2: mp(0.3), 1/2: point(-1))",
    "covariance(0.6, 0.7, 0.95, 0.3, point(1))",
    "mpmap(2, covariance(1.5, 0.7, 0.95, 0.3, point(1)))",
    "semicircle(0.1) [+] (mp(0.5) * arcsine(-1, 1))",
];

/// The values of the path, at points inside, beside the edges and outside.
#[test]
fn the_potential_gives_what_the_path_does() {
    for text in LAWS {
        let law = Law::parse(text).unwrap();
        assert!(law.has_phase(), "{text}");
        let mut memory = Memory::default();
        let mut seen = 0;
        for &(low, high) in law.support().unwrap() {
            for share in [-0.01, 0.003, 0.1, 0.37, 0.5, 0.8, 0.99, 1.01] {
                let x = low + share * (high - low);
                let Some(found) = law.by_phase(x, &mut memory) else {
                    continue;
                };
                let known = law.along(x, &mut Budget::new(Memory::default()));
                let known = known.unwrap();
                let apart = (found.value - known.value).abs();
                assert!(
                    apart <= found.radius + known.radius,
                    "{text} at {x}: {apart:e}"
                );
                assert!(found.radius < 1e-11, "{text} at {x}: {:e}", found.radius);
                seen += 1;
            }
        }
        assert!(seen >= 6, "{text}: {seen}");
    }
}

/// A disc's value holds those of its points, for sums as for their parts.
#[test]
fn over_a_disc_the_phase_holds_all_values() {
    for text in [
        "mp(3)",
        "mp(0.4)",
        "semicircle(1)",
        "arcsine(-1, 2)",
        "uniform(0, 1)",
    ] {
        let sums = ["", " * mp(0.5)", " * (-1 . mp(2))", " * uniform(-1, 1)"];
        for law in sums.map(|more| Law::parse(&format!("{text}{more}")).unwrap()) {
            let phase = |disc| law.phase(disc, &mut Memory::default()).unwrap();
            for (x, y) in [(0.3, 0.8), (-2.5, 0.5), (4.0, 2.0)] {
                let (z, radius) = (Complex64::new(x, y), 1e-3);
                let over = phase(Ball::exact(z).grown(radius));
                let mut largest: f64 = 0.0;
                for k in 0..8 {
                    let at = z + Complex64::from_polar(radius, 0.25 * PI * f64::from(k));
                    let apart = over.distance(phase(Ball::exact(at)).center);
                    largest = largest.max(apart - over.radius);
                    assert!(apart <= 2.0 * over.radius + 1e-12, "{law} {z}");
                }
                // What is told is of the size of what is seen.
                assert!(over.radius <= 100.0 * largest, "{law} {z}: {over:?}");
            }
            // Far away it is the argument of z.
            let far = Complex64::new(-3e4, 1e5);
            let apart = phase(Ball::exact(far)).distance(Complex64::from(far.arg()));
            assert!(apart < 1e-3, "{law}: {apart}");
        }
    }
}

/// A sum of uniform variables has a polynomial for F on each piece; those of mirror images are mirror images.
#[test]
fn distribution_functions_of_sums_in_closed_form() {
    let law = Law::parse("uniform(0, 1) * uniform(0, 2)").unwrap();
    let pieces = |x: f64| match x {
        ..1.0 => 0.25 * x * x,
        1.0..2.0 => 0.5 * x - 0.25,
        _ => 1.0 - 0.25 * (3.0 - x) * (3.0 - x),
    };
    for x in [1e-3, 0.4, 0.99, 1.3, 1.999, 2.2, 2.999] {
        let found = law.cumulative(x).unwrap();
        let apart = (found.value - pieces(x)).abs();
        assert!(
            apart <= found.radius && found.radius < 1e-12,
            "{x}: {found:?}"
        );
    }
    for text in [
        "mp(0.5) * mp(2)",
        "mp(3) * (-1 . mp(0.4))",
        "semicircle(1) * arcsine(0, 1)",
    ] {
        let law = Law::parse(text).unwrap();
        let mirror = Law::parse(&format!("-1 . ({text})")).unwrap();
        for x in [-0.8, -0.2, 0.3, 0.9, 1.7] {
            let [one, other] = [law.cumulative(x), mirror.cumulative(-x)].map(Result::unwrap);
            let apart = (one.value + other.value - 1.0).abs();
            assert!(apart <= one.radius + other.radius, "{text} {x}");
            assert!(one.radius < 1e-11, "{text} {x}: {one:?}");
        }
    }
}

/// `F` of the semicircle, of the arcsine law and of a uniform one, over the whole range of scales.
#[test]
fn distribution_functions_in_closed_form() {
    for scale in [1e-30, 1.0, 1e30] {
        for k in 1..20 {
            let t = 0.1 * f64::from(k) - 1.0;
            let (root, angle) = ((1.0 - t * t).max(0.0).sqrt(), t.asin());
            let laws = [
                ("semicircle(0.25)", 0.5 + (t * root + angle) / PI),
                ("arcsine(-1, 1)", 0.5 + angle / PI),
                ("uniform(-1, 1)", 0.5 + 0.5 * t),
            ];
            for (text, exact) in laws {
                let law = Law::parse(text).unwrap().scaled(scale).unwrap();
                let found = law.cumulative(scale * t).unwrap();
                assert!(
                    (found.value - exact).abs() <= found.radius + 1e-15,
                    "{text} {t}: {found:?}"
                );
                assert!(found.radius < 1e-13, "{text} {t}: {found:?}");
            }
        }
    }
}

/// At an atom the mass at it counts, and a law of an integral has F on its own support as an estimate, in gaps from both sides.
#[test]
fn atoms_gaps_and_places_without_a_bound() {
    let law = Law::parse("mix(1/4: point(0.5), 3/4: uniform(0, 1))").unwrap();
    let found = law.cumulative(0.5).unwrap();
    assert!((found.value - 0.625).abs() <= found.radius && found.radius < 1e-6);
    let weights = "atoms(0.5:0.3, 1:0.4, 2:0.3)";
    let law = Law::parse(&format!("covariance(1.5, 0.7, 1, 0, {weights})")).unwrap();
    let grid: Vec<f64> = (1..8).map(f64::from).collect();
    let known = law.distribution_within(1e-8).unwrap();
    for (x, found) in grid.iter().zip(law.cumulative_on(&grid)) {
        let (value, error) = found.unwrap_err().estimate().unwrap();
        assert!(
            (value - known.at(*x)).abs() < 1e-8 && error < 1e-10,
            "{x}: {value} {error:e}"
        );
    }
    // The masses of the parts, from both sides of a gap.
    let mixed = format!("mix(0.3: uniform(-20, -19), 0.7: covariance(1.5, 0.7, 1, 0, {weights}))");
    let law = Law::parse(&mixed)
        .unwrap()
        .free_sum(&Law::semicircle(0.01).unwrap());
    let [found] = law.cumulative_on(&[-5.0])[..] else {
        panic!()
    };
    let found = found.unwrap();
    assert!(
        (found.value - 0.3).abs() <= found.radius && found.radius < 1e-8,
        "{found:?}"
    );
}

/// Equal weights by the way of unequal ones: the estimates are those of the law in closed form, as near as they say.
#[test]
fn estimates_on_the_support_are_as_near_as_they_say() {
    for gamma in [0.6, 1.5] {
        let weights = Atoms::new(vec![1.0], vec![1.0]).unwrap();
        let covariance = WeightedCovariance::new(gamma, 0.7, 0.95, 0.3, weights).unwrap();
        let known = Law::from(covariance.clone());
        let known = known.distribution().unwrap();
        let law = Law::from_response(covariance);
        let (low, high) = known.support()[0];
        let grid: Vec<f64> = (1..30)
            .map(|k| low + (high - low) * f64::from(k) / 30.0)
            .collect();
        for (x, found) in grid.iter().zip(law.cumulative_on(&grid)) {
            let (value, error) = found.unwrap_err().estimate().unwrap();
            let apart = (value - known.at(*x)).abs();
            assert!(
                apart <= error + known.error_estimate() && error < 3e-12,
                "{gamma} {x}: {apart:e}"
            );
        }
    }
}
