//! The random model of the slide 'Main result': entry laws, weights, activations, samples.

mod activation;
mod entries;
mod gauss;
mod sample;
mod streams;
mod weights;

pub use activation::{Activation, HermiteData, HermiteError};
pub use entries::EntryLaw;
pub use gauss::gaussian_mean;
pub use sample::{ModelError, NtkSample, Sizes, ntk};
pub use streams::Streams;
pub use weights::{WeightLaw, WeightLawError};
