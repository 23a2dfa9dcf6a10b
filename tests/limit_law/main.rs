//! The limit law of the talk against values to 40 digits, for d < p, d = p, d > p and on both sides of γ₁ = 1.

mod rows;

use num_complex::Complex64;
use rows::{DIFFERENT, EQUAL, MORE_DIFFERENT, Row};
use tensor_dyson::measure::{Atoms, Law, WeightedCovariance};

/// Errors are within the bounds and below 1e-11, and bounds below 1e-11 relative to m where m is large.
fn errors_are_within_bounds(rows: &[Row], weights: &Atoms) {
    for &[gamma1, gamma2, x, y, re, im] in rows {
        let q = WeightedCovariance::new(gamma2, 0.7, 0.95, 0.3, weights.clone()).unwrap();
        let law = Law::from(q).mp_map(gamma1).unwrap();
        let value = law.stieltjes(Complex64::new(x, y)).unwrap();
        let exact = Complex64::new(re, im);
        let apart = (value.s - exact).norm() - f64::EPSILON * exact.norm();
        assert!(
            apart <= value.radius
                && apart <= 1e-11
                && value.radius <= 1e-11 * exact.norm().max(1.0),
            "γ₁ = {gamma1}, γ₂ = {gamma2}, z = {x} + {y}i: {apart:e} {value:?}"
        );
    }
}

#[test]
fn equal_weights_with_a_proved_bound() {
    let one = Atoms::new(vec![1.0], vec![1.0]).unwrap();
    assert_eq!(EQUAL.len(), 36);
    errors_are_within_bounds(EQUAL, &one);
}

#[test]
fn different_weights_with_a_proved_bound() {
    let weights = Atoms::new(vec![0.25, 1.0, 3.0], vec![0.5, 0.3, 0.2]).unwrap();
    errors_are_within_bounds(DIFFERENT, &weights);
    errors_are_within_bounds(MORE_DIFFERENT, &weights);
}

/// At every height from 1e-9 to 10, d < p, d = p and d > p, γ₁ below and above 1, in the support, beside it and at its
/// edges to a millionth.
#[test]
fn different_weights_have_a_proved_bound_at_every_height() {
    let weights = Atoms::new(vec![0.25, 1.0, 3.0], vec![0.5, 0.3, 0.2]).unwrap();
    for gamma2 in [0.6, 1.0, 1.5] {
        let q = WeightedCovariance::new(gamma2, 0.7, 0.95, 0.3, weights.clone()).unwrap();
        for gamma1 in [0.4, 2.5] {
            let law = Law::from(q.clone()).mp_map(gamma1).unwrap();
            let support = law.support().unwrap();
            let (low, high) = (support[0].0, support[support.len() - 1].1);
            for y in [1e-9, 1e-4, 10.0] {
                let inside = [0.03, 0.4, 0.9].map(|share| low + share * (high - low));
                for x in inside
                    .into_iter()
                    .chain([-0.5, 0.5 * low, high + 1e-6, 1.5 * high])
                {
                    let z = Complex64::new(x, y);
                    let value = law.stieltjes(z);
                    // Beside an edge at 2e-4 s is 3000: there the bound is relative.
                    assert!(
                        value
                            .as_ref()
                            .is_ok_and(|v| v.radius <= 1e-11 * v.s.norm().max(1.0)),
                        "γ₁ = {gamma1}, γ₂ = {gamma2}, z = {z}: {value:?}"
                    );
                }
            }
        }
    }
}

