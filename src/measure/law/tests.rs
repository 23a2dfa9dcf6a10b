use super::node::Kind;
use super::*;
use crate::measure::arithmetic::ball::size;

#[test]
fn the_map_of_a_unit_mass_is_marchenko_pastur() {
    for gamma in [0.2, 0.999, 1.0, 3.5] {
        let law = Law::point(1.0).unwrap().mp_map(gamma).unwrap();
        let exact = Law::marchenko_pastur(gamma).unwrap();
        for x in [-3.0, 0.05, 0.5, 1.3, 2.0, 4.5, 9.0, 1e4] {
            for y in [0.0, 1e-9, 1e-3, 1.0, 1e3] {
                let z = Complex64::new(x, y);
                let (a, b) = (law.stieltjes(z), exact.stieltjes(z));
                let (a, b) = (a.unwrap(), b.unwrap());
                assert!(
                    (a.s - b.s).norm() <= a.radius + b.radius,
                    "{gamma} {z} {a:?} {b:?}"
                );
                let apart = (a.derivative - b.derivative).norm();
                assert!(
                    apart <= a.derivative_radius + b.derivative_radius,
                    "{gamma} {z} {a:?} {b:?}"
                );
                assert!(
                    a.radius < 1e-12 * a.s.norm() && b.radius < 1e-13 * b.s.norm(),
                    "{gamma} {z} {a:?} {b:?}"
                );
            }
        }
        let (one, two) = (law.support().unwrap(), exact.support().unwrap());
        assert!(
            (one[0].0 - two[0].0).abs() < 1e-14 && (one[0].1 - two[0].1).abs() < 1e-14,
            "{one:?} {two:?}"
        );
        for law in [law, exact] {
            let f = law.distribution().unwrap();
            assert!(
                f.error_estimate() < 1e-12,
                "{gamma} {law}: {} {}",
                f.error_estimate(),
                f.total()
            );
            for p in [0.1, 0.5, 0.77, 0.95] {
                let x = f.quantile(p).unwrap();
                assert!(f.at(x) >= p - 1e-12, "{gamma} {p} {x}");
            }
        }
    }
}

/// One law of each kind, lengths in this unit.
fn in_unit(unit: f64) -> Vec<Law> {
    let square = unit * unit;
    let [a, b, c] = [-0.3, 1.2, 2.5].map(|x| x * unit);
    let written = [
        format!("uniform({a}, {b})"),
        format!("semicircle({square})"),
        format!("arcsine({a}, {c})"),
        format!("atoms({a}:0.25, {b}:0.75)"),
        format!("meixner({b}, {square}, {a}, {})", 0.2 * square),
        format!("uniform({a}, {b}) * semicircle({square})"),
        format!("uniform({a}, {b}) * (({b} * mp(0.5)) [+] semicircle({square}))"),
        format!("mpmap(0.5, uniform({b}, {c}))"),
        format!("semicircle({square}) [+] atoms({a}:0.5, {b}:0.5)"),
        format!("({b} * mp(0.5)) [x] uniform(1, 2)"),
        format!("power(2.5, atoms(0:0.5, {b}:0.5))"),
    ];
    let at = [0.0, 0.5, 1.0, 2.0, 2.5].map(|x| x * unit).to_vec();
    let heights = [0.0, 0.4, 0.7, 0.3, 0.1].map(|x| x / unit).to_vec();
    let mut laws: Vec<Law> = written
        .iter()
        .map(|text| Law::parse(text).unwrap())
        .collect();
    laws.push(Law::from_samples(at, heights).unwrap());
    laws
}

