//! The bounds of a single atom, which are attained, and of the self-energy of two.

use super::*;
use std::f64::consts::TAU;

fn near(found: f64, wanted: f64) -> bool {
    (found - wanted).abs() <= 1e-12 * wanted
}

/// `s`, `s′`, `χ` and `χ′` of the unit mass at a place.
fn values(at: f64, z: Complex64) -> [Complex64; 4] {
    let s = (at - z).inv();
    [s, s * s, -at * s, -at * s * s]
}

fn atom(at: f64, z: Complex64) -> Local {
    let [s, ds, chi, dchi] = values(at, z).map(Ball::exact);
    let reach = (at - z).norm();
    let local = Local::new(Ball::exact(z), s, ds, chi, reach);
    local.with_slope(dchi).within((at, at), 0.0)
}

fn cases() -> Vec<(f64, Complex64)> {
    let points = [(3.0, 0.0), (1.5, 2.0), (-0.5, 1e-3), (40.0, 1.0)];
    let points = points.map(|(x, y)| Complex64::new(x, y));
    let places = [2.0, 0.25, -1.0].into_iter();
    places.flat_map(|at| points.map(|z| (at, z))).collect()
}

/// The points of a circle.
fn around(z: Complex64, rho: f64) -> impl Iterator<Item = Complex64> {
    (0..8).map(move |k| z + Complex64::from_polar(rho, TAU * f64::from(k) / 8.0))
}

fn holds(ball: Ball, value: Complex64) -> bool {
    (ball.center - value).norm() <= ball.radius * (1.0 + 1e-12) + 1e-15 * value.norm()
}

#[test]
fn what_bounds_the_second_derivative_is_attained_by_an_atom() {
    for (at, z) in cases() {
        let local = atom(at, z);
        let apart = (at - z).norm();
        for (beside, mass) in [(local.law, 1.0), (local.chi_law, at.abs())] {
            assert!(near(beside.reach, apart), "{at} {z}: {beside:?}");
            assert!(
                near(beside.spread, mass / apart.powi(2)),
                "{at} {z}: {beside:?}"
            );
            for share in [0.0, 0.1, 0.5, 0.9] {
                let (rho, left) = (Upper(share * apart), (1.0 - share) * apart);
                let bend = beside.bend(rho).unwrap();
                assert!(near(bend.0, 2.0 * mass / left.powi(3)), "{at} {z} {share}");
                let wide = beside.widened(rho);
                assert!(near(wide.reach, left) && near(wide.spread, mass / left.powi(2)));
            }
            assert!(beside.bend(Upper(apart)).is_none());
        }
    }
}

/// Of a unit mass at a distance `(a, b)`: over the height it is attained; at an unknown height the modulus of the derivative
/// leaves `1/(a² − b²)` as long as `a > b`.
#[test]
fn the_spread_is_known_by_the_height_or_by_the_slope() {
    for (a, b) in [
        (3.0, 0.0),
        (3.0, 0.5),
        (1.0, 0.75),
        (1.0, 1.0),
        (0.5, 2.0),
        (0.0, 1.0),
    ] {
        let [s, ds, ..] = values(a, Complex64::new(0.0, b)).map(Ball::exact);
        let (mass, reach) = (Upper(s.center.im), f64::hypot(a, b));
        let known = spread((b, b), mass, ds, reach).0;
        assert!(near(known, reach.powi(-2)), "{a} {b}: {known}");
        let unknown = spread((0.0, b), mass, ds, reach).0;
        if a > b {
            assert!(near(unknown, (a * a - b * b).recip()), "{a} {b}: {unknown}");
        } else {
            assert!(unknown == f64::INFINITY, "{a} {b}: {unknown}");
        }
    }
}

