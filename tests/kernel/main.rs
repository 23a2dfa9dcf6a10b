//! False statements that somebody who wants to fool the calculus would try, by the kind of door they come through: each
//! is refused, with the reason that names it.

mod arithmetic;
mod attacks;
mod by_parts;
mod dropping;
mod ensembles;
mod expectations;
mod forging;
mod functions;
mod groups;
mod hypotheses;
mod limits;
mod mutations;
mod names;
mod statements;

use tensor_dyson::symbolic::{Proof, ProofError, SymbolicError, Theory};

/// A theory over three spaces, declared by `declare`.
fn theory(
    declare: impl FnOnce(&mut Theory) -> Result<&mut Theory, SymbolicError>,
) -> Result<Theory, SymbolicError> {
    let mut theory = Theory::new();
    declare(&mut theory)?;
    Ok(theory)
}

/// What comes of claiming `left = right` by rules.
fn claim(theory: &Theory, left: &str, right: &str, rules: &[&str]) -> Result<Proof, ProofError> {
    let begun = theory.prove("").from(left)?;
    Ok(begun.follows("", right, rules)?.done())
}

/// The reason for which there is no proof.
fn reason<T>(outcome: Result<T, impl std::fmt::Display>) -> String {
    match outcome {
        Ok(_) => "it stands".into(),
        Err(error) => error.to_string(),
    }
}

/// Asserts that the reason says this.
fn refused<T>(outcome: Result<T, impl std::fmt::Display>, because: &str) {
    let reason = reason(outcome);
    assert!(reason.contains(because), "{reason}");
}
