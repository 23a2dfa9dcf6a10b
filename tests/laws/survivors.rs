//! What planted errors had survived: each test here fails with one of them.

use num_complex::Complex64;
use num_rational::BigRational;
use num_traits::ToPrimitive;
use tensor_dyson::measure::Law;

fn law(text: &str) -> Law {
    Law::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// Gaps that a coarser grid, or one without the peaks between its points, does not show; and no interval for an atom.
#[test]
fn the_search_over_pairs_misses_no_gap_and_invents_no_interval() {
    for (text, count) in [
        // A gap of 2.6e-9.
        (
            "mpmap(0.014470239281654355, mpmap(0.05, atoms(1.76:0.6667, 2.52:0.3333)))
                [x] atoms(3.16:0.1111, 3.87:0.4444, 4.06:0.4445)",
            2,
        ),
        (
            "mpmap(0.01, atoms(1.3:0.3333, 1.41:0.6667)) [x] mpmap(2, atoms(2.43:0.9677, 3.08:0.0323))",
            1,
        ),
        (
            "mpmap(0.2, atoms(-0.68:0.8824, 3.69:0.1176)) [+] mpmap(2, atoms(-1.91:0.3333, 3.65:0.6667))",
            3,
        ),
        // Isolated atoms between two gaps.
        (
            "atoms(0.16:0.1429, 2.76:0.5714, 2.91:0.2857) [x] atoms(0.78:0.75, 0.88:0.2, 4.01:0.05)",
            4,
        ),
        (
            "mpmap(2, atoms(-2.14:0.5, 2.99:0.5)) [+] atoms(-2.27:0.8333, -0.27:0.1111, 4.57:0.0556)",
            2,
        ),
    ] {
        let law = law(text);
        let support = law.support().unwrap();
        assert_eq!(support.len(), count, "{text}: {support:?}");
        let f = law.distribution().unwrap();
        assert!((f.total() - 1.0).abs() < 1e-9, "{text}: {}", f.total());
        for &(low, high) in support {
            assert!(f.before(high) - f.at(low) > 1e-3, "{text}: {support:?}");
        }
    }
}

/// χ of a convolution of shifted laws, which only another operation asks for.
#[test]
fn convolutions_of_shifted_laws_inside_other_operations() {
    for (one, other) in [
        (
            "mpmap(0.5, (mp(0.5) + 1) * (arcsine(0, 1) + 0.5))",
            "mpmap(0.5, (mp(0.5) * arcsine(0, 1)) + 1.5)",
        ),
        (
            "mp(0.7) [x] ((2 * uniform(0, 1) + 1) * (mp(0.5) + 0.25))",
            "mp(0.7) [x] (((2 * uniform(0, 1)) * mp(0.5)) + 1.25)",
        ),
    ] {
        let (a, b) = (law(one), law(other));
        for z in [
            Complex64::new(2.3, 0.0),
            Complex64::new(1.0, 1e-4),
            Complex64::new(-3.0, 2.0),
        ] {
            let (a, b) = (a.stieltjes(z).unwrap(), b.stieltjes(z).unwrap());
            let radius = a.radius + b.radius;
            assert!(
                (a.s - b.s).norm() <= radius && radius < 1e-11,
                "{one} at {z}: {a:?} {b:?}"
            );
        }
    }
}

/// Within rounding of an edge there is a value within its bound, or none: the map of a point against the closed form.
#[test]
fn next_to_an_edge_a_value_is_within_its_bound_or_refused() {
    let (mut seen, mut refused) = (0, 0);
    for k in 1..40 {
        let gamma = 0.11 * f64::from(k);
        let map = Law::point(1.0).unwrap().mp_map(gamma).unwrap();
        let exact = Law::marchenko_pastur(gamma).unwrap();
        let (low, high) = exact.support().unwrap()[0];
        for edge in [low, high] {
            for exponent in -52..-4 {
                for sign in [-1.0, 1.0] {
                    let x = edge + sign * high * 2f64.powi(exponent);
                    for y in [0.0, high * 2f64.powi(exponent)] {
                        let z = Complex64::new(x, y);
                        let (Ok(a), Ok(b)) = (map.stieltjes(z), exact.stieltjes(z)) else {
                            refused += 1;
                            continue;
                        };
                        seen += 1;
                        assert!(
                            (a.s - b.s).norm() <= a.radius + b.radius,
                            "γ = {gamma}, {z}: {a:?} {b:?}"
                        );
                    }
                }
            }
        }
    }
    assert!(seen > 5 * refused && refused > 0, "{seen} {refused}");
}

/// The rounding of sums over atoms, against rational arithmetic.
#[test]
fn sums_over_atoms_are_within_their_bounds() {
    let exact = |x: f64| BigRational::from_float(x).unwrap();
    for count in [1, 2, 60] {
        let at = (0..count).map(|k| f64::from(k * k % 61) / 7.0);
        let nu = Law::empirical(at.collect()).unwrap();
        let mut worst = 0.0f64;
        for k in 0..40 {
            let (re, im) = (0.37 * f64::from(k) - 4.0, 10f64.powi(k % 4 - 3));
            let (a, b) = (exact(re), exact(im));
            let mut sum = [exact(0.0), exact(0.0)];
            for atom in nu.point_masses() {
                let d = exact(atom.at) - &a;
                let share = exact(atom.mass) / (&d * &d + &b * &b);
                sum[0] += &share * d;
                sum[1] += share * &b;
            }
            let value = nu.stieltjes(Complex64::new(re, im)).unwrap();
            let miss = [value.s.re, value.s.im].map(exact);
            let miss = [0, 1].map(|k| (&miss[k] - &sum[k]).to_f64().unwrap());
            let share = miss[0].hypot(miss[1]) / value.radius;
            assert!(share <= 1.0, "{count} atoms, {re} {im}: {value:?}");
            worst = worst.max(share);
        }
        // A bound that is a hundred times smaller would not hold.
        assert!(count > 2 || worst > 0.01, "{count} atoms: {worst}");
    }
}

/// A number minus a law is its mirror image; F and F− differ by the mass of an atom.
#[test]
fn mirrored_in_the_notation_and_left_limits() {
    let (a, b) = (law("3 - mp(0.5)"), law("-1 * mp(0.5) + 3"));
    assert_eq!(a.support().unwrap(), b.support().unwrap());
    assert_eq!(a.moments(3).unwrap(), b.moments(3).unwrap());
    let law = law("mix(0.25: point(1), 0.75: uniform(0, 2))");
    let f = law.distribution().unwrap();
    assert!((f.before(1.0) - 0.375).abs() < 1e-14 && (f.at(1.0) - 0.625).abs() < 1e-14);
    assert_eq!(f.before(0.5), f.at(0.5));
}

/// The sum of two mirrored laws is the mirror image of the sum.
#[test]
fn sums_of_mirrored_laws() {
    for (one, other) in [
        (
            "(-mp(0.5)) * (-uniform(0, 1))",
            "-(mp(0.5) * uniform(0, 1))",
        ),
        ("(-mp(2)) * (1 - mp(0.5))", "1 - (mp(2) * mp(0.5))"),
        ("(-mp(1)) * (2 - mp(1))", "2 - (mp(1) * mp(1))"),
        ("mp(0.5) * (-mp(2))", "-(mp(2) * (-mp(0.5)))"),
    ] {
        let (a, b) = (law(one), law(other));
        for z in [(-1.3, 0.0), (0.2, 1e-6), (-4.0, 0.3), (7.0, 0.0)] {
            let z = Complex64::new(z.0, z.1);
            let (a, b) = (a.stieltjes(z).unwrap(), b.stieltjes(z).unwrap());
            let radius = a.radius + b.radius;
            assert!(
                (a.s - b.s).norm() <= radius && radius < 1e-10,
                "{one} at {z}: {a:?} {b:?}"
            );
        }
    }
}
