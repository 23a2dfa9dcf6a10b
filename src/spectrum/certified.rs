//! The k-th eigenvalue from an end, enclosed: Ritz vectors, and evidence that no eigenvalue is missing.

use super::confirmation::{Deflated, Seen, seen};
use super::lanczos::{AllEigenvalues, Extremes, Lanczos, Progress, SpectrumError, extremes};
use super::operator::SymmetricOperator;
use crate::linalg::symmetric_eigen;
use crate::model::Streams;
use crate::numbers::{larger, most};
use ndarray::{Array1, Array2, ArrayView2, Axis, concatenate, s};

/// Where the k-th eigenvalue from an end is, k its place in the list.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Enclosure {
    /// The approximation θ.
    pub value: f64,
    /// `‖Au − θu‖`, `‖u‖ = 1`: some eigenvalue is within this of θ.
    pub residual: f64,
    /// It is at least this, −∞ if that is not known.
    pub low: f64,
    /// And at most this, ∞ if that is not known.
    pub high: f64,
}

impl Enclosure {
    /// Of a value that is known to within `bound`, of a number that is not below `floor`.
    pub fn around(value: f64, bound: f64, floor: f64) -> Self {
        Enclosure {
            value,
            residual: bound,
            low: (value - bound).max(floor),
            high: value + bound,
        }
    }

    /// How far the eigenvalue may be from the value.
    pub fn bound(&self) -> f64 {
        larger(self.value - self.low, self.high - self.value)
    }
}

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

/// Rayleigh–Ritz on a span: orthonormal rows, their values, ascending, and the residuals `‖Au − θu‖`.
struct Subspace {
    vectors: Array2<f64>,
    values: Array1<f64>,
    residuals: Array1<f64>,
    norm: f64,
}

impl Subspace {
    fn of(
        operator: &dyn SymmetricOperator,
        rows: ArrayView2<'_, f64>,
        product: usize,
    ) -> Result<Self, SpectrumError> {
        let basis = orthonormal(rows);
        let mut images = Array2::zeros(basis.raw_dim());
        operator.apply(basis.view(), images.view_mut());
        if images.iter().any(|x| !x.is_finite()) {
            return Err(SpectrumError::NotFinite { product });
        }
        let projected = basis.dot(&images.t());
        let eigen = symmetric_eigen(projected.view())?;
        let vectors = eigen.vectors.t().dot(&basis);
        let images = eigen.vectors.t().dot(&images);
        let residuals = (0..eigen.values.len()).map(|k| {
            let mut rest = images.row(k).to_owned();
            rest.scaled_add(-eigen.values[k], &vectors.row(k));
            rest.dot(&rest).sqrt()
        });
        Ok(Subspace {
            residuals: residuals.collect(),
            norm: most(eigen.values.iter().map(|x| x.abs())),
            values: eigen.values,
            vectors,
        })
    }

    fn count(&self) -> usize {
        self.values.len()
    }

    /// `‖R‖` of the residuals of some rows together, in the norm of Frobenius.
    fn residual(&self, rows: std::ops::Range<usize>) -> f64 {
        let squares = self.residuals.slice(s![rows]).mapv(|r| r * r);
        squares.sum().sqrt()
    }
}

/// Orthonormal rows with the same span, but for rows that are rounding of the others; two passes of Gram and Schmidt.
fn orthonormal(rows: ArrayView2<'_, f64>) -> Array2<f64> {
    let mut basis: Vec<Array1<f64>> = Vec::with_capacity(rows.nrows());
    for row in rows.rows() {
        let mut row = row.to_owned();
        let before = row.dot(&row).sqrt();
        for _ in 0..2 {
            for other in &basis {
                let inside = other.dot(&row);
                row.scaled_add(-inside, other);
            }
        }
        let norm = row.dot(&row).sqrt();
        if norm > 1e-3 * before {
            basis.push(row / norm);
        }
    }
    let mut all = Array2::zeros((basis.len(), rows.ncols()));
    for (mut to, row) in all.rows_mut().into_iter().zip(&basis) {
        to.assign(row);
    }
    all
}

/// The enclosures of the `count` highest eigenvalues, descending, of A with the values θ and residuals (descending, first those
/// of the group) of a subspace, on whose complement A is at most `outside` and its Ritz values reach `inside`.
///
/// With Θ, R, M the blocks of A in the subspace, between, and in the complement: the j-th eigenvalue is at least θ_j
/// (Cauchy's interlacing). The complement of the group alone has eigenvalues up to
/// `α = max(θ_next, outside) + ‖R_rest‖` (Weyl), hence the j-th eigenvalue is at most `max(θ_j, α) + ‖R_group‖`, and where
/// `θ_j > α` at most `θ_j + ‖R_group‖²/(θ_j − α)` (Li and Li 2005, theorem 2).
fn enclosed(
    ritz: &[(f64, f64)],
    count: usize,
    group: f64,
    rest: f64,
    outside: f64,
    rounding: f64,
) -> Vec<Enclosure> {
    let next = ritz.get(count).map_or(f64::NEG_INFINITY, |next| next.0);
    let reach = next.max(outside) + rest;
    let each = ritz[..count].iter().map(|&(value, residual)| {
        let gap = value - reach;
        let over = if gap > 0.0 {
            group.min(group * group / gap)
        } else {
            reach.max(value) - value + group
        };
        Enclosure {
            value,
            residual,
            low: value - rounding,
            high: value + over + rounding,
        }
    });
    each.collect()
}

