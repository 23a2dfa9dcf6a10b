//! The distribution function with proved bounds.

use std::f64::consts::PI;
use tensor_dyson::measure::{Atoms, Law, LawError, WeightedCovariance};

type Known<'a> = (Law, &'a dyn Fn(f64) -> f64);

#[test]
fn distribution_functions_in_closed_form() {
    // MP^γ on [a, b] by its elementary integral, for γ = 1: x = 4 sin²(θ/2)… F = (θ + sin θ)/π with x = 2 − 2 cos θ.
    let hard = |x: f64| {
        let theta = (1.0 - 0.5 * x).acos();
        (theta + theta.sin()) / PI
    };
    let cases: [Known<'_>; 5] = [
        (Law::semicircle(0.25).unwrap(), &|x| {
            0.5 + (x * (1.0 - x * x).sqrt() + x.asin()) / PI
        }),
        (Law::uniform(-1.0, 1.0).unwrap(), &|x| 0.5 * (1.0 + x)),
        (Law::arcsine(-1.0, 1.0).unwrap(), &|x| 0.5 + x.asin() / PI),
        (
            Law::marchenko_pastur(1.0)
                .unwrap()
                .affine(0.5, -1.0)
                .unwrap(),
            &|x| hard(2.0 * (x + 1.0)),
        ),
        (
            Law::from_samples(vec![-1.0, 1.0], vec![1.0, 0.0]).unwrap(),
            &|x| 1.0 - 0.25 * (1.0 - x) * (1.0 - x),
        ),
    ];
    for (law, exact) in cases {
        for x in [-0.999, -0.5, 0.0, 0.3, 0.9999] {
            let found = law.cumulative(x).unwrap();
            let apart = (found.value - exact(x)).abs() - 4.0 * f64::EPSILON;
            assert!(
                apart <= found.radius && found.radius < 1e-12,
                "{law} {x} {found:?} {}",
                exact(x)
            );
        }
        // At the ends, where s has no bound, between two values beside.
        for (x, exact) in [(-1.0, 0.0), (1.0, 1.0)] {
            let found = law.cumulative(x).unwrap();
            assert!(
                (found.value - exact).abs() <= found.radius && found.radius < 1e-4,
                "{law} {x} {found:?}"
            );
        }
    }
}

#[test]
fn atoms_are_counted() {
    let law = Law::marchenko_pastur(2.0).unwrap();
    for (x, value) in [(-1.0, 0.0), (0.0, 0.5), (0.1, 0.5), (9.0, 1.0)] {
        let found = law.cumulative(x).unwrap();
        assert!(
            (found.value - value).abs() <= found.radius + 1e-16,
            "{x} {found:?}"
        );
        assert!(found.radius < 1e-12);
    }
    let atoms = Law::atoms(vec![0.0, 1.0, 3.0], vec![0.25, 0.25, 0.5]).unwrap();
    let found = atoms.cumulative(2.0).unwrap();
    assert!((found.value - 0.5).abs() <= found.radius && found.radius < 1e-12);
    // At an atom within, as well as between.
    let found = atoms.cumulative(1.0).unwrap();
    assert!((found.value - 0.5).abs() <= found.radius && found.radius < 1e-12);
    let mixed = Law::parse("mix(1/2: mp(0.5), 1/2: point(1))").unwrap();
    let found = mixed.cumulative(1.0).unwrap();
    let beside = 0.5
        * Law::marchenko_pastur(0.5)
            .unwrap()
            .cumulative(1.0)
            .unwrap()
            .value;
    assert!((found.value - 0.5 - beside).abs() <= found.radius && found.radius < 1e-5);
    assert!(atoms.cumulative(f64::NAN).is_err());
}

