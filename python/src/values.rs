//! A function at each point of an array, with bounds.

use crate::error::raised;
use crate::interrupt::LOOK;
use ndarray::{ArrayD, IxDyn, ShapeError};
use numpy::{Element, IntoPyArray, PyArrayDyn, PyReadonlyArrayDyn};
use pyo3::exceptions::PyRuntimeWarning;
use pyo3::prelude::*;
use std::ffi::CString;
use std::time::Instant;
use tensor_dyson::measure::LawError;

/// Values at the points of an array, with bounds of their errors.
pub(crate) type Bounded<'py, T> = (Bound<'py, PyArrayDyn<T>>, Bound<'py, PyArrayDyn<f64>>);

struct Answers<T> {
    values: Vec<T>,
    bounds: Vec<f64>,
    failures: usize,
    first: Option<LawError>,
}

impl<T> Answers<T> {
    fn push(&mut self, answer: Result<(T, f64), LawError>, none: T) {
        let (value, bound) = answer.unwrap_or_else(|error| {
            self.failures += 1;
            self.first.get_or_insert(error);
            (none, f64::INFINITY)
        });
        self.values.push(value);
        self.bounds.push(bound);
    }

    /// An error if there is no value at all, a warning if some are missing.
    fn judged(&self, py: Python<'_>) -> PyResult<()> {
        let Some(error) = self.first else {
            return Ok(());
        };
        let (failures, all) = (self.failures, self.values.len());
        if failures == all {
            return Err(raised(error));
        }
        let text = format!("{failures} of {all} points have no value, the first: {error}");
        let warning = py.get_type::<PyRuntimeWarning>();
        PyErr::warn(py, &warning, &CString::new(text)?, 1)
    }
}

/// `one` at each point, read where it lies, without the interpreter's lock and with looks for Ctrl-C; where there is no
/// value `none` and an infinite bound.
pub(crate) fn each<'py, A: Element + Copy + Sync, T: Element + Copy>(
    points: &PyReadonlyArrayDyn<'py, A>,
    none: T,
    mut one: impl FnMut(A) -> Result<(T, f64), LawError> + Send,
) -> PyResult<Bounded<'py, T>> {
    let py = points.py();
    let points = points.as_array();
    let mut answers = Answers {
        values: Vec::with_capacity(points.len()),
        bounds: Vec::with_capacity(points.len()),
        failures: 0,
        first: None,
    };
    let mut rest = points.iter();
    let mut ended = false;
    while !ended {
        ended = py.detach(|| {
            let start = Instant::now();
            for &point in rest.by_ref() {
                answers.push(one(point), none);
                if start.elapsed() > LOOK {
                    return false;
                }
            }
            true
        });
        py.check_signals()?;
    }
    answers.judged(py)?;
    let shape = IxDyn(points.shape());
    let shaped = |error: ShapeError| raised(error);
    let values = ArrayD::from_shape_vec(shape.clone(), answers.values).map_err(shaped)?;
    let bounds = ArrayD::from_shape_vec(shape, answers.bounds).map_err(shaped)?;
    Ok((values.into_pyarray(py), bounds.into_pyarray(py)))
}
