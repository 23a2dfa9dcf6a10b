//! Classical convolution against values to 40 digits, characteristic functions, moments, and 𝒬's response.

mod nested;

use num_complex::Complex64;
use std::f64::consts::PI;
use tensor_dyson::measure::{Atoms, Law, LawError, WeightedCovariance, marchenko_pastur_map};

fn law(text: &str) -> Law {
    Law::parse(text).unwrap()
}

/// Lines `law; Re z; Im z; Re s; Im s`, made with mpmath at 90 digits: the density's integral of the other law's
/// transform by `quad`, split at the images of its ends.
const REFERENCES: &str = include_str!("references.txt");

#[test]
fn values_are_those_of_forty_digits() {
    let mut count = 0;
    for line in REFERENCES.lines() {
        let fields: Vec<&str> = line.split("; ").collect();
        let number = |k: usize| fields[k].parse::<f64>().unwrap();
        let (z, exact) = (
            Complex64::new(number(1), number(2)),
            Complex64::new(number(3), number(4)),
        );
        let value = law(fields[0]).stieltjes(z).unwrap();
        // The reference is rounded to a double.
        let apart = (value.s - exact).norm() - f64::EPSILON * exact.norm();
        assert!(apart <= value.radius, "{line}: {value:?}");
        assert!(
            value.radius <= 2e-13 * exact.norm().max(0.1),
            "{line}: {value:?}"
        );
        count += 1;
    }
    assert_eq!(count, 160);
}

/// The hull holds the exact sums of the ends, which rounding may leave on either side, at every scale.
#[test]
fn the_hull_holds_the_support() {
    for scale in [1e-9, 1.0, 1e9] {
        for k in 1..40 {
            let end = |share: f64| scale * share * f64::from(k) / 7.0;
            let (a, b, c, d) = (end(-0.3), end(0.7), end(-1.1), end(0.1));
            let sum = Law::uniform(a, b).unwrap();
            let (low, high) = sum.classical(&Law::arcsine(c, d).unwrap()).unwrap().hull();
            // Of two doubles the sum and what rounding took from it (Knuth).
            let lost = |x: f64, y: f64| {
                let s = x + y;
                let from = s - x;
                (s, (x - (s - from)) + (y - from))
            };
            let ((s, off), (t, over)) = (lost(a, c), lost(b, d));
            assert!(
                low - s <= off && high - t >= over,
                "{scale} {k}: {low} {high}"
            );
            assert!(
                low > s - 1e-12 * scale && high < t + 1e-12 * scale,
                "{scale} {k}"
            );
        }
    }
}

/// s′ against a difference along the axis, whose error is of the eighth order.
#[test]
fn the_derivative_is_the_difference() {
    for text in [
        "mp(1) * mp(1)",
        "mp(2) * mp(3)",
        "uniform(0, 1) * uniform(0, 2)",
        "mp(0.5) * (-2 . mp(0.25))",
        "arcsine(0, 1) * arcsine(0, 2)",
    ] {
        let law = law(text);
        let (low, high) = law.hull();
        for share in [0.21, 0.6, 1.4] {
            let x = low + share * (high - low);
            let h = 2e-4 * (high - low);
            let s = |k: f64| law.stieltjes(Complex64::new(x + k * h, 0.0)).unwrap().s;
            let rule = [
                (1.0, 4.0 / 5.0),
                (2.0, -0.2),
                (3.0, 4.0 / 105.0),
                (4.0, -1.0 / 280.0),
            ];
            let sum: Complex64 = rule.iter().map(|&(k, c)| c * (s(k) - s(-k))).sum();
            let value = law.stieltjes(Complex64::new(x, 0.0)).unwrap();
            let apart = (value.derivative - sum / h).norm();
            assert!(
                apart <= value.derivative_radius + 1e-9 * (1.0 + value.derivative.norm()),
                "{text} at {x}: {apart:e} {value:?}"
            );
        }
    }
}

