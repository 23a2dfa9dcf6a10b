//! The independent checker, run as a program.

use std::path::PathBuf;
use std::process::Command;

/// What the checker says of a certificate.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) accepted: bool,
    pub(crate) line: String,
}

/// What it says of each text, in order; `None` where there is no Python to run it.
pub(crate) fn checked(test: &str, texts: &[String]) -> Option<Vec<Said>> {
    let Some(python) = python() else {
        println!("python3 (≥ 3.8) is missing: the independent check of `{test}` was not run");
        return None;
    };
    let folder = std::env::temp_dir().join(format!("certificates-{test}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let paths: Vec<PathBuf> = (0..texts.len())
        .map(|k| folder.join(format!("{k}.json")))
        .collect();
    for (path, text) in paths.iter().zip(texts) {
        std::fs::write(path, text).unwrap();
    }
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/certificates/check.py");
    let output = Command::new(python)
        .arg(script)
        .args(&paths)
        .output()
        .unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let said = |path: &PathBuf| {
        let own = format!(" {}: ", path.display());
        let mut lines = printed.lines().filter(|line| line.contains(&own));
        let line = lines
            .next()
            .unwrap_or_else(|| panic!("nothing said of {own}: {printed}"));
        Said {
            accepted: line.starts_with("accepted"),
            line: line.into(),
        }
    };
    let said: Vec<Said> = paths.iter().map(said).collect();
    // The exit code is 0 only if every file is accepted.
    assert_eq!(
        output.status.success(),
        said.iter().all(|said| said.accepted),
        "{printed}"
    );
    Some(said)
}

fn python() -> Option<&'static str> {
    let enough = "import sys; sys.exit(sys.version_info < (3, 8))";
    let runs = |python: &&str| {
        let status = Command::new(python).args(["-c", enough]).status();
        status.is_ok_and(|status| status.success())
    };
    ["python3", "/usr/bin/python3"].into_iter().find(runs)
}
