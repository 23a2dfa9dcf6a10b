//! Atoms and edges of free convolutions, from the real subordination functions.
//!
//! Off the support of `μ ⊞ ν` (or `μ ⊠ ν`) both subordination functions are real, off the supports of μ and ν, and the
//! transforms agree at them. Conversely let `ω₁`, `ω₂` be real, off the supports, with equal transforms. If
//! `dω₁/dz` and `dω₂/dz` are positive there, nearby z of the upper half plane have roots in it, which are unique:
//! z is off the support. So every component of the complement of the support of μ is paired with every one of ν and
//! the set where this sign is positive is found; its image under z is a gap.
//!
//! What is guaranteed: each gap reported is one, and its ends are found to the last bit of `ω₁`. The
//! search starts from a grid that is dense at the edges of μ, and follows every local maximum of the
//! sign function on it: a gap is missed only if that function has a positive maximum that the grid shows as
//! part of a monotone stretch.

use num_complex::Complex64;

use super::component::{Component, components};
use super::concave::maximum;
use super::edges::{boundary, union};
use super::pairing::Pairing;
use crate::measure::law::local::LawJet;
use crate::measure::law::transform::{Atom, Memory};
use crate::measure::law::{Law, LawError};

/// Pairs of atoms whose masses exceed 1 together, at `place(a, b)` with the excess.
pub(crate) fn heavy_pairs(mu: &Law, nu: &Law, place: impl Fn(f64, f64) -> f64) -> Vec<Atom> {
    // A sum of masses that is 1 but for rounding is 1.
    let one = 1.0 + 4.0 * f64::EPSILON;
    let heaviest = nu.point_masses().iter().map(|atom| atom.mass);
    let heaviest = heaviest.fold(0.0, f64::max);
    let mut atoms = Vec::new();
    let candidates = mu
        .point_masses()
        .iter()
        .filter(|atom| atom.mass + heaviest > one);
    for a in candidates {
        for b in nu.point_masses().iter().filter(|b| a.mass + b.mass > one) {
            atoms.push(Atom {
                at: place(a.at, b.at),
                mass: a.mass + b.mass - 1.0,
            });
        }
    }
    super::edges::merged(atoms)
}

/// Grid points on a component: many where there are few components.
fn grid(components: usize) -> usize {
    (8192 / components).clamp(24, 384)
}

/// Pairs of components that are searched at most.
const PAIRS: usize = 50_000;

/// The intervals of the support of a free convolution of two laws.
pub(crate) fn intervals(
    pairing: &impl Pairing,
    mu: &Law,
    nu: &Law,
    atoms: &[Atom],
) -> Result<Vec<(f64, f64)>, LawError> {
    let skipped = |at: f64| pairing.skips_zero() && at == 0.0;
    let (left, right) = (components(mu, skipped)?, components(nu, skipped)?);
    if left.is_empty() || right.is_empty() {
        return Ok(Vec::new());
    }
    if left.len() * right.len() > PAIRS {
        return Err(LawError::Argument {
            name: "number of pairs of gaps of the two laws",
            value: (left.len() * right.len()) as f64,
            needed: "at most 50000 for the edges of their free convolution",
        });
    }
    let found = |search: &Search<'_, _>| search.ends.0.is_finite() && search.ends.1.is_finite();
    let mut search = Search::new(pairing, [mu, nu], [&left, &right]);
    if !found(&search) {
        // Beside a law that is larger by far all of the sign is next to ∞, between two points of the grid on the smaller
        // one; on the larger one it is not.
        search = Search::new(pairing, [nu, mu], [&right, &left]);
    }
    if !found(&search) {
        return Err(LawError::Mass { total: f64::NAN });
    }
    let (low, high) = search.ends;
    // Of laws on the half line rounding would leave an edge at 0 below it.
    let low = if pairing.skips_zero() {
        low.max(0.0) + 0.0
    } else {
        low
    };
    let mut gaps = union(search.gaps);
    // Where two intervals touch, the sign is 0 and rounding may make a gap of it.
    let rounding = 64.0 * f64::EPSILON * low.abs().max(high.abs());
    gaps.retain(|gap| gap.0 > low && gap.1 < high && gap.1 - gap.0 > rounding);
    let starts = std::iter::once(low).chain(gaps.iter().map(|gap| gap.1));
    let ends = gaps.iter().map(|gap| gap.0).chain([high]);
    // Between two gaps that meet at an isolated atom there is nothing else; z is stationary there to higher
    // order, so that the ends are found to half the digits only.
    let width = 1e-6 * (high - low);
    let isolated = |&(a, b): &(f64, f64)| {
        b - a <= width
            && atoms
                .iter()
                .any(|atom| atom.at >= a - width && atom.at <= b + width)
    };
    Ok(starts.zip(ends).filter(|pair| !isolated(pair)).collect())
}

struct Search<'a, P> {
    pairing: &'a P,
    mu: &'a Law,
    nu: &'a Law,
    memories: [Memory; 2],
    gaps: Vec<(f64, f64)>,
    ends: (f64, f64),
}

