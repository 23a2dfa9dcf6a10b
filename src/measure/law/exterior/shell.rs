//! One circle: the values on it, what they are off by, and the interpolation inside.

use num_complex::Complex64;
use std::f64::consts::PI;
use std::panic::resume_unwind;
use std::thread;

use super::Interval;
use crate::measure::arithmetic::ball::{Ball, size};
use crate::measure::arithmetic::bound::{Lower, Upper};
use crate::measure::arithmetic::scalar::Scalar;
use crate::measure::arithmetic::sum;
use crate::measure::law::local::{Beside, LawJet, Local};
use crate::measure::law::transform::{Memory, Transform};
use crate::numbers::{larger, most};

/// The share of `∫ |x| dμ` that the interpolation may be off by.
const TAIL: f64 = 1e-15;
const EPS: f64 = f64::EPSILON;

/// f at `ρζ`, `ζ^N = −1`: with `E = (1 + (s/ρ)^N)/N` it is, up to what is left out,
///
/// ```math
/// p(s) = E Σ_j f_j s_j/(s_j − s),   p′(s) = E Σ_j f_j s_j/(s_j − s)² + ((s/ρ)^N/s) Σ_j f_j s_j/(s_j − s).
/// ```
#[derive(Debug)]
pub(super) struct Shell {
    /// ρ.
    rho: f64,
    /// `s_j` and `f_j s_j` in the upper half plane; the others are conjugate.
    nodes: Vec<[Complex64; 2]>,
    /// The largest `|f_j s_j|`, and what it is off by at most.
    largest: f64,
    error: f64,
    /// What f and f′ differ from p and p′ by at most.
    pub(super) tails: [Upper; 2],
}

/// The two sums over the nodes.
fn sums(nodes: &[[Complex64; 2]], s: Complex64) -> [Complex64; 2] {
    let (mut total, mut lost) = ([0.0; 4], [0.0; 4]);
    let mut add = |k: usize, term: f64| sum::add(&mut total[k], &mut lost[k], term);
    for &[at, value] in nodes {
        for (at, value) in [(at, value), (at.conj(), value.conj())] {
            let near = at - s;
            let inverse = near.conj() / near.norm_sqr();
            let first = value * inverse;
            let second = first * inverse;
            add(0, first.re);
            add(1, first.im);
            add(2, second.re);
            add(3, second.im);
        }
    }
    let value = |k: usize| total[k] + lost[k];
    [
        Complex64::new(value(0), value(1)),
        Complex64::new(value(2), value(3)),
    ]
}

/// `(s/ρ)^N` by squarings.
fn power<T: Scalar>(base: T, mut exponent: usize) -> T {
    let (mut square, mut result) = (base, T::real(1.0));
    while exponent > 0 {
        if exponent % 2 == 1 {
            result = result * square;
        }
        square = square.square();
        exponent /= 2;
    }
    result
}

/// p and p′ from the two sums.
fn interpolated<T: Scalar>(s: T, rho: f64, count: usize, [first, second]: [T; 2]) -> [T; 2] {
    let turn = power(s / T::real(rho), count);
    let factor = (T::real(1.0) + turn) / T::real(count as f64);
    [factor * first, factor * second + turn / s * first]
}

/// χ and χ′ from f and f′.
fn transformed<T: Scalar>(half: f64, s: T, [f, df]: [T; 2]) -> [T; 2] {
    let scale = T::real(2.0) / T::real(half);
    let square = s.square();
    let chi = scale * s * f;
    // du/ds = (h/2)(1 − 1/s²).
    let slope = scale * square / (square - T::real(1.0));
    [chi, scale * (f + s * df) * slope]
}

/// The number of points on the circle of radius ρ at which [`tails`] are small enough, even.
fn count(rho: f64) -> usize {
    let is_enough = |count: &usize| tails(rho, *count)[0].0 <= TAIL;
    (2..).step_by(2).find(is_enough).unwrap_or(usize::MAX)
}

/// What f and f′ in `|s| ≤ ρ` differ from p and p′ by at most, as shares of `∫ |x| dμ`: the terms from `s^N` on, and as much again of those
/// that the rule takes for lower ones, `2 Σ_{k≥N} (k+1) ρ^k` and `2 Σ_{k≥N} k(k+1) ρ^{k−1}`.
fn tails(rho: f64, count: usize) -> [Upper; 2] {
    let n = count as f64;
    let power = Upper::near(rho.powi(count as i32)) * (1.0 + n * EPS);
    let left = Lower(1.0) - Upper(rho);
    let sum = power * (n + 1.0) / (left * left);
    // From one term to the next at most this.
    let ratio = Lower(1.0) - Upper::near(rho * (n + 2.0) / n);
    let steep = power * (n * (n + 1.0)) / (Lower::near(rho) * ratio);
    let steep = if ratio.0 > 0.0 {
        steep
    } else {
        Upper(f64::INFINITY)
    };
    [sum * 2.0, steep * 2.0]
}

/// The values in order, on as many threads as rayon has, but on none of its own: one of those, waiting within a cell of a law that
/// is being filled, would take up work that waits for that cell.
fn on_threads<T: Send>(count: usize, value: impl Fn(usize) -> Option<T> + Sync) -> Option<Vec<T>> {
    let threads = rayon::current_num_threads().clamp(1, count);
    let share = count.div_ceil(threads);
    let value = &value;
    thread::scope(|scope| {
        let part = |k: usize| {
            let own = k * share..count.min((k + 1) * share);
            scope.spawn(move || own.map(value).collect::<Option<Vec<T>>>())
        };
        let parts: Vec<_> = (0..threads).map(part).collect();
        let mut all = Vec::with_capacity(count);
        for part in parts {
            all.extend(part.join().unwrap_or_else(|panic| resume_unwind(panic))?);
        }
        Some(all)
    })
}

