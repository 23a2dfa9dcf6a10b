//! Laws from a density in a closure, and draws.

use super::identities::mp;
use num_complex::Complex64;
use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;
use std::f64::consts::PI;
use tensor_dyson::measure::{Law, LawError};

/// That the law of a closure is the exact one but for what its series leaves out, some 1e-13 of the mass.
fn same(a: &Law, b: &Law) {
    for (x, y) in [
        (0.5, 0.0),
        (2.9, 1e-9),
        (0.01, 1e-3),
        (-3.0, 0.0),
        (7.0, 0.3),
        (40.0, 10.0),
    ] {
        let z = Complex64::new(x, y);
        let at = |law: &Law| {
            let value = law.stieltjes(z);
            value.unwrap_or_else(|error| panic!("{law}: {error}"))
        };
        let (one, two) = (at(a), at(b));
        let apart = (one.s - two.s).norm() - one.radius - two.radius;
        assert!(apart <= 2e-12 * two.s.norm(), "{a} {z} {one:?} {two:?}");
        let slopes = one.derivative_radius + two.derivative_radius;
        let apart = (one.derivative - two.derivative).norm() - slopes;
        assert!(apart <= 1e-10 * two.derivative.norm(), "{a} {z}");
        assert!(
            one.radius < 1e-11 * one.s.norm().max(1.0),
            "{a} {z} {one:?}"
        );
    }
}

/// The densities of MP^{1/2}, MP¹, an arcsine law and the mirror image of MP¹ in closures, one for each kind of ends, give their
/// transforms back, and the same free convolutions.
#[test]
fn a_density_gives_the_law_back() {
    let exact = mp(0.5);
    let &[(low, high)] = exact.support().unwrap() else {
        panic!("one interval");
    };
    let soft = |x: f64| ((x - low) * (high - x)).max(0.0).sqrt() / (PI * x);
    let hard = |x: f64| ((4.0 - x) / x).sqrt() / (2.0 * PI);
    let cases = [
        (Law::from_density(low, high, soft), exact),
        (Law::from_density(0.0, 4.0, hard), mp(1.0)),
        (
            Law::from_density(-4.0, 0.0, |x| hard(-x)),
            mp(1.0).scaled(-1.0).unwrap(),
        ),
        (
            Law::from_density(0.0, 2.0, |x| 1.0 / (PI * (x * (2.0 - x)).sqrt())),
            Law::arcsine(0.0, 2.0).unwrap(),
        ),
    ];
    let semicircle = Law::semicircle(0.5).unwrap();
    for (law, exact) in cases {
        let law = law.unwrap();
        same(&law, &exact);
        same(&law.free_sum(&semicircle), &exact.free_sum(&semicircle));
        same(&law.mp_map(2.0).unwrap(), &exact.mp_map(2.0).unwrap());
        if law.hull().0 >= 0.0 {
            let product = |law: &Law| law.free_product(&mp(0.3)).unwrap();
            same(&product(&law), &product(&exact));
        }
        let (m, e) = (law.moments(6).unwrap(), exact.moments(6).unwrap());
        for (a, b) in m.iter().zip(e) {
            assert!((a - b).abs() < 1e-11 * b.abs(), "{law} {m:?}");
        }
        let edges = |law: &Law| law.free_sum(&semicircle).support().unwrap()[0];
        let (a, b) = (edges(&law), edges(&exact));
        assert!((a.0 - b.0).abs() < 1e-11 && (a.1 - b.1).abs() < 1e-11);
    }
}

