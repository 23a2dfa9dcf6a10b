//! What is refused, with the place and the shapes.

use super::super::MatrixExpression;
use super::{Variables, free, law, rectangular};

fn refused(text: &str, variables: &Variables) -> String {
    let made = MatrixExpression::parse(text, variables).and_then(|polynomial| polynomial.law());
    made.expect_err(text).to_string()
}

#[test]
fn shapes_that_do_not_fit_are_named_with_their_place() {
    for (text, wanted) in [
        ("X*X", "at 1: '*' of a n×d and a n×d matrix"),
        ("X*X' + W*W'", "at 5: '+' of a n×n and a d×d matrix"),
        (
            "1 + X",
            "at 2: the sum with a number needs a square matrix, and this one is n×d",
        ),
        (
            "inv(X)",
            "at 0: an inverse needs a square matrix, and this one is n×d",
        ),
        (
            "X^2",
            "at 1: a power needs a square matrix, and this one is n×d",
        ),
        (
            "X*W",
            "the expression is a n×p matrix: only square ones have a law",
        ),
        (
            "X*X' - X*X' + 1",
            "the expression is the number 1: its law is point(1)",
        ),
        (
            "2 - 1/2",
            "the expression is the number 3/2: its law is point(3/2)",
        ),
    ] {
        assert_eq!(refused(text, &rectangular()), wanted, "{text}");
    }
}

#[test]
fn what_is_not_selfadjoint_is_named() {
    let adjoint = refused("a*b + 2*b*a", &free());
    assert!(adjoint.starts_with("the expression is not selfadjoint: a*b has the coefficient 1"));
    assert!(adjoint.contains("2; Brown measures"), "{adjoint}");
    for text in ["a*b", "i*a", "a + i*(a*b + b*a)", "inv(1 + i*a)"] {
        let adjoint = refused(text, &free());
        assert!(adjoint.contains("not selfadjoint"), "{text}: {adjoint}");
    }
}

#[test]
fn text_that_is_no_expression_is_refused_where_it_stands() {
    let deep = "(".repeat(100) + "a";
    let long = "a".to_owned() + &"+a".repeat(600);
    for (text, wanted) in [
        ("a*", "at 2: found the end, expected a variable"),
        ("a ? b", "at 2: '?' means nothing here"),
        ("x + a", "at 0: 'x' is no variable that was declared"),
        ("a b", "at 2: found 'b', expected an operation or the end"),
        ("a/b", "at 2: found 'b', expected a number"),
        ("a/0", "at 2: '1/0' is not a number"),
        ("a^99", "at 2: the exponent is 99"),
        ("a^1.5", "at 2: the exponent is 1.5"),
        ("a + 1e999", "at 4: '1e999' is not a number"),
        ("inv(a)", "inv(a): what is inverted has no inverse"),
        ("a*inv(a)*a", "at 2: the inverse has no expansion"),
        ("(a - a)^-1", "at 7: the inverse has no expansion"),
        (&deep, "parentheses and signs more than 64"),
        (&long, "operations more than 500"),
        ("", "at 0: found the end"),
    ] {
        let error = refused(text, &free());
        assert!(error.contains(wanted), "{text}: {error}");
    }
    let large = refused("(a + b + c + e + p)^32", &free());
    assert!(large.contains("too large"), "{large}");
}

#[test]
fn variables_and_ratios_are_checked() {
    let twice = free().free("a", law("mp(1)"));
    assert!(refused("a", &twice).contains("'a' is declared twice"));
    let name = Variables::new().free("i", law("mp(1)"));
    assert!(refused("i", &name).contains("'i' is declared twice, or is no name"));
    let unknown = Variables::new().gaussian("X", "n", "d");
    assert!(refused("X*X'", &unknown).contains("the ratio of n to d is needed"));
    for value in [0.0, -1.0, f64::NAN] {
        let ratio = unknown.clone().ratio("n", "d", value);
        assert!(
            refused("X*X'", &ratio).contains("is not positive"),
            "{value}"
        );
    }
    let apart = unknown.ratio("n", "d", 2.0).ratio("d", "n", 2.0);
    assert!(refused("X*X'", &apart).contains("contradicts"));
    let uniform = Variables::new().free("a", law("uniform(0, 1)"));
    let error = refused("b*a*b*a*b*a*b", &uniform.free("b", law("mp(1)")));
    assert!(
        error.contains("the coefficient of a in the linearisation has rank 3"),
        "{error}"
    );
}
