//! The edges of supports that one real map describes, and unions of intervals.

use num_complex::Complex64;

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
}

/// The intervals of the support of the law that the map belongs to.
///
/// For real u off the support of ν, the complement of the support is the image of `{z′ > 0}` (Silverstein and Choi
/// 1995, theorem 4.1 and its converse; Biane 1997). `z′ = a − b ∫ x² dν/(u−x)²`, or `1 − t ∫ dν/(u−x)²`, is
/// concave between two components of the support of ν, so that there is at most one gap, and none is missed
/// however narrow; below and above all of them it is monotone.
pub(crate) fn of_inverse(inverse: Inverse, nu: &Law) -> Result<Vec<(f64, f64)>, LawError> {
    // An atom at 0 is no pole of the first map.
    let poisson = matches!(inverse, Inverse::Poisson { .. });
    let blocks = blocks(nu, |at| poisson && at == 0.0)?;
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
        let at = Complex64::new(u, 0.0);
        match self.nu.jet(at, &mut self.memory) {
            Ok(jet) if jet.s.im == 0.0 => match self.inverse {
                Inverse::Poisson { a, b } => a + b * (jet.chi + u * jet.dchi()).re,
                Inverse::Semicircle { variance } => 1.0 - variance * jet.ds.re,
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
        })
    }

    /// `z` at the end of `{z′ > 0}` between a point of it and the support of ν.
    ///
    /// Where z′ has a zero z is stationary, and u to half the digits will do; else to the last bit.
    fn edge(&mut self, inside: f64, outside: f64) -> f64 {
        let slope = self.slope(inside);
        let (mut good, mut bad) = ((inside, slope), (outside, f64::NAN));
        let mut steps = 0;
        loop {
            let middle = 0.5 * (good.0 + bad.0);
            let settled = bad.1 <= 0.0 && (good.0 - bad.0).abs() <= HALF * (good.0 - outside).abs();
            if middle == good.0 || middle == bad.0 || settled {
                return self.z(good.0);
            }
            // The zero of the chord, but every third time the middle.
            steps += 1;
            let share = good.1 / (good.1 - bad.1);
            let chord = good.0 + share.clamp(0.01, 0.99) * (bad.0 - good.0);
            let next = if chord.is_nan() || steps % 3 == 0 {
                middle
            } else {
                chord
            };
            let here = self.slope(next);
            if here > 0.0 {
                good = (next, here);
            } else {
                bad = (next, here);
            }
        }
    }

    /// Whether two atoms alone keep z′ negative between them: `a/v² + b/(l−v)² ≥ (∛a + ∛b)³/l²`.
    fn no_gap(&self, pair: &[Block]) -> bool {
        let width = pair[1].low - pair[0].high;
        let weight = |block: &Block, at: f64| {
            let factor = match self.inverse {
                Inverse::Poisson { a, b } => b / a * at * at,
                Inverse::Semicircle { variance } => variance,
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

/// A point of an open interval at which a concave function is positive, by golden sections; NaN counts as −∞.
///
/// The chord through two points bounds it beyond them, and the chords on both sides between them: where these
/// are negative there is none.
fn positive(low: f64, high: f64, mut f: impl FnMut(f64) -> f64) -> Option<f64> {
    let mut value = |x: f64| {
        let y = f(x);
        (x, if y.is_nan() { f64::NEG_INFINITY } else { y })
    };
    // Of an end without a value there is no bound.
    let line = |a: (f64, f64), b: (f64, f64), x: f64| {
        let bound = a.1 + (b.1 - a.1) * ((x - a.0) / (b.0 - a.0));
        if bound.is_finite() {
            bound
        } else {
            f64::INFINITY
        }
    };
    let (mut low, mut high) = ((low, f64::NEG_INFINITY), (high, f64::NEG_INFINITY));
    let inner = |low: f64, high: f64| high - GOLDEN * (high - low);
    let (mut a, mut b) = (value(inner(low.0, high.0)), value(inner(high.0, low.0)));
    for _ in 0..80 {
        if let Some(found) = [a, b].into_iter().find(|point| point.1 > 0.0) {
            return Some(found.0);
        }
        let beyond = line(a, b, low.0).max(line(a, b, high.0));
        let from_left = a.1.max(line(low, a, b.0));
        let from_right = b.1.max(line(b, high, a.0));
        if beyond < 0.0 && from_left.min(from_right) < 0.0 {
            return None;
        }
        if a.1 >= b.1 {
            (high, b) = (b, a);
            a = value(inner(low.0, high.0));
        } else {
            (low, a) = (a, b);
            b = value(inner(high.0, low.0));
        }
        if high.0 - low.0 <= 4.0 * f64::EPSILON * (low.0.abs() + high.0.abs()) {
            break;
        }
    }
    None
}

const GOLDEN: f64 = 0.618_033_988_749_894_9;

/// The maximiser of a concave function on an open interval, by golden sections; NaN counts as −∞.
pub(crate) fn maximum(low: f64, high: f64, mut f: impl FnMut(f64) -> f64) -> f64 {
    let (mut low, mut high) = (low, high);
    let mut value = |x: f64| {
        let y = f(x);
        if y.is_nan() { f64::NEG_INFINITY } else { y }
    };
    let (mut a, mut b) = (high - GOLDEN * (high - low), low + GOLDEN * (high - low));
    let (mut at_a, mut at_b) = (value(a), value(b));
    for _ in 0..80 {
        if at_a >= at_b {
            (high, b, at_b) = (b, a, at_a);
            a = high - GOLDEN * (high - low);
            at_a = value(a);
        } else {
            (low, a, at_a) = (a, b, at_b);
            b = low + GOLDEN * (high - low);
            at_b = value(b);
        }
        if high - low <= 4.0 * f64::EPSILON * (low.abs() + high.abs()) {
            break;
        }
    }
    if at_a >= at_b { a } else { b }
}
