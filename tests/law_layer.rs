//! `tensor-dyson law` for one first layer: the law of 𝒬 at finite d and p.

use ndarray::{Array1, Array2};
use ndarray_npy::write_npy;
use num_complex::Complex64;
use std::process::{Command, Output};
use tensor_dyson::covariance::Covariance;
use tensor_dyson::measure::Law;
use tensor_dyson::model::HermiteData;

fn law(arguments: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tensor-dyson"))
        .arg("law")
        .args(arguments.split_whitespace())
        .output()
        .expect("the program starts")
}

fn value(arguments: &str) -> (Complex64, f64, serde_json::Value) {
    let run = law(&format!("{arguments} --z 1.3+0.2i --format json"));
    assert_eq!(run.status.code(), Some(0), "{run:?}");
    let json: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    let number = |pointer: &str| json.pointer(pointer).unwrap().as_f64().unwrap();
    let m = Complex64::new(number("/values/0/m/0"), number("/values/0/m/1"));
    (m, number("/values/0/bound"), json)
}

#[test]
fn a_layer_from_files_has_the_law_of_its_covariance() {
    let folder = std::env::temp_dir().join(format!("tensor-dyson-layer-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let (w_file, a_file) = (folder.join("w.npy"), folder.join("a.npy"));
    let w = Array2::from_shape_fn((4, 6), |(i, j)| ((3 * i + 5 * j) % 7) as f64 / 3.0 - 1.0);
    let a = Array1::from_shape_fn(6, |j| [1.0, -0.5, 2.0][j % 3]);
    write_npy(&w_file, &w).unwrap();
    write_npy(&a_file, &a).unwrap();
    let numbers = "--gamma1 0.5 --alpha 0.7 --beta 0.95 --mean 0.3";
    let files = format!(
        "--weights {} --output-weights {}",
        w_file.display(),
        a_file.display()
    );
    let (m, bound, json) = value(&format!("{numbers} {files}"));
    let data = HermiteData::new(0.3, 0.7, 0.95 * 0.95).unwrap();
    let q = Covariance::new(w.view(), a.view(), &data).unwrap();
    let exact = Law::from(&q.law().unwrap()).mp_map(0.5).unwrap();
    let exact = exact.stieltjes(Complex64::new(1.3, 0.2)).unwrap();
    // serde_json's reader may miss the last bit.
    assert!((m - exact.s).norm() <= bound + 1e-15, "{m} {exact:?}");
    assert_eq!(
        (&json["law"]["d"], &json["law"]["p"]),
        (&4.into(), &6.into())
    );
    for (more, named) in [
        (format!("{numbers} {files} --d 5 --p 6"), "d = 5"),
        (format!("{numbers} {files} --gamma2 1"), "--gamma2"),
        (format!("{numbers} {files} --nu 1:1"), "--nu"),
        (
            format!("{numbers} --weights {}/none.npy", folder.display()),
            "none.npy",
        ),
        (
            format!("{numbers} --weights {}", a_file.display()),
            "must have 2 axes",
        ),
        (format!("{numbers} --d 0 --p 3"), "d is 0"),
        (format!("{numbers} --d 3"), "--p"),
        (format!("{numbers} --d 1000 --p 1000"), "1000000 entries"),
        (
            "--gamma1 0.5 --alpha 1 --beta 0.5 --d 3 --p 3".to_owned(),
            "beta²",
        ),
        (numbers.to_owned(), "--gamma2"),
    ] {
        let run = law(&more);
        let error = String::from_utf8(run.stderr).unwrap();
        // Where its lines break depends on how long the name of the folder is.
        let error = error.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(run.status.code(), Some(2), "{more}: {error}");
        assert!(error.contains(named), "{more}: {error}");
        assert!(run.stdout.is_empty());
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

/// A drawn layer has a law near the limit's, nearer the larger it is, and the same seed the same one.
#[test]
fn a_drawn_layer_tends_to_the_limit() {
    let numbers = "--gamma1 0.5 --alpha 0.7 --beta 0.95 --mean 0.3";
    let (limit, _, _) = value(&format!("{numbers} --gamma2 1.5"));
    let drawn = |d: usize, seed: u64| {
        let p = 3 * d / 2;
        value(&format!("{numbers} --d {d} --p {p} --seed {seed}")).0
    };
    let distance = |d: usize| {
        let seeds = 1..=4;
        seeds
            .map(|seed| (drawn(d, seed) - limit).norm())
            .sum::<f64>()
            / 4.0
    };
    let (small, large) = (distance(8), distance(64));
    // Both fall like 1/d: an eighth is expected.
    assert!(large < 0.35 * small && large < 0.02, "{small} {large}");
    assert_eq!(drawn(8, 3), drawn(8, 3));
    assert_ne!(drawn(8, 3), drawn(8, 4));
}
