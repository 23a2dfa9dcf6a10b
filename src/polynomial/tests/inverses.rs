//! Inverses that have no expansion where all variables are 0.

use num_complex::Complex64;
use std::f64::consts::PI;

use super::{Variables, law, of, parsed};
use crate::measure::Law;

/// Free variables a (semicircular), l, m (uniform), e, k (of atoms), h (±1), and X (n×d), Y (n×p).
fn variables() -> Variables {
    Variables::new()
        .free("a", law("semicircle(1)"))
        .free("l", law("uniform(1, 2)"))
        .free("m", law("uniform(1, 2)"))
        .free("e", law("atoms(1:0.5, 3:0.5)"))
        .free("k", law("atoms(1:0.25, 2:0.75)"))
        .free("h", law("atoms(-1:0.5, 1:0.5)"))
        .gaussian("X", "n", "d")
        .gaussian("Y", "n", "p")
        .ratio("n", "d", 0.5)
        .ratio("n", "p", 0.25)
}

fn density(law: &Law, x: f64) -> f64 {
    let density = law
        .density(x)
        .unwrap_or_else(|error| panic!("{x}: {error}"));
    assert!(density.radius < 1e-11, "{x}: {}", density.radius);
    density.value
}

/// Fisher's law (Wachter 1980; Bai and Silverstein 2010, theorem 4.10), of `S₁S₂⁻¹` with ratios y₁ and y₂; d×d it has the weight y₁.
#[test]
fn the_f_matrix_has_the_law_of_fisher() {
    let found = of("X'*inv(Y*Y')*X", &variables());
    let (y, w) = (0.5f64, 0.25f64);
    let root = (y + w - y * w).sqrt();
    let [low, high] = [-1.0, 1.0].map(|sign| ((1.0 + sign * root) / (1.0 - w)).powi(2));
    for x in [0.2, 1.0, 2.5, 4.0] {
        let top = (1.0 - w) * ((high - x) * (x - low)).sqrt();
        let wanted = y * top / (2.0 * PI * x * (y + w * x));
        assert!((density(&found, x) - wanted).abs() < 1e-11, "{x}");
    }
    let support = found.support().unwrap();
    assert_eq!(support.len(), 1);
    assert!((support[0].0 - low).abs() < 1e-9 && (support[0].1 - high).abs() < 1e-9);
    let atoms: Vec<_> = found
        .point_masses()
        .iter()
        .map(|a| (a.at, a.mass))
        .collect();
    assert_eq!(atoms, [(0.0, 0.5)]);
}

/// The density of `1/(c − x)` at y is that of x at `c − 1/y`, over y².
#[test]
fn a_resolvent_is_an_image() {
    let mp = law("mp(0.5)");
    for (text, c, sign) in [("inv(X*X')", 0.0, -1.0), ("inv(4 - X*X')", 4.0, 1.0)] {
        let found = of(text, &variables());
        for y in [0.4, 0.9, 3.0] {
            let x = c - sign / y;
            let wanted = density(&mp, x) / (y * y);
            assert!((density(&found, y) - wanted).abs() < 1e-12, "{text} {y}");
        }
    }
    let [one, other] = ["a*inv(l)*a", "a*m*a"].map(|text| of(text, &variables()));
    // `inv(l)` is `1/x` in the place of x: its mean is ln 2, not 3/2.
    let [one, other] = [one, other].map(|law| law.moments(1).unwrap()[1]);
    assert!((one - 2f64.ln()).abs() < 1e-10 && (other - 1.5).abs() < 1e-10);
}

/// The parallel sum `(l⁻¹ + m⁻¹)⁻¹` is `l − l(l + m)⁻¹l` (Anderson and Duffin 1969): once parts are variables, once all is expanded at the means.
#[test]
fn the_parallel_sum_is_had_in_two_ways() {
    for (one, other) in [
        ("inv(inv(l) + inv(m))", "l - l*inv(l + m)*l"),
        ("inv(inv(e) + inv(k))", "e - e*inv(e + k)*e"),
    ] {
        let [one, other] = [one, other].map(|text| of(text, &variables()));
        for (re, im) in [(0.7, 0.2), (0.72, 0.0), (3.0, 0.0), (0.2, 0.0)] {
            let z = Complex64::new(re, im);
            let [a, b] = [&one, &other].map(|law| law.stieltjes(z));
            let (a, b) = (a.unwrap(), b.unwrap());
            let apart = (a.s - b.s).norm();
            assert!(apart <= a.radius + b.radius, "{z}: {apart:e}");
            // The expansion has the larger linearisation, and the larger bound: 3.2e-10 at 0.72, next to an edge.
            assert!(
                a.radius.max(b.radius) < 1e-9,
                "{z}: {} {}",
                a.radius,
                b.radius
            );
        }
    }
}

