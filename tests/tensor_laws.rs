//! Laws of the tensors over shapes and small integers, with `==`.

use ndarray::{Array2, Array4};
use quickcheck::{Arbitrary, Gen, QuickCheck, TestResult};
use tensor_dyson::covariance::linear_covariance;
use tensor_dyson::tensor::{
    act, compose, identity_4, inner, matricize, outer, tau_23, tau_24, tensorize,
};

/// A shape and entries small enough that no product overflows.
#[derive(Clone, Debug)]
struct Case {
    g: Array2<i64>,
    m: Array2<i64>,
    t: Array4<i64>,
}

impl Arbitrary for Case {
    fn arbitrary(source: &mut Gen) -> Self {
        let [d, p, r, s] = [(); 4].map(|()| 1 + usize::arbitrary(source) % 4);
        let mut entry = || i64::from(i8::arbitrary(source));
        Case {
            g: Array2::from_shape_simple_fn((d, p), &mut entry),
            m: Array2::from_shape_simple_fn((d, p), &mut entry),
            t: Array4::from_shape_simple_fn((d, p, r, s), &mut entry),
        }
    }
}

fn check(property: fn(Case) -> TestResult) {
    QuickCheck::new()
        .rng(Gen::from_size_and_seed(20, 17))
        .min_tests_passed(100)
        .quickcheck(property);
}

#[test]
fn braids_are_involutions_and_satisfy_the_braid_relation() {
    fn property(case: Case) -> TestResult {
        let t = case.t.view();
        let twice = tau_23(tau_23(t)) == t && tau_24(tau_24(t)) == t;
        let braid = tau_23(tau_24(tau_23(t))) == tau_24(tau_23(tau_24(t)));
        TestResult::from_bool(twice && braid)
    }
    check(property);
}

#[test]
fn matricization_is_invertible_and_carries_the_action() {
    fn property(case: Case) -> TestResult {
        let t = case.t.view();
        let matrix = matricize(t);
        let back = tensorize(matrix.view(), t.dim());
        let (_, _, r, s) = t.dim();
        let m = Array2::from_shape_fn((r, s), |(i, j)| (i * 5 + j) as i64 - 3);
        let vector: ndarray::Array1<i64> = m.iter().copied().collect();
        let image: Vec<i64> = act(t, m.view()).iter().copied().collect();
        TestResult::from_bool(back == t && matrix.dot(&vector).to_vec() == image)
    }
    check(property);
}

#[test]
fn the_covariance_acts_as_its_operator() {
    fn property(case: Case) -> TestResult {
        let (g, m) = (&case.g, &case.m);
        let q = linear_covariance(g.view());
        let operator = m.dot(&g.t()).dot(g) + g.dot(&m.t()).dot(g);
        let symmetric = matricize(q.view()) == matricize(q.view()).t();
        let pairing = inner(q.view(), outer(m.view(), m.view()).view());
        let quadratic: i64 = (m * &operator).sum();
        TestResult::from_bool(
            act(q.view(), m.view()) == operator && symmetric && pairing == quadratic,
        )
    }
    check(property);
}

#[test]
fn the_identity_is_neutral() {
    fn property(case: Case) -> TestResult {
        let (d, p, r, s) = case.t.dim();
        let t = case.t.view();
        let left = compose(identity_4(d, p).view(), t) == t;
        let right = compose(t, identity_4(r, s).view()) == t;
        TestResult::from_bool(left && right)
    }
    check(property);
}
