//! Laws that other operations have too.

use num_complex::Complex64;

use super::{free, law, of, rectangular};
use crate::measure::{Law, Value};

/// Points of the upper half plane and of the axis, in and beside the support.
const POINTS: [(f64, f64); 7] = [
    (0.3, 1.0),
    (-0.4, 0.2),
    (0.7, 1e-3),
    (0.5, 0.0),
    (1.9, 0.0),
    (1.3, 1e-9),
    (40.0, 0.0),
];

/// Both know the error of their values, and differ by no more.
pub(super) fn agree(name: &str, found: &Law, wanted: &Law) {
    let value = |law: &Law, z| -> Value {
        let value = law.stieltjes(z);
        value.unwrap_or_else(|error| panic!("{name} {z}: {error}"))
    };
    for (re, im) in POINTS {
        let z = Complex64::new(re, im);
        let (x, y) = (value(found, z), value(wanted, z));
        assert!(x.radius < 1e-11, "{name} {z}: bound {}", x.radius);
        let apart = (x.s - y.s).norm();
        assert!(
            apart <= x.radius + y.radius,
            "{name} {z}: {} {} {apart}",
            x.s,
            y.s
        );
        let apart = (x.derivative - y.derivative).norm();
        let allowed = x.derivative_radius + y.derivative_radius;
        assert!(
            apart <= allowed,
            "{name} {z}: s′ {} {}",
            x.derivative,
            y.derivative
        );
        assert!(
            x.derivative_radius < 1e-7,
            "{name} {z}: {}",
            x.derivative_radius
        );
    }
}

pub(super) fn edges(name: &str, found: &Law, wanted: &Law) {
    let (found, wanted) = (found.support().unwrap(), wanted.support().unwrap());
    assert_eq!(found.len(), wanted.len(), "{name}: {found:?} {wanted:?}");
    for (a, b) in found.iter().zip(wanted) {
        let apart = (a.0 - b.0).abs().max((a.1 - b.1).abs());
        assert!(apart < 1e-9, "{name}: {a:?} {b:?}");
    }
}

fn same(text: &str, rectangle: bool, wanted: &str) {
    let variables = if rectangle { rectangular() } else { free() };
    let (found, wanted) = (of(text, &variables), law(wanted));
    agree(text, &found, &wanted);
    edges(text, &found, &wanted);
    for atom in wanted.point_masses() {
        let mass = found.mass_at(atom.at);
        assert!(
            (mass - atom.mass).abs() < 1e-12,
            "{text}: mass {mass} at {}",
            atom.at
        );
    }
    assert_eq!(
        found.point_masses().len(),
        wanted.point_masses().len(),
        "{text}"
    );
    let (one, other) = (found.moments(6).unwrap(), wanted.moments(6).unwrap());
    for (x, y) in one.iter().zip(other) {
        assert!(
            (x - y).abs() <= 1e-10 * (1.0 + y.abs()),
            "{text}: moment {x} {y}"
        );
    }
}

#[test]
fn sums_and_images_are_those_of_laws() {
    same("a", false, "semicircle(1)");
    same("2*a - 1/2*b + 1", false, "semicircle(4.25) + 1");
    same("c + p", false, "(0.5 * semicircle(2) + 1) [+] mp(0.5)");
    same("e + a", false, "atoms(1:0.5, 3:0.5) [+] semicircle(1)");
    same("a^2", false, "mp(1)");
}

/// Rows of the pencil are functions of the expression: `Im W` is singular on the axis.
#[test]
fn powers_of_one_variable_are_images() {
    let cube = of("a^3", &free());
    for x in [0.5f64, 2.0, -5.0] {
        let root = x.cbrt();
        let wanted = (4.0 - root * root).sqrt() / (std::f64::consts::TAU * 3.0 * root * root);
        let density = cube
            .density(x)
            .unwrap_or_else(|error| panic!("{x}: {error}"));
        assert!(
            (density.value - wanted).abs() <= density.radius + 1e-15,
            "{x}"
        );
        assert!(density.radius < 1e-11, "{x}: {}", density.radius);
    }
}

/// `ab + ba = u² − v²` with u, v free semicirculars, and `i(ab − ba)` has the same law.
#[test]
fn the_anticommutator_and_the_commutator_of_semicirculars() {
    for text in ["a*b + b*a", "i*(a*b - b*a)"] {
        same(text, false, "mp(1) [+] -mp(1)");
    }
    let edge = ((11.0 + 5.0 * 5f64.sqrt()) / 2.0).sqrt();
    let found = of("a*b + b*a", &free());
    let support = found.support().unwrap();
    assert!((support[0].1 - edge).abs() < 1e-13 && (support[0].0 + edge).abs() < 1e-13);
}

#[test]
fn families_of_atoms_are_subordinated() {
    same(
        "f + e",
        false,
        "atoms(0:0.5, 1:0.5) [+] atoms(1:0.5, 3:0.5)",
    );
    same(
        "e + 2*g",
        false,
        "atoms(1:0.5, 3:0.5) [+] atoms(0:0.25, 2:0.75)",
    );
    // 63 unknowns: values alone.
    let wanted = law("atoms(0:0.5, 1:0.5) [x] atoms(1:0.5, 3:0.5)");
    agree("f*e*f", &of("f*e*f", &free()), &wanted);
}

#[test]
fn products_are_those_of_laws() {
    same("a*p*a", false, "mp(1) [x] mp(0.5)");
    same("X*X'", true, "mp(0.5)");
    same("X'*X", true, "0.5 * mp(2)");
    same("X*D*X'", true, "mpmap(0.5, atoms(1:0.5, 3:0.5))");
    same(
        "X*D*X' + Y*Y'",
        true,
        "mpmap(0.5, atoms(1:0.5, 3:0.5)) [+] mp(2)",
    );
    same("X*W*V*V'*W'*X'", true, "mpmap(0.5, mpmap(4, mp(0.25)))");
}

/// The conjugate kernel: given X the rows of `αXW + sY` are independent, of covariance `α²XXᵀ + s²`.
#[test]
fn the_conjugate_kernel_at_linear_width() {
    let text = "(0.5*X*W + 0.25*Y)*(0.5*X*W + 0.25*Y)'";
    same(text, true, "mp(2) [x] (0.25 * mp(0.5) + 0.0625)");
}
