//! Tests of a mean against its predicted value, with a named false-alarm rate.

use super::{Kind, Measurement, largest};
use statrs::distribution::{ContinuousCDF, StudentsT};

/// Independent draws of several quantities, tested one by one against predicted means.
#[derive(Debug, Clone)]
pub struct MeanTest {
    count: f64,
    sums: Vec<f64>,
    squares: Vec<f64>,
}

/// The false-alarm rate of a whole test, shared by its quantities (Bonferroni).
const FALSE_ALARM: f64 = 1e-6;

impl MeanTest {
    /// A test of `quantities` means.
    pub fn new(quantities: usize) -> Self {
        MeanTest {
            count: 0.0,
            sums: vec![0.0; quantities],
            squares: vec![0.0; quantities],
        }
    }

    /// Adds one draw of every quantity.
    ///
    /// # Panics
    /// If there is another number of them.
    pub fn push(&mut self, draw: &[f64]) {
        assert!(
            draw.len() == self.sums.len(),
            "{} values for {} quantities",
            draw.len(),
            self.sums.len()
        );
        self.count += 1.0;
        for ((x, sum), square) in draw.iter().zip(&mut self.sums).zip(&mut self.squares) {
            *sum += x;
            *square += x * x;
        }
    }

    /// Adds the draws of another test of the same quantities.
    ///
    /// # Panics
    /// If it has another number of them.
    pub fn merge(mut self, other: &Self) -> Self {
        assert!(
            other.sums.len() == self.sums.len(),
            "tests of {} and {} quantities",
            self.sums.len(),
            other.sums.len()
        );
        self.count += other.count;
        for (x, y) in self.sums.iter_mut().zip(&other.sums) {
            *x += y;
        }
        for (x, y) in self.squares.iter_mut().zip(&other.squares) {
            *x += y;
        }
        self
    }

    fn standard_error(&self, k: usize) -> f64 {
        let mean = self.sums[k] / self.count;
        let spread = (self.squares[k] / self.count - mean * mean).max(0.0);
        (spread / (self.count - 1.0)).sqrt()
    }

    /// The largest `|mean − predicted|` in standard errors, against Student's quantile of a false-alarm
    /// rate of 1e-6 for all quantities together (Student 1908; two-sided, Bonferroni); NaN, which supports nothing, for fewer
    /// than two draws.
    ///
    /// # Panics
    /// If there are not as many predictions as quantities.
    pub fn measure(&self, what: &str, predicted: &[f64]) -> Measurement {
        assert!(
            predicted.len() == self.sums.len(),
            "{} predictions for {} quantities",
            predicted.len(),
            self.sums.len()
        );
        // The standard error is estimated too: with few draws a Gaussian quantile would be too small.
        let rate = FALSE_ALARM / predicted.len() as f64;
        let allowance = StudentsT::new(0.0, 1.0, self.count - 1.0)
            .map_or(f64::NAN, |t| -t.inverse_cdf(rate / 2.0));
        let distance =
            largest((0..predicted.len()).map(|k| {
                (self.sums[k] / self.count - predicted[k]).abs() / self.standard_error(k)
            }));
        let resolution = allowance * largest((0..predicted.len()).map(|k| self.standard_error(k)));
        let what = format!(
            "{what}: {} mean{}, false alarm 1e-6, would catch an error of {resolution:.1e}",
            predicted.len(),
            if predicted.len() == 1 { "" } else { "s" }
        );
        Measurement::of(
            Kind::Sampled,
            what,
            self.count as usize,
            distance,
            allowance,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EntryLaw, Streams};

    #[test]
    fn a_right_mean_passes_and_a_wrong_one_fails() {
        let mut test = MeanTest::new(2);
        let draws = EntryLaw::Gaussian.matrix(20_000, 2, &mut Streams::new(1, "mean").stream(0));
        for row in draws.rows() {
            test.push(&[row[0], 1.0 + row[1] * row[1]]);
        }
        assert_eq!(test.measure("", &[0.0, 2.0]).supports(), Some(true));
        assert_eq!(test.measure("", &[0.0, 2.2]).supports(), Some(false));
        // t₁ has the quantile cot(πp/2) at p = 5e-7 a side.
        let mut few = MeanTest::new(1);
        assert_eq!(few.measure("", &[0.0]).supports(), None);
        few.push(&[1.0]);
        few.push(&[2.0]);
        let cauchy = 1.0 / (std::f64::consts::PI * 0.5e-6);
        assert!((few.measure("", &[0.0]).allowance / cauchy - 1.0).abs() < 1e-6);
        assert!((few.measure("", &[0.0]).distance - 3.0).abs() < 1e-12);
    }

    #[test]
    #[should_panic(expected = "tests of 2 and 1 quantities")]
    fn tests_of_other_quantities_are_not_merged() {
        let _ = MeanTest::new(2).merge(&MeanTest::new(1));
    }
}
