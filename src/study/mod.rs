//! The spectrum of a kernel beside its limit law: one question, with every choice that it takes made here.
//!
//! ```
//! use tensor_dyson::model::{Activation, Sizes};
//! use tensor_dyson::study::Study;
//!
//! let study = Study::new(Sizes::quadratic(20, 0.5, 1.5)?, Activation::Identity);
//! let found = study.run()?;
//! let (low, high) = found.edges().ok_or("a law without a density")?;
//! let highest = found.ends.highest.last().ok_or("no eigenvalue")?;
//! println!("law on [{low:.3}, {high:.3}], highest eigenvalue {:.3}", highest.value);
//! assert!(found.kolmogorov().distance < 0.05);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`Study`] says which kernel: sizes, activation, and X, W, a as given or drawn. [`Study::prepare`] reads its sizes and the
//! memory, and plans the route ([`Prepared`]); [`Prepared::run`] finds the law and the spectrum ([`Comparison`]), and
//! tells a [`Watch`] how far it is. [`Effort`] bounds the work, with a reason for each default.

mod comparison;
mod effort;
mod error;
mod given;
mod prepared;
mod routes;
mod rows;
#[cfg(test)]
mod tests;
mod watch;

pub use comparison::Comparison;
pub use effort::{Effort, Precision};
pub use error::StudyError;
pub use given::Study;
pub use prepared::Prepared;
pub(crate) use watch::Unwatched;
pub use watch::{Stage, Watch};
