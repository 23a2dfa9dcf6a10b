//! Whole answers of both programs: texts, JSON, tables, figures and pages as they are read, numbers up to rounding. What is
//! right is asserted elsewhere; here a word, a digit, a column or a tick that changes is seen.

#[path = "../refused/files.rs"]
mod files;
mod given;
#[path = "../refused/running.rs"]
mod running;
mod shortened;
#[path = "../../derivations/tests/tolerant.rs"]
mod tolerant;

use insta::assert_snapshot;
use std::fmt::Write;
use std::path::Path;

/// Numbers of an answer: 1e-9 of their size, and bounds below that within a factor of 2; what is smaller than a few
/// roundings of 1 is noise.
fn near(x: f64, y: f64) -> bool {
    let (least, most) = (x.abs().min(y.abs()), x.abs().max(y.abs()));
    match most < 1e-7 {
        true => most < 1e-15 || (x * y >= 0.0 && most <= 2.0 * least),
        false => (x - y).abs() <= 1e-9 * (1.0 + most),
    }
}

/// A command, its exit code, what it prints, and the files that it leaves, which are taken away.
fn answered(line: &str, folder: &Path) -> String {
    let before = running::contents(folder);
    let run = running::answer(&line.replace("F/", "./"), folder);
    let code = run.status.code().map_or("none".into(), |c| c.to_string());
    let mut text = format!("$ {line}\nexit code {code}\n");
    for (title, bytes) in [("", &run.stdout), ("to the standard error:\n", &run.stderr)] {
        if !bytes.is_empty() {
            text += title;
            text += &shortened::said(&String::from_utf8_lossy(bytes));
        }
    }
    for (path, bytes) in running::contents(folder) {
        if before.contains_key(&path) || path.is_dir() {
            continue;
        }
        let name = path.strip_prefix(folder).unwrap();
        let _ = writeln!(
            text,
            "to {}:\n{}",
            name.display(),
            shortened::file(&path, &bytes)
        );
        std::fs::remove_file(&path).unwrap();
    }
    text
}

/// The answers to the command lines of a file against their snapshot.
fn told(name: &str, lines: &str) {
    let folder =
        std::env::temp_dir().join(format!("tensor-dyson-told-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    files::make(&folder);
    given::make(&folder);
    let lines = lines
        .lines()
        .filter(|l| !l.is_empty() && !l.starts_with('#'));
    let answers: Vec<String> = lines.map(|line| answered(line, &folder)).collect();
    std::fs::remove_dir_all(&folder).unwrap();
    let snapshots = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/spoken/snapshots");
    tolerant::in_snapshots(snapshots, near, || {
        assert_snapshot!(name, answers.join("\n"));
    });
}

/// A test for each file of command lines.
macro_rules! told {
    ($($name:ident),* $(,)?) => {
        $(#[test]
        fn $name() {
            told(stringify!($name), include_str!(concat!(stringify!($name), ".txt")));
        })*
    };
}

told!(
    laws,
    values,
    polynomials,
    samples,
    spectra,
    tensors,
    models,
    talk
);
