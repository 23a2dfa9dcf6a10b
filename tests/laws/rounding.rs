//! Bounds where rounding is all the error there is.

use num_complex::Complex64;
use num_rational::BigRational;
use num_traits::ToPrimitive;
use tensor_dyson::measure::Law;

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
