//! The kernel of given data against the law for their covariance.

use super::super::CommandError;
use super::given::{Asked, Read};
use super::network::{Held, fits};
use tensor_dyson::derive::{ntk_law, second_moments};
use tensor_dyson::linalg::symmetric_eigenvalues;
use tensor_dyson::model::{Parametrisation, Parts, Sizes, network_kernel};
use tensor_dyson::study::Study;

/// Which covariance the rows of X have in the law.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Covariance {
    /// The identity.
    White,
    /// That of the rows given, XᵀX/n: for many more rows than columns.
    Sample,
}

/// Rows for each column from which on a sample's covariance is near that of its law: its eigenvalues then err by a share of
/// at most 2/√10 + 1/10.
const ROWS: usize = 10;

/// Computes, prints and writes.
pub(super) fn run(study: Study, note: &str, mut asked: Asked<'_>) -> Result<(), CommandError> {
    let Sizes { n, d, p } = study.sizes;
    fits(&study)?;
    if n < ROWS * d {
        return Err(CommandError::FewRows {
            n,
            d,
            needed: ROWS * d,
        });
    }
    let activation = study.activation.clone();
    let Held { x, w, a, .. } = Held::of(study);
    let parts = Parts {
        output_layer: false,
        bias: None,
        parametrisation: Parametrisation::Ntk,
    };
    let kernel = network_kernel(x.view(), w.view(), a.view(), &activation, parts)?;
    let moments = second_moments(x.view());
    let (law, spectrum) = ntk_law(moments.view(), w.view(), a.view(), &activation, n)?;
    let error = spectrum
        .error
        .map_or(0.0, |error| error.probes + error.depth + error.enclosure);
    let text = format!(
        "the Marchenko–Pastur map, ratio {n}/{}, of the eigenvalues of 𝒬 for XᵀX/n, whose distribution function errs by {error:.1e}",
        d * p
    );
    asked.against(text, &law)?;
    asked.answer(Read {
        source: format!(
            "{note}; n = {n}, d = {d}, p = {p}, {}",
            activation.formulas()
        ),
        formula: parts.formula(),
        n,
        eigenvalues: symmetric_eigenvalues(kernel.view())?,
    })
}
