//! The NTK's transform at sizes where its matrix does not fit: stochastic Lanczos quadrature on products in f32.
//!
//! The trace of the resolvent from one probe of random signs has a standard deviation of
//! `(2 Var 1/(λ−z)/n)^{1/2}`, of order 1/d as the error of the law at σ′ = x, and smaller than it: the rate is
//! seen through it. The rounding of f32 is not seen, and neither is the depth of the quadrature (tested below).

use super::ntk_ladder::Setup;
use ndarray::{Array1, Array2};
use num_complex::Complex64;
use rand::RngExt;
use std::ops::ControlFlow;
use tensor_dyson::ledger::{CheckError, Context};
use tensor_dyson::model::{Activation, EntryLaw, Sizes, Streams, WeightLaw};
use tensor_dyson::spectrum::{
    Depth, DrawnRows, SampledDistribution, Side, ntk_features, quadrature,
};

/// One probe, and steps enough for the transform at a height of ½ to 3e-4: the more, the wider the spectrum is. Under
/// wide weights it is, and at σ′ = x, where 𝒬 has no shift but a wide mixture.
fn depth(setup: &Setup) -> Depth {
    let fixed = matches!(setup.weights, WeightLaw::PlusMinusOne);
    let linear = setup.activation == Activation::Identity;
    let steps = match (fixed, linear) {
        (true, false) => 24,
        (_, true) => 40,
        (false, false) => 112,
    };
    Depth { probes: 1, steps }
}

/// The stream of W and a; the blocks of X have the small numbers.
const WEIGHTS: u64 = u64::MAX;

/// `s_emp` at some points, of draw `index`.
pub(crate) fn transform(
    ctx: &Context,
    setup: &Setup,
    sizes: Sizes,
    index: u64,
    points: &[Complex64],
) -> Result<Vec<Complex64>, CheckError> {
    let seed = ctx.streams().stream(index).random::<u64>();
    sampled(seed, setup, sizes, depth(setup), points)
}

/// X by its rows, W and a.
fn drawn(seed: u64, setup: &Setup, sizes: Sizes) -> (DrawnRows, Array2<f64>, Array1<f64>) {
    let Sizes { n, d, p } = sizes;
    let streams = Streams::new(seed, "theorem");
    let mut rng = streams.stream(WEIGHTS);
    let w = EntryLaw::Gaussian.matrix(d, p, &mut rng);
    let a = setup.weights.sample(p, &mut rng);
    let entries = setup.entries;
    let rows = DrawnRows {
        streams,
        entries,
        n,
        d,
    };
    (rows, w, a)
}

fn sampled(
    seed: u64,
    setup: &Setup,
    sizes: Sizes,
    depth: Depth,
    points: &[Complex64],
) -> Result<Vec<Complex64>, CheckError> {
    let (rows, w, a) = drawn(seed, setup, sizes);
    let features = ntk_features::<f32>(rows.stored(), w.view(), a.view(), &setup.activation)?;
    let operator = Side::smaller(features.as_ref()).operator(features.as_ref());
    let mut go_on = |_| ControlFlow::Continue(());
    let probes = Streams::new(seed, "theorem probes");
    let (found, _) = quadrature(operator.as_ref(), depth, None, probes, &mut go_on)?;
    let distribution = SampledDistribution::estimated(found, sizes.n);
    Ok(points.iter().map(|&z| distribution.stieltjes(z)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::common::points;
    use tensor_dyson::ledger::largest;
    use tensor_dyson::linalg::symmetric_eigenvalues;
    use tensor_dyson::model::ntk;
    use tensor_dyson::spectrum::{Samples, empirical_stieltjes};

    const SIZES: Sizes = Sizes {
        n: 600,
        d: 24,
        p: 36,
    };
    const ACTIVATIONS: [Activation; 4] = [
        Activation::Identity,
        Activation::Cos,
        Activation::Step,
        Activation::TanhPrime,
    ];

    fn setup(activation: Activation, weights: WeightLaw) -> Setup {
        Setup {
            activation,
            weights,
            entries: EntryLaw::Gaussian,
        }
    }

    /// The weights of `theorem-random-weights`.
    fn scattered(activation: &Activation) -> WeightLaw {
        WeightLaw::Uniform(if *activation == Activation::Identity {
            0.5
        } else {
            6.0
        })
    }

    /// Against all eigenvalues of the same NTK, formed: within 5 standard errors of the probes, from the variance of
    /// `1/(λ − z)` (false alarm below 1e-4 for all points). At σ′ = x the features are fewer than the samples.
    #[test]
    fn the_transform_is_that_of_the_dense_kernel() {
        let probes = 50;
        for activation in ACTIVATIONS {
            let weights = scattered(&activation);
            let setup = setup(activation, weights);
            let depth = Depth {
                probes,
                ..depth(&setup)
            };
            let found = sampled(11, &setup, SIZES, depth, &points()).unwrap();
            let (rows, w, a) = drawn(11, &setup, SIZES);
            let Samples::Stored(x) = rows.stored::<f64>() else {
                panic!("stored rows are stored")
            };
            let kernel = ntk(x.view(), w.view(), a.view(), &setup.activation).unwrap();
            let exact = symmetric_eigenvalues(kernel.view()).unwrap();
            for (z, found) in points().into_iter().zip(found) {
                let mean = empirical_stieltjes(&exact, z);
                let square: f64 = exact.iter().map(|x| (x - z).norm_sqr().recip()).sum();
                let variance = square / SIZES.n as f64 - mean.norm_sqr();
                let error = (2.0 * variance / (SIZES.n * probes) as f64).sqrt();
                assert!((found - mean).norm() < 5.0 * error, "{z}: {found} {mean}");
            }
        }
    }

    /// What more steps would change is less than a tenth of the error at the largest size, 3e-3 at least.
    #[test]
    fn the_quadrature_is_deep_enough() {
        for (d, p) in [(48, 72), (72, 54)] {
            let sizes = Sizes { n: d * p / 4, d, p };
            for activation in ACTIVATIONS {
                for weights in [WeightLaw::PlusMinusOne, scattered(&activation)] {
                    let setup = setup(activation.clone(), weights);
                    let run = |depth: Depth| sampled(3, &setup, sizes, depth, &points()).unwrap();
                    let depth = depth(&setup);
                    let deep = Depth {
                        steps: 2 * depth.steps,
                        ..depth
                    };
                    let (found, deep) = (run(depth), run(deep));
                    let change = largest(found.iter().zip(&deep).map(|(a, b)| (a - b).norm()));
                    assert!(change < 3e-4, "{:?} {change}", setup.activation);
                }
            }
        }
    }

    #[test]
    fn the_numbers_do_not_depend_on_the_number_of_threads() {
        let run = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
            let setup = setup(Activation::Step, WeightLaw::PlusMinusOne);
            let sizes = Sizes { n: 1100, ..SIZES };
            let one = || sampled(3, &setup, sizes, depth(&setup), &points());
            pool.unwrap().install(one).unwrap()
        };
        assert_eq!(run(1), run(2));
    }
}
