//! Equations for the transform, against those of the literature and against the law's values.

use num_complex::Complex64;

use super::curves::of_pencil;
use super::{Variables, free, parsed, rectangular};

fn equation(text: &str, rectangle: bool) -> String {
    let variables = if rectangle { rectangular() } else { free() };
    let found = parsed(text, &variables).scalar_equation().unwrap();
    found.map_or("none".to_owned(), |found| found.to_string())
}

#[test]
fn equations_are_those_of_the_literature() {
    // Wigner; Marchenko and Pastur for γ = ½: γ z s² + (z + γ − 1) s + 1 = 0.
    assert_eq!(equation("a", false), "s^2 + z*s + 1 = 0");
    assert_eq!(equation("X*X'", true), "z*s^2 + (2*z - 1)*s + 2 = 0");
    // `R(g) = 2g/(1 − g²)`, `s = −g`.
    let cubic = "z*s^3 - s^2 - z*s - 1 = 0";
    assert_eq!(equation("a*b + b*a", false), cubic);
    assert_eq!(equation("i*(a*b - b*a)", false), cubic);
    // Two signs at ½ and 2 around: arcsine.
    assert_eq!(
        equation("f + 1/2*e", false),
        "(4*z^2 - 12*z + 5)*s^2 - 4 = 0"
    );
}

/// The values of the law know nothing of moments.
#[test]
fn values_of_the_law_satisfy_the_equation() {
    for (text, variables) in [
        ("a*p + p*a", free()),
        ("a*b*a + b", free()),
        ("e*a + a*e", free()),
        ("X*D*X' + Y*Y'", rectangular()),
        ("X*W*V*V'*W'*X'", rectangular()),
        ("(0.5*X*W + 0.25*Y)*(0.5*X*W + 0.25*Y)'", rectangular()),
    ] {
        let found = parsed(text, &variables).scalar_equation().unwrap();
        let found = found.unwrap_or_else(|| panic!("{text}"));
        let count = found.coefficients.iter().map(Vec::len).sum::<usize>();
        assert!(found.moments >= count, "{text}");
        let law = of_pencil(&parsed(text, &variables));
        for (re, im) in [(0.5, 0.3), (1.7, 0.0), (-0.4, 0.6)] {
            let z = Complex64::new(re, im);
            let value = law.stieltjes(z).unwrap();
            let left = found.value(z, value.s);
            // Rounding and the bound of s move it by its derivative by s, and by an ulp of its terms.
            let h = 1e-6;
            let slope = (found.value(z, value.s + h) - found.value(z, value.s - h)) / (2.0 * h);
            let size: f64 = found
                .coefficients
                .iter()
                .enumerate()
                .map(|(j, row)| {
                    let of_z = row.iter().enumerate().map(|(k, c)| {
                        let c: f64 = c.to_string().parse().unwrap();
                        c.abs() * z.norm().powi(k as i32)
                    });
                    of_z.sum::<f64>() * value.s.norm().powi(j as i32)
                })
                .sum();
            let allowed = 2.0 * slope.norm() * value.radius + 64.0 * f64::EPSILON * size;
            assert!(
                left.norm() <= allowed,
                "{text} {z}: {left} {allowed:e} in {found}"
            );
            let wrong = found.value(z, value.s + 1e-3).norm();
            assert!(wrong > 1e3 * allowed, "{text} {z}: {wrong:e}");
        }
    }
}

#[test]
fn there_is_none_of_what_is_not_algebraic_or_not_rational() {
    let variables = Variables::new()
        .free("u", super::law("uniform(0, 1)"))
        .free("a", super::law("semicircle(1)"))
        .free("b", super::law("semicircle(0.1234567890123)"));
    for text in ["u + a", "a + b", "inv(3 + a)"] {
        assert!(
            parsed(text, &variables)
                .scalar_equation()
                .unwrap()
                .is_none(),
            "{text}"
        );
    }
}

/// A proof by so many unknowns as rational functions; with one coefficient changed, of each power of s the first or all, there is none.
fn proved(text: &str, variables: &Variables, unknowns: usize, changed: usize) {
    let polynomial = parsed(text, variables);
    let found = polynomial.scalar_equation().unwrap().unwrap();
    let proof = found.proof.unwrap_or_else(|| panic!("{text}: {found}"));
    assert_eq!(proof.unknowns, unknowns, "{text}");
    for j in 0..found.coefficients.len() {
        for k in (0..found.coefficients[j].len()).take(changed) {
            let mut wrong = found.coefficients.clone();
            wrong[j][k] += 1;
            let system = polynomial.system(&polynomial.sizes().unwrap()).unwrap();
            let proof = system.unwrap().proof(&wrong);
            assert_eq!(proof, None, "{text}: {j} {k}");
        }
    }
}

#[test]
fn equations_of_the_literature_are_proved() {
    for (text, rectangle, unknowns) in [
        ("a", false, 1),
        ("X*X'", true, 2),
        ("a*b + b*a", false, 5),
        ("i*(a*b - b*a)", false, 5),
        ("a*p + p*a", false, 13),
        ("f + 1/2*e", false, 3),
        ("X*D*X'", true, 6),
        ("X*W*V*V'*W'*X'", true, 10),
    ] {
        let variables = if rectangle { rectangular() } else { free() };
        proved(text, &variables, unknowns, usize::MAX);
    }
}

/// A projection in two rows.
#[test]
fn equations_of_projections_are_proved() {
    for (text, unknowns) in [("f*e*f", 14), ("f*g + g*f", 17), ("i*(f*g - g*f)", 17)] {
        proved(text, &free(), unknowns, 1);
    }
}

/// A variable of three atoms in two rows, once with Gaussian matrices and once with a projection.
#[test]
fn equations_of_three_atoms_in_two_rows_are_proved() {
    let variables = free().free("t", super::law("atoms(0:0.25, 1:0.5, 3:0.25)"));
    for text in ["t*p*t", "f*t*f"] {
        proved(text, &variables, 14, 1);
    }
}

/// Of two projections of trace ½ the sum of `efe` and `fef` is `c² + c³`, c the cosine of a uniform angle, with either sign.
#[test]
fn an_equation_in_a_power_of_s_is_found() {
    let variables = Variables::new()
        .free("e", super::law("atoms(0:0.5, 1:0.5)"))
        .free("f", super::law("atoms(0:0.5, 1:0.5)"));
    let expression = parsed("e*f*e + f*e*f", &variables);
    let found = expression.scalar_equation().unwrap().unwrap();
    assert_eq!(found.coefficients.len(), 9, "{found}");
    let z = Complex64::new(0.4, 0.3);
    let count = 4000;
    // The mean over equal angles of what is analytic and periodic.
    let terms = (0..count).map(|k| {
        let c = (std::f64::consts::PI * (f64::from(k) + 0.5) / f64::from(count)).cos();
        1.0 / (c * c + c * c * c - z)
    });
    let s: Complex64 = terms.sum::<Complex64>() / f64::from(count);
    let value = expression.law().unwrap().stieltjes(z).unwrap();
    assert!(
        (value.s - s).norm() <= value.radius + 1e-13,
        "{} {s}",
        value.s
    );
    assert_eq!(expression.law().unwrap().support().unwrap(), [(0.0, 2.0)]);
}
