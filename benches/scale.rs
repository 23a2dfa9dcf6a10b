//! Matrix-free products against the machine's own product rate, the cost exponents, and the share of assembly.

use ndarray::{Array1, Array2};
use rayon::prelude::*;
use std::hint::black_box;
use std::time::Instant;
use tensor_dyson::linalg::{Real, Structure, large_symmetric_eigenvalues};
use tensor_dyson::model::{Activation, EntryLaw, Streams, WeightLaw};
use tensor_dyson::spectrum::{
    Covariance, DrawnRows, FeatureMap, Kernel, KhatriRao, Layer, Samples, SymmetricOperator,
    SymmetricSquare, kernel_matrix,
};

/// The least of three runs, in seconds: what the machine can do, whatever else it does.
fn time<T>(mut f: impl FnMut() -> T) -> f64 {
    (0..3)
        .map(|_| {
            let start = Instant::now();
            black_box(f());
            start.elapsed().as_secs_f64()
        })
        .fold(f64::INFINITY, f64::min)
}

/// Operations per second of products of two square matrices, one on each thread.
fn product_rate<S: Real>() -> f64 {
    let size = 1024;
    let threads = rayon::current_num_threads();
    let a = Array2::from_elem((size, size), S::round(0.5));
    let seconds = time(|| {
        (0..threads).into_par_iter().for_each(|_| {
            let mut out = Array2::from_elem((size, size), S::zero());
            let full = Structure::Full;
            S::multiply(out.view_mut(), full, a.view(), a.view(), full);
            black_box(out);
        });
    });
    2.0 * (size as f64).powi(3) * threads as f64 / seconds
}

fn ntk<S: Real>(n: usize, d: usize, p: usize) -> KhatriRao<S> {
    let (rows, w, a) = draw(n, d, p);
    let phi = Activation::Cos;
    let layer = Layer::new(w.view(), a.view(), move |u| phi.phi(u));
    KhatriRao::ntk(rows.stored(), layer)
}

fn draw(n: usize, d: usize, p: usize) -> (DrawnRows, Array2<f64>, Array1<f64>) {
    let streams = Streams::new(1, "bench");
    let mut rng = streams.stream(u64::MAX);
    let rows = DrawnRows {
        streams,
        entries: EntryLaw::Gaussian,
        n,
        d,
    };
    let w = EntryLaw::Gaussian.matrix(d, p, &mut rng);
    (rows, w, WeightLaw::PlusMinusOne.sample(p, &mut rng))
}

/// Seconds of one product with one vector.
fn seconds(operator: &dyn SymmetricOperator) -> f64 {
    let v = Array2::ones((1, operator.dimension()));
    let mut out = Array2::zeros(v.dim());
    time(|| operator.apply(v.view(), out.view_mut()))
}

fn rates() {
    println!("NTK v at d = p = 256, n = 65536, against products of 1024-square matrices");
    fn show<S: Real>(name: &str) {
        let map = ntk::<S>(65_536, 256, 256);
        let sides: [(&str, &dyn SymmetricOperator); 2] =
            [("𝒜ᵀ𝒜", &Kernel(&map)), ("𝒜𝒜ᵀ", &Covariance(&map))];
        for (side, operator) in sides {
            let machine = product_rate::<S>();
            let rate = operator.operations() / seconds(operator);
            println!(
                "  {name} {side}: {:.1} of {:.1} Gflop/s, {:.0} %",
                rate / 1e9,
                machine / 1e9,
                100.0 * rate / machine
            );
        }
    }
    show::<f64>("f64");
    show::<f32>("f32");
}

fn exponents() {
    let base = (16_384, 128, 128);
    let first = seconds(&Kernel(&ntk::<f64>(base.0, base.1, base.2)));
    let exponent = |n, d, p| (seconds(&Kernel(&ntk::<f64>(n, d, p))) / first).log2() / 2.0;
    println!(
        "cost of NTK v from (16384, 128, 128), each size times 4: n^{:.2} d^{:.2} p^{:.2}; operations 4ndp: 1, 1, 1",
        exponent(4 * base.0, base.1, base.2),
        exponent(base.0, 4 * base.1, base.2),
        exponent(base.0, base.1, 4 * base.2)
    );
}

fn all_eigenvalues() {
    let (n, d) = (4000, 64);
    println!("all eigenvalues at σ′ = x, n = {n}, d = p = {d}: assembled + solved");
    let (rows, w, a) = draw(n, d, d);
    let square = SymmetricSquare::<f64>::new(rows.stored(), w.view(), a.view()).expect("finite");
    let linear = Layer::new(w.view(), a.view(), |u| u);
    let plain = KhatriRao::<f64>::ntk(rows.stored::<f64>() as Samples<f64>, linear);
    let run = |name: &str, assemble: &dyn Fn() -> Array2<f64>| {
        let start = Instant::now();
        let matrix = assemble();
        let assembled = start.elapsed().as_secs_f64();
        black_box(large_symmetric_eigenvalues(matrix.view()).expect("finite"));
        let total = start.elapsed().as_secs_f64();
        println!(
            "  {name}: {} rows, {total:.2} s, {:.1} % of it assembly",
            matrix.nrows(),
            100.0 * assembled / total
        );
        total
    };
    let dense = run("kernel, n×n", &|| kernel_matrix(&plain));
    let half = run("symmetric features", &|| square.gram());
    println!("  ratio {:.1}", dense / half);
}

fn main() {
    rates();
    exponents();
    all_eigenvalues();
}
