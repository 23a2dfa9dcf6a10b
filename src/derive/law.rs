//! The law of a model's kernel, against samples over a ladder of sizes.

use super::claims::Derivation;
use super::drawn::Drawn;
use super::model::Model;
use super::operator::Operator;
use super::spectrum::{DENSE, SpectralStructure, Spectrum};
use crate::ledger::{CheckError, Predicted, SpectralModel};
use crate::linalg::symmetric_eigenvalues;
use crate::measure::Law;
use crate::model::Streams;
use crate::symbolic::Expression;
use rand::rngs::ChaCha8Rng;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Weights for each size of a ladder: drawn once, the same for samples, prediction and near misses.
#[derive(Debug, Clone)]
pub struct Rungs(BTreeMap<usize, Arc<Drawn>>);

impl Rungs {
    /// Draws them.
    ///
    /// # Errors
    /// Where weights cannot be drawn.
    pub fn new(model: &Model, sizes: &[usize], seed: u64) -> Result<Self, CheckError> {
        let streams = Streams::new(seed, "weights");
        let mut rungs = BTreeMap::new();
        for &size in sizes {
            let drawn = Drawn::new(model, size, &mut streams.stream(size as u64))?;
            rungs.insert(size, Arc::new(drawn));
        }
        Ok(Rungs(rungs))
    }

    /// The weights at a size of the ladder.
    ///
    /// # Errors
    /// [`NoRung`] for another size.
    pub fn at(&self, size: usize) -> Result<&Drawn, NoRung> {
        self.0.get(&size).map(Arc::as_ref).ok_or(NoRung { size })
    }

    /// The sizes, ascending.
    pub fn sizes(&self) -> Vec<usize> {
        self.0.keys().copied().collect()
    }
}

/// A size at which no weights were drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no weights were drawn at size {size}")]
pub struct NoRung {
    /// The size.
    pub size: usize,
}

/// A ratio γ from the one that samples have.
pub type Ratio = fn(f64) -> f64;

/// The kernel of a model with a prediction: the Marchenko–Pastur map, at a ratio, of the law of a covariance's eigenvalues.
/// The right one has the ratio `n/N` and 𝒬; a near miss has another.
pub struct GramKernel {
    pub(super) rungs: Rungs,
    pub(super) covariance: Expression,
    pub(super) symmetric: Vec<String>,
    pub(super) ratio: Ratio,
    /// `Tr 𝒬/N` at each size, by which sample and prediction are divided: an error then means the same at each.
    pub(super) units: Arc<BTreeMap<usize, f64>>,
    /// The largest dense matrix that is decomposed.
    dense: usize,
    /// The law of the covariance's eigenvalues at each size, once it is known.
    known: Arc<Mutex<BTreeMap<usize, Spectrum>>>,
}

impl GramKernel {
    pub(super) fn new(
        derivation: &Derivation,
        rungs: &Rungs,
        covariance: &Expression,
        ratio: Ratio,
        units: &Arc<BTreeMap<usize, f64>>,
    ) -> Self {
        let symmetric = derivation.symmetric().into_iter().map(str::to_owned);
        GramKernel {
            rungs: rungs.clone(),
            covariance: covariance.clone(),
            symmetric: symmetric.collect(),
            ratio,
            units: units.clone(),
            dense: DENSE,
            known: Arc::default(),
        }
    }

    /// The same covariance with another ratio.
    pub(super) fn with_ratio(&self, ratio: Ratio) -> Self {
        GramKernel {
            rungs: self.rungs.clone(),
            covariance: self.covariance.clone(),
            symmetric: self.symmetric.clone(),
            units: self.units.clone(),
            known: self.known.clone(),
            dense: self.dense,
            ratio,
        }
    }

    /// The same, with a quadrature in place of dense matrices of more rows than that.
    pub(super) fn dense_up_to(self, dense: usize) -> Self {
        GramKernel { dense, ..self }
    }

    /// The structure of the covariance at a size.
    ///
    /// # Errors
    /// A decomposition that fails.
    pub fn structure(&self, size: usize) -> Result<SpectralStructure, CheckError> {
        let symmetric: Vec<&str> = self.symmetric.iter().map(String::as_str).collect();
        Ok(SpectralStructure::of(
            &self.covariance,
            self.rungs.at(size)?,
            &symmetric,
        )?)
    }

    /// The law of the covariance's eigenvalues at a size.
    ///
    /// # Errors
    /// A decomposition or a quadrature that fails.
    pub fn spectrum(&self, size: usize) -> Result<Spectrum, CheckError> {
        // A lock that a panic left holds whole entries all the same.
        let known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = known().get(&size) {
            return Ok(found.clone());
        }
        let operator = Operator::new(&self.covariance, self.rungs.at(size)?);
        let structure = self.structure(size)?;
        let streams = Streams::new(0, "quadrature");
        let found = structure.spectrum_within(&operator, streams, self.dense)?;
        known().insert(size, found.clone());
        Ok(found)
    }

    pub(super) fn unit(&self, size: usize) -> Result<f64, NoRung> {
        self.units.get(&size).copied().ok_or(NoRung { size })
    }

    /// The predicted law at a size, in units of `Tr 𝒬/N`.
    ///
    /// # Errors
    /// As [`GramKernel::spectrum`]; a covariance that is none, with a negative eigenvalue.
    pub fn law(&self, size: usize) -> Result<Law, CheckError> {
        let Spectrum { at, mass, .. } = self.spectrum(size)?;
        let gamma = (self.ratio)(self.rungs.at(size)?.sizes().gamma());
        let largest = at.iter().fold(0.0, |largest: f64, x| largest.max(x.abs()));
        // What rounding leaves of 0 is 0.
        let cut = 1e-12 * largest * at.len() as f64;
        let unit = self.unit(size)?;
        let scaled = |x: f64| if x.abs() <= cut { 0.0 } else { x / unit };
        // A node of a quadrature may have a weight below all numbers.
        let pairs = at.into_iter().zip(mass).filter(|(_, mass)| *mass > 0.0);
        let (at, mass) = pairs.map(|(x, mass)| (scaled(x), mass)).unzip();
        Ok(Law::atoms(at, mass)?.mp_map(gamma)?)
    }
}

impl SpectralModel for GramKernel {
    fn sample(&self, size: usize, rng: &mut ChaCha8Rng) -> Result<Vec<f64>, CheckError> {
        let kernel = self.rungs.at(size)?.kernel(rng) / self.unit(size)?;
        Ok(symmetric_eigenvalues(kernel.view())?)
    }

    fn predicted(&self, size: usize) -> Result<Predicted, CheckError> {
        Ok(Predicted::Law(self.law(size)?))
    }
}
