use super::*;
use crate::covariance::Covariance;
use crate::linearization::Blocks;
use crate::measure::{Atoms, MarchenkoPastur};
use crate::model::{Activation, EntryLaw, HermiteData, Streams, WeightLaw};
use crate::tensor::matricize;
use ndarray::Array2;

fn covariance(d: usize, p: usize, weights: &WeightLaw, phi: &HermiteData) -> Covariance {
    let mut rng = Streams::new(11, "dyson").stream((10 * d + p) as u64);
    let w = EntryLaw::Gaussian.matrix(d, p, &mut rng);
    let a = weights.sample(p, &mut rng);
    Covariance::new(w.view(), a.view(), phi).unwrap()
}

/// The reduced solution, put back into the block equation, satisfies it: to (n + dp)·ε times the
/// condition of the matrix, here below 1e3.
#[test]
fn the_exchangeable_solution_satisfies_the_block_equation() {
    let phi = HermiteData::new(0.0, 0.8, 1.0).unwrap();
    for (d, p) in [(2, 4), (3, 3), (4, 2), (1, 3), (3, 1)] {
        for weights in [WeightLaw::PlusMinusOne, WeightLaw::Uniform(2.0)] {
            for n in [1, 7] {
                let q = covariance(d, p, &weights, &phi);
                let z = Complex64::new(0.8, 0.5);
                let s = exchangeable::solve(&q, n, z).unwrap();
                let one = Array2::<Complex64>::ones((n, n)) / Complex64::from(n as f64);
                let column: Vec<Complex64> = s.r.iter().copied().collect();
                let m21 = Array2::from_shape_fn((d * p, n), |(k, _)| column[k]);
                let dense = matricize(q.dense().view()).mapv(|x| s.tau * x);
                let resolvent =
                    crate::linalg::complex_inverse((Array2::eye(d * p) + dense).view()).unwrap();
                let rank_one = Array2::from_shape_fn((d * p, d * p), |(k, l)| {
                    column[k] * column[l] * n as f64 / s.m_2
                });
                let blocks = Blocks {
                    m11: (Array2::eye(n) - &one) * s.m_1 + &one * s.m_2,
                    m12: m21.t().to_owned(),
                    m21,
                    m22: rank_one - resolvent,
                };
                let back = literal::evaluate(&q, &blocks, z).unwrap();
                let distance = (back.join() - blocks.join())
                    .iter()
                    .map(|x| x.norm())
                    .fold(0.0, f64::max);
                assert!(distance < 1e-12, "{d} {p} {n} {weights:?}: {distance:e}");
            }
        }
    }
}

#[test]
fn the_literal_and_the_exchangeable_solver_agree() {
    let q = covariance(
        3,
        2,
        &WeightLaw::PlusMinusOne,
        &Activation::Identity.hermite_data(),
    );
    for z in [
        Complex64::new(0.5, 0.5),
        Complex64::new(-1.0, 0.3),
        Complex64::new(2.0, 1.0),
    ] {
        let literal = literal::solve(&q, 5, z).unwrap();
        let reduced = exchangeable::solve(&q, 5, z).unwrap();
        assert!(
            (literal.blocks.stieltjes() - reduced.m).norm() < 1e-12,
            "{z}"
        );
    }
}

#[test]
fn the_reduced_solver_goes_down_to_the_axis() {
    let q = covariance(
        12,
        9,
        &WeightLaw::PlusMinusOne,
        &Activation::Identity.hermite_data(),
    );
    for k in 0..40 {
        let z = Complex64::new(0.1 + 0.15 * f64::from(k), 1e-8);
        let s = exchangeable::solve(&q, 80, z).unwrap();
        assert!(s.m.im > 0.0);
    }
}

#[test]
fn bad_points_are_errors() {
    let q = covariance(
        2,
        2,
        &WeightLaw::PlusMinusOne,
        &Activation::Cos.hermite_data(),
    );
    let below = Complex64::new(1.0, -0.1);
    assert!(matches!(
        literal::solve(&q, 3, below),
        Err(DysonError::Point { .. })
    ));
    assert!(matches!(
        exchangeable::solve(&q, 0, below),
        Err(DysonError::Samples)
    ));
    let nan = Complex64::new(f64::NAN, 1.0);
    assert!(matches!(
        exchangeable::solve(&q, 3, nan),
        Err(DysonError::Point { .. })
    ));
    assert!(matches!(
        scalar::solve(-1.0, &q, Complex64::i()),
        Err(DysonError::Scalar(_))
    ));
}

/// For 𝒬 the identity the law is MP^γ: density and mass at 0 in closed form.
#[test]
fn density_and_mass_at_zero_are_those_of_marchenko_pastur() {
    let one = Atoms::new(vec![1.0], vec![1.0]).unwrap();
    for gamma in [0.4, 2.5] {
        let law = MarchenkoPastur::new(gamma).unwrap();
        let (low, high) = law.edges();
        let xs: Vec<f64> = (1..9)
            .map(|k| low + (high - low) * f64::from(k) / 9.0)
            .collect();
        let density = scalar::density(gamma, &one, &xs).unwrap();
        for (x, found) in xs.iter().zip(density) {
            assert!((found - law.density(*x)).abs() < 1e-11, "{gamma} {x}");
        }
        let mass = scalar::mass_at_zero(gamma, &one).unwrap();
        assert!((mass - law.mass_at_zero()).abs() < 1e-15, "{gamma}");
    }
}

/// Along the whole support just above the axis, across every edge: the root is reached in fewer than 30 Newton steps
/// a point, also where the neighbour's value is real and this one is not.
#[test]
fn a_point_at_an_edge_takes_few_steps_too() {
    let phi = Activation::Identity.hermite_data();
    for (d, p) in [(40, 60), (60, 40), (50, 50), (20, 7)] {
        let q = covariance(d, p, &WeightLaw::PlusMinusOne, &phi)
            .eigenvalues()
            .unwrap();
        for gamma in [0.5, 1.0, 3.0] {
            let top = crate::spectrum::support_bound(gamma, &q);
            let xs: Vec<f64> = (1..=200)
                .rev()
                .map(|k| top * f64::from(k) / 200.0)
                .collect();
            for point in scalar::along(gamma, &q, &xs, 1e-8).unwrap() {
                assert!(
                    point.steps < 30 && point.residual < 1e-12,
                    "{d} {p} {gamma}: {point:?}"
                );
            }
        }
    }
}
