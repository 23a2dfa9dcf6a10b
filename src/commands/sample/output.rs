//! What was found: as lines, as JSON, as a figure.

mod figure;
mod json;
mod lines;

use tensor_dyson::model::Activation;
use tensor_dyson::study::Comparison;

/// A spectrum beside its law, and what the command adds.
pub(super) struct Outcome<'a> {
    pub activation: &'a Activation,
    pub seed: u64,
    /// Where X, W and a come from.
    pub note: String,
    /// Arguments that do nothing on the route.
    pub unused: Vec<&'static str>,
    pub found: Comparison,
}
