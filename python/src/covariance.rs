//! `Covariance`: 𝒬 of W and a.

use crate::error::raised;
use crate::kernel::activation;
use crate::law::faced;
use ndarray::Array1;
use numpy::{IntoPyArray, PyArray1, PyArray2, PyArray4, PyReadonlyArray1, PyReadonlyArray2};
use pyo3::prelude::*;
use tensor_dyson::covariance::Covariance;
use tensor_dyson::measure::Law;

/// The covariance 𝒬 of ``x ⊗ D σ′(Gᵀx)`` for given weights, an operator on d×p matrices.
///
/// Parameters
/// ----------
/// w : (d, p) array with entries of variance 1
/// a : (p,) array
/// activation : str
///     As for `sample`.
///
/// Raises
/// ------
/// Error
///     For shapes that do not fit, or entries that are not finite.
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

    /// The dp eigenvalues, ascending; for weights of one size and c0 = 0.
    fn eigenvalues<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyArray1<f64>>> {
        let found = py.detach(|| self.0.eigenvalues()).map_err(raised)?;
        Ok(Array1::from(found.expanded()).into_pyarray(py))
    }

    /// Their law at this d and p.
    fn law<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let found = py.detach(|| self.0.law()).map_err(raised)?;
        faced(py, Law::from(&found))
    }

    /// 𝒬 as an array of shape (d, p, d, p).
    fn dense<'py>(&self, py: Python<'py>) -> Bound<'py, PyArray4<f64>> {
        self.0.dense().into_pyarray(py)
    }

    /// 𝒬 applied to a d×p matrix.
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
