//! The sample covariance of a data matrix against the Marchenko–Pastur law, or that of a population.
//!
//! X is n×p, a sample a row. With `S = XᵀX/N` after centring (`N = n − 1`) or without (`N = n`), or of standardised columns
//! (the correlation matrix), [`DataSpectrum::new`] answers what is asked of such data: the noise variance σ², fitted on
//! the bulk; its edges; how many eigenvalues stand out, by the Tracy–Widom law at the sizes at hand ([`Margin`]) and by
//! a test on randomised copies ([`Randomisation`]); what population variance and which angle belong to each
//! ([`Spike`]); which singular values to keep and by how much to shrink them ([`Denoising`]); and which population
//! spectrum lies behind the bulk ([`PopulationSpectrum`]).
//!
//! | symbol | meaning |
//! |---|---|
//! | `γ = p/N` | the ratio; `m = min(N, p)` eigenvalues are not 0, and only an m×m matrix is formed |
//! | `σ²` | the noise variance: the bulk's law is σ² times that of `H ⊠ MP^γ`, H the population's law (`δ₁` if none) |
//! | `λ`, `ℓ` | a sample eigenvalue outside the bulk, and the population eigenvalue that it belongs to |
//!
//! ```
//! use tensor_dyson::model::{EntryLaw, Streams};
//! use tensor_dyson::sample_covariance::{DataSpectrum, Options};
//!
//! let mut rng = Streams::new(1, "noise").stream(0);
//! // Noise of variance 1, and a factor of which each variable has a tenth.
//! let factor = EntryLaw::Gaussian.matrix(300, 1, &mut rng);
//! let x = EntryLaw::Gaussian.matrix(300, 60, &mut rng) + 0.1f64.sqrt() * &factor;
//! let found = DataSpectrum::new(x.view(), &Options::default())?;
//! assert_eq!(found.count, 1);
//! // The population has the eigenvalue 1 + 60/10 in the factor's direction.
//! let spike = found.spikes[0];
//! assert!((spike.population - 7.0).abs() < 4.0 * spike.standard_error);
//! assert!((found.noise.variance - 1.0).abs() < 0.03);
//! # Ok::<(), tensor_dyson::sample_covariance::DataError>(())
//! ```

mod airy;
mod bulk;
mod caveats;
mod denoise;
mod error;
mod gram;
mod margin;
mod nonnegative;
mod population;
mod prepare;
mod randomise;
mod shrink;
mod spikes;
mod stages;
mod study;
mod tracy_widom;

#[cfg(test)]
mod tests;

pub use bulk::{Bulk, Noise};
pub use caveats::Caveats;
pub use denoise::{Denoised, Denoising};
pub use error::DataError;
pub use margin::Margin;
pub(crate) use margin::lowest_of_white;
pub use population::PopulationSpectrum;
pub(crate) use population::population_spectrum;
pub use prepare::Preparation;
pub use randomise::{Copies, Randomisation};
pub use shrink::shrunk_eigenvalues;
pub use spikes::Spike;
pub use study::{ComponentTest, DataSpectrum, Found, Options};
pub use tracy_widom::tracy_widom;
