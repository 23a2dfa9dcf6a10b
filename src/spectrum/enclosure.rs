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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linalg::symmetric_eigenvalues;
    use ndarray::array;

    /// Two Ritz values without a residual between them, and a complement of one row, where every eigenvalue is known: each is
    /// within what is stated, for the group of one value and for that of both.
    #[test]
    fn the_eigenvalues_beside_a_complement_of_one_row_are_enclosed() {
        for second in [0.2, 0.9, 0.999] {
            for outside in [-1.0, 0.5, 0.95, 1.05, 2.0] {
                for (r, q) in [
                    (0.0, 0.0),
                    (0.05, 0.0),
                    (0.0, 0.05),
                    (0.05, 0.05),
                    (0.5, 0.1),
                ] {
                    let matrix = array![[1.0, 0.0, r], [0.0, second, q], [r, q, outside]];
                    let known = symmetric_eigenvalues(matrix.view()).unwrap();
                    let ritz = [(1.0, r), (second, q)];
                    let one = enclosed(&ritz, 1, r, q, outside, 1e-14);
                    let both = enclosed(&ritz, 2, r.hypot(q), 0.0, outside, 1e-14);
                    for (k, found) in [(0, one[0]), (0, both[0]), (1, both[1])] {
                        let exact = known[2 - k];
                        let is_within = found.low <= exact && exact <= found.high;
                        assert!(is_within, "{second} {outside} {r} {q}: {exact} {found:?}");
                    }
                }
            }
        }
    }

    /// A gap of ½, one of a twentieth, where the residual alone is as good, and none.
    #[test]
    fn the_bound_is_the_residual_or_its_square_over_the_gap() {
        for (outside, rest, over) in [
            (0.5, 0.0, 0.02),
            (0.2, 0.3, 0.02),
            (0.95, 0.0, 0.1),
            (0.0, 0.95, 0.1),
            (1.25, 0.0, 0.35),
            (1.0, 0.25, 0.35),
        ] {
            let found = enclosed(&[(1.0, 0.1)], 1, 0.1, rest, outside, 0.0)[0];
            assert_eq!(found.low, 1.0);
            let bound = found.bound();
            assert!((bound - over).abs() < 1e-15, "{outside} {rest}: {bound}");
        }
    }
}
