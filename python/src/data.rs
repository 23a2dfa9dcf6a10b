//! `Spectrum`: what was found.

use crate::arrays::{kept, table};
use crate::error::raised;
use crate::law::faced;
use numpy::{PyArray1, PyArray2};
use pyo3::prelude::*;
use tensor_dyson::report::svg_file;
use tensor_dyson::sample_covariance::DataSpectrum;

#[path = "../../src/commands/spectrum/figure.rs"]
mod figure;

/// What `spectrum` found in a data matrix of n rows and p columns. Its arrays are not to be written.
#[pyclass(frozen, module = "tensor_dyson", name = "Spectrum")]
pub(crate) struct PySpectrum {
    found: DataSpectrum,
    eigenvalues: Py<PyArray1<f64>>,
    shrunk: Py<PyArray1<f64>>,
}

impl PySpectrum {
    pub(crate) fn new(py: Python<'_>, mut found: DataSpectrum) -> Self {
        PySpectrum {
            eigenvalues: kept(py, found.eigenvalues.clone()),
            shrunk: kept(py, std::mem::take(&mut found.shrunk)),
            found,
        }
    }
}

#[pymethods]
impl PySpectrum {
    /// The min(N, p) eigenvalues of S that are not 0 by its shape, descending.
    #[getter]
    fn eigenvalues(&self, py: Python<'_>) -> Py<PyArray1<f64>> {
        self.eigenvalues.clone_ref(py)
    }

    /// Ledoit and Wolf's p eigenvalues (2020).
    #[getter]
    fn shrunk(&self, py: Python<'_>) -> Py<PyArray1<f64>> {
        self.shrunk.clone_ref(py)
    }

    /// The law of the bulk at the fitted variance.
    #[getter]
    fn law<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let law = self.found.bulk.law.scaled(self.found.noise.variance);
        faced(py, law.map_err(raised)?)
    }

    /// The variance σ² of the noise: as given, or fitted on the bulk; in squared units of the data.
    #[getter]
    fn variance(&self) -> f64 {
        self.found.noise.variance
    }

    /// Its standard error.
    #[getter]
    fn variance_error(&self) -> f64 {
        self.found.noise.standard_error
    }

    /// σ² from the median eigenvalue.
    #[getter]
    fn variance_from_median(&self) -> f64 {
        self.found.noise.from_median
    }

    /// The edges of the bulk, in squared units of the data.
    #[getter]
    fn edges(&self) -> (f64, f64) {
        self.found.edges
    }

    /// Components: by the copies, or by the Tracy-Widom law where there are none.
    #[getter]
    fn count(&self) -> usize {
        self.found.count
    }

    /// Components by the Tracy-Widom law.
    #[getter]
    fn count_tracy_widom(&self) -> usize {
        self.found.found.by_law
    }

    /// Components by the copies; None where none were drawn.
    #[getter]
    fn count_copies(&self) -> Option<usize> {
        self.found.found.by_copies
    }

    /// Eigenvalues below the bulk, where they are counted.
    #[getter]
    fn below(&self) -> Option<usize> {
        self.found.below
    }

    /// The largest distance of the distribution functions of the eigenvalues and of their law.
    #[getter]
    fn kolmogorov(&self) -> f64 {
        self.found.kolmogorov.distance
    }

    /// Rows: eigenvalue, margin, p by Tracy and Widom, p by copies (NaN where none were drawn).
    #[getter]
    fn p_values<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyArray2<f64>>> {
        let rows = self.found.stages.iter().map(|stage| {
            let copies = stage.copies.map_or(f64::NAN, |copies| copies.p_value);
            [stage.eigenvalue, stage.threshold, stage.p_value, copies]
        });
        table(py, rows)
    }

    /// Rows: sample eigenvalue, population eigenvalue, its standard error, squared cosine of vectors, of scores.
    #[getter]
    fn spikes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyArray2<f64>>> {
        let rows = self.found.spikes.iter().map(|spike| {
            let score = spike.score_cosine_squared.unwrap_or(f64::NAN);
            [
                spike.sample,
                spike.population,
                spike.standard_error,
                spike.cosine_squared,
                score,
            ]
        });
        table(py, rows)
    }

    /// The optimal hard threshold of singular values (Gavish and Donoho 2014).
    #[getter]
    fn threshold(&self) -> Option<f64> {
        self.found
            .denoising
            .as_ref()
            .map(|denoising| denoising.threshold)
    }

    /// The same with σ from the median.
    #[getter]
    fn threshold_from_median(&self) -> Option<f64> {
        self.found
            .denoising
            .as_ref()
            .map(|denoising| denoising.threshold_from_median)
    }

    /// Rows: singular value, and shrunk for the Frobenius, the operator and the nuclear norm.
    #[getter]
    fn shrunk_singular_values<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyArray2<f64>>> {
        let values = self
            .found
            .denoising
            .iter()
            .flat_map(|denoising| &denoising.values);
        let rows = values.map(|value| {
            [
                value.singular_value,
                value.frobenius,
                value.operator,
                value.nuclear,
            ]
        });
        table(py, rows)
    }

    /// Places and masses of the population's spectrum (El Karoui 2008); None where it was not sought.
    #[getter]
    fn population(&self, py: Python<'_>) -> Option<(Py<PyArray1<f64>>, Py<PyArray1<f64>>)> {
        let found = self.found.population.as_ref()?;
        Some((kept(py, found.at.clone()), kept(py, found.mass.clone())))
    }

    fn _repr_svg_(&self, py: Python<'_>) -> PyResult<String> {
        Ok(py.detach(|| svg_file(&figure::figure(&self.found))))
    }

    fn __repr__(&self) -> String {
        let (low, high) = self.found.edges;
        format!(
            "Spectrum(count={}, variance={:.6}, edges=({low:.6}, {high:.6}))",
            self.found.count, self.found.noise.variance
        )
    }
}
