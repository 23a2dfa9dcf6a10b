use super::*;
use crate::linalg::symmetric_eigenvalues;
use crate::measure::{Atoms, Response};
use crate::model::{Activation, EntryLaw, Streams, WeightLaw};
use crate::tensor::{act, matricize};
use num_complex::Complex64;

const SHAPES: [(usize, usize); 8] = [
    (1, 1),
    (1, 4),
    (4, 1),
    (2, 3),
    (3, 2),
    (6, 4),
    (4, 6),
    (5, 5),
];

fn sample(d: usize, p: usize, weights: &WeightLaw, phi: &HermiteData) -> Covariance {
    let mut rng = Streams::new(5, "covariance").stream((100 * d + p) as u64);
    let w = EntryLaw::Gaussian.matrix(d, p, &mut rng);
    let a = weights.sample(p, &mut rng);
    Covariance::new(w.view(), a.view(), phi).unwrap()
}

fn close(x: Complex64, y: Complex64, allowance: f64) {
    assert!(
        (x - y).norm() <= allowance * (1.0 + y.norm()),
        "{x} and {y}"
    );
}

#[test]
fn the_three_forms_agree_on_every_shape_with_and_without_mean() {
    let data = [
        (0.0, 1.0, 1.0),
        (0.0, 0.8, 1.54),
        (0.5, 0.7, 1.6),
        (0.5, 0.0, 1.0),
        (0.4, 0.6, 0.52),
    ];
    for (mean, alpha, beta_squared) in data {
        let phi = HermiteData::new(mean, alpha, beta_squared).unwrap();
        for (d, p) in SHAPES {
            for weights in [WeightLaw::PlusMinusOne, WeightLaw::Uniform(2.0)] {
                let q = sample(d, p, &weights, &phi);
                let dense = q.dense();
                let m = Array2::from_shape_fn((d, p), |(i, j)| (1 + i * 3 + j * j) as f64 - 2.5);
                let apart = act(dense.view(), m.view()) - q.apply(m.view());
                assert!(apart.iter().all(|x| x.abs() < 1e-11), "{d} {p}");
                let exact = symmetric_eigenvalues(matricize(dense.view()).view()).unwrap();
                for t in [
                    Complex64::new(0.7, 0.0),
                    Complex64::new(-0.4, 1.1),
                    Complex64::new(3.0, 0.2),
                ] {
                    let log_det: Complex64 = exact.iter().map(|x| (1.0 + t * x).ln()).sum();
                    close(q.log_det(t).unwrap(), log_det, 1e-12);
                    let scale = 1.0 / (d * p) as f64;
                    let value: Complex64 = exact.iter().map(|x| x / (1.0 + t * x) * scale).sum();
                    let derivative: Complex64 = exact
                        .iter()
                        .map(|x| -(x / (1.0 + t * x)).powi(2) * scale)
                        .sum();
                    let jet = q.response(t).unwrap();
                    close(jet.value, value, 1e-12);
                    close(jet.derivative, derivative, 1e-10);
                    let complex = m.mapv(Complex64::from);
                    let solved = q.resolvent(t, complex.view()).unwrap();
                    let back = &solved + &(q.apply_complex(solved.view()) * t) - &complex;
                    assert!(back.iter().all(|x| x.norm() < 1e-9), "{d} {p} {t}");
                }
                let trace: f64 = exact.iter().sum::<f64>() / (d * p) as f64;
                assert!((q.mean() - trace).abs() < 1e-12 * trace);
                let largest = exact.last().copied().unwrap();
                assert!(q.support_bound() >= largest * (1.0 - 1e-12));
                let zeros = exact.iter().filter(|x| x.abs() < 1e-10 * largest).count();
                let mass = zeros as f64 / (d * p) as f64;
                assert!(
                    (q.mass_at_zero() - mass).abs() < 1e-12,
                    "{d} {p} {phi:?}: {mass}"
                );
            }
        }
    }
}

#[test]
fn the_mean_feature_is_alpha_g() {
    let (w, a) = (ndarray::array![[2.0, 1.0]], ndarray::array![1.0, -3.0]);
    let phi = HermiteData::new(0.0, 0.5, 1.0).unwrap();
    let q = Covariance::new(w.view(), a.view(), &phi).unwrap();
    assert_eq!(q.mean_feature(), ndarray::array![[1.0, -1.5]]);
}

