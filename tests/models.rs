//! `tensor-dyson derive` as a user runs it.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Derives the model in a file, or of a text that is piped.
fn derive(model: &str, piped: &str, arguments: &[&str]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_tensor-dyson"))
        .args(["derive", model, "--size", "small", "--no-report"])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that refuses its arguments reads nothing, and the pipe is closed.
    let _ = program.stdin.take().unwrap().write_all(piped.as_bytes());
    program.wait_with_output().unwrap()
}

fn said(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("examples/models/{name}.toml"))
}

#[test]
fn each_example_is_derived_in_lines_of_100_columns() {
    let only = ["--only", "covariance", "claimed"];
    for file in std::fs::read_dir(example("x").parent().unwrap()).unwrap() {
        let path = file.unwrap().path();
        let run = derive(path.to_str().unwrap(), "", &only);
        let out = said(&run.stdout);
        assert_eq!(run.status.code(), Some(0), "{path:?}: {out}");
        assert!(out.contains("2 claims: 2 hold, 0 refuted"), "{out}");
        assert!(out.lines().all(|line| line.chars().count() <= 100), "{out}");
    }
}

#[test]
fn the_report_says_what_the_model_is() {
    let folder = std::env::temp_dir().join(format!("tensor-dyson-model-{}", std::process::id()));
    let model = example("talk");
    let run = Command::new(env!("CARGO_BIN_EXE_tensor-dyson"))
        .args(["derive", model.to_str().unwrap(), "--size", "small"])
        .args(["--only", "covariance", "--report"])
        .arg(&folder)
        .output()
        .unwrap();
    assert_eq!(run.status.code(), Some(0), "{}", said(&run.stderr));
    let page = std::fs::read_to_string(folder.join("index.html")).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    let written = std::fs::read_to_string(model).unwrap();
    let title = written
        .lines()
        .find_map(|line| line.strip_prefix("title = "));
    let title = title.unwrap().trim_matches('"');
    assert!(page.contains(&format!("<h1>{title}</h1>")), "{title}");
    assert!(page.contains("ω[a,b] = x[a] G[k,b] x[k]"));
}

#[test]
fn a_model_from_the_standard_input_whose_claim_is_wrong_is_refuted_with_the_difference() {
    let talk = std::fs::read_to_string(example("talk")).unwrap();
    let wrong = talk.replace("+ G[a,e] G[c,b]", "+ 1/2 G[a,e] G[c,b]");
    let run = derive("-", &wrong, &["--only", "claimed"]);
    let out = said(&run.stdout);
    assert_eq!(run.status.code(), Some(1), "{out}");
    assert!(out.contains("1/2 G_ae G_cb"), "{out}");
}

#[test]
fn what_is_no_model_is_refused_with_its_place() {
    let talk = std::fs::read_to_string(example("talk")).unwrap();
    let bad = talk.replace("x[a] G[k,b]", "x[a] H[k,b]");
    let large = " ".repeat((1 << 20) + 1);
    for (model, piped, words) in [
        (
            "-",
            bad.as_str(),
            "'-', line 3, column 26: `H` is neither in [data] nor in [weights]",
        ),
        (
            "-",
            large.as_str(),
            "'-': a model has at most 1048576 bytes",
        ),
        (
            "-",
            &large[1..],
            "'-', line 1, column 1: missing field `feature`",
        ),
        ("-", "", "'-', line 1, column 1: missing field `feature`"),
        ("no/such.toml", "", "'no/such.toml': No such file"),
        ("/", "", "'/': "),
    ] {
        let run = derive(model, piped, &[]);
        let error = said(&run.stderr);
        assert_eq!(run.status.code(), Some(2), "{error}");
        assert!(
            error.starts_with(&format!("error: {words}")),
            "{words}: {error}"
        );
        assert!(run.stdout.is_empty());
    }
}

