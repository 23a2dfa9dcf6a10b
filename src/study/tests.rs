//! What is refused, what is chosen, and what a watch does.

use super::*;
use crate::model::{Activation, ModelError, Sizes, WeightLaw};
use crate::spectrum::{Route, SpectrumError};
use ndarray::Array2;
use std::ops::ControlFlow;

fn small() -> Study {
    let sizes = Sizes { n: 90, d: 8, p: 12 };
    Study::new(sizes, Activation::Cos)
}

/// Counts stages, and ends the run at the given product.
struct Ends {
    at: usize,
    stages: Vec<Stage>,
}

impl Watch for Ends {
    fn begin(&mut self, stage: Stage) {
        self.stages.push(stage);
    }

    fn products(&mut self, taken: usize) -> ControlFlow<()> {
        if taken < self.at {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    }
}

#[test]
fn what_does_not_fit_is_refused() {
    let shapes = Study {
        w: Some(Array2::ones((8, 11))),
        ..small()
    };
    let refused = StudyError::Model(ModelError::Shape {
        n: 90,
        d: 8,
        w_rows: 8,
        p: 11,
        weights: 12,
    });
    assert_eq!(shapes.run().err(), Some(refused));
    let effort = |change: fn(&mut Effort)| {
        let mut study = small();
        change(&mut study.effort);
        study.run().err()
    };
    let share = 0.0;
    let tolerance = effort(|effort| effort.tolerance = Some(0.0));
    assert_eq!(tolerance, Some(StudyError::Tolerance { share }));
    let what = "the number of steps";
    let steps = effort(|effort| effort.steps = 0);
    assert_eq!(steps, Some(StudyError::Nothing { what }));
    let memory = effort(|effort| effort.memory = 1000);
    assert!(matches!(memory, Some(StudyError::Plan(_))), "{memory:?}");
    let nan = Study {
        weights: WeightLaw::Uniform(f64::NAN),
        ..small()
    };
    assert!(matches!(nan.run(), Err(StudyError::Weights(_))));
}

/// The routes agree: the quadrature of a small kernel has all its nodes.
#[test]
fn both_routes_find_the_same_spectrum() -> Result<(), StudyError> {
    let dense = small().run()?;
    assert_eq!(dense.plan.route, Route::Dense);
    let mut study = small();
    study.effort.route = Some(Route::MatrixFree);
    study.effort.precision = Some(Precision::Double);
    let free = study.run()?;
    assert!(free.is_complete && free.ends.converged);
    let [highest, found] = [&dense, &free].map(|run| run.ends.highest.last().map(|end| end.value));
    let difference = highest.zip(found).map(|(a, b)| (a - b).abs());
    assert!(difference.is_some_and(|x| x < 1e-9), "{difference:?}");
    let far = (dense.kolmogorov().distance - free.kolmogorov().distance).abs();
    assert!(far < 1e-9, "{far}");
    Ok(())
}

#[test]
fn a_watch_hears_of_every_stage_and_may_end_the_run() -> Result<(), StudyError> {
    let run = |at: usize| -> Result<_, StudyError> {
        let mut study = small();
        study.effort.route = Some(Route::MatrixFree);
        study.effort.precision = Some(Precision::Double);
        let (stages, prepared) = (vec![], study.prepare()?);
        let mut watch = Ends { at, stages };
        Ok((prepared.run(&mut watch), watch.stages))
    };
    let (whole, stages) = run(usize::MAX)?;
    assert!(whole?.is_complete);
    assert_eq!(stages[..2], [Stage::Law, Stage::Features]);
    assert_eq!(stages[2], Stage::Products { most: 4000 });
    let (ended, _) = run(1)?;
    let stopped =
        |error: &StudyError| matches!(error, StudyError::Spectrum(SpectrumError::Stopped { .. }));
    assert!(ended.as_ref().err().is_some_and(stopped) || ended.is_ok_and(|run| !run.is_complete));
    Ok(())
}
