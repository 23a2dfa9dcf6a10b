//! Arguments of several numbers: pairs, and grids.

use std::str::FromStr;

/// `value:probability,…`, not yet known to be a law.
#[derive(Clone, Debug)]
pub(in super::super) struct Pairs {
    pub(in super::super) at: Vec<f64>,
    pub(in super::super) mass: Vec<f64>,
}

impl Pairs {
    pub(super) fn pairs(&self) -> Vec<(f64, f64)> {
        let mass = self.mass.iter().copied();
        self.at.iter().copied().zip(mass).collect()
    }
}

/// A pair that is no pair of numbers.
#[derive(Debug, thiserror::Error)]
#[error("'{pair}' is not value:probability")]
pub(in super::super) struct PairError {
    pair: String,
}

impl FromStr for Pairs {
    type Err = PairError;

    fn from_str(text: &str) -> Result<Self, PairError> {
        let pairs: Result<Vec<(f64, f64)>, PairError> = text
            .split(',')
            .map(|pair| {
                pair.split_once(':')
                    .and_then(|(x, p)| Some((x.trim().parse().ok()?, p.trim().parse().ok()?)))
                    .ok_or_else(|| PairError {
                        pair: pair.to_owned(),
                    })
            })
            .collect();
        let (at, mass) = pairs?.into_iter().unzip();
        Ok(Pairs { at, mass })
    }
}

/// `LO:HI:N`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grid {
    low: f64,
    high: f64,
    count: usize,
}

/// Most points of a grid.
const POINTS: usize = 1_000_000;

/// A text that is no grid.
#[derive(Debug, thiserror::Error)]
pub(super) enum GridError {
    #[error("'{text}' is not LO:HI:N, two numbers and a count")]
    Form { text: String },
    #[error("LO = {low} and HI = {high}: they must be finite, HI above LO")]
    Ends { low: f64, high: f64 },
    #[error("N = {count}: it must be from 2 to {POINTS}")]
    Count { count: usize },
}

impl FromStr for Grid {
    type Err = GridError;

    fn from_str(text: &str) -> Result<Self, GridError> {
        let fields: Vec<&str> = text.split(':').map(str::trim).collect();
        let parsed = match fields[..] {
            [low, high, count] => low
                .parse()
                .ok()
                .zip(high.parse().ok())
                .zip(count.parse().ok()),
            _ => None,
        };
        let Some(((low, high), count)) = parsed else {
            return Err(GridError::Form {
                text: text.to_owned(),
            });
        };
        if !(f64::is_finite(high - low) && low < high) {
            return Err(GridError::Ends { low, high });
        }
        if !(2..=POINTS).contains(&count) {
            return Err(GridError::Count { count });
        }
        Ok(Grid { low, high, count })
    }
}

impl Grid {
    pub(super) fn points(&self) -> Vec<f64> {
        let last = (self.count - 1) as f64;
        let point = |k: usize| {
            let share = k as f64 / last;
            self.low * (1.0 - share) + self.high * share
        };
        (0..self.count).map(point).collect()
    }
}
