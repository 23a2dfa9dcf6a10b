//! Extreme eigenvalues by the Lanczos method with restarts, each with an error bound.

use super::gauss_rule::Deepest;
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
    /// A number that no eigenvalue is below, as 0 of a Gram matrix; −∞ if none is known. With it the lowest
    /// eigenvalue is enclosed by it and the lowest Ritz value, which is never below it.
    pub floor: f64,
    /// Vectors in memory before a restart.
    pub basis: usize,
    /// Products after which the search stops.
    pub products: usize,
}

/// An approximate eigenvalue: of A on a Krylov space (Ritz 1909).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RitzValue {
    /// θ.
    pub value: f64,
    /// `‖Au − θu‖`, `‖u‖ = 1`: some eigenvalue lies within this of θ.
    pub residual: f64,
    /// The distance to the nearest other Ritz value, less the residual of that one; 0 where it is not known.
    pub gap: f64,
    /// The smaller of the residual and of Kato and Temple's `‖Au − θu‖²/gap`, the gap being that to the
    /// nearest other Ritz value less its residual; and `ε‖A‖` for each product, its rounding. It takes the
    /// Ritz values for neighbours: an eigenvalue whose vector is orthogonal to the start vector, or a
    /// second copy of a multiple one, is not seen. Of the lowest value it is at most the distance from
    /// [`Lanczos::floor`], which takes nothing for granted.
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
    /// The Ritz vectors, one a row, those of `lowest` first; empty where only values were asked for.
    pub vectors: Array2<f64>,
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
    let space = Krylov::new(start, options.basis);
    Ok(improve(operator, space, options, 0, progress)?.0)
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

/// Restarts and extends a Krylov space until its ends are within the tolerance; with the quadrature of the start
/// vector at the depth that was reached before the first restart.
pub(crate) fn improve(
    operator: &dyn SymmetricOperator,
    mut space: Krylov,
    options: &Lanczos,
    products_before: usize,
    progress: Progress<'_>,
) -> Result<(Extremes, Deepest), SpectrumError> {
    let n = operator.dimension();
    let wanted = options.low + options.high;
    if wanted == 0 || wanted > n {
        let dimension = n;
        return Err(SpectrumError::Count { wanted, dimension });
    }
    let mut products = products_before;
    let mut unrestarted = None;
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
            range
                .map(|i| bounded(&ritz, i, products, options.floor))
                .collect()
        };
        let (lowest, highest) = (end(0..options.low), end(size - options.high..size));
        let converged = within(&lowest, &highest, options.tolerance);
        if converged || stop || products >= options.products {
            let ends: Vec<usize> = (0..options.low).chain(size - options.high..size).collect();
            let extremes = Extremes {
                lowest,
                highest,
                products,
                converged,
                vectors: space.vectors(&ritz, &ends),
            };
            let deepest = unrestarted.map_or_else(|| Deepest::of(&space, &ritz), Ok)?;
            return Ok((extremes, deepest));
        }
        if !space.is_full() {
            continue;
        }
        if unrestarted.is_none() {
            unrestarted = Some(Deepest::of(&space, &ritz)?);
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

fn within(lowest: &[RitzValue], highest: &[RitzValue], tolerance: f64) -> bool {
    let mut all = lowest.iter().chain(highest);
    all.all(|ritz| ritz.bound <= tolerance)
}

fn bounded(ritz: &Ritz, i: usize, products: usize, floor: f64) -> RitzValue {
    let value = ritz.values[i];
    let gap = |k: usize| (ritz.values[k] - value).abs() - ritz.residuals[k];
    let below = i.checked_sub(1).map_or(f64::INFINITY, gap);
    let above = if i + 1 < ritz.values.len() {
        gap(i + 1)
    } else {
        f64::INFINITY
    };
    let norm = ritz.values.iter().fold(0.0, |m: f64, x| m.max(x.abs()));
    let rounding = f64::EPSILON * norm * products as f64;
    let floor = if i == 0 { floor } else { f64::NEG_INFINITY };
    RitzValue::new(value, ritz.residuals[i], below.min(above), rounding, floor)
}

impl RitzValue {
    fn new(value: f64, residual: f64, gap: f64, rounding: f64, floor: f64) -> Self {
        let gap = if gap.is_finite() { gap.max(0.0) } else { 0.0 };
        let bound = if gap > 0.0 {
            residual.min(residual * residual / gap)
        } else {
            residual
        };
        RitzValue {
            value,
            residual,
            gap,
            bound: bound.min((value - floor).abs()) + rounding,
        }
    }
}

/// The ends that were found with a cheaper operator, as one with single precision inside, held against A itself: for
/// each Ritz vector u the quotient `⟨u, Au⟩`, its residual, and the bound from them, the gap that was found and the floor.
///
/// # Errors
/// [`SpectrumError::NotFinite`].
///
/// # Panics
/// If the vectors are not those of `operator`'s dimension, one for each value.
pub fn verified(
    operator: &dyn SymmetricOperator,
    found: &Extremes,
    options: &Lanczos,
) -> Result<Extremes, SpectrumError> {
    let (low, count) = (found.lowest.len(), found.lowest.len() + found.highest.len());
    assert!(
        found.vectors.dim() == (count, operator.dimension()),
        "{count} Ritz values with vectors of shape {:?} for an operator of dimension {}",
        found.vectors.dim(),
        operator.dimension()
    );
    let mut products = Array2::zeros(found.vectors.dim());
    operator.apply(found.vectors.view(), products.view_mut());
    let product = found.products + count;
    if products.iter().any(|x| !x.is_finite()) {
        return Err(SpectrumError::NotFinite { product });
    }
    let norm = found.highest.iter().chain(&found.lowest);
    let norm = norm.fold(0.0, |m: f64, ritz| m.max(ritz.value.abs()));
    let quotient = |k: usize, before: &RitzValue| {
        let (u, au) = (found.vectors.row(k), products.row(k));
        let length = u.dot(&u);
        let value = u.dot(&au) / length;
        let left: f64 = u
            .iter()
            .zip(au)
            .map(|(u, au)| (au - value * u).powi(2))
            .sum();
        let residual = (left / length).sqrt();
        // The gap was between the values as they were found; the neighbour's is off by about what is left here.
        let gap = before.gap - (value - before.value).abs() - residual;
        let rounding = 4.0 * f64::EPSILON * norm;
        let floor = if k == 0 && low > 0 {
            options.floor
        } else {
            f64::NEG_INFINITY
        };
        RitzValue::new(value, residual, gap, rounding, floor)
    };
    let ends = |first: usize, values: &[RitzValue]| -> Vec<RitzValue> {
        let each = values.iter().enumerate();
        each.map(|(k, before)| quotient(first + k, before))
            .collect()
    };
    let (lowest, highest) = (ends(0, &found.lowest), ends(low, &found.highest));
    Ok(Extremes {
        converged: within(&lowest, &highest, options.tolerance),
        lowest,
        highest,
        products: product,
        vectors: found.vectors.clone(),
    })
}
