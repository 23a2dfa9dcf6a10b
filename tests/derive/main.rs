//! Models in a file, and what is derived of them.

mod data;
mod examples;
mod functions;
mod numbers;
mod refused;

use tensor_dyson::derive::{Derivation, Model};
use tensor_dyson::ledger::{Outcome, Size, Verdict};

/// The text of an example.
fn text(name: &str) -> String {
    let path = format!("{}/examples/models/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap()
}

fn derived(name: &str) -> Derivation {
    Derivation::of(Model::read(&text(name)).unwrap()).unwrap()
}

/// Each of the claims holds of each of the examples.
fn assert_hold(names: &[&str], ids: &[&str]) {
    for name in names {
        for id in ids {
            let outcome = settled(derived(name), id);
            assert_eq!(
                outcome.verdict,
                Verdict::Holds,
                "{name}, {id}: {outcome:#?}"
            );
        }
    }
}

/// The outcome of one claim of a model.
fn settled(derivation: Derivation, id: &str) -> Outcome {
    let claims = derivation.claims();
    let claim = claims.iter().find(|claim| claim.id == id).unwrap();
    let outcome = claim.settle(Size::Small, 1);
    assert_eq!(outcome.error, None, "{id}");
    outcome
}
