//! The distribution function to a tolerance.

use crate::measure::{Atoms, Law, MarchenkoPastur, WeightedCovariance};

/// Simpson's rule on MP's own density, in the angle: 400 panels of an analytic periodic function.
fn marchenko_pastur_below(gamma: f64, x: f64) -> f64 {
    let law = MarchenkoPastur::new(gamma).unwrap();
    let (low, high) = law.edges();
    let half = 0.5 * (high - low);
    let end = (1.0 - (x - low) / half).acos();
    let f = |theta: f64| law.density(low + half * (1.0 - theta.cos())) * half * theta.sin();
    let h = end / 800.0;
    let weight = |k: usize| match k {
        0 | 800 => 1.0,
        k if k % 2 == 1 => 4.0,
        _ => 2.0,
    };
    (0..=800).map(|k| weight(k) * f(h * k as f64)).sum::<f64>() * h / 3.0
}

#[test]
fn a_point_mass_gives_marchenko_pastur_on_both_sides_of_the_threshold() {
    for gamma in [0.3, 4.0] {
        let map = Law::point(1.0).unwrap().mp_map(gamma).unwrap();
        let law = map.distribution_within(1e-10).unwrap();
        assert!(law.error_estimate() < 1e-9);
        assert_eq!(law.support(), map.support().unwrap());
        let edges = law.support()[0];
        for share in [0.01, 0.3, 0.7, 0.99] {
            let x = edges.0 + share * (edges.1 - edges.0);
            let exact = (1.0 - 1.0 / gamma).max(0.0) + marchenko_pastur_below(gamma, x);
            assert!((law.at(x) - exact).abs() < 1e-9, "{gamma} {x}");
            let density = MarchenkoPastur::new(gamma).unwrap().density(x);
            assert!((law.density(x) / density - 1.0).abs() < 1e-7);
        }
        assert!(law.before(0.0) == 0.0 && law.at(-1.0) == 0.0);
        assert_eq!(law.mass_at(0.0), (1.0 - 1.0 / gamma).max(0.0));
    }
}

/// Exact separation: 0.1/γ of the mass lies above the gap.
#[test]
fn the_masses_on_both_sides_of_a_gap_are_exact() {
    let two = Law::atoms(vec![1.0, 30.0], vec![0.9, 0.1]).unwrap();
    let law = two.mp_map(2.0).unwrap().distribution_within(1e-9).unwrap();
    let edges = law.support();
    assert_eq!(edges.len(), 2);
    let gap = 0.5 * (edges[0].1 + edges[1].0);
    assert!((law.at(gap) - 0.95).abs() < 1e-8, "{}", law.at(gap));
}

/// A tolerance is met, and not to many more digits than it asks for; of an image as of the law.
#[test]
fn a_tolerance_is_met() {
    for text in [
        "mpmap(0.5, atoms(1:0.5, 3:0.5))",
        "3 . mpmap(2, mp(0.5)) + 1",
        "mp(0.5) [x] mp(0.5)",
    ] {
        let law = Law::parse(text).unwrap();
        let exact = law.distribution().unwrap();
        let (low, high) = law.hull();
        let miss = |tolerance: f64| {
            let coarse = law.distribution_within(tolerance).unwrap();
            let points = (0..=200).map(|k| low + (high - low) * f64::from(k) / 200.0);
            let misses = points.map(|x| (coarse.at(x) - exact.at(x)).abs());
            // NaN stays.
            let most = misses.fold(0.0, |most, miss| if miss <= most { most } else { miss });
            (most, coarse.error_estimate())
        };
        for tolerance in [1e-3, 1e-6, 1e-9] {
            let (miss, estimate) = miss(tolerance);
            assert!(miss <= tolerance, "{text} {tolerance:e}: {miss:e}");
            assert!(estimate <= tolerance, "{text} {tolerance:e}: {estimate:e}");
        }
        assert!(miss(1e-3).0 > miss(1e-12).0, "{text}");
    }
}

#[test]
fn the_talks_laws_have_mass_one() {
    for (gamma_2, alpha, beta, mean) in [
        (0.625, 1.0, 1.0, 0.0),
        (1.0, 1.0, 1.0, 0.0),
        (1.5, 0.4, 0.7, 0.5),
        (1.5, 0.0, 0.75, 0.6),
    ] {
        let one = Atoms::new(vec![1.0], vec![1.0]).unwrap();
        let q = WeightedCovariance::new(gamma_2, alpha, beta, mean, one).unwrap();
        for gamma in [0.5, 2.0] {
            let law = Law::from(q.clone()).mp_map(gamma).unwrap();
            let error = law.distribution_within(1e-6).unwrap().error_estimate();
            assert!(error < 1e-5, "{gamma} {gamma_2}: {error}");
        }
    }
}

/// Next to a hard edge at 0 an inner integral is lost long before the mass is: cells end where it is little, not earlier.
#[test]
fn next_to_a_hard_edge_an_inner_integral_is_followed_as_far_as_it_matters() {
    let law = Law::parse("mp(1) [x] (mp(1) * mp(1))").unwrap();
    let known = law.distribution().unwrap();
    assert!(known.error_estimate() < 1e-10);
    let found = law.cumulative(1e-6).unwrap();
    assert!((known.at(1e-6) - found.value).abs() <= found.radius + known.error_estimate());
}
