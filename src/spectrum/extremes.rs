//! What a search for extreme eigenvalues finds, and why it may find nothing.

use crate::linalg::LinalgError;
use ndarray::Array2;
use std::ops::ControlFlow;

/// An approximate eigenvalue: of A on a Krylov space (Ritz 1909).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RitzValue {
    /// θ.
    pub value: f64,
    /// `‖Au − θu‖`, `‖u‖ = 1`: some eigenvalue lies within this of θ.
    pub residual: f64,
    /// What the search aims at: the smaller of the residual and of Kato and Temple's `‖Au − θu‖²/gap`, the gap being
    /// that to the nearest other Ritz value less its residual; and `ε‖A‖` for each product, its rounding. It takes the
    /// Ritz values for neighbours, so it is an estimate: [`certified`](super::certified) turns it into an enclosure.
    /// Of the lowest value it is at most the distance from [`Lanczos::floor`](super::Lanczos::floor), which takes nothing for granted.
    pub estimate: f64,
}

/// All eigenvalues, from a space that left none out.
#[derive(Debug, Clone, PartialEq)]
pub struct AllEigenvalues {
    /// Ascending.
    pub values: Vec<f64>,
    /// How far each may be off, with probability 99 % at least: `√N` times the rounding of a product, and a hundred
    /// times that where A is 0 on a random vector of the rest (a random unit vector has, with that probability, at least
    /// `1/(100√N)` of itself along the largest eigenvector there).
    pub bound: f64,
}

/// Both ends of a spectrum, as the search found them.
#[derive(Debug, Clone, PartialEq)]
pub struct Extremes {
    /// The lowest Ritz values, ascending.
    pub lowest: Vec<RitzValue>,
    /// The highest Ritz values, ascending.
    pub highest: Vec<RitzValue>,
    /// Products with A that were taken.
    pub products: usize,
    /// Every estimate is within the tolerance.
    pub converged: bool,
    /// Orthonormal Ritz vectors, one a row: those of `lowest` and `highest`, and of some of their neighbours.
    pub vectors: Array2<f64>,
    /// All eigenvalues, if the search exhausted the space.
    pub all: Option<AllEigenvalues>,
}

/// Why there are no eigenvalues or no quadrature.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum SpectrumError {
    /// A product is NaN or infinite.
    #[error(
        "product {product} with the operator is not finite: do the data hold NaN or infinities?"
    )]
    NotFinite {
        /// Which product, from 1.
        product: usize,
    },
    /// Nothing is asked for, or there is nothing.
    #[error("{wanted} eigenvalues or steps are asked of an operator of dimension {dimension}")]
    Count {
        /// How many.
        wanted: usize,
        /// The dimension.
        dimension: usize,
    },
    /// The caller stopped the run before it had a result.
    #[error("stopped after {products} products, before there was a result")]
    Stopped {
        /// Products taken.
        products: usize,
    },
    /// The small projected problem failed.
    #[error(transparent)]
    Linalg(#[from] LinalgError),
}

/// Told the number of products so far; may stop the run.
pub type Progress<'a> = &'a mut dyn FnMut(usize) -> ControlFlow<()>;
