//! The equation of the transform and the equation of the pencil know nothing of each other, and give one law.

use num_complex::Complex64;

use super::super::MatrixExpression;
use super::laws::{agree, edges};
use super::{Variables, free, law, of, parsed, rectangular};
use crate::measure::Law;

/// The law from the pencil alone.
pub(super) fn of_pencil(expression: &MatrixExpression) -> Law {
    let sizes = expression.sizes().unwrap();
    let equation = expression.equation(&sizes).unwrap();
    let mut operator = expression.operator(&sizes, equation, &[]).unwrap();
    operator.curve = None;
    Law::of_operator(operator)
}

#[test]
fn both_equations_give_one_law() {
    for (text, variables) in [
        ("a*b + b*a", free()),
        ("a*p + p*a", free()),
        ("e + f", free()),
        ("X*W*W'*X'", rectangular()),
        ("X*D*X'", rectangular()),
    ] {
        let expression = parsed(text, &variables);
        let equation = expression.scalar_equation().unwrap().unwrap();
        assert!(equation.proof.is_some(), "{text}: {equation}");
        let (one, other) = (expression.law().unwrap(), of_pencil(&expression));
        agree(text, &one, &other);
        edges(text, &one, &other);
        for (a, b) in one.point_masses().iter().zip(other.point_masses()) {
            assert!((a.at - b.at).abs() < 1e-12, "{text}: {a:?} {b:?}");
            assert!((a.mass - b.mass).abs() < 1e-12, "{text}: {a:?} {b:?}");
        }
        assert_eq!(one.point_masses().len(), other.point_masses().len());
    }
}

/// Of products of Wishart matrices `s ~ z^{−3/4}`: the equation is one of powers of z, which lose no digit next to 0.
#[test]
fn next_to_an_edge_at_0_values_keep_their_digits() {
    let square = Variables::new()
        .gaussian("X", "n", "n")
        .gaussian("Y", "n", "n")
        .gaussian("Z", "n", "n");
    let law = parsed("X*Y*Z*Z'*Y'*X'", &square).law().unwrap();
    for k in [5, 20, 40, 60] {
        let z = Complex64::new(10f64.powi(-k), 0.0);
        let value = law.stieltjes(z).unwrap();
        assert!(value.radius <= 1e-13 * value.s.norm(), "{k}: {value:?}");
        // `z³s⁴ + zs + 1 = 0`.
        let left = (z * value.s).powi(3) * value.s + z * value.s + 1.0;
        assert!(left.norm() < 1e-12, "{k}: {left}");
    }
    assert_eq!(law.support().unwrap()[0].0, 0.0);
    let median = law.distribution().unwrap().quantile(0.5).unwrap();
    assert!((law.distribution().unwrap().at(median) - 0.5).abs() < 1e-9);
}

/// Two projections of ranks ½ and ¾ commute on half of the space. Its equation is proved though a projection stands in two
/// rows: next to the axis every value has a bound.
#[test]
fn the_commutator_of_projections_has_its_atom_and_its_edges() {
    let law = of("i*(f*g - g*f)", &free());
    assert_eq!(law.support().unwrap(), [(-0.5, -0.25), (0.25, 0.5)]);
    let [atom] = law.point_masses() else {
        panic!("{:?}", law.point_masses())
    };
    assert_eq!((atom.at, atom.mass), (0.0, 0.5));
    for x in [-0.499999, -0.3, 0.250001, 0.4] {
        assert!(law.density(x).unwrap().radius < 1e-9, "{x}");
    }
    let distribution = law.distribution().unwrap();
    for (x, below) in [(0.0, 0.75), (-0.1, 0.25)] {
        let (found, error) = (distribution.at(x), distribution.error_estimate());
        assert!(
            (found - below).abs() <= error && error < 1e-7,
            "{x}: {found} {error}"
        );
    }
}

/// Chebyshev's polynomials leave the arcsine law as it is, whatever it is made of.
#[test]
fn functions_of_one_variable_are_images_of_its_law() {
    let variables = Variables::new()
        .free("x", law("arcsine(-1, 1)"))
        .free("u", law("uniform(1, 2)"));
    let arcsine = law("arcsine(-1, 1)");
    let cubic = of("4*x^3 - 3*x", &variables);
    edges("T_3", &cubic, &arcsine);
    agree("T_3", &cubic, &arcsine);
    let sum = of("inv(u) + u", &variables);
    assert_eq!(sum.support().unwrap(), [(2.0, 2.5)]);
    let refused = parsed_error("inv(u - 3/2)", &variables);
    assert!(refused.contains("has no inverse"), "{refused}");
}

fn parsed_error(text: &str, variables: &Variables) -> String {
    let law = MatrixExpression::parse(text, variables).and_then(|parsed| parsed.law());
    law.unwrap_err().to_string()
}

#[test]
fn what_a_variable_is_made_of_is_said() {
    let variables = Variables::new()
        .free("a", law("semicircle(1) + 3"))
        .free("b", law("semicircle(1)"));
    let said = parsed("a*b + b*a", &variables).linearisation().variables;
    assert_eq!(said, ["a = a.1 + 3, a.1 of law semicircle(1)"]);
}
