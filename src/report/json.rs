//! The run as JSON, written whole or not at all.

use crate::files::{WriteError, write_whole};
use crate::ledger::{Outcome, Size};
use serde::Serialize;
use std::path::Path;

#[derive(Serialize)]
struct Run<'a> {
    size: Size,
    seed: u64,
    version: &'static str,
    claims: &'a [Outcome],
}

/// Writes the outcomes as the JSON object that the README documents.
///
/// # Errors
/// [`WriteError`]; the path then holds what it held before.
pub fn write_json(
    path: &Path,
    size: Size,
    seed: u64,
    claims: &[Outcome],
) -> Result<(), WriteError> {
    let run = Run {
        size,
        seed,
        version: env!("CARGO_PKG_VERSION"),
        claims,
    };
    let text = serde_json::to_string_pretty(&run).map_err(|error| WriteError {
        path: path.to_owned(),
        source: error.into(),
    })?;
    write_whole(path, format!("{text}\n").as_bytes())
}
