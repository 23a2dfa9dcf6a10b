//! The operations whose transform solves a subordination equation: the Marchenko–Pastur map, ⊞ and ⊠.

pub(crate) mod edges;
mod equation;
pub(crate) mod free_product;
pub(crate) mod free_sum;
mod gaps;
pub(crate) mod mp_map;
mod solver;
