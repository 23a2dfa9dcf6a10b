//! `Law`.

use crate::error::raised;
use ndarray::{Array1, ArrayD, IxDyn};
use num_complex::Complex64;
use numpy::{IntoPyArray, PyArray1, PyArrayDyn, PyReadonlyArray1, PyReadonlyArrayDyn};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use std::ops::Range;
use tensor_dyson::measure::{Law, LawError};
use tensor_dyson::model::Streams;
use tensor_dyson::report::svg_file;

#[path = "../../src/commands/law/plot.rs"]
mod plot;

/// Points between two looks for Ctrl-C.
const CHUNK: usize = 64;

/// A probability law on the line with compact support.
#[pyclass(frozen, module = "tensor_dyson", name = "Law", from_py_object)]
#[derive(Clone)]
pub(crate) struct PyLaw(pub(crate) Law);

/// The law as Python shows it.
pub(crate) fn faced(py: Python<'_>, law: Law) -> PyResult<Bound<'_, PyAny>> {
    let face = py.import("tensor_dyson")?.getattr("Law")?;
    face.call_method1("_of", (PyLaw(law),))
}

/// Values at the points of an array, with bounds of their errors.
type Bounded<'py, T> = (Bound<'py, PyArrayDyn<T>>, Bound<'py, PyArrayDyn<f64>>);

/// Evaluates pieces of `points` one after another without the interpreter's lock.
fn pieces<T: Send>(
    py: Python<'_>,
    count: usize,
    mut piece: impl FnMut(Range<usize>) -> Vec<T> + Send,
) -> PyResult<Vec<T>> {
    let mut all = Vec::with_capacity(count);
    for start in (0..count).step_by(CHUNK) {
        let range = start..count.min(start + CHUNK);
        all.extend(py.detach(|| piece(range)));
        py.check_signals()?;
    }
    Ok(all)
}

/// Arrays of values and bounds; where there is no value NaN and an infinite bound, and an error if there is none at all.
fn bounded<'py, T: numpy::Element + Copy>(
    py: Python<'py>,
    shape: &[usize],
    answers: Vec<Result<(T, f64), LawError>>,
    none: T,
) -> PyResult<Bounded<'py, T>> {
    let failure = answers
        .iter()
        .find_map(|answer| answer.as_ref().err().copied());
    let failures = answers.iter().filter(|answer| answer.is_err()).count();
    if let Some(error) = failure {
        if failures == answers.len() {
            return Err(raised(error));
        }
        let text = format!(
            "{failures} of {} points have no value, the first: {error}",
            answers.len()
        );
        let warning = py.get_type::<pyo3::exceptions::PyRuntimeWarning>();
        PyErr::warn(py, &warning, &std::ffi::CString::new(text)?, 1)?;
    }
    let answers = answers
        .into_iter()
        .map(|answer| answer.unwrap_or((none, f64::INFINITY)));
    let (values, bounds): (Vec<T>, Vec<f64>) = answers.unzip();
    let shaped = |error: ndarray::ShapeError| raised(error);
    let values = ArrayD::from_shape_vec(IxDyn(shape), values).map_err(shaped)?;
    let bounds = ArrayD::from_shape_vec(IxDyn(shape), bounds).map_err(shaped)?;
    Ok((values.into_pyarray(py), bounds.into_pyarray(py)))
}

impl PyLaw {
    /// `one` at each point of x.
    fn real<'py>(
        &self,
        x: &PyReadonlyArrayDyn<'py, f64>,
        mut one: impl FnMut(f64) -> Result<(f64, f64), LawError> + Send,
    ) -> PyResult<Bounded<'py, f64>> {
        let py = x.py();
        let points: Vec<f64> = x.as_array().iter().copied().collect();
        let answers = pieces(py, points.len(), |range| {
            points[range].iter().map(|&x| one(x)).collect()
        })?;
        bounded(py, x.as_array().shape(), answers, f64::NAN)
    }
}

#[pymethods]
impl PyLaw {
    #[new]
    #[pyo3(signature = (expr, laws = None))]
    fn new(expr: &str, laws: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        let mut given: Vec<(String, Law)> = vec![];
        for (name, law) in laws.into_iter().flatten() {
            let law = match law.extract::<PyLaw>() {
                Ok(law) => law.0,
                Err(_) => {
                    let values: PyReadonlyArray1<'_, f64> = law.extract()?;
                    Law::empirical(values.as_array().to_vec()).map_err(raised)?
                }
            };
            given.push((name.extract()?, law));
        }
        let given: Vec<(&str, Law)> = given
            .iter()
            .map(|(name, law)| (name.as_str(), law.clone()))
            .collect();
        Law::parse_with(expr, &given).map(PyLaw).map_err(raised)
    }

    #[staticmethod]
    fn empirical(values: PyReadonlyArray1<'_, f64>) -> PyResult<Self> {
        Law::empirical(values.as_array().to_vec())
            .map(PyLaw)
            .map_err(raised)
    }

    #[staticmethod]
    fn from_samples(
        x: PyReadonlyArray1<'_, f64>,
        density: PyReadonlyArray1<'_, f64>,
    ) -> PyResult<Self> {
        let law = Law::from_samples(x.as_array().to_vec(), density.as_array().to_vec());
        law.map(PyLaw).map_err(raised)
    }

