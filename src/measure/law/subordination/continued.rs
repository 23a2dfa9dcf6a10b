//! The next root along a walk, from the last two: enclosed at once, without a search.
//!
//! Through two roots with their slopes goes one cubic (Hermite). On a grid of spacing h it is off by the order `h⁴` at the next
//! point, and one evaluation of the inner laws there, moved by Newton's step, encloses the root. Whether it is the right one
//! is for the enclosure to say, as always.

use num_complex::Complex64;

use super::equation::Enclosable;
use super::solver::Search;
use crate::measure::arithmetic::ball::{Ball, size};
use crate::measure::law::local::Local;
use crate::measure::law::transform::{Last, Memory};

/// By how much, in heights of the root, the cubic may differ from the tangent for a step of Newton's method to be likely to mend
/// its error; [`SHARP`] decides.
const CURVED: f64 = 1e-3;

/// A wider bound, in shares of s, may be the guess's own and not the law's: a search tells.
const SHARP: f64 = 1e-12;

/// Radii up to here, in shares of |z|, are those of a rounded point. Within the root's own disc over a wider one a guess is not
/// improved, and all bounds would be as wide.
const POINT: f64 = 16.0 * f64::EPSILON;

/// The cubic through two roots at z, and by how much it differs from the tangent at the last one.
fn cubic(before: Last, last: Last, z: Complex64) -> Option<(Complex64, f64)> {
    let step = last.z - before.z;
    let share = (z - last.z) / step;
    // Newton's form with the nodes last, last, before, before.
    let mean = (last.omega - before.omega) / step;
    let second = (last.slope - mean) * step;
    let third = (last.slope - mean * 2.0 + before.slope) * step;
    let beyond = share * share * (second + third * (share + 1.0));
    let at = last.omega + last.slope * (z - last.z) + beyond;
    at.is_finite().then(|| (at, size(beyond)))
}

impl<E: Enclosable> Search<'_, E> {
    /// The law at z from the root that the last two tell; `None` where there are none, where they tell it badly, or where it is
    /// not enclosed.
    pub(super) fn continued(&mut self, memory: &mut Memory) -> Option<Local> {
        Some(self.followed(memory)?.0)
    }

    /// The same with the root, and the inner laws there.
    pub(super) fn followed(&mut self, memory: &mut Memory) -> Option<(Local, Complex64, E::Inner)> {
        if !E::MOVES || self.disc.radius > POINT * size(self.z) {
            return None;
        }
        let (start, curved) = cubic(memory.before?, memory.last?, self.z)?;
        if start.im <= 0.0 || curved > CURVED * start.im {
            return None;
        }
        self.steps += 1;
        let (found, omega, inner) = self.certified(start, memory.inner(E::PARTS)).ok()?;
        if found.s.radius > SHARP * size(found.s.center) {
            return None;
        }
        let range = self.equation.range(&inner, Ball::exact(self.z), 0.0)?;
        memory.remember(Last {
            z: self.z,
            omega,
            slope: range.slopes()[0].center,
        });
        Some((found, omega, inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::law::Law;

    /// Along a grid every value agrees with the one that is found alone, its bound is no worse, and it takes no search.
    #[test]
    fn a_walk_takes_no_search_and_agrees() {
        let law = Law::marchenko_pastur(1.0).unwrap().mp_map(0.5).unwrap();
        let mut walk = law.walk();
        for k in 0..200 {
            let z = Complex64::from(0.5 + 0.005 * f64::from(k));
            let (along, alone) = (walk.stieltjes(z).unwrap(), law.walk().stieltjes(z).unwrap());
            let apart = size(along.s - alone.s);
            assert!(apart <= along.radius + alone.radius, "{z}: {apart:e}");
            assert!(
                along.radius <= 3.0 * alone.radius,
                "{z}: {:e}",
                along.radius
            );
            if k >= 2 {
                assert!(
                    along.steps < alone.steps && along.steps <= 2,
                    "{z}: {}",
                    along.steps
                );
            }
        }
    }

    /// Of a cubic every value is met, and the distance from the tangent is that of its higher terms.
    #[test]
    fn a_cubic_is_continued_exactly() {
        let value = |z: Complex64| ((z * 2.0 - 1.0) * z + Complex64::i()) * z + 3.0;
        let root = |z: Complex64| Last {
            z,
            omega: value(z),
            slope: (z * 6.0 - 2.0) * z + Complex64::i(),
        };
        let at = |x: f64| Complex64::new(x, 0.25);
        let z = at(0.875);
        let (found, curved) = cubic(root(at(0.25)), root(at(0.5)), z).unwrap();
        assert!(size(found - value(z)) < 1e-14, "{found}");
        let last = root(at(0.5));
        let beyond = value(z) - last.omega - last.slope * (z - last.z);
        assert!((curved - size(beyond)).abs() < 1e-14);
        // Of two roots at one point nothing is told.
        assert!(cubic(last, last, z).is_none());
    }
}