/// `χ = −1 − zs`, `χ′ = −s − zs′`, and a unit of length changes neither a value nor its bound: for each kind of law.
#[test]
fn chi_is_told_by_s_in_any_unit() {
    let plain = in_unit(1.0);
    for unit in [1.0, 1.0 / 1024.0, 1024.0] {
        for (law, one) in in_unit(unit).iter().zip(&plain) {
            for z in [(0.4, 0.3), (-3.0, 0.0), (0.7, 1e-3), (8.0, 0.0)] {
                let z = Complex64::new(z.0, z.1);
                let local =
                    |law: &Law, z| law.local(Ball::exact(z), &mut Memory::default()).unwrap();
                let (found, alone) = (local(law, unit * z), local(one, z));
                let at = Ball::exact(unit * z);
                for (ball, told) in [
                    (found.chi, -(found.s * at) - Ball::real(1.0)),
                    (found.dchi, -found.s - at * found.ds),
                    (found.s * unit, alone.s),
                    (found.chi, alone.chi),
                ] {
                    let apart = size(ball.center - told.center);
                    let most = ball.radius + told.radius;
                    assert!(apart <= most, "{law} at {z}: {ball:?} {told:?}");
                }
                let wide = found.s.radius * unit / alone.s.radius;
                assert!((0.1..10.0).contains(&wide), "{law} at {z}: {wide}");
            }
        }
    }
}

/// A unit of length changes no bound, of s, s′, χ and χ′, at a point and over a disc around it: a bound whose terms do not all scale
/// as it does is off by powers of 1024.
#[test]
fn bounds_are_the_same_in_any_unit() {
    let plain = in_unit(1.0);
    for unit in [1.0 / 1024.0, 1024.0] {
        for (law, one) in in_unit(unit).iter().zip(&plain) {
            for (x, y) in [(0.4, 0.3), (-3.0, 0.0), (0.7, 1e-2), (8.0, 0.0)] {
                for radius in [0.0, 1e-5] {
                    let disc = |unit: f64| {
                        let center = Ball::exact(unit * Complex64::new(x, y));
                        if radius == 0.0 {
                            center
                        } else {
                            center.grown(unit * radius)
                        }
                    };
                    let local =
                        |law: &Law, unit| law.local(disc(unit), &mut Memory::default()).ok();
                    let (found, alone) = (local(law, unit), local(one, 1.0));
                    let (Some(found), Some(alone)) = (&found, &alone) else {
                        assert!(found.is_none() && alone.is_none(), "{law} at {x} + {y}i");
                        continue;
                    };
                    for (what, ball, told, power) in [
                        ("s", found.s, alone.s, 1),
                        ("s′", found.ds, alone.ds, 2),
                        ("χ", found.chi, alone.chi, 0),
                        ("χ′", found.dchi, alone.dchi, 1),
                    ] {
                        let wide = ball.radius * unit.powi(power) / told.radius;
                        assert!(
                            (0.1..10.0).contains(&wide),
                            "{what} of {law} at {x} + {y}i ± {radius}: {wide}"
                        );
                    }
                }
            }
        }
    }
}

/// The support in any unit of length is the same, to the accuracy of its edges.
#[test]
fn the_support_is_the_same_in_any_unit() {
    let plain = in_unit(1.0);
    for unit in [1.0 / f64::from(1 << 30), f64::from(1 << 30)] {
        for (law, one) in in_unit(unit).iter().zip(&plain) {
            let (found, wanted) = (law.support().unwrap(), one.support().unwrap());
            assert_eq!(found.len(), wanted.len(), "{law}: {found:?} {wanted:?}");
            for (a, b) in found.iter().zip(wanted) {
                let apart = (a.0 / unit - b.0).abs().max((a.1 / unit - b.1).abs());
                assert!(apart < 1e-12, "{law}: {a:?} {b:?}");
            }
        }
    }
}

/// Far above the support `s = −Σ m_k/z^{k+1}`: what is left of the series is of the order of its next term.
#[test]
fn far_out_the_transform_is_the_series_of_the_moments() {
    for law in in_unit(1.0) {
        let (low, high) = law.hull();
        let reach = low.abs().max(high.abs());
        let count = 12;
        let moments = law.moments(count).unwrap();
        for angle in [0.5, 1.6, 2.8] {
            let z = Complex64::from_polar(16.0 * reach, angle);
            let terms = moments.iter().enumerate();
            let series: Complex64 = terms.map(|(k, m)| -m / z.powi(k as i32 + 1)).sum();
            let s = law.stieltjes(z).unwrap().s;
            // |m_k| ≤ reach^k, and the terms from the next on are at most 16/15 of it; moments and transform are rounded.
            let rest = 1.1 * 16f64.powi(-(count as i32 + 1)) + 1e-12;
            assert!(
                (s - series).norm() < rest / z.norm(),
                "{law} at {z}: {s} {series}"
            );
        }
    }
}

