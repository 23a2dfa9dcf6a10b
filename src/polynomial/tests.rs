//! Expressions against closed forms, other laws, exact moments and digits from elsewhere; errors in the formulas that are found.

mod any_law;
mod curves;
mod equations;
mod exact;
mod hidden;
mod inverses;
mod laws;
mod refused;
mod values;

use super::{MatrixExpression, Variables};
use crate::measure::Law;

fn law(text: &str) -> Law {
    Law::parse(text).unwrap()
}

/// Free variables a, b, c (semicircular), p (Poisson), e, f, g (of atoms).
fn free() -> Variables {
    Variables::new()
        .free("a", law("semicircle(1)"))
        .free("b", law("semicircle(1)"))
        .free("c", law("0.5 * semicircle(2) + 1"))
        .free("p", law("mp(0.5)"))
        .free("e", law("atoms(1:0.5, 3:0.5)"))
        .free("f", law("atoms(0:0.5, 1:0.5)"))
        .free("g", law("atoms(0:0.25, 1:0.75)"))
}

/// Gaussian X (n×d), W (d×p), V (p×q), Y (n×p) and D with two atoms.
fn rectangular() -> Variables {
    Variables::new()
        .gaussian("X", "n", "d")
        .gaussian("W", "d", "p")
        .gaussian("V", "p", "q")
        .gaussian("Y", "n", "p")
        .free("D", law("atoms(1:0.5, 3:0.5)"))
        .ratio("n", "d", 0.5)
        .ratio("n", "p", 2.0)
        .ratio("q", "d", 1.0)
}

fn parsed(text: &str, variables: &Variables) -> MatrixExpression {
    MatrixExpression::parse(text, variables).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn of(text: &str, variables: &Variables) -> Law {
    let law = parsed(text, variables).law();
    law.unwrap_or_else(|error| panic!("{text}: {error}"))
}
