//! `spectrum(X)`.

use crate::error::raised;
use crate::law::{PyLaw, faced};
use ndarray::{Array1, Array2};
use numpy::{IntoPyArray, PyArray1, PyArray2, PyReadonlyArray2};
use pyo3::prelude::*;
use std::ops::ControlFlow;
use tensor_dyson::report::svg_file;
use tensor_dyson::sample_covariance::{
    DataError, DataSpectrum, Options, Preparation, Randomisation, tracy_widom as law_of_edges,
};

#[path = "../../src/commands/spectrum/figure.rs"]
mod figure;

/// What was found in a data matrix.
#[pyclass(frozen, module = "tensor_dyson", name = "Spectrum")]
pub(crate) struct PySpectrum(DataSpectrum);

fn array<'py>(py: Python<'py>, values: &[f64]) -> Bound<'py, PyArray1<f64>> {
    Array1::from(values.to_vec()).into_pyarray(py)
}

/// Rows of as many numbers as `WIDTH`.
fn table<'py, const WIDTH: usize>(
    py: Python<'py>,
    rows: impl Iterator<Item = [f64; WIDTH]>,
) -> PyResult<Bound<'py, PyArray2<f64>>> {
    let flat: Vec<f64> = rows.flatten().collect();
    let shape = (flat.len() / WIDTH.max(1), WIDTH);
    Ok(Array2::from_shape_vec(shape, flat)
        .map_err(raised)?
        .into_pyarray(py))
}

#[pymethods]
impl PySpectrum {
    #[getter]
    fn eigenvalues<'py>(&self, py: Python<'py>) -> Bound<'py, PyArray1<f64>> {
        array(py, &self.0.eigenvalues)
    }

    #[getter]
    fn shrunk<'py>(&self, py: Python<'py>) -> Bound<'py, PyArray1<f64>> {
        array(py, &self.0.shrunk)
    }

    #[getter]
    fn law<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let law = self.0.bulk.law.scaled(self.0.noise.variance);
        faced(py, law.map_err(raised)?)
    }

    #[getter]
    fn variance(&self) -> f64 {
        self.0.noise.variance
    }

    #[getter]
    fn variance_error(&self) -> f64 {
        self.0.noise.standard_error
    }

    #[getter]
    fn variance_from_median(&self) -> f64 {
        self.0.noise.from_median
    }

    #[getter]
    fn edges(&self) -> (f64, f64) {
        self.0.edges
    }

    #[getter]
    fn count(&self) -> usize {
        self.0.count
    }

    #[getter]
    fn count_tracy_widom(&self) -> usize {
        self.0.found.by_law
    }

    #[getter]
    fn count_copies(&self) -> Option<usize> {
        self.0.found.by_copies
    }

    #[getter]
    fn below(&self) -> Option<usize> {
        self.0.below
    }

    #[getter]
    fn kolmogorov(&self) -> f64 {
        self.0.kolmogorov.distance
    }

    #[getter]
    fn p_values<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyArray2<f64>>> {
        let rows = self.0.stages.iter().map(|stage| {
            let copies = stage.copies.map_or(f64::NAN, |copies| copies.p_value);
            [stage.eigenvalue, stage.threshold, stage.p_value, copies]
        });
        table(py, rows)
    }

    #[getter]
    fn spikes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyArray2<f64>>> {
        let rows = self.0.spikes.iter().map(|spike| {
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

    #[getter]
    fn threshold(&self) -> Option<f64> {
        self.0
            .denoising
            .as_ref()
            .map(|denoising| denoising.threshold)
    }

    #[getter]
    fn threshold_from_median(&self) -> Option<f64> {
        self.0
            .denoising
            .as_ref()
            .map(|denoising| denoising.threshold_from_median)
    }

    #[getter]
    fn shrunk_singular_values<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyArray2<f64>>> {
        let values = self
            .0
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

    #[getter]
    fn population<'py>(
        &self,
        py: Python<'py>,
    ) -> Option<(Bound<'py, PyArray1<f64>>, Bound<'py, PyArray1<f64>>)> {
        let found = self.0.population.as_ref()?;
        Some((array(py, &found.at), array(py, &found.mass)))
    }

    fn _repr_svg_(&self, py: Python<'_>) -> PyResult<String> {
        Ok(py.detach(|| svg_file(&figure::figure(&self.0))))
    }

    fn __repr__(&self) -> String {
        let (low, high) = self.0.edges;
        format!(
            "Spectrum(count={}, variance={:.6}, edges=({low:.6}, {high:.6}))",
            self.0.count, self.0.noise.variance
        )
    }
}

fn chosen<T: Copy>(name: &str, value: &str, all: &[(&str, T)]) -> PyResult<T> {
    let found = all
        .iter()
        .find(|(known, _)| *known == value)
        .map(|(_, what)| *what);
    found.ok_or_else(|| {
        let known: Vec<&str> = all.iter().map(|(known, _)| *known).collect();
        raised(format!(
            "{name} is '{value}': it must be one of {}",
            known.join(", ")
        ))
    })
}

#[pyfunction]
#[pyo3(signature = (x, *, prepare = "centred", population = None, sigma = None, level = 0.05, null = "permutation",
    copies = 99, most = 20, seed = 1))]
pub(crate) fn spectrum(
    py: Python<'_>,
    x: PyReadonlyArray2<'_, f64>,
    prepare: &str,
    population: Option<PyLaw>,
    sigma: Option<f64>,
    level: f64,
    null: &str,
    copies: usize,
    most: usize,
    seed: u64,
) -> PyResult<PySpectrum> {
    let preparation = chosen(
        "prepare",
        prepare,
        &[
            ("raw", Preparation::Raw),
            ("centred", Preparation::Centred),
            ("correlation", Preparation::Correlation),
        ],
    )?;
    let randomisation = chosen(
        "null",
        null,
        &[
            ("permutation", Randomisation::Permutation),
            ("signs", Randomisation::Signs),
        ],
    )?;
    let options = Options {
        preparation,
        population: population.map(|law| law.0),
        noise: sigma,
        level,
        randomisation,
        copies,
        most,
        seed,
    };
    let x = x.as_array();
    let mut interrupt = None;
    let found = py.detach(|| {
        let mut watch = || match Python::attach(|py| py.check_signals()) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                interrupt = Some(error);
                ControlFlow::Break(())
            }
        };
        DataSpectrum::watched(x, &options, &mut watch)
    });
    match (found, interrupt) {
        (Err(DataError::Stopped), Some(error)) => Err(error),
        (found, _) => found.map(PySpectrum).map_err(raised),
    }
}

#[pyfunction]
pub(crate) fn tracy_widom(s: f64) -> f64 {
    law_of_edges(s)
}
