//! The run as JSON, written whole or not at all.

use crate::ledger::{Outcome, Size};
use serde::Serialize;
use std::io::Write;
use std::path::{Path, PathBuf};

/// A file that could not be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write '{path}': {source}")]
pub struct WriteError {
    /// The path as given.
    pub path: PathBuf,
    /// What the system says.
    pub source: std::io::Error,
}

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

/// Writes a file through a neighbour that is renamed once it is complete: no half-written file is seen.
///
/// # Errors
/// [`WriteError`]; the path then holds what it held before.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let fail = |source| WriteError {
        path: path.to_owned(),
        source,
    };
    let mut partial = path.as_os_str().to_owned();
    partial.push(format!(".partial-{}", std::process::id()));
    let partial = PathBuf::from(partial);
    let written = std::fs::File::create(&partial)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| std::fs::rename(&partial, path));
    if written.is_err() {
        // Best effort: the error that is reported is the first one.
        let _ = std::fs::remove_file(&partial);
    }
    written.map_err(fail)
}
