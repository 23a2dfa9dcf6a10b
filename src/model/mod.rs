//! The random model of the slide 'Main result': entry laws, weights, activations, samples.

mod activation;
mod columns;
mod entries;
mod gauss;
mod network;
mod primitive;
mod rows;
mod sample;
mod sphere;
mod streams;
mod weights;

pub use activation::{
    Activation, ExpressionError, Formula, HermiteData, HermiteError, Sampled, SampledError, Smooth,
};
pub use columns::{ConstantColumn, standardise};
pub use entries::EntryLaw;
pub use gauss::gaussian_mean;
pub(crate) use gauss::gaussian_nodes;
pub use network::{Parametrisation, Parts, network_kernel};
pub use rows::{haar_orthogonal, sphere_rows};
pub use sample::{ModelError, NORMALISATION, NtkSample, Sizes, hadamard_gram, ntk};
pub use sphere::{harmonics, sphere_coefficients};
pub use streams::Streams;
pub use weights::{WeightLaw, WeightLawError};
