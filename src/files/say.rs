//! What is printed.

use std::io::{ErrorKind, Result, Write};

/// Prints lines on the standard output.
///
/// # Errors
/// Whatever keeps them from being printed, but for a reader that went away (a closed pipe): it has seen what it wanted.
pub fn say(text: &str) -> Result<()> {
    put(format!("{text}\n").as_bytes())
}

/// Writes bytes to the standard output as they are.
///
/// # Errors
/// As [`say`].
pub fn put(bytes: &[u8]) -> Result<()> {
    let mut out = std::io::stdout().lock();
    let written = out.write_all(bytes).and_then(|()| out.flush());
    unless_closed(written)
}

/// Whether something was printed, or nobody was there to read it.
///
/// # Errors
/// The error given, but for a closed pipe.
pub fn unless_closed(written: Result<()>) -> Result<()> {
    match written {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}
