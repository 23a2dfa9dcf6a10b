//! The laws that have names, and their arguments.

use super::{Parsed, Parser, refusal};
use crate::measure::law::expression::ParseError;
use crate::measure::law::{Law, LawError, classical};
use crate::measure::{Atoms, WeightedCovariance};

/// Reads what stands between the parentheses.
type Read = fn(&mut Parser<'_>) -> Result<Result<Law, LawError>, ParseError>;

/// The laws that have names, for the grammar and for what is said of a name that is none or of other arguments: name, form, reader.
pub(in crate::measure::law::expression) const LAWS: [(&str, &str, Read); 13] = [
    ("mp", "mp(ratio)", |text| {
        Ok(Law::marchenko_pastur(text.number()?))
    }),
    ("semicircle", "semicircle(variance)", |text| {
        Ok(Law::semicircle(text.number()?))
    }),
    ("uniform", "uniform(low, high)", |text| {
        text.ends().map(|[low, high]| Law::uniform(low, high))
    }),
    ("arcsine", "arcsine(low, high)", |text| {
        text.ends().map(|[low, high]| Law::arcsine(low, high))
    }),
    ("point", "point(place)", |text| {
        Ok(Law::point(text.number()?))
    }),
    ("delta", "delta(place)", |text| {
        Ok(Law::point(text.number()?))
    }),
    ("atoms", "atoms(place:mass, place:mass, …)", |text| {
        let (at, mass) = text.pairs(Parser::number)?.into_iter().unzip();
        Ok(Law::atoms(at, mass))
    }),
    ("mix", "mix(share:law, share:law, …)", |text| {
        Ok(Law::mixture(&text.pairs(Parser::law)?))
    }),
    ("mpmap", "mpmap(ratio, law)", |text| {
        text.applied().map(|(gamma, law)| law.mp_map(gamma))
    }),
    ("power", "power(t, law)", |text| {
        text.applied().map(|(t, law)| law.free_power(t))
    }),
    ("decompress", "decompress(share, law)", |text| {
        text.applied()
            .map(|(share, law)| law.free_decompression(share))
    }),
    (
        "meixner",
        "meixner(mean, variance, skew, excess) or meixner(law)",
        |text| text.meixner(),
    ),
    (
        "covariance",
        "covariance(gamma2, alpha, beta, mean, weights)",
        |text| text.covariance(),
    ),
];

impl Parser<'_> {
    /// `low, high`.
    fn ends(&mut self) -> Result<[f64; 2], ParseError> {
        let low = self.number()?;
        self.cursor.expect(',', "',' and the upper end")?;
        Ok([low, self.number()?])
    }

    /// `number, law`.
    fn applied(&mut self) -> Result<(f64, Law), ParseError> {
        let number = self.number()?;
        self.cursor.expect(',', "',' and a law")?;
        Ok((number, self.last()?))
    }

    /// `m, v, a, e`, or a law.
    fn meixner(&mut self) -> Result<Result<Law, LawError>, ParseError> {
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

    /// `γ₂, α, β, c₀, atoms`.
    fn covariance(&mut self) -> Result<Result<Law, LawError>, ParseError> {
        let at = self.cursor.at();
        let mut numbers = [0.0; 4];
        for number in &mut numbers {
            *number = self.number()?;
            self.cursor
                .expect(',', "',' and gamma2, alpha, beta, mean, weights")?;
        }
        let weights_at = self.cursor.at();
        let points = classical::discrete(&self.last()?);
        let points = points.ok_or(ParseError::Weights { at: weights_at })?;
        let (mass, places) = points.into_iter().unzip();
        let weights = refusal(weights_at, Atoms::new(places, mass).map_err(LawError::from))?;
        let [gamma, alpha, beta, mean] = numbers;
        let covariance = WeightedCovariance::new(gamma, alpha, beta, mean, weights)
            .map_err(|reason| ParseError::Covariance { at, reason })?;
        Ok(Ok(covariance.into()))
    }
}
