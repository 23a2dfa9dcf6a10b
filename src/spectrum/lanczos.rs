//! Extreme eigenvalues by the Lanczos method with restarts, each with an error bound.

use super::krylov::{Krylov, Ritz};
use super::operator::SymmetricOperator;
use crate::linalg::LinalgError;
use crate::model::Streams;
use ndarray::{Array1, Array2, Axis};
use rand_distr::{Distribution, StandardNormal};
use std::ops::ControlFlow;

/// What is wanted of [`extremes`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lanczos {
    /// Number of lowest eigenvalues.
    pub low: usize,
    /// Number of highest eigenvalues.
    pub high: usize,
    /// The error to which each is wanted, absolute.
    pub tolerance: f64,
    /// Vectors in memory before a restart.
    pub basis: usize,
    /// Products after which the search stops.
    pub products: usize,
}

/// An approximate eigenvalue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RitzValue {
    /// θ.
    pub value: f64,
    /// `‖Au − θu‖`, `‖u‖ = 1`: some eigenvalue lies within this of θ.
    pub residual: f64,
    /// The smaller of the residual and of Kato and Temple's `‖Au − θu‖²/gap`, the gap being that to the
    /// nearest other Ritz value less its residual; and `ε‖A‖` for each product, its rounding. It takes the
    /// Ritz values for neighbours: an eigenvalue whose vector is orthogonal to the start vector, or a
    /// second copy of a multiple one, is not seen.
    pub bound: f64,
}

/// Both ends of a spectrum.
#[derive(Debug, Clone, PartialEq)]
pub struct Extremes {
    /// The lowest eigenvalues, ascending.
    pub lowest: Vec<RitzValue>,
    /// The highest eigenvalues, ascending.
    pub highest: Vec<RitzValue>,
    /// Products with A that were taken.
    pub products: usize,
    /// Every bound is within the tolerance.
    pub converged: bool,
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
    /// Nothing is asked for, or more than there is.
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

/// The extreme eigenvalues of A, from a Gaussian start vector drawn from `streams`.
///
/// Krylov space with full reorthogonalisation and thick restarts (Wu and Simon 2000). If the products run out, or
/// the caller stops, the result says how far it got.
///
/// # Errors
/// [`SpectrumError`].
pub fn extremes(
    operator: &dyn SymmetricOperator,
    options: &Lanczos,
    streams: Streams,
    progress: Progress<'_>,
) -> Result<Extremes, SpectrumError> {
    let n = operator.dimension();
    let mut rng = streams.stream(0);
    let start = Array1::from_shape_simple_fn(n, || StandardNormal.sample(&mut rng));
    improve(
        operator,
        Krylov::new(start, options.basis),
        options,
        0,
        progress,
    )
}

/// One product for each space that has room.
pub(crate) fn advance(
    operator: &dyn SymmetricOperator,
    spaces: &mut [Krylov],
    product: usize,
) -> Result<(), SpectrumError> {
    let mut block = Array2::zeros((spaces.len(), operator.dimension()));
    for (mut row, space) in block.rows_mut().into_iter().zip(&*spaces) {
        row.assign(&space.next());
    }
    let mut products = Array2::zeros(block.dim());
    operator.apply(block.view(), products.view_mut());
    if products.iter().any(|x| !x.is_finite()) {
        return Err(SpectrumError::NotFinite { product });
    }
    for (row, space) in products.axis_iter_mut(Axis(0)).zip(spaces) {
        space.absorb(row);
    }
    Ok(())
}

/// Restarts and extends a Krylov space until its ends are within the tolerance.
pub(crate) fn improve(
    operator: &dyn SymmetricOperator,
    mut space: Krylov,
    options: &Lanczos,
    products_before: usize,
    progress: Progress<'_>,
) -> Result<Extremes, SpectrumError> {
    let n = operator.dimension();
    let wanted = options.low + options.high;
    if wanted == 0 || wanted > n {
        let dimension = n;
        return Err(SpectrumError::Count { wanted, dimension });
    }
    let mut products = products_before;
    loop {
        let mut stop = false;
        // Looked at before it is full, after each further eighth: the ends may be there already.
        let look = space.size() + (space.size() / 8).max(wanted + 8);
        while !space.is_full() && space.size() < look && !stop {
            if products >= options.products || progress(products).is_break() {
                stop = true;
            } else {
                products += 1;
                advance(operator, std::slice::from_mut(&mut space), products)?;
            }
        }
        if space.size() < wanted {
            // An invariant space, smaller than what is wanted, or no time for it.
            return Err(SpectrumError::Stopped { products });
        }
        let ritz = space.ritz()?;
        let size = space.size();
        let end = |range: std::ops::Range<usize>| -> Vec<RitzValue> {
            range.map(|i| bounded(&ritz, i, products)).collect()
        };
        let (lowest, highest) = (end(0..options.low), end(size - options.high..size));
        let converged = lowest
            .iter()
            .chain(&highest)
            .all(|r| r.bound <= options.tolerance);
        if converged || stop || products >= options.products {
            return Ok(Extremes {
                lowest,
                highest,
                products,
                converged,
            });
        }
        if !space.is_full() {
            continue;
        }
        // Room for as many products as vectors kept; the neighbours beyond the wanted ends speed them up.
        let spare = (size / 2).saturating_sub(wanted);
        let (low, high) = match (options.low, options.high) {
            (low, 0) => (low + spare, 0),
            (0, high) => (0, high + spare),
            (low, high) => (low + spare / 2, high + spare / 2),
        };
        space.restart(&ritz, low, high);
    }
}

fn bounded(ritz: &Ritz, i: usize, products: usize) -> RitzValue {
    let (value, residual) = (ritz.values[i], ritz.residuals[i]);
    let gap = |k: usize| (ritz.values[k] - value).abs() - ritz.residuals[k];
    let below = if i > 0 { gap(i - 1) } else { f64::INFINITY };
    let above = if i + 1 < ritz.values.len() {
        gap(i + 1)
    } else {
        f64::INFINITY
    };
    let gap = below.min(above);
    let bound = if gap > 0.0 && gap.is_finite() {
        residual.min(residual * residual / gap)
    } else {
        residual
    };
    let norm = ritz.values.iter().fold(0.0, |m: f64, x| m.max(x.abs()));
    RitzValue {
        value,
        residual,
        bound: bound + f64::EPSILON * norm * products as f64,
    }
}