impl Shell {
    /// Evaluations that it costs.
    pub(super) fn price(radius: f64) -> usize {
        count(radius.recip()) / 2
    }

    /// The values of a law on the circle of radius `1/radius`; `None` where one has no bound.
    pub(super) fn new(law: &dyn Transform, interval: Interval, radius: f64) -> Option<Self> {
        let rho = radius.recip();
        Self::of(law, interval, rho, count(rho))
    }

    /// The same at so many points, an even number.
    pub(super) fn of(
        law: &dyn Transform,
        interval: Interval,
        rho: f64,
        count: usize,
    ) -> Option<Self> {
        let half = Ball::real(0.5 * interval.half);
        let value = |j: usize| {
            let angle = PI * (2 * j + 1) as f64 / count as f64;
            let s = Complex64::from_polar(rho, angle);
            // The angle and the root of −1 are rounded. Above the axis s is the conjugate of a point below it.
            let place = interval.place(Ball::new(s, 8.0 * EPS * rho)).conj();
            let chi = law.chi(place, &mut Memory::default()).ok()?;
            // f s = χ h/2.
            Some((s, chi.conj() * half))
        };
        let found = on_threads(count / 2, value)?;
        let (low, high) = interval.ends();
        let size = Upper(larger(low.abs(), high.abs()));
        let shell = Self {
            rho,
            nodes: found.iter().map(|(s, value)| [*s, value.center]).collect(),
            largest: most(found.iter().map(|(_, value)| value.most())),
            error: most(found.iter().map(|(_, value)| value.radius)),
            tails: tails(rho, count).map(|tail| tail * size),
        };
        (shell.largest.is_finite() && shell.error.is_finite()).then_some(shell)
    }

    fn count(&self) -> usize {
        2 * self.nodes.len()
    }

    /// χ and its derivative where s is, without bounds.
    pub(super) fn jet(&self, interval: Interval, z: Complex64, s: Complex64) -> LawJet {
        let found = interpolated(s, self.rho, self.count(), sums(&self.nodes, s));
        let [chi, dchi] = transformed(interval.half, s, found);
        LawJet::from_chi(z, -((chi + 1.0) / z), chi, dchi)
    }

    /// f and f′ at s, `|s| < ρ`.
    ///
    /// With `σ = |s|/ρ` the sum of `|s_j − s|⁻²` is `N (1 − σ^2N)/(ρ² (1−σ²) |1 + (s/ρ)^N|²)`, and none is nearer than ρ − |s|. Of a
    /// difference `s_j − s` the root of −1 is off by 8ε ρ.
    pub(super) fn enclosed(&self, s: Complex64) -> Option<[Ball; 2]> {
        let n = self.count() as f64;
        let (rho, length) = (self.rho, Ball::exact(s).upper());
        let share = length / Lower(rho);
        let turned = Upper::near(share.0.powi(self.count() as i32)) * (1.0 + n * EPS);
        let left = Lower(1.0) - share * share;
        let turned = Lower(1.0) - turned;
        let nearest = Lower(rho) - length;
        if !(left.0 > 0.0 && turned.0 > 0.0 && nearest.0 > 0.0) {
            return None;
        }
        let second = Upper(n) / (left * turned * turned * rho * rho);
        let apart = |at: Complex64| size(at - s).recip() + size(at.conj() - s).recip();
        let first: f64 = self.nodes.iter().map(|[at, _]| apart(*at)).sum();
        let first = Upper(first * (1.0 + n * EPS)) + second * (8.0 * EPS * rho);
        let third = second / nearest;
        let (largest, error) = (Upper(self.largest), Upper(self.error));
        let rounding = largest * EPS;
        let off = [
            error * first + rounding * (first * 10.0 + second * (10.0 * rho)),
            error * second + rounding * (second * 16.0 + third * (20.0 * rho)),
        ];
        let found = sums(&self.nodes, s);
        let found = [0, 1].map(|k| Ball::exact(found[k]).grown(off[k].0));
        let found = interpolated(Ball::exact(s), rho, self.count(), found);
        Some([0, 1].map(|k| found[k].grown(self.tails[k].0)))
    }

    /// The transform near `u(s)`, at the middle of the disc that this is known to lie in.
    pub(super) fn local(&self, interval: Interval, s: Complex64, pole: bool) -> Option<Local> {
        let exact = Ball::exact(s);
        let [chi, dchi] = transformed(interval.half, exact, self.enclosed(s)?);
        let place = interval.place(exact);
        let below = -((chi + Ball::real(1.0)) / place);
        let jet = LawJet::from_chi(place, below, chi, dchi);
        let (low, high) = interval.ends();
        let reach = place.beside((low - EPS * low.abs(), high + EPS * high.abs()));
        let law = Beside::at(if pole {
            reach.min(place.least())
        } else {
            reach
        });
        let local = Local::new(place, jet.s, jet.ds, jet.chi, law.reach)
            .with_slope(jet.dchi)
            .with_bounds(law, Beside::at(reach));
        // The values are those of a point of the disc.
        local.widened(place.radius)
    }
}
