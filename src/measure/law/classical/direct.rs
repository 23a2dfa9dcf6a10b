//! The density of a sum or a product of two independent variables by an integral over the real line, without a bound:
//! far quicker than from the transform.
//!
//! ```math
//! f_{X+Y}(x) = ∫ f_X(t) f_Y(x − t) dt,   f_{XY}(x) = ∫ f_X(t) f_Y(x/t) dt/t,   X > 0.
//! ```
//!
//! From an end of an interval of t, where an end of X's support or of a piece of Y's is, densities are powers of the
//! distance. It is counted from there, so that nothing is lost, as the square
//! of the variable; panels are halved towards the end until that changes nothing.

use super::against::Operation;
use super::part::Smooth;
use super::smooth::Shape;
use crate::measure::arithmetic::gauss;
use crate::measure::law::kind::algebraic::Algebraic;

/// Halvings of a half at most.
const HALVINGS: usize = 60;
/// What is changed less, relative to the whole, is settled.
const SETTLED: f64 = 4e-15;
/// The share of the value that rounding takes.
const ROUNDING: f64 = 2e-13;

/// An interval with a density, known by the distances from both ends.
pub(crate) struct Stretch<'a> {
    pub(crate) low: f64,
    pub(crate) high: f64,
    pub(crate) density: Box<dyn Fn(f64, f64) -> f64 + 'a>,
}

impl Stretch<'_> {
    /// Mirrored at 0.
    fn mirrored(&self) -> Stretch<'_> {
        let density = &self.density;
        Stretch {
            low: -self.high,
            high: -self.low,
            density: Box::new(move |left, right| density(right, left)),
        }
    }
}

impl Smooth {
    /// The part divided by its mass.
    fn stretch(self) -> Stretch<'static> {
        let (low, high) = self.ends();
        let size = self.scale.abs();
        let (mass, upright) = (self.shape.mass().center.re, self.scale > 0.0);
        Stretch {
            low,
            high,
            density: Box::new(move |left, right| {
                let (left, right) = if upright {
                    (left, right)
                } else {
                    (right, left)
                };
                self.shape.density_between(left / size, right / size) / (size * mass)
            }),
        }
    }
}

impl Shape {
    /// The density at distances from both ends.
    fn density_between(self, left: f64, right: f64) -> f64 {
        let power = |x: f64, p: f64| match p {
            0.5 => x.sqrt(),
            -0.5 => 1.0 / x.sqrt(),
            _ => 1.0,
        };
        let [low, high] = self.powers();
        let value = self.constant().center.re * power(left, low) * power(right, high);
        match self {
            Shape::Algebraic(Algebraic::MarchenkoPastur { gamma }) if gamma != 1.0 => {
                value / (self.ends()[0].center.re + left)
            }
            _ => value,
        }
    }
}

/// The integral of a function over `(0, length]`, with a singularity of powers at 0, and what it is off by about.
fn from_the_end(length: f64, f: impl Fn(f64) -> f64) -> [f64; 2] {
    let panel = |from: f64, to: f64| {
        let (middle, half) = (0.5 * (from + to), 0.5 * (to - from));
        let terms = gauss::RULE.iter().flat_map(|&(x, weight)| {
            let at = |v: f64| 2.0 * v * f(v * v) * weight * half;
            [at(middle + half * x), at(middle - half * x)]
        });
        terms.sum::<f64>()
    };
    let mut top = length.sqrt();
    let (mut sum, mut whole) = (0.0, panel(0.0, top));
    let mut apart = f64::INFINITY;
    for _ in 0..HALVINGS {
        let middle = 0.5 * top;
        let (lower, upper) = (panel(0.0, middle), panel(middle, top));
        apart = (whole - lower - upper).abs();
        sum += upper;
        (whole, top) = (lower, middle);
        if apart <= SETTLED * (sum + whole).abs() {
            break;
        }
    }
    [sum + whole, apart]
}

/// The way of t from one end to the other: how far the ends of X and of Y, or what they make of t, lie outside of it.
struct Way {
    length: f64,
    /// Below it, those of X and of the highest of Y.
    below: [f64; 2],
    /// Above it, those of X and of the lowest of Y.
    above: [f64; 2],
}

impl Way {
    /// From `t_low − X_low` and `X_high − t_high`, `t_low` and `t_high` the places of t where Y is at its ends; `None`
    /// if it is empty.
    fn new(wide: f64, start: f64, end: f64) -> Option<Self> {
        let positive = |x: f64| x.max(0.0);
        let length = wide - positive(start) - positive(end);
        (length > 0.0).then(|| Self {
            length,
            below: [positive(start), positive(-start)],
            above: [positive(end), positive(-end)],
        })
    }

    /// The integral of a function of the distances of t from the ends of X, and of those of the highest and lowest of
    /// Y. Near an end of the way they
    /// are counted from there, and both ends tell the same length.
    fn integral(&self, f: impl Fn([f64; 2], [f64; 2]) -> f64) -> [f64; 2] {
        let at = |left: f64, right: f64| {
            f(
                [self.below[0] + left, self.above[0] + right],
                [self.below[1] + left, self.above[1] + right],
            )
        };
        let half = 0.5 * self.length;
        let low = from_the_end(half, |d| at(d, self.length - d));
        let high = from_the_end(half, |d| at(self.length - d, d));
        [low[0] + high[0], low[1] + high[1]]
    }
}

