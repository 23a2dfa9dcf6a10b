//! Discs that hold the roots of quadratic equations, whose formula is known.

use super::*;
use std::f64::consts::TAU;

type Formula = fn(Complex64) -> Complex64;

/// An equation, the hull of its law, and its transform.
struct Known {
    curve: Curve,
    hull: (f64, f64),
    transform: Formula,
    /// Rows of coefficients around 0.
    rows: Vec<Vec<f64>>,
}

/// `√(z − a) √(z − b)`, which is near z far away.
fn root(z: Complex64, (low, high): (f64, f64)) -> Complex64 {
    (z - low).sqrt() * (z - high).sqrt()
}

fn exact(rows: &[Vec<f64>]) -> Coefficients {
    let row = |row: &Vec<f64>| row.iter().map(|c| (*c, 0.0)).collect();
    rows.iter().map(row).collect()
}

/// `s² + zs + 1`.
fn semicircle() -> Known {
    let rows = vec![vec![1.0], vec![0.0, 1.0], vec![1.0]];
    Known {
        curve: Curve::new(vec![(0.0, exact(&rows))], vec![-2.0, 2.0], true),
        hull: (-2.0, 2.0),
        transform: |z| -2.0 / (z + root(z, (-2.0, 2.0))),
        rows,
    }
}

const EDGES: (f64, f64) = (0.085_786_437_626_904_95, 2.914_213_562_373_095);

/// `zs²/2 + (z − ½)s + 1`, the law of Marchenko and Pastur of ratio ½, around 0 and around 1.
fn marchenko_pastur() -> Known {
    let rows = vec![vec![1.0], vec![-0.5, 1.0], vec![0.0, 0.5]];
    let around_one = vec![vec![1.0], vec![0.5, 1.0], vec![0.5, 0.5]];
    let centers = vec![(0.0, exact(&rows)), (1.0, exact(&around_one))];
    Known {
        curve: Curve::new(centers, vec![0.0, EDGES.0, EDGES.1], true),
        hull: EDGES,
        transform: |z| -2.0 / (z - 0.5 + root(z, EDGES)),
        rows,
    }
}

impl Known {
    /// `s`, and `s′ = −P_z/P_s`.
    fn at(&self, z: Complex64) -> [Complex64; 2] {
        let s = (self.transform)(z);
        let mut slopes = [Complex64::ZERO; 2];
        for (j, row) in self.rows.iter().enumerate() {
            for (k, c) in row.iter().enumerate() {
                let (j, k) = (j as i32, k as i32);
                slopes[0] += f64::from(k) * c * s.powi(j) * z.powi(k - 1);
                slopes[1] += f64::from(j) * c * s.powi(j - 1) * z.powi(k);
            }
        }
        [s, -slopes[0] / slopes[1]]
    }

    /// The distance of a real point from the support.
    fn apart(&self, x: f64) -> f64 {
        (self.hull.0 - x).max(x - self.hull.1)
    }
}

/// Beside the support, on it and above it.
fn points() -> Vec<Complex64> {
    let beside = [-70.0, -2.5, -0.03, 3.0, 3.5, 1e4].map(Complex64::from);
    let above = [(0.5, 0.5), (1.0, 0.01), (-1.5, 2.0), (2.9, 1e-3)];
    let above = above.map(|(x, y)| Complex64::new(x, y));
    beside.into_iter().chain(above).collect()
}

#[test]
fn every_value_over_a_disc_lies_within_its_stated_error() {
    for known in [semicircle(), marchenko_pastur()] {
        for z in points() {
            let apart = known.apart(z.re);
            if z.im == 0.0 && apart <= 0.0 {
                continue;
            }
            let far = if z.im == 0.0 { apart } else { z.im };
            for share in [0.0, 1e-6, 1e-3, 0.02] {
                let disc = Ball::new(z, share * far);
                let found = known.curve.local(disc, known.hull, &mut Memory::default());
                let found = found.unwrap_or_else(|| panic!("{z} ± {}", disc.radius));
                for turn in 0..8 {
                    let at = z + Complex64::from_polar(share * far, TAU * f64::from(turn) / 8.0);
                    let [s, ds] = known.at(at);
                    let chi = -(at * s + 1.0);
                    let pairs = [
                        (s, found.s, 1e-15),
                        (ds, found.ds, 1e-13),
                        (chi, found.chi, 1e-15),
                    ];
                    for (value, ball, rounding) in pairs {
                        let off = (value - ball.center).norm();
                        let slack = rounding
                            * (1.0 + (at * s).norm())
                            * value.norm().max(ball.center.norm());
                        assert!(
                            off <= ball.radius + slack,
                            "{at} around {z}: {value} {ball:?}"
                        );
                    }
                    // The disc of a single point is as small as rounding allows.
                    let small = found.s.radius <= 1e-10 * s.norm();
                    assert!(share > 0.0 || small, "{z}: {:?}", found.s);
                }
            }
        }
    }
}

#[test]
fn the_reach_beside_the_support_is_a_share_of_the_distance_and_never_more() {
    for known in [semicircle(), marchenko_pastur()] {
        for z in points().into_iter().filter(|z| z.im == 0.0) {
            let apart = known.apart(z.re);
            if apart <= 0.0 {
                continue;
            }
            // The last two have no hull to go by, so that the equation alone tells.
            for (hull, least) in [(known.hull, 0.999), ((-1e6, 1e6), 1.0 / 64.0)] {
                let disc = Ball::exact(z);
                let found = known.curve.local(disc, hull, &mut Memory::default());
                let reach = found.unwrap().law.reach;
                assert!(reach <= apart * (1.0 + 1e-14), "{z}: {reach} of {apart}");
                assert!(reach >= least * apart, "{z}: {reach} of {apart}");
            }
        }
    }
}

/// At 3 the roots of `s² + 3s + 1` are √5 apart, and `|1 − P_s(s)/P_s(s̃)| = 2|s − s̃|/√5` is ½ at √5/4.
#[test]
fn a_real_root_is_the_one_of_a_disc_that_holds_what_was_found() {
    let Known { curve, .. } = semicircle();
    let (z, s) = (Complex64::from(3.0), 0.5 * (5f64.sqrt() - 3.0));
    let most = 5f64.sqrt() / 4.0;
    for (imaginary, radius) in [(0.0, 1.0), (1.0, 0.0), (0.5, 0.5), (0.9, 0.1)] {
        for (share, is_one) in [
            (1e-9, true),
            (0.5, true),
            (0.999, true),
            (1.001, false),
            (3.0, false),
        ] {
            let found = Branch {
                z,
                s: Complex64::new(s, share * most * imaginary),
                radius: share * most * radius,
            };
            let flat = curve.flat(found);
            assert_eq!(flat.is_some(), is_one, "{share} of {imaginary} {radius}");
            if let Some(flat) = flat {
                assert!(flat.s.im == 0.0 && (flat.s.re - s).abs() <= flat.radius + 1e-16);
                assert!(flat.radius <= 1e-14);
            }
        }
    }
}

#[test]
fn a_root_is_followed_from_above_and_from_the_last_point_alike() {
    for known in [semicircle(), marchenko_pastur()] {
        let mut memory = Memory::default();
        for z in points().into_iter().filter(|z| z.im > 0.0) {
            let found = known.curve.branch(z, known.hull, &mut memory).unwrap();
            let [s, _] = known.at(z);
            assert!(
                (found.s - s).norm() <= found.radius + 1e-15 * s.norm(),
                "{z}"
            );
            assert_eq!(memory.root.as_ref().map(|root| root.z), Some(z));
        }
    }
}
