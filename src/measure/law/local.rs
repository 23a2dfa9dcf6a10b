//! The transform of a law at a point, enclosed, with what is known of it on a disc around the point.

#[cfg(test)]
mod tests;

use num_complex::Complex64;

use crate::measure::arithmetic::ball::{Ball, size};
use crate::measure::arithmetic::bound::{Lower, Upper};
use crate::numbers::larger;

mod beside;
mod jet;

pub(crate) use beside::Beside;
use beside::spread;
pub(crate) use jet::LawJet;

/// `s`, `s′`, `χ` and `χ′` at a point, enclosed; analytic within the reach of `law`, the last two within that of `chi_law`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Local {
    pub(crate) at: Complex64,
    pub(crate) s: Ball,
    pub(crate) ds: Ball,
    pub(crate) chi: Ball,
    pub(crate) dchi: Ball,
    /// Of μ.
    pub(crate) law: Beside,
    /// Of `|x| dμ`.
    pub(crate) chi_law: Beside,
    /// Newton steps and quadrature nodes spent.
    pub(crate) steps: usize,
}

impl Local {
    /// From enclosures and a lower bound of the distance to the support.
    ///
    /// `z` stands for every point of the disc in the closed upper half plane; the bounds hold for all of them.
    pub(crate) fn new(z: Ball, s: Ball, ds: Ball, chi: Ball, reach: f64) -> Self {
        let heights = heights(z.center.im, z.radius);
        let reach = reach.max(heights.0);
        let mass = Upper(s.center.im.max(0.0)) + Upper(s.radius);
        let distance = Lower(reach);
        let spread = spread(heights, mass, ds, reach).min(Upper(1.0) / (distance * distance));
        // |x| is at most |x − z| + |z|, and the root of ∫ dμ/|x−z|² bounds ∫ dμ/|x−z|.
        let moments = spread.sqrt() + z.upper() * spread;
        Self {
            at: z.center,
            s,
            ds,
            chi,
            dchi: -s - z * ds,
            law: Beside {
                reach,
                spread: spread.0,
            },
            chi_law: Beside {
                reach,
                spread: moments.0,
            },
            steps: 1,
        }
    }

    /// With a better enclosure of χ′, if it is one.
    pub(crate) fn with_slope(mut self, dchi: Ball) -> Self {
        self.dchi = self.dchi.tighter(dchi);
        self
    }

    /// With further bounds of the distances to the law, and from all of it but an atom at 0.
    pub(crate) fn with_bounds(mut self, law: Beside, chi_law: Beside) -> Self {
        self.law = self.law.and(law);
        self.chi_law = self.chi_law.and(chi_law);
        self
    }

    /// What follows of the support: it lies in the hull.
    pub(crate) fn within(mut self, (low, high): (f64, f64), radius: f64) -> Self {
        let largest = Upper(low.abs().max(high.abs()));
        let heights = heights(self.at.im, radius);
        let mut least = largest * Upper(self.law.spread);
        if low >= 0.0 {
            // −Im χ = Im z ∫ x dμ/|x−z|².
            let mass = Upper((-self.chi.center.im).max(0.0)) + Upper(self.chi.radius);
            least = least.min(spread(heights, mass, self.dchi, self.chi_law.reach));
        }
        self.chi_law = self.chi_law.and(Beside {
            reach: self.chi_law.reach,
            spread: least.0,
        });
        self
    }

    /// The same for every point within `radius`; `None` where the support is as near.
    pub(crate) fn widened(mut self, radius: f64) -> Option<Self> {
        if radius > 0.0 {
            let over = self.over(radius)?;
            (self.s, self.ds, self.chi, self.dchi) = (over.s, over.ds, over.chi, over.dchi);
            self.law = self.law.widened(Upper(radius));
            self.chi_law = self.chi_law.widened(Upper(radius));
        }
        Some(self)
    }

    /// The same at a point nearby, by Taylor's series; `None` where the support is as near.
    pub(crate) fn moved_to(self, z: Complex64) -> Option<Self> {
        // Of two points that are far apart the difference is rounded.
        let step = z - self.at;
        let step = Ball::new(step, 2.0 * f64::EPSILON * size(step));
        let length = step.upper();
        let (second, chi_second) = (self.law.bend(length)?, self.chi_law.bend(length)?);
        let along = |value: Ball, slope: Ball, second: Upper| {
            (value + step * slope).grown((length * length * second * 0.5).0)
        };
        let slope = |slope: Ball, second: Upper| slope.grown((length * second).0);
        let (law, chi_law) = (self.law.widened(length), self.chi_law.widened(length));
        let mut values = [
            along(self.s, self.ds, second),
            slope(self.ds, second),
            along(self.chi, self.dchi, chi_second),
            slope(self.dchi, chi_second),
        ];
        if z.im == 0.0 && self.at.im == 0.0 {
            // Beside the support the values are real.
            values.iter_mut().for_each(|value| value.center.im = 0.0);
        }
        let [s, ds, chi, dchi] = values;
        let mut local = Self::new(Ball::exact(z), s, ds, chi, law.reach)
            .with_slope(dchi)
            .with_bounds(law, chi_law);
        local.steps = self.steps;
        Some(local)
    }