/// `8/(3π) (1−x²)^{3/2}` vanishes to higher order at the ends, and `x²√(1−x²)·8/π` in the middle: they are made positive.
#[test]
fn a_density_with_zeros_is_a_law() {
    let flat = Law::from_density(-1.0, 1.0, |x| 8.0 / (3.0 * PI) * (1.0 - x * x).powf(1.5));
    let zero = Law::from_density(-1.0, 1.0, |x| 8.0 / PI * x * x * (1.0 - x * x).sqrt());
    for (law, second, fourth) in [(flat, 1.0 / 6.0, 1.0 / 16.0), (zero, 0.5, 5.0 / 16.0)] {
        let law = law.unwrap();
        let moments = law.moments(4).unwrap();
        assert!(
            (moments[2] - second).abs() < 1e-12 && (moments[4] - fourth).abs() < 1e-12,
            "{law} {moments:?}"
        );
        for k in 0..200 {
            let density = law.density(-0.995 + 0.01 * f64::from(k)).unwrap();
            assert!(density.value >= -density.radius && density.radius < 1e-12);
        }
    }
}

#[test]
fn a_density_that_is_none_is_refused() {
    let half = Law::from_density(0.0, 1.0, |x| (x * (1.0 - x)).sqrt());
    assert!(matches!(half, Err(LawError::Mass { .. })), "{half:?}");
    let jump = Law::from_density(0.0, 1.0, |_| 1.0);
    assert!(matches!(jump, Err(LawError::Unresolved { .. })), "{jump:?}");
    let negative = Law::from_density(0.0, 1.0, |x| x - 0.5);
    assert!(matches!(
        negative,
        Err(LawError::Argument {
            name: "density",
            ..
        })
    ));
    let nan = Law::from_density(0.0, 1.0, |_| f64::NAN);
    assert!(matches!(
        nan,
        Err(LawError::Argument {
            name: "density",
            ..
        })
    ));
    assert!(Law::from_density(1.0, 0.0, |_| 1.0).is_err());
}

/// Kolmogorov's distance above an atom at 0, where F is continuous.
fn distance(draws: &mut [f64], law: &Law) -> f64 {
    draws.sort_by(f64::total_cmp);
    let n = draws.len() as f64;
    let f = law.distribution().unwrap();
    let above = draws.iter().enumerate().filter(|(_, x)| **x > 0.0);
    above
        .map(|(k, x)| {
            (f.at(*x) - k as f64 / n)
                .abs()
                .max((f.at(*x) - (k + 1) as f64 / n).abs())
        })
        .fold(0.0, f64::max)
}

/// Kolmogorov's distance of 4000 draws lies below 2.5/√n but for a chance of 2 exp(−2·2.5²) = 7e-6; the seed is fixed.
#[test]
fn draws_have_the_distribution_of_the_law() {
    let n = 4000;
    let mut rng = ChaCha8Rng::seed_from_u64(5);
    let law = mp(2.0)
        .free_product(&Law::uniform(1.0, 2.0).unwrap())
        .unwrap();
    let mut draws = law.sample(n, &mut rng).unwrap();
    let zeros = draws.iter().filter(|x| **x == 0.0).count() as f64;
    assert!((zeros / n as f64 - 0.5).abs() < 5.0 * 0.5 / (n as f64).sqrt());
    // On another scale it is not the same law.
    let mut wrong = law.scaled(1.5).unwrap().sample(n, &mut rng).unwrap();
    let limit = 2.5 / (n as f64).sqrt();
    let (right, wrong) = (distance(&mut draws, &law), distance(&mut wrong, &law));
    assert!(right < limit && wrong > limit, "{right} {wrong}");
}

/// Beside the support the density is 0, not −0.
#[test]
fn a_density_of_zero_has_no_sign() {
    for text in [
        "mp(0.5)",
        "semicircle(1)",
        "-uniform(0, 1)",
        "mp(0.5) [x] mp(0.5)",
    ] {
        let law = Law::parse(text).unwrap();
        let (low, high) = law.hull();
        for x in [low - 1.0, high + 1.0] {
            let value = law.density(x).unwrap().value;
            assert!(
                value == 0.0 && value.is_sign_positive(),
                "{text} at {x}: {value:?}"
            );
        }
    }
}
