//! A ladder of sizes: errors over several seeds, and the exponent fitted to them.

use super::{Kind, Measurement};
use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

/// Errors at several sizes, several seeds each.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ladder {
    errors: Vec<(f64, f64)>,
}

/// A fitted exponent with its 95 % interval: `error ≈ C sizeᵇ`, by least squares in the logarithms.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// b.
    pub exponent: f64,
    /// The half-width of the interval.
    pub half_width: f64,
    /// C.
    pub constant: f64,
}

impl Rate {
    /// b to two places; 0 without a sign.
    pub(super) fn rounded(&self) -> f64 {
        (100.0 * self.exponent).round() / 100.0 + 0.0
    }
}

/// Why no exponent can be fitted.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum LadderError {
    /// Fewer than three errors, or one size only.
    #[error("a rate needs at least 3 errors at 2 sizes, there are {errors}")]
    TooFew {
        /// Number of errors.
        errors: usize,
    },
    /// An error that is not a positive number has no logarithm.
    #[error("the error at size {size} is {error}: it must be a positive number")]
    NotPositive {
        /// The size.
        size: f64,
        /// The error.
        error: f64,
    },
}

impl Ladder {
    /// Adds the error of one seed at one size.
    pub fn push(&mut self, size: f64, error: f64) {
        self.errors.push((size, error));
    }

    /// All errors, as pairs (size, error).
    pub fn errors(&self) -> &[(f64, f64)] {
        &self.errors
    }

    /// The smallest and the largest size; (∞, 0) if there is none.
    pub fn sizes(&self) -> (f64, f64) {
        let sizes = || self.errors.iter().map(|e| e.0);
        (
            sizes().fold(f64::INFINITY, f64::min),
            sizes().fold(0.0, f64::max),
        )
    }

    /// The root mean square error at the largest size.
    pub fn last_error(&self) -> f64 {
        let (_, top) = self.sizes();
        let at: Vec<f64> = self
            .errors
            .iter()
            .filter(|e| e.0 == top)
            .map(|e| e.1 * e.1)
            .collect();
        (at.iter().sum::<f64>() / at.len() as f64).sqrt()
    }

    /// The least-squares exponent of `log error` against `log size`, with Student's 95 % interval: the
    /// seeds at each size are the replicates.
    ///
    /// # Errors
    /// [`LadderError`].
    pub fn rate(&self) -> Result<Rate, LadderError> {
        self.rate_with_offset(0.0)
    }

    fn rate_with_offset(&self, offset: f64) -> Result<Rate, LadderError> {
        let count = self.errors.len();
        let mut points = Vec::with_capacity(count);
        for &(size, error) in &self.errors {
            let error = error + offset;
            if !(error > 0.0 && error.is_finite()) {
                return Err(LadderError::NotPositive { size, error });
            }
            points.push((size.ln(), error.ln()));
        }
        let n = count as f64;
        let mean_x = points.iter().map(|p| p.0).sum::<f64>() / n;
        let mean_y = points.iter().map(|p| p.1).sum::<f64>() / n;
        let xx: f64 = points.iter().map(|p| (p.0 - mean_x).powi(2)).sum();
        let xy: f64 = points.iter().map(|p| (p.0 - mean_x) * (p.1 - mean_y)).sum();
        if count < 3 || xx <= 0.0 {
            return Err(LadderError::TooFew { errors: count });
        }
        let exponent = xy / xx;
        let residual: f64 = points
            .iter()
            .map(|p| (p.1 - mean_y - exponent * (p.0 - mean_x)).powi(2))
            .sum();
        let quantile = match StudentsT::new(0.0, 1.0, n - 2.0) {
            Ok(t) => t.inverse_cdf(0.975),
            Err(_) => return Err(LadderError::TooFew { errors: count }),
        };
        Ok(Rate {
            exponent,
            half_width: quantile * (residual / (n - 2.0) / xx).sqrt(),
            constant: (mean_y - exponent * mean_x).exp(),
        })
    }

    /// The probability that [`Ladder::measure`] refuses a rate that holds, before a sample is drawn: for a design of pairs
    /// (size, number of errors), errors whose logarithm strays by `spread` about the power law, and an exponent that is
    /// `gap` below the allowance. NaN for a design that has no rate.
    ///
    /// The fitted exponent has the standard deviation `spread/(Σ(x−x̄)²)^{1/2}`, x the logarithms of the sizes, and the
    /// interval ends Student's quantile times as much above it.
    pub fn miss(design: &[(f64, usize)], spread: f64, gap: f64) -> f64 {
        let total: f64 = design.iter().map(|d| d.1 as f64).sum();
        let weighted = |f: &dyn Fn(f64) -> f64| -> f64 {
            design.iter().map(|d| d.1 as f64 * f(d.0.ln())).sum()
        };
        let mean = weighted(&|x| x) / total;
        let deviation = spread / weighted(&|x| (x - mean).powi(2)).sqrt();
        match (StudentsT::new(0.0, 1.0, total - 2.0), Normal::new(0.0, 1.0)) {
            (Ok(student), Ok(normal)) => normal.cdf(student.inverse_cdf(0.975) - gap / deviation),
            _ => f64::NAN,
        }
    }

