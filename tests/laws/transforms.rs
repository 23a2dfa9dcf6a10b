//! R- and S-transforms, moments and free cumulants, against independent sums.

use super::identities::{Seed, atoms, between, check, mp};
use num_complex::Complex64;
use quickcheck::TestResult;
use tensor_dyson::measure::{Law, LawError};

#[test]
fn r_transforms_add_and_s_transforms_multiply() {
    check(|(a, b, p, c, x, _): Seed| {
        let (mu, nu) = (mp(between(0.2, 2.0, c)), atoms(a, b, p));
        let g = between(-0.2, 0.05, x);
        let (sum, product) = (mu.free_sum(&nu), mu.free_product(&nu).unwrap());
        let r = |law: &Law| law.r_transform(g).unwrap();
        let (one, two, both) = (r(&mu), r(&nu), r(&sum));
        let added = (both.value - one.value - two.value).abs();
        let radii = both.radius + one.radius + two.radius;
        let least = 1.0 - mu.mass_at(0.0);
        let y = between(-0.95 * least, -0.01, x);
        let s = |law: &Law| law.s_transform(y).unwrap();
        let (one, two, both) = (s(&mu), s(&nu), s(&product));
        let multiplied = (both.value - one.value * two.value).abs();
        let relative = one.radius / one.value + two.radius / two.value;
        let allowed = both.radius + (relative + 4e-16) * both.value;
        let close = radii < 1e-10 && allowed < 1e-10 * both.value;
        TestResult::from_bool(close && added <= radii && multiplied <= allowed)
    });
}

#[test]
fn transforms_of_known_laws() {
    let gamma = 2.0;
    let law = mp(gamma);
    for g in [-3.0, -0.4, 1e-3, 0.1] {
        let r = law.r_transform(g).unwrap();
        assert!(
            (r.value - 1.0 / (1.0 - gamma * g)).abs() <= r.radius && r.radius < 1e-10,
            "{g} {r:?}"
        );
    }
    for y in [-0.49, -0.1, 1e-3, 0.5] {
        let s = law.s_transform(y).unwrap();
        assert!(
            (s.value - 1.0 / (1.0 + gamma * y)).abs() <= s.radius && s.radius < 1e-10,
            "{y} {s:?}"
        );
    }
    // G rises to 1/√γ/(1+√γ) at the upper edge, and χ falls to −(1 − mass at 0).
    let edge = 1.0 / (gamma.sqrt() * (1.0 + gamma.sqrt()));
    assert!(matches!(
        law.r_transform(1.01 * edge),
        Err(LawError::Domain { .. })
    ));
    assert!(law.r_transform(0.99 * edge).is_ok());
    assert!(matches!(
        law.s_transform(-0.51),
        Err(LawError::Domain { .. })
    ));
    let semicircle = Law::semicircle(1.0).unwrap();
    assert!(matches!(
        semicircle.s_transform(0.1),
        Err(LawError::Negative { .. })
    ));
    assert!(semicircle.r_transform(f64::NAN).is_err());
    let zero = semicircle.r_transform(0.0).unwrap();
    assert!(
        zero.value.abs() <= zero.radius && zero.radius < 1e-14,
        "{zero:?}"
    );
    for value in [law.r_transform(0.0), law.s_transform(0.0)] {
        let value = value.unwrap();
        assert!(
            (value.value - 1.0).abs() <= value.radius && value.radius < 1e-13,
            "{value:?}"
        );
    }
}

/// All partitions of `0, …, n−1`, as the number of the block of each element.
fn partitions(n: usize) -> Vec<Vec<usize>> {
    let mut all = vec![vec![]];
    for _ in 0..n {
        all = all
            .iter()
            .flat_map(|partial: &Vec<usize>| {
                let blocks = partial.iter().max().map_or(0, |b| b + 1);
                (0..=blocks).map(move |block| {
                    let mut longer = partial.clone();
                    longer.push(block);
                    longer
                })
            })
            .collect();
    }
    all
}

/// Whether some `i < j < k < l` have i, k in one block and j, l in another.
fn crosses(partition: &[usize]) -> bool {
    let n = partition.len();
    (0..n).any(|i| {
        (i + 1..n).any(|j| {
            (j + 1..n).any(|k| {
                (k + 1..n).any(|l| {
                    partition[i] == partition[k]
                        && partition[j] == partition[l]
                        && partition[i] != partition[j]
                })
            })
        })
    })
}

