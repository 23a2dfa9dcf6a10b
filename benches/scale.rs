//! Matrix-free products against the machine's own product rate, the cost exponents, and all eigenvalues against numpy.
//!
//! `cargo bench --bench scale -- rates exponents eigenvalues` runs the parts that are named, or all.

mod timing;

use ndarray::{Array1, Array2};
use rayon::prelude::*;
use std::hint::black_box;
use tensor_dyson::linalg::{Real, Structure, large_symmetric_eigenvalues};
use tensor_dyson::model::{Activation, EntryLaw, Streams, WeightLaw};
use tensor_dyson::spectrum::{
    DrawnRows, FeatureMap, Kernel, KhatriRao, Layer, SampleCovariance, Side, SymmetricOperator,
    SymmetricSquare, kernel_matrix,
};
use timing::least;

/// Operations per second of products of two square matrices, one on each thread.
fn product_rate<S: Real>() -> f64 {
    let size = 1024;
    let threads = rayon::current_num_threads();
    let a = Array2::from_elem((size, size), S::round(0.5));
    let seconds = least(3, || {
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
    least(3, || operator.apply(v.view(), out.view_mut()))
}

fn rates() {
    println!("NTK v at d = p = 256, n = 65536, against products of 1024-square matrices");
    fn show<S: Real>(name: &str) {
        let map = ntk::<S>(65_536, 256, 256);
        let sides: [(&str, &dyn SymmetricOperator); 2] =
            [("𝒜ᵀ𝒜", &Kernel(&map)), ("𝒜𝒜ᵀ", &SampleCovariance(&map))];
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

/// The slope of log seconds against log size, and its standard error.
fn slope(points: &[(f64, f64)]) -> (f64, f64) {
    let count = points.len() as f64;
    let mean = |f: &dyn Fn(&(f64, f64)) -> f64| points.iter().map(f).sum::<f64>() / count;
    let (x, y) = (mean(&|p| p.0.ln()), mean(&|p| p.1.ln()));
    let square: f64 = points.iter().map(|p| (p.0.ln() - x).powi(2)).sum();
    let slope = points
        .iter()
        .map(|p| (p.0.ln() - x) * (p.1.ln() - y))
        .sum::<f64>()
        / square;
    let left: f64 = points
        .iter()
        .map(|p| (p.1.ln() - y - slope * (p.0.ln() - x)).powi(2))
        .sum();
    (slope, (left / (count - 2.0) / square).sqrt())
}

fn exponents() {
    println!(
        "seconds of NTK v from (16384, 256, 256), one size times 1, √2, 2, 2√2, 4; operations 4ndp: 1, 1, 1"
    );
    let factors = [1.0, 1.41, 2.0, 2.83, 4.0];
    for (which, name) in ["n", "d", "p"].into_iter().enumerate() {
        let points: Vec<(f64, f64)> = factors
            .iter()
            .map(|factor| {
                let mut sizes = [16_384, 256, 256];
                sizes[which] = (factor * sizes[which] as f64) as usize;
                let map = ntk::<f64>(sizes[0], sizes[1], sizes[2]);
                (sizes[which] as f64, seconds(&Kernel(&map)))
            })
            .collect();
        let (exponent, error) = slope(&points);
        println!("  {name}^{exponent:.2} ± {error:.2}");
    }
}

/// What numpy does: the same kernel as its products, and its eigenvalues by LAPACK.
const NUMPY: &str = r#"
import sys, time, numpy as np
n, d, p = map(int, sys.argv[1:])
rng = np.random.default_rng(1)
x, w = rng.standard_normal((n, d)), rng.standard_normal((d, p))
best = None
for _ in range(int(3)):
    start = time.perf_counter()
    f = x @ w / np.sqrt(d)
    k = (x @ x.T) * (f @ f.T) / (d * p)
    made = time.perf_counter() - start
    np.linalg.eigvalsh(k)
    total = time.perf_counter() - start
    best = min(best or (total, made), (total, made))
blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]["name"]
print(best[0], best[1], np.__version__, blas)
"#;

/// Seconds in all and of assembly that numpy takes, the least of three runs; `None` without a numpy that names its BLAS.
fn numpy(n: usize, d: usize, p: usize) -> Option<(f64, f64, String)> {
    let sizes = [n, d, p].map(|size| size.to_string());
    let run = std::process::Command::new("python3")
        .args(["-c", NUMPY])
        .args(sizes)
        .env(
            "OPENBLAS_NUM_THREADS",
            rayon::current_num_threads().to_string(),
        )
        .output()
        .ok()?;
    let text = String::from_utf8(run.stdout).ok()?;
    let mut words = text.split_whitespace();
    let mut next = || words.next()?.parse().ok();
    let (total, made) = (next()?, next()?);
    Some((total, made, words.collect::<Vec<_>>().join(" ")))
}

/// All eigenvalues at σ′ = x on both sides, and at σ′ = cos where there is no smaller side, against numpy.
fn eigenvalues() {
    let run = |name: &str, map: &dyn FeatureMap, side: Side| {
        let assemble = || match side {
            Side::Samples => kernel_matrix(map),
            Side::Features => map.gram(),
        };
        let assembled = least(3, assemble);
        let matrix = assemble();
        let solved = least(3, || {
            large_symmetric_eigenvalues(matrix.view()).expect("finite")
        });
        let total = assembled + solved;
        println!(
            "  {name}: {} rows, {total:.2} s, {:.1} % of it assembly",
            matrix.nrows(),
            100.0 * assembled / total
        );
        total
    };
    let rate = product_rate::<f64>();
    for (n, d) in [(4000, 64), (2000, 64), (1000, 32)] {
        println!(
            "all eigenvalues, n = {n}, d = p = {d}, {} threads",
            rayon::current_num_threads()
        );
        let (rows, w, a) = draw(n, d, d);
        let square =
            SymmetricSquare::<f64>::new(rows.stored(), w.view(), a.view()).expect("finite");
        let side = Side::smaller(&square);
        let half = run("σ′ = x, the symmetric part's smaller side", &square, side);
        if side == Side::Features {
            // One sum for each a ≤ b ≤ c ≤ e.
            let sums: f64 = (0..4).map(|k| (d + k) as f64 / (k + 1) as f64).product();
            let seconds = 2.0 * n as f64 * sums / rate;
            println!(
                "    its {sums:.0} sums of {n} products at the machine's rate: {:.1} % of it",
                100.0 * seconds / half
            );
        }
        let whole = run("any σ′, kernel", &ntk::<f64>(n, d, d), Side::Samples);
        match numpy(n, d, d) {
            Some((total, made, name)) => println!(
                "  numpy {name}: {total:.2} s, {:.1} % of it assembly; {:.2} times ours at σ′ = x, {:.2} times ours otherwise",
                100.0 * made / total,
                total / half,
                total / whole
            ),
            None => println!(
                "  python3 with numpy 1.25 or later, which names its BLAS, is not here: no comparison"
            ),
        }
    }
}

fn main() {
    let parts: [(&str, fn()); 3] = [
        ("rates", rates),
        ("exponents", exponents),
        ("eigenvalues", eigenvalues),
    ];
    let named: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| !a.starts_with('-'))
        .collect();
    for (name, part) in parts {
        if named.is_empty() || named.iter().any(|n| n == name) {
            part();
        }
    }
}
