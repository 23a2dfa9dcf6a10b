//! The kernel of a whole network of one input, one unit and one sample, which is a number: σ = tanh at u = xw.

use super::{folder, json, number};
use ndarray::array;
use ndarray_npy::write_npy;

const X: f64 = 0.5;
const W: f64 = 2.0;
const A: f64 = 3.0;

/// With s = tanh u and `f = (1−s²) a`: `x² f²` of the first layer, s² of the second, `β² f² + β²` of biases, here with
/// β = 0, which the standard parametrisation does not multiply by.
#[test]
fn the_parts_of_a_networks_kernel_are_added() {
    let folder = folder("network");
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let [x, w, a] = ["x.npy", "w.npy", "a.npy"].map(path);
    write_npy(&x, &array![[X]]).unwrap();
    write_npy(&w, &array![[W]]).unwrap();
    write_npy(&a, &array![A]).unwrap();
    let given = [
        "--data",
        &x,
        "--weights",
        &w,
        "--output-weights",
        &a,
        "--activation",
        "tanh",
    ];
    let s = (X * W).tanh();
    let square = ((1.0 - s * s) * A).powi(2);
    let (first, second) = (X * X * square, s * s);
    let standard = [
        "--output-layer",
        "--bias",
        "0",
        "--parametrisation",
        "standard",
    ];
    for (flags, wanted, formula) in [
        (
            &["--parametrisation", "ntk"][..],
            first,
            "K = (1/d) XXᵀ ∘ (1/p) F Fᵀ, F",
        ),
        (&["--output-layer"], first + second, "+ (1/p) σσᵀ, F"),
        (
            &["--output-layer", "--bias", "0"],
            first + second,
            "+ β² 1 1ᵀ, F",
        ),
        (
            &standard,
            first + square + second + 1.0,
            "K = XXᵀ ∘ (1/p) F Fᵀ + (1/p) F Fᵀ + σσᵀ + 1 1ᵀ",
        ),
    ] {
        let found = json(&[&given[..], flags].concat());
        let mean = number(&found, "/mean");
        assert!(
            (mean - wanted).abs() < 1e-13 * wanted,
            "{flags:?}: {mean} {wanted}"
        );
        let said = found["normalisation"].as_str().unwrap();
        assert!(said.contains(formula), "{said}");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}
