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

/// `χ = −1 − zs`, `χ′ = −s − zs′`, and a unit of length changes neither a value nor its bound: for each kind of law.
#[test]
fn chi_is_told_by_s_in_any_unit() {
    let written = |unit: f64| {
        let square = unit * unit;
        let [a, b, c] = [-0.3, 1.2, 2.5].map(|x| x * unit);
        [
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
        ]
    };
    let laws = |unit: f64| {
        let at = [0.0, 0.5, 1.0, 2.0, 2.5].map(|x| x * unit).to_vec();
        let heights = [0.0, 0.4, 0.7, 0.3, 0.1].map(|x| x / unit).to_vec();
        let mut laws = written(unit)
            .map(|text| Law::parse(&text).unwrap())
            .to_vec();
        laws.push(Law::from_samples(at, heights).unwrap());
        laws
    };
    let plain = laws(1.0);
    for unit in [1.0, 1.0 / 1024.0, 1024.0] {
        for (law, one) in laws(unit).iter().zip(&plain) {
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
