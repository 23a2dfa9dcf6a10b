//! The exact covariance of ω for any activation: kernels, operator, dense tensor, samples.

use ndarray::{Array1, Array2, ArrayView2, array};
use tensor_dyson::covariance::{Covariance, CovarianceError, ExactCovariance, GaussianKernels};
use tensor_dyson::linalg::gram;
use tensor_dyson::measure::Response;
use tensor_dyson::model::{Activation, EntryLaw, Streams, WeightLaw};
use tensor_dyson::tensor::act;

/// d < p, d = p, d > p, and one of either.
const SHAPES: [(usize, usize); 7] = [(1, 1), (1, 4), (4, 1), (2, 5), (5, 3), (4, 4), (3, 6)];

fn activations() -> Vec<Activation> {
    vec![
        Activation::Identity,
        Activation::Cos,
        Activation::Sin,
        Activation::Step,
        Activation::TanhPrime,
        Activation::ErfPrime,
        Activation::Hermite(vec![0.4, -0.7, 0.3, 0.5, 0.1]),
    ]
}

fn weights(d: usize, p: usize) -> (Array2<f64>, Array1<f64>) {
    let mut rng = Streams::new(11, "exact covariance").stream((100 * d + p) as u64);
    let w = EntryLaw::Gaussian.matrix(d, p, &mut rng);
    let a = WeightLaw::Uniform(2.0).sample(p, &mut rng);
    (w, a)
}

fn exact(d: usize, p: usize, activation: &Activation) -> ExactCovariance {
    let (w, a) = weights(d, p);
    ExactCovariance::new(w.view(), a.view(), activation).unwrap()
}

fn inner(x: &Array2<f64>, y: ArrayView2<'_, f64>) -> f64 {
    x.iter().zip(y).map(|(x, y)| x * y).sum()
}

#[test]
fn the_operator_is_the_dense_tensor_and_the_trace_its_trace() {
    for activation in activations() {
        for (d, p) in SHAPES {
            let q = exact(d, p, &activation);
            let m = Array2::from_shape_fn((d, p), |(i, j)| (1 + i * 3 + j * j) as f64 - 2.5);
            for q in [q.second_moment(), q] {
                let dense = q.dense();
                let (far, near) = (act(dense.view(), m.view()), q.apply(m.view()));
                let size = far.iter().map(|x| x.abs()).sum::<f64>() + 1.0;
                let apart = (far - near).iter().map(|x| x.abs()).sum::<f64>();
                assert!(apart < 1e-12 * size, "{activation:?} {d} {p}: {apart}");
                let sum: f64 = q.eigenvalues().unwrap().iter().sum();
                assert!(
                    (sum - q.trace()).abs() < 1e-11 * (1.0 + sum),
                    "{activation:?}"
                );
            }
        }
    }
}

#[test]
fn for_the_identity_it_is_the_covariance_of_the_talk() {
    for (d, p) in SHAPES {
        let (w, a) = weights(d, p);
        let phi = Activation::Identity.hermite_data();
        let talk = Covariance::new(w.view(), a.view(), &phi).unwrap();
        let exact = exact(d, p, &Activation::Identity);
        let size = 1.0 + talk.support_bound();
        assert!(
            (talk.dense() - exact.dense())
                .iter()
                .all(|x| x.abs() < 1e-14 * size)
        );
        assert!(
            (talk.mean_feature() - exact.mean())
                .iter()
                .all(|x| x.abs() < 1e-14 * size)
        );
    }
}

/// `E f(u, v)` on a product grid: the trapezoidal rule with step ¼, geometric for analytic f.
fn quadrature(rb: f64, re: f64, r: f64, f: impl Fn(f64, f64) -> f64) -> f64 {
    let (h, rho) = (0.25, r / (rb * re).sqrt());
    let mut sum = 0.0;
    for i in -36..=36 {
        for j in -36..=36 {
            let (x, y) = (f64::from(i) * h, f64::from(j) * h);
            let density = (-0.5 * (x * x + y * y)).exp() / (2.0 * std::f64::consts::PI);
            let v = re.sqrt() * (rho * x + (1.0 - rho * rho).sqrt() * y);
            sum += h * h * density * f(rb.sqrt() * x, v);
        }
    }
    sum
}

const COVARIANCES: [(f64, f64, f64); 4] = [
    (1.0, 1.0, 0.2),
    (0.8, 1.3, -0.5),
    (1.2, 0.6, 0.75),
    (0.9, 1.1, 0.0),
];