/// The table of the distribution function lies within its own estimate, for a law of three operations and the talk's.
#[test]
fn the_table_is_within_its_estimate() {
    let weights = Atoms::new(vec![0.25, 3.0], vec![0.5, 0.5]).unwrap();
    let q = WeightedCovariance::new(1.5, 0.7, 0.95, 0.3, weights).unwrap();
    let nested = "mp(0.5) [x] (semicircle(0.1) + 3) [x] (mp(1) [+] arcsine(1, 2))";
    for (law, shares) in [
        (Law::parse(nested).unwrap(), &[0.02, 0.3, 0.9][..]),
        (Law::from(q).mp_map(0.5).unwrap(), &[0.3]),
    ] {
        let (low, high) = law.support().unwrap()[0];
        let table = law.distribution().unwrap();
        for share in shares {
            let x = low + share * (high - low);
            let found = law.cumulative(x).unwrap();
            let apart = (found.value - table.at(x)).abs();
            let estimate = table.error_estimate();
            assert!(
                apart <= found.radius + estimate && found.radius < 1e-11 && estimate < 1e-10,
                "{law} {x} {found:?} {apart:e} {estimate:e}"
            );
        }
    }
}

/// Jumps inside the support are ends of pieces, those of images of mixtures too: no cell is halved in vain.
#[test]
fn jumps_of_images_are_known() {
    for text in [
        "mix(0.5: 2 * mix(0.5: uniform(0, 1), 0.5: uniform(0, 2)) + 3, 0.5: uniform(3, 9))",
        "mix(0.5: uniform(0, 1), 0.5: uniform(0, 2))",
    ] {
        let law = Law::parse(text).unwrap();
        let f = law.distribution().unwrap();
        assert!(
            f.error_estimate() < 1e-13,
            "{text}: {:e}",
            f.error_estimate()
        );
    }
}

/// Of a sum of three parts each value takes thousands of nodes, and a proof thousands of values: what is known without
/// one is said.
#[test]
fn a_proof_that_takes_too_long_is_none() {
    let law = Law::parse("(mp(0.5) * mp(1)) * uniform(0, 1)").unwrap();
    let Err(LawError::Slow { value, error, .. }) = law.quantile(0.5) else {
        panic!("{:?}", law.quantile(0.5));
    };
    // P(X + U ≤ x) = ∫ F(x − u) du, by Simpson's rule.
    let sum = Law::parse("mp(0.5) * mp(1)").unwrap();
    let below = |u: f64| sum.distribution().unwrap().at(value - u);
    let inner =
        (1..400).map(|k| (if k % 2 == 0 { 2.0 } else { 4.0 }) * below(f64::from(k) / 400.0));
    let mass = (below(0.0) + below(1.0) + inner.sum::<f64>()) / 1200.0;
    assert!(
        error < 1e-12 && (mass - 0.5).abs() < 1e-9,
        "{value} {error} {mass}"
    );
}

/// At a share that the distribution function takes over a whole gap the quantile is its lower end, as it is an infimum.
#[test]
fn quantiles_at_the_level_of_a_gap_are_its_lower_end() {
    for (text, p) in [
        ("atoms(0:0.5, 1:0.5)", 0.5),
        ("mp(2)", 0.5),
        ("mpmap(2, uniform(1, 2))", 0.5),
    ] {
        let found = Law::parse(text).unwrap().quantile(p).unwrap();
        assert_eq!(found.value, 0.0, "{text}: {found:?}");
    }
}

/// Free cumulants are small differences of large moments, and from some order on nothing but rounding.
#[test]
fn free_cumulants_without_digits_are_refused() {
    let law = Law::marchenko_pastur(1.0).unwrap();
    for kappa in law.free_cumulants(12).unwrap() {
        assert!((kappa - 1.0).abs() < 1e-5, "{kappa}");
    }
    let Err(LawError::Rounding { order }) = law.free_cumulants(60) else {
        panic!()
    };
    let before = law.free_cumulants(order - 1).unwrap();
    assert!(before.iter().all(|kappa| (kappa - 1.0).abs() < 1e-4));
    assert!(order > 12 && order < 40, "{order}");
}
