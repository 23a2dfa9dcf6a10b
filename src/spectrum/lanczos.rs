//! Extreme eigenvalues by the Lanczos method with restarts, each with an error bound.

use super::extremes::{AllEigenvalues, Extremes, Progress, RitzValue, SpectrumError};
use super::gauss_rule::Deepest;
use super::krylov::{Krylov, Ritz};
use super::operator::SymmetricOperator;
use crate::model::Streams;
use ndarray::{Array1, Array2, Axis};
use rand_distr::{Distribution, StandardNormal};

/// What is wanted of [`extremes`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lanczos {
    /// Number of lowest eigenvalues.
    pub low: usize,
    /// Number of highest eigenvalues.
    pub high: usize,
    /// The error to which each is wanted, absolute; the search ends as well where it is down to rounding, unless this is 0.
    pub tolerance: f64,
    /// A number that no eigenvalue is below, as 0 of a Gram matrix; −∞ if none is known. With it the lowest
    /// eigenvalue is enclosed by it and the lowest Ritz value, which is never below it.
    pub floor: f64,
    /// Vectors in memory before a restart.
    pub basis: usize,
    /// Products after which the search stops.
    pub products: usize,
}

/// The extreme eigenvalues of A, from a Gaussian start vector drawn from `streams`; all of them if there are fewer than
/// asked for.
///
/// Krylov space with full reorthogonalisation and thick restarts (Wu and Simon 2000); an invariant space is left by a
/// random vector orthogonal to it, so that multiple eigenvalues are found as often as they are there. Each turn takes
/// a product and reports it: if the products run out, or the caller stops, the result says how far it got.
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
    let space = Krylov::new(start, options.room(), operator.unit(), rng);
    Ok(improve(operator, space, options, 0, progress)?.0)
}

impl Lanczos {
    /// Vectors in memory: at least two more than are wanted, so that a restart leaves room for a product.
    pub(super) fn room(&self) -> usize {
        self.basis
            .max(self.low.saturating_add(self.high).saturating_add(2))
    }
}

/// One product for each of the spaces, which have room.
pub(super) fn advance(
    operator: &dyn SymmetricOperator,
    spaces: &mut [&mut Krylov],
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
    let (dimension, wanted) = (operator.dimension(), options.low + options.high);
    if wanted == 0 || dimension == 0 {
        return Err(SpectrumError::Count { wanted, dimension });
    }
    let mut products = products_before;
    let mut unrestarted = None;
    loop {
        let mut stop = false;
        // Looked at before it is full, after each further eighth: the ends may be there already.
        let look = space.size() + (space.size() / 8).max(wanted + 8);
        while !space.is_full() && !space.is_complete() && space.size() < look && !stop {
            stop = products >= options.products || progress(products).is_break();
            if !stop {
                products += 1;
                advance(operator, &mut [&mut space], products)?;
            }
        }
        if space.size() < wanted.min(dimension) && !space.is_complete() {
            return Err(SpectrumError::Stopped { products });
        }
        let ritz = space.ritz()?;
        let mut ends = Ends::of(&ritz, options, products);
        ends.converged |= space.is_complete();
        if ends.converged || ends.is_rounding || stop || space.is_complete() {
            let extremes = ends.extremes(&space, &ritz, products);
            let deepest = unrestarted.map_or_else(|| Deepest::of(&space, &ritz), Ok)?;
            return Ok((extremes, deepest));
        }
        if space.is_full() {
            if unrestarted.is_none() {
                unrestarted = Some(Deepest::of(&space, &ritz)?);
            }
            let (low, high) = options.kept(space.size());
            space.restart(&ritz, low, high);
        }
    }
}

impl Lanczos {
    /// Ritz vectors kept by a restart, of `size`, at both ends: half of them, for room for as many products; the
    /// neighbours beyond the wanted ends speed them up.
    fn kept(&self, size: usize) -> (usize, usize) {
        let spare = (size / 2).saturating_sub(self.low + self.high);
        match (self.low, self.high) {
            (low, 0) => (low + spare, 0),
            (0, high) => (0, high + spare),
            (low, high) => (low + spare / 2, high + spare / 2),
        }
    }
}

