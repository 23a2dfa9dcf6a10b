//! The two routes to a spectrum.

use super::{Precision, Prepared, Stage, StudyError, Watch};
use crate::linalg::Real;
use crate::model::Streams;
use crate::spectrum::{
    AllEigenvalues, Certified, Depth, Enclosure, Extremes, FeatureMap, Lanczos, Progress,
    Quadrature, Route, SampledDistribution, Samples, SpectrumError, certified, dense_spectrum,
    quadrature,
};
use std::ops::ControlFlow;

/// The distribution, the ends, and whether the run was not cut short.
pub(super) struct Spectrum {
    pub distribution: SampledDistribution,
    pub ends: Certified,
    pub is_complete: bool,
}

/// Highest eigenvalues that are shown where all are known.
const SHOWN: usize = 3;

impl Prepared {
    /// The spectrum on the route of the plan, its ends to an absolute tolerance.
    pub(super) fn spectrum(
        &self,
        tolerance: f64,
        watch: &mut dyn Watch,
    ) -> Result<Spectrum, StudyError> {
        match self.plan().route {
            Route::Dense => self.dense(watch),
            Route::MatrixFree => self.matrix_free(tolerance, watch),
        }
    }

    /// The features of X, in memory if it is to be.
    fn features<S: Real>(
        &self,
        stored: bool,
        watch: &mut dyn Watch,
    ) -> Result<Box<dyn FeatureMap>, StudyError> {
        watch.begin(Stage::Features);
        let x = match &self.rows.x {
            Samples::Stored(x) => Samples::Stored(x.mapv(S::round)),
            Samples::Drawn(rows) if stored => rows.stored(),
            Samples::Drawn(rows) => Samples::Drawn(*rows),
        };
        Ok(self.model.features(x, self.rows.counts.as_deref())?)
    }

    /// All eigenvalues.
    fn dense(&self, watch: &mut dyn Watch) -> Result<Spectrum, StudyError> {
        let map = self.features::<f64>(true, watch)?;
        let seconds = self.seconds();
        watch.begin(Stage::Eigenvalues { seconds });
        let found = dense_spectrum(map.as_ref(), self.plan().side).map_err(SpectrumError::from)?;
        let all = AllEigenvalues {
            values: found.values,
            bound: found.bound,
        };
        Ok(self.known(all, 0, SHOWN))
    }

    /// A spectrum of which everything is known: the lowest above 0, and some of the highest.
    fn known(&self, all: AllEigenvalues, products: usize, highest: usize) -> Spectrum {
        let AllEigenvalues { values, bound } = all;
        let distribution = SampledDistribution::known(values, bound, self.rows.total);
        let known = distribution.eigenvalues().unwrap_or_default();
        let around = |&value: &f64| Enclosure::around(value, bound, 0.0);
        let above = known.partition_point(|x| *x <= 0.0);
        let first = known.len().saturating_sub(highest);
        let ends = Certified {
            lowest: known[above..].iter().take(1).map(around).collect(),
            highest: known[first..].iter().map(around).collect(),
            products,
            converged: true,
        };
        Spectrum {
            distribution,
            ends,
            is_complete: true,
        }
    }

    fn options(&self, tolerance: f64) -> Lanczos {
        let quadrature = self.probes.saturating_mul(self.effort.steps);
        Lanczos {
            low: 1,
            high: self.effort.highest.min(self.plan().rows),
            tolerance,
            floor: 0.0,
            basis: self.plan().basis,
            products: self.effort.products.max(quadrature),
        }
    }

    /// The quadrature and the ends of the spectrum.
    fn matrix_free(&self, tolerance: f64, watch: &mut dyn Watch) -> Result<Spectrum, StudyError> {
        let (plan, options) = (self.plan(), self.options(tolerance));
        let stage = Stage::Products {
            most: options.products,
        };
        let streams = Streams::new(self.seed, "sample probes");
        let mut stopped = false;
        let (exact, found, ends) = match self.precision() {
            Precision::Single => {
                let map = self.features::<f32>(plan.stored, watch)?;
                watch.begin(stage);
                // The values move a little when they are certified: half is asked for, so that the whole is met.
                let closer = Lanczos {
                    tolerance: 0.5 * tolerance,
                    ..options
                };
                let mut progress = until_stopped(watch, &mut stopped);
                let (found, ends) = self.search(map.as_ref(), &closer, streams, &mut progress)?;
                drop((progress, map));
                let exact = self.features::<f64>(plan.stored, watch)?;
                (exact, found, Extremes { all: None, ..ends })
            }
            Precision::Double => {
                let map = self.features::<f64>(plan.stored, watch)?;
                watch.begin(stage);
                let mut progress = until_stopped(watch, &mut stopped);
                let (found, ends) = self.search(map.as_ref(), &options, streams, &mut progress)?;
                drop(progress);
                (map, found, ends)
            }
        };
        if let Some(all) = ends.all {
            return Ok(self.known(all, ends.products, options.high));
        }
        watch.begin(stage);
        let operator = plan.side.operator(exact.as_ref());
        let mut progress = until_stopped(watch, &mut stopped);
        let look = streams.child(0);
        let ends = certified(operator.as_ref(), &ends, &options, look, &mut progress)?;
        drop(progress);
        Ok(Spectrum {
            distribution: SampledDistribution::estimated(found, self.rows.total),
            ends,
            is_complete: !stopped,
        })
    }

    fn search(
        &self,
        map: &dyn FeatureMap,
        options: &Lanczos,
        streams: Streams,
        progress: Progress<'_>,
    ) -> Result<(Quadrature, Extremes), StudyError> {
        let depth = Depth {
            probes: self.probes,
            steps: self.effort.steps,
        };
        let operator = self.plan().side.operator(map);
        let (found, ends) = quadrature(operator.as_ref(), depth, Some(options), streams, progress)?;
        // The ends were asked for.
        let nothing = SpectrumError::Stopped {
            products: found.products,
        };
        Ok((found, ends.ok_or(nothing)?))
    }
}

/// Asks the watch until it has ended the run.
fn until_stopped<'a>(
    watch: &'a mut dyn Watch,
    stopped: &'a mut bool,
) -> impl FnMut(usize) -> ControlFlow<()> + 'a {
    move |taken| {
        *stopped |= watch.products(taken).is_break();
        if *stopped {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }
}