fn entry(activation: &Activation, rb: f64, re: f64, r: f64) -> GaussianKernels {
    GaussianKernels::new(activation, array![[rb, r], [r, re]].view())
}

#[test]
fn the_smooth_kernels_are_their_quadratures() {
    for activation in activations() {
        if activation == Activation::Step {
            continue;
        }
        for (rb, re, r) in COVARIANCES {
            let k = entry(&activation, rb, re, r);
            let phi = |x: f64| activation.phi(x);
            let det = rb * re - r * r;
            // Stein: φ′ and φ″ become polynomials of R⁻¹u.
            let score = |u: f64, v: f64| ((re * u - r * v) / det, (rb * v - r * u) / det);
            let value = quadrature(rb, re, r, |u, v| phi(u) * phi(v));
            let slope = quadrature(rb, re, r, |u, v| {
                let (x, y) = score(u, v);
                (x * y + r / det) * phi(u) * phi(v)
            });
            let bend = quadrature(rb, re, r, |u, v| {
                let (x, _) = score(u, v);
                (x * x - re / det) * phi(u) * phi(v)
            });
            let mean = quadrature(rb, re, r, |u, _| phi(u));
            let mean_slope = quadrature(rb, re, r, |u, _| u / rb * phi(u));
            for (seen, wanted, what) in [
                (k.value[[0, 1]], value, "value"),
                (k.slope[[0, 1]], slope, "slope"),
                (k.bend[[0, 1]], bend, "bend"),
                (k.mean[0], mean, "mean"),
                (k.mean_slope[0], mean_slope, "mean slope"),
            ] {
                assert!(
                    (seen - wanted).abs() < 1e-11 + k.truncation,
                    "{activation:?} {what} at {rb} {re} {r}: {seen} and {wanted}"
                );
            }
            assert!(k.truncation < 1e-12, "{activation:?}: {}", k.truncation);
        }
    }
}

/// Price's theorem: `∂K⁰⁰/∂R_be = K¹¹`, `∂K⁰⁰/∂R_bb = ½K²⁰`, by central differences of order 4; the
/// step's own `K⁰⁰` is Sheppard's formula at ρ = 0, ½, 1/√2.
#[test]
fn the_kernels_satisfy_prices_theorem() {
    for activation in activations() {
        for (rb, re, r) in COVARIANCES {
            let h = 1e-3;
            let difference = |f: &dyn Fn(f64) -> f64| {
                (8.0 * (f(h) - f(-h)) - (f(2.0 * h) - f(-2.0 * h))) / (12.0 * h)
            };
            let value = |rb, re, r| entry(&activation, rb, re, r).value[[0, 1]];
            let k = entry(&activation, rb, re, r);
            let slope = difference(&|t| value(rb, re, r + t));
            let bend = 2.0 * difference(&|t| value(rb + t, re, r));
            let other = 2.0 * difference(&|t| value(rb, re + t, r));
            // h⁴/30 times a fifth derivative of at most 10³, and rounding over h.
            for (seen, wanted) in [
                (k.slope[[0, 1]], slope),
                (k.bend[[0, 1]], bend),
                (k.bend[[1, 0]], other),
            ] {
                assert!(
                    (seen - wanted).abs() < 1e-9,
                    "{activation:?}: {seen} and {wanted}"
                );
            }
        }
    }
    for (rho, orthant) in [(0.0, 0.25), (0.5, 1.0 / 3.0), (0.5_f64.sqrt(), 0.375)] {
        let k = entry(&Activation::Step, 2.0, 0.5, rho);
        assert!((k.value[[0, 1]] - orthant).abs() < 1e-15);
    }
}

/// The closed forms of cos against the series of the same function.
#[test]
fn any_function_has_its_series() {
    let (w, _) = weights(3, 4);
    let r = gram(w.t());
    let by_name = GaussianKernels::new(&Activation::Cos, r.view());
    let by_series = GaussianKernels::of(&f64::cos, r.view());
    let apart =
        |x: &Array2<f64>, y: &Array2<f64>| (x - y).iter().map(|x| x.abs()).fold(0.0, f64::max);
    assert!(apart(&by_name.value, &by_series.value) < 1e-12);
    let bound = 1e-12 + by_series.truncation;
    for b in 0..4 {
        for e in (0..4).filter(|&e| e != b) {
            assert!((by_name.slope[[b, e]] - by_series.slope[[b, e]]).abs() < bound);
            assert!((by_name.bend[[b, e]] - by_series.bend[[b, e]]).abs() < bound);
        }
    }
    // On the diagonal only the sum of the terms is defined.
    for b in 0..4 {
        let sum = |k: &GaussianKernels| k.bend[[b, b]] + k.slope[[b, b]];
        assert!((sum(&by_name) - sum(&by_series)).abs() < 1e-12);
    }
}

