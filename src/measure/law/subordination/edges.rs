//! The edges of supports that one real map describes, and unions of intervals.

use num_complex::Complex64;

use super::concave::positive;
use crate::measure::law::local::{LawJet, middle};
use crate::measure::law::transform::{Atom, Memory};
use crate::measure::law::{Law, LawError};

/// Disjoint closed intervals, ascending, from any; those that touch are joined.
pub(crate) fn union(mut intervals: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    intervals.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut joined: Vec<(f64, f64)> = Vec::with_capacity(intervals.len());
    for (low, high) in intervals {
        match joined.last_mut() {
            Some(last) if low <= last.1 => last.1 = last.1.max(high),
            _ => joined.push((low, high)),
        }
    }
    joined
}

/// Atoms, ascending, each place once.
pub(crate) fn merged(mut atoms: Vec<Atom>) -> Vec<Atom> {
    atoms.sort_by(|a, b| a.at.total_cmp(&b.at));
    atoms.dedup_by(|next, kept| {
        let same = next.at == kept.at;
        if same {
            kept.mass += next.mass;
        }
        same
    });
    atoms
}

/// A component of the support: an interval or an isolated atom.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Block {
    pub(crate) low: f64,
    pub(crate) high: f64,
}

/// The components of the support of a law, ascending; `skip` leaves out an atom.
pub(crate) fn blocks(law: &Law, skip: impl Fn(f64) -> bool) -> Result<Vec<Block>, LawError> {
    let atoms = law.point_masses().iter();
    let points = atoms
        .filter(|atom| !skip(atom.at))
        .map(|atom| (atom.at, atom.at));
    let all = law.support()?.iter().copied().chain(points).collect();
    let blocks = union(all).into_iter();
    Ok(blocks.map(|(low, high)| Block { low, high }).collect())
}

/// A real map `u ↦ z` off the support of ν, under which `{z′ > 0}` has the complement of a support as its image.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Inverse {
    /// `z = u (a + b χ_ν(u))`: the Marchenko–Pastur map with ratio γ for `a = γ, b = 1`, and `MP^γ ⊠ ν`, its
    /// companion, for `a = 1, b = γ`.
    Poisson {
        /// a.
        a: f64,
        /// b.
        b: f64,
    },
    /// `z = u − t s_ν(u)`: ν ⊞ the semicircle of variance t (Biane 1997).
    Semicircle {
        /// t.
        variance: f64,
    },
    /// `z = u − (t−1) H_ν(u)`, `H = χ/s`: the power `ν^{⊞t}` (Huang 2015).
    Power {
        /// t − 1.
        less: f64,
    },
}

impl Inverse {
    /// The components of the spectrum of the measure that the map is made of: those of ν; without an atom at 0 for the first; and
    /// for a power the zeros of s between them, and no atom.
    fn blocks(self, nu: &Law) -> Result<Vec<Block>, LawError> {
        match self {
            Inverse::Poisson { .. } => blocks(nu, |at| at == 0.0),
            Inverse::Semicircle { .. } => blocks(nu, |_| false),
            Inverse::Power { .. } => {
                let zeros = zeros(nu)?.into_iter().map(|x| (x, x));
                let all = nu.support()?.iter().copied().chain(zeros).collect();
                let blocks = union(all).into_iter();
                Ok(blocks.map(|(low, high)| Block { low, high }).collect())
            }
        }
    }
}

/// The zeros of s between two components of the support of a law, where it increases; none where it has one sign.
fn zeros(law: &Law) -> Result<Vec<f64>, LawError> {
    let mut memory = Memory::default();
    let mut jet = |x: f64| law.jet(Complex64::new(x, 0.0), &mut memory);
    let mut found = Vec::new();
    for pair in blocks(law, |_| false)?.windows(2) {
        let (low, high) = (pair[0].high, pair[1].low);
        // Next to a component, where there may be no value, s has the sign of the side if it has a zero at all.
        let mut is_above = |x: f64| match jet(x) {
            Ok(jet) if is_real(&jet, x) => jet.s.re > 0.0,
            _ => high - x < x - low,
        };
        let (first, last) = (1e-9f64.mul_add(high - low, low), high - 1e-9 * (high - low));
        if !is_above(first) && is_above(last) {
            found.push(boundary(first, last, |x| !is_above(x)));
        }
    }
    Ok(found)
}

