//! Bad inputs, as a stranger would give them, through the built programs: exit code 2, the essential words, nothing on the
//! standard output, no panic, and no file left or lost.

mod files;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A command line, `F` its folder, and after `=>` the words that the message must have.
const CASES: &str = include_str!("cases.txt");

/// Every file below a folder with what it holds; pipes and links without.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let about = path.symlink_metadata().unwrap();
        if about.is_dir() {
            found.insert(path.clone(), vec![]);
            found.extend(contents(&path));
        } else if about.is_file() {
            found.insert(path.clone(), std::fs::read(&path).unwrap());
        } else {
            found.insert(path, vec![]);
        }
    }
    found
}

fn program(name: &str) -> &'static str {
    match name {
        "derivations" => env!("CARGO_BIN_EXE_derivations"),
        _ => env!("CARGO_BIN_EXE_tensor-dyson"),
    }
}

#[test]
fn every_bad_input_is_refused_with_its_reason() {
    let folder = std::env::temp_dir().join(format!("tensor-dyson-refused-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    files::make(&folder);
    let before = contents(&folder);
    let place = folder.to_str().unwrap();
    let (mut wrong, mut count) = (vec![], 0);
    for case in CASES
        .lines()
        .filter(|l| !l.is_empty() && !l.starts_with('#'))
    {
        let (line, words) = case.split_once(" => ").expect(case);
        let line = line.replace("F/", &format!("{place}/"));
        let arguments: Vec<&str> = line.split_whitespace().collect();
        let (name, rest) = match arguments[0] {
            "derivations" => ("derivations", &arguments[1..]),
            _ => ("tensor-dyson", &arguments[..]),
        };
        let run = Command::new(program(name))
            .args(rest)
            .current_dir(&folder)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let error = String::from_utf8_lossy(&run.stderr).replace("\n    ", " ");
        let missing: Vec<&str> = words.split(" & ").filter(|w| !error.contains(w)).collect();
        if run.status.code() != Some(2) || !missing.is_empty() || error.contains("panicked") {
            wrong.push(format!("{case}\n    {:?}: {error}", run.status));
        }
        if !run.stdout.is_empty() {
            wrong.push(format!(
                "{case}\n    prints {:?}",
                String::from_utf8_lossy(&run.stdout)
            ));
        }
        count += 1;
    }
    assert!(
        wrong.is_empty(),
        "{} of {count}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(count >= 130, "{count}");
    assert_eq!(contents(&folder), before);
    std::fs::remove_dir_all(&folder).unwrap();
}
