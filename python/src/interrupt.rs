//! Ctrl-C in what takes long.

use pyo3::prelude::*;
use std::panic::resume_unwind;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread::spawn;
use std::time::Duration;

/// Between two looks for Ctrl-C.
pub(crate) const LOOK: Duration = Duration::from_millis(50);

/// Does work of unknown length on a thread of its own, without the interpreter's lock. After Ctrl-C that thread goes on
/// to its end, which nobody waits for.
pub(crate) fn aside<T: Send + 'static>(
    py: Python<'_>,
    work: impl FnOnce() -> T + Send + 'static,
) -> PyResult<T> {
    let (sender, mut receiver) = channel();
    let worker = spawn(move || sender.send(work()));
    loop {
        let (found, same) = py.detach(move || (receiver.recv_timeout(LOOK), receiver));
        receiver = same;
        match found {
            Ok(found) => return Ok(found),
            Err(RecvTimeoutError::Timeout) => py.check_signals()?,
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    // The work ended without a result: it panicked.
    match worker.join() {
        Err(panic) => resume_unwind(panic),
        Ok(_) => Err(pyo3::exceptions::PyRuntimeError::new_err(
            "the work left no result",
        )),
    }
}
