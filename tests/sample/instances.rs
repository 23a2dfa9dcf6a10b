//! One small instance of each fault that was found, with the right value or message.

use super::{folder, json, number, sample, text};
use ndarray::Array2;
use ndarray_npy::write_npy;
use serde_json::Value;
use tensor_dyson::model::{EntryLaw, Streams};

fn gaussian(n: usize, d: usize) -> Array2<f64> {
    EntryLaw::Gaussian.matrix(n, d, &mut Streams::new(4, "instances").stream(0))
}

/// Exit code and standard error of a run that is refused.
fn refused(arguments: &[&str]) -> String {
    let run = sample(arguments);
    let said = text(&run.stderr);
    assert_eq!(run.status.code(), Some(2), "{arguments:?}: {said}");
    assert!(!said.contains("panicked"), "{arguments:?}: {said}");
    said
}

/// Repeated rows are exact zeros; and a search on few distinct rows, one of them 300 times, ends.
#[test]
fn repeated_rows_are_counted_and_their_spectrum_is_known() {
    let folder = folder("repeated");
    let path = folder.join("x.npy").display().to_string();
    let few = gaussian(40, 12);
    let x = Array2::from_shape_fn((1200, 12), |(i, k)| few[[i % 40, k]]);
    write_npy(&path, &x).unwrap();
    for route in ["dense", "matrix-free"] {
        let found = json(&[
            "--data",
            &path,
            "--p",
            "12",
            "--activation",
            "relu",
            "--route",
            route,
        ]);
        let wanted = 1.0 - 40.0 / 1200.0;
        let at_zero = number(&found, "/sample/mass_at_zero");
        assert!((at_zero - wanted).abs() < 1e-12, "{route}: {at_zero}");
        let least = number(&found, "/sample/mass_at_zero_range/0");
        assert!((least - wanted).abs() < 1e-12, "{route}: {least}");
        assert_eq!(number(&found, "/distinct_rows"), 40.0);
        let first = number(&found, "/distribution/0/sample");
        assert!((first - at_zero).abs() < 1e-12, "{route}: {first}");
    }
    let mut outlier = gaussian(400, 20);
    outlier.row_mut(0).map_inplace(|x| *x *= 30.0);
    write_npy(&path, &outlier).unwrap();
    let found = json(&["--data", &path, "--p", "30", "--route", "matrix-free"]);
    assert!(number(&found, "/sample/highest/0/value") > 0.0);
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn one_sample_and_weights_of_zero_have_a_spectrum() {
    for route in ["dense", "matrix-free"] {
        let one = json(&["--n", "1", "--d", "4", "--p", "3", "--route", route]);
        let all = one["sample"]["highest"].as_array().unwrap();
        assert_eq!(all.len(), 1, "{route}");
        let zero = json(&[
            "--d", "20", "--p", "30", "--n", "100", "--nu", "0:1", "--route", route,
        ]);
        assert_eq!(number(&zero, "/sample/mass_at_zero"), 1.0);
        assert_eq!(number(&zero, "/kolmogorov/distance"), 0.0);
        let some = json(&[
            "--d",
            "12",
            "--p",
            "15",
            "--n",
            "60",
            "--nu",
            "0:0.8,1:0.2",
            "--route",
            route,
        ]);
        assert!(number(&some, "/sample/highest/0/value") > 0.0, "{route}");
    }
}

/// Few steps in little memory: what is stated of the k-th eigenvalue holds of it.
#[test]
fn a_search_that_is_cut_short_states_what_it_knows() {
    let sizes = [
        "--d",
        "12",
        "--p",
        "18",
        "--n",
        "300",
        "--activation",
        "derivative:cos",
    ];
    let exact = json(&[&sizes[..], &["--route", "dense"]].concat());
    let all: Vec<f64> = exact["sample"]["eigenvalues"]
        .as_array()
        .unwrap()
        .iter()
        .map(|x| x.as_f64().unwrap())
        .collect();
    for more in [
        &["--basis", "3", "--steps", "3", "--products", "9"][..],
        &["--basis", "3", "--steps", "3"],
        &["--steps", "5", "--products", "5", "--precision", "double"],
    ] {
        let found = json(
            &[
                &sizes[..],
                &["--route", "matrix-free", "--probes", "1"],
                more,
            ]
            .concat(),
        );
        let sample = &found["sample"];
        let within = |end: &Value, exact: f64| {
            let low = end["enclosure"][0].as_f64().unwrap_or(f64::NEG_INFINITY);
            let high = end["enclosure"][1].as_f64().unwrap_or(f64::INFINITY);
            assert!(
                low - 1e-9 <= exact && exact <= high + 1e-9,
                "{more:?}: {end} {exact}"
            );
        };
        within(&sample["lowest"][0], all[0]);
        let highest = sample["highest"].as_array().unwrap();
        for (end, exact) in highest.iter().rev().zip(all.iter().rev()) {
            within(end, *exact);
        }
    }
}

#[test]
fn sizes_and_numbers_that_cannot_be_are_refused_with_the_number() {
    let folder = folder("refused-sizes");
    let path = |name: &str| folder.join(name).display().to_string();
    write_npy(path("w.npy"), &(1e154 * gaussian(3, 4))).unwrap();
    write_npy(path("x.npy"), &(1e200 * gaussian(6, 3))).unwrap();
    write_npy(path("constant.npy"), &Array2::from_elem((7, 3), 14.62)).unwrap();
    let (w, x, constant) = (path("w.npy"), path("x.npy"), path("constant.npy"));
    for (arguments, named) in [
        (
            &["--n", "2", "--d", "1", "--p", "99999999999"][..],
            "are there",
        ),
        (
            &[
                "--d", "6", "--n", "24", "--p", "20000000", "--memory", "0.01",
            ],
            "10.00 MB are there",
        ),
        (
            &["--probes", "18446744073709551615", "--route", "matrix-free"],
            "more than 18 EB",
        ),
        (&["--n", "99999999999"], "99999999999 samples take about"),
        // Few features, but each product draws all samples again.
        (
            &["--n", "99999999999", "--d", "10", "--p", "10"],
            "more than a day",
        ),
        (
            &["--n", "18446744073709551615"],
            "18446744073709551615 samples",
        ),
        (&["--weights", &w], "an entry of W reaches"),
        (&["--data", &x, "--p", "4"], "an entry of X reaches"),
        (
            &["--data", &constant, "--p", "4", "--standardise"],
            "column 0 has no finite variance",
        ),
        (&["--activation", "cos"], "derivative:cos"),
        (&["--activation", "sin"], "sigma:sin"),
        (&["--activation", "identity"], "derivative:identity"),
        (&["--activation", "sigma:softmax"], "no activation"),
    ] {
        let said = refused(arguments)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        assert!(said.contains(named), "{arguments:?}: {said}");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

/// What was taken for σ′, with its data; what the route does not use; and no share of an edge that is 0.
#[test]
fn the_output_says_what_was_taken() {
    let run = sample(&["--d", "8", "--activation", "tanh", "--probes", "3"]);
    let said = text(&run.stdout);
    assert!(
        said.contains("σ′ = 1/cosh² (σ = tanh): α = 0.000000, β = 0.681"),
        "{said}"
    );
    assert!(
        said.contains("not used on the dense route: --probes"),
        "{said}"
    );
    let flat = text(&sample(&["--d", "8", "--activation", "hermite:1"]).stdout);
    assert!(!flat.contains("inf") && !flat.contains("NaN"), "{flat}");
    // A polynomial of degree 1 with a mean has no shift, exactly.
    let affine = json(&[
        "--d",
        "10",
        "--p",
        "10",
        "--n",
        "60",
        "--activation",
        "hermite:1,1",
    ]);
    assert!(number(&affine, "/law/mass_at_zero") > 0.1, "{affine}");
}
