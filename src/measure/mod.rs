//! Laws on the real line and what random-matrix theory does with them.
//!
//! Conventions: `s_μ(z) = ∫ dμ(x)/(x − z)`, so that `Im z > 0` gives `Im s > 0`.

mod atoms;
mod edges;
mod gauss;
mod law;
mod marchenko_pastur;
mod mp_map;
mod mp_map_distribution;
mod response;
mod weighted_covariance;

pub use atoms::{Atoms, AtomsError};
pub use edges::{Cluster, clusters, support};
pub use law::{Atom, Density, Distribution, Enclosed, Law, LawError, ParseError, Value, Walk};
pub use marchenko_pastur::{MarchenkoPastur, RatioError};
pub use mp_map::{MpMapError, MpMapPoint, NotConverged, marchenko_pastur_map, mp_map_bound};
pub use mp_map_distribution::{MpMapDistribution, MpMapDistributionError};
pub use response::{Jet, Response, ResponseError};
pub use weighted_covariance::{WeightedCovariance, WeightedCovarianceError};
