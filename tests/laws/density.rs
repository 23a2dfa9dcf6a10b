//! Laws from a density in a closure, and draws.

use super::identities::mp;
use num_complex::Complex64;
use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;
use tensor_dyson::measure::{Law, LawError};

/// The density of MP^{1/2} in a closure gives its transform back, and the same free sum.
#[test]
fn a_density_gives_the_law_back() {
    let exact = mp(0.5);
    let &[(low, high)] = exact.support().unwrap() else {
        panic!("one interval");
    };
    let density = |x: f64| ((x - low) * (high - x)).max(0.0).sqrt() / (std::f64::consts::PI * x);
    let law = Law::from_density(low, high, density).unwrap();
    let same = |a: &Law, b: &Law| {
        for (x, y) in [
            (0.5, 0.0),
            (2.9, 1e-9),
            (0.01, 1e-3),
            (-3.0, 0.0),
            (7.0, 0.3),
            (40.0, 10.0),
        ] {
            let z = Complex64::new(x, y);
            let (one, two) = (a.stieltjes(z).unwrap(), b.stieltjes(z).unwrap());
            assert!(
                (one.s - two.s).norm() <= one.radius + two.radius,
                "{z} {one:?} {two:?}"
            );
            let slopes = one.derivative_radius + two.derivative_radius;
            assert!((one.derivative - two.derivative).norm() <= slopes, "{z}");
            assert!(!one.proved && one.radius < 1e-10, "{z} {one:?}");
        }
    };
    same(&law, &exact);
    let semicircle = Law::semicircle(0.5).unwrap();
    same(&law.free_sum(&semicircle), &exact.free_sum(&semicircle));
    same(&law.mp_map(2.0).unwrap(), &exact.mp_map(2.0).unwrap());
    let (m, e) = (law.moments(6).unwrap(), exact.moments(6).unwrap());
    for (a, b) in m.iter().zip(e) {
        assert!((a - b).abs() < 1e-12 * b, "{m:?}");
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
