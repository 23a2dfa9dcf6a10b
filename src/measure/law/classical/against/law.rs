//! What else there is to know of the sum or product of a density in closed form with any law.

use super::super::direct;
use super::{Against, Operation};
use crate::measure::arithmetic::ball::Ball;
use crate::measure::law::answer::moments::convolved;
use crate::measure::law::local::Local;
use crate::measure::law::subordination::edges::{blocks, union};
use crate::measure::law::transform::{Atom, Memory, Transform};
use crate::measure::law::{LawError, Notation};
use crate::numbers::larger;

impl Transform for Against {
    fn evaluate(&self, z: Ball, memory: &mut Memory) -> Result<Local, LawError> {
        let mass = self.x.shape.mass();
        let (mut values, mut steps) = ([Ball::real(0.0); 3], 0);
        let signs = [1.0, -1.0];
        for ((half, sign), memory) in self.halves(z).iter().zip(signs).zip(memory.inner(2)) {
            let (found, nodes) = half.integrate(memory)?;
            let gap = half.gap().ok_or_else(|| half.lost())?;
            values = [0, 1, 2].map(|k| values[k] + (found[k] * sign).grown(gap[k].0) / mass);
            steps += nodes;
        }
        let reach = z.beside(self.hull());
        if z.center.im == 0.0 && reach > 0.0 {
            // The values there are real.
            values.iter_mut().for_each(|value| value.center.im = 0.0);
        }
        let [s, ds, chi] = values;
        if !s.is_finite() {
            return Err(LawError::at_edge(z.center, z.radius));
        }
        let mut local = Local::new(z, s, ds, chi, reach);
        local.steps = steps;
        Ok(local)
    }

    fn guessed(&self, x: f64, _: &mut Memory) -> Option<[f64; 2]> {
        let distribution = self.y.distribution().ok()?;
        let atoms = self.y.point_masses().iter();
        let atoms = atoms.map(|atom| (atom.at, atom.mass));
        let stretches = distribution.stretches();
        Some(direct::density(
            self.x,
            &stretches,
            atoms,
            self.operation,
            x,
        ))
    }

    /// None of a sum; of a product one at 0, if Y has it.
    fn atoms(&self) -> Vec<Atom> {
        let mass = self.y.mass_at(0.0);
        if self.operation == Operation::Sum || mass == 0.0 {
            return Vec::new();
        }
        vec![Atom { at: 0.0, mass }]
    }

    fn hull(&self) -> (f64, f64) {
        let (low, high) = self.image(self.y.hull());
        let margin = 8.0 * f64::EPSILON * self.size();
        // Of two laws on the half line the sum is one, and the product of one with it is.
        let on_half_line = self.x.ends().0 >= 0.0 && self.y.hull().0 >= 0.0;
        let lowest = if on_half_line { 0.0 } else { f64::NEG_INFINITY };
        ((low - margin).max(lowest), high + margin)
    }

    fn intervals(&self) -> Result<Vec<(f64, f64)>, LawError> {
        let product = self.operation == Operation::Product;
        let parts = blocks(&self.y, |at| product && at == 0.0)?.into_iter();
        Ok(union(
            parts
                .map(|part| self.image((part.low, part.high)))
                .collect(),
        ))
    }

    fn kinks(&self) -> Result<Vec<f64>, LawError> {
        let mut places = self.y.kinks()?;
        places.extend(self.y.support()?.iter().flat_map(|&(c, d)| [c, d]));
        places.extend(self.y.point_masses().iter().map(|atom| atom.at));
        let (a, b) = self.x.ends();
        let product = self.operation == Operation::Product;
        let image = |y: f64| {
            if product {
                [a * y, b * y]
            } else {
                [a + y, b + y]
            }
        };
        let mut images: Vec<f64> = places.into_iter().flat_map(image).collect();
        // Where x is 0 or y is, whatever the other one.
        images.extend(product.then_some(0.0));
        Ok(images)
    }

    fn moments(&self, count: usize) -> Result<Vec<f64>, LawError> {
        let (x, y) = (self.x.moments(count)?, self.y.moments(count)?);
        Ok(match self.operation {
            Operation::Sum => convolved(&x, &y),
            Operation::Product => x.iter().zip(&y).map(|(x, y)| x * y).collect(),
        })
    }

    fn notation(&self, f: &mut Notation<'_>) -> std::fmt::Result {
        match self.operation {
            Operation::Sum => write!(f, "({} * {})", self.x, self.y),
            Operation::Product => write!(f, "({} [.] {})", self.x, self.y),
        }
    }
}

impl Against {
    /// All values of X with those of Y in an interval.
    fn image(&self, (c, d): (f64, f64)) -> (f64, f64) {
        let (a, b) = self.x.ends();
        match self.operation {
            Operation::Sum => (a + c, b + d),
            Operation::Product => ((a * c).min(b * c), (a * d).max(b * d)),
        }
    }

    /// A bound of the terms that the ends of the hull are made of.
    fn size(&self) -> f64 {
        let ((a, b), (c, d)) = (self.x.ends(), self.y.hull());
        let (x, y) = (larger(a.abs(), b.abs()), larger(c.abs(), d.abs()));
        match self.operation {
            Operation::Sum => x + y,
            Operation::Product => x * y,
        }
    }
}
