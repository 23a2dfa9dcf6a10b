//! The numbers that the theorem of Newton and Kantorovich needs, see [`super::enclosure`].

use num_complex::Complex64;

use super::dense;
use super::energy::Energy;
use super::equation::Equation;
use super::norms::{applied, applied_rows, weighted, weights};
use crate::measure::arithmetic::ball::{Ball, size};
use crate::measure::arithmetic::bound::{Lower, Upper};
use crate::measure::law::transform::Memory;
use crate::numbers::most;

/// Refinements of a derivative at most: each halves what is missed, or it is the last.
const REFINED: usize = 60;

/// What the theorem needs at x̃.
pub(super) struct Newton<'a> {
    pub(super) equation: &'a Equation,
    z: Complex64,
    pub(super) x: &'a [Complex64],
    inverse: &'a [Complex64],
    /// `F(x̃)` at the centre of the disc of z, and `∂F/∂z`.
    residual: Vec<Ball>,
    push: Vec<Ball>,
    /// β at the centre of the disc of z, and its growth with the radius of the disc.
    beta: Upper,
    growth: Upper,
    /// q at x̃ and the centre of the disc, the derivative's rounding apart.
    defect: Upper,
    /// J, as it was computed.
    jacobian: Vec<Complex64>,
    /// A first guess of how q grows with ρ.
    bend: f64,
    /// The sizes of the unknowns, those of a matrix alike: distances are measured in these, as a W near 0 stands beside a large Ω.
    weights: Vec<f64>,
}

/// What is known of the root.
pub(super) struct Enclosed {
    /// Its derivative by z, and what each part of that is off by at most.
    pub(super) slope: Vec<Complex64>,
    pub(super) slope_error: Vec<f64>,
    /// What the corners of W and of its derivative are off by at most.
    pub(super) corner: Upper,
    pub(super) corner_slope: Upper,
}

/// All points within these radii.
pub(super) fn within(x: &[Complex64], radii: &[f64]) -> Vec<Ball> {
    let pairs = x.iter().zip(radii);
    pairs.map(|(&x, by)| Ball::exact(x).grown(*by)).collect()
}

impl<'a> Newton<'a> {
    /// `None` where a law has no value.
    pub(super) fn new(
        equation: &'a Equation,
        z: Complex64,
        x: &'a [Complex64],
        inverse: &'a [Complex64],
        memories: &mut Vec<Memory>,
    ) -> Option<Self> {
        let m = equation.count();
        let weights = weights(equation, x);
        let balls: Vec<Ball> = x.iter().map(|&x| Ball::exact(x)).collect();
        let energies = equation.energies(&balls, memories)?;
        let residual = equation.residual(Ball::exact(z), 0.0, &balls, &energies);
        let push = equation.pushed(&equation.corner(), &balls);
        let jacobian = equation.jacobian(Ball::exact(z), 0.0, &balls, &energies);
        let jacobian: Vec<Complex64> = jacobian.into_iter().map(|ball| ball.center).collect();
        let mut defect: Vec<f64> = Vec::with_capacity(m);
        let mut row = vec![Complex64::ZERO; m];
        // Of the sum of m+1 terms in an entry of 1 − CJ.
        let mut rounding = vec![0.0; m];
        for (i, c) in inverse.chunks_exact(m).enumerate() {
            row.fill(Complex64::ZERO);
            row[i] = Complex64::ONE;
            for (c, j) in c.iter().zip(jacobian.chunks_exact(m)) {
                if *c != Complex64::ZERO {
                    for (sum, j) in row.iter_mut().zip(j) {
                        *sum -= c * j;
                    }
                }
            }
            let sum: f64 = row.iter().zip(&weights).map(|(x, w)| size(*x) * w).sum();
            defect.push(sum / weights[i]);
        }
        for (sum, row) in rounding.iter_mut().zip(jacobian.chunks_exact(m)) {
            let terms = row.iter().zip(&weights).map(|(x, w)| size(*x) * w);
            *sum = terms.sum::<f64>() * 4.0 * (m as f64 + 4.0) * f64::EPSILON;
        }
        let defect = Upper(most(defect) * (1.0 + 1e-12)) + weighted(inverse, &rounding, &weights);
        let mut found = Self {
            equation,
            z,
            x,
            inverse,
            beta: applied(inverse, &residual, &weights),
            growth: applied(inverse, &push, &weights),
            residual,
            push,
            defect,
            jacobian,
            bend: 0.0,
            weights,
        };
        let small = 1e-9;
        let grown = found.contraction(Upper(0.0), Upper(small), memories)?.0;
        found.bend = ((grown - found.defect.0) / small).max(1e-300);
        Some(found)
    }

    /// The derivative over discs of the unknowns, for z in a disc.
    fn over(&self, radius: Upper, balls: &[Ball], memories: &mut Vec<Memory>) -> Option<Vec<Ball>> {
        let energies: Vec<Vec<Energy<Ball>>> = self.equation.energies(balls, memories)?;
        let disc = Ball::exact(self.z).grown(radius.0);
        Some(self.equation.jacobian(disc, 0.0, balls, &energies))
    }

    /// `ρ w`, what the unknowns are apart at a distance ρ.
    pub(super) fn radii(&self, rho: Upper) -> Vec<f64> {
        self.weights.iter().map(|w| (rho * *w).0).collect()
    }

    /// The distance of the unknowns from these.
    pub(super) fn distance(&self, other: &[Complex64]) -> f64 {
        let pairs = self.x.iter().zip(other).zip(&self.weights);
        most(pairs.map(|((a, b), w)| size(a - b) / w))
    }