    /// [`Local::moved_to`], if the bound of χ is not worse by more than its half.
    pub(crate) fn moved_within_rounding(&self, z: Complex64) -> Option<Self> {
        let moved = self.moved_to(z)?;
        (moved.chi.radius <= 1.5 * self.chi.radius).then_some(moved)
    }

    /// The centres.
    pub(crate) fn jet(&self) -> LawJet {
        LawJet {
            at: self.at,
            s: self.s.center,
            ds: self.ds.center,
            chi: self.chi.center,
            dchi: self.dchi.center,
        }
    }

    /// The values for all of the disc that they were asked for.
    pub(crate) fn over_itself(&self) -> LawJet<Ball> {
        LawJet {
            at: Ball::exact(self.at),
            s: self.s,
            ds: self.ds,
            chi: self.chi,
            dchi: self.dchi,
        }
    }

    /// The self-energy and its slope for all of the disc that the values were asked for.
    pub(crate) fn energy(&self, hull: (f64, f64)) -> Option<[Ball; 2]> {
        let jet = self.over_itself();
        let energy = [self.chi / self.s, jet.energy_slope(middle(hull))];
        energy.iter().all(|ball| ball.is_finite()).then_some(energy)
    }

    /// Enclosures of χ and χ′ over all points within `rho`; `None` where the disc meets the support without 0.
    pub(crate) fn chi_over(&self, rho: f64) -> Option<[Ball; 2]> {
        let rho = Upper(rho);
        Some(moved(self.chi, self.dchi, rho, self.chi_law.bend(rho)?))
    }

    /// `∫ x² dμ/(z − x)² = −χ − zχ′` over all points within `rho`, of a law in a hull.
    pub(crate) fn square_over(&self, rho: f64, hull: (f64, f64)) -> Option<Ball> {
        let largest = Upper(larger(hull.0.abs(), hull.1.abs()));
        let moved = Upper(rho) * largest * self.chi_law.bend(Upper(rho))?;
        let value = -(self.chi + Ball::exact(self.at) * self.dchi);
        Some(value.grown(moved.0))
    }

    /// Enclosures of `s`, `s′`, `χ`, `χ′` over all points within `rho`; `None` where the disc meets the support.
    pub(crate) fn over(&self, rho: f64) -> Option<LawJet<Ball>> {
        let [chi, dchi] = self.chi_over(rho)?;
        let at = Ball::exact(self.at).grown(rho);
        let rho = Upper(rho);
        let [s, ds] = moved(self.s, self.ds, rho, self.law.bend(rho)?);
        Some(LawJet {
            at,
            s,
            ds,
            chi,
            dchi,
        })
    }

    /// The self-energy `H = χ/s` and its slope over all points within `rho`, of a law in a hull.
    ///
    /// `H(z) = −mean + ∫ dm(x)/(x − z)` for a measure m in the hull (Nevanlinna), which bounds H″ as that of a law is. Between
    /// two parts of the support, where m may have a point that is a zero of s: from the ranges of χ and s.
    pub(crate) fn energy_over(&self, rho: f64, hull: (f64, f64)) -> Option<[Ball; 2]> {
        let center = middle(hull);
        let slope = |jet: LawJet<Ball>| {
            let plain = jet.ds / jet.s.square() - Ball::real(1.0);
            jet.energy_slope(center).tighter(plain)
        };
        let (value, at) = (self.chi / self.s, slope(self.over(0.0)?));
        let height = self.at.im;
        let reach = Ball::exact(self.at).beside(hull).max(height);
        let mass = Upper(value.center.im.max(0.0)) + Upper(value.radius);
        let spread = spread((height, height), mass, at, reach).0;
        let rest = Beside { reach, spread }.bend(Upper(rho));
        let near = rest.map(|second| moved(value, at, Upper(rho), second));
        let far = self.over(rho).map(slope);
        let far = far.map(|slope| [value.grown(slope.most() * rho), slope]);
        match (near, far) {
            (Some(a), Some(b)) => Some([0, 1].map(|k| a[k].tighter(b[k]))),
            (a, b) => a.or(b),
        }
    }
}

/// The heights of the points of a disc.
fn heights(middle: f64, radius: f64) -> (f64, f64) {
    (
        (Lower(middle) - Upper(radius)).0,
        (Upper(middle) + Upper(radius)).0,
    )
}

/// A function and its derivative over all points within `rho`, the second derivative at most `second` there.
fn moved(value: Ball, slope: Ball, rho: Upper, second: Upper) -> [Ball; 2] {
    let moved = rho * (slope.upper() + rho * second * 0.5);
    [value.grown(moved.0), slope.grown((rho * second).0)]
}

/// The middle of a hull.
pub(crate) fn middle((low, high): (f64, f64)) -> f64 {
    0.5 * low + 0.5 * high
}