/// `Σ Π κ_{|V|}` over non-crossing partitions.
fn over_partitions(cumulants: &[f64], n: usize) -> f64 {
    let term = |partition: &Vec<usize>| -> f64 {
        (0..n)
            .map(|block| partition.iter().filter(|&&b| b == block).count())
            .filter(|&size| size > 0)
            .map(|size| cumulants[size - 1])
            .product()
    };
    partitions(n).iter().filter(|p| !crosses(p)).map(term).sum()
}

#[test]
fn moments_are_the_sums_over_non_crossing_partitions() {
    let counts = [1, 2, 5, 14, 42, 132, 429];
    for (n, count) in (1..).zip(counts) {
        assert_eq!(partitions(n).iter().filter(|p| !crosses(p)).count(), count);
    }
    check(|(a, b, p, c, _, _): Seed| {
        let (mu, nu) = (atoms(a, b, p), mp(between(0.2, 2.0, c)));
        let sum = mu.free_sum(&nu);
        let (kappa, lambda) = (mu.free_cumulants(7).unwrap(), nu.free_cumulants(7).unwrap());
        let added: Vec<f64> = kappa.iter().zip(&lambda).map(|(x, y)| x + y).collect();
        let close = |law: &Law, cumulants: &[f64]| {
            let moments = law.moments(7).unwrap();
            (1..=7).all(|n| {
                let exact = over_partitions(cumulants, n);
                (moments[n] - exact).abs() <= 1e-12 * moments[n].abs().max(1.0)
            })
        };
        TestResult::from_bool(close(&mu, &kappa) && close(&nu, &lambda) && close(&sum, &added))
    });
}

/// `−∮ zᵏ s(z) dz/2πi` on a circle around the support: the transform and the moments do not share code.
#[test]
fn moments_are_contour_integrals_of_the_transform() {
    let (a, b) = (atoms(40, 90, 128), mp(1.5));
    for law in [
        a.free_sum(&b),
        a.free_product(&b).unwrap(),
        a.mp_map(0.7).unwrap(),
    ] {
        let moments = law.moments(5).unwrap();
        let (low, high) = law.hull();
        let (center, radius) = (0.5 * (low + high), 0.7 * (high - low));
        let n = 200;
        for (k, exact) in moments.iter().enumerate() {
            // Upper half, the lower by reflection.
            let sum: f64 = (0..n / 2)
                .map(|j| {
                    let angle = 2.0 * std::f64::consts::PI * (f64::from(j) + 0.5) / f64::from(n);
                    let turn = Complex64::from_polar(radius, angle);
                    let z = center + turn;
                    let s = law.stieltjes(z).unwrap().s;
                    -2.0 * (z.powu(k as u32) * s * turn).re / f64::from(n)
                })
                .sum();
            assert!(
                (sum - exact).abs() < 1e-11 * exact.max(1.0),
                "{law} {k}: {sum} {exact}"
            );
        }
    }
}

/// 2000 atoms in the equation itself, none dropped: without one of them the residual is far above the bound.
#[test]
fn two_thousand_atoms_and_none_is_dropped() {
    let n = 2000;
    let at: Vec<f64> = (0..n)
        .map(|k| 0.5 + 3.0 * f64::from(k) / f64::from(n))
        .collect();
    let nu = Law::empirical(at.clone()).unwrap();
    assert_eq!(nu.point_masses().len(), 2000);
    let c = 0.5;
    let law = mp(c).free_product(&nu).unwrap();
    let mut walk = law.walk();
    for x in [0.4, 1.0, 2.2, 5.0] {
        let z = Complex64::new(x, 0.0);
        let value = walk.stieltjes(z).unwrap();
        // s = ∫ dν(t)/(t(1 − c − czs) − z).
        let sum = |skip: usize| -> Complex64 {
            let part = at.iter().enumerate().filter(|(k, _)| *k != skip);
            let factor = 1.0 - c - c * z * value.s;
            part.map(|(_, t)| (t * factor - z).inv() / f64::from(n))
                .sum()
        };
        let miss = (sum(usize::MAX) - value.s).norm();
        let without = (sum(777) - value.s).norm();
        assert!(
            value.radius < 1e-12 && miss < 1e-12,
            "{x}: {miss:e} {value:?}"
        );
        assert!(without > 1e-5, "{x}: {without:e}");
    }
    let support = law.support().unwrap();
    assert_eq!(support.len(), 1);
    let outside = walk
        .stieltjes(Complex64::new(support[0].1 + 1e-6, 0.0))
        .unwrap();
    assert_eq!(outside.s.im, 0.0);
}
