//! Density, distribution function, quantiles and samples.

use num_complex::Complex64;
use rand::{Rng, RngExt};
use std::f64::consts::PI;

use crate::measure::law::{Distribution, Law, LawError, Walk};

/// A value of the density with the bound on its error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Density {
    /// Where.
    pub x: f64,
    /// The density of the part without atoms, `Im s(x + i0)/π`.
    pub value: f64,
    /// A proved bound of its error.
    pub radius: f64,
    /// Newton steps and quadrature nodes spent.
    pub steps: usize,
}

impl Walk<'_> {
    /// The density at x.
    ///
    /// # Errors
    /// As [`Law::stieltjes`]: at an atom, and within rounding of an edge.
    pub fn density(&mut self, x: f64) -> Result<Density, LawError> {
        let value = self.stieltjes(Complex64::new(x, 0.0))?;
        Ok(Density {
            x,
            value: value.s.im / PI + 0.0,
            radius: value.radius / PI,
            steps: value.steps,
        })
    }
}

/// Density, distribution function, quantiles, samples.
impl Law {
    /// The density at x of the part without atoms.
    ///
    /// # Errors
    /// As [`Law::stieltjes`].
    pub fn density(&self, x: f64) -> Result<Density, LawError> {
        self.walk().density(x)
    }

    /// The distribution function, computed once and kept.
    ///
    /// # Errors
    /// Where the support or the density has no answer, or the masses do not add to 1.
    pub fn distribution(&self) -> Result<&Distribution, LawError> {
        let made = self.0.distribution.get_or_init(|| Distribution::new(self));
        made.as_ref().map_err(|error| *error)
    }

    /// The least x with `F(x) ≥ p`.
    ///
    /// # Errors
    /// p outside `[0, 1]`, or as [`Law::distribution`].
    pub fn quantile(&self, p: f64) -> Result<f64, LawError> {
        let needed = "between 0 and 1";
        let refused = LawError::Argument {
            name: "p",
            value: p,
            needed,
        };
        self.distribution()?.quantile(p).ok_or(refused)
    }

    /// `count` independent draws, by quantiles of uniform numbers.
    ///
    /// # Errors
    /// As [`Law::distribution`].
    pub fn sample(&self, count: usize, rng: &mut impl Rng) -> Result<Vec<f64>, LawError> {
        (0..count)
            .map(|_| self.quantile(rng.random::<f64>()))
            .collect()
    }

    /// The density at the points of a grid, in order; a point without a bound has its error.
    pub fn density_on(&self, grid: &[f64]) -> Vec<Result<Density, LawError>> {
        let mut walk = self.walk();
        grid.iter().map(|&x| walk.density(x)).collect()
    }
}
