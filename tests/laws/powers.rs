//! Powers under ⊞ against closed forms, sums of copies, their atoms and their edges.

use num_complex::Complex64;
use tensor_dyson::measure::Law;

fn law(text: &str) -> Law {
    Law::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// The same law two ways: values at heights down to the axis, edges, moments, atoms.
pub(super) fn same(one: &str, other: &str) {
    let (a, b) = (law(one), law(other));
    let (ours, theirs) = (a.support().unwrap(), b.support().unwrap());
    assert_eq!(ours.len(), theirs.len(), "{one}: {ours:?} {theirs:?}");
    let size = a.hull().0.abs().max(a.hull().1.abs());
    for (x, y) in ours.iter().zip(theirs) {
        let apart = (x.0 - y.0).abs().max((x.1 - y.1).abs());
        assert!(apart < 1e-10 * size, "{one}: {ours:?} {theirs:?}");
    }
    for (x, y) in a.moments(4).unwrap().iter().zip(b.moments(4).unwrap()) {
        assert!((x - y).abs() <= 1e-12 * (1.0 + y.abs()), "{one}: {x} {y}");
    }
    let masses = |law: &Law| -> f64 { law.point_masses().iter().map(|atom| atom.mass).sum() };
    assert!((masses(&a) - masses(&b)).abs() < 1e-14, "{one}");
    let (low, high) = a.hull();
    for share in [-0.7, 0.13, 0.41, 0.77, 1.3] {
        for y in [0.0, 1e-12, 1e-4, 0.5] {
            let z = Complex64::new(low + share * (high - low), y * (high - low));
            let (x, y) = (a.stieltjes(z).unwrap(), b.stieltjes(z).unwrap());
            let radius = x.radius + y.radius;
            assert!(
                (x.s - y.s).norm() <= radius && radius < 1e-10 * (1.0 + x.s.norm()),
                "{one} at {z}: {x:?} {y:?}"
            );
            let slopes = x.derivative_radius + y.derivative_radius;
            assert!((x.derivative - y.derivative).norm() <= slopes, "{one} {z}");
        }
    }
}

#[test]
fn powers_are_the_laws_that_are_known() {
    // Free Poisson laws of jump γ: MP^γ has rate 1/γ, and its power the rate t/γ.
    same("power(2.5, mp(0.5))", "2.5 * mp(0.2)");
    same("power(3, semicircle(0.5) + 1)", "semicircle(1.5) + 3");
    same("power(2, atoms(-1:0.5, 1:0.5))", "arcsine(-2, 2)");
    // Two copies, with an atom, and with a gap.
    same(
        "power(2, atoms(0:0.75, 1:0.25))",
        "atoms(0:0.75, 1:0.25) [+] atoms(0:0.75, 1:0.25)",
    );
    same(
        "power(2, atoms(0:0.3, 4:0.7) [+] semicircle(0.04))",
        "power(2, atoms(0:0.3, 4:0.7)) [+] semicircle(0.08)",
    );
    // Corners of a matrix of projections of half the rank: a Jacobi law.
    let corner = law("atoms(0:0.5, 1:0.5)").free_compression(0.5).unwrap();
    let jacobi = law("arcsine(0, 1)");
    let z = Complex64::new(0.3, 0.0);
    let (a, b) = (corner.stieltjes(z).unwrap(), jacobi.stieltjes(z).unwrap());
    assert!((a.s - b.s).norm() <= a.radius + b.radius, "{a:?} {b:?}");
}

#[test]
fn exponents_below_one_are_refused() {
    for t in [0.5, f64::NAN, f64::INFINITY, 0.0, -2.0] {
        assert!(law("uniform(0, 1)").free_power(t).is_err(), "{t}");
        assert!(t == 0.5 || law("mp(1)").free_power(t).is_err(), "{t}");
    }
    // Of free Meixner laws there are some: an arcsine law is the sum of two.
    assert!(law("arcsine(0, 1)").free_power(0.49).is_err());
    same("power(0.5, arcsine(0, 1))", "atoms(0:0.5, 0.5:0.5)");
    same("power(0.5, mp(1))", "0.5 * mp(2)");
    same("power(0.25, semicircle(1))", "semicircle(0.25)");
    assert!(law("mp(1)").free_compression(0.0).is_err());
    assert_eq!(law("power(1, mp(2))").to_string(), "mp(2)");
    assert_eq!(law("power(3, point(2))").point_masses()[0].at, 6.0);
    assert_eq!(law("power(1.5, mp(2))").to_string(), "power(1.5, mp(2))");
}

/// The inner laws at the subordination functions have the value of the whole.
#[test]
fn subordination_functions_are_where_the_inner_laws_have_the_same_value() {
    let z = Complex64::new(1.3, 1e-3);
    let chi = |law: &Law, z: Complex64| -1.0 - z * law.stieltjes(z).unwrap().s;
    let s = |law: &Law, z: Complex64| law.stieltjes(z).unwrap().s;
    let (a, b) = (law("mp(0.5)"), law("atoms(1:0.5, 3:0.5)"));
    let sum = a.free_sum(&b);
    let product = a.free_product(&b).unwrap();
    let map = b.mp_map(0.25).unwrap();
    let power = b.free_power(1.5).unwrap();
    let checks = [
        (&sum, &a, 0, s as fn(&Law, Complex64) -> Complex64, 1.0),
        (&sum, &b, 1, s, 1.0),
        (&product, &a, 0, chi, 1.0),
        (&product, &b, 1, chi, 1.0),
        (&map, &b, 0, chi, 0.25),
        (&power, &b, 0, s, 1.0),
    ];
    for (whole, part, which, of, factor) in checks {
        let omega = whole.subordination(z).unwrap()[which];
        let apart = factor * of(whole, z) - of(part, omega.value);
        let near = omega.radius < 1e-12 && apart.norm() < 1e-11;
        assert!(near, "{whole} {which}: {omega:?} {apart}");
    }
    assert!(a.subordination(z).unwrap().is_empty());
}
