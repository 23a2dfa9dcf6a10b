//! The eigenvalues of 𝒬: by its structure where it has one, else by the dense matrix.

use super::drawn::Drawn;
use super::operator::Operator;
use super::pairing::Pairing;
use super::symmetrised::{Symmetrised, recognised};
use crate::linalg::{LinalgError, symmetric_eigenvalues};
use crate::model::Streams;
use crate::spectrum::{Depth, QuadratureError, SpectrumError, SymmetricOperator, quadrature};
use crate::symbolic::Expression;
use std::ops::ControlFlow;

/// How the eigenvalues of 𝒬 are had.
#[derive(Debug, Clone, PartialEq)]
pub enum SpectralStructure {
    /// One Kronecker product, each leg with its own copy: the products of its factors' eigenvalues.
    Product(Vec<Vec<f64>>),
    /// `𝒬 = ½𝒮*𝒮 + c`: the eigenvalues of `Y ↦ PYB + BYP` on symmetric matrices, and zeros, each plus c.
    Symmetrised(Symmetrised),
    /// None: N×N.
    Dense,
}

/// Up to this dimension a dense matrix is decomposed.
pub(super) const DENSE: usize = 2500;

impl SpectralStructure {
    /// The structure of 𝒬 at these weights.
    ///
    /// # Errors
    /// [`LinalgError`] of a factor's eigenvalues.
    pub fn of(
        covariance: &Expression,
        drawn: &Drawn,
        symmetric: &[&str],
    ) -> Result<Self, LinalgError> {
        let terms = covariance.terms().iter();
        let pairings: Option<Vec<Pairing>> = terms
            .map(|term| Pairing::of(covariance, term, symmetric))
            .collect();
        let Some(pairings) = pairings else {
            return Ok(SpectralStructure::Dense);
        };
        if let [only] = pairings.as_slice()
            && only.is_straight()
        {
            let mut factors = Vec::new();
            for pair in 0..only.legs.len() {
                factors.push(symmetric_eigenvalues(
                    only.matrix(covariance, drawn, pair).view(),
                )?);
            }
            factors.push(vec![only.value(covariance, drawn)]);
            return Ok(SpectralStructure::Product(factors));
        }
        let found = recognised(covariance, drawn, &pairings)?;
        Ok(found.map_or(SpectralStructure::Dense, SpectralStructure::Symmetrised))
    }

    /// In words.
    pub fn name(&self) -> &'static str {
        match self {
            SpectralStructure::Product(_) => "a Kronecker product",
            SpectralStructure::Symmetrised(_) => "a symmetrised product, ½𝒮*𝒮 + c",
            SpectralStructure::Dense => "no structure, a dense matrix",
        }
    }

    /// All N eigenvalues, ascending.
    ///
    /// # Errors
    /// [`SpectrumFault::TooLarge`] where a dense matrix of more than 2500 rows would have to be decomposed;
    /// [`LinalgError`].
    pub fn eigenvalues(&self, operator: &Operator<'_>) -> Result<Vec<f64>, SpectrumFault> {
        self.eigenvalues_within(operator, DENSE)
    }

    fn eigenvalues_within(
        &self,
        operator: &Operator<'_>,
        limit: usize,
    ) -> Result<Vec<f64>, SpectrumFault> {
        let too_large = |dimension| SpectrumFault::TooLarge { dimension, limit };
        let mut values = match self {
            SpectralStructure::Product(factors) => factors.iter().fold(vec![1.0], |all, factor| {
                let times = |x: &f64| factor.iter().map(move |y| x * y).collect::<Vec<_>>();
                all.iter().flat_map(times).collect()
            }),
            SpectralStructure::Symmetrised(own) if !own.commutes() && own.dimension() > limit => {
                return Err(too_large(own.dimension()));
            }
            SpectralStructure::Symmetrised(own) => own.eigenvalues()?,
            SpectralStructure::Dense if operator.dimension() > limit => {
                return Err(too_large(operator.dimension()));
            }
            SpectralStructure::Dense => operator.dense_eigenvalues()?,
        };
        values.sort_by(f64::total_cmp);
        Ok(values)
    }

    /// The law of the eigenvalues: all of them, or where they are too many a quadrature of 𝒬 or of its problem on
    /// symmetric matrices, without a matrix of either.
    ///
    /// # Errors
    /// Where a decomposition or the quadrature fails.
    pub fn spectrum(
        &self,
        operator: &Operator<'_>,
        streams: Streams,
    ) -> Result<Spectrum, SpectrumFault> {
        self.spectrum_within(operator, streams, DENSE)
    }

    /// The same, with dense matrices of so many rows at most.
    pub(super) fn spectrum_within(
        &self,
        operator: &Operator<'_>,
        streams: Streams,
        dense: usize,
    ) -> Result<Spectrum, SpectrumFault> {
        match self.eigenvalues_within(operator, dense) {
            Ok(values) => {
                let share = 1.0 / values.len() as f64;
                Ok(Spectrum {
                    mass: vec![share; values.len()],
                    at: values,
                    error: None,
                })
            }
            Err(SpectrumFault::TooLarge { .. }) => match self {
                SpectralStructure::Symmetrised(own) if own.dimension() < operator.dimension() => {
                    Spectrum::estimated(own, operator.dimension(), own.shift(), streams)
                }
                _ => Spectrum::estimated(operator, operator.dimension(), 0.0, streams),
            },
            Err(fault) => Err(fault),
        }
    }
}

