//! `tensor-dyson spectrum` as a user runs it.

use ndarray::{Array1, Array2};
use ndarray_npy::WriteNpyExt;
use serde_json::Value;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tensor_dyson::model::{EntryLaw, Streams};

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!(
        "tensor-dyson-spectrum-{name}-{}",
        std::process::id()
    ));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// 120 samples of 40 variables with a common factor, population eigenvalue 1 + 40/4.
fn data() -> Array2<f64> {
    let mut rng = Streams::new(4, "spectrum-command").stream(0);
    let factor = EntryLaw::Gaussian.matrix(120, 1, &mut rng);
    EntryLaw::Gaussian.matrix(120, 40, &mut rng) + 0.5 * &factor
}

fn spectrum(place: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tensor-dyson"))
        .arg("spectrum")
        .args(arguments)
        .current_dir(place)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn a_factor_is_found_and_everything_is_said_of_it() {
    let place = folder("factor");
    data()
        .write_npy(File::create(place.join("x.npy")).unwrap())
        .unwrap();
    let run = spectrum(
        &place,
        &["--data", "x.npy", "--output", "x.json", "--plot", "x.svg"],
    );
    let out = text(&run.stdout);
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
    for part in [
        "x.npy: n = 120 samples of p = 40 variables",
        "S = XᵀX/(n−1) of the centred columns, N = n − 1; γ = p/N = 0.336134",
        "law of the bulk: σ² MP^γ",
        "components: 1 at level 5 % (1 against copies with shuffled columns, 1 by the Tracy–Widom law)",
        "singular values √(Nλ): keep 1 above ",
    ] {
        assert!(out.contains(part), "{part}: {out}");
    }
    assert!(out.lines().all(|line| line.chars().count() <= 100), "{out}");
    let json: Value =
        serde_json::from_slice(&std::fs::read(place.join("x.json")).unwrap()).unwrap();
    let spike = &json["components"]["spikes"][0];
    let (found, error) = (
        spike["population"].as_f64().unwrap(),
        spike["standard_error"].as_f64().unwrap(),
    );
    assert!((found - 11.0).abs() < 4.0 * error, "{spike}");
    assert!((json["noise"]["variance"].as_f64().unwrap() - 1.0).abs() < 0.1);
    assert_eq!(json["eigenvalues"].as_array().unwrap().len(), 40);
    let trace: f64 = json["eigenvalues"]
        .as_array()
        .unwrap()
        .iter()
        .map(|x| x.as_f64().unwrap())
        .sum();
    let x = data();
    let means: Array1<f64> = x.mean_axis(ndarray::Axis(0)).unwrap();
    let centred = (&x - &means).mapv(|x| x * x).sum() / 119.0;
    assert!((trace / centred - 1.0).abs() < 1e-12);
    let figure = std::fs::read_to_string(place.join("x.svg")).unwrap();
    for part in [
        "law of the bulk",
        "components",
        "edges of the bulk",
        "density",
    ] {
        assert!(figure.contains(part), "{part}");
    }
    // A bar is as high as eigenvalues stand in it, in the least of them one; the component is beyond the frame.
    let bars = figure
        .split("<rect ")
        .filter(|bar| bar.contains("crispEdges"));
    let height = |bar: &str| -> f64 {
        let after = bar.split("height=\"").nth(1).unwrap();
        after.split('"').next().unwrap().parse().unwrap()
    };
    let heights: Vec<f64> = bars.map(height).filter(|height| *height > 0.0).collect();
    let one = heights.iter().copied().fold(f64::INFINITY, f64::min);
    let count = heights.iter().sum::<f64>() / one;
    assert!((count - 39.0).abs() < 0.1, "{heights:?}");
    assert!(figure.contains("1 eigenvalue beyond the right"));
}

/// A table, the standard input, the correlation matrix, a known σ, a population: each says which S and which law it took.
#[test]
fn what_was_asked_is_said() {
    let place = folder("asked");
    let x = data();
    let mut table = String::new();
    for row in x.rows() {
        let row: Vec<String> = row.iter().map(f64::to_string).collect();
        table += &(row.join(",") + "\n");
    }
    let mut child = Command::new(env!("CARGO_BIN_EXE_tensor-dyson"))
        .args(["spectrum", "--data", "-", "--correlation", "--copies", "0"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(table.as_bytes())
        .unwrap();
    let out = text(&child.wait_with_output().unwrap().stdout);
    assert!(
        out.contains("standardised columns (the correlation matrix)"),
        "{out}"
    );
    assert!(
        out.contains("components: 1 at level 5 % (by the Tracy–Widom law)"),
        "{out}"
    );
    // Fewer samples than variables.
    let wide = x.t().to_owned();
    wide.write_npy(File::create(place.join("wide.npy")).unwrap())
        .unwrap();
    let asked = [
        "--data",
        "wide.npy",
        "--uncentred",
        "--sigma",
        "1",
        "--population",
        "point(1)",
    ];
    let out = text(&spectrum(&place, &asked).stdout);
    assert!(
        out.contains("S = XᵀX/n of X as it is, N = n; γ = p/N = 3.000000"),
        "{out}"
    );
    assert!(
        out.contains("law of the bulk: σ² H ⊠ MP^γ, H = point(1)"),
        "{out}"
    );
    assert!(
        out.contains("1.00000 (given)") && out.contains("components: 1 at"),
        "{out}"
    );
    assert!(out.contains("40 of them"), "{out}");
}
