//! Sums of a law in closed form and any other one, to any depth: against the closed forms, against reorderings, and
//! against the distribution function.

use super::law;
use num_complex::Complex64;
use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};
use tensor_dyson::measure::{Law, LawError};

/// The two laws have the same values within their bounds, at points of their common hull, beside it, and above.
fn same(one: &str, other: &str, bound: f64) {
    let (a, b) = (law(one), law(other));
    let (low, high) = a.hull();
    for share in [-0.4, 0.31, 0.83] {
        for y in [0.0, 1e-3] {
            let z = Complex64::new(low + share * (high - low), y * (high - low));
            let values = [&a, &b].map(|law| {
                let value = law.stieltjes(z);
                value.unwrap_or_else(|error| panic!("{law} at {z}: {error}"))
            });
            let [x, y] = values;
            let radius = x.radius + y.radius;
            assert!(
                (x.s - y.s).norm() <= radius && radius <= bound,
                "{one}, {other} at {z}: {x:?} {y:?}"
            );
            let slopes = x.derivative_radius + y.derivative_radius;
            assert!(
                (x.derivative - y.derivative).norm() <= slopes,
                "{one} at {z}: {x:?} {y:?}"
            );
        }
    }
    for (x, y) in a.moments(4).unwrap().iter().zip(b.moments(4).unwrap()) {
        assert!((x - y).abs() <= 1e-12 * (1.0 + y.abs()), "{one}: {x} {y}");
    }
}

/// A sum of semicircles under ⊞ is no closed form to the calculus, and is one to us.
#[test]
fn any_law_against_each_closed_form() {
    for shape in [
        "mp(0.5)",
        "mp(1)",
        "mp(2)",
        "(-mp(0.5))",
        "(-2 * mp(3) + 1)",
        "uniform(0, 1)",
        "arcsine(-1, 2)",
        "semicircle(0.5)",
    ] {
        same(
            &format!("{shape} * (semicircle(0.3) [+] semicircle(0.7))"),
            &format!("{shape} * semicircle(1)"),
            1e-11,
        );
    }
    // χ, which an operation on the sum asks for.
    same(
        "mpmap(0.5, uniform(0, 1) * (0.5 * mpmap(0.5, point(1)) + 1))",
        "mpmap(0.5, uniform(0, 1) * (0.5 * mp(0.5) + 1))",
        1e-11,
    );
}

/// The density of a sum with a uniform law is a difference of the distribution function, which has its own bound.
#[test]
fn with_a_uniform_law_the_density_is_a_difference_of_distribution_functions() {
    let inner = law("mp(1) [+] semicircle(1)");
    let sum = law("uniform(0, 1) * (mp(1) [+] semicircle(1))");
    for x in [-1.7, 0.9, 4.6] {
        let density = sum.density(x).unwrap();
        let [a, b] = [x, x - 1.0].map(|x| inner.cumulative(x).unwrap());
        let apart = (density.value - (a.value - b.value)).abs();
        let radius = density.radius + a.radius + b.radius;
        assert!(
            apart <= radius && radius < 1e-11,
            "{x}: {density:?} {a:?} {b:?}"
        );
    }
}

/// Three factors agree with their reorderings, also where one of them is a free convolution or has atoms.
#[test]
fn three_factors_in_every_order() {
    let mut rng = ChaCha8Rng::seed_from_u64(22);
    let closed = ["mp(0.7)", "uniform(0, 2)", "arcsine(0, 1)", "semicircle(1)"];
    let others = [
        "(mp(0.5) [+] uniform(0, 1))",
        "(mp(0.5) [x] atoms(1:0.5, 3:0.5))",
        "atoms(0:0.25, 2:0.75)",
        "mix(0.5: point(1), 0.5: uniform(0, 1))",
    ];
    let mut cases = vec![("mp(0.5)", "uniform(0, 1)", "mp(1)")];
    for _ in 0..3 {
        let mut pick = || rng.random_range(0..4);
        cases.push((closed[pick()], closed[pick()], others[pick()]));
    }
    for (a, b, c) in cases {
        let text = [format!("({a} * {b}) * {c}"), format!("{a} * ({c} * {b})")];
        let [one, two] = text.each_ref().map(|text| law(text));
        let (low, high) = one.hull();
        let z = Complex64::new(low + 0.43 * (high - low), 0.0);
        let (x, y) = (one.stieltjes(z).unwrap(), two.stieltjes(z).unwrap());
        let radius = x.radius + y.radius;
        assert!(
            (x.s - y.s).norm() <= radius && radius < 1e-9,
            "{text:?} at {z}: {x:?} {y:?}"
        );
    }
}

