//! The one exception, with the library's words.

use pyo3::PyErr;
use pyo3::create_exception;
use pyo3::exceptions::PyValueError;

create_exception!(
    tensor_dyson,
    Error,
    PyValueError,
    "What was asked has no answer, or is refused; the message says why, with its numbers."
);

/// Any error of the library.
pub(crate) fn raised(error: impl std::fmt::Display) -> PyErr {
    Error::new_err(error.to_string())
}
