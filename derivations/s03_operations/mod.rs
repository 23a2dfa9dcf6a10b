//! Section 3: the operations on laws of the slide 'Limiting distribution'.

use crate::kit::common::{points, rms};
use ndarray::Array1;
use num_complex::Complex64;
use tensor_dyson::measure::Atoms;
use tensor_dyson::spectrum::empirical_stieltjes;

claims! {
    mp_map,
    mp_map_is_not_box,
    free_additive,
    classical_convolution,
}

/// ν in the claims of this section: two atoms and a mass at 0.
fn nu() -> Result<Atoms, tensor_dyson::measure::AtomsError> {
    Atoms::new(vec![0.0, 1.0, 3.0], vec![0.2, 0.5, 0.3])
}

/// A diagonal of `size` entries with the law ν, as near as `size` allows.
fn diagonal(nu: &Atoms, size: usize) -> Array1<f64> {
    let mut entries = Vec::with_capacity(size);
    let mut mass = 0.0;
    for (&at, &m) in nu.at().iter().zip(nu.mass()) {
        mass += m;
        entries.resize((mass * size as f64).round() as usize, at);
    }
    entries.resize(size, nu.at()[nu.at().len() - 1]);
    Array1::from(entries)
}

/// The root mean square of `s_emp − s` over the points of comparison.
fn error(eigenvalues: &[f64], s: &[Complex64]) -> f64 {
    let differences = points().into_iter().zip(s);
    rms(differences.map(|(z, s)| empirical_stieltjes(eigenvalues, z) - s))
}
