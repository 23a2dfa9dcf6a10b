//! All that is asked of a data matrix, in order.

use super::caveats::caveats;
use super::denoise::{Denoising, denoising};
use super::gram;
use super::prepare::{Prepared, prepare};
use super::{
    Bulk, Caveats, Copies, DataError, Noise, PopulationSpectrum, Preparation, Randomisation, Spike,
    lowest_of_white, population_spectrum, shrunk_eigenvalues,
};
use crate::measure::Law;
use crate::spectrum::{Kolmogorov, SampledDistribution};
use ndarray::{Array2, ArrayView2};
use std::ops::ControlFlow;

/// Copies at most: the p-value of that many is known to its third digit at any level that matters.
const COPIES: usize = 1_000_000;

/// What is asked.
#[derive(Debug, Clone)]
pub struct Options {
    /// What is done to the columns first.
    pub preparation: Preparation,
    /// H, the law of the population's eigenvalues up to a factor; `None` is `δ₁`, noise without structure.
    pub population: Option<Law>,
    /// σ, where it is known.
    pub noise: Option<f64>,
    /// The probability with which noise alone may be taken for a component.
    pub level: f64,
    /// What the copies of the test are.
    pub randomisation: Randomisation,
    /// Copies; 0 leaves the Tracy–Widom law to decide. They say nothing about a population with a law of its own, and are
    /// not drawn where one is given.
    pub copies: usize,
    /// Components that are tested for at most.
    pub most: usize,
    /// The seed of the copies.
    pub seed: u64,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            preparation: Preparation::default(),
            population: None,
            noise: None,
            level: 0.05,
            randomisation: Randomisation::default(),
            copies: 99,
            most: 20,
            seed: 1,
        }
    }
}

/// The test of one eigenvalue beside those above it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ComponentTest {
    /// λ.
    pub eigenvalue: f64,
    /// What noise exceeds here with probability `level`, for the σ² fitted below this eigenvalue.
    pub threshold: f64,
    /// The probability that noise reaches λ, by the Tracy–Widom law.
    pub p_value: f64,
    /// The copies of the data without the components above.
    pub copies: Option<Copies>,
}

/// Components by each of the tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// By the Tracy–Widom law.
    pub by_law: usize,
    /// Against the copies, where there are any.
    pub by_copies: Option<usize>,
}

/// A data matrix against the law of noise.
#[derive(Debug, Clone)]
pub struct DataSpectrum {
    /// The min(N, p) eigenvalues of S that are not 0 by its shape, descending.
    pub eigenvalues: Vec<f64>,
    /// The law of the bulk at noise variance 1.
    pub bulk: Bulk,
    /// σ².
    pub noise: Noise,
    /// The bulk's edges at σ².
    pub edges: (f64, f64),
    /// The test of each eigenvalue from the largest on, up to the first that no test takes for a component.
    pub stages: Vec<ComponentTest>,
    /// Components by each test.
    pub found: Found,
    /// Components: by the copies where there are any.
    pub count: usize,
    /// There may be more: as many were found as were tested for.
    pub at_least: bool,
    /// Eigenvalues below what the smallest of noise falls below with probability `level`; `None` where n and p are too near
    /// for a lower edge.
    pub below: Option<usize>,
    /// What lies behind each component.
    pub spikes: Vec<Spike>,
    /// Threshold and shrinkers of singular values; for noise without structure.
    pub denoising: Option<Denoising>,
    /// The population's spectrum behind all eigenvalues.
    pub population: Option<PopulationSpectrum>,
    /// Ledoit and Wolf's p eigenvalues.
    pub shrunk: Vec<f64>,
    /// The distance of all p eigenvalues from the bulk's law; the components make up their share of it.
    pub kolmogorov: Kolmogorov,
    /// What the law does not hold for.
    pub caveats: Caveats,
}

/// The data with their eigenvectors.
pub(super) struct Sample {
    pub(super) prepared: Prepared,
    pub(super) eigenvalues: Vec<f64>,
    pub(super) vectors: Array2<f64>,
}

impl DataSpectrum {
    /// All of it for X, n×p, a sample a row.
    ///
    /// # Errors
    /// [`DataError`].
    pub fn new(x: ArrayView2<'_, f64>, options: &Options) -> Result<Self, DataError> {
        Self::watched(x, options, &mut || ControlFlow::Continue(()))
    }

