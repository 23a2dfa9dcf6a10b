//! Laws from samples of a density, linear between them.

use num_complex::Complex64;
use tensor_dyson::measure::{Law, LawError};

fn samples(at: &[f64], density: &[f64]) -> Law {
    Law::from_samples(at.to_vec(), density.to_vec()).unwrap()
}

/// Agreement within the radii at points on the axis, next to it and far away.
fn same(a: &Law, b: &Law, points: &[f64]) {
    for &x in points {
        for y in [0.0, 1e-9, 1e-3, 0.4, 30.0] {
            let z = Complex64::new(x, y);
            let (one, two) = (a.stieltjes(z).unwrap(), b.stieltjes(z).unwrap());
            let radii = one.radius + two.radius;
            assert!((one.s - two.s).norm() <= radii, "{a} {z} {one:?} {two:?}");
            assert!(
                radii <= 1e-11 * one.s.norm().max(1e-2),
                "{a} {z} {one:?} {two:?}"
            );
            let slopes = one.derivative_radius + two.derivative_radius;
            let apart = (one.derivative - two.derivative).norm();
            assert!(apart <= slopes, "{a} {z} {one:?} {two:?}");
        }
    }
}

const POINTS: [f64; 6] = [-7.3, 0.013, 0.71, 1.4, 1.93, 1e4];

/// Two equal values are a uniform law, jumps and all, in every operation; the same with many points on the line.
#[test]
fn a_constant_density_is_the_uniform_law() {
    let uniform = Law::uniform(0.0, 2.0).unwrap();
    let many: Vec<f64> = (0..=400)
        .map(|k| 2.0 * (f64::from(k) / 400.0).powi(2))
        .collect();
    for law in [
        samples(&[0.0, 2.0], &[7.0, 7.0]),
        samples(&many, &vec![0.5; many.len()]),
    ] {
        same(&law, &uniform, &POINTS);
        let two = Law::atoms(vec![0.5, 3.0], vec![0.5, 0.5]).unwrap();
        let semicircle = Law::semicircle(0.3).unwrap();
        let operations: [&dyn Fn(&Law) -> Law; 4] = [
            &|law| law.free_sum(&semicircle),
            &|law| law.free_sum(&two),
            &|law| law.free_product(&two).unwrap(),
            &|law| law.mp_map(0.4).unwrap(),
        ];
        for operation in operations {
            let (one, exact) = (operation(&law), operation(&uniform));
            same(&one, &exact, &[-7.3, 0.313, 1.4, 1e4]);
            let (a, b) = (one.support().unwrap(), exact.support().unwrap());
            assert_eq!(a.len(), b.len());
            for (a, b) in a.iter().zip(b) {
                assert!(
                    (a.0 - b.0).abs() < 1e-12 && (a.1 - b.1).abs() < 1e-12,
                    "{one}"
                );
            }
        }
    }
}

/// The sum of two uniform variables has the tent as its density; `s = Σ κ_j (z−x_j) log(z−x_j)` at its top is finite.
#[test]
fn a_tent_is_the_sum_of_two_uniform_laws() {
    let exact = Law::parse("uniform(0, 1) * uniform(0, 1)").unwrap();
    let many: Vec<f64> = (0..=1000).map(|k| 0.002 * f64::from(k)).collect();
    let heights: Vec<f64> = many.iter().map(|x| x.min(2.0 - x)).collect();
    for law in [
        samples(&[0.0, 1.0, 2.0], &[0.0, 1.0, 0.0]),
        samples(&[0.0, 0.3, 1.0, 1.001, 2.0], &[0.0, 0.3, 1.0, 0.999, 0.0]),
        samples(&many, &heights),
    ] {
        // 0.999 and the like are rounded: the laws differ by some 1e-16.
        for &x in &POINTS {
            for y in [0.0, 1e-9, 1e-3, 0.4, 30.0] {
                let z = Complex64::new(x, y);
                let (one, two) = (law.stieltjes(z).unwrap(), exact.stieltjes(z).unwrap());
                let apart = (one.s - two.s).norm() - one.radius - two.radius;
                assert!(
                    apart <= 4e-15 * (1.0 + two.s.norm()),
                    "{law} {z} {one:?} {two:?}"
                );
                assert!(
                    one.radius <= 1e-12 * one.s.norm().max(1e-2),
                    "{law} {z} {one:?}"
                );
            }
        }
        let top = law.stieltjes(Complex64::new(1.0, 0.0)).unwrap();
        // By symmetry the real part vanishes.
        assert!(
            (top.s - Complex64::new(0.0, std::f64::consts::PI)).norm() <= top.radius + 1e-14,
            "{law} {top:?}"
        );
        assert!(
            top.radius < 1e-11 && top.derivative_radius == f64::INFINITY,
            "{top:?}"
        );
        let (m, e) = (law.moments(5).unwrap(), exact.moments(5).unwrap());
        for (a, b) in m.iter().zip(e) {
            assert!((a - b).abs() < 1e-13 * b.abs(), "{m:?}");
        }
    }
}

