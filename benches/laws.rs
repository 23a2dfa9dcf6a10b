//! Densities of free convolutions at 1000 points of their support, on one core but for what a law keeps: time, Newton steps and nodes a point, and
//! the largest proved bound.
//!
//! For comparison a numpy program of thirty lines (continuation in Im z for all points at once, then Newton's
//! method; no bound, no check of the branch) on the same core, minutes apart: MP ⊠ {1,3} 6.7 ms, MP ⊠ 500
//! atoms 2300 ms, MP(0.5) ⊞ semicircle 15 ms, and 7.7 ms and 3.5 ms for the roots of the cubics of
//! MP(0.5) ⊞ semicircle and MP(0.5) ⊠ MP(0.5). Here: 1.4, 6.4, 1.7 and 1.8 ms, so 5, 360, 9 and 2 times less.
//!
//! The talk's law for one, three and fifty weights, with what it keeps made at first: 14, 92 and 442 ms, and again 6.3, 66 and 314.
//!
//! Pencils of 50×50 matrices in 3, 10 and 20 semicircular variables, at Im z = 0.01: free-matrix-laws takes 120, 200 and 315 ms a point for values
//! that are off by 1e-12 to 1e-11, this program, at the same time on the same core, 17, 19 and 26 with bounds below 3e-14: 7, 10 and 12 times less.

mod timing;

use ndarray::{Array3, Axis};
use num_complex::Complex64;
use tensor_dyson::ledger::largest;
use tensor_dyson::measure::{Atoms, Law, WeightedCovariance};
use tensor_dyson::model::{EntryLaw, Streams};
use tensor_dyson::polynomial::{MatrixExpression, Variables};

const POINTS: usize = 1000;

/// The shortest of several runs, in milliseconds.
fn shortest<T>(runs: usize, f: impl FnMut() -> T) -> f64 {
    1e3 * timing::least(runs, f)
}

fn case(text: &str, law: &dyn Fn() -> Law) {
    let once = law();
    let support = once.support().expect("the support is known");
    let (low, high) = (support[0].0, support[support.len() - 1].1);
    let point = |k: usize| low + (high - low) * (k as f64 + 0.5) / POINTS as f64;
    let grid: Vec<f64> = (0..POINTS).map(point).collect();
    let edges = shortest(3, || law().support().map(<[(f64, f64)]>::to_vec));
    // What a law keeps for later points is made in the first pass.
    let first = shortest(1, || once.density_on(&grid));
    let time = shortest(7, || once.density_on(&grid));
    let values = once.density_on(&grid);
    let known: Vec<_> = values.iter().flatten().collect();
    let steps: usize = known.iter().map(|value| value.steps).sum();
    let bound = largest(known.iter().map(|value| value.radius));
    println!("{text}");
    println!(
        "    {time:.2} ms ({first:.2} at first), {:.2} steps a point, bound {bound:.1e}, {} without; edges {edges:.2} ms",
        steps as f64 / POINTS as f64,
        POINTS - known.len(),
    );
}

fn expression(text: &str) {
    case(text, &|| Law::parse(text).expect("a law"));
}

/// The law of a polynomial in free variables, from its matrix Dyson equation.
fn polynomial(text: &str) {
    let variables = Variables::new()
        .free("a", Law::parse("semicircle(1)").expect("a law"))
        .free("b", Law::parse("semicircle(1)").expect("a law"))
        .free("c", Law::parse("mp(0.5)").expect("a law"))
        .free("e", Law::parse("atoms(1:0.5, 3:0.5)").expect("a law"))
        .free("f", Law::parse("atoms(0:0.5, 2:0.5)").expect("a law"));
    case(text, &|| {
        let polynomial = MatrixExpression::parse(text, &variables).expect("an expression");
        polynomial.law().expect("a law")
    });
}

/// The distribution function of a law at 500 points, from nothing.
fn distribution(text: &str) {
    let time = shortest(1, || {
        let law = Law::parse(text).expect("a law");
        let (low, high) = law.hull();
        let at = |k: i32| low + (high - low) * f64::from(k) / 500.0;
        law.cumulative_on(&(0..500).map(at).collect::<Vec<_>>())
    });
    let shown: String = text.chars().take(80).collect();
    println!("F of {shown} at 500 points\n    {time:.0} ms");
}