/// The edges of unequal weights: the density is positive just inside each and 0 just outside, and between the atom at 0 and
/// the lowest edge, where it has a proved value on the axis.
#[test]
fn the_edges_of_unequal_weights_are_where_the_density_begins() {
    let three = Atoms::new(vec![0.25, 1.0, 3.0], vec![0.5, 0.3, 0.2]).unwrap();
    let two = Atoms::new(vec![1.0, 5.0], vec![0.3, 0.7]).unwrap();
    for (weights, gamma2, gamma1, count) in [
        (&three, 0.6, 0.4, 1),
        (&three, 0.6, 2.5, 1),
        (&three, 1.0, 2.5, 1),
        (&three, 1.5, 2.5, 1),
        (&two, 0.05, 20.0, 6),
    ] {
        let q = WeightedCovariance::new(gamma2, 0.7, 0.95, 0.3, weights.clone()).unwrap();
        let law = Law::from(q).mp_map(gamma1).unwrap();
        let support = law.support().unwrap();
        assert_eq!(
            support.len(),
            count,
            "γ₁ = {gamma1}, γ₂ = {gamma2}: {support:?}"
        );
        let mass = law.mass_at(0.0);
        assert!((mass - (1.0 - 1.0 / gamma1).max(0.0)).abs() < 1e-15);
        let im = |x: f64| law.stieltjes(Complex64::new(x, 1e-9)).unwrap().s.im;
        for (k, &(low, high)) in support.iter().enumerate() {
            // At the edges of 𝒬 itself the density vanishes to second order: a tenth of the interval away.
            let tenth = 0.1 * (high - low);
            let below = if k > 0 { support[k - 1].1 } else { 0.0 };
            let above = support.get(k + 1).map_or(2.0 * high, |next| next.0);
            for (inside, outside) in [
                (low + tenth, 0.75 * low + 0.25 * below),
                (high - tenth, 0.75 * high + 0.25 * above),
            ] {
                let (inside, outside) = (im(inside), im(outside));
                assert!(
                    inside > 1e3 * outside,
                    "γ₁ = {gamma1}, γ₂ = {gamma2}: {inside} {outside} {support:?}"
                );
            }
        }
        if mass > 0.0 {
            let x = 0.5 * support[0].0;
            let density = law.density(x).unwrap();
            assert!(density.value == 0.0 && density.radius < 1e-7, "{density:?}");
        }
    }
}

/// Against 25 digits: the top of 𝒬's support is where the lowest edge of K, the maximum of its inverse function, is −½,
/// by two bisections in mpmath. For `γ₁ = 0.4` the map's own edge is the image of it: `z′` is positive up to it.
#[test]
fn the_upper_edge_of_unequal_weights_is_the_known_one() {
    let weights = Atoms::new(vec![0.25, 1.0, 3.0], vec![0.5, 0.3, 0.2]).unwrap();
    for (gamma2, top) in [(0.6, 6.567480168574076), (1.5, 8.690923917086211)] {
        let q = WeightedCovariance::new(gamma2, 0.7, 0.95, 0.3, weights.clone()).unwrap();
        let support = Law::from(q).support().unwrap().to_vec();
        assert!(
            (support[support.len() - 1].1 - top).abs() < 1e-14,
            "{support:?}"
        );
    }
}

/// A gap of a thousandth in the talk's law with two weights, and the value of γ₁ at which it has closed.
#[test]
fn a_gap_of_a_thousandth_between_unequal_weights_is_found() {
    let two = Atoms::new(vec![1.0, 5.0], vec![0.3, 0.7]).unwrap();
    let q = Law::from(WeightedCovariance::new(0.05, 0.7, 0.95, 0.3, two).unwrap());
    let open = q.mp_map(2.232501402998181).unwrap();
    let support = open.support().unwrap();
    assert_eq!(support.len(), 2, "{support:?}");
    let (from, to) = (support[0].1, support[1].0);
    assert!((to - from - 1e-3).abs() < 1e-9, "{support:?}");
    let im = |x: f64| open.stieltjes(Complex64::new(x, 1e-9)).unwrap().s.im;
    assert!(im(from - 1e-3) > 1e-2 && im(0.5 * (from + to)) < 1e-4 && im(to + 1e-3) > 1e-2);
    assert_eq!(q.mp_map(1.7).unwrap().support().unwrap().len(), 1);
}

/// Weights that are equal but for roundings have the edges of equal ones: nothing lies between two neighbouring poles.
#[test]
fn weights_next_to_each_other_have_the_edges_of_one() {
    let edges = |at: Vec<f64>, mass: Vec<f64>| {
        let weights = Atoms::new(at, mass).unwrap();
        let q = WeightedCovariance::new(1.5, 0.7, 0.95, 0.3, weights).unwrap();
        let law = Law::from(q).mp_map(0.5).unwrap();
        law.support().unwrap().to_vec()
    };
    let two = edges(vec![1.0, 3.0], vec![0.75, 0.25]);
    let next = 1.0 + f64::EPSILON;
    for near in [1e-12, 1e-9] {
        let at = vec![1.0, next, 1.0 + near, 3.0];
        let four = edges(at, vec![0.25, 0.25, 0.25, 0.25]);
        assert_eq!(four.len(), two.len(), "{four:?} {two:?}");
        for (a, b) in four.iter().zip(&two) {
            let apart = (a.0 - b.0).abs().max((a.1 - b.1).abs());
            assert!(apart < 1e-8, "{four:?} {two:?}");
        }
    }
}