    /// The largest of radii of the unknowns, in their sizes.
    pub(super) fn largest(&self, radii: &[f64]) -> Upper {
        let pairs = radii.iter().zip(&self.weights);
        Upper(most(pairs.map(|(radius, w)| radius / w)) * (1.0 + 4.0 * f64::EPSILON))
    }

    /// q over a disc of z of this radius, within ρ of x̃.
    fn contraction(&self, radius: Upper, rho: Upper, memories: &mut Vec<Memory>) -> Option<Upper> {
        let range = self.over(radius, &within(self.x, &self.radii(rho)), memories)?;
        let m = self.equation.count();
        let rows = range.chunks_exact(m).zip(self.jacobian.chunks_exact(m));
        let moved: Vec<f64> = rows
            .map(|(range, row)| {
                let pairs = range.iter().zip(row).zip(&self.weights);
                let sum: f64 = pairs.map(|((ball, j), w)| ball.distance(*j) * w).sum();
                sum * (1.0 + 2.0 * m as f64 * f64::EPSILON)
            })
            .collect();
        Some(self.defect + weighted(self.inverse, &moved, &self.weights))
    }

    /// Whether there is one root within ρ for every z of the disc.
    pub(super) fn holds(&self, radius: Upper, rho: Upper, memories: &mut Vec<Memory>) -> bool {
        let moved = self.beta + self.growth * radius;
        let Some(q) = self.contraction(radius, rho, memories) else {
            return false;
        };
        q.0 <= 0.5 && (moved + q * rho).0 <= rho.0
    }

    /// A first ρ to try, over which q grows by a share.
    pub(super) fn wide(&self) -> Upper {
        Upper(0.125 / self.bend)
    }

    /// A radius of z for which this may hold: with a quarter of ρ for what the root moves.
    pub(super) fn reach(&self, rho: Upper) -> Upper {
        let norm = weighted(self.inverse, &self.weights, &self.weights);
        Upper((0.25 * rho.0 / self.growth.0).min(0.0625 / norm.0))
    }

    /// A small ρ with this.
    pub(super) fn rho(
        &self,
        radius: Upper,
        memories: &mut Vec<Memory>,
    ) -> Result<Upper, (f64, f64)> {
        let moved = self.beta + self.growth * radius;
        let mut rho = moved * 1.25;
        for _ in 0..4 {
            if self.holds(radius, rho, memories) {
                return Ok(rho);
            }
            rho = rho * 1.5;
        }
        let last = self.contraction(radius, rho, memories);
        Err((rho.0, last.map_or(f64::INFINITY, |q| q.0)))
    }

    /// Each unknown by itself: `x − x̃ = −C F(x̃) + (1 − C F′)(x − x̃)`, row by row.
    fn each(&self, radius: Upper, rho: Upper, q: Upper) -> Vec<Upper> {
        let residual = applied_rows(self.inverse, &self.residual);
        let push = applied_rows(self.inverse, &self.push);
        let pairs = residual.into_iter().zip(push);
        let rho = self.radii(rho).into_iter().map(Upper);
        let moved = pairs.zip(rho).map(|((residual, push), rho)| {
            let moved = residual + push * radius + q * rho;
            moved.min(rho)
        });
        moved.collect()
    }

    /// The derivative of the root by z, over the disc and within ρ of x̃, and what the corner of W and it are off by at most.
    pub(super) fn enclosed(
        &self,
        radius: Upper,
        rho: Upper,
        memories: &mut Vec<Memory>,
    ) -> Option<Enclosed> {
        let m = self.equation.count();
        let q = self.contraction(radius, rho, memories)?;
        let each = self.each(radius, rho, q);
        let pairs = self.x.iter().zip(&each);
        let balls: Vec<Ball> = pairs.map(|(&x, by)| Ball::exact(x).grown(by.0)).collect();
        let range = self.over(radius, &balls, memories)?;
        let push = self.equation.pushed(&self.equation.corner(), &balls);
        // `J X′ = −∂F/∂z` by C, refined while that helps.
        let mut slope = vec![Complex64::ZERO; m];
        let mut before = f64::INFINITY;
        for _ in 0..REFINED {
            let pairs = dense::times(&self.jacobian, &slope).into_iter().zip(&push);
            let residual: Vec<Complex64> = pairs.map(|(a, b)| a + b.center).collect();
            let step = dense::times(self.inverse, &residual);
            let change = most(step.iter().map(|x| size(*x)));
            if change.is_nan() || change >= 0.5 * before {
                break;
            }
            before = change;
            for (slope, step) in slope.iter_mut().zip(&step) {
                *slope -= step;
            }
        }
        let missed: Vec<Ball> = range
            .chunks_exact(m)
            .zip(&push)
            .map(|(row, &push)| {
                let pairs = row.iter().zip(&slope);
                pairs.fold(push, |sum, (&j, &h)| sum + j * Ball::exact(h))
            })
            .collect();
        let slope_error = applied(self.inverse, &missed, &self.weights) / (Lower(1.0) - q);
        let errors = self.radii(slope_error);
        let whole = Upper(errors.first().copied().unwrap_or(f64::INFINITY));
        let rows = applied_rows(&self.inverse[..m], &missed);
        let first = rows.first().copied().map_or(whole, |row| row + q * whole);
        Some(Enclosed {
            slope,
            slope_error: errors,
            corner: each.first().copied().unwrap_or(whole),
            corner_slope: first.min(whole),
        })
    }
}