/// The talk's law for many weights: time a value, which is an integral for each Newton step.
fn many_weights(count: usize) {
    let at: Vec<f64> = (0..count)
        .map(|k| 0.1 + 3.0 * k as f64 / count as f64)
        .collect();
    let weights = Atoms::empirical(at).expect("atoms");
    let q = WeightedCovariance::new(1.5, 0.7, 0.95, 0.3, weights).expect("a covariance");
    let law = Law::from(q).mp_map(0.5).expect("a law");
    let points: Vec<Complex64> = (1..=10)
        .map(|k| Complex64::new(0.4 * f64::from(k), 1e-9))
        .collect();
    let mut bound: f64 = 0.0;
    let time = shortest(2, || {
        for &z in &points {
            let value = law.walk().stieltjes(z).expect("a value");
            bound = largest([bound, value.radius]);
        }
    });
    println!("the talk's law with {count} weights");
    println!(
        "    {:.2} ms a value at Im z = 1e-9 without a neighbour, bound {bound:.1e}",
        time / points.len() as f64,
    );
    case("    1000 points of its density", &|| law.clone());
}

/// A pencil of n×n matrices of no structure in k semicircular variables, at points just above the axis.
fn pencil(n: usize, k: usize) {
    let mut rng = Streams::new(1, "pencil").stream(0);
    let mut all = Array3::<f64>::zeros((k + 1, n, n));
    for mut matrix in all.outer_iter_mut() {
        let x = EntryLaw::Gaussian.matrix(n, n, &mut rng);
        matrix.assign(&((&x + &x.t()) / (2.0 * n as f64).sqrt()));
    }
    let (constant, rest) = all.view().split_at(Axis(0), 1);
    let constant = constant.index_axis(Axis(0), 0);
    let law = Law::matrix_semicircle(constant, rest).expect("a law");
    let (low, high) = law.hull();
    let at = |j: usize| low + (high - low) * (j as f64 + 0.5) / 100.0;
    let mut bound: f64 = 0.0;
    let time = shortest(2, || {
        let mut walk = law.walk();
        for j in 0..100 {
            let value = walk
                .stieltjes(Complex64::new(at(j), 0.01))
                .expect("a value");
            bound = largest([bound, value.radius]);
        }
    });
    println!("a pencil of {n}×{n} matrices in {k} semicircular variables, Im z = 0.01");
    println!("    {:.2} ms a point, bound {bound:.1e}", time / 100.0);
}

fn main() {
    expression("mp(0.5) [x] atoms(1:0.5, 3:0.5)");
    let at: Vec<f64> = (0..500).map(|k| 1.0 + f64::from(k) / 250.0).collect();
    let many = Law::empirical(at).expect("a law");
    let mp = Law::marchenko_pastur(0.5).expect("a law");
    case("mp(0.5) [x] 500 atoms", &|| {
        mp.free_product(&many).expect("a law")
    });
    expression("mp(0.5) [+] semicircle(1)");
    expression("mp(0.5) [x] mp(0.5)");
    expression("mp(0.5) * mp(0.5)");
    expression("mpmap(0.5, covariance(1.5, 0.7, 0.95, 0.3, atoms(1:1)))");
    expression("mp(0.5) [x] (semicircle(0.1) + 3) [x] (mp(1) [+] arcsine(1, 2))");
    let at: Vec<f64> = (0..=500).map(|k| f64::from(k) / 250.0).collect();
    let tent: Vec<f64> = at.iter().map(|x| x.min(2.0 - x)).collect();
    let samples = Law::from_samples(at, tent).expect("a law");
    case("501 samples of a density [+] semicircle(1)", &|| {
        samples.free_sum(&Law::semicircle(1.0).expect("a law"))
    });
    for text in ["a*b + b*a", "a*c + c*a", "a*b*a + c", "e*f + f*e"] {
        polynomial(text);
    }
    for count in [1, 3, 10, 50] {
        many_weights(count);
    }
    distribution("mp(1) [x] (mp(1) * mp(1))");
    let fifty = (0..50).map(|k| format!("{}:0.02", 0.1 + 0.06 * f64::from(k)));
    let fifty = fifty.collect::<Vec<_>>().join(", ");
    for weights in ["0.1:0.3, 1.1:0.3, 2.1:0.4", &fifty] {
        for gamma in [0.5, 2.0] {
            let inner = format!("covariance(1.5, 0.7, 0.95, 0.3, atoms({weights}))");
            distribution(&format!("mpmap({gamma}, {inner})"));
        }
    }
    // Last: after products of matrices in the widest registers scalar code takes twice as long on some machines.
    for (n, k) in [(10, 3), (50, 3), (50, 10), (50, 20)] {
        pencil(n, k);
    }
}
