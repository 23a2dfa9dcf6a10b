//! tensor-dyson
pub mod covariance;
pub mod dyson;
pub mod linalg;
pub mod linearization;
pub mod measure;
pub mod model;
pub mod tensor;
