//! Identities of free probability over random parameters.

use num_complex::Complex64;
use quickcheck::{Gen, QuickCheck, TestResult};
use tensor_dyson::measure::{Law, Value};

pub(crate) type Seed = (u8, u8, u8, u8, u8, u8);

pub(crate) fn check(property: fn(Seed) -> TestResult) {
    QuickCheck::new()
        .rng(Gen::from_size_and_seed(20, 31))
        .tests(40)
        .min_tests_passed(40)
        .quickcheck(property);
}

pub(crate) fn between(low: f64, high: f64, byte: u8) -> f64 {
    low + (high - low) * (f64::from(byte) + 0.5) / 256.0
}

/// A point above the axis: heights from 1e-6 to 10.
fn point(re: u8, im: u8) -> Complex64 {
    Complex64::new(between(-3.0, 9.0, re), 10f64.powf(between(-6.0, 1.0, im)))
}

fn agree(a: &Law, b: &Law, z: Complex64) -> bool {
    let close = |a: Value, b: Value| {
        let s = (a.s - b.s).norm() <= a.radius + b.radius;
        let ds = (a.derivative - b.derivative).norm() <= a.derivative_radius + b.derivative_radius;
        s && ds && a.radius + b.radius <= 1e-9 * (1.0 + a.s.norm())
    };
    match (a.stieltjes(z), b.stieltjes(z)) {
        (Ok(a), Ok(b)) => close(a, b),
        _ => false,
    }
}

pub(crate) fn mp(gamma: f64) -> Law {
    Law::marchenko_pastur(gamma).unwrap()
}

pub(crate) fn atoms(a: u8, b: u8, p: u8) -> Law {
    let mass = between(0.1, 0.9, p);
    let at = vec![between(0.1, 2.0, a), between(2.5, 5.0, b)];
    Law::atoms(at, vec![mass, 1.0 - mass]).unwrap()
}

/// Semicircles add their variances.
#[test]
fn semicircles() {
    check(|(a, b, x, y, _, _)| {
        let (t, u) = (between(0.1, 3.0, a), between(0.1, 3.0, b));
        let sum = Law::semicircle(t)
            .unwrap()
            .free_sum(&Law::semicircle(u).unwrap());
        TestResult::from_bool(agree(&sum, &Law::semicircle(t + u).unwrap(), point(x, y)))
    });
}

/// `γ MP^γ`-like laws are free Poisson laws: jumps of size γ at rate λ, `γ·MPmap(γ…)`. Two of them with the same jump add.
#[test]
fn free_poisson_laws() {
    check(|(a, b, x, y, _, _)| {
        // c·MP^{c/λ}·λ has free cumulants λ cⁿ: rate λ, jump c; MP^γ has rate 1/γ and jump γ.
        let (rate, other, jump) = (between(0.3, 3.0, a), between(0.3, 3.0, b), 0.75);
        let poisson = |rate: f64| mp(1.0 / rate).scaled(rate * jump).unwrap();
        let sum = poisson(rate).free_sum(&poisson(other));
        TestResult::from_bool(agree(&sum, &poisson(rate + other), point(x, y)))
    });
}

#[test]
fn point_masses_shift_and_scale() {
    check(|(a, b, x, y, p, c)| {
        let (by, law) = (between(0.2, 2.0, c), atoms(a, b, p).mp_map(0.7).unwrap());
        let one = Law::point(by).unwrap();
        let z = point(x, y);
        let sum = agree(&law.free_sum(&one), &law.shifted(by).unwrap(), z)
            && agree(&one.free_sum(&law), &law.shifted(by).unwrap(), z);
        let product = agree(
            &law.free_product(&one).unwrap(),
            &law.scaled(by).unwrap(),
            z,
        ) && agree(
            &one.free_product(&law).unwrap(),
            &law.scaled(by).unwrap(),
            z,
        );
        TestResult::from_bool(sum && product)
    });
}

#[test]
fn the_free_operations_commute_and_associate() {
    check(|(a, b, x, y, p, c)| {
        let laws = [
            atoms(a, b, p),
            mp(between(0.2, 3.0, c)),
            Law::uniform(0.5, 2.0).unwrap(),
        ];
        let z = point(x, y);
        let [first, second, third] = &laws;
        let sum = agree(&first.free_sum(second), &second.free_sum(first), z)
            && agree(
                &first.free_sum(second).free_sum(third),
                &first.free_sum(&second.free_sum(third)),
                z,
            );
        let times = |a: &Law, b: &Law| a.free_product(b).unwrap();
        let product = agree(&times(first, second), &times(second, first), z)
            && agree(
                &times(&times(first, second), third),
                &times(first, &times(second, third)),
                z,
            );
        TestResult::from_bool(sum && product)
    });
}