#[test]
fn what_has_no_inverse_is_refused() {
    for text in [
        "inv(1 - X*X')",
        "inv(X'*X)",
        "inv(a + e)",
        "a*inv(1 - a*e*a)*a",
    ] {
        let refused = match super::MatrixExpression::parse(text, &variables()) {
            Err(error) => error.to_string(),
            Ok(polynomial) => polynomial.law().unwrap_err().to_string(),
        };
        assert!(
            refused.contains("what is inverted has no inverse"),
            "{text}: {refused}"
        );
    }
    // 0 in a gap is beside the support.
    for text in ["inv(h + a/8 + 1/4)", "inv(3 - a)", "a*inv(11 - a*e*a)*a"] {
        parsed(text, &variables())
            .law()
            .unwrap_or_else(|error| panic!("{text}: {error}"));
    }
    // The projection on the range of X' is a function of no part alone.
    let error = super::MatrixExpression::parse("X'*inv(X*X')*X", &variables()).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("at 3: the inverse has no expansion"),
        "{error}"
    );
}

/// The samples know nothing of parts: they are drawn from the expression as it is written.
#[test]
fn samples_are_of_the_expression_itself() {
    let mut rng = crate::model::Streams::new(5, "inverses").stream(0);
    for (text, mean) in [("X'*inv(Y*Y')*X", 0.5 / 0.75), ("inv(l)", 2f64.ln())] {
        let values = parsed(text, &variables()).sample(60, &mut rng).unwrap();
        let found = values.iter().sum::<f64>() / values.len() as f64;
        // The variance of a mean of eigenvalues is of order 1/n²: 0.1 is six times its root.
        assert!((found - mean).abs() < 0.1, "{text}: {found}");
    }
}

/// The transform of 1/P is `−1/z − s_P(1/z)/z²`.
#[test]
fn an_inverse_of_a_part_is_its_image() {
    let [whole, inner] = ["inv(2 + l*m + m*l)", "2 + l*m + m*l"].map(|text| of(text, &variables()));
    for (re, im) in [(0.2, 0.05), (0.15, 0.0), (-0.3, 0.2), (1.0, 0.0)] {
        let z = Complex64::new(re, im);
        let value = whole.stieltjes(z).unwrap();
        // 1/z lies in the other half plane.
        let at = z.inv().conj() + 0.0;
        let other = inner.stieltjes(Complex64::new(at.re, at.im.abs())).unwrap();
        let wanted = -z.inv() - other.s.conj() / (z * z);
        let wanted = Complex64::new(wanted.re, wanted.im.abs());
        let bound = value.radius + other.radius / z.norm_sqr() + 1e-14 * wanted.norm();
        assert!(
            (value.s - wanted).norm() <= bound,
            "{z}: {} {wanted}",
            value.s
        );
        assert!(value.radius < 1e-9, "{z}: {}", value.radius);
    }
    let f = [(0.15, true), (1.0 / 0.15, false)];
    let [below, above] = f.map(|(x, image)| match image {
        true => whole.cumulative(x).unwrap(),
        false => inner.cumulative(x).unwrap(),
    });
    assert!((below.value + above.value - 1.0).abs() <= below.radius + above.radius + 1e-13);
    // Beside the hull there is no density, where 1/x itself has no value.
    let zero = whole.density(0.0).unwrap();
    assert_eq!((zero.value, zero.radius), (0.0, 0.0));
}

/// By the pencil of the whole, and as the free sum of its parts.
#[test]
fn a_sum_of_free_parts_is_their_free_sum() {
    for (text, norm) in [
        ("inv(1 + a^2) + l", 1.0),
        ("l + 2*inv(3 + h*e*h) - 1/2", 0.25),
    ] {
        let expression = parsed(text, &variables());
        let (found, sizes) = (expression.law().unwrap(), expression.sizes().unwrap());
        assert!(expression.apart().unwrap().is_some(), "{text}");
        let equation = expression.equation(&sizes).unwrap();
        let pencil = expression.operator(&sizes, equation, &[norm]).unwrap();
        let pencil = Law::of_operator(pencil);
        for (re, im) in [(0.7, 0.2), (1.9, 0.0), (1.2, 1e-3), (6.0, 0.1)] {
            let z = Complex64::new(re, im);
            let (a, b) = (found.stieltjes(z).unwrap(), pencil.stieltjes(z).unwrap());
            let apart = (a.s - b.s).norm();
            assert!(apart <= a.radius + b.radius, "{text} {z}: {apart:e}");
            assert!(a.radius < 1e-11, "{text} {z}: {}", a.radius);
        }
    }
    // What shares a variable is no sum of free parts, nor is a polynomial taken apart.
    for text in [
        "inv(3 + a + l) + a",
        "a*l + l*a + m",
        "inv(3 + a + l)*a*inv(3 + a + l)",
    ] {
        assert!(
            parsed(text, &variables()).apart().unwrap().is_none(),
            "{text}"
        );
    }
    // A distribution function where a term is large.
    let large = of("inv(0.0001 + a^2) + l", &variables());
    let f = large.cumulative(3.0).unwrap();
    assert!(f.radius < 1e-9, "{f:?}");
}
