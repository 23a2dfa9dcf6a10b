//! tensor-dyson
pub mod linalg;
