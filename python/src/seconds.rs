//! What the Rust call takes, for `benches/against_rust.py`.

use crate::error::raised;
use crate::law::PyLaw;
use numpy::PyReadonlyArray1;
use pyo3::prelude::*;
use std::hint::black_box;
use std::time::Instant;

/// Seconds of `Law::density_on` or of quantiles one after another, called from Rust with the same points.
#[pyfunction]
pub(crate) fn _seconds(
    py: Python<'_>,
    law: &PyLaw,
    what: &str,
    points: PyReadonlyArray1<'_, f64>,
) -> PyResult<f64> {
    let points = points.as_array().to_vec();
    let distribution = law.0.distribution().map_err(raised)?;
    py.detach(|| {
        let start = Instant::now();
        match what {
            "density" => drop(black_box(law.0.density_on(&points))),
            "quantile" => {
                let found: Vec<Option<f64>> =
                    points.iter().map(|&p| distribution.quantile(p)).collect();
                black_box(found);
            }
            other => {
                return Err(raised(format!(
                    "'{other}': it must be one of density, quantile"
                )));
            }
        }
        Ok(start.elapsed().as_secs_f64())
    })
}
