//! Variables of laws that no Gaussian matrices and no atoms make.

use num_complex::Complex64;
use std::f64::consts::TAU;

use super::{Variables, law, laws, of};
use crate::measure::Law;

/// Free variables u, v (uniform), e (of atoms), a (semicircular), and X (n×d).
fn variables() -> Variables {
    Variables::new()
        .free("u", law("uniform(0, 1)"))
        .free("v", law("uniform(-1, 2)"))
        .free("w", law("mix(0.5: uniform(0, 1), 0.5: point(2))"))
        .free("e", law("atoms(1:0.5, 3:0.5)"))
        .free("a", law("semicircle(1)"))
        .gaussian("X", "n", "d")
        .ratio("n", "d", 0.5)
}

fn same(text: &str, wanted: &str) {
    let (found, wanted) = (of(text, &variables()), law(wanted));
    laws::agree(text, &found, &wanted);
    laws::edges(text, &found, &wanted);
}

#[test]
fn sums_and_products_of_any_laws_are_those_of_laws() {
    same("a + u", "semicircle(1) [+] uniform(0, 1)");
    same("u + 2*v", "uniform(0, 1) [+] uniform(-2, 4)");
    same("e - u", "atoms(1:0.5, 3:0.5) [+] -uniform(0, 1)");
    same(
        "a + w",
        "semicircle(1) [+] mix(0.5: uniform(0, 1), 0.5: point(2))",
    );
    same("X*u*X'", "mpmap(0.5, uniform(0, 1))");
}

/// `u² + a` is the sum of a and of a variable with the law of u², of density `1/(2√x)`; its transform is here
/// `s(w) = ½(s_u(√w) − s_u(−√w))/√w` and the root of `ω = z + s(ω)`.
#[test]
fn a_square_of_a_variable_is_one() {
    let found = of("u^2 + a", &variables());
    let uniform = law("uniform(0, 1)");
    let value = |law: &Law, z: Complex64| {
        let below = z.im < 0.0;
        let s = law.stieltjes(Complex64::new(z.re, z.im.abs())).unwrap().s;
        if below { s.conj() } else { s }
    };
    for (re, im) in [(0.3, 0.2), (0.8, 0.0), (-1.0, 0.0), (1.9, 1e-4)] {
        let z = Complex64::new(re, im);
        let got = found.stieltjes(z).unwrap();
        assert!(got.radius < 1e-11, "{z}: {}", got.radius);
        let omega = z + got.s;
        let root = omega.sqrt();
        let wanted = 0.5 * (value(&uniform, root) - value(&uniform, -root)) / root;
        let apart = (got.s - wanted).norm();
        assert!(
            apart <= 4.0 * got.radius + 1e-14,
            "{z}: {} {wanted} {apart:e}",
            got.s
        );
    }
}

/// Functions of one variable, and their sums with others, are images of its law.
#[test]
fn functions_of_a_variable_are_images() {
    same("2*u - 1", "uniform(-1, 1)");
    same("u", "uniform(0, 1)");
    same("a^2", "mp(1)");
    same("X*X'", "mp(0.5)");
    same("X'*X", "0.5 * mp(2)");
    // (1 − x)³ has the law of x³.
    let cubes = ["u^3", "(1 - u)^3", "u*u*u"].map(|text| of(text, &variables()));
    let sums = ["u^3 + a", "a + (1 - u)^3"].map(|text| of(text, &variables()));
    for (re, im) in [(0.3, 0.2), (0.5, 0.0), (2.5, 0.1)] {
        let z = Complex64::new(re, im);
        let density = |law: &Law| law.stieltjes(z).unwrap();
        let first = density(&cubes[0]);
        // `∫ dx/(x³ − z)`, a third of the sum of `log(1 − 1/w)/w²` over the roots w of z.
        let root =
            |k: i32| z.powf(1.0 / 3.0) * Complex64::from_polar(1.0, TAU / 3.0 * f64::from(k));
        let parts = [0, 1, 2].map(|k| (1.0 - root(k).inv()).ln() / (3.0 * root(k) * root(k)));
        let wanted: Complex64 = parts.iter().sum();
        let wanted = Complex64::new(wanted.re, wanted.im.abs());
        assert!(
            (first.s - wanted).norm() < 1e-14,
            "{z}: {} {wanted}",
            first.s
        );
        for cube in &cubes {
            assert!((density(cube).s - first.s).norm() <= 1e-14, "{z}");
        }
        let [a, b] = [&sums[0], &sums[1]].map(density);
        assert!((a.s - b.s).norm() <= a.radius + b.radius, "{z}");
        let free = cubes[0]
            .free_sum(&law("semicircle(1)"))
            .stieltjes(z)
            .unwrap();
        assert!((a.s - free.s).norm() <= a.radius + free.radius, "{z}");
        assert!(a.radius.max(free.radius) < 1e-12, "{z}");
    }
}