/// A unit of length changes neither a value nor what it may be off by.
#[test]
fn units_go_through() {
    let of = |unit: f64| {
        law(&format!(
            "{unit} * (uniform(0, 1) * (mp(0.5) [+] semicircle(1)))"
        ))
    };
    let split = |unit: f64| {
        let other = law("mp(0.5) [+] semicircle(1)").scaled(unit).unwrap();
        Law::uniform(0.0, unit).unwrap().classical(&other).unwrap()
    };
    let z = Complex64::new(0.7, 0.3);
    let value = of(1.0).stieltjes(z).unwrap();
    for unit in [1e-6, 1e6] {
        let found = split(unit).stieltjes(unit * z).unwrap();
        let (s, radius) = (unit * found.s, unit * found.radius);
        assert!(
            (s - value.s).norm() <= radius + value.radius,
            "{unit}: {found:?}"
        );
        assert!(radius < 2.0 * value.radius, "{unit}: {radius:e} {value:?}");
    }
}

/// Far from 0 the ends of both laws are rounded, and the bounds say by how much that moves a value.
#[test]
fn far_from_0_rounding_is_in_the_bounds() {
    let far = f64::from(1 << 20);
    for closed in ["uniform(0, 1)", "semicircle(0.3)", "arcsine(-1, 1)"] {
        let other = "(mp(0.5) [+] semicircle(1))";
        let near = law(&format!("{closed} * {other}"));
        let moved = law(&format!("({closed} + {far}) * {other}"));
        let mut compared = 0;
        for k in 0..60 {
            let z = Complex64::new(-4.0 + 0.1875 * f64::from(k), 0.0);
            let (Ok(one), Ok(two)) = (near.stieltjes(z), moved.stieltjes(z + far)) else {
                continue;
            };
            let apart = (one.s - two.s).norm();
            assert!(
                apart <= one.radius + two.radius,
                "{closed} at {z}: {apart:e}, {two:?}"
            );
            compared += 1;
        }
        // Next to an edge of an arcsine law rounding hides the root.
        assert!(compared > 10, "{closed}: {compared}");
    }
}

#[test]
fn two_laws_that_are_no_closed_forms_are_refused() {
    let a = law("mp(1) [+] semicircle(1)");
    let error = a.classical(&law("mp(1) [x] mp(1)"));
    assert!(matches!(error, Err(LawError::Classical)), "{error:?}");
    let third = law("(mp(1) * (mp(1) [+] semicircle(1))) * uniform(0, 1)");
    assert!(third.classical(&a).is_err());
    let apart = Law::point(2.0).unwrap().classical(&a).unwrap().hull().0 - a.hull().0 - 2.0;
    assert!(apart.abs() < 1e-13, "{apart:e}");
}

/// The product of independent variables: in either role, by moments, and `E 1/XY = E 1/X · E 1/Y`.
#[test]
fn products_of_independent_variables() {
    for (one, other) in [
        ("mp(0.5) [.] uniform(1, 2)", "uniform(1, 2) [.] mp(0.5)"),
        ("mp(2) [.] arcsine(1, 3)", "arcsine(1, 3) [.] mp(2)"),
        (
            "uniform(-2, -1) [.] mp(0.5)",
            "-(mp(0.5) [.] uniform(1, 2))",
        ),
        (
            "arcsine(0, 1) [.] (semicircle(0.3) [+] semicircle(0.7))",
            "arcsine(0, 1) [.] semicircle(1)",
        ),
        (
            "mix(0.25: point(0), 0.75: uniform(1, 2)) [.] semicircle(1)",
            "mix(0.25: point(0), 0.75: uniform(1, 2) [.] semicircle(1))",
        ),
    ] {
        same(one, other, 1e-10);
    }
    let law = law("mp(0.5) [.] uniform(1, 2)");
    let value = law.stieltjes(Complex64::new(0.0, 0.0)).unwrap();
    let apart = (value.s - 2.0 * 2f64.ln()).norm();
    assert!(apart <= value.radius && value.radius < 1e-12, "{value:?}");
    // E X² E Y² = 1.5 · 7/3.
    assert!((law.moments(2).unwrap()[2] - 3.5).abs() < 1e-14);
    let refused = Law::parse("semicircle(1) [.] (mp(1) [+] mp(1))");
    assert!(refused.unwrap_err().to_string().contains("reach over 0"));
}
