//! The two routes to a spectrum.

use super::super::CommandError;
use super::data::Rows;
use super::progress::{Bar, Interrupt};
use super::{Arguments, Outlook};
use std::ops::ControlFlow;
use std::time::Duration;
use tensor_dyson::linalg::Real;
use tensor_dyson::model::Streams;
use tensor_dyson::spectrum::{
    AllEigenvalues, Certified, Depth, Enclosure, Extremes, FeatureMap, Lanczos, NtkModel, Progress,
    Quadrature, Route, SampledDistribution, Samples, SpectrumError, certified, dense_spectrum,
    quadrature,
};

/// The distribution, the ends, and whether the run was not cut short.
pub(super) struct Spectrum {
    pub distribution: SampledDistribution,
    pub ends: Certified,
    pub complete: bool,
}

/// What is computed, and how.
pub(super) struct Work<'a> {
    pub model: &'a NtkModel,
    pub rows: Rows,
    pub arguments: &'a Arguments,
    pub outlook: &'a Outlook,
    /// Absolute.
    pub tolerance: f64,
    pub interrupt: &'a Interrupt,
}

impl Work<'_> {
    /// The features of X, in memory if it is to be.
    fn features<S: Real>(&self, stored: bool) -> Result<Box<dyn FeatureMap>, CommandError> {
        let counts = self.rows.counts.as_deref();
        let x = match &self.rows.x {
            Samples::Stored(x) => Samples::Stored(x.mapv(S::round)),
            Samples::Drawn(rows) if stored => rows.stored(),
            Samples::Drawn(rows) => Samples::Drawn(*rows),
        };
        let bar = Bar::spinner("the features");
        Ok(bar.during(|| self.model.features(x, counts))?)
    }

    fn options(&self) -> Lanczos {
        let (arguments, plan) = (self.arguments, &self.outlook.plan);
        let quadrature = self.outlook.probes.saturating_mul(arguments.steps());
        Lanczos {
            low: 1,
            high: arguments.highest().min(plan.rows),
            tolerance: self.tolerance,
            floor: 0.0,
            basis: plan.basis,
            products: arguments.products().max(quadrature),
        }
    }

    /// The spectrum on the route of the plan.
    pub(super) fn spectrum(&self) -> Result<Spectrum, CommandError> {
        match self.outlook.plan.route {
            Route::Dense => self.dense(),
            Route::MatrixFree => self.matrix_free(),
        }
    }

    /// All eigenvalues.
    fn dense(&self) -> Result<Spectrum, CommandError> {
        let plan = &self.outlook.plan;
        let map = self.features::<f64>(true)?;
        let estimate = Duration::from_secs_f64(self.outlook.seconds().min(1e7));
        let bar = Bar::estimated("all eigenvalues", estimate);
        let found = bar.during(|| dense_spectrum(map.as_ref(), plan.side))?;
        let all = AllEigenvalues {
            values: found.values,
            bound: found.bound,
        };
        Ok(self.known(all, 0, 3))
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
            complete: true,
        }
    }

    /// The quadrature and the ends of the spectrum.
    fn matrix_free(&self) -> Result<Spectrum, CommandError> {
        let plan = &self.outlook.plan;
        let options = self.options();
        let _finishing = self.interrupt.finishing();
        let mut stopped = false;
        let bar = Bar::counted("products", options.products as u64);
        let mut progress = |products: usize| {
            bar.at(products as u64);
            stopped |= self.interrupt.asked();
            if stopped {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        };
        let streams = Streams::new(self.arguments.seed, "sample probes");
        let (exact, found, ends) = if self.outlook.single {
            let map = self.features::<f32>(plan.stored)?;
            // The values move a little when they are certified: half is asked for, so that the whole is met.
            let closer = Lanczos {
                tolerance: 0.5 * self.tolerance,
                ..options
            };
            let (found, ends) = self.search(map.as_ref(), &closer, streams, &mut progress)?;
            drop(map);
            let exact = self.features::<f64>(plan.stored)?;
            (exact, found, Extremes { all: None, ..ends })
        } else {
            let map = self.features::<f64>(plan.stored)?;
            let (found, ends) = self.search(map.as_ref(), &options, streams, &mut progress)?;
            (map, found, ends)
        };
        if let Some(all) = ends.all {
            bar.done();
            return Ok(self.known(all, ends.products, options.high));
        }
        let operator = plan.side.operator(exact.as_ref());
        let look = streams.child(0);
        let ends = certified(operator.as_ref(), &ends, &options, look, &mut progress)?;
        bar.done();
        Ok(Spectrum {
            distribution: SampledDistribution::estimated(found, self.rows.total),
            ends,
            complete: !stopped,
        })
    }

    fn search(
        &self,
        map: &dyn FeatureMap,
        options: &Lanczos,
        streams: Streams,
        progress: Progress<'_>,
    ) -> Result<(Quadrature, Extremes), CommandError> {
        let depth = Depth {
            probes: self.outlook.probes,
            steps: self.arguments.steps(),
        };
        let operator = self.outlook.plan.side.operator(map);
        let (found, ends) = quadrature(operator.as_ref(), depth, Some(options), streams, progress)?;
        // The ends were asked for.
        let nothing = SpectrumError::Stopped {
            products: found.products,
        };
        Ok((found, ends.ok_or(nothing)?))
    }
}
