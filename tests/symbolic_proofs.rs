//! Every statement of `derivations/proofs` is proved, and every near miss refuted by the same chain.

#[path = "../derivations/proofs/mod.rs"]
mod proofs;

use proofs::STATEMENTS;
use tensor_dyson::symbolic::ProofError;

#[test]
fn every_statement_is_proved_with_a_field_check_beside_each_step() {
    for statement in STATEMENTS {
        let proof = (statement.prove)().unwrap_or_else(|e| panic!("{}: {e}", statement.id));
        let bound = proof.bound().unwrap_or(1.0);
        assert!(bound > 0.0 && bound < 1e-14, "{}: {bound}", statement.id);
        let printed = proof.to_string();
        assert!(
            printed.lines().all(|line| line.chars().count() <= 100),
            "{printed}"
        );
    }
}

#[test]
fn every_near_miss_is_refuted_by_the_normal_form_and_by_a_point() {
    for statement in STATEMENTS {
        let near_misses = (statement.near_misses)();
        assert!(!near_misses.is_empty(), "{} has no control", statement.id);
        for (wrong, outcome) in near_misses {
            match outcome {
                Err(ProofError::Refuted(refutation)) => {
                    assert!(!refutation.difference.is_zero());
                    assert!(refutation.witness.is_some(), "{}: {wrong}", statement.id);
                }
                other => panic!("{}: {wrong}: {other:?}", statement.id),
            }
        }
    }
}
