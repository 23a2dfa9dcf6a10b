//! Rank-deficient, clustered and degenerate samples: both routes against the eigenvalues of the kernel, formed.

use super::{folder, number, sample, text};
use ndarray::{Array1, Array2};
use ndarray_npy::write_npy;
use serde_json::Value;
use tensor_dyson::linalg::symmetric_eigenvalues;
use tensor_dyson::model::{Activation, EntryLaw, Streams, WeightLaw, ntk};

/// n×d samples of a kind.
fn rows(kind: &str, (n, d): (usize, usize), seed: u64) -> Array2<f64> {
    let mut rng = Streams::new(seed, kind).stream(0);
    let mut draw = |n, d| EntryLaw::Gaussian.matrix(n, d, &mut rng);
    match kind {
        "parallel" => draw(n, 1).dot(&draw(1, d)),
        "repeated" => {
            let few = draw(n / 6, d);
            Array2::from_shape_fn((n, d), |(i, k)| few[[i % (n / 6), k]])
        }
        "one-hot" => Array2::from_shape_fn((n, d), |(i, k)| f64::from(i % d == k)),
        "with zero rows" => {
            let mut x = draw(n, d);
            x.slice_mut(ndarray::s![..n / 2, ..]).fill(0.0);
            x
        }
        "clustered" => {
            let few = draw(3, d);
            let noise = draw(n, d);
            Array2::from_shape_fn((n, d), |(i, k)| few[[i % 3, k]] + 1e-5 * noise[[i, k]])
        }
        "of low rank" => draw(n, 2).dot(&draw(2, d)),
        "of signs" => draw(n, d).mapv(f64::signum),
        "with an outlier" => {
            let mut x = draw(n, d);
            x.row_mut(0).map_inplace(|x| *x *= 30.0);
            x
        }
        _ => panic!("no kind {kind}"),
    }
}

const KINDS: [&str; 8] = [
    "parallel",
    "repeated",
    "one-hot",
    "with zero rows",
    "clustered",
    "of low rank",
    "of signs",
    "with an outlier",
];

