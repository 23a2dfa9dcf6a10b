//! The atoms: where variables are numbers, with masses that are ranks.
//!
//! The mass at x is `lim y Im s(x + iy)`. It is `1 − rank/dimension` of a matrix in free variables, and so a sum of
//! dimensions and of masses of the variables' atoms with integer coefficients (Shlyakhtenko and Skoufranis 2015; Mai, Speicher and Yin 2023): the sum
//! that the limit approaches is taken for it.

use num_complex::Complex64;

use super::Operator;
use crate::measure::arithmetic::ball::Ball;
use crate::measure::law::transform::{Atom, Memory, Transform};

/// Heights above the axis, in sizes of the support, at which the mass is read off.
const HEIGHTS: [f64; 4] = [1e-2, 1e-4, 1e-6, 1e-8];
/// The relative bound of a value from which a mass is read off.
const SHARP: f64 = 1e-9;
/// The largest coefficient of a share.
const MOST: i32 = 2;

impl Operator {
    /// The atoms, ascending.
    pub(super) fn masses(&self) -> Vec<Atom> {
        let sums = self.sums();
        let mut places: Vec<f64> = self.special().collect();
        places.sort_by(f64::total_cmp);
        places.dedup();
        let atoms = places.into_iter().filter_map(|at| {
            let mass = self.limit(at, &sums)?;
            (mass > 0.0).then_some(Atom { at, mass })
        });
        atoms.collect()
    }

    /// All sums of at most three shares with small coefficients that lie in `[0, 1]`.
    fn sums(&self) -> Vec<f64> {
        let mut sums = vec![0.0];
        let mut level = vec![(0.0, 0)];
        for _ in 0..3 {
            let mut next = Vec::new();
            for &(sum, from) in &level {
                for (k, share) in self.shares.iter().enumerate().skip(from) {
                    let factors = (-MOST..=MOST).filter(|factor| *factor != 0);
                    next.extend(factors.map(|factor| (sum + f64::from(factor) * share, k + 1)));
                }
            }
            sums.extend(next.iter().map(|(sum, _)| *sum));
            level = next;
        }
        // Of at most six times the largest share: 12ε of that is lost in sums, and as much in the shares themselves.
        let largest = crate::numbers::most(self.shares.iter().copied());
        let lost = 32.0 * f64::EPSILON * largest;
        sums.retain(|sum| *sum == 0.0 || (lost..=1.0 + 1e-12).contains(sum));
        sums
    }

    /// The transform above a place, if rounding leaves it digits.
    fn sharp(&self, z: Complex64, memory: &mut Memory) -> Option<Complex64> {
        if self.curve.is_none() {
            return Some(self.jet(z, memory).ok()?.s);
        }
        let s = self.on_the_curve(Ball::exact(z), memory)?.s;
        (s.radius <= SHARP * s.most()).then_some(s.center)
    }

    /// The sum that the mass at x approaches; `None` where the transform has no value near it.
    fn limit(&self, at: f64, sums: &[f64]) -> Option<f64> {
        let size = (self.hull.1 - self.hull.0).max(f64::MIN_POSITIVE);
        let mut memory = Memory::default();
        let masses: Vec<f64> = HEIGHTS
            .iter()
            .filter_map(|height| {
                let z = Complex64::new(at, height * size);
                Some(z.im * self.sharp(z, &mut memory)?.im)
            })
            .collect();
        let [.., before, last] = masses[..] else {
            return None;
        };
        let apart = |sum: &f64, mass: f64| (sum - mass).abs();
        // Of an inverse power of the height only a small part is left at each further one.
        let approached = sums.iter().copied().filter(|sum| {
            let settled = apart(sum, last) < 1e-7;
            settled || apart(sum, last) < 0.5 * apart(sum, before)
        });
        approached.min_by(|a, b| apart(a, last).total_cmp(&apart(b, last)))
    }
}
