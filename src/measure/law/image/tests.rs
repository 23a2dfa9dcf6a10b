//! Laws of functions against closed forms.

use num_complex::Complex64;

use super::Fraction;
use crate::measure::Law;

fn law(text: &str) -> Law {
    Law::parse(text).unwrap()
}

fn fraction(numerator: &[f64], denominator: &[f64]) -> Fraction {
    Fraction {
        numerator: numerator.to_vec(),
        denominator: denominator.to_vec(),
        poles: denominator.to_vec(),
    }
}

fn image(text: &str, numerator: &[f64], denominator: &[f64]) -> Option<Law> {
    law(text).image(fraction(numerator, denominator), "image".to_owned())
}

fn agrees(law: &Law, points: &[(f64, f64)], wanted: impl Fn(Complex64) -> Complex64) {
    for &(re, im) in points {
        let z = Complex64::new(re, im);
        let value = law
            .stieltjes(z)
            .unwrap_or_else(|error| panic!("{z}: {error}"));
        let apart = (value.s - wanted(z)).norm();
        assert!(value.radius < 1e-10, "{z}: {}", value.radius);
        assert!(
            apart <= value.radius + 4e-15 * value.s.norm(),
            "{z}: {} off by {apart:e}",
            value.s
        );
        // s′ by a difference of fourth order.
        let h = 1e-3;
        if im > 0.1 {
            let at = |k: f64| wanted(z + k * h);
            let slope = (8.0 * (at(1.0) - at(-1.0)) - (at(2.0) - at(-2.0))) / (12.0 * h);
            assert!(
                (slope - value.derivative).norm() < 1e-8 * (1.0 + slope.norm()),
                "{z}"
            );
        }
    }
}

const ANYWHERE: [(f64, f64); 8] = [
    (0.5, 0.3),
    (-0.7, 0.2),
    (30.0, 0.5),
    (0.9, 1e-7),
    (1e4, 0.0),
    (-2.0, 0.0),
    (0.3, 0.0),
    (1e-6, 1e-6),
];

/// `∫₁² dx/(1/x − z) = −1/z − log((1 − 2z)/(1 − z))/z²`, and near 0 the series of it.
#[test]
fn the_inverse_of_a_uniform_variable() {
    let found = image("uniform(1, 2)", &[1.0], &[0.0, 1.0]).unwrap();
    let wanted = |z: Complex64| {
        if z.norm() < 1e-3 {
            let term = |k: i32| (2f64.powi(k + 2) - 1.0) / f64::from(k + 2) * z.powi(k);
            return (0..8).map(term).sum();
        }
        let log = |z: Complex64| {
            let at = z.ln();
            // The argument of 1 − xz, x > 0, is at most 0.
            Complex64::new(
                at.re,
                if at.im > 0.0 {
                    at.im - std::f64::consts::TAU
                } else {
                    at.im
                },
            )
        };
        -z.inv() - (log(1.0 - 2.0 * z) - log(1.0 - z)) / (z * z)
    };
    agrees(&found, &ANYWHERE, wanted);
    assert_eq!(found.support().unwrap(), [(0.5, 1.0)]);
    let distribution = found.distribution().unwrap();
    assert!((distribution.at(0.8) - 0.75).abs() < 1e-12);
    for (k, m) in found.moments(2).unwrap().iter().enumerate() {
        let wanted = [1.0, 2f64.ln(), 0.5][k];
        assert!((m - wanted).abs() < 1e-12, "{k}: {m}");
    }
}

/// `a²` has the law `MP¹`, and `1/(1 + a²)` one that it gives by another image.
#[test]
fn a_square_of_a_semicircle() {
    let found = image("semicircle(1)", &[0.0, 0.0, 1.0], &[1.0]).unwrap();
    let wanted = law("mp(1)");
    agrees(&found, &ANYWHERE, |z| wanted.stieltjes(z).unwrap().s);
    let once = image("semicircle(1)", &[1.0], &[1.0, 0.0, 1.0]).unwrap();
    let twice = image("mp(1)", &[1.0], &[1.0, 1.0]).unwrap();
    agrees(&once, &ANYWHERE, |z| twice.stieltjes(z).unwrap().s);
    assert!((once.support().unwrap()[0].0 - 0.2).abs() < 1e-15);
}