fn activations() -> [(&'static str, Activation); 5] {
    [
        ("derivative:identity", Activation::Identity),
        ("relu", Activation::Step),
        ("derivative:cos", Activation::Cos),
        ("hermite:1", Activation::Hermite(vec![1.0])),
        (
            "hermite:0.5,1,0.3",
            Activation::Hermite(vec![0.5, 1.0, 0.3]),
        ),
    ]
}

fn side(value: &Value, missing: f64) -> f64 {
    value.as_f64().unwrap_or(missing)
}

/// The largest violation of what the run states, as a share of the largest eigenvalue; and the width of the highest
/// enclosure, as such a share.
fn violation(found: &Value, exact: &[f64]) -> (f64, f64) {
    let n = exact.len();
    let largest = exact[n - 1].max(1e-300);
    let mut worst = 0.0_f64;
    let mut holds = |inside: f64| worst = worst.max(inside);
    let list = |name: &str| found["sample"][name].as_array().unwrap().clone();
    let beyond = |end: &Value, exact: f64| {
        let low = side(&end["enclosure"][0], f64::NEG_INFINITY);
        let high = side(&end["enclosure"][1], f64::INFINITY);
        (low - exact).max(exact - high) / largest
    };
    let highest = list("highest");
    for (end, exact) in highest.iter().rev().zip(exact.iter().rev()) {
        holds(beyond(end, *exact));
    }
    // What is below ε of the largest is 0, and what is above n²ε is not; between, the formed kernel, whose n² products round,
    // does not tell.
    let zeros = |products: usize| {
        let zero = products as f64 * f64::EPSILON * largest;
        exact.iter().filter(|x| **x <= zero).count()
    };
    for end in list("lowest") {
        let lowest = match &found["sample"]["eigenvalues"] {
            Value::Null => {
                let at = n - number(found, "/route/rows") as usize;
                at..=at
            }
            _ => zeros(1).min(n - 1)..=zeros(n * n).min(n - 1),
        };
        let least = lowest
            .map(|k| beyond(&end, exact[k]))
            .fold(f64::INFINITY, f64::min);
        holds(least);
    }
    let share = |products: usize| zeros(products) as f64 / n as f64;
    let range = |k: usize| found["sample"]["mass_at_zero_range"][k].as_f64().unwrap();
    holds(range(0) - share(n * n) - 1e-12);
    holds(share(1) - range(1) - 1e-12);
    let error = match &found["sample"]["error"] {
        Value::Null => 0.0,
        error => error["probes"].as_f64().unwrap() + 2.0 * error["enclosure"].as_f64().unwrap(),
    };
    // f32 moves an eigenvalue by some 2⁻²⁴ of the largest.
    let shift = 1e-5 * largest;
    let below = |x: f64| exact.iter().filter(|v| **v <= x).count() as f64 / n as f64;
    for point in found["distribution"].as_array().unwrap() {
        let (x, f) = (number(point, "/x"), number(point, "/sample"));
        holds(below(x - shift) - f - error - 1e-12);
        holds(f - below(x + shift) - error - 1e-12);
    }
    let top = &highest[highest.len() - 1]["enclosure"];
    let width = side(&top[1], f64::INFINITY) - side(&top[0], f64::NEG_INFINITY);
    (worst, width / largest)
}

/// 40 samples, each on both routes: everything that is stated holds.
#[test]
fn degenerate_samples_agree_with_dense_eigenvalues_on_both_routes() {
    let folder = folder("degenerate");
    let path = |name: &str| folder.join(name).display().to_string();
    let (mut wrong, mut wide) = (vec![], 0);
    for (k, kind) in KINDS.into_iter().enumerate() {
        let (n, d, p) = (90, 4 + k % 3, 5);
        let x = rows(kind, (n, d), k as u64);
        let mut rng = Streams::new(k as u64, "weights").stream(0);
        let w = EntryLaw::Gaussian.matrix(d, p, &mut rng);
        // One value of a²: with several, the limit law of each run takes seconds.
        let a: Array1<f64> = WeightLaw::PlusMinusOne.sample(p, &mut rng);
        for (name, array) in [("x.npy", &x), ("w.npy", &w)] {
            write_npy(path(name), array).unwrap();
        }
        write_npy(path("a.npy"), &a).unwrap();
        for (name, phi) in activations() {
            let kernel = ntk(x.view(), w.view(), a.view(), &phi).unwrap();
            let exact = symmetric_eigenvalues(kernel.view()).unwrap();
            for route in ["dense", "matrix-free"] {
                let run = sample(&[
                    "--data",
                    &path("x.npy"),
                    "--weights",
                    &path("w.npy"),
                    "--output-weights",
                    &path("a.npy"),
                    "--activation",
                    name,
                    "--route",
                    route,
                    "--format",
                    "json",
                    "--probes",
                    "2",
                ]);
                if run.status.code() != Some(0) {
                    wrong.push(format!("{kind}, {name}, {route}: {}", text(&run.stderr)));
                    continue;
                }
                let found: Value = serde_json::from_slice(&run.stdout).unwrap();
                let (worst, width) = violation(&found, &exact);
                // The formed kernel has its own rounding: n² products of relative error ε.
                if worst.is_nan() || worst > 90.0 * 90.0 * f64::EPSILON {
                    wrong.push(format!("{kind}, {name}, {route}: off by {worst:.1e}"));
                }
                wide += usize::from(width.is_nan() || width > 1e-3);
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // A statement that is always wide says nothing.
    assert!(
        wide <= 8,
        "{wide} of 80 highest eigenvalues are not known to 1e-3"
    );
    std::fs::remove_dir_all(&folder).unwrap();
}
