//! Models in a file, and what is derived of them.

mod examples;
mod numbers;
mod refused;

use tensor_dyson::derive::{Derivation, Model};

/// The text of an example.
fn text(name: &str) -> String {
    let path = format!("{}/examples/models/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap()
}

fn derived(name: &str) -> Derivation {
    Derivation::of(Model::read(&text(name)).unwrap()).unwrap()
}