/// The intervals of the support of the law that the map belongs to.
///
/// For real u off the support of ν, the complement of the support is the image of `{z′ > 0}` (Silverstein and Choi
/// 1995, theorem 4.1 and its converse; Biane 1997). `z′ = a − b ∫ x² dν/(u−x)²`, or `1 − t ∫ dν/(u−x)²`, is
/// concave between two components of the support of ν, so that there is at most one gap, and none is missed
/// however narrow; below and above all of them it is monotone.
pub(crate) fn of_inverse(inverse: Inverse, nu: &Law) -> Result<Vec<(f64, f64)>, LawError> {
    let poisson = matches!(inverse, Inverse::Poisson { .. });
    let blocks = inverse.blocks(nu)?;
    let (Some(first), Some(last)) = (blocks.first(), blocks.last()) else {
        return Ok(Vec::new());
    };
    let mut map = Map {
        inverse,
        nu,
        memory: Memory::default(),
    };
    // Farther away z′ > 0: the integrals are at most largest²/dist² and 1/dist².
    let distance = match inverse {
        Inverse::Poisson { a, b } => first.low.abs().max(last.high.abs()) * (b / a).sqrt(),
        Inverse::Semicircle { variance } => variance.sqrt(),
        // H′ is at most the variance over dist², and that at most a quarter of the width squared.
        Inverse::Power { less } => {
            let (low, high) = nu.hull();
            0.5 * less.sqrt() * (high - low)
        }
    } * (1.0 + 1e-9);
    let mut edges = vec![map.edge(first.low - distance, first.low)];
    for pair in blocks.windows(2) {
        let (low, high) = (pair[0].high, pair[1].low);
        if map.no_gap(pair) {
            continue;
        }
        if let Some(top) = positive(low, high, |u| map.slope(u)) {
            edges.push(map.edge(top, low));
            edges.push(map.edge(top, high));
        }
    }
    edges.push(map.edge(last.high + distance, last.high));
    // Of a law on the half line rounding would leave an edge at 0 below it.
    let lowest = if poisson && nu.hull().0 >= 0.0 {
        0.0
    } else {
        f64::NEG_INFINITY
    };
    let pairs = edges.chunks_exact(2);
    Ok(pairs
        .map(|pair| (pair[0].max(lowest) + 0.0, pair[1] + 0.0))
        .collect())
}

/// Below this share of s and us′, Im s is not told from 0: of a law that is an integral, cut-offs and rounding leave up to 3e-12
/// between two intervals. Where it is a density, that of the law of the map is as small there.
const REAL: f64 = 1e-10;

fn is_real(jet: &LawJet, x: f64) -> bool {
    jet.s.im.abs() <= REAL * (jet.s.norm() + x.abs() * jet.ds.norm())
}

/// Half the digits, as a share of the distance to a pole.
const HALF: f64 = 1e-9;

struct Map<'a> {
    inverse: Inverse,
    nu: &'a Law,
    memory: Memory,
}