/// Over a disc: `|f(w) − f(z)| ≤ ρ|f′| + ρ² max|f″|/2`, `|f′(w) − f′(z)| ≤ ρ max|f″|`.
#[test]
fn the_values_over_a_disc_are_held_and_no_wider_than_taylors_series() {
    for (at, z) in cases() {
        let local = atom(at, z);
        let [_, ds, _, dchi] = values(at, z);
        let apart = (at - z).norm();
        for share in [0.0, 1e-3, 0.3, 0.8] {
            let rho = share * apart;
            let second = 2.0 / (apart - rho).powi(3);
            let over = local.over(rho).unwrap();
            let stated = [over.s, over.ds, over.chi, over.dchi];
            for w in around(z, rho) {
                let pairs = stated.into_iter().zip(values(at, w));
                assert!(
                    pairs.into_iter().all(|(ball, value)| holds(ball, value)),
                    "{at} {z} {share}"
                );
                let square = local.square_over(rho, (at, at)).unwrap();
                assert!(holds(square, (at / (w - at)).powi(2)), "{at} {z} {share}");
            }
            let value =
                |slope: Complex64, mass: f64| rho * (slope.norm() + 0.5 * rho * mass * second);
            let slope = |mass: f64| rho * mass * second;
            let widths = [
                value(ds, 1.0),
                slope(1.0),
                value(dchi, at.abs()),
                slope(at.abs()),
            ];
            for (ball, width) in stated.into_iter().zip(widths) {
                assert!(
                    ball.radius <= width * (1.0 + 1e-12) + 1e-300,
                    "{at} {z} {share}"
                );
            }
        }
        assert!(local.over(apart).is_none());
    }
}

#[test]
fn moved_to_another_point_a_value_keeps_what_taylors_series_leaves_out() {
    for (at, z) in cases() {
        let local = atom(at, z);
        let apart = (at - z).norm();
        for share in [1e-6, 0.1, 0.6] {
            for w in around(z, share * apart).filter(|w| w.im >= 0.0) {
                let length = (w - z).norm();
                let second = 2.0 / (apart - length).powi(3);
                let moved = local.moved_to(w).unwrap();
                assert_eq!(moved.at, w);
                let stated = [moved.s, moved.ds, moved.chi, moved.dchi];
                let rest = [0.5 * length * length * second, length * second];
                let widths = rest.into_iter().chain(rest.map(|rest| rest * at.abs()));
                for ((ball, value), width) in stated.into_iter().zip(values(at, w)).zip(widths) {
                    assert!(holds(ball, value), "{at} {z} {w}: {value} {ball:?}");
                    let rounding = 1e-14 * value.norm().max(ball.center.norm());
                    assert!(
                        ball.radius <= width * (1.0 + 1e-9) + rounding,
                        "{at} {z} {w}: {ball:?}"
                    );
                }
                // All that is known of the other point holds there, too.
                let own = (at - w).norm();
                assert!(moved.law.reach <= own * (1.0 + 1e-12));
                assert!(moved.law.spread >= own.powi(-2) * (1.0 - 1e-12));
            }
        }
        assert!(local.moved_to(z + apart).is_none());
    }
}

/// Of the atoms ±1 with equal masses `H = −1/z`: the transform of a unit mass at 0.
#[test]
fn the_self_energy_of_two_atoms_is_held_over_a_disc() {
    for z in [(3.0, 0.0), (1.5, 2.0), (0.0, 0.5), (-2.0, 0.01)] {
        let z = Complex64::new(z.0, z.1);
        let [one, other] = [-1.0, 1.0].map(|at| values(at, z));
        let sum = |k: usize| Ball::exact(0.5 * (one[k] + other[k]));
        let reach = (z - 1.0).norm().min((z + 1.0).norm());
        let local = Local::new(Ball::exact(z), sum(0), sum(1), sum(2), reach).with_slope(sum(3));
        let hull = (-1.0, 1.0);
        let free = Ball::exact(z).beside(hull).max(z.im);
        for share in [0.0, 0.01, 0.4] {
            let rho = share * free;
            let [energy, slope] = local.energy_over(rho, hull).unwrap();
            for w in around(z, rho) {
                assert!(
                    holds(energy.grown(1e-14), -w.inv()),
                    "{z} {share}: {energy:?}"
                );
                assert!(
                    holds(slope.grown(1e-14), w.powi(-2)),
                    "{z} {share}: {slope:?}"
                );
            }
            // At height 0 the spread is the slope, `1/z²`.
            let second = 2.0 * z.norm().powi(-2) / (free * (1.0 - share).powi(3));
            let most = rho * (z.norm().powi(-2) + 0.5 * rho * second);
            assert!(
                z.im > 0.0 || energy.radius <= most * (1.0 + 1e-9) + 1e-14,
                "{z} {share}"
            );
        }
    }
}

/// Of an atom at a place the self-energy is minus the place, everywhere, and is told wherever the law is.
#[test]
fn the_self_energy_of_an_atom_is_its_place() {
    for (at, z) in cases() {
        let [energy, slope] = atom(at, z).energy((at, at)).unwrap();
        assert!(holds(energy, (-at).into()), "{at} {z}: {energy:?}");
        assert!(
            slope.center.norm() <= slope.radius + 1e-12 && slope.radius < 1e-9,
            "{at} {z}: {slope:?}"
        );
    }
}
