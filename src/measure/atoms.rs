//! Finitely many point masses on the half line: the law of an empirical covariance.

use num_complex::Complex64;

use crate::measure::response::{Jet, Response, ResponseError};

/// `Σ pᵢ δ(xᵢ)` on the line, sorted by position, each position once; as arrays that a loop runs through without gathering.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PointMasses {
    pub(crate) at: Vec<f64>,
    pub(crate) mass: Vec<f64>,
}

/// A discrete law `Σ pᵢ δ(xᵢ)` with `xᵢ ≥ 0`, sorted by position, each position once.
#[derive(Clone, Debug, PartialEq)]
pub struct Atoms(PointMasses);

/// Why positions and masses are not a law.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum AtomsError {
    /// The two lists differ in length, or are empty.
    #[error("{positions} positions and {masses} masses: at least one of each, and as many")]
    Lengths {
        /// Positions given.
        positions: usize,
        /// Masses given.
        masses: usize,
    },
    /// A position is infinite or not a number.
    #[error("position {index} is {value}: it must be a finite number")]
    NotFinite {
        /// Which one, from 0.
        index: usize,
        /// Its value.
        value: f64,
    },
    /// A position is negative.
    #[error("position {index} is {value}: it must be a finite number, at least 0")]
    Position {
        /// Which one, from 0.
        index: usize,
        /// Its value.
        value: f64,
    },
    /// A mass is not positive, or not a number.
    #[error("mass {index} is {value}: it must be a finite number above 0")]
    Mass {
        /// Which one, from 0.
        index: usize,
        /// Its value.
        value: f64,
    },
    /// The masses do not add to 1.
    #[error("the masses add to {total}, not to 1")]
    Total {
        /// Their sum.
        total: f64,
    },
}

impl PointMasses {
    /// Positions and masses checked, sorted, merged where equal, and divided by the sum of the masses.
    pub(crate) fn sorted(at: Vec<f64>, mass: Vec<f64>, lowest: f64) -> Result<Self, AtomsError> {
        if at.is_empty() || at.len() != mass.len() {
            return Err(AtomsError::Lengths {
                positions: at.len(),
                masses: mass.len(),
            });
        }
        if let Some(index) = at.iter().position(|x| !(x.is_finite() && *x >= lowest)) {
            let value = at[index];
            return Err(if value.is_finite() {
                AtomsError::Position { index, value }
            } else {
                AtomsError::NotFinite { index, value }
            });
        }
        if let Some(index) = mass.iter().position(|p| !(p.is_finite() && *p > 0.0)) {
            let value = mass[index];
            return Err(AtomsError::Mass { index, value });
        }
        let total: f64 = mass.iter().sum();
        if (total - 1.0).abs() > 1e-9 {
            return Err(AtomsError::Total { total });
        }
        let mut pairs: Vec<(f64, f64)> = at
            .into_iter()
            .zip(mass.into_iter().map(|p| p / total))
            .collect();
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
        pairs.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 += next.1;
            }
            same
        });
        let (at, mass) = pairs.into_iter().unzip();
        Ok(Self { at, mass })
    }
}

impl Atoms {
    /// The law with mass `mass[i]` at `at[i]`. Equal positions are merged.
    ///
    /// The masses may miss 1 by `1e-9`, as decimals typed by hand do; they are then divided by
    /// their sum, so that the law integrates to 1 to rounding.
    ///
    /// # Errors
    /// [`AtomsError`] names the first entry that is refused.
    pub fn new(at: Vec<f64>, mass: Vec<f64>) -> Result<Self, AtomsError> {
        Ok(Self(PointMasses::sorted(at, mass, 0.0)?))
    }

    /// The empirical law of a list: mass `1/n` at each entry.
    ///
    /// # Errors
    /// As [`Atoms::new`].
    pub fn empirical(at: Vec<f64>) -> Result<Self, AtomsError> {
        let n = at.len();
        Self::new(at, vec![1.0 / n as f64; n])
    }

    pub(crate) fn point_masses(&self) -> &PointMasses {
        &self.0
    }

    /// The positions, increasing.
    pub fn at(&self) -> &[f64] {
        &self.0.at
    }

    /// The masses, in the order of the positions.
    pub fn mass(&self) -> &[f64] {
        &self.0.mass
    }
}

impl Response for Atoms {
    fn response(&self, t: Complex64) -> Result<Jet, ResponseError> {
        // Real arithmetic on the two parts, so that the loop vectorises.
        let (mut re, mut im, mut dre, mut dim) = (0.0, 0.0, 0.0, 0.0);
        for (&x, &p) in self.0.at.iter().zip(&self.0.mass) {
            let a = 1.0 + t.re * x;
            let b = t.im * x;
            let scale = x / (a * a + b * b);
            // x/(1+tx) = u − iv
            let u = a * scale;
            let v = b * scale;
            re += p * u;
            im -= p * v;
            dre -= p * (u * u - v * v);
            dim += p * 2.0 * u * v;
        }
        Ok(Jet {
            value: Complex64::new(re, im),
            derivative: Complex64::new(dre, dim),
        })
    }

    fn mass_at_zero(&self) -> f64 {
        if self.0.at[0] == 0.0 {
            self.0.mass[0]
        } else {
            0.0
        }
    }

    fn mean(&self) -> f64 {
        self.0.at.iter().zip(&self.0.mass).map(|(x, p)| x * p).sum()
    }

    fn support_bound(&self) -> f64 {
        self.0.at[self.0.at.len() - 1]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_is_not_a_law_and_says_what() {
        let error = |at: &[f64], mass: &[f64]| Atoms::new(at.to_vec(), mass.to_vec()).unwrap_err();
        assert_eq!(
            error(&[1.0], &[]),
            AtomsError::Lengths {
                positions: 1,
                masses: 0
            }
        );
        assert_eq!(
            error(&[1.0, -2.0], &[0.5, 0.5]),
            AtomsError::Position {
                index: 1,
                value: -2.0
            }
        );
        assert!(matches!(
            error(&[f64::NAN], &[1.0]),
            AtomsError::NotFinite { index: 0, .. }
        ));
        assert_eq!(
            error(&[1.0, 2.0], &[1.5, -0.5]),
            AtomsError::Mass {
                index: 1,
                value: -0.5
            }
        );
        assert_eq!(
            error(&[1.0, 2.0], &[0.5, 0.25]),
            AtomsError::Total { total: 0.75 }
        );
    }

    #[test]
    fn equal_positions_are_one_atom() {
        let law = Atoms::new(vec![3.0, 1.0, 3.0], vec![0.25, 0.5, 0.25]).unwrap();
        assert_eq!(law.at(), [1.0, 3.0]);
        assert_eq!(law.mass(), [0.5, 0.5]);
    }

    #[test]
    fn the_response_is_its_sum_and_its_derivative() {
        let law = Atoms::new(vec![0.0, 1.0, 3.0], vec![0.2, 0.5, 0.3]).unwrap();
        let t = Complex64::new(-0.3, 0.4);
        let jet = law.response(t).unwrap();
        let one = Complex64::new(1.0, 0.0);
        let value = 0.5 / (one + t) + 0.9 / (one + 3.0 * t);
        let derivative = -0.5 / (one + t).powi(2) - 2.7 / (one + 3.0 * t).powi(2);
        assert!((jet.value - value).norm() < 1e-15);
        assert!((jet.derivative - derivative).norm() < 1e-15);
        assert_eq!(law.mass_at_zero(), 0.2);
        assert!((law.mean() - 1.4).abs() < 1e-15);
    }
}
