//! The operations whose transform solves a subordination equation: the Marchenko–Pastur map, ⊞, its powers, and ⊠.

mod ahead;
mod component;
mod concave;
mod confirmed;
mod continued;
pub(crate) mod edges;
pub(crate) mod enclosure;
mod equation;
pub(crate) mod free_power;
pub(crate) mod free_product;
pub(crate) mod free_sum;
mod gaps;
mod iterate;
pub(crate) mod mp_map;
pub(crate) mod mp_map_of_response;
mod pairing;
mod solver;
