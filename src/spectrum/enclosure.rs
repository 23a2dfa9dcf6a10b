//! Where the k-th eigenvalue from an end is, from Ritz values, their residuals, and what is known of the complement.

use super::confirmation::Seen;
use super::lanczos::Lanczos;
use super::subspace::Subspace;
use crate::numbers::larger;

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
pub(super) fn both(
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

pub(super) fn within(ends: &[Vec<Enclosure>; 2], allowed: f64) -> bool {
    ends.iter().flatten().all(|end| end.bound() <= allowed)
}
