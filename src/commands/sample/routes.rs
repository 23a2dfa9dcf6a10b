//! The two routes to a spectrum.

use super::super::CommandError;
use super::Arguments;
use super::progress::{Bar, Interrupt};
use ndarray::{Array1, Array2};
use std::ops::ControlFlow;
use tensor_dyson::linalg::{LinalgError, Real, large_symmetric_eigenvalues};
use tensor_dyson::model::{Activation, Streams};
use tensor_dyson::spectrum::{
    Depth, Extremes, FeatureMap, Lanczos, Plan, RitzValue, Route, SampledDistribution, Samples,
    Side, dense_eigenvalues, ntk_features, quadrature, verified,
};

/// The distribution, the ends, and whether the run was not cut short.
type Spectrum = (SampledDistribution, Extremes, bool);

/// What the features are made of, besides X.
pub(super) struct Model<'a> {
    pub(super) w: &'a Array2<f64>,
    pub(super) a: &'a Array1<f64>,
    pub(super) activation: &'a Activation,
}

impl Model<'_> {
    fn features<S: Real>(&self, x: Samples<S>) -> Result<Box<dyn FeatureMap>, LinalgError> {
        ntk_features(x, self.w.view(), self.a.view(), self.activation)
    }
}

/// X in memory if it is to be.
fn kept(x: Samples<f64>, stored: bool) -> Samples<f64> {
    match x {
        Samples::Drawn(rows) if stored => rows.stored(),
        other => other,
    }
}

/// The spectrum on the route of the plan, its ends to an absolute tolerance.
pub(super) fn spectrum(
    model: &Model<'_>,
    x: Samples<f64>,
    arguments: &Arguments,
    plan: &Plan,
    tolerance: f64,
    interrupt: &Interrupt,
) -> Result<Spectrum, CommandError> {
    let ends = Lanczos {
        low: 1,
        high: arguments.highest.min(plan.rows.saturating_sub(1)).max(1),
        tolerance,
        floor: 0.0,
        basis: plan.basis.max(arguments.highest + 2),
        products: arguments
            .products
            .max(arguments.probes_for(plan.rows) * arguments.steps),
    };
    match plan.route {
        Route::Dense => {
            let map = Bar::spinner("the features").during(|| model.features(kept(x, true)))?;
            dense(map.as_ref(), plan)
        }
        Route::MatrixFree if arguments.single() => {
            let map = Bar::spinner("the features").during(|| {
                model.features(match &x {
                    Samples::Stored(x) => Samples::Stored(x.mapv(|x| x as f32)),
                    Samples::Drawn(rows) if plan.stored => rows.stored(),
                    Samples::Drawn(rows) => Samples::Drawn(*rows),
                })
            })?;
            // The values move a little when they are verified: half is asked for, so that the whole is met.
            let closer = Lanczos {
                tolerance: 0.5 * tolerance,
                ..ends
            };
            let (distribution, found, complete) =
                matrix_free(map.as_ref(), arguments, &closer, interrupt)?;
            drop(map);
            let extremes = Bar::spinner("the extremes, in f64").during(|| {
                let exact = model.features(x)?;
                let operator = plan.side.operator(exact.as_ref());
                Ok::<_, CommandError>(verified(operator.as_ref(), &found, &ends)?)
            })?;
            Ok((distribution, extremes, complete))
        }
        Route::MatrixFree => {
            let map =
                Bar::spinner("the features").during(|| model.features(kept(x, plan.stored)))?;
            matrix_free(map.as_ref(), arguments, &ends, interrupt)
        }
    }
}

/// Rows of the small problem whose time is scaled to the large one's for the progress bar.
const PROBE_ROWS: usize = 400;

/// All eigenvalues.
fn dense(map: &dyn FeatureMap, plan: &Plan) -> Result<Spectrum, CommandError> {
    let start = std::time::Instant::now();
    large_symmetric_eigenvalues(Array2::eye(PROBE_ROWS.min(plan.rows)).view())?;
    let ratio = (plan.rows as f64 / PROBE_ROWS.min(plan.rows) as f64).powi(3);
    let estimate = start.elapsed().mul_f64(ratio);
    let side = Side::smaller(map);
    let values =
        Bar::estimated("all eigenvalues", estimate).during(|| dense_eigenvalues(map, side))?;
    let n = map.samples();
    let distribution = SampledDistribution::exact(values, n);
    let known = distribution.eigenvalues().unwrap_or_default();
    // The backward error of a symmetric eigensolver moves every eigenvalue by at most this.
    let largest = known.iter().fold(0.0, |most: f64, x| most.max(x.abs()));
    let bound = known.len() as f64 * f64::EPSILON * largest;
    let ritz = |&value: &f64| RitzValue {
        value,
        residual: bound,
        gap: 0.0,
        bound,
    };
    let extremes = Extremes {
        lowest: known
            .iter()
            .filter(|x| **x != 0.0)
            .take(1)
            .map(ritz)
            .collect(),
        highest: known
            .iter()
            .skip(known.len().saturating_sub(3))
            .map(ritz)
            .collect(),
        products: 0,
        converged: true,
        vectors: Array2::zeros((0, 0)),
    };
    Ok((distribution, extremes, true))
}

/// The quadrature and the ends of the spectrum.
fn matrix_free(
    map: &dyn FeatureMap,
    arguments: &Arguments,
    ends: &Lanczos,
    interrupt: &Interrupt,
) -> Result<Spectrum, CommandError> {
    let depth = Depth {
        probes: arguments.probes_for(map.samples().min(map.dimension())),
        steps: arguments.steps,
    };
    let _finishing = interrupt.finishing();
    let bar = Bar::counted("products", ends.products as u64);
    let streams = Streams::new(arguments.seed, "sample probes");
    let mut stopped = false;
    let mut progress = |products: usize| {
        bar.at(products as u64);
        stopped |= interrupt.asked();
        if stopped {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    };
    let operator = Side::smaller(map).operator(map);
    let (found, extremes) =
        quadrature(operator.as_ref(), depth, Some(ends), streams, &mut progress)?;
    let Some(extremes) = extremes else {
        unreachable!("the ends were asked for")
    };
    bar.done();
    let distribution = SampledDistribution::estimated(found, map.samples());
    Ok((distribution, extremes, !stopped))
}
