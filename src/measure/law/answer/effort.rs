//! How far a distribution function is driven, and from which values.

use num_complex::Complex64;
use std::f64::consts::PI;

use crate::measure::law::{LawError, Walk};

/// The share of a piece at its ends in which a value without a bound will do.
const END: f64 = 1e-4;

/// The relative error that a root without a bound is taken for.
const UNPROVED: f64 = 1e-7;

/// How far a distribution function is driven.
pub(crate) struct Effort {
    /// Size of the last coefficients, relative to the mass, at which a cell is taken.
    pub(super) tail: f64,
    /// By how much atoms and density may miss mass 1, beyond four times the tails.
    pub(super) miss: f64,
    /// Whether the values have proved bounds, where they are no integrals: those cost ten times as much with one, and agree.
    proves: bool,
}

impl Effort {
    /// To the last digits.
    pub(crate) const LAST: Self = Self {
        tail: 2e-15,
        miss: 1e-7,
        proves: true,
    };

    /// To an error of about `tolerance`, from values without bounds.
    pub(crate) fn within(tolerance: f64) -> Self {
        Self {
            // A law takes some ten cells whose tails count, and the others fall far below.
            tail: (0.1 * tolerance).max(Self::LAST.tail),
            miss: tolerance.max(Self::LAST.miss),
            proves: false,
        }
    }

    /// The density at a point, and what bounds its error, if that is known; as it comes quickest.
    fn density(&self, walk: &mut Walk<'_>, x: f64) -> Result<[f64; 2], LawError> {
        let guessed = walk.law.guessed(x, &mut walk.memory);
        if let Some(found) = guessed.filter(|found| found.iter().all(|x| x.is_finite())) {
            return Ok(found);
        }
        if !self.proves || walk.law.takes_integrals() {
            return root(walk, x);
        }
        let density = walk.density(x)?;
        Ok([density.value, density.radius])
    }

    /// The density at a node; where it has no bound, from the root that is found: all that is said of the error of F is an estimate
    /// anyway, and the whole mass tells of a wrong root. Where none is found, as next to an end of the piece, from one a little beside.
    pub(super) fn density_at(
        &self,
        walk: &mut Walk<'_>,
        x: f64,
        (low, high): (f64, f64),
    ) -> Result<[f64; 2], LawError> {
        let width = high - low;
        self.density(walk, x).or_else(|error| {
            if let Ok([value, _]) = root(walk, x) {
                let inside = (x - low).min(high - x) >= END * width;
                return Ok([value, if inside { UNPROVED * value } else { 0.0 }]);
            }
            let margins = [1e-13, 1e-11, 1e-9, 1e-7].into_iter();
            let near = margins.flat_map(|share| [share, -share].map(|share| x + share * width));
            let inside = near.filter(|x| *x > low && *x < high);
            let mut roots = inside.filter_map(|x| root(walk, x).ok());
            // A value of another place is off by as much as itself: no smaller cell resolves it.
            let [value, _] = roots.next().ok_or(error)?;
            Ok([value, value])
        })
    }
}

/// `Im s(x + i0)/π` from the root that is found, without a bound.
fn root(walk: &mut Walk<'_>, x: f64) -> Result<[f64; 2], LawError> {
    let z = Complex64::new(x, 0.0);
    let s = walk.law.jet(z, &mut walk.memory)?.s;
    if s.is_finite() {
        return Ok([s.im.max(0.0) / PI, 0.0]);
    }
    Err(LawError::at_edge(z, 0.0))
}
