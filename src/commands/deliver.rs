//! What a command has found, into files and onto the terminal.

use super::{CommandError, note};
use std::path::Path;
use tensor_dyson::files::{is_stdout, say, write_whole};

/// A file to be written.
pub(crate) struct Made<'a> {
    /// The flag it was asked for with.
    pub flag: &'static str,
    pub path: &'a Path,
    /// Its bytes, or why there are none.
    pub bytes: Result<Vec<u8>, CommandError>,
    /// A line once it is written, or nothing.
    pub done: String,
}

/// Writes the files, then prints; what fails takes none of the others along, and the first failure is the error. Where a
/// file is the standard output, the lines go to the standard error.
pub(crate) fn deliver(files: Vec<Made<'_>>, lines: Vec<String>) -> Result<(), CommandError> {
    let printed_elsewhere = files.iter().any(|file| is_stdout(file.path));
    let (mut outcome, mut lines) = (Ok(()), lines);
    for file in files {
        let Made { flag, path, .. } = file;
        let written = file.bytes.and_then(|bytes| {
            write_whole(path, &bytes).map_err(|source| CommandError::Output { flag, source })
        });
        if written.is_ok() && !is_stdout(path) {
            lines.push(file.done);
        }
        outcome = outcome.and(written);
    }
    lines.retain(|line| !line.is_empty());
    let text = lines.join("\n");
    let printed = if text.is_empty() {
        Ok(())
    } else if printed_elsewhere {
        note(&text);
        Ok(())
    } else {
        say(&text).map_err(CommandError::Print)
    };
    outcome.and(printed)
}
