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
