//! Dense against structured, over a ladder of sizes: the ratio of times and the fitted exponents.

use num_complex::Complex64;
use std::hint::black_box;
use std::time::Instant;
use tensor_dyson::covariance::{Covariance, linear_eigenvalues};
use tensor_dyson::dyson::{exchangeable, literal, scalar};
use tensor_dyson::linalg::{singular_values, symmetric_eigenvalues};
use tensor_dyson::model::{Activation, EntryLaw, Streams, WeightLaw};
use tensor_dyson::tensor::matricize;

/// The median of five runs, in seconds.
fn time<T>(mut f: impl FnMut() -> T) -> f64 {
    let mut seconds: Vec<f64> = (0..5)
        .map(|_| {
            let start = Instant::now();
            black_box(f());
            start.elapsed().as_secs_f64()
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    seconds[2]
}

fn exponent(first: (usize, f64), last: (usize, f64)) -> f64 {
    (last.1 / first.1).ln() / (last.0 as f64 / first.0 as f64).ln()
}

fn covariance(d: usize) -> Covariance {
    let mut rng = Streams::new(1, "bench").stream(d as u64);
    let w = EntryLaw::Gaussian.matrix(d, d, &mut rng);
    let a = WeightLaw::PlusMinusOne.sample(d, &mut rng);
    Covariance::new(w.view(), a.view(), &Activation::Identity.hermite_data()).expect("valid sizes")
}

fn spectrum() {
    println!("spectrum of 𝒬, d = p: dense eigenvalues against one SVD");
    let (mut dense_times, mut closed_times) = (vec![], vec![]);
    for d in [8, 16, 24, 40] {
        let q = covariance(d);
        let dense = if d < 40 {
            time(|| symmetric_eigenvalues(matricize(q.dense().view()).view()))
        } else {
            let start = Instant::now();
            black_box(symmetric_eigenvalues(matricize(q.dense().view()).view()).ok());
            start.elapsed().as_secs_f64()
        };
        let closed = time(|| q.eigenvalues());
        println!(
            "  d = {d:3}: dense {dense:.2e} s, structured {closed:.2e} s, ratio {:.0}",
            dense / closed
        );
        dense_times.push((d, dense));
        closed_times.push((d, closed));
    }
    println!(
        "  exponents: dense {:.1}, structured {:.1}",
        exponent(dense_times[0], dense_times[3]),
        exponent(closed_times[0], closed_times[3])
    );
    let q = covariance(1000);
    let svd = time(|| singular_values(q.g()));
    let singular = singular_values(q.g()).expect("finite");
    let rest = time(|| linear_eigenvalues(&singular, 1000, 1000));
    println!(
        "  d = p = 1000: SVD {svd:.2e} s, all 10⁶ eigenvalues after it {:.2} of that",
        rest / svd
    );
}

fn solvers() {
    println!("Dyson equation at z = 0.5 + 0.5i, n = dp/2, d = p: literal, exchangeable, scalar");
    let z = Complex64::new(0.5, 0.5);
    for d in [2, 3, 4, 6] {
        let q = covariance(d);
        let n = d * d / 2;
        let block = time(|| literal::solve(&q, n, z));
        let reduced = time(|| exchangeable::solve(&q, n, z));
        let closed = q.eigenvalues().expect("equal weights");
        let one = time(|| scalar::solve(0.5, &closed, z));
        println!(
            "  d = {d}: {block:.2e} s, {reduced:.2e} s, {one:.2e} s; ratios {:.0} and {:.0}",
            block / reduced,
            block / one
        );
    }
}

fn main() {
    spectrum();
    solvers();
}
