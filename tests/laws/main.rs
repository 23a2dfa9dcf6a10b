//! The calculus of laws held to exact values and to identities.

mod cubics;
mod cumulative;
mod density;
mod gaps;
mod hard_edges;
mod identities;
mod images;
mod meixner;
mod near_axis;
mod powers;
mod rounding;
mod samples;
mod transforms;
mod whole_plane;

use num_complex::Complex64;
use tensor_dyson::measure::{Law, LawError};

/// The law of a text.
fn law(text: &str) -> Law {
    Law::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn held(law: &Law, rows: &[cubics::Row], c: f64) {
    let mut walk = law.walk();
    let mut seen = 0;
    for &[_, x, y, re, im] in rows.iter().filter(|row| row[0] == c) {
        let (z, exact) = (Complex64::new(x, y), Complex64::new(re, im));
        for value in [law.stieltjes(z), walk.stieltjes(z)] {
            let value = value.unwrap();
            let error = (value.s - exact).norm();
            // The reference is rounded once.
            let bound = value.radius + f64::EPSILON * exact.norm();
            assert!(error <= bound, "{law} at {z}: {value:?} for {exact}");
            assert!(
                value.radius <= 5e-12 * (1.0 + exact.norm()),
                "{law} at {z}: {value:?}"
            );
            seen += 1;
        }
    }
    assert_eq!(seen, 70);
}

#[test]
fn free_convolutions_are_the_roots_of_their_cubics() {
    for c in [0.5, 2.0] {
        let mp = Law::marchenko_pastur(c).unwrap();
        let semicircle = Law::semicircle(1.0).unwrap();
        held(&mp.free_sum(&semicircle), cubics::SUM, c);
        held(&semicircle.free_sum(&mp), cubics::SUM, c);
        held(&mp.free_product(&mp).unwrap(), cubics::PRODUCT, c);
    }
}

/// Published edges (`Spectrode`, and the discriminants of the cubics); ratio ½ throughout.
#[test]
fn edges_are_the_known_ones() {
    let mp = Law::marchenko_pastur(0.5).unwrap();
    let two = Law::atoms(vec![1.0, 3.0], vec![0.5, 0.5]).unwrap();
    let known = [
        (
            mp.free_product(&two).unwrap(),
            0.118_095_917_418_163,
            7.071_272_162_420_762,
        ),
        (
            mp.free_sum(&Law::semicircle(1.0).unwrap()),
            -1.321_453_901_522_709,
            3.665_726_227_169_458,
        ),
        (
            mp.free_product(&mp).unwrap(),
            0.028_350_136_390_618,
            4.409_149_863_609_382,
        ),
    ];
    for (law, low, high) in known {
        let support = law.support().unwrap();
        assert_eq!(support.len(), 1, "{law}");
        assert!(
            (support[0].0 - low).abs() < 1e-12 && (support[0].1 - high).abs() < 1e-12,
            "{law} {support:?}"
        );
    }
}

/// Laws with Marchenko–Pastur or a semicircle in them have their edges from one real map, others from a search over
/// pairs of subordination functions; here the same law goes both ways.
#[test]
fn the_search_over_pairs_finds_the_edges_of_the_single_map() {
    let parse = |text: &str| Law::parse(text).unwrap();
    for (single, pairs) in [
        (
            "mp(0.5) [x] atoms(1:0.5, 3:0.5)",
            "mpmap(0.5, point(1)) [x] atoms(1:0.5, 3:0.5)",
        ),
        (
            "mp(0.01) [x] atoms(1:0.2, 2:0.3, 5:0.5)",
            "mpmap(0.01, point(1)) [x] atoms(1:0.2, 2:0.3, 5:0.5)",
        ),
        (
            "atoms(0:0.3, 4:0.7) [x] (2 . mp(3))",
            "atoms(0:0.3, 4:0.7) [x] (2 . mpmap(3, point(1)))",
        ),
        (
            "semicircle(0.2) [+] atoms(-2:0.3, 0:0.2, 1:0.5)",
            "(semicircle(0.1) [+] semicircle(0.1)) [+] atoms(-2:0.3, 0:0.2, 1:0.5)",
        ),
        (
            "(semicircle(1/4) + 1) [+] uniform(0, 1)",
            "(semicircle(1/8) [+] semicircle(1/8)) [+] uniform(1, 2)",
        ),
        (
            "mp(0.02) [x] mix(0.5: uniform(1, 2), 0.5: uniform(4, 5))",
            "mpmap(0.02, point(1)) [x] mix(0.5: uniform(1, 2), 0.5: uniform(4, 5))",
        ),
    ] {
        let (one, two) = (parse(single), parse(pairs));
        let (one, two) = (one.support().unwrap(), two.support().unwrap());
        assert_eq!(one.len(), two.len(), "{single}: {one:?} {two:?}");
        for (a, b) in one.iter().zip(two) {
            let apart = (a.0 - b.0).abs().max((a.1 - b.1).abs());
            assert!(
                apart < 1e-12 * (1.0 + b.1.abs()),
                "{single}: {one:?} {two:?}"
            );
        }
    }
}

/// A law for each value of a parameter, and the mass below its gap.
type Family<'a> = (&'a dyn Fn(f64) -> Law, fn(f64) -> f64);

