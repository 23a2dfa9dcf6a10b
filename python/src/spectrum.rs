//! `spectrum(X)`.

use crate::data::PySpectrum;
use crate::error::raised;
use crate::law::PyLaw;
use numpy::PyReadonlyArray2;
use pyo3::prelude::*;
use std::ops::ControlFlow;
use tensor_dyson::sample_covariance::{
    DataError, DataSpectrum, Options, Preparation, Randomisation, tracy_widom as law_of_edges,
};

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
        (found, _) => found
            .map(|found| PySpectrum::new(py, found))
            .map_err(raised),
    }
}

/// ``F_1(s)``, the Tracy-Widom law of real matrices, to about 1e-13.
#[pyfunction]
pub(crate) fn tracy_widom(s: f64) -> f64 {
    law_of_edges(s)
}
