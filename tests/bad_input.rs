//! Every public constructor and solver of the toolkit on input that is none: an error that names what is wrong and
//! its value, never a panic.

#[path = "../derivations/tests/tolerant.rs"]
mod tolerant;

use insta::assert_snapshot;
use ndarray::{Array1, Array2, array};
use num_complex::Complex64;
use std::fmt::Display;
use std::panic::{AssertUnwindSafe, catch_unwind};
use tensor_dyson::covariance::{Covariance, ExactCovariance};
use tensor_dyson::dyson::{Ridge, exchangeable, literal, scalar};
use tensor_dyson::ledger::Ladder;
use tensor_dyson::linalg::{
    complex_eigen, complex_inverse, qr, singular_values, svd, symmetric_eigen,
    symmetric_eigenvalues,
};
use tensor_dyson::linearization::block_resolvent;
use tensor_dyson::measure::{
    Atoms, Law, MarchenkoPastur, WeightedCovariance, clusters, marchenko_pastur_map,
};
use tensor_dyson::model::{Activation, HermiteData, Sizes, WeightLaw, ntk};

const NAN: f64 = f64::NAN;
const INF: f64 = f64::INFINITY;

fn said<T, E: Display>(result: Result<T, E>) -> Option<String> {
    result.err().map(|e| e.to_string())
}

/// Each case: what is called, the part of the message that names the fault, and the call.
type Case = (&'static str, &'static str, Box<dyn Fn() -> Option<String>>);

fn case(
    what: &'static str,
    named: &'static str,
    call: impl Fn() -> Option<String> + 'static,
) -> Case {
    (what, named, Box::new(call))
}