    /// The same; `watch` is called between batches of copies and may stop the work.
    ///
    /// # Errors
    /// [`DataError::Stopped`], and as [`DataSpectrum::new`].
    pub fn watched(
        x: ArrayView2<'_, f64>,
        options: &Options,
        watch: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<Self, DataError> {
        checked(options)?;
        let prepared = prepare(x, options.preparation)?;
        let p = prepared.x.ncols();
        let bulk = Bulk::new(options.population.as_ref(), prepared.freedom, p)?;
        let matrix = gram::smaller(prepared.x.view(), prepared.freedom)?;
        let (mut eigenvalues, vectors) = gram::eigen(matrix.view())?;
        eigenvalues.truncate(prepared.freedom);
        let sample = Sample {
            prepared,
            eigenvalues,
            vectors,
        };
        let (stages, found) = sample.stages(&bulk, options, watch)?;
        sample.finished(bulk, options, stages, found)
    }
}

fn checked(options: &Options) -> Result<(), DataError> {
    if !(options.level > 0.0 && options.level < 1.0) {
        return Err(DataError::Argument {
            name: "the level",
            value: options.level,
            needed: "between 0 and 1",
        });
    }
    if options.copies > COPIES {
        return Err(DataError::Argument {
            name: "the number of copies",
            value: options.copies as f64,
            needed: "at most 1000000",
        });
    }
    match options.noise {
        Some(value) if !(value.is_finite() && value > 0.0) => Err(DataError::Argument {
            name: "the noise's standard deviation",
            value,
            needed: "a finite number above 0",
        }),
        _ => Ok(()),
    }
}

impl Sample {
    fn finished(
        self,
        bulk: Bulk,
        options: &Options,
        stages: Vec<ComponentTest>,
        found: Found,
    ) -> Result<DataSpectrum, DataError> {
        let most = options.most.min(self.eigenvalues.len() / 2);
        let count = found.by_copies.unwrap_or(found.by_law);
        let mut noise = bulk.noise(&self.eigenvalues, count)?;
        if let Some(variance) = self.given(options) {
            (noise.variance, noise.standard_error, noise.given) = (variance, 0.0, true);
        }
        self.is_noise(noise.variance, count, options)?;
        let edge = bulk.edges()?;
        let mut spikes = vec![];
        for &at in self.eigenvalues.iter().take(count) {
            let at = at / noise.variance;
            // A component between the edge and the margin has no angle.
            if at > edge.1 {
                spikes.push(bulk.component(at, count)?.scaled(noise.variance));
            }
        }
        let below = self.below(&bulk, options.level, noise.variance);
        let (freedom, p) = bulk.sizes;
        let denoising = match bulk.population {
            None => Some(denoising(&self.eigenvalues, &bulk, noise.variance)?),
            Some(_) => None,
        };
        let relative: Vec<f64> = self
            .eigenvalues
            .iter()
            .rev()
            .map(|x| x / noise.variance)
            .collect();
        let kolmogorov = SampledDistribution::exact(relative, p).kolmogorov(&bulk.distribution);
        let high = edge.1 * noise.variance;
        let unscaled = DataSpectrum {
            caveats: caveats(&self.prepared.x, freedom, high),
            edges: (edge.0 * noise.variance, high),
            noise,
            stages,
            found,
            count,
            at_least: count == most,
            below,
            spikes,
            denoising,
            population: population_spectrum(&self.eigenvalues, freedom, p),
            shrunk: shrunk_eigenvalues(&self.eigenvalues, freedom, p),
            kolmogorov,
            eigenvalues: self.eigenvalues,
            bulk,
        };
        unscaled.in_units(self.prepared.scale)
    }

    /// Eigenvalues below what the smallest of white noise falls below with probability `level`.
    fn below(&self, bulk: &Bulk, level: f64, variance: f64) -> Option<usize> {
        if bulk.population.is_some() {
            return None;
        }
        let lowest = lowest_of_white(bulk.sizes.0 as f64, bulk.sizes.1 as f64, level)?;
        let at_least = |x: &f64| *x >= lowest * variance;
        Some(self.eigenvalues.len() - self.eigenvalues.partition_point(at_least))
    }
}

impl DataSpectrum {
    /// In the units of the data.
    fn in_units(mut self, scale: f64) -> Result<Self, DataError> {
        let square = scale * scale;
        let largest = square * self.eigenvalues[0];
        if !(f64::MIN_POSITIVE..=f64::MAX).contains(&largest) {
            return Err(DataError::Range { scale });
        }
        let times = |x: &mut f64| *x *= square;
        self.eigenvalues.iter_mut().for_each(times);
        self.shrunk.iter_mut().for_each(times);
        let noise = &mut self.noise;
        [
            &mut noise.variance,
            &mut noise.standard_error,
            &mut noise.from_median,
            &mut self.edges.0,
            &mut self.edges.1,
        ]
        .into_iter()
        .for_each(times);
        // The place was in units of σ².
        self.kolmogorov.at *= self.noise.variance;
        for stage in &mut self.stages {
            times(&mut stage.eigenvalue);
            times(&mut stage.threshold);
        }
        self.spikes
            .iter_mut()
            .for_each(|spike| *spike = spike.scaled(square));
        if let Some(denoising) = &mut self.denoising {
            denoising.scale(scale);
        }
        if let Some(population) = &mut self.population {
            population.at.iter_mut().for_each(times);
            times(&mut population.height);
        }
        Ok(self)
    }
}