#[test]
fn the_closed_spectrum_is_the_dense_one() {
    for phi in [
        Activation::Identity.hermite_data(),
        Activation::Step.hermite_data(),
    ] {
        // Weights ±2 as well: their square is in the shift.
        let four = WeightLaw::Squares(Atoms::new(vec![4.0], vec![1.0]).unwrap());
        for ((d, p), weights) in SHAPES
            .into_iter()
            .flat_map(|shape| [(shape, WeightLaw::PlusMinusOne), (shape, four.clone())])
        {
            let q = sample(d, p, &weights, &phi).bulk();
            let exact = symmetric_eigenvalues(matricize(q.dense().view()).view()).unwrap();
            let closed = q.eigenvalues().unwrap();
            assert_eq!(closed.dimension(), d * p);
            for (x, y) in closed.expanded().iter().zip(&exact) {
                assert!(
                    (x - y).abs() < 1e-13 * (d * p) as f64 * exact[d * p - 1],
                    "{d} {p}"
                );
            }
            assert!((closed.mass_at_zero() - q.mass_at_zero()).abs() < 1e-15);
            assert!((closed.mean() - Response::mean(&q)).abs() < 1e-13);
            let t = Complex64::new(0.3, 0.4);
            close(closed.log_det(t), q.log_det(t).unwrap(), 1e-12);
        }
    }
}

#[test]
fn bad_covariances_are_errors() {
    use ndarray::{Array1, array};
    let phi = Activation::Step.hermite_data();
    let new = |w: Array2<f64>, a: Array1<f64>| Covariance::new(w.view(), a.view(), &phi);
    assert!(matches!(
        new(Array2::zeros((0, 2)), array![1.0, 1.0]),
        Err(CovarianceError::Empty { d: 0, p: 2 })
    ));
    assert!(matches!(
        new(array![[1.0, 2.0]], array![1.0]),
        Err(CovarianceError::Shape { p: 2, weights: 1 })
    ));
    assert!(matches!(
        new(array![[1.0, f64::NAN]], array![1.0, 1.0]),
        Err(CovarianceError::NotFinite { name: "W", .. })
    ));
    let mixed = new(array![[1.0, 2.0]], array![1.0, 2.0]).unwrap().bulk();
    assert!(matches!(
        mixed.eigenvalues(),
        Err(CovarianceError::Weights { .. })
    ));
    let whole = new(array![[1.0, 2.0]], array![1.0, 1.0]).unwrap();
    assert!(matches!(
        whole.eigenvalues(),
        Err(CovarianceError::MeanPart { mean: 0.5 })
    ));
}

/// The atoms of 𝒬 at finite d, p and its response, which is exact for every t, through the same map.
#[test]
fn the_law_of_given_weights_has_the_response_of_the_covariance() {
    use crate::measure::Law;
    let data = HermiteData::new(0.3, 0.7, 0.9025).unwrap();
    for (d, p) in [(4, 6), (6, 4), (5, 5)] {
        for weights in [WeightLaw::PlusMinusOne, WeightLaw::Gaussian] {
            let q = sample(d, p, &weights, &data);
            let (bulk, law) = (q.bulk(), q.law().unwrap());
            assert_eq!(q.law().unwrap(), bulk.law().unwrap());
            for t in [Complex64::new(0.7, 0.0), Complex64::new(-0.3, 0.4)] {
                let (one, two) = (law.response(t).unwrap(), bulk.response(t).unwrap());
                close(one.value, two.value, 1e-12);
                close(one.derivative, two.derivative, 1e-12);
            }
            for gamma in [0.4, 2.5] {
                let map = Law::from(&law).mp_map(gamma).unwrap();
                for z in [Complex64::new(0.9, 1e-9), Complex64::new(2.0, 1.0)] {
                    let m = map.stieltjes(z).unwrap();
                    let response = bulk.response(gamma * m.s).unwrap().value;
                    close((response - z).inv(), m.s, 1e-10);
                }
            }
        }
    }
    let large = sample(70, 60, &WeightLaw::Gaussian, &data);
    assert_eq!(
        large.law(),
        Err(CovarianceError::TooLarge {
            size: 4200,
            limit: 4096
        })
    );
}