/// Of X + Y.
fn of_sum(x: &Stretch<'_>, y: &Stretch<'_>, at: f64) -> [f64; 2] {
    let (start, end) = ((at - y.high) - x.low, x.high - (at - y.low));
    let way = Way::new(x.high - x.low, start, end);
    way.map_or([0.0; 2], |way| {
        way.integral(|[left, right], [high, low]| (x.density)(left, right) * (y.density)(low, high))
    })
}

/// Of XY, X and the point on the right of 0, and what of Y is.
fn of_product(x: &Stretch<'_>, y: &Stretch<'_>, at: f64) -> [f64; 2] {
    let start = at / y.high - x.low;
    let end = match y.low > 0.0 {
        true => x.high - at / y.low,
        false => f64::NEG_INFINITY,
    };
    let way = Way::new(x.high - x.low, start, end);
    way.map_or([0.0; 2], |way| {
        way.integral(|[left, right], [high, low]| {
            // `Y_high − x/t = Y_high (t − x/Y_high)/t`.
            let t = x.low + left;
            let above = y.high * high / t;
            let below = match y.low > 0.0 {
                true => y.low * low / t,
                false => at / t - y.low,
            };
            (x.density)(left, right) * (y.density)(below, above) / t
        })
    })
}

/// The density of a sum or product of a part in closed form and another variable.
pub(super) fn density(
    x: Smooth,
    y: &[Stretch<'_>],
    atoms: impl Iterator<Item = (f64, f64)>,
    operation: Operation,
    at: f64,
) -> [f64; 2] {
    let own = x.stretch();
    let value = |place: f64| match place > own.low && place < own.high {
        true => (own.density)(place - own.low, own.high - place),
        false => 0.0,
    };
    let of_atoms = atoms.map(|(place, mass)| match operation {
        Operation::Sum => mass * value(at - place),
        Operation::Product if place == 0.0 => 0.0,
        Operation::Product => mass * value(at / place) / place.abs(),
    });
    let mut sum = [of_atoms.sum::<f64>(), 0.0];
    for part in y {
        let [value, error] = match operation {
            Operation::Sum => of_sum(&own, part, at),
            Operation::Product if at > 0.0 && part.high > 0.0 => of_product(&own, part, at),
            Operation::Product if at < 0.0 && part.low < 0.0 => {
                of_product(&own, &part.mirrored(), -at)
            }
            Operation::Product => [0.0; 2],
        };
        sum[0] += value;
        sum[1] += error;
    }
    [sum[0], sum[1] + ROUNDING * sum[0].abs()]
}

/// The density of the sum of two parts in closed form.
pub(super) fn of_parts(x: Smooth, y: Smooth, at: f64) -> [f64; 2] {
    density(x, &[y.stretch()], std::iter::empty(), Operation::Sum, at)
}

#[cfg(test)]
mod tests {
    use crate::measure::Law;
    use crate::measure::law::transform::Memory;

    /// The integral over the real line and the one in the upper half plane, which has a bound.
    #[test]
    fn the_density_is_that_of_the_transform() {
        for (text, points) in [
            ("uniform(0, 1) * semicircle(1)", vec![-1.2, 0.4, 2.9]),
            ("mp(0.5) * mp(1)", vec![0.2, 1.7, 5.0]),
            ("mp(2) * arcsine(0, 1)", vec![0.4, 2.0, 6.0]),
            ("semicircle(1) * (mp(1) [+] mp(2))", vec![-1.0, 2.0, 6.0]),
            (
                "mix(1/2: uniform(0, 1), 1/2: point(2)) * mp(1)",
                vec![0.7, 2.5, 5.5],
            ),
            ("mp(0.5) [.] uniform(-1, 1)", vec![-2.0, -0.3, 0.1, 1.5]),
            ("mp(1) [.] mp(2)", vec![0.01, 1.0, 9.0]),
            (
                "uniform(1, 2) [.] (mp(1) [+] semicircle(1))",
                vec![-1.0, 0.5, 6.0],
            ),
            // Images and mixtures of such laws.
            ("-4 . (mp(0.5) * mp(1)) + 3", vec![2.2, -4.0, -17.0]),
            ("0.25 . (mp(1) [.] mp(2))", vec![0.01, 0.25, 2.0]),
            (
                "mix(1/4: mp(0.5) * mp(1), 3/4: uniform(0, 1) * semicircle(1))",
                vec![-1.2, 0.4, 2.9, 5.0],
            ),
        ] {
            let law = Law::parse(text).unwrap();
            for x in points {
                let proved = law.density(x).unwrap();
                let [value, error] = law.guessed(x, &mut Memory::default()).unwrap();
                let apart = (value - proved.value).abs();
                // The density of a part that is no closed form is a series, see [`crate::measure::Distribution`].
                let allowed = proved.radius + error + 1e-12;
                assert!(
                    apart <= allowed,
                    "{text} {x}: {value} {} {apart:e}",
                    proved.value
                );
            }
        }
    }
}
