//! Where a law's answer goes.

use super::super::{CommandError, outputs};
use super::{Arguments, Format};
use std::path::Path;
use tensor_dyson::files;

/// What is written to `--output`.
#[derive(Clone, Copy)]
pub(super) enum Written {
    Json,
    Csv,
    Npz,
}

impl Arguments {
    /// By the name of the file; a pipe or the standard output takes what `--format` says, or JSON.
    pub(super) fn written(&self) -> Option<Written> {
        let path = self.output.as_ref()?;
        Some(match path.extension().and_then(|e| e.to_str()) {
            Some("csv") => Written::Csv,
            Some("npz") => Written::Npz,
            None if self.format == Format::Csv => Written::Csv,
            _ => Written::Json,
        })
    }
}

/// Refuses outputs that cannot be or would be lost.
pub(super) fn check(arguments: &Arguments) -> Result<(), CommandError> {
    let flags = arguments.law.iter().map(|l| format!("--law {}", l.name));
    let flags: Vec<String> = flags.collect();
    let laws = flags.iter().zip(&arguments.law);
    let laws = laws.map(|(flag, named)| (flag.as_str(), named.path.as_path()));
    let layer = [
        ("--weights", &arguments.weights),
        ("--output-weights", &arguments.output_weights),
    ];
    let layer = layer
        .iter()
        .filter_map(|(flag, path)| Some((*flag, path.as_deref()?)));
    let inputs: Vec<(&str, &Path)> = laws.chain(layer).collect();
    let outputs = outputs(
        arguments.output.as_deref(),
        &["json", "csv", "npz"],
        arguments.plot.as_deref(),
    );
    Ok(files::check(&inputs, &outputs)?)
}