/// The law of 𝒬's eigenvalues as atoms.
#[derive(Debug, Clone, PartialEq)]
pub struct Spectrum {
    /// Where they are.
    pub at: Vec<f64>,
    /// Their masses, of sum 1.
    pub mass: Vec<f64>,
    /// The error of the distribution function, where it comes from a quadrature.
    pub error: Option<QuadratureError>,
}

/// Probes and steps of a quadrature. A mean of eigenvalues errs by about `(N probes)^{−1/2}`, less than `1/d`.
const DEPTH: Depth = Depth {
    probes: 4,
    steps: 60,
};

impl Spectrum {
    /// The quadrature of an operator on a part of the N-dimensional feature space; on the rest 𝒬 is 0. A shift is added to
    /// both.
    fn estimated(
        operator: &dyn SymmetricOperator,
        features: usize,
        shift: f64,
        streams: Streams,
    ) -> Result<Self, SpectrumFault> {
        let share = operator.dimension() as f64 / features as f64;
        let mut on = |_| ControlFlow::Continue(());
        let (found, _) = quadrature(operator, DEPTH, None, streams, &mut on)?;
        let probes = found.rules.len() as f64;
        let (mut at, mut mass) = (vec![], vec![]);
        for rule in &found.rules {
            at.extend(rule.nodes.iter().map(|x| x + shift));
            mass.extend(rule.weights.iter().map(|w| w * share / probes));
        }
        let rest = 1.0 - mass.iter().sum::<f64>();
        if rest > 0.0 {
            at.push(shift);
            mass.push(rest);
        }
        let error = found.error();
        Ok(Spectrum {
            at,
            mass,
            error: Some(QuadratureError {
                probes: share * error.probes,
                depth: share * error.depth,
                enclosure: share * error.enclosure,
            }),
        })
    }

    /// Mean and mean square.
    pub fn moments(&self) -> (f64, f64) {
        let moment = |power: i32| {
            self.at
                .iter()
                .zip(&self.mass)
                .map(|(x, m)| m * x.powi(power))
                .sum()
        };
        (moment(1), moment(2))
    }
}

/// Why 𝒬 has no eigenvalues here.
#[derive(Debug, thiserror::Error)]
pub enum SpectrumFault {
    /// Too large for a dense matrix.
    #[error(
        "𝒬 has no structure that is known and dimension {dimension}: up to {limit} a dense matrix is decomposed"
    )]
    TooLarge {
        /// N.
        dimension: usize,
        /// The most.
        limit: usize,
    },
    /// A decomposition failed.
    #[error(transparent)]
    Linalg(#[from] LinalgError),
    /// A quadrature failed.
    #[error(transparent)]
    Quadrature(#[from] SpectrumError),
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{ArrayView2, ArrayViewMut2};

    /// A matrix with the eigenvalues 1 and 3, by turns.
    struct Turns(usize);

    impl SymmetricOperator for Turns {
        fn dimension(&self) -> usize {
            self.0
        }

        fn apply(&self, block: ArrayView2<'_, f64>, mut out: ArrayViewMut2<'_, f64>) {
            for ((row, column), x) in block.indexed_iter() {
                out[[row, column]] = x * if column % 2 == 0 { 1.0 } else { 3.0 };
            }
        }

        fn operations(&self) -> f64 {
            self.0 as f64
        }
    }

    /// What the operator does not act on has the eigenvalue 0, and everything is shifted.
    #[test]
    fn the_rest_of_the_space_is_an_atom() {
        for (dimension, features) in [(40, 50), (40, 40), (30, 120)] {
            let (shift, streams) = (0.5, Streams::new(1, "rest"));
            let found = Spectrum::estimated(&Turns(dimension), features, shift, streams).unwrap();
            assert!((found.mass.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            let share = dimension as f64 / features as f64;
            let masses = [(0.5, 1.0 - share), (1.5, 0.5 * share), (3.5, 0.5 * share)];
            // Four probes of the halves, which Gaussian vectors hit to a few roots of the dimension.
            let allowed = [1e-12, 0.2, 0.2];
            for ((at, mass), allowed) in masses.into_iter().zip(allowed) {
                let own = found.at.iter().zip(&found.mass);
                let own = own.filter(|(x, _)| (**x - at).abs() < 1e-8).map(|(_, w)| w);
                let own: f64 = own.sum();
                assert!(
                    (own - mass).abs() <= allowed,
                    "{dimension} {features} {at}: {own}"
                );
            }
        }
    }
}