/// Of two branches and of one: the density of x² for x uniform on [−1, 2] is `⅓/√y` up to 1, and half of it from there to 4.
#[test]
fn a_density_jumps_where_a_branch_ends() {
    let found = image("uniform(-1, 2)", &[0.0, 0.0, 1.0], &[1.0]).unwrap();
    for (y, share) in [(0.25f64, 2.0), (0.99, 2.0), (1.01, 1.0), (3.9, 1.0)] {
        let density = found.density(y).unwrap();
        let wanted = share / (6.0 * y.sqrt());
        assert!(
            (density.value - wanted).abs() <= density.radius + 1e-15,
            "{y}"
        );
        assert!(density.radius < 1e-13, "{y}: {}", density.radius);
    }
    assert_eq!(found.support().unwrap(), [(0.0, 4.0)]);
    let at = found.distribution().unwrap().at(1.0);
    assert!((at - 2.0 / 3.0).abs() < 1e-10, "{at}");
}

/// `E x⁶ = 5` for the semicircle, and the density at 1 is a third of its.
#[test]
fn a_cube_is_infinite_at_zero() {
    let found = image("semicircle(1)", &[0.0, 0.0, 0.0, 1.0], &[1.0]).unwrap();
    assert!((found.moments(2).unwrap()[2] - 5.0).abs() < 1e-11);
    let (density, base) = (found.density(1.0).unwrap(), law("semicircle(1)"));
    let wanted = base.density(1.0).unwrap().value / 3.0;
    assert!((density.value - wanted).abs() <= density.radius + 1e-16);
    assert!(found.density(0.0).is_err());
    assert_eq!(found.density(8.5).unwrap().value, 0.0);
}

/// Where two branches meet, at `x³ − x = ∓2/(3√3)`, the density is infinite, and beside it the roots are real: one of them is found exactly.
#[test]
fn branches_that_meet_leave_the_values_beside() {
    let found = image("semicircle(1)", &[0.0, -1.0, 0.0, 1.0], &[1.0]).unwrap();
    let base = law("semicircle(1)");
    let y = -0.384_844_552_918_891_9;
    let density = found.density(y).unwrap();
    // The roots of x³ − x = y.
    let roots = [
        0.583_008_133_695_984_8,
        0.571_673_862_105_964_7,
        -1.154_681_995_801_95,
    ];
    let parts = roots.map(|x: f64| base.density(x).unwrap().value / (3.0 * x * x - 1.0).abs());
    let wanted: f64 = parts.iter().sum();
    assert!(density.radius < 1e-8, "{}", density.radius);
    // The roots are given to 16 digits, and 3x² − 1 is a hundredth of its terms.
    assert!(
        (density.value - wanted).abs() < 1e-11 * wanted,
        "{} {wanted}",
        density.value
    );
}

#[test]
fn poles_must_lie_beside_the_support() {
    let inverse = |text: &str| image(text, &[1.0], &[0.0, 1.0]);
    for text in [
        "semicircle(1)",
        "uniform(0, 1)",
        "mp(1)",
        "mp(2)",
        "atoms(0:0.5, 1:0.5)",
    ] {
        assert!(inverse(text).is_none(), "{text}");
    }
    // In a gap: 1/x of ±[1, 2] is ±[½, 1].
    let gap = inverse("mix(0.5: uniform(-2, -1), 0.5: uniform(1, 2))").unwrap();
    assert_eq!(gap.support().unwrap(), [(-1.0, -0.5), (0.5, 1.0)]);
    let density = gap.density(0.75).unwrap();
    assert!((density.value - 0.5 / 0.5625).abs() <= density.radius + 1e-15);
    assert_eq!(gap.density(0.1).unwrap().value, 0.0);
    let atoms = inverse("atoms(-2:0.25, 4:0.75)").unwrap();
    let found: Vec<_> = atoms
        .point_masses()
        .iter()
        .map(|a| (a.at, a.mass))
        .collect();
    assert_eq!(found, [(-0.5, 0.25), (0.25, 0.75)]);
}

/// The laws of functions go on into other operations, whose bounds need the discs.
#[test]
fn an_image_is_a_law_like_others() {
    let found = image("semicircle(1)", &[0.0, 0.0, 1.0], &[1.0]).unwrap();
    let wanted = law("mp(1) [+] mp(1)");
    let sum = found.free_sum(&found);
    for (re, im) in [(0.5, 0.3), (2.0, 0.0), (-1.0, 0.0)] {
        let z = Complex64::new(re, im);
        let [a, b] = [&sum, &wanted].map(|law| law.stieltjes(z).unwrap());
        assert!((a.s - b.s).norm() <= a.radius + b.radius, "{z}");
        assert!(a.radius < 1e-11, "{z}: {}", a.radius);
    }
}