/// The map with ratio γ and the product with `MP^γ′` are companions. `XDXᵀ/d` is n×n, and `D^{1/2}XᵀXD^{1/2}/d` has its
/// nonzero eigenvalues, of law `ν ⊠ γMP^{1/γ}`: `γ·map + (1−γ)δ₀` is that product.
#[test]
fn the_map_is_the_companion_of_the_product_and_not_the_product() {
    check(|(a, b, x, y, p, c)| {
        let (nu, gamma, z) = (atoms(a, b, p), between(0.2, 3.0, c), point(x, y));
        let map = nu.mp_map(gamma).unwrap();
        let product = nu
            .free_product(&mp(1.0 / gamma).scaled(gamma).unwrap())
            .unwrap();
        let zero = Law::point(0.0).unwrap();
        let whole = Law::mixture(&[(gamma, map.clone()), (1.0 - gamma, zero)]).unwrap();
        let wrong = nu.free_product(&mp(gamma)).unwrap();
        let apart = (map.stieltjes(z).unwrap().s - wrong.stieltjes(z).unwrap().s).norm();
        TestResult::from_bool(agree(&whole, &product, z) && apart > 1e-9)
    });
}

/// Masses and positions of atoms, by the rules and in the transform next to them.
#[test]
fn atoms_of_free_convolutions() {
    let heavy = Law::atoms(vec![1.0, 2.0], vec![0.75, 0.25]).unwrap();
    let other = Law::atoms(vec![0.0, 5.0], vec![0.625, 0.375]).unwrap();
    let sum = heavy.free_sum(&other);
    let product = heavy.free_product(&other).unwrap();
    let map = other.mp_map(0.5).unwrap();
    let cases = [
        (&sum, 1.0, 0.375, 2),
        (&sum, 6.0, 0.125, 2),
        (&product, 0.0, 0.625, 2),
        (&product, 5.0, 0.125, 2),
        (&map, 0.0, 0.25, 1),
    ];
    for (law, at, mass, count) in cases {
        assert_eq!(law.point_masses().len(), count, "{law}");
        assert!((law.mass_at(at) - mass).abs() < 1e-15, "{law}");
        let z = Complex64::new(at, 1e-7);
        let s = law.stieltjes(z).unwrap().s;
        assert!((s.im * 1e-7 - mass).abs() < 1e-6, "{law}: {s}");
        let total = law.distribution().unwrap().total();
        assert!((total - 1.0).abs() < 1e-9, "{law}: {total}");
    }
    // Masses that add to 1 or less leave none.
    let light = Law::atoms(vec![1.0, 5.0], vec![0.25, 0.75]).unwrap();
    for second in [0.5, 0.625, 0.7, 0.75] {
        let other = Law::atoms(vec![2.0, 4.0], vec![1.0 - second, second]).unwrap();
        let pairs = [
            (0.25, 1.0 - second),
            (0.25, second),
            (0.75, 1.0 - second),
            (0.75, second),
        ];
        let heavy = pairs.iter().filter(|(a, b)| a + b > 1.0).count();
        assert_eq!(light.free_sum(&other).point_masses().len(), heavy);
        assert_eq!(
            light.free_product(&other).unwrap().point_masses().len(),
            heavy
        );
    }
}

/// Moments from the density against moments from the algebra.
#[test]
fn moments_are_those_of_the_distribution() {
    let laws = [
        mp(0.5).free_sum(&Law::semicircle(1.0).unwrap()),
        mp(0.5).free_product(&mp(2.0)).unwrap(),
        atoms(10, 200, 90).mp_map(0.4).unwrap().free_sum(&mp(0.5)),
        Law::uniform(-1.0, 2.0)
            .unwrap()
            .free_sum(&Law::arcsine(0.0, 1.0).unwrap()),
    ];
    for law in laws {
        let moments = law.moments(4).unwrap();
        let n = 4000;
        let f = law.distribution().unwrap();
        let at = |k: usize| f.quantile((k as f64 + 0.5) / f64::from(n)).unwrap();
        for (power, moment) in moments.iter().enumerate() {
            let sum: f64 = (0..n as usize).map(|k| at(k).powi(power as i32)).sum();
            let mean = sum / f64::from(n);
            // The midpoint rule in p, with root singularities at both ends.
            assert!(
                (mean - moment).abs() < 2e-4 * (1.0 + moment.abs()),
                "{law}: {mean} {moment}"
            );
        }
    }
}

