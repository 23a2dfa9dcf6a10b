//! `tensor-dyson sample` as a user runs it: what it finds, and what it refuses.

mod degenerate;
mod instances;
mod network;

use ndarray::{Array1, Array2};
use ndarray_npy::write_npy;
use serde_json::Value;
use std::path::PathBuf;
use std::process::{Command, Output};
use tensor_dyson::linalg::symmetric_eigenvalues;
use tensor_dyson::model::{Activation, EntryLaw, Streams, WeightLaw, ntk};

fn sample(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tensor-dyson"))
        .arg("sample")
        .args(arguments)
        .output()
        .expect("the program starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("the output is UTF-8")
}

fn json(arguments: &[&str]) -> Value {
    let run = sample(&[arguments, &["--format", "json"]].concat());
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
    serde_json::from_slice(&run.stdout).unwrap()
}

fn number(value: &Value, pointer: &str) -> f64 {
    let found = value.pointer(pointer).and_then(Value::as_f64);
    found.unwrap_or_else(|| panic!("{pointer} in {value}"))
}

/// A folder of its own for each test.
fn folder(name: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("tensor-dyson-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&path).unwrap();
    path
}

/// X with a mean and a scale of its own for each column, W and a, as files.
fn files(name: &str, n: usize, d: usize, p: usize) -> (PathBuf, [Array2<f64>; 2], Array1<f64>) {
    let folder = folder(name);
    let mut rng = Streams::new(7, "files").stream(0);
    let mut x = EntryLaw::Uniform.matrix(n, d, &mut rng);
    for (k, mut column) in x.columns_mut().into_iter().enumerate() {
        column.mapv_inplace(|x| 3.0 + k as f64 + (1.0 + k as f64) * x);
    }
    let w = EntryLaw::Gaussian.matrix(d, p, &mut rng);
    let a = WeightLaw::Uniform(2.0).sample(p, &mut rng);
    write_npy(folder.join("x.npy"), &x).unwrap();
    write_npy(folder.join("w.npy"), &w).unwrap();
    write_npy(folder.join("a.npy"), &a).unwrap();
    (folder, [x, w], a)
}

fn eigenvalues(value: &Value) -> Vec<f64> {
    let list = value.pointer("/sample/eigenvalues").unwrap().as_array();
    list.unwrap().iter().map(|x| x.as_f64().unwrap()).collect()
}

/// The eigenvalues of the user's NTK, standardised or not, against the kernel formed entry by entry.
#[test]
fn own_data_give_the_eigenvalues_of_their_kernel() {
    let (n, d, p) = (40, 5, 7);
    let (folder, [mut x, w], a) = files("own", n, d, p);
    let path = |name: &str| folder.join(name).display().to_string();
    let (xs, ws, outer) = (path("x.npy"), path("w.npy"), path("a.npy"));
    let given = ["--data", &xs, "--weights", &ws, "--output-weights", &outer];
    for standardise in [false, true] {
        if standardise {
            for mut column in x.columns_mut() {
                let mean = column.sum() / n as f64;
                column -= mean;
                let deviation = (column.dot(&column) / n as f64).sqrt();
                column /= deviation;
            }
        }
        for (name, phi) in [
            ("relu", Activation::Step),
            ("derivative:identity", Activation::Identity),
        ] {
            let mut arguments = [&given[..], &["--activation", name]].concat();
            if standardise {
                arguments.push("--standardise");
            }
            let found = json(&arguments);
            let kernel = ntk(x.view(), w.view(), a.view(), &phi).unwrap();
            let exact = symmetric_eigenvalues(kernel.view()).unwrap();
            // The largest are those of the side, the others are 0.
            let found = eigenvalues(&found);
            let (zeros, rest) = exact.split_at(n - found.len());
            let allowance = 1e-12 * exact[n - 1];
            assert!(zeros.iter().all(|x| x.abs() < allowance), "{name}");
            for (a, b) in found.iter().zip(rest) {
                assert!((a - b).abs() < allowance, "{name}: {a} {b}");
            }
        }
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

/// Both routes on one draw: extremes within their bounds, distances within the error that is stated.
#[test]
fn the_routes_agree_and_the_law_is_near() {
    for (activation, sizes) in [
        (
            "derivative:identity",
            ["--d", "30", "--p", "20", "--n", "700"],
        ),
        ("derivative:cos", ["--d", "20", "--p", "30", "--n", "400"]),
    ] {
        let quick = [
            "--activation",
            activation,
            "--seed",
            "3",
            "--probes",
            "3",
            "--steps",
            "120",
        ];
        let common = [&sizes[..], &quick].concat();
        let on = |more: &[&str]| json(&[&common[..], more].concat());
        let dense = on(&["--route", "dense"]);
        let free = on(&["--route", "matrix-free", "--precision", "double"]);
        assert_eq!(free.pointer("/sample/converged"), Some(&Value::Bool(true)));
        assert_eq!(number(&free, "/sample/tolerance"), 1e-7);
        let all = eigenvalues(&dense);
        let highest = free.pointer("/sample/highest").unwrap().as_array().unwrap();
        for (found, exact) in highest.iter().rev().zip(all.iter().rev()) {
            let bound = number(found, "/bound");
            assert!(number(found, "/share_of_edge") <= 1e-7);
            assert!((number(found, "/value") - exact).abs() <= bound + 1e-12);
        }
        let single = on(&["--route", "matrix-free"]);
        for (run, precision) in [(&dense, "f64"), (&free, "f64"), (&single, "f32")] {
            let found = run.pointer("/route/precision").and_then(Value::as_str);
            assert_eq!(found, Some(precision), "{activation}");
        }
        let finer = on(&["--route", "matrix-free", "--tolerance", "1e-9"]);
        let found = finer.pointer("/route/precision").and_then(Value::as_str);
        assert_eq!(found, Some("f64"), "{activation}");
        let top = "/sample/highest/1/value";
        let (double, single) = (number(&free, top), number(&single, top));
        assert!((double - single).abs() < 1e-9 * double, "{double} {single}");
        let lowest = number(&free, "/sample/lowest/0/value");
        assert!((lowest - all[0]).abs() <= number(&free, "/sample/lowest/0/bound") + 1e-12);
        let at_zero = "/sample/mass_at_zero";
        assert_eq!(number(&dense, at_zero), number(&free, at_zero));
        let gap = number(&dense, "/kolmogorov/distance") - number(&free, "/kolmogorov/distance");
        // No error where the search went through all of the space.
        let error = |name: &str| free["sample"]["error"][name].as_f64().unwrap_or(0.0);
        let error = error("probes") + error("depth") + 1e-9;
        assert!(gap.abs() <= error, "{gap} {error}");
    }
    // The law is near at d = 40, and the one of another activation is not: the 0s of σ′ = x are missing.
    let near = number(&json(&["--d", "40"]), "/kolmogorov/distance");
    assert!(near < 0.02, "{near}");
}

/// At n = dp the law of σ′ = cos begins at 0: the lowest eigenvalue is enclosed to 1e-6 of the upper edge, unless more is
/// asked; the highest are as elsewhere.
#[test]
fn at_a_hard_edge_the_lowest_is_enclosed_to_what_is_worth_its_products() {
    let sizes = [
        "--d",
        "40",
        "--p",
        "20",
        "--n",
        "800",
        "--activation",
        "derivative:cos",
    ];
    let free = |more: &[&str]| {
        let route = ["--route", "matrix-free", "--basis", "500"];
        json(&[&sizes[..], &route, more].concat())
    };
    let exact = eigenvalues(&json(&sizes));
    let products = [(&[][..], 1e-6), (&["--tolerance", "1e-7"], 1e-7)].map(|(more, share)| {
        let found = free(more);
        assert_eq!(number(&found, "/law/support/0/0"), 0.0);
        assert_eq!(found.pointer("/sample/converged"), Some(&Value::Bool(true)));
        assert_eq!(number(&found, "/sample/tolerance"), share);
        assert!(number(&found, "/sample/lowest/0/share_of_edge") <= share);
        let above = number(&found, "/sample/lowest/0/enclosure/1");
        assert!(exact[0] <= above, "{} {above}", exact[0]);
        assert!(number(&found, "/sample/highest/1/bound") < 1e-7);
        number(&found, "/sample/products")
    });
    assert!(products[0] < products[1], "{products:?}");
}

#[test]
fn the_numbers_do_not_depend_on_the_number_of_threads() {
    for route in ["dense", "matrix-free"] {
        let run = |threads: &str| {
            let arguments = [
                "--d",
                "24",
                "--n",
                "1100",
                "--route",
                route,
                "--threads",
                threads,
                "--probes",
                "2",
                "--steps",
                "120",
            ];
            json(&[&arguments[..], &["--activation", "relu"]].concat())
        };
        let (one, two) = (run("1"), run("2"));
        // The memory that each thread's block takes is all that differs.
        for pointer in ["/sample", "/law", "/kolmogorov", "/distribution"] {
            assert_eq!(
                one.pointer(pointer),
                two.pointer(pointer),
                "{route} {pointer}"
            );
        }
    }
}

#[test]
fn the_output_fits_a_page_and_files_are_whole() {
    let folder = folder("sample-files");
    let (out, plot) = (folder.join("s.json"), folder.join("s.svg"));
    let run = sample(&[
        "--d",
        "20",
        "--output",
        out.to_str().unwrap(),
        "--plot",
        plot.to_str().unwrap(),
    ]);
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
    for line in text(&run.stdout).lines() {
        assert!(line.chars().count() <= 100, "{line}");
    }
    let written: Value = serde_json::from_slice(&std::fs::read(&out).unwrap()).unwrap();
    assert_eq!(number(&written, "/gamma2"), 1.5);
    assert!(
        std::fs::read_to_string(&plot)
            .unwrap()
            .contains("limit law")
    );
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 2);
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn bad_input_is_refused_with_code_2_the_reason_and_no_file() {
    let (folder, [x, _], _) = files("bad", 6, 3, 4);
    let path = |name: &str| folder.join(name).display().to_string();
    let mut nan = x.clone();
    nan[[4, 2]] = f64::NAN;
    let mut constant = x.clone();
    constant.column_mut(1).fill(2.5);
    write_npy(folder.join("nan.npy"), &nan).unwrap();
    write_npy(folder.join("constant.npy"), &constant).unwrap();
    write_npy(folder.join("empty.npy"), &Array2::<f64>::zeros((0, 3))).unwrap();
    std::fs::write(folder.join("text.npy"), "no array").unwrap();
    let (xs, ws, a) = (path("x.npy"), path("w.npy"), path("a.npy"));
    let cases: &[(&[&str], &str)] = &[
        (&["--data", &path("none.npy")], "none.npy"),
        (&["--data", &path("text.npy")], "text.npy"),
        (&["--data", &a], "2 axes"),
        (&["--data", &xs, "--output-weights", &ws], "1 axis"),
        (&["--data", &xs, "--weights", &xs], "--weights has 6"),
        (&["--data", &xs, "--weights", &ws, "--p", "9"], "p = 9"),
        (&["--data", &xs, "--n", "9"], "n = 9"),
        (&["--data", &path("nan.npy")], "NaN at [4, 2]"),
        (&["--data", &path("empty.npy")], "[0, 3]"),
        (
            &["--data", &path("constant.npy"), "--standardise"],
            "column 1",
        ),
        (&["--standardise"], "--data"),
        (&["--n", "0"], "n is 0"),
        (&["--d", "0"], "d is 0"),
        (&["--p", "0"], "p is 0"),
        (&["--probes", "0"], "at least 1"),
        (&["--nu", "1:0.5"], "0.5"),
        (&["--nu", "nan:1"], "NaN"),
        (&["--activation", "softmax"], "softmax"),
        (&["--tolerance", "0"], "--tolerance is 0"),
        (&["--tolerance", "NaN"], "--tolerance is NaN"),
        (&["--plot", "spectrum.gif"], "must end in .svg or .png"),
        (&["--memory", "-1"], "--memory is -1"),
        (&["--memory", "0.001"], "1.00 MB are there"),
        (
            &[
                "--n", "250000", "--d", "500", "--p", "500", "--route", "dense", "--memory", "8",
            ],
            "8.00 GB are there",
        ),
        (&["--n", "18446744073709551615"], "samples"),
    ];
    for (arguments, named) in cases {
        let out = path("out.json");
        let run = sample(&[*arguments, &["--output", &out]].concat());
        let error = text(&run.stderr);
        assert_eq!(run.status.code(), Some(2), "{arguments:?}: {error}");
        assert!(error.contains(named), "{arguments:?}: {error}");
        assert!(run.stdout.is_empty() && !error.contains("panicked"));
        assert!(!folder.join("out.json").exists(), "{arguments:?}");
    }
    let nowhere = sample(&["--output", &path("nowhere/out.json")]);
    assert_eq!(nowhere.status.code(), Some(2));
    std::fs::remove_dir_all(&folder).unwrap();
}

/// Ctrl-C in the matrix-free phase leaves a file that is whole and says that the run is not.
#[cfg(unix)]
#[test]
fn an_interrupted_run_leaves_a_valid_partial_result_or_nothing() {
    let folder = folder("interrupted");
    let out = folder.join("out.json");
    let mut child = Command::new(env!("CARGO_BIN_EXE_tensor-dyson"))
        .args(["sample", "--d", "90", "--route", "matrix-free"])
        .args([
            "--steps",
            "3000",
            "--probes",
            "2",
            "--products",
            "1000000",
            "--tolerance",
            "1e-300",
        ])
        .args(["--output", out.to_str().unwrap()])
        .stdout(std::process::Stdio::null())
        .spawn()
        .expect("the program starts");
    std::thread::sleep(std::time::Duration::from_millis(2500));
    let kill = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(kill.expect("kill runs").success());
    let status = child.wait().unwrap();
    assert_eq!(status.code(), Some(130));
    let left: Vec<_> = std::fs::read_dir(&folder).unwrap().collect();
    assert!(left.len() <= 1, "{left:?}");
    if out.exists() {
        let written: Value = serde_json::from_slice(&std::fs::read(&out).unwrap()).unwrap();
        assert_eq!(written.pointer("/complete"), Some(&Value::Bool(false)));
        assert!(number(&written, "/kolmogorov/distance") < 0.5);
    }
    std::fs::remove_dir_all(&folder).unwrap();
}
