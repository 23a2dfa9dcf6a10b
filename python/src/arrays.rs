//! Arrays for Python.

use crate::error::raised;
use ndarray::{Array1, Array2};
use numpy::{IntoPyArray, PyArray1, PyArray2, PyArrayMethods};
use pyo3::prelude::*;

/// An array that an object keeps: the same one at each look, so it cannot be written.
pub(crate) fn kept(py: Python<'_>, values: Vec<f64>) -> Py<PyArray1<f64>> {
    let array = Array1::from(values).into_pyarray(py);
    array.readwrite().make_nonwriteable();
    array.unbind()
}

/// Rows of as many numbers as `WIDTH`.
pub(crate) fn table<'py, const WIDTH: usize>(
    py: Python<'py>,
    rows: impl Iterator<Item = [f64; WIDTH]>,
) -> PyResult<Bound<'py, PyArray2<f64>>> {
    let flat: Vec<f64> = rows.flatten().collect();
    let shape = (flat.len() / WIDTH.max(1), WIDTH);
    Ok(Array2::from_shape_vec(shape, flat)
        .map_err(raised)?
        .into_pyarray(py))
}
