//! φ by its values at points.

use super::quadrature;
use std::fmt;
use std::sync::Arc;

/// φ = σ′ by its values, linear between rising points and constant beyond the ends.
#[derive(Debug, Clone, PartialEq)]
pub struct Sampled {
    points: Arc<[(f64, f64)]>,
}

/// Why values are no activation.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum SampledError {
    /// Fewer than two, or not as many of one as of the other.
    #[error("{points} points and {values} values of σ′: at least two of each, and as many")]
    Lengths {
        /// Points given.
        points: usize,
        /// Values given.
        values: usize,
    },
    /// A point that is not above the one before it, or a number that is not finite.
    #[error(
        "point {index} is {at}, with the value {value}: points must rise, and all be finite numbers"
    )]
    Order {
        /// Which, from 0.
        index: usize,
        /// The point.
        at: f64,
        /// The value there.
        value: f64,
    },
}

impl Sampled {
    /// φ through the values at the points.
    ///
    /// # Errors
    /// [`SampledError`].
    pub fn new(at: &[f64], values: &[f64]) -> Result<Self, SampledError> {
        if at.len() < 2 || at.len() != values.len() {
            return Err(SampledError::Lengths {
                points: at.len(),
                values: values.len(),
            });
        }
        let points: Arc<[(f64, f64)]> = at.iter().copied().zip(values.iter().copied()).collect();
        let mut before = f64::NEG_INFINITY;
        for (index, &(at, value)) in points.iter().enumerate() {
            if !(at.is_finite() && value.is_finite() && at > before) {
                return Err(SampledError::Order { index, at, value });
            }
            before = at;
        }
        Ok(Sampled { points })
    }

    /// φ(x).
    pub(super) fn derivative(&self, x: f64) -> f64 {
        let index = self.points.partition_point(|(at, _)| *at <= x);
        match (
            index.checked_sub(1).and_then(|k| self.points.get(k)),
            self.points.get(index),
        ) {
            (Some(&(low, below)), Some(&(high, above))) => {
                below + (above - below) * ((x - low) / (high - low))
            }
            (Some(&(_, only)), None) | (None, Some(&(_, only))) => only,
            (None, None) => f64::NAN,
        }
    }

    /// `σ(x) = ∫_0^x φ`, the primitive that vanishes at 0.
    pub(crate) fn value(&self, x: f64) -> f64 {
        let (low, high) = (x.min(0.0), x.max(0.0));
        let inner = self
            .points
            .iter()
            .map(|(at, _)| *at)
            .filter(|at| *at > low && *at < high);
        let ends = [low].into_iter().chain(inner).chain([high]);
        let ends: Vec<f64> = ends.collect();
        // Linear in between: the trapezoidal rule is exact.
        let steps = ends.windows(2).map(|pair| {
            0.5 * (pair[1] - pair[0]) * (self.derivative(pair[0]) + self.derivative(pair[1]))
        });
        let sum: f64 = steps.sum();
        if x < 0.0 { -sum } else { sum }
    }

    pub(super) fn hermite_data(&self) -> (f64, f64, f64) {
        let [mean, alpha, beta] = quadrature::moments(&|z| self.derivative(z));
        (mean, alpha, beta)
    }
}

impl fmt::Display for Sampled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "σ′ linear between {} values", self.points.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::PI;

    /// A hard tanh's derivative with ramps: its values, its primitive, and its data in closed form for a ramp from −1 to 1.
    #[test]
    fn a_ramp_has_its_closed_forms() {
        let ramp = Sampled::new(&[-1.0, 1.0], &[0.0, 1.0]).unwrap();
        for (x, value) in [
            (-3.0, 0.0),
            (-1.0, 0.0),
            (0.0, 0.5),
            (0.5, 0.75),
            (9.0, 1.0),
        ] {
            assert_eq!(ramp.derivative(x), value);
        }
        for (x, value) in [
            (0.0, 0.0),
            (2.0, 0.75 + 1.0),
            (-0.5, -0.1875),
            (-4.0, -0.25),
        ] {
            assert!((ramp.value(x) - value).abs() < 1e-15, "{x}");
        }
        let (mean, alpha, beta) = ramp.hermite_data();
        // φ = ½ + clip(z)/2: E = ½, E zφ = P(|z| < 1)/2, E φ² = ¼ + E clip²/4.
        let inside = libm::erf(0.5_f64.sqrt());
        let clip = inside - 2.0 * (-0.5_f64).exp() / (2.0 * PI).sqrt() + 1.0 - inside;
        assert!((mean - 0.5).abs() < 1e-14);
        assert!((alpha - 0.5 * inside).abs() < 1e-14);
        assert!((beta - 0.25 - 0.25 * clip).abs() < 1e-14);
    }

    #[test]
    fn what_is_no_function_is_refused() {
        assert!(matches!(
            Sampled::new(&[0.0], &[1.0]),
            Err(SampledError::Lengths { .. })
        ));
        assert!(matches!(
            Sampled::new(&[0.0, 0.0], &[1.0, 2.0]),
            Err(SampledError::Order { index: 1, .. })
        ));
        assert!(Sampled::new(&[0.0, f64::NAN], &[1.0, 2.0]).is_err());
    }
}
