//! A program that is run in a folder, and what it leaves there.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Every file below a folder with what it holds; pipes and links without.
pub(crate) fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
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

/// What a command line is answered in a folder; it begins with a subcommand or with `derivations`.
pub(crate) fn answer(line: &str, folder: &Path) -> Output {
    let arguments: Vec<&str> = line.split_whitespace().collect();
    let (name, rest) = match arguments[0] {
        "derivations" => ("derivations", &arguments[1..]),
        _ => ("tensor-dyson", &arguments[..]),
    };
    Command::new(program(name))
        .args(rest)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}