/// Both ends, from a subspace and what was seen of its complement.
fn both(
    subspace: &Subspace,
    seen: Option<&Seen>,
    options: &Lanczos,
    rounding: f64,
) -> [Vec<Enclosure>; 2] {
    let count = subspace.count();
    let (low, high) = (options.low.min(count), options.high.min(count));
    // Nothing is outside of the subspace where it has no complement.
    let outside = seen.map_or((f64::INFINITY, f64::NEG_INFINITY), |seen| seen.outside);
    let ritz = subspace.values.iter().zip(&subspace.residuals);
    let descending: Vec<(f64, f64)> = ritz.clone().rev().map(|(x, r)| (*x, *r)).collect();
    let mirrored: Vec<(f64, f64)> = ritz.map(|(x, r)| (-x, *r)).collect();
    let (top, rest) = (
        subspace.residual(count - high..count),
        subspace.residual(0..count - high),
    );
    let mut highest = enclosed(&descending, high, top, rest, outside.1, rounding);
    highest.reverse();
    let (bottom, rest) = (subspace.residual(0..low), subspace.residual(low..count));
    let lowest = enclosed(&mirrored, low, bottom, rest, -outside.0, rounding);
    let lowest = lowest.into_iter().map(|mirrored| Enclosure {
        value: -mirrored.value,
        residual: mirrored.residual,
        low: (-mirrored.high).max(options.floor),
        high: -mirrored.low,
    });
    [lowest.collect(), highest]
}

fn within(ends: &[Vec<Enclosure>; 2], allowed: f64) -> bool {
    ends.iter().flatten().all(|end| end.bound() <= allowed)
}

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
    let mut products = found.products;
    let dimension = operator.dimension();
    if dimension <= SMALL {
        let whole = Lanczos {
            // Never met: the search ends where the space does.
            tolerance: 0.0,
            basis: dimension,
            products: usize::MAX,
            ..*options
        };
        let whole = extremes(operator, &whole, streams.child(u64::MAX - 1), progress);
        if let Ok(Extremes {
            all: Some(all),
            products: further,
            ..
        }) = whole
        {
            return Ok(known(&all, products + further, options));
        }
    }
    let mut vectors = found.vectors.clone();
    let mut round = 0;
    loop {
        products += vectors.nrows();
        let subspace = Subspace::of(operator, vectors.view(), products)?;
        let deflated = Deflated {
            operator,
            vectors: subspace.vectors.view(),
            // Anywhere but at the ends.
            fill: 0.5 * (subspace.values[0] + subspace.values[subspace.count() - 1]),
        };
        let rounding = super::krylov::ROUNDING
            * operator.unit()
            * subspace.norm
            * (subspace.count() as f64).sqrt();
        let steps = found.products.max(STEPS).min(options.products.max(STEPS));
        let enough = |seen: &Seen| {
            within(
                &both(&subspace, Some(seen), options, rounding),
                options.tolerance,
            )
        };
        let (seen, after) = seen(
            &deflated,
            steps,
            FAILURE,
            streams.child(round),
            products,
            enough,
            progress,
        )?;
        products = after;
        let ends = both(&subspace, seen.as_ref(), options, rounding);
        let converged = within(&ends, options.tolerance);
        let missing = seen.is_some_and(|seen| is_missing(&seen, &subspace, options));
        round += 1;
        if converged || !missing || round > ROUNDS || progress(products).is_break() {
            let [lowest, highest] = ends;
            return Ok(Certified {
                lowest,
                highest,
                products,
                converged,
            });
        }
        let more = Lanczos {
            floor: f64::NEG_INFINITY,
            products: options.products.max(STEPS),
            ..*options
        };
        match extremes(&deflated, &more, streams.child(ROUNDS + round), progress) {
            Ok(further) => {
                products += further.products;
                vectors = stacked(subspace.vectors.view(), further.vectors.view());
            }
            // Too little was left to find anything: what is known stays.
            Err(SpectrumError::Stopped { .. } | SpectrumError::Count { .. }) => {
                let [lowest, highest] = ends;
                return Ok(Certified {
                    lowest,
                    highest,
                    products,
                    converged,
                });
            }
            Err(error) => return Err(error),
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

fn stacked(a: ArrayView2<'_, f64>, b: ArrayView2<'_, f64>) -> Array2<f64> {
    // Both have the operator's dimension.
    concatenate(Axis(0), &[a, b]).unwrap_or_else(|_| a.to_owned())
}