/// With many atoms in the place of a density: `Σ 1/N` at the midpoints misses `1/(24 N²)` times the second derivative of what is averaged.
#[test]
fn a_density_is_the_limit_of_its_atoms() {
    for text in [
        "a*u + u*a",
        "(X + 0.5)*u*(X + 0.5)'",
        "u*v*u + a",
        "u*v + v*u + u^2",
    ] {
        let variables = |u: Law| {
            Variables::new()
                .free("u", u)
                .free("v", law("uniform(-1, 2)"))
                .free("a", law("semicircle(1)"))
                .gaussian("X", "n", "n")
        };
        let found = of(text, &variables(law("uniform(0, 1)")));
        let z = Complex64::new(0.4, 0.3);
        let value = found.stieltjes(z).unwrap();
        assert!(value.radius < 1e-11, "{text}: {}", value.radius);
        let apart: Vec<f64> = [20, 40]
            .iter()
            .map(|&n| {
                let places = (0..n).map(|k| (f64::from(k) + 0.5) / f64::from(n));
                let atoms = of(text, &variables(Law::empirical(places.collect()).unwrap()));
                (atoms.stieltjes(z).unwrap().s - value.s).norm()
            })
            .collect();
        // A quarter of it is left at twice as many, of a difference that is small.
        let ratio = apart[0] / apart[1];
        assert!(
            apart[0] < 1e-2 && (3.6..4.4).contains(&ratio),
            "{text}: {apart:?}"
        );
    }
}

/// What other laws are made of one is as right as the law: `χ` and its slope, not `s` alone.
#[test]
fn maps_of_an_expression_are_those_of_its_law() {
    let found = of("u + e", &variables()).mp_map(0.5).unwrap();
    let wanted = law("mpmap(0.5, uniform(0, 1) [+] atoms(1:0.5, 3:0.5))");
    laws::agree("mpmap of u + e", &found, &wanted);
    laws::edges("mpmap of u + e", &found, &wanted);
}

/// Edges in any unit of length are the same; the sum of a uniform variable and one of atoms has three pieces.
#[test]
fn the_support_is_the_same_in_any_unit() {
    let support = |unit: f64| {
        let variables = Variables::new()
            .free("u", law(&format!("uniform(0, {})", 0.25 * unit)))
            .free(
                "e",
                law(&format!(
                    "atoms({unit}:0.25, {}:0.5, {}:0.25)",
                    3.0 * unit,
                    6.0 * unit
                )),
            );
        of("e + u", &variables).support().unwrap().to_vec()
    };
    let plain = support(1.0);
    assert_eq!(plain.len(), 3, "{plain:?}");
    for unit in [1.0 / f64::from(1 << 30), f64::from(1 << 30)] {
        let found = support(unit);
        assert_eq!(found.len(), plain.len(), "{unit}: {found:?} {plain:?}");
        for (a, b) in found.iter().zip(&plain) {
            let apart = (a.0 / unit - b.0).abs().max((a.1 / unit - b.1).abs());
            assert!(apart < 1e-9, "{unit}: {a:?} {b:?}");
        }
    }
}

/// Where a variable reaches a combination of rows only, `Im ω_j` of the other is singular: `Im Ω` tells which root it is. The mean over a circle
/// above the axis is the value at its centre, up to `2^{−64}` of the largest.
#[test]
fn variables_that_reach_a_combination_of_rows_have_values() {
    let found = of("2 + u*v + v*u + u^2", &variables());
    let value = |z: Complex64| {
        let value = found.stieltjes(z).unwrap();
        assert!(
            value.radius < 1e-11 * (1.0 + z.norm()),
            "{z}: {}",
            value.radius
        );
        value
    };
    for (re, im) in [(3.0, 0.4), (0.3, 0.4), (-7.0, 2.77), (-30000.0, 9000.0)] {
        let z = Complex64::new(re, im);
        let (here, count) = (value(z), 64);
        let (mut mean, mut bound) = (Complex64::ZERO, here.radius);
        for k in 0..count {
            let turn = Complex64::from_polar(0.5 * im, TAU * f64::from(k) / f64::from(count));
            let there = value(z + turn);
            mean += there.s / f64::from(count);
            bound += there.radius / f64::from(count);
        }
        let apart = (mean - here.s).norm();
        assert!(
            apart <= bound + 1e-15 * mean.norm(),
            "{z}: {apart:e} {bound:e}"
        );
    }
    // Beside the support and on it.
    assert_eq!(value(Complex64::from(0.5)).s.im, 0.0);
    assert!(value(Complex64::from(3.0)).s.im > 0.1);
}

/// Far from the support, where the entries of W are of different powers of z and rounding hides the root, by the values on a circle.
#[test]
fn there_are_values_far_from_the_support() {
    let found = of("u*v + v*u", &variables());
    let moments = found.moments(3).unwrap();
    for (re, im) in [(-3e5, 9e3), (1e8, 0.0), (0.0, 1e11), (-1e15, 1.0)] {
        let z = Complex64::new(re, im);
        let value = found.stieltjes(z).unwrap();
        // `1, m₁, m₂, m₃` are all that a double shows of the moments here.
        let terms = moments.iter().rev();
        let wanted = -terms.fold(Complex64::ZERO, |sum, m| (sum + m) / z);
        let apart = (value.s - wanted).norm();
        assert!(
            apart <= value.radius + 1e-14 / z.norm(),
            "{z}: {} {wanted}",
            value.s
        );
        assert!(value.radius < 1e-12 / z.norm(), "{z}: {:e}", value.radius);
    }
}