    /// The smallest constant error that, added at every size, would have been caught: with it the upper
    /// end of the interval leaves the allowance.
    pub(crate) fn resolution(&self, allowance: f64) -> f64 {
        let caught = |offset: f64| {
            self.rate_with_offset(offset)
                .is_ok_and(|rate| rate.exponent + rate.half_width > allowance)
        };
        let (mut low, mut high) = (1e-12_f64, 1e3_f64);
        if !caught(high) {
            return f64::INFINITY;
        }
        while high / low > 1.01 {
            let middle = (low * high).sqrt();
            if caught(middle) {
                high = middle;
            } else {
                low = middle;
            }
        }
        high
    }

    /// The measurement: the upper end of the exponent's interval against `allowance`, an exponent below
    /// 0. A formula with an error that does not vanish has exponent 0, and is refuted.
    ///
    /// # Errors
    /// [`LadderError`].
    pub fn measure(&self, what: &str, allowance: f64) -> Result<Measurement, LadderError> {
        let rate = self.rate()?;
        let upper = rate.exponent + rate.half_width;
        let resolution = if upper <= allowance {
            let constant = self.resolution(allowance);
            format!(", would catch a constant error of {constant:.1e}")
        } else {
            String::new()
        };
        let text = format!(
            "{what}: exponent {:.2} ± {:.2}, {:.1e} at the largest size{resolution}",
            rate.rounded(),
            rate.half_width,
            self.last_error(),
        );
        let cases = self.errors.len();
        let mut measurement = Measurement::of(Kind::Rate, text, cases, upper, allowance);
        measurement.fitted = Some(Fitted {
            what: what.to_owned(),
            ladder: self.clone(),
        });
        Ok(measurement)
    }

    /// Adds the errors of another ladder over the same sizes.
    pub(super) fn extend(&mut self, more: &Ladder) {
        self.errors.extend_from_slice(&more.errors);
    }
}

/// What a rate was fitted to, so that more errors can be added.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fitted {
    /// What falls.
    pub(super) what: String,
    /// The errors.
    pub(super) ladder: Ladder,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ladder(error: impl Fn(f64, f64) -> f64) -> Ladder {
        let mut ladder = Ladder::default();
        for size in [10.0, 20.0, 40.0, 80.0] {
            for wobble in [0.9, 1.0, 1.1] {
                ladder.push(size, error(size, wobble));
            }
        }
        ladder
    }

    #[test]
    fn a_power_is_found_and_a_floor_is_caught() {
        let falling = ladder(|size, wobble| 3.0 * wobble / size);
        let rate = falling.rate().unwrap();
        assert!((rate.exponent + 1.0).abs() < rate.half_width.max(1e-12));
        assert_eq!(falling.measure("", -0.5).unwrap().supports(), Some(true));
        let floor = ladder(|size, wobble| 0.4 + wobble / size);
        assert_eq!(floor.measure("", -0.5).unwrap().supports(), Some(false));
        let resolution = falling.resolution(-0.5);
        assert!(resolution > 0.02 && resolution < 0.2, "{resolution}");
    }

    /// 3000 ladders of normal deviates: the share that is refused is within four deviations of what was computed, which
    /// a quantile or a sum of squares that is wrong by a tenth would not be.
    #[test]
    fn a_design_misses_as_often_as_computed() {
        use rand_distr::{Distribution, StandardNormal};
        let design = [(8.0, 9), (14.0, 6), (24.0, 4)];
        let (spread, gap) = (0.3, 0.35);
        let miss = Ladder::miss(&design, spread, gap);
        assert!((0.2..0.6).contains(&miss), "{miss}");
        let mut rng = crate::model::Streams::new(3, "ladder").stream(0);
        let (runs, mut refused) = (3000, 0);
        for _ in 0..runs {
            let mut ladder = Ladder::default();
            for &(size, count) in &design {
                for _ in 0..count {
                    let noise: f64 = StandardNormal.sample(&mut rng);
                    ladder.push(size, size.powf(-0.5 - gap) * (spread * noise).exp());
                }
            }
            refused += usize::from(ladder.measure("", -0.5).unwrap().supports() != Some(true));
        }
        let share = refused as f64 / f64::from(runs);
        let deviation = (miss * (1.0 - miss) / f64::from(runs)).sqrt();
        assert!((share - miss).abs() < 4.0 * deviation, "{share} {miss}");
        assert!(Ladder::miss(&[], spread, gap).is_nan());
        assert!(Ladder::miss(&[(8.0, 9)], spread, gap) > 0.9);
    }

    #[test]
    fn what_has_no_rate_is_an_error() {
        assert!(Ladder::default().rate().is_err());
        assert!(ladder(|_, _| 0.0).rate().is_err());
        assert!(ladder(|_, _| f64::NAN).rate().is_err());
    }
}