impl Map<'_> {
    /// `z′(u)`; NaN where ν has no answer, next to its support.
    fn slope(&mut self, u: f64) -> f64 {
        if let (Inverse::Poisson { a, b }, Some(points)) = (self.inverse, self.nu.as_points()) {
            return a - b * points.square(u);
        }
        let at = Complex64::new(u, 0.0);
        match self.nu.jet(at, &mut self.memory) {
            Ok(jet) if is_real(&jet, u) => match self.inverse {
                Inverse::Poisson { a, b } => a + b * (jet.chi + u * jet.dchi).re,
                Inverse::Semicircle { variance } => 1.0 - variance * jet.ds.re,
                Inverse::Power { less } => 1.0 - less * jet.energy_slope(middle(self.nu.hull())).re,
            },
            _ => f64::NAN,
        }
    }

    fn z(&mut self, u: f64) -> f64 {
        let at = Complex64::new(u, 0.0);
        let jet = self.nu.jet(at, &mut self.memory);
        jet.map_or(f64::NAN, |jet| match self.inverse {
            Inverse::Poisson { a, b } => u * (a + b * jet.chi.re),
            Inverse::Semicircle { variance } => u - variance * jet.s.re,
            Inverse::Power { less } => u - less * (jet.chi / jet.s).re,
        })
    }

    /// `z` at the end of `{z′ > 0}` between a point of it and the support of ν.
    ///
    /// Where z′ has a zero z is stationary, and u to half the digits will do; else to the last bit. By the zero of the chord of
    /// `(1 − z′/L)^{−1/2} − 1`, L the slope far away, which next to an atom is linear; the value at an end that stays is halved (the
    /// Illinois method, Dowell and Jarratt 1971), and where that is slow the middle is taken.
    fn edge(&mut self, inside: f64, outside: f64) -> f64 {
        let level = match self.inverse {
            Inverse::Poisson { a, .. } => a,
            Inverse::Semicircle { .. } | Inverse::Power { .. } => 1.0,
        };
        let mut value = |u: f64| match 1.0 - self.slope(u) / level {
            // Far away, to rounding.
            left if left <= 0.0 => f64::INFINITY,
            left => left.sqrt().recip() - 1.0,
        };
        let first = value(inside);
        let (mut good, mut bad) = ((inside, first), (outside, f64::NAN));
        // The widths before the last three steps, and on which side the last one ended.
        let (mut widths, mut was_good) = ([f64::INFINITY; 3], None);
        loop {
            let (middle, width) = (0.5 * (good.0 + bad.0), (good.0 - bad.0).abs());
            let settled = bad.1 <= 0.0 && width <= HALF * (good.0 - outside).abs();
            if middle == good.0 || middle == bad.0 || settled {
                return self.z(good.0);
            }
            let is_slow = width > 0.5 * widths[2];
            widths = [width, widths[0], widths[1]];
            let share = good.1 / (good.1 - bad.1);
            let chord = good.0 + share.clamp(0.01, 0.99) * (bad.0 - good.0);
            let next = if chord.is_nan() || is_slow {
                middle
            } else {
                chord
            };
            let here = value(next);
            let is_good = here > 0.0;
            let stays = was_good == Some(is_good);
            let (moved, other) = match is_good {
                true => (&mut good, &mut bad),
                false => (&mut bad, &mut good),
            };
            *moved = (next, here);
            other.1 *= if stays { 0.5 } else { 1.0 };
            was_good = Some(is_good);
        }
    }

    /// Whether two atoms alone keep z′ negative between them: `a/v² + b/(l−v)² ≥ (∛a + ∛b)³/l²`.
    fn no_gap(&self, pair: &[Block]) -> bool {
        let width = pair[1].low - pair[0].high;
        let weight = |block: &Block, at: f64| {
            let factor = match self.inverse {
                Inverse::Poisson { a, b } => b / a * at * at,
                Inverse::Semicircle { variance } => variance,
                // An atom is none of this one.
                Inverse::Power { .. } => 0.0,
            };
            if block.low == block.high {
                (self.nu.mass_at(at) * factor).cbrt()
            } else {
                0.0
            }
        };
        let sum = weight(&pair[0], pair[0].high) + weight(&pair[1], pair[1].low);
        sum.powi(3) > 1.01 * width * width
    }
}

/// The last point, from `inside` towards `outside`, at which `holds` is true.
pub(crate) fn boundary(inside: f64, outside: f64, mut holds: impl FnMut(f64) -> bool) -> f64 {
    let (mut good, mut bad) = (inside, outside);
    loop {
        let middle = 0.5 * (good + bad);
        if middle == good || middle == bad {
            return good;
        }
        if holds(middle) {
            good = middle;
        } else {
            bad = middle;
        }
    }
}