/// The hull of sums and products holds the ends of the support and, but for rounding, no more than those of the summands or factors tell;
/// that of what is positive is.
#[test]
fn a_hull_is_that_of_the_ends() {
    let ends = [(0.1, 0.7), (0.3, 1.1), (1.0, 3.0), (0.0, 0.9)];
    for (a, b) in ends {
        for (c, d) in ends {
            let [one, other] = [(a, b), (c, d)].map(|(low, high)| Law::uniform(low, high).unwrap());
            let negative = Law::uniform(-b, -a - 0.05).unwrap();
            for (law, (low, high)) in [
                (one.free_sum(&other), (a + c, b + d)),
                (one.free_product(&other).unwrap(), (a * c, b * d)),
                (
                    Law::parse(&format!("uniform({a}, {b}) * uniform({c}, {d})")).unwrap(),
                    (a + c, b + d),
                ),
                (negative.free_sum(&one), (-b + a, -a - 0.05 + b)),
            ] {
                let (from, to) = law.hull();
                let rounding = 16.0 * f64::EPSILON * (a + b + c + d);
                assert!(from <= low && to >= high, "{law}: {from} {to}");
                assert!(
                    from >= low - rounding && to <= high + rounding,
                    "{law}: {from} {to}"
                );
                assert!(low < 0.0 || from >= 0.0, "{law}: {from}");
            }
        }
    }
}

/// Enclosures over a disc hold every point of it, for each kind of law, on the axis and off it.
#[test]
fn over_a_disc_hold_its_points() {
    let laws = [
        Law::semicircle(1.0).unwrap(),
        Law::marchenko_pastur(0.5).unwrap(),
        Law::atoms(vec![0.0, 1.0], vec![0.25, 0.75]).unwrap(),
        Law::from_samples(vec![0.0, 1.0, 2.0], vec![1.0, 0.5, 0.0]).unwrap(),
        Law::marchenko_pastur(0.5)
            .unwrap()
            .free_sum(&Law::semicircle(1.0).unwrap()),
    ];
    for law in laws {
        for z in [(0.4, 0.3), (-3.0, 0.0), (5.0, 1e-3), (1.0, 2.0)] {
            let z = Complex64::new(z.0, z.1);
            let local = law.local(Ball::exact(z), &mut Memory::default()).unwrap();
            for share in [1e-3, 0.1, 0.5] {
                let rho = share * local.law.reach;
                let over = local.over(rho).unwrap();
                for k in 0..8 {
                    let w = z + Complex64::from_polar(rho, 0.785 * f64::from(k));
                    let at = law.jet(w, &mut Memory::default()).unwrap();
                    for (ball, value) in [(over.s, at.s), (over.ds, at.ds), (over.chi, at.chi)] {
                        let apart = (ball.center - value).norm();
                        assert!(
                            apart <= ball.radius + 1e-13 * value.norm(),
                            "{law} {z} {rho}"
                        );
                    }
                }
            }
        }
    }
}

/// The value for the disc around z, which holds those at eight points of its rim, or of the real axis below them.
fn over_a_disc(law: &Law, z: Complex64, radius: f64) -> Local {
    let disc = Ball::exact(z).grown(radius);
    let whole = law.local(disc, &mut Memory::default()).unwrap();
    for k in 0..8 {
        let mut w = z + Complex64::from_polar(radius, 0.785 * f64::from(k));
        w.im = w.im.max(0.0);
        let at = law.jet(w, &mut Memory::default()).unwrap();
        for (ball, value) in [(whole.s, at.s), (whole.ds, at.ds), (whole.chi, at.chi)] {
            let apart = (ball.center - value).norm();
            assert!(apart <= ball.radius, "{law} {w}: {ball:?} {value}");
        }
    }
    whole
}

/// The value for a disc of z holds the values at its points: the root's radius counts there, not the rounding.
#[test]
fn the_value_for_a_disc_holds_those_at_its_points() {
    let mp = Law::marchenko_pastur(0.5).unwrap();
    let two = Law::atoms(vec![1.0, 3.0], vec![0.5, 0.5]).unwrap();
    for law in [
        two.mp_map(0.5).unwrap(),
        mp.free_sum(&two),
        mp.free_product(&two).unwrap(),
    ] {
        for (z, radius) in [((1.5, 0.5), 1e-3), ((2.0, 1e-2), 1e-5), ((-2.0, 0.0), 1e-3)] {
            let z = Complex64::new(z.0, z.1);
            assert!(over_a_disc(&law, z, radius).s.radius < 0.1, "{law} {z}");
        }
    }
}

