//! Density, distribution function, quantiles and samples.

use num_complex::Complex64;
use rand::{Rng, RngExt};
use std::f64::consts::PI;

use super::effort::Effort;
use super::quantile;
use crate::measure::law::build::positive;
use crate::measure::law::{Distribution, Law, LawError, Walk};

/// A value of the density with the bound on its error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Density {
    /// Where.
    pub x: f64,
    /// The density of the part without atoms, `Im s(x + i0)/π`.
    pub value: f64,
    /// A proved bound of its error; infinite where a value is known and no bound.
    pub radius: f64,
    /// Newton steps and quadrature nodes spent.
    pub steps: usize,
}

impl Walk<'_> {
    /// The density at x.
    ///
    /// # Errors
    /// As [`Law::stieltjes`]: at an atom, and next to an edge.
    pub fn density(&mut self, x: f64) -> Result<Density, LawError> {
        let found = self.stieltjes(Complex64::new(x, 0.0));
        if let Err(LawError::NoBound { .. }) = found
            && let Some([value, _]) = self.law.guessed(x, &mut self.memory)
        {
            let (radius, steps) = (f64::INFINITY, 0);
            return Ok(Density {
                x,
                value,
                radius,
                steps,
            });
        }
        let (low, high) = self.law.hull();
        if found.is_err() && (x < low || x > high) {
            let (value, radius, steps) = (0.0, 0.0, 0);
            return Ok(Density {
                x,
                value,
                radius,
                steps,
            });
        }
        let value = found?;
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
        let made = self
            .0
            .distribution
            .get_or_init(|| Distribution::new(self, &Effort::LAST));
        made.as_ref().map_err(|error| *error)
    }

    /// The distribution function to an error of about `tolerance` in F, as [`Distribution::error_estimate`] tells: from
    /// values without bounds, which is several times as fast as [`Law::distribution`].
    ///
    /// ```
    /// use tensor_dyson::measure::Law;
    /// let law = Law::point(1.0)?.mp_map(2.0)?.distribution_within(1e-9)?;
    /// assert!((law.at(0.0) - 0.5).abs() < 1e-15 && (law.at(6.0) - 1.0).abs() < 1e-8);
    /// # Ok::<(), tensor_dyson::measure::LawError>(())
    /// ```
    ///
    /// # Errors
    /// A tolerance that is not a positive number, and as [`Law::distribution`].
    pub fn distribution_within(&self, tolerance: f64) -> Result<Distribution, LawError> {
        positive("tolerance", tolerance)?;
        Distribution::new(self, &Effort::within(tolerance))
    }

    /// `count` independent draws: the quantiles of uniform numbers, atoms at their places to the last bit.
    ///
    /// # Errors
    /// As [`Law::distribution`].
    pub fn sample(&self, count: usize, rng: &mut impl Rng) -> Result<Vec<f64>, LawError> {
        let distribution = self.distribution()?;
        let mut draw = || {
            let p = rng.random::<f64>();
            distribution.quantile(p).ok_or_else(|| quantile::refused(p))
        };
        (0..count).map(|_| draw()).collect()
    }

    /// The density at the points of a grid, in order; a point without a bound has its error.
    pub fn density_on(&self, grid: &[f64]) -> Vec<Result<Density, LawError>> {
        let mut walk = self.walk_over(grid.len());
        grid.iter().map(|&x| walk.density(x)).collect()
    }
}
