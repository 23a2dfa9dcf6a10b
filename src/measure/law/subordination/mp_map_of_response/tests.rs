use super::*;
use crate::measure::{Atoms, Law, MarchenkoPastur, WeightedCovariance};

fn atoms(at: &[f64], mass: &[f64]) -> Atoms {
    Atoms::new(at.to_vec(), mass.to_vec()).unwrap()
}

fn across(gamma: f64, nu: &dyn Response, height: f64) -> usize {
    let top = nu.support_bound() * (1.0 + gamma.sqrt()).powi(2);
    let (mut start, mut most) = (None, 0);
    for k in 0..=400 {
        let z = Complex64::new(-0.05 * top + 1.15 * top * k as f64 / 400.0, height);
        let point = marchenko_pastur_map(gamma, nu, z, start).unwrap();
        assert!(
            point.m.im >= 0.0 && point.residual <= 1e-12,
            "{gamma} {z}: {point:?}"
        );
        if k > 0 {
            most = most.max(point.steps);
        }
        start = Some(point.m);
    }
    most
}

#[test]
fn across_the_support_a_warm_start_needs_fewer_than_thirty_steps() {
    let laws: [Box<dyn Response>; 4] = [
        Box::new(atoms(&[1.0, 3.0], &[0.5, 0.5])),
        Box::new(atoms(&[0.0, 1.0, 10.0], &[0.3, 0.6, 0.1])),
        Box::new(MarchenkoPastur::new(2.0).unwrap()),
        Box::new(
            WeightedCovariance::new(
                1.5,
                0.7,
                0.95,
                0.3,
                atoms(&[0.25, 1.0, 3.0], &[0.5, 0.3, 0.2]),
            )
            .unwrap(),
        ),
    ];
    for gamma in [0.05, 0.5, 1.0, 2.0, 20.0] {
        for (which, nu) in laws.iter().enumerate() {
            let steps = across(gamma, nu.as_ref(), 1e-8);
            assert!(steps < 30, "{which} {gamma}: {steps}");
        }
    }
}

#[test]
fn a_unit_mass_gives_marchenko_pastur_down_to_the_axis() {
    let one = atoms(&[1.0], &[1.0]);
    for gamma in [0.2, 1.0, 3.0] {
        let law = MarchenkoPastur::new(gamma).unwrap();
        for x in [-1.0, 0.03, 0.5, 1.3, 2.0, 4.5, 8.0, 1e3] {
            for y in [0.0, 1e-12, 1e-6, 0.1, 30.0] {
                let z = Complex64::new(x, y);
                let m = marchenko_pastur_map(gamma, &one, z, None).unwrap().m;
                let exact = law.stieltjes(z);
                assert!(
                    (m - exact).norm() < 1e-12 * exact.norm(),
                    "{gamma} {z}: {m} {exact}"
                );
            }
        }
    }
}

#[test]
fn a_start_from_another_branch_or_from_nowhere_does_no_harm() {
    let nu = atoms(&[1.0, 3.0], &[0.5, 0.5]);
    let z = Complex64::new(1.4, 1e-9);
    let m = marchenko_pastur_map(0.5, &nu, z, None).unwrap().m;
    for start in [
        Complex64::new(-0.6, -0.5),
        Complex64::new(1e9, 1e-9),
        Complex64::new(f64::NAN, 1.0),
        Complex64::new(-0.35, 1e-12),
    ] {
        let again = marchenko_pastur_map(0.5, &nu, z, Some(start)).unwrap().m;
        assert!((again - m).norm() < 1e-12, "{start}: {again} {m}");
    }
}

#[test]
fn arguments_out_of_range_are_named() {
    let nu = atoms(&[1.0], &[1.0]);
    let at = |gamma, re, im| marchenko_pastur_map(gamma, &nu, Complex64::new(re, im), None);
    assert!(matches!(
        at(-0.5, 1.0, 1.0),
        Err(MpMapError::Ratio(RatioError { value: -0.5, .. }))
    ));
    assert!(matches!(at(0.5, 1.0, -1.0), Err(MpMapError::Point { .. })));
    assert!(matches!(
        at(0.5, f64::NAN, 1.0),
        Err(MpMapError::Point { .. })
    ));
    assert!(matches!(at(2.0, 0.0, 0.0), Err(MpMapError::Point { .. })));
}

/// From a start near the other real root, beside the support, the root is still the one that increases.
#[test]
fn a_start_near_the_wrong_real_root_does_not_decide() {
    let one = Atoms::new(vec![1.0], vec![1.0]).unwrap();
    for gamma in [0.3, 0.5, 2.0] {
        let law = MarchenkoPastur::new(gamma).unwrap();
        for x in [1.05 * law.edges().1, 5.0, 20.0] {
            let z = Complex64::new(x, 0.0);
            let exact = law.stieltjes(z);
            // The roots of γzm² + (z+γ−1)m + 1 = 0 have the product 1/(γz).
            let wrong = (gamma * z * exact).inv() + Complex64::new(0.0, 1e-9);
            let point = marchenko_pastur_map(gamma, &one, z, Some(wrong)).unwrap();
            assert!(
                (point.m - exact).norm() < 1e-12,
                "{gamma} {x}: {} {exact}",
                point.m
            );
        }
    }
}

/// The values are those of the law of the same atoms, within its proved bounds; inside, beside and between the intervals.
#[test]
fn the_values_are_those_of_the_law_within_its_bounds() {
    let nu = atoms(&[0.0, 1.0, 10.0], &[0.3, 0.6, 0.1]);
    for gamma in [0.05, 2.0] {
        let law = Law::from(&nu).mp_map(gamma).unwrap();
        for x in [-1.0, 0.4, 1.0, 3.0, 10.0, 40.0] {
            for y in [0.0, 1e-9, 0.05] {
                let z = Complex64::new(x, y);
                let proved = law.stieltjes(z).unwrap();
                let m = marchenko_pastur_map(gamma, &nu, z, None).unwrap().m;
                let apart = (m - proved.s).norm();
                assert!(
                    apart <= proved.radius + 1e-13 * m.norm(),
                    "{gamma} {z}: {apart:e}"
                );
            }
        }
    }
}
