//! Values off the support and next to the axis, where rounding may take a subordination function below it; and sums of
//! laws of very different sizes.

use num_complex::Complex64;
use tensor_dyson::measure::{Atoms, Law, WeightedCovariance, marchenko_pastur_map};
use tensor_dyson::model::Activation;

fn law(text: &str) -> Law {
    Law::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// Both orders have values at every height, they agree within their bounds, and Taylor's series from the axis meets
/// them: at distance r from the support `|s″| ≤ 2/r³`.
#[test]
fn every_height_beside_the_support_has_its_value() {
    for (one, other, x, distance) in [
        (
            "mp(10) [x] atoms(1:0.5, 3:0.5)",
            "atoms(1:0.5, 3:0.5) [x] mp(10)",
            -3.0,
            3.0,
        ),
        (
            "mp(1799.6554967250806) [x] mpmap(0.0013089911143175541, atoms(1:0.25, 2:0.75))",
            "mpmap(0.0013089911143175541, atoms(1:0.25, 2:0.75)) [x] mp(1799.6554967250806)",
            -3.0,
            3.0,
        ),
    ] {
        let (one, other) = (law(one), law(other));
        let foot = one.stieltjes(Complex64::new(x, 0.0)).unwrap();
        assert!(foot.s.im == 0.0 && foot.radius < 1e-11, "{foot:?}");
        for y in [0.0, 1e-300, 1e-15, 1e-12, 1e-9, 1e-6] {
            let z = Complex64::new(x, y);
            let (a, b) = (one.stieltjes(z), other.stieltjes(z));
            let (a, b) = (a.unwrap(), b.unwrap());
            assert!(
                (a.s - b.s).norm() <= a.radius + b.radius,
                "{z}: {a:?} {b:?}"
            );
            assert!(a.radius < 1e-11 && b.radius < 1e-11, "{z}: {a:?} {b:?}");
            let series = foot.s + Complex64::new(0.0, y) * foot.derivative;
            let rest = y * y / (distance * distance * distance);
            let allowed = a.radius + foot.radius + y * foot.derivative_radius + rest;
            assert!((a.s - series).norm() <= allowed, "{z}: {a:?} {foot:?}");
        }
    }
}

/// The outer intervals of a narrow law and a wide one were not found: what is has mass 1.
#[test]
fn a_sum_of_a_narrow_and_a_wide_law_has_its_support() {
    for (text, count) in [
        ("atoms(1:0.5, 3:0.5) [+] mp(223)", 2),
        ("mp(223) [+] atoms(1:0.5, 3:0.5)", 2),
        ("mp(0.000255) [+] mpmap(54.5, atoms(1:0.25, 2:0.75))", 3),
    ] {
        let law = law(text);
        let support = law.support().unwrap();
        assert_eq!(support.len(), count, "{text}: {support:?}");
        let distribution = law.distribution().unwrap();
        assert!((distribution.total() - 1.0).abs() < 1e-9, "{text}");
    }
}

/// For `γ₂(1 − ν{0}) = 1` and different weights 𝒬's density vanishes at its upper edge like a square, and so does that of its
/// map: next to the edge the density is below rounding, and the root is neither real nor told from a real one.
#[test]
fn at_an_edge_where_the_density_vanishes_like_a_square_there_are_values() {
    let relu = Activation::Step.hermite_data();
    let weights = Atoms::new(vec![0.5, 1.0], vec![0.2, 0.8]).unwrap();
    let (alpha, beta) = (relu.alpha(), relu.beta_squared().sqrt());
    let covariance = WeightedCovariance::new(1.0, alpha, beta, relu.mean(), weights).unwrap();
    let law = Law::from(covariance.clone()).mp_map(4.5).unwrap();
    let edge = law.support().unwrap().last().unwrap().1;
    let outside = law.stieltjes(Complex64::from(edge * (1.0 + 1e-3))).unwrap();
    for share in [1e-3, 1e-4, 1e-5, 1e-6, 3e-7, 1e-7, 3e-8, 1e-8, 1e-9, 1e-11] {
        let z = Complex64::from(edge * (1.0 - share));
        let inside = marchenko_pastur_map(4.5, &covariance, z, None).unwrap().m;
        // m′ falls towards the edge from outside, and is no larger inside than twice what it is there.
        let moved = 2.0 * edge * (share + 1e-3) * 2.0 * outside.derivative.norm();
        assert!((inside - outside.s).norm() <= moved, "{share}: {inside}");
        let square = (share * edge).powi(2);
        assert!(
            inside.im >= 0.0 && inside.im <= square + 1e-13,
            "{share}: {inside}"
        );
        if share >= 1e-6 {
            let proved = law.stieltjes(z).unwrap();
            assert!(
                (inside - proved.s).norm() <= proved.radius + 1e-12,
                "{share}: {proved:?}"
            );
        }
    }
}
