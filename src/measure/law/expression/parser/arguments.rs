//! The arguments of laws that take several kinds of them.

use super::{Parsed, Parser, refusal};
use crate::measure::law::expression::ParseError;
use crate::measure::law::{Law, LawError, classical};
use crate::measure::{Atoms, WeightedCovariance};

impl Parser<'_> {
    /// `m, v, a, e`, or a law.
    pub(super) fn meixner(&mut self) -> Result<Result<Law, LawError>, ParseError> {
        let mean = match self.sum()? {
            Parsed::Law(law) => return Ok(law.nearest_meixner()),
            Parsed::Number(mean) => mean,
        };
        let mut rest = [0.0; 3];
        for number in &mut rest {
            self.cursor
                .expect(',', "',' and the next of mean, variance, skew, excess")?;
            *number = self.number()?;
        }
        let [variance, skew, excess] = rest;
        Ok(Law::free_meixner(mean, variance, skew, excess))
    }

    /// `γ₂, α, β, c₀, atoms)`.
    pub(super) fn covariance(&mut self, at: usize) -> Result<Parsed, ParseError> {
        let mut numbers = [0.0; 4];
        for number in &mut numbers {
            *number = self.number()?;
            self.cursor
                .expect(',', "',' and gamma2, alpha, beta, mean, weights")?;
        }
        let weights_at = self.cursor.at();
        let points = classical::discrete(&self.law()?);
        let points = points.ok_or(ParseError::Weights { at: weights_at })?;
        let (mass, places) = points.into_iter().unzip();
        let weights = refusal(weights_at, Atoms::new(places, mass).map_err(LawError::from))?;
        let [gamma, alpha, beta, mean] = numbers;
        let covariance = WeightedCovariance::new(gamma, alpha, beta, mean, weights)
            .map_err(|reason| ParseError::Covariance { at, reason })?;
        self.cursor.expect(')', "')'")?;
        Ok(Parsed::Law(covariance.into()))
    }
}
