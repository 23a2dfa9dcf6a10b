//! Eigenvalues with laws laid over them.

use super::figures::{bulk_end, grid};
use num_complex::Complex64;
use std::f64::consts::PI;
use tensor_dyson::ledger::{Axis, CheckError, Figure};

/// `s(z)` of a law.
type Transform<'a> = &'a dyn Fn(Complex64) -> Result<Complex64, CheckError>;

/// The part of ascending eigenvalues below the share of them, with laws laid over it, each given by its transform and seen a little
/// above the axis.
pub(crate) fn spectrum_and_law(
    id: &'static str,
    title: &str,
    eigenvalues: &[f64],
    share: f64,
    laws: &[(&str, Transform<'_>)],
) -> Result<Figure, CheckError> {
    let high = bulk_end(eigenvalues, share);
    let low = eigenvalues[0].min(0.0) - 0.02 * high;
    let mut figure = Figure::new(
        id,
        title,
        Axis::linear("λ").within(low, high),
        Axis::linear("density"),
    )
    .histogram(
        format!("eigenvalues, {}", eigenvalues.len()),
        eigenvalues,
        (low, high),
        50,
    );
    for (name, transform) in laws {
        let density: Vec<_> = grid(low, high)
            .into_iter()
            .map(|x| Ok((x, transform(Complex64::new(x, 0.01 * high))?.im / PI)))
            .collect::<Result<_, CheckError>>()?;
        figure = figure.line(*name, density);
    }
    Ok(figure)
}