/// Two tents and nothing between: both intervals, a real transform in the gap, which ⊞ with a small semicircle keeps.
#[test]
fn a_density_that_vanishes_between_has_two_intervals() {
    let law = samples(
        &[0.0, 0.5, 1.0, 3.0, 3.5, 4.0],
        &[0.0, 1.0, 0.0, 0.0, 1.0, 0.0],
    );
    assert_eq!(law.support().unwrap(), [(0.0, 1.0), (3.0, 4.0)]);
    let s = law.stieltjes(Complex64::new(2.0, 0.0)).unwrap();
    assert!(s.s.im == 0.0 && s.s.re.abs() <= s.radius);
    let sum = law.free_sum(&Law::semicircle(0.01).unwrap());
    let support = sum.support().unwrap();
    assert_eq!(support.len(), 2);
    assert!(support[0].1 > 1.0 && support[1].0 < 3.0);
    assert_eq!(sum.density(2.1).unwrap().value, 0.0);
    let error = law.distribution().unwrap().error_estimate();
    assert!(error < 1e-11, "{error:e}");
}

#[test]
fn samples_that_are_no_density_are_refused() {
    let law = |at: &[f64], density: &[f64]| Law::from_samples(at.to_vec(), density.to_vec());
    assert_eq!(
        law(&[0.0], &[1.0]).unwrap_err(),
        LawError::Lengths {
            points: 1,
            values: 1
        }
    );
    assert_eq!(
        law(&[0.0, 1.0], &[1.0]).unwrap_err(),
        LawError::Lengths {
            points: 2,
            values: 1
        }
    );
    assert_eq!(
        law(&[0.0, 0.0], &[1.0, 1.0]).unwrap_err(),
        LawError::Order {
            index: 1,
            value: 0.0
        }
    );
    assert!(matches!(
        law(&[f64::NAN, 0.0], &[1.0, 1.0]),
        Err(LawError::Order { index: 0, .. })
    ));
    assert_eq!(
        law(&[0.0, 1.0], &[1.0, -1.0]).unwrap_err(),
        LawError::Value {
            index: 1,
            value: -1.0
        }
    );
    assert!(matches!(
        law(&[0.0, 1.0], &[0.0, 0.0]),
        Err(LawError::Mass { .. })
    ));
    assert!(matches!(
        law(&[0.0, f64::MAX], &[f64::MAX, 1.0]),
        Err(LawError::Mass { .. })
    ));
}

/// A density with slopes inside operations that ask for χ.
#[test]
fn a_tent_has_the_products_of_the_sum() {
    let exact = Law::parse("uniform(0, 1) * uniform(0, 1)").unwrap();
    // Exact in binary.
    let many: Vec<f64> = (0..=512).map(|k| f64::from(k) / 256.0).collect();
    let heights: Vec<f64> = many.iter().map(|x| x.min(2.0 - x)).collect();
    let tent = samples(&many, &heights);
    let two = Law::atoms(vec![0.5, 3.0], vec![0.5, 0.5]).unwrap();
    let products = [&tent, &exact].map(|law| law.free_product(&two).unwrap());
    let maps = [&tent, &exact].map(|law| law.mp_map(0.4).unwrap());
    for [one, other] in [&products, &maps] {
        same(one, other, &[-7.3, 0.313, 1.4]);
    }
}