/// Likewise where a density is linear between samples: beside them, in a cell, and around a sample, where the logarithm has
/// no bound and what it is multiplied with has.
#[test]
fn the_value_for_a_disc_holds_those_around_a_sample() {
    let at = vec![0.0, 0.5, 1.0, 2.0, 2.5];
    let law = Law::from_samples(at, vec![0.0, 0.4, 0.7, 0.3, 0.0]).unwrap();
    for (x, y) in [
        (-2.0, 0.0),
        (6.0, 1e-2),
        (0.7, 1e-2),
        (1.0, 0.0),
        (2.0, 1e-8),
    ] {
        for radius in [1e-3_f64, 1e-6] {
            let z = Complex64::new(x, y);
            // r |log r| around a sample, with the density's slopes and the mass.
            let most = 5.0 * radius * (1.0 - radius.ln());
            let whole = over_a_disc(&law, z, radius);
            assert!(whole.s.radius < most, "{z}: {:?}", whole.s);
        }
    }
}

/// A semicircle whose support, as it is told, lacks a little of one side.
#[derive(Debug)]
struct Short {
    law: Law,
    missing: f64,
}

impl Transform for Short {
    fn evaluate(&self, z: Ball, memory: &mut Memory) -> Result<Local, LawError> {
        self.law.local(z, memory)
    }

    fn atoms(&self) -> Vec<Atom> {
        Vec::new()
    }

    fn hull(&self) -> (f64, f64) {
        self.law.hull()
    }

    fn intervals(&self) -> Result<Vec<(f64, f64)>, LawError> {
        Ok(vec![(-2.0, 2.0 - self.missing)])
    }

    fn moments(&self, count: usize) -> Result<Vec<f64>, LawError> {
        self.law.moments(count)
    }

    fn notation(&self, f: &mut Notation<'_>) -> std::fmt::Result {
        f.write_str("short")
    }
}

/// There is no distribution function where mass is missing: `(2/3π) h^{3/2}` on the last h of a semicircle of radius 2.
#[test]
fn missing_mass_is_no_distribution_function() {
    let short = |missing: f64| {
        let law = Law::semicircle(1.0).unwrap();
        Law::new(Kind::Test(Box::new(Short { law, missing })))
    };
    assert!(short(0.0).distribution().is_ok());
    // 2e-10 of the mass, which counts as error, and 2e-7, which is too much.
    let error = short(1e-6).distribution().unwrap().error_estimate();
    assert!((error / 2.12e-10 - 1.0).abs() < 0.01, "{error}");
    let law = short(1e-4);
    let refused = law.distribution();
    let Err(LawError::Mass { total }) = refused else {
        panic!("a distribution function of a law that lacks mass")
    };
    assert!((1.0 - total - 2.12e-7).abs() < 1e-9, "{total}");
}

/// Far is what many supports are away: of a wide law a point at five of its ends has a value as good as of a narrow one.
#[test]
fn values_beside_wide_laws_have_narrow_bounds() {
    for scale in [1e-30, 1e30] {
        let law = Law::semicircle(1.0).unwrap().scaled(scale).unwrap();
        let z = Complex64::new(3.0, 4.0) * scale;
        let value = law.stieltjes(z).unwrap();
        assert!(value.radius < 1e-13 * size(value.s), "{scale}");
    }
}

/// A sum has no pole at 0: next to it, beside the support, it is known as far as the support is.
#[test]
fn a_sum_beside_its_support_is_known_around_zero() {
    let sum = Law::semicircle(1.0).unwrap().shifted(6.0).unwrap();
    let sum = sum.free_sum(&Law::uniform(0.0, 1.0).unwrap());
    let local = sum.local(Ball::real(1e-9), &mut Memory::default()).unwrap();
    assert!(local.law.reach > 0.1, "{:e}", local.law.reach);
}