impl<'a, P: Pairing> Search<'a, P> {
    /// Every pair of components of two laws, searched on a grid of the first.
    fn new(pairing: &'a P, [mu, nu]: [&'a Law; 2], [left, right]: [&[Component]; 2]) -> Self {
        let mut search = Search {
            pairing,
            mu,
            nu,
            memories: [Memory::default(), Memory::default()],
            gaps: Vec::new(),
            ends: (f64::NAN, f64::NAN),
        };
        let count = grid(left.len());
        for first in left {
            for second in right {
                search.pair(first, second, count);
            }
        }
        search
    }

    fn jet(&mut self, which: usize, w: f64) -> Option<LawJet> {
        let law = [self.mu, self.nu][which];
        let jet = law
            .jet(Complex64::new(w, 0.0), &mut self.memories[which])
            .ok()?;
        (jet.s.is_finite() && jet.chi.is_finite() && jet.s.im == 0.0).then_some(jet)
    }

    /// Both subordination functions with their transforms, for parameter v of the first.
    fn partners(
        &mut self,
        first: &Component,
        second: &Component,
        v: f64,
    ) -> Option<(f64, LawJet, f64, LawJet)> {
        let w = first.w(v);
        let jet = self.jet(0, w)?;
        let (level, _) = self.pairing.level(w, &jet);
        let (partner, other) = self.inverse(second, level)?;
        Some((w, jet, partner, other))
    }

    /// The point of a component at a level, by Newton's method inside a bisection.
    fn inverse(&mut self, component: &Component, level: f64) -> Option<(f64, LawJet)> {
        let (mut low, mut high) = (component.from, component.to);
        let mut v = 0.5 * (low + high);
        if v == 0.0 {
            v = low + 0.49 * (high - low);
        }
        let mut best: Option<(f64, f64, LawJet)> = None;
        for _ in 0..200 {
            let w = component.w(v);
            let Some(jet) = self.jet(1, w) else {
                // Next to the support there is no answer: back to the middle, away from the nearer end.
                if v - component.from < component.to - v {
                    low = v
                } else {
                    high = v
                }
                v = 0.5 * (low + high);
                if v <= low || v >= high {
                    break;
                }
                continue;
            };
            let (here, slope) = self.pairing.level(w, &jet);
            let miss = here - level;
            if best
                .as_ref()
                .is_none_or(|(least, _, _)| miss.abs() < *least)
            {
                best = Some((miss.abs(), w, jet));
            }
            if miss == 0.0 {
                break;
            }
            if miss > 0.0 {
                high = v
            } else {
                low = v
            }
            let next = v - miss / (slope * component.speed(v));
            let next = if next > low && next < high {
                next
            } else {
                0.5 * (low + high)
            };
            if next == v || next <= low || next >= high || (next - v).abs() <= 1e-16 * v.abs() {
                break;
            }
            v = next;
        }
        let (miss, w, jet) = best?;
        let scale = 1e-9 * (level.abs() + 1e-12);
        (miss <= scale).then_some((w, jet))
    }

    fn sign(&mut self, first: &Component, second: &Component, v: f64) -> f64 {
        self.partners(first, second, v)
            .map_or(f64::NAN, |(w, a, u, b)| self.pairing.sign((w, &a), (u, &b)))
    }

    /// All gaps that a pair of components gives.
    fn pair(&mut self, first: &Component, second: &Component, count: usize) {
        let half = 0.5 * (first.to - first.from);
        let places: Vec<f64> = (0..count)
            .map(|k| {
                // An irrational shift keeps the grid off ∞, which is v = 0.
                let share = (k as f64 + 0.317_837_245) / count as f64;
                first.from + 2.0 * half * (0.5 * std::f64::consts::PI * share).sin().powi(2)
            })
            .collect();
        let signs: Vec<f64> = places
            .iter()
            .map(|&v| self.sign(first, second, v))
            .collect();
        // Every place where the sign is known, with the extremes between the grid points.
        let mut known: Vec<(f64, bool)> = Vec::with_capacity(count);
        for k in 0..count {
            known.push((places[k], signs[k] > 0.0));
            if k == 0 || k + 1 == count {
                continue;
            }
            let [before, here, after] = [signs[k - 1], signs[k], signs[k + 1]];
            let (a, b) = (places[k - 1], places[k + 1]);
            let or_low = |x: f64| if x.is_nan() { f64::NEG_INFINITY } else { x };
            let peak = here <= 0.0 && here >= or_low(before) && here >= or_low(after);
            let dip = here > 0.0 && here <= before && here <= after;
            if peak {
                let v = maximum(a, b, |v| self.sign(first, second, v));
                if self.sign(first, second, v) > 0.0 {
                    known.push((v, true));
                }
            } else if dip {
                let v = maximum(a, b, |v| -self.sign(first, second, v));
                if self.sign(first, second, v) <= 0.0 {
                    known.push((v, false));
                }
            }
        }
        known.sort_by(|a, b| a.0.total_cmp(&b.0));
        self.runs(first, second, &known);
    }

    /// The maximal stretches of positive sign, their ends refined, as gaps.
    fn runs(&mut self, first: &Component, second: &Component, known: &[(f64, bool)]) {
        let mut k = 0;
        while k < known.len() {
            if !known[k].1 {
                k += 1;
                continue;
            }
            let start = k;
            while k < known.len() && known[k].1 {
                k += 1;
            }
            let before = if start > 0 {
                known[start - 1].0
            } else {
                first.from
            };
            let after = if k < known.len() {
                known[k].0
            } else {
                first.to
            };
            let mut end = |inside: f64, outside: f64| {
                let v = boundary(inside, outside, |v| self.sign(first, second, v) > 0.0);
                self.partners(first, second, v)
                    .map_or(f64::NAN, |(w, a, u, b)| self.pairing.z((w, &a), (u, &b)))
            };
            let (low, high) = (end(known[start].0, before), end(known[k - 1].0, after));
            let both_outer = first.outer.is_some() && second.outer.is_some();
            let through = known[start].0 < 0.0 && known[k - 1].0 > 0.0;
            if both_outer && through {
                // Through ∞: from the upper end of the support round to the lower one.
                self.ends = (high, low);
            } else if low < high {
                self.gaps.push((low, high));
            }
        }
    }
}