/// `E e^{ikX}` for the four laws, by the series of the Bessel functions.
fn characteristic(text: &str, k: f64) -> Complex64 {
    // 0F1(; n+1; −y²/4), so that J_n(y) = (y/2)ⁿ/n! of it.
    let bessel = |n: f64, y: f64| {
        let (mut term, mut sum) = (1.0, 1.0);
        for j in 1..80 {
            term *= -0.25 * y * y / (f64::from(j) * (f64::from(j) + n));
            sum += term;
        }
        sum
    };
    let turn = |x: f64| Complex64::from_polar(1.0, k * x);
    match text {
        "semicircle(1)" => bessel(1.0, 2.0 * k).into(),
        "semicircle(0.25)" => bessel(1.0, k).into(),
        "arcsine(0, 2)" => turn(1.0) * bessel(0.0, k),
        "uniform(0, 1)" => turn(0.5) * (2.0 * (0.5 * k).sin() / k),
        "uniform(-1, 1)" => (k.sin() / k).into(),
        _ => panic!("{text}"),
    }
}

/// The density, integrated against `e^{ikx}` between the sums of the ends, is the product of the two.
#[test]
fn characteristic_functions_multiply() {
    let ends = |text: &str| law(text).support().unwrap()[0];
    for (one, two) in [
        ("semicircle(1)", "semicircle(0.25)"),
        ("semicircle(1)", "arcsine(0, 2)"),
        ("uniform(0, 1)", "semicircle(1)"),
        ("uniform(0, 1)", "uniform(-1, 1)"),
        ("arcsine(0, 2)", "uniform(-1, 1)"),
    ] {
        let sum = law(&format!("{one} * {two}"));
        let mut walk = sum.walk();
        let ((a, b), (c, d)) = (ends(one), ends(two));
        let mut corners = [a + c, a + d, b + c, b + d];
        corners.sort_by(f64::total_cmp);
        for k in [0.5, 2.0, 5.0] {
            let mut integral = Complex64::ZERO;
            for pair in corners.windows(2).filter(|pair| pair[1] > pair[0]) {
                // The trapezoidal rule in x = middle + half·tanh(sinh u): whatever the ends are like.
                let (middle, half) = (0.5 * (pair[0] + pair[1]), 0.5 * (pair[1] - pair[0]));
                let step = 1.0 / 16.0;
                for j in -44..=44 {
                    let u = step * f64::from(j);
                    let v = 0.5 * PI * u.sinh();
                    let weight = half * step * 0.5 * PI * u.cosh() / v.cosh().powi(2);
                    let x = middle + half * v.tanh();
                    // Next to the ends no bound can be had; the weight there is below 1e-15.
                    if let Ok(density) = walk.density(x) {
                        integral += weight * density.value * Complex64::from_polar(1.0, k * x);
                    }
                }
            }
            let exact = characteristic(one, k) * characteristic(two, k);
            assert!(
                (integral - exact).norm() < 1e-9,
                "{sum}, {k}: {integral} {exact}"
            );
        }
    }
}

#[test]
fn discrete_laws_and_mixtures_add_term_by_term() {
    let same = |one: &str, two: &str| {
        let (one, two) = (law(one), law(two));
        for z in [
            (0.3, 0.0),
            (1.9, 1e-9),
            (-2.0, 0.4),
            (2.6, 0.0),
            (9.0, 10.0),
        ] {
            let z = Complex64::new(z.0, z.1);
            let (a, b) = (one.stieltjes(z).unwrap(), two.stieltjes(z).unwrap());
            assert!((a.s - b.s).norm() <= a.radius + b.radius, "{one} {two} {z}");
            assert!(
                a.radius.max(b.radius) < 1e-12,
                "{one} {two} {z}: {a:?} {b:?}"
            );
        }
        let error = one.distribution().unwrap().error_estimate();
        assert!(error < 1e-12, "{one}: {error:e}");
    };
    same(
        "atoms(0:0.5, 1:0.5) * semicircle(1)",
        "mix(0.5: semicircle(1), 0.5: semicircle(1) + 1)",
    );
    same("mp(2) * mp(0.5)", "mp(0.5) * mp(2)");
    // MP² = ½δ₀ + ½(2·MP^½), on both sides.
    let half = "mix(0.5: point(0), 0.5: 2 . mp(0.5))";
    same("mp(2) * mp(2)", &format!("{half} * {half}"));
    same(
        "mp(2) * mp(2)",
        "mix(0.25: point(0), 0.5: 2 . mp(0.5), 0.25: 2 . mp(0.5) * (2 . mp(0.5)))",
    );
    let masses = law("mp(2) * mp(4)").point_masses().to_vec();
    assert!(masses.len() == 1 && masses[0].at == 0.0 && (masses[0].mass - 0.375).abs() < 1e-15);
    // Three deep, with accuracy.
    same(
        "mpmap(0.5, 0.5 . (mp(1) * mp(1))) [+] (semicircle(0.25) * uniform(-1, 1))",
        "(uniform(-1, 1) * semicircle(0.25)) [+] mpmap(0.5, (0.5 . mp(1)) * (0.5 . mp(1)))",
    );
}