/// Each message has the part that names the fault, and all of them are those of the snapshot.
fn hold(name: &str, cases: Vec<Case>) {
    let (mut wrong, mut messages) = (vec![], String::new());
    for (what, named, call) in cases {
        match catch_unwind(AssertUnwindSafe(call)) {
            Err(_) => wrong.push(format!("{what}: panics")),
            Ok(None) => wrong.push(format!("{what}: accepted")),
            Ok(Some(text)) if !text.contains(named) => {
                wrong.push(format!("{what}: '{text}' does not name '{named}'"));
            }
            Ok(Some(text)) => messages += &format!("{what}: {text}\n"),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let snapshots = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/snapshots");
    let near = |x: f64, y: f64| (x - y).abs() <= 1e-9 * (1.0 + x.abs());
    tolerant::in_snapshots(snapshots, near, || assert_snapshot!(name, messages));
}

fn identity() -> HermiteData {
    Activation::Identity.hermite_data()
}

fn covariance(w: Array2<f64>, a: Array1<f64>) -> Option<String> {
    said(Covariance::new(w.view(), a.view(), &identity()))
}

fn good() -> Covariance {
    Covariance::new(
        array![[1.0, 2.0], [0.0, 1.0]].view(),
        array![1.0, -1.0].view(),
        &identity(),
    )
    .unwrap()
}

fn one() -> Atoms {
    Atoms::new(vec![1.0], vec![1.0]).unwrap()
}

#[test]
fn laws_that_are_none_are_refused() {
    let weighted =
        |gamma, alpha, beta, mean| said(WeightedCovariance::new(gamma, alpha, beta, mean, one()));
    hold(
        "laws",
        vec![
            case("MP of γ = 0", "gamma is 0", || {
                said(MarchenkoPastur::new(0.0))
            }),
            case("MP of γ = NaN", "gamma is NaN", || {
                said(MarchenkoPastur::new(NAN))
            }),
            case("MP of γ = ∞", "gamma is inf", || {
                said(MarchenkoPastur::new(INF))
            }),
            case("no atoms", "at least one", || {
                said(Atoms::new(vec![], vec![]))
            }),
            case("more places than masses", "2", || {
                said(Atoms::new(vec![1.0, 2.0], vec![1.0]))
            }),
            case("masses of sum ½", "0.5", || {
                said(Atoms::new(vec![1.0], vec![0.5]))
            }),
            case("a negative place", "-1", || {
                said(Atoms::new(vec![-1.0], vec![1.0]))
            }),
            case("a NaN place", "NaN", || {
                said(Atoms::new(vec![NAN], vec![1.0]))
            }),
            case("a negative mass", "-0.5", || {
                said(Atoms::new(vec![1.0, 2.0], vec![1.5, -0.5]))
            }),
            case("an empty sample", "at least one", || {
                said(Atoms::empirical(vec![]))
            }),
            case("γ₂ = −1", "gamma2 is -1", move || {
                weighted(-1.0, 0.5, 1.0, 0.0)
            }),
            case("α = NaN", "alpha is NaN", move || {
                weighted(1.0, NAN, 1.0, 0.0)
            }),
            case("β = ∞", "beta inf", move || weighted(1.0, 0.5, INF, 0.0)),
            case("β² < α² + c₀²", "beta² = 0.25", move || {
                weighted(1.0, 1.0, 0.5, 0.0)
            }),
            case("Hermite data", "beta² = 0.5", || {
                said(HermiteData::new(0.0, 1.0, 0.5))
            }),
            case("Hermite data of NaN", "NaN", || {
                said(HermiteData::new(NAN, 1.0, 0.5))
            }),
            case("an unknown activation", "softmax", || {
                said("softmax".parse::<Activation>())
            }),
            case("a coefficient that is none", "hermite:1,x", || {
                said("hermite:1,x".parse::<Activation>())
            }),
            case("a uniform on (−0, 0)", "L = 0", || {
                said(WeightLaw::Uniform(0.0).squares())
            }),
            case("a uniform on (−∞, ∞)", "L = inf", || {
                said(WeightLaw::Uniform(INF).squares())
            }),
            case("a point at NaN", "NaN", || said(Law::point(NAN))),
            case("a semicircle of variance −1", "-1", || {
                said(Law::semicircle(-1.0))
            }),
            case("a uniform law on [1, 1]", "1", || {
                said(Law::uniform(1.0, 1.0))
            }),
            case(
                "a uniform law of width 2e308",
                "high − low is inf",
                || said(Law::uniform(-1e308, 1e308)),
            ),
            case("β² = ∞", "beta 1e300", move || {
                weighted(1.0, 0.5, 1e300, 0.0)
            }),
            case("a support up to 1e200", "reaches to 1e200", || {
                let law = Law::uniform(0.0, 1e200).unwrap();
                said(law.stieltjes(Complex64::new(1e200, 1.0)))
            }),
            case("a distribution function there", "reaches to 1e200", || {
                said(Law::uniform(0.0, 1e200).unwrap().cumulative(1e199))
            }),
            case("a support from 1e-200", "reaches to 1e-200", || {
                let law = Law::uniform(0.0, 1e-200).unwrap();
                said(law.stieltjes(Complex64::new(1e-200, 1e-201)))
            }),
            case("an arcsine law on [2, 1]", "high is 1", || {
                said(Law::arcsine(2.0, 1.0))
            }),
            case("MP as a law, γ = NaN", "NaN", || {
                said(Law::marchenko_pastur(NAN))
            }),
            case("an MP map, γ = −2", "-2", || {
                said(Law::point(1.0).unwrap().mp_map(-2.0))
            }),
            case("clusters, γ = NaN", "gamma is NaN", || {
                said(clusters(NAN, &one()))
            }),
            case("a mixture of masses ¼", "0.25", || {
                said(Law::mixture(&[(0.25, Law::point(1.0).unwrap())]))
            }),
            case("a rate without errors", "0", || {
                said(Ladder::default().rate())
            }),
        ],
    );
}

#[test]
fn points_where_nothing_is_defined_are_refused() {
    let z = Complex64::new;
    let map = |gamma, z| said(marchenko_pastur_map(gamma, &one(), z, None));
    hold(
        "points",
        vec![
            case("the map, γ = 0", "gamma is 0", move || {
                map(0.0, z(1.0, 1.0))
            }),
            case("the map, γ = NaN", "gamma is NaN", move || {
                map(NAN, z(1.0, 1.0))
            }),
            case("the map below the axis", "1-1i", move || {
                map(1.0, z(1.0, -1.0))
            }),
            case("the map at NaN", "NaN", move || map(1.0, z(NAN, 1.0))),
            case("the map at an atom", "0+0i", move || map(2.0, z(0.0, 0.0))),
            case("scalar, γ₁ = −1", "gamma is -1", move || {
                said(scalar::solve(-1.0, &one(), z(1.0, 1.0)))
            }),
            case("scalar below the axis", "1-1i", move || {
                said(scalar::solve(1.0, &one(), z(1.0, -1.0)))
            }),
            case("along the lower half plane", "1-0.1i", || {
                said(scalar::along(1.0, &one(), &[1.0], -0.1))
            }),
            case("the density at NaN", "NaN", || {
                said(scalar::density(1.0, &one(), &[NAN]))
            }),
            case("the mass at 0, γ₁ = NaN", "gamma is NaN", || {
                said(scalar::mass_at_zero(NAN, &one()))
            }),
            case("exchangeable, n = 0", "n is 0", move || {
                said(exchangeable::solve(&good(), 0, z(1.0, 1.0)))
            }),
            case("exchangeable on the axis", "1+0i", move || {
                said(exchangeable::solve(&good(), 3, z(1.0, 0.0)))
            }),
            case("literal, n = 0", "n is 0", move || {
                said(literal::solve(&good(), 0, z(1.0, 1.0)))
            }),
            case("literal at NaN", "NaN", move || {
                said(literal::solve(&good(), 2, z(NAN, 1.0)))
            }),
            case("ridge, λ = −1", "-1", || {
                said(Ridge::solve(0.5, &one(), -1.0))
            }),
            case("ridge, λ = NaN", "NaN", || {
                said(Ridge::solve(0.5, &one(), NAN))
            }),
            case("s(z) below the axis", "1-1i", move || {
                said(Law::point(1.0).unwrap().stieltjes(z(1.0, -1.0)))
            }),
            case("log det at a pole", "", || {
                said(good().log_det(Complex64::new(NAN, 0.0)))
            }),
            case("a resolvent at NaN", "", || {
                let m = Array2::<Complex64>::zeros((2, 2));
                said(good().resolvent(Complex64::new(NAN, 0.0), m.view()))
            }),
        ],
    );
}

#[test]
fn matrices_that_do_not_fit_are_refused() {
    let a = || array![1.0, -1.0];
    let nan = || array![[1.0, NAN], [0.0, 1.0]];
    let complex = move || nan().mapv(Complex64::from);
    hold(
        "inputs",
        vec![
            case("W of no rows", "0×2", move || {
                covariance(Array2::zeros((0, 2)), a())
            }),
            case("three weights for two columns", "3 entries", || {
                covariance(Array2::eye(2), array![1.0, 1.0, 1.0])
            }),
            case("W with a NaN", "W has the entry NaN", move || {
                covariance(nan(), a())
            }),
            case("a with ∞", "a has the entry inf", || {
                covariance(Array2::eye(2), array![1.0, INF])
            }),
            case(
                "the exact covariance of a NaN",
                "W has the entry NaN",
                move || {
                    said(ExactCovariance::new(
                        nan().view(),
                        a().view(),
                        &Activation::Cos,
                    ))
                },
            ),
            case("a closed form for unequal weights", "from 1 to 4", || {
                let q = Covariance::new(
                    Array2::eye(2).view(),
                    array![1.0, 2.0].view(),
                    &Activation::Sin.hermite_data(),
                );
                said(q.unwrap().eigenvalues())
            }),
            case("an NTK of no samples", "n = 0", move || {
                said(ntk(
                    Array2::zeros((0, 2)).view(),
                    Array2::eye(2).view(),
                    a().view(),
                    &Activation::Cos,
                ))
            }),
            case("an NTK of shapes that do not fit", "W is 3×3", move || {
                said(ntk(
                    Array2::zeros((4, 2)).view(),
                    Array2::eye(3).view(),
                    a().view(),
                    &Activation::Cos,
                ))
            }),
            case("an NTK of data with a NaN", "NaN", move || {
                said(ntk(
                    nan().view(),
                    Array2::eye(2).view(),
                    a().view(),
                    &Activation::Cos,
                ))
            }),
            case("sizes of γ₁ = NaN", "NaN", || {
                said(Sizes::quadratic(4, NAN, 1.0))
            }),
            case("sizes of γ₂ = 0", "0", || {
                said(Sizes::quadratic(4, 1.0, 0.0))
            }),
            case("sizes of d = 0", "d = 0", || {
                said(Sizes::quadratic(0, 1.0, 1.0))
            }),
            case("eigenvalues of a NaN", "NaN", move || {
                said(symmetric_eigenvalues(nan().view()))
            }),
            case("eigenvalues of no square", "2×3", || {
                said(symmetric_eigenvalues(Array2::zeros((2, 3)).view()))
            }),
            case("eigenvectors of a NaN", "NaN", move || {
                said(symmetric_eigen(nan().view()))
            }),
            case("singular values of a NaN", "NaN", move || {
                said(singular_values(nan().view()))
            }),
            case("an SVD of a NaN", "NaN", move || said(svd(nan().view()))),
            case("QR of a NaN", "NaN", move || said(qr(nan().view()))),
            case("a complex eigenbasis of a NaN", "NaN", move || {
                said(complex_eigen(complex().view()))
            }),
            case("the inverse of a NaN", "NaN", move || {
                said(complex_inverse(complex().view()))
            }),
            case("the inverse of 0", "singular", || {
                said(complex_inverse(Array2::zeros((2, 2)).view()))
            }),
            case("the block resolvent at an eigenvalue", "singular", || {
                said(block_resolvent(
                    ndarray::Array3::zeros((1, 1, 1)).view(),
                    Complex64::ZERO,
                ))
            }),
        ],
    );
}