/// Neighbours of an end whose vectors are handed on, at most.
const NEIGHBOURS: usize = 8;
/// A neighbour is handed on if its residual is at most this share of its distance from the end.
const SETTLED: f64 = 0.03;

/// The ends of a space's Ritz values.
struct Ends {
    lowest: Vec<RitzValue>,
    highest: Vec<RitzValue>,
    converged: bool,
    /// What is left of the estimates is rounding: further products do not help.
    is_rounding: bool,
    /// The Ritz values whose vectors are handed on, ascending.
    vectors: Vec<usize>,
}

impl Ends {
    fn of(ritz: &Ritz, options: &Lanczos, products: usize) -> Self {
        let size = ritz.values.len();
        let (low, high) = (options.low.min(size), options.high.min(size));
        let norm = ritz.values.iter().fold(0.0, |m: f64, x| m.max(x.abs()));
        let rounding = f64::EPSILON * norm * products as f64;
        let end = |range: std::ops::Range<usize>| -> Vec<RitzValue> {
            let each = range.map(|i| estimated(ritz, i, rounding, options.floor));
            each.collect()
        };
        let (lowest, highest) = (end(0..low), end(size - high..size));
        let within = |allowed: f64| {
            let mut all = lowest.iter().chain(&highest);
            all.all(|ritz| ritz.estimate <= allowed)
        };
        let settled = |k: usize, end: usize| {
            ritz.residuals[k] <= SETTLED * (ritz.values[k] - ritz.values[end]).abs()
        };
        let below =
            (low..size.min(low + NEIGHBOURS)).take_while(|&k| low > 0 && settled(k, low - 1));
        let above = (size.saturating_sub(high + NEIGHBOURS)..size - high)
            .rev()
            .take_while(|&k| high > 0 && settled(k, size - high));
        let mut vectors: Vec<usize> = (0..low).chain(below).chain(above).collect();
        vectors.extend(size - high..size);
        vectors.sort_unstable();
        vectors.dedup();
        Ends {
            converged: within(options.tolerance),
            is_rounding: options.tolerance > 0.0 && within(options.tolerance.max(2.0 * rounding)),
            lowest,
            highest,
            vectors,
        }
    }

    fn extremes(self, space: &Krylov, ritz: &Ritz, products: usize) -> Extremes {
        Extremes {
            lowest: self.lowest,
            highest: self.highest,
            products,
            converged: self.converged,
            vectors: space.vectors(ritz, &self.vectors),
            all: space.is_complete().then(|| all(space, ritz)),
        }
    }
}

/// All eigenvalues, of a space that is complete: what is not in it is 0.
fn all(space: &Krylov, ritz: &Ritz) -> AllEigenvalues {
    let n = space.dimension();
    let rest = n - ritz.values.len();
    let mut values = ritz.values.to_vec();
    values.resize(n, 0.0);
    values.sort_by(f64::total_cmp);
    let each = (n as f64).sqrt() * space.rounding();
    AllEigenvalues {
        values,
        bound: if rest > 0 { 100.0 * each } else { each },
    }
}

fn estimated(ritz: &Ritz, i: usize, rounding: f64, floor: f64) -> RitzValue {
    let (value, residual) = (ritz.values[i], ritz.residuals[i]);
    let gap = |k: usize| (ritz.values[k] - value).abs() - ritz.residuals[k];
    let below = i.checked_sub(1).map_or(f64::INFINITY, gap);
    let above = if i + 1 < ritz.values.len() {
        gap(i + 1)
    } else {
        f64::INFINITY
    };
    let gap = below.min(above);
    let estimate = if gap.is_finite() && gap > 0.0 {
        residual.min(residual * residual / gap)
    } else {
        residual
    };
    let floor = if i == 0 { floor } else { f64::NEG_INFINITY };
    RitzValue {
        value,
        residual,
        estimate: estimate.min((value - floor).abs()) + rounding,
    }
}
