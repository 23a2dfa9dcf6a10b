//! What is on the disk and on the terminal after a run that could not write, was cut off, or wrote to something else than
//! a file.
#![cfg(unix)]

mod cut_off;
mod inputs;
mod streams;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const PROGRAM: &str = env!("CARGO_BIN_EXE_tensor-dyson");

/// A folder of its own for each test, removed when the test ends well.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let name = format!("tensor-dyson-{name}-{}", std::process::id());
        let path = std::env::temp_dir().join(name);
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }

    fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.0).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    fn done(self) {
        std::fs::remove_dir_all(&self.0).unwrap();
    }
}

/// Runs a line of bash in a folder, the program as `$P`.
fn bash(folder: &Folder, line: &str) -> Output {
    Command::new("bash")
        .args(["-c", line])
        .env("P", PROGRAM)
        .env("DERIVATIONS", env!("CARGO_BIN_EXE_derivations"))
        .current_dir(&folder.0)
        .output()
        .expect("bash starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn read(path: impl AsRef<Path>) -> String {
    std::fs::read_to_string(path.as_ref()).unwrap()
}

fn is_json(text: &str) -> bool {
    serde_json::from_str::<serde_json::Value>(text).is_ok()
}

/// Runs the program with bytes on its standard input.
fn fed(arguments: &[&str], bytes: &[u8]) -> Output {
    let mut child = Command::new(PROGRAM)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // The program may refuse the first bytes and read no more.
    let _ = stdin.write_all(bytes);
    drop(stdin);
    child.wait_with_output().unwrap()
}
