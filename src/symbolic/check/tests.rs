//! The points of a step are drawn from all that it states: nobody can choose a statement for the points of another.

use super::*;
use crate::symbolic::{Ensemble, Polynomial};

fn theory() -> Theory {
    let mut theory = Theory::new();
    theory.tensors("x[n,d] y[n,d]").unwrap();
    theory
}

/// What the points of `before = after` are drawn from.
fn seed(theory: &Theory, before: &str, under: Under, after: &str) -> String {
    let [before, after] = [before, after].map(|text| theory.expression(text).unwrap());
    let average = match under {
        Under::Mean(name, law) => Some(Average::new(name, law, &before).unwrap()),
        Under::Nothing | Under::ByParts(..) => None,
    };
    let step = Step {
        theory,
        scope: Scope::of(theory, &[&before, &after], &[]),
        before: &before,
        under,
        average,
        after: &after,
    };
    format!("{:?}", step.seed())
}

#[test]
fn every_part_of_a_statement_changes_its_points() {
    let (plain, law) = (theory(), TensorLaw::Gaussian);
    let (tied, skew) = (
        TensorLaw::Ensemble(Ensemble::symmetric(1)),
        TensorLaw::standardized(Polynomial::from(1)),
    );
    let mut conditioned = theory();
    conditioned.at_least("n", "d").unwrap();
    let mut wider = theory();
    wider.scalars("z").unwrap();
    let square = "x[i,a] x[i,a]";
    let seeds = [
        seed(&plain, square, Under::Nothing, square),
        seed(&plain, "x[i,a] y[i,a]", Under::Nothing, square),
        seed(&plain, square, Under::Nothing, "x[i,a] y[i,a]"),
        seed(&plain, "x[i,a] y[i,a]", Under::Nothing, "x[i,a] y[i,a]"),
        seed(&plain, "[i,a] x[i,a]", Under::Nothing, "[i,a] x[i,a]"),
        seed(&plain, "[a,i] x[i,a]", Under::Nothing, "[a,i] x[i,a]"),
        seed(&plain, square, Under::Mean("x", &law), square),
        seed(&plain, square, Under::Mean("y", &law), square),
        seed(&plain, square, Under::Mean("x", &skew), square),
        seed(&plain, square, Under::ByParts("x", &law), square),
        seed(&plain, square, Under::ByParts("y", &law), square),
        seed(&plain, square, Under::ByParts("x", &tied), square),
        seed(&conditioned, square, Under::Nothing, square),
        seed(&wider, square, Under::Nothing, square),
    ];
    for (k, one) in seeds.iter().enumerate() {
        for (j, other) in seeds[..k].iter().enumerate() {
            assert_ne!(one, other, "{k} and {j}");
        }
    }
    assert_eq!(seeds[0], seed(&theory(), square, Under::Nothing, square));
}
