//! The k-th eigenvalue from an end, enclosed: Ritz vectors, and evidence that no eigenvalue is missing.

use super::confirmation::{Look, Seen};
use super::enclosure::{Enclosure, both, within};
use super::extremes::{AllEigenvalues, Extremes, Progress, SpectrumError};
use super::lanczos::{Lanczos, extremes};
use super::operator::SymmetricOperator;
use super::subspace::Subspace;
use crate::model::Streams;
use ndarray::Array2;

/// Both ends of a spectrum, each eigenvalue in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Certified {
    /// The lowest eigenvalues, ascending.
    pub lowest: Vec<Enclosure>,
    /// The highest eigenvalues, ascending.
    pub highest: Vec<Enclosure>,
    /// Products with A that were taken, those of the search among them.
    pub products: usize,
    /// Every enclosure is within the tolerance.
    pub converged: bool,
}

/// Searches of what the first one missed, at most.
const ROUNDS: u64 = 3;
/// The probability with which all enclosures hold.
pub const CONFIDENCE: f64 = 0.99;
/// The probability that one look at one end is wrong: there are two ends, and a look more than rounds.
const FAILURE: f64 = (1.0 - CONFIDENCE) / (2.0 * (ROUNDS + 1) as f64);
/// Rows up to which all eigenvalues are found instead, which leaves nothing to confirm: as many products as rows.
const SMALL: usize = 1000;
/// Steps after a random vector, at least; otherwise as many as the search took.
const STEPS: usize = 64;

/// The ends that a search found, held against A itself, and against a random vector that is orthogonal to them: whatever the
/// search missed would show there. Each eigenvalue is enclosed in its place, with probability [`CONFIDENCE`] over that
/// vector. What turns out to be missing is searched for.
///
/// The search may have used a cheaper operator, as one with single precision inside.
///
/// # Errors
/// [`SpectrumError::NotFinite`], or [`SpectrumError::Linalg`].
///
/// # Panics
/// If the vectors are not of `operator`'s dimension.
pub fn certified(
    operator: &dyn SymmetricOperator,
    found: &Extremes,
    options: &Lanczos,
    streams: Streams,
    progress: Progress<'_>,
) -> Result<Certified, SpectrumError> {
    assert!(
        found.vectors.ncols() == operator.dimension(),
        "Ritz vectors of shape {:?} for an operator of dimension {}",
        found.vectors.dim(),
        operator.dimension()
    );
    if let Some(all) = &found.all {
        return Ok(known(all, found.products, options));
    }
    let mut search = Confirmed {
        operator,
        options,
        streams,
        progress,
        steps: found.products.max(STEPS).min(options.products.max(STEPS)),
        products: found.products,
    };
    if let Some(all) = search.all() {
        return Ok(known(&all, search.products, options));
    }
    let mut vectors = found.vectors.clone();
    let mut round = 0;
    loop {
        search.products += vectors.nrows();
        let subspace = Subspace::of(operator, vectors.view(), search.products)?;
        let looked = search.look(&subspace, round)?;
        round += 1;
        let done = looked.converged || !looked.is_missing || round > ROUNDS;
        let further = if done || (search.progress)(search.products).is_break() {
            None
        } else {
            search.further(&subspace, round)?
        };
        let Some(further) = further else {
            let [lowest, highest] = looked.ends;
            return Ok(Certified {
                lowest,
                highest,
                products: search.products,
                converged: looked.converged,
            });
        };
        vectors = further;
    }
}

/// A search that is being confirmed.
struct Confirmed<'a> {
    operator: &'a dyn SymmetricOperator,
    options: &'a Lanczos,
    streams: Streams,
    progress: Progress<'a>,
    /// Products after a random vector.
    steps: usize,
    /// Products so far.
    products: usize,
}

/// What a look at the complement of a subspace has told.
struct Looked {
    ends: [Vec<Enclosure>; 2],
    converged: bool,
    is_missing: bool,
}

impl Confirmed<'_> {
    /// All eigenvalues of a small operator, which leave nothing to confirm.
    fn all(&mut self) -> Option<AllEigenvalues> {
        let dimension = self.operator.dimension();
        if dimension > SMALL {
            return None;
        }
        let whole = Lanczos {
            // Never met: the search ends where the space does.
            tolerance: 0.0,
            basis: dimension,
            products: usize::MAX,
            ..*self.options
        };
        let streams = self.streams.child(u64::MAX - 1);
        let whole = extremes(self.operator, &whole, streams, &mut *self.progress).ok()?;
        let all = whole.all?;
        self.products += whole.products;
        Some(all)
    }

    /// A random vector's view of what is orthogonal to a subspace.
    fn look(&mut self, subspace: &Subspace, round: u64) -> Result<Looked, SpectrumError> {
        let options = self.options;
        let rounding = super::krylov::ROUNDING
            * self.operator.unit()
            * subspace.norm
            * (subspace.count() as f64).sqrt();
        let enough = |seen: &Seen| {
            let ends = both(subspace, Some(seen), options, rounding);
            within(&ends, options.tolerance)
        };
        let look = Look {
            steps: self.steps,
            failure: FAILURE,
            before: self.products,
        };
        let streams = self.streams.child(round);
        let deflated = subspace.deflated(self.operator);
        let (seen, after) = look.seen(&deflated, streams, enough, &mut *self.progress)?;
        self.products = after;
        let ends = both(subspace, seen.as_ref(), options, rounding);
        Ok(Looked {
            converged: within(&ends, options.tolerance),
            is_missing: seen.is_some_and(|seen| is_missing(&seen, subspace, options)),
            ends,
        })
    }

    /// The subspace with what was searched for in its complement; `None` where too little was left to find anything.
    fn further(
        &mut self,
        subspace: &Subspace,
        round: u64,
    ) -> Result<Option<Array2<f64>>, SpectrumError> {
        let more = Lanczos {
            floor: f64::NEG_INFINITY,
            products: self.options.products.max(STEPS),
            ..*self.options
        };
        let streams = self.streams.child(ROUNDS + round);
        let deflated = subspace.deflated(self.operator);
        match extremes(&deflated, &more, streams, &mut *self.progress) {
            Ok(further) => {
                self.products += further.products;
                Ok(Some(subspace.with(further.vectors.view())))
            }
            Err(SpectrumError::Stopped { .. } | SpectrumError::Count { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// The ends of a spectrum that is known.
fn known(all: &AllEigenvalues, products: usize, options: &Lanczos) -> Certified {
    let (values, bound) = (&all.values, all.bound);
    let each = |range: std::ops::Range<usize>| -> Vec<Enclosure> {
        let values = values[range].iter();
        let each = values.map(|&value| Enclosure::around(value, bound, options.floor));
        each.collect()
    };
    let n = values.len();
    Certified {
        lowest: each(0..options.low.min(n)),
        highest: each(n - options.high.min(n)..n),
        products,
        converged: bound <= options.tolerance,
    }
}

/// Whether the complement has Ritz values beyond an end, or too near to tell.
fn is_missing(seen: &Seen, subspace: &Subspace, options: &Lanczos) -> bool {
    let count = subspace.count();
    let (low, high) = (options.low.min(count), options.high.min(count));
    let above = high > 0 && seen.inside.1 > subspace.values[count - high] - options.tolerance;
    let below = low > 0 && seen.inside.0 < subspace.values[low - 1] + options.tolerance;
    above || below
}
