//! Shifted and mirrored laws, inside operations and in the notation.

use super::law;
use num_complex::Complex64;

/// χ of a convolution of shifted laws, which only another operation asks for.
#[test]
fn convolutions_of_shifted_laws_inside_other_operations() {
    for (one, other) in [
        (
            "mpmap(0.5, (mp(0.5) + 1) * (arcsine(0, 1) + 0.5))",
            "mpmap(0.5, (mp(0.5) * arcsine(0, 1)) + 1.5)",
        ),
        (
            "mp(0.7) [x] ((2 * uniform(0, 1) + 1) * (mp(0.5) + 0.25))",
            "mp(0.7) [x] (((2 * uniform(0, 1)) * mp(0.5)) + 1.25)",
        ),
    ] {
        let (a, b) = (law(one), law(other));
        for z in [
            Complex64::new(2.3, 0.0),
            Complex64::new(1.0, 1e-4),
            Complex64::new(-3.0, 2.0),
        ] {
            let (a, b) = (a.stieltjes(z).unwrap(), b.stieltjes(z).unwrap());
            let radius = a.radius + b.radius;
            assert!(
                (a.s - b.s).norm() <= radius && radius < 1e-11,
                "{one} at {z}: {a:?} {b:?}"
            );
        }
    }
}

/// A number minus a law is its mirror image; F and F− differ by the mass of an atom.
#[test]
fn mirrored_in_the_notation_and_left_limits() {
    let (a, b) = (law("3 - mp(0.5)"), law("-1 * mp(0.5) + 3"));
    assert_eq!(a.support().unwrap(), b.support().unwrap());
    assert_eq!(a.moments(3).unwrap(), b.moments(3).unwrap());
    let law = law("mix(0.25: point(1), 0.75: uniform(0, 2))");
    let f = law.distribution().unwrap();
    assert!((f.before(1.0) - 0.375).abs() < 1e-14 && (f.at(1.0) - 0.625).abs() < 1e-14);
    assert_eq!(f.before(0.5), f.at(0.5));
}

/// The sum of two mirrored laws is the mirror image of the sum.
#[test]
fn sums_of_mirrored_laws() {
    for (one, other) in [
        (
            "(-mp(0.5)) * (-uniform(0, 1))",
            "-(mp(0.5) * uniform(0, 1))",
        ),
        ("(-mp(2)) * (1 - mp(0.5))", "1 - (mp(2) * mp(0.5))"),
        ("(-mp(1)) * (2 - mp(1))", "2 - (mp(1) * mp(1))"),
        ("mp(0.5) * (-mp(2))", "-(mp(2) * (-mp(0.5)))"),
    ] {
        let (a, b) = (law(one), law(other));
        for z in [(-1.3, 0.0), (0.2, 1e-6), (-4.0, 0.3), (7.0, 0.0)] {
            let z = Complex64::new(z.0, z.1);
            let (a, b) = (a.stieltjes(z).unwrap(), b.stieltjes(z).unwrap());
            let radius = a.radius + b.radius;
            assert!(
                (a.s - b.s).norm() <= radius && radius < 1e-10,
                "{one} at {z}: {a:?} {b:?}"
            );
        }
    }
}
