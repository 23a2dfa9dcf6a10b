//! `Covariance`: 𝒬 of W and a.

use crate::error::raised;
use crate::kernel::activation;
use crate::law::faced;
use ndarray::Array1;
use numpy::{IntoPyArray, PyArray1, PyArray2, PyArray4, PyReadonlyArray1, PyReadonlyArray2};
use pyo3::prelude::*;
use tensor_dyson::covariance::Covariance;
use tensor_dyson::measure::Law;

/// 𝒬 for given weights.
#[pyclass(frozen, module = "tensor_dyson", name = "Covariance")]
pub(crate) struct PyCovariance(Covariance);

#[pymethods]
impl PyCovariance {
    #[new]
    #[pyo3(signature = (w, a, activation = "derivative:identity"))]
    fn new(
        w: PyReadonlyArray2<'_, f64>,
        a: PyReadonlyArray1<'_, f64>,
        activation: &str,
    ) -> PyResult<Self> {
        let data = self::activation(activation)?.hermite_data();
        Covariance::new(w.as_array(), a.as_array(), &data)
            .map(PyCovariance)
            .map_err(raised)
    }

    fn eigenvalues<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyArray1<f64>>> {
        let found = py.detach(|| self.0.eigenvalues()).map_err(raised)?;
        Ok(Array1::from(found.expanded()).into_pyarray(py))
    }

    fn law<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let found = py.detach(|| self.0.law()).map_err(raised)?;
        faced(py, Law::from(&found))
    }

    fn dense<'py>(&self, py: Python<'py>) -> Bound<'py, PyArray4<f64>> {
        self.0.dense().into_pyarray(py)
    }

    fn apply<'py>(&self, m: PyReadonlyArray2<'py, f64>) -> PyResult<Bound<'py, PyArray2<f64>>> {
        if m.as_array().dim() != self.0.shape() {
            let (d, p) = self.0.shape();
            let (rows, columns) = m.as_array().dim();
            return Err(raised(format!(
                "M is {rows}×{columns}: 𝒬 acts on {d}×{p} matrices"
            )));
        }
        Ok(self.0.apply(m.as_array()).into_pyarray(m.py()))
    }
}
