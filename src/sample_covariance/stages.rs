//! The tests from the largest eigenvalue on.

use super::gram;
use super::randomise::Test;
use super::study::{ComponentTest, Found, Options, Sample};
use super::{Bulk, Copies, DataError, Preparation};
use crate::model::Streams;
use ndarray::Array2;
use std::ops::ControlFlow;

impl Sample {
    /// σ² that was given, in units of the prepared data.
    pub(super) fn given(&self, options: &Options) -> Option<f64> {
        options
            .noise
            .map(|sigma| (sigma / self.prepared.scale).powi(2))
    }

    /// Whether σ² is more than what rounding leaves of the largest eigenvalue.
    pub(super) fn is_noise(
        &self,
        variance: f64,
        rank: usize,
        options: &Options,
    ) -> Result<(), DataError> {
        let rounding = self.eigenvalues.len() as f64 * f64::EPSILON * self.eigenvalues[0];
        match options.noise {
            _ if variance > rounding => Ok(()),
            None => Err(DataError::NoNoise { rank }),
            Some(value) => Err(DataError::Argument {
                name: "the noise's standard deviation",
                value,
                needed: "above what rounding leaves of the data's largest singular value",
            }),
        }
    }

    /// The tests from the largest eigenvalue on, and the components that each kind finds.
    pub(super) fn stages(
        &self,
        bulk: &Bulk,
        options: &Options,
        watch: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<(Vec<ComponentTest>, Found), DataError> {
        let m = self.eigenvalues.len();
        let most = options.most.min(m / 2);
        let with_copies = options.copies > 0 && bulk.population.is_none();
        let mut stages = vec![];
        let (mut by_law, mut by_copies) = (None, None);
        for (k, &eigenvalue) in self.eigenvalues.iter().enumerate().take(most) {
            let variance = match self.given(options) {
                Some(variance) => variance,
                None => bulk.variance(&self.eigenvalues, k)?,
            };
            self.is_noise(variance, k, options)?;
            let (n, p) = (bulk.sizes.0 as f64, bulk.sizes.1 as f64);
            let mut margin = bulk.margin(k)?;
            if options.noise.is_none() {
                margin = margin.studentised(n, p - k as f64);
            }
            let p_value = margin.p_value(eigenvalue / variance);
            let copies = if with_copies && by_copies.is_none() {
                Some(self.test(k, options).run_against(eigenvalue, watch)?)
            } else {
                None
            };
            if by_law.is_none() && p_value > options.level {
                by_law = Some(k);
            }
            if copies.is_some_and(|copies| copies.p_value > options.level) {
                by_copies = Some(k);
            }
            stages.push(ComponentTest {
                eigenvalue,
                threshold: variance * margin.threshold(options.level),
                p_value,
                copies,
            });
            if by_law.is_some() && (by_copies.is_some() || !with_copies) {
                break;
            }
        }
        let found = Found {
            by_law: by_law.unwrap_or(most),
            by_copies: with_copies.then(|| by_copies.unwrap_or(most)),
        };
        Ok((stages, found))
    }

    fn test(&self, k: usize, options: &Options) -> Deflated {
        let x = self.prepared.x.view();
        Deflated {
            columns: gram::without(x, &self.vectors, k)
                .t()
                .as_standard_layout()
                .into_owned(),
            k,
            freedom: self.prepared.freedom,
            options: options.clone(),
        }
    }
}

/// What is left without k components, and its test.
struct Deflated {
    columns: Array2<f64>,
    k: usize,
    freedom: usize,
    options: Options,
}

impl Deflated {
    fn run_against(
        &self,
        eigenvalue: f64,
        watch: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<Copies, DataError> {
        let Deflated {
            columns,
            k,
            freedom,
            options,
        } = self;
        let test = Test {
            columns: columns.view(),
            freedom: *freedom,
            centred: options.preparation != Preparation::Raw,
            randomisation: options.randomisation,
            copies: options.copies,
            level: options.level,
            streams: Streams::new(options.seed, "copies").child(*k as u64),
        };
        let p = columns.nrows() as f64;
        test.run(eigenvalue, reduced(*freedom as f64, p, *k as f64), watch)
    }
}

/// The largest eigenvalue of noise in what k components leave, `(n−k)×(p−k)`, beside that of n×p noise with the same sum
/// of squares: copies spread that sum over the whole matrix.
fn reduced(n: f64, p: f64, k: f64) -> f64 {
    let edge = |n: f64, p: f64| (n.sqrt() + p.sqrt()).powi(2) / (n * p);
    edge(n - k, p - k) / edge(n, p)
}
