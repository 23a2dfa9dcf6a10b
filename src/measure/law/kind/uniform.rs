//! The uniform law.

use crate::measure::arithmetic::ball::{Ball, size};
use crate::measure::law::local::Local;
use crate::measure::law::transform::{Atom, Memory, Transform};
use crate::measure::law::{LawError, Notation};

/// Uniform on `[low, high]`: `s = log((z−b)/(z−a))/(b−a)`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Uniform {
    pub(crate) low: f64,
    pub(crate) high: f64,
}

/// Below this the logarithm is summed as a series.
const SERIES: f64 = 0.1;

impl Uniform {
    /// `∫ log(z − x) dμ + 1 = ((z−a) log(z−a) − (z−b) log(z−b))/(b−a)`, from z's distances to a and b.
    pub(crate) fn potential(&self, from: [Ball; 2]) -> Ball {
        let [above, below] = from.map(|from| from * from.log_upper());
        (above - below) / (Ball::real(self.high) - Ball::real(self.low))
    }
}

impl Transform for Uniform {
    fn evaluate(&self, z: Ball, _: &mut Memory) -> Result<Local, LawError> {
        let (a, b) = (Ball::real(self.low), Ball::real(self.high));
        let (width, from_a, from_b) = (b - a, z - a, z - b);
        if size(from_a.center) == 0.0 || size(from_b.center) == 0.0 {
            return Err(LawError::at_edge(z.center, z.radius));
        }
        let q = -(width / from_a);
        let (s, chi) = if q.most() < SERIES {
            // log(1+q)/q − 1 = Σ_{k≥1} (−q)ᵏ/(k+1), and z = a − (b−a)/q.
            let mut rest = Ball::real(0.0);
            for k in (1..=18).rev() {
                rest = -(q * (rest + Ball::real(1.0) / Ball::real(f64::from(k) + 1.0)));
            }
            let rest = rest.grown(q.most().powi(19));
            let s = q * (rest + Ball::real(1.0)) / width;
            (s, rest - a * s)
        } else {
            let s = (from_b.log_upper() - from_a.log_upper()) / width;
            (s, -(z * s) - Ball::real(1.0))
        };
        let ds = (from_a * from_b).inv();
        let reach = z.beside(self.hull());
        Ok(Local::new(z, s, ds, chi, reach))
    }

    fn phase(&self, z: Ball, _: &mut Memory) -> Result<Ball, LawError> {
        let from = [self.low, self.high].map(|end| z - Ball::real(end));
        Ok(self.potential(from).im())
    }

    fn atoms(&self) -> Vec<Atom> {
        Vec::new()
    }

    fn hull(&self) -> (f64, f64) {
        (self.low, self.high)
    }

    fn intervals(&self) -> Result<Vec<(f64, f64)>, LawError> {
        Ok(vec![(self.low, self.high)])
    }

    /// `Σ_j aʲ b^{k−j}/(k+1)`.
    fn moments(&self, count: usize) -> Result<Vec<f64>, LawError> {
        let term = |k: usize, j: usize| self.low.powi(j as i32) * self.high.powi((k - j) as i32);
        Ok((0..=count)
            .map(|k| (0..=k).map(|j| term(k, j)).sum::<f64>() / (k + 1) as f64)
            .collect())
    }

    fn notation(&self, f: &mut Notation<'_>) -> std::fmt::Result {
        write!(f, "uniform({}, {})", self.low, self.high)
    }
}