#[test]
fn a_gap_of_a_thousandth_is_found_by_every_operation() {
    // The last ratio or variance at which two intervals are apart, approached by bisection on the gap itself.
    let far = Law::atoms(vec![1.0, 3.0], vec![0.5, 0.5]).unwrap();
    let families: [Family<'_>; 3] = [
        (&|t| far.mp_map(1.0 / t).unwrap(), |t| 1.0 - 0.5 * t),
        (&|t| far.free_sum(&Law::semicircle(t).unwrap()), |_| 0.5),
        (
            &|t| {
                Law::marchenko_pastur(t)
                    .unwrap()
                    .free_product(&far)
                    .unwrap()
            },
            |_| 0.5,
        ),
    ];
    for (family, below) in families {
        let gap = |t: f64| {
            let law = family(t);
            let support = law.support().unwrap();
            if support.len() == 2 {
                support[1].0 - support[0].1
            } else {
                0.0
            }
        };
        let (mut open, mut shut) = (1e-3, 2.0);
        assert!(gap(open) > 0.1 && gap(shut) == 0.0);
        for _ in 0..60 {
            let middle = 0.5 * (open + shut);
            if gap(middle) > 1e-3 {
                open = middle
            } else {
                shut = middle
            }
        }
        assert!(
            (gap(open) - 1e-3).abs() < 1e-9,
            "{} {}",
            family(open),
            gap(open)
        );
        let law = family(open);
        let support = law.support().unwrap().to_vec();
        // Not the middle: where s = 0 one subordination function of ⊞ is infinite.
        let between = support[0].1 + 0.3 * (support[1].0 - support[0].1);
        assert_eq!(law.density(between).unwrap().value, 0.0);
        assert!((law.distribution().unwrap().at(between) - below(open)).abs() < 1e-9);
    }
}

#[test]
fn bad_arguments_are_named() {
    assert!(matches!(
        Law::marchenko_pastur(-0.5),
        Err(LawError::Argument { name: "gamma", .. })
    ));
    assert!(matches!(
        Law::semicircle(f64::NAN),
        Err(LawError::Argument {
            name: "variance",
            ..
        })
    ));
    assert!(matches!(
        Law::uniform(1.0, 1.0),
        Err(LawError::Argument { name: "high", .. })
    ));
    assert!(matches!(Law::mixture(&[]), Err(LawError::Argument { .. })));
    let semicircle = Law::semicircle(1.0).unwrap();
    assert!(matches!(
        semicircle.free_product(&semicircle),
        Err(LawError::Negative { .. })
    ));
    let below = semicircle.stieltjes(Complex64::new(0.0, -1.0));
    assert!(matches!(below, Err(LawError::Point { .. })));
    let nan = semicircle.stieltjes(Complex64::new(f64::NAN, 1.0));
    assert!(matches!(nan, Err(LawError::Point { .. })));
    let half = Law::mixture(&[(0.5, semicircle), (0.5, Law::point(1.0).unwrap())]).unwrap();
    assert!(matches!(
        half.stieltjes(Complex64::new(1.0, 0.0)),
        Err(LawError::Atom { at: 1.0 })
    ));
    assert!(half.quantile(1.5).is_err());
}

/// Edges to the last digits, where they are known in closed form: of the map of one point, and of a sum of semicircles.
#[test]
fn edges_in_closed_form_for_many_parameters() {
    let one = Law::point(1.0).unwrap();
    for k in 1..150 {
        let gamma = 0.037 * f64::from(k);
        let map = one.mp_map(gamma).unwrap();
        let sum = Law::semicircle(gamma)
            .unwrap()
            .free_sum(&Law::semicircle(0.7).unwrap());
        let root = gamma.sqrt();
        let top = 2.0 * (gamma + 0.7).sqrt();
        for (law, low, high) in [
            (map, (1.0 - root).powi(2), (1.0 + root).powi(2)),
            (sum, -top, top),
        ] {
            let support = law.support().unwrap();
            let apart = (support[0].0 - low).abs().max((support[0].1 - high).abs());
            assert!(
                support.len() == 1 && apart <= 8.0 * f64::EPSILON * high,
                "{law}: {support:?} for {low}, {high}"
            );
        }
    }
}