/// A narrow bump of two nearly equal Gaussians has a long series: what is left out, up to 3 %, is within the stated
/// bound, and a bound of 0 would not do.
#[test]
fn what_the_series_leaves_out_is_stated() {
    let phi = |x: f64| Activation::ErfPrime.phi(x);
    for (r, rho) in [(4.0, 0.999), (30.0, 0.99), (100.0, 0.99), (100.0, 0.999)] {
        let gram = array![[r, rho * r], [rho * r, r]];
        let closed = GaussianKernels::new(&Activation::ErfPrime, gram.view());
        let series = GaussianKernels::of(&phi, gram.view());
        let off = |of: fn(&GaussianKernels) -> &Array2<f64>| {
            (of(&closed)[[0, 1]] - of(&series)[[0, 1]]).abs()
        };
        let off = off(|k| &k.value)
            .max(off(|k| &k.slope))
            .max(off(|k| &k.bend));
        assert!(off > 1e-9, "nothing to state at {r}, {rho}: {off}");
        assert!(off <= series.truncation, "{r}, {rho}: {off}");
    }
}

/// Equal, opposite and vanishing columns of W, where Gaussians are proportional and a step's derivatives
/// do not exist one by one: against the samples, to 6 standard errors of each of 40 quadratic forms.
#[test]
fn the_quadratic_forms_are_those_of_samples() {
    let w = array![[1.0, 1.0, -0.5, 0.0, 0.3], [-0.4, -0.4, 0.2, 0.0, 1.1]];
    let a = array![1.0, -0.7, 0.5, 1.0, 1.3];
    let line = array![[0.7, -1.2, 0.4]];
    let line_a = array![1.0, 0.5, -1.0];
    let (general, general_a) = weights(4, 3);
    for activation in activations() {
        for (w, a) in [(&w, &a), (&line, &line_a), (&general, &general_a)] {
            let q = ExactCovariance::new(w.view(), a.view(), &activation).unwrap();
            let (d, p) = w.dim();
            let mut rng = Streams::new(12, "forms").stream((10 * d + p) as u64);
            let v = w / (d as f64).sqrt();
            let directions: Vec<Array2<f64>> = (0..3)
                .map(|_| EntryLaw::Gaussian.matrix(d, p, &mut rng))
                .chain([v.clone(), &v * a])
                .collect();
            let count = 40_000;
            let x = EntryLaw::Gaussian.matrix(count, d, &mut rng);
            let f = x.dot(&v).mapv(|u| activation.phi(u)) * a;
            for m in &directions {
                let (mut sum, mut square) = (0.0, 0.0);
                let mean = inner(m, q.mean());
                for i in 0..count {
                    let form = (x.row(i).dot(&m.dot(&f.row(i))) - mean).powi(2);
                    sum += form;
                    square += form * form;
                }
                let n = count as f64;
                let (sampled, error) =
                    (sum / n, (square / n - (sum / n).powi(2)).sqrt() / n.sqrt());
                let predicted = inner(m, q.apply(m.view()).view());
                assert!(
                    (sampled - predicted).abs() < 6.0 * error + 1e-12,
                    "{activation:?} {d}×{p}: sampled {sampled} ± {error}, predicted {predicted}"
                );
            }
        }
    }
}

#[test]
fn bad_input_is_an_error_that_names_it() {
    let new = |w: Array2<f64>, a: Array1<f64>| {
        ExactCovariance::new(w.view(), a.view(), &Activation::Cos).map(|_| ())
    };
    assert!(matches!(
        new(Array2::zeros((2, 0)), array![]),
        Err(CovarianceError::Empty { d: 2, p: 0 })
    ));
    assert!(matches!(
        new(array![[1.0, 2.0]], array![1.0]),
        Err(CovarianceError::Shape { p: 2, weights: 1 })
    ));
    assert!(matches!(
        new(array![[1.0]], array![f64::INFINITY]),
        Err(CovarianceError::NotFinite { name: "a", .. })
    ));
    assert!(matches!(
        new(array![[f64::NAN]], array![1.0]),
        Err(CovarianceError::NotFinite { name: "W", .. })
    ));
}
