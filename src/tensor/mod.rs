//! 4-tensors in the talk's notation: outer products, the braid operators as views, matricization,
//! the action on matrices and contraction by name, over any scalar.
//!
//! A 4-tensor is an `ndarray` array of four axes, `T[[a, b, c, d]] = T_abcd`. Nothing here is special to
//! floating point: the scalar may be `f64`, `Complex64`, `Ratio<i64>` or the prime field [`Fp`], so that
//! one piece of code serves numbers and exact checks.

mod action;
mod braid;
mod contract;
mod field;
mod matricize;

pub use action::{act, compose, identity_4, inner};
pub use braid::{outer, tau_23, tau_24};
pub use contract::{ContractError, contract};
pub use field::{Fp, Fp61, MERSENNE_61};
pub use matricize::{matricize, tensorize};