#[test]
fn moments_are_those_of_the_sum() {
    let sum = law("mp(2) * (-2 . uniform(0, 1) + 3)").moments(3).unwrap();
    let (x, y) = (
        law("mp(2)").moments(3).unwrap(),
        law("-2 . uniform(0, 1) + 3").moments(3).unwrap(),
    );
    let exact = x[3] + 3.0 * x[2] * y[1] + 3.0 * x[1] * y[2] + y[3];
    assert!((sum[3] - exact).abs() < 1e-13 * exact, "{sum:?} {exact}");
    // −∮ z³ s(z) dz/(2πi) on a circle around the support is the third moment.
    let law = law("mp(2) * (-2 . uniform(0, 1) + 3)");
    let n = 60;
    let third: f64 = (0..n)
        .map(|j| {
            let turn = Complex64::from_polar(9.0, PI * (f64::from(j) + 0.5) / f64::from(n));
            let z = 4.5 + turn;
            -(z.powi(3) * law.stieltjes(z).unwrap().s * turn).re / f64::from(n)
        })
        .sum();
    assert!((third - exact).abs() < 1e-10 * exact, "{third} {exact}");
}

/// For equal weights the talk's law with proved bounds, and through 𝒬's response.
#[test]
fn the_limit_law_of_the_talk_is_the_same_on_both_ways() {
    for gamma2 in [0.6, 1.0, 2.5] {
        for (alpha, beta, mean) in [(1.0, 1.0, 0.0), (0.7, 0.95, 0.3)] {
            let one = Atoms::new(vec![1.0], vec![1.0]).unwrap();
            let q = WeightedCovariance::new(gamma2, alpha, beta, mean, one).unwrap();
            for gamma1 in [0.3, 1.0, 2.0] {
                let proved = Law::from(q.clone()).mp_map(gamma1).unwrap();
                let mut walk = proved.walk();
                for (x, y) in [
                    (0.5, 0.0),
                    (1.5, 1e-9),
                    (0.02, 1e-3),
                    (3.0, 0.1),
                    (-1.0, 10.0),
                ] {
                    let z = Complex64::new(x, y);
                    let value = walk.stieltjes(z).unwrap();
                    assert!(value.radius < 1e-11, "{proved} {z}: {value:?}");
                    let m = marchenko_pastur_map(gamma1, &q, z, None).unwrap().m;
                    // The residual is relative, of terms of the size of z.
                    let rounding = 1e-13 * (1.0 + m.norm());
                    assert!(
                        (value.s - m).norm() <= value.radius + rounding,
                        "{proved} {z}"
                    );
                }
                if gamma1 == 0.3 && mean > 0.0 {
                    let f = proved.distribution().unwrap();
                    assert!(
                        f.error_estimate() < 1e-11,
                        "{proved}: {:e} {}",
                        f.error_estimate(),
                        f.total()
                    );
                }
            }
        }
    }
}

#[test]
fn what_has_no_bound_is_refused() {
    let nested = law("mp(1) [+] semicircle(1)");
    let error = nested.classical(&law("mp(1) [x] mp(1)"));
    assert!(matches!(error, Err(LawError::Classical)), "{error:?}");
    // At the sum of two ends, where the branch points meet.
    let value = law("arcsine(0, 1) * arcsine(0, 1)").stieltjes(Complex64::new(1.0, 0.0));
    assert!(matches!(value, Err(LawError::Edge { .. })), "{value:?}");
    let atoms = Law::empirical((0..2001).map(f64::from).collect()).unwrap();
    assert!(matches!(
        atoms.classical(&atoms),
        Err(LawError::Argument { .. })
    ));
}