    fn _stieltjes<'py>(
        &self,
        z: PyReadonlyArrayDyn<'py, Complex64>,
    ) -> PyResult<Bounded<'py, Complex64>> {
        let py = z.py();
        let points: Vec<Complex64> = z.as_array().iter().copied().collect();
        let mut walk = self.0.walk();
        let answers = pieces(py, points.len(), |range| {
            let each = points[range].iter().map(|&z| walk.stieltjes(z));
            each.map(|value| value.map(|value| (value.s, value.radius)))
                .collect()
        })?;
        bounded(
            py,
            z.as_array().shape(),
            answers,
            Complex64::new(f64::NAN, f64::NAN),
        )
    }

    fn _density<'py>(&self, x: PyReadonlyArrayDyn<'py, f64>) -> PyResult<Bounded<'py, f64>> {
        let mut walk = self.0.walk();
        self.real(&x, |x| {
            walk.density(x).map(|found| (found.value, found.radius))
        })
    }

    fn _cumulative<'py>(&self, x: PyReadonlyArrayDyn<'py, f64>) -> PyResult<Bounded<'py, f64>> {
        self.real(&x, |x| {
            self.0
                .cumulative(x)
                .map(|found| (found.value, found.radius))
        })
    }

    fn _distribution<'py>(&self, x: PyReadonlyArrayDyn<'py, f64>) -> PyResult<Bounded<'py, f64>> {
        let distribution = x.py().detach(|| self.0.distribution()).map_err(raised)?;
        let error = distribution.error_estimate();
        self.real(&x, |x| Ok((distribution.at(x), error)))
    }

    fn _quantile<'py>(&self, p: PyReadonlyArrayDyn<'py, f64>) -> PyResult<Bounded<'py, f64>> {
        let distribution = p.py().detach(|| self.0.distribution()).map_err(raised)?;
        let refused = |p| LawError::Argument {
            name: "p",
            value: p,
            needed: "between 0 and 1",
        };
        self.real(&p, |p| {
            let found = distribution.quantile(p).ok_or_else(|| refused(p))?;
            Ok((found, f64::NAN))
        })
    }

    fn _rvs<'py>(
        &self,
        py: Python<'py>,
        count: usize,
        seed: u64,
    ) -> PyResult<Bound<'py, PyArray1<f64>>> {
        let mut rng = Streams::new(seed, "rvs").stream(0);
        let drawn = pieces(py, count, |range| {
            vec![self.0.sample(range.len(), &mut rng)]
        })?;
        let drawn: Result<Vec<Vec<f64>>, LawError> = drawn.into_iter().collect();
        Ok(Array1::from(drawn.map_err(raised)?.concat()).into_pyarray(py))
    }

    fn moments<'py>(&self, py: Python<'py>, count: usize) -> PyResult<Bound<'py, PyArray1<f64>>> {
        let found = py.detach(|| self.0.moments(count)).map_err(raised)?;
        Ok(Array1::from(found).into_pyarray(py))
    }

    fn free_cumulants<'py>(
        &self,
        py: Python<'py>,
        count: usize,
    ) -> PyResult<Bound<'py, PyArray1<f64>>> {
        let found = py.detach(|| self.0.free_cumulants(count)).map_err(raised)?;
        Ok(Array1::from(found).into_pyarray(py))
    }

    fn r_transform(&self, py: Python<'_>, g: f64) -> PyResult<(f64, f64)> {
        let found = py.detach(|| self.0.r_transform(g)).map_err(raised)?;
        Ok((found.value, found.radius))
    }

    fn s_transform(&self, py: Python<'_>, y: f64) -> PyResult<(f64, f64)> {
        let found = py.detach(|| self.0.s_transform(y)).map_err(raised)?;
        Ok((found.value, found.radius))
    }

    fn support(&self, py: Python<'_>) -> PyResult<Vec<(f64, f64)>> {
        let found = py.detach(|| self.0.support()).map_err(raised)?;
        Ok(found.to_vec())
    }

    fn atoms(&self) -> Vec<(f64, f64)> {
        self.0
            .point_masses()
            .iter()
            .map(|atom| (atom.at, atom.mass))
            .collect()
    }

    fn mp_map(&self, gamma: f64) -> PyResult<Self> {
        self.0.mp_map(gamma).map(PyLaw).map_err(raised)
    }

    fn free_sum(&self, other: &Self) -> PyResult<Self> {
        Ok(PyLaw(self.0.free_sum(&other.0)))
    }

    fn free_product(&self, other: &Self) -> PyResult<Self> {
        self.0.free_product(&other.0).map(PyLaw).map_err(raised)
    }

    fn classical(&self, other: &Self) -> PyResult<Self> {
        self.0.classical(&other.0).map(PyLaw).map_err(raised)
    }

    fn _affine(&self, scale: f64, shift: f64) -> PyResult<Self> {
        let law = self.0.scaled(scale).and_then(|law| law.shifted(shift));
        law.map(PyLaw).map_err(raised)
    }

    fn _repr_svg_(&self, py: Python<'_>) -> PyResult<String> {
        let title = plot::rounded(&self.0.to_string());
        Ok(py.detach(|| svg_file(&plot::figure(&self.0, title))))
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self) -> String {
        format!("Law({:?})", self.0.to_string())
    }
}