/// Three operations deep.
#[test]
fn nested_expressions_integrate_to_one_with_small_bounds() {
    let one = mp(0.5).free_product(&mp(0.5)).unwrap();
    let two = one
        .free_sum(&Law::semicircle(1.0).unwrap())
        .mp_map(0.7)
        .unwrap();
    let three = atoms(30, 90, 128)
        .mp_map(2.0)
        .unwrap()
        .free_product(&one)
        .unwrap()
        .free_sum(&one);
    for law in [two, three] {
        assert!(
            (law.distribution().unwrap().total() - 1.0).abs() < 1e-10,
            "{law}"
        );
        for z in [
            Complex64::new(0.9, 0.0),
            Complex64::new(2.0, 1e-9),
            Complex64::new(-4.0, 0.0),
        ] {
            let value = law.stieltjes(z).unwrap();
            assert!(value.radius < 1e-11, "{law} {z}: {value:?}");
        }
    }
}

/// A mirrored law has its atoms and intervals in order, and masses where the images are.
#[test]
fn mirrored_laws_are_in_order() {
    let law =
        Law::parse("mix(0.25: point(1), 0.25: point(3), 0.5: mp(0.01) [x] atoms(1:0.5, 9:0.5))");
    let mirrored = law.unwrap().affine(-2.0, 1.0).unwrap();
    let atoms = mirrored.point_masses();
    assert!(atoms.len() == 2 && atoms[0].at == -5.0 && atoms[1].at == -1.0);
    assert_eq!(
        (mirrored.mass_at(-5.0), mirrored.mass_at(-1.0)),
        (0.25, 0.25)
    );
    let support = mirrored.support().unwrap();
    assert_eq!(support.len(), 2);
    assert!(support[0].1 < support[1].0 && support[0].0 < -17.0 && support[1].1 < 0.0);
    let f = mirrored.distribution().unwrap();
    let steps = [-30.0, -10.0, -5.0, -1.5, -1.0, 0.0].map(|x| f.at(x));
    for (step, wanted) in steps.iter().zip([0.0, 0.25, 0.5, 0.5, 0.875, 1.0]) {
        assert!((step - wanted).abs() < 0.13, "{steps:?}");
    }
    assert!((f.at(-5.0) - f.before(-5.0) - 0.25).abs() < 1e-12);
}

/// Of a sum of independent variables each part is with each: atoms stand at sums of atoms, and what is smooth is moved by them.
#[test]
fn sums_of_laws_with_atoms_are_their_parts() {
    let law = |text: &str| Law::parse(text).unwrap();
    for (sum, parts) in [
        (
            "mix(0.5: uniform(0, 1), 0.5: point(2)) * mix(0.25: uniform(0, 2), 0.75: point(3))",
            "mix(0.375: point(5), 0.375: uniform(3, 4), 0.125: uniform(2, 4), 0.125: uniform(0, 1) * uniform(0, 2))",
        ),
        (
            "mix(0.5: semicircle(1), 0.5: point(-1)) * mix(0.5: uniform(0, 2), 0.5: point(0.5))",
            "mix(0.25: point(-0.5), 0.25: semicircle(1) + 0.5, 0.25: uniform(-1, 1), 0.25: semicircle(1) * uniform(0, 2))",
        ),
    ] {
        let (sum, parts) = (law(sum), law(parts));
        for atom in parts.point_masses() {
            let mass = sum.mass_at(atom.at);
            assert!(
                (mass - atom.mass).abs() < 1e-15,
                "{sum}: {mass} at {}",
                atom.at
            );
        }
        assert_eq!(sum.point_masses().len(), parts.point_masses().len());
        for (re, im) in [
            (-2.5, 0.5),
            (1.0, 0.25),
            (3.5, 1e-2),
            (5.1, 0.1),
            (9.0, 0.0),
        ] {
            assert!(
                agree(&sum, &parts, Complex64::new(re, im)),
                "{sum} {re} {im}"
            );
        }
    }
}