/// A matrix as a .npy file.
fn npy(rows: usize, columns: usize, entry: impl Fn(usize, usize) -> f64) -> Vec<u8> {
    let header =
        format!("{{'descr': '<f8', 'fortran_order': False, 'shape': ({rows}, {columns}), }}");
    let header = format!("{header:<117}\n");
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    bytes.extend((header.len() as u16).to_le_bytes());
    bytes.extend(header.as_bytes());
    let values = (0..rows).flat_map(|i| (0..columns).map(move |a| (i, a)));
    bytes.extend(values.flat_map(|(i, a)| entry(i, a).to_le_bytes()));
    bytes
}

/// Entries of variance 1, columns with and without a factor.
fn uneven(i: usize, a: usize) -> f64 {
    let place = (i * 131 + a * 29 + 7) as u64;
    let mixed = place.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mixed = (mixed ^ (mixed >> 31)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let unit = (mixed >> 11) as f64 / (1_u64 << 53) as f64;
    (unit - 0.5) * 12_f64.sqrt() * if a.is_multiple_of(2) { 0.5 } else { 1.3 }
}

/// The file of the data is looked for beside the model; `sample --covariance sample` takes the same file.
#[test]
fn data_of_a_file_stand_in_a_model_and_in_a_sample() {
    let folder = std::env::temp_dir().join(format!("tensor-dyson-data-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("X.npy"), npy(400, 12, uneven)).unwrap();
    let talk = std::fs::read_to_string(example("talk")).unwrap();
    let own = talk
        .replace("x = \"gaussian\"", "x = { data = \"X.npy\" }")
        .replace("claim", "# claim");
    let model = folder.join("model.toml");
    std::fs::write(&model, &own).unwrap();
    let run = derive(model.to_str().unwrap(), "", &["--only", "covariance"]);
    let out = said(&run.stdout);
    assert_eq!(run.status.code(), Some(0), "{out}");
    assert!(out.contains("τ₂₃(Σ⊗GᵀΣG) + τ₂₄(ΣG⊗ΣG)"), "{out}");
    std::fs::write(&model, own.replace("X.npy", "Y.npy")).unwrap();
    let run = derive(model.to_str().unwrap(), "", &["--only", "covariance"]);
    assert_eq!(run.status.code(), Some(2));
    let error: Vec<String> = said(&run.stderr)
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    let error = error.join(" ");
    assert!(
        error.contains("line 11, column 5: `Y.npy`: cannot be read"),
        "{error}"
    );
    let sample = |more: &[&str]| {
        let path = folder.join("X.npy");
        let run = Command::new(env!("CARGO_BIN_EXE_tensor-dyson"))
            .args([
                "sample",
                "--p",
                "16",
                "--format",
                "json",
                "--data",
                path.to_str().unwrap(),
            ])
            .args(more)
            .output()
            .unwrap();
        let error = said(&run.stderr);
        let error: Vec<&str> = error.split_whitespace().collect();
        (run.status.code(), said(&run.stdout), error.join(" "))
    };
    let (code, out, error) = sample(&["--covariance", "sample"]);
    assert_eq!(code, Some(0), "{error}");
    let found: serde_json::Value = serde_json::from_str(&out).unwrap();
    let own = found["kolmogorov"]["distance"].as_f64().unwrap();
    assert!(own < 0.1, "{own}");
    assert!(
        found["law"]["expr"]
            .as_str()
            .unwrap()
            .contains("ratio 400/192"),
        "{out}"
    );
    let (code, _, error) = sample(&["--covariance", "sample", "--route", "dense"]);
    assert_eq!(code, Some(2), "{error}");
    std::fs::write(folder.join("X.npy"), npy(50, 12, uneven)).unwrap();
    let (code, _, error) = sample(&["--covariance", "sample"]);
    assert_eq!(code, Some(2), "{error}");
    assert!(error.contains("from n = 120 on they do"), "{error}");
    std::fs::remove_dir_all(&folder).unwrap();
}
