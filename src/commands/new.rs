//! `tensor-dyson new`: a crate with one claim, its control, a snapshot and a test, ready to run.

use super::CommandError;
use std::path::{Path, PathBuf};
use tensor_dyson::files::{say, write_whole_folder};

/// Writes a crate for a derivation of your own, with one claim to start from.
///
/// In it, `cargo run --release` checks the claim and writes the report, and `cargo test` does the same as a
/// test against a snapshot.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The folder to make; its last part is the crate's name.
    folder: PathBuf,
    /// Where the toolkit's source is, for a dependency by path; by default the source this program was built
    /// from, if it is still there, else the published version.
    #[arg(long, value_name = "DIR")]
    toolkit: Option<PathBuf>,
}

/// The files of the new crate; `NAME` and `{TOOLKIT}`, which no name of a crate can hold, are filled in.
const FILES: [(&str, &str); 6] = [
    ("Cargo.toml", include_str!("new/Cargo.toml.txt")),
    ("src/main.rs", include_str!("new/main.rs.txt")),
    (
        "src/symmetric_part.rs",
        include_str!("new/symmetric_part.rs.txt"),
    ),
    ("src/tests.rs", include_str!("new/tests.rs.txt")),
    (
        "snapshots/symmetric-part.snap",
        include_str!("new/symmetric-part.snap.txt"),
    ),
    (".gitignore", "/target\n/report\n"),
];

/// A name that cargo takes: a letter, then letters, digits, `-` and `_`, and no crate that it would clash with.
fn is_crate_name(name: &str) -> bool {
    let taken = [
        "tensor-dyson",
        "tensor_dyson",
        "test",
        "core",
        "std",
        "alloc",
        "self",
        "super",
        "crate",
        // Folders of a target directory, which cargo refuses as the name of a program.
        "build",
        "deps",
        "examples",
        "incremental",
    ];
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
        && !taken.contains(&name)
}

/// What a derivation needs of the toolkit: the library and its program, without the talk's and without figures as .png.
const FEATURES: &str = "default-features = false, features = [\"program\"]";

fn dependency(toolkit: Option<&Path>) -> Result<String, CommandError> {
    let source = toolkit.unwrap_or(Path::new(env!("CARGO_MANIFEST_DIR")));
    let manifest = source.join("Cargo.toml");
    match (source.canonicalize(), manifest.is_file()) {
        // What JSON escapes in a text, TOML escapes alike.
        (Ok(path), true) => Ok(format!(
            "tensor-dyson = {{ path = {}, {FEATURES} }}",
            serde_json::Value::from(path.display().to_string())
        )),
        _ if toolkit.is_some() => Err(CommandError::Toolkit {
            folder: source.to_owned(),
        }),
        _ => Ok(format!(
            "tensor-dyson = {{ version = \"{}\", {FEATURES} }}",
            env!("CARGO_PKG_VERSION")
        )),
    }
}

/// Writes the crate; a folder that is there already is left alone.
pub(crate) fn run(arguments: &Arguments) -> Result<(), CommandError> {
    let folder = &arguments.folder;
    let name = folder
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or("");
    if !is_crate_name(name) {
        return Err(CommandError::CrateName {
            name: folder.display().to_string(),
        });
    }
    let toolkit = dependency(arguments.toolkit.as_deref())?;
    let filled = |(path, text): (&'static str, &str)| {
        let text = text.replace("NAME", name).replace("{TOOLKIT}", &toolkit);
        (path, text.into_bytes())
    };
    write_whole_folder(folder, &FILES.map(filled))?;
    say(&format!(
        "wrote {}\n  cd {0}\n  cargo run --release   # checks the claim and writes report/index.html\n  cargo test            # the same as a test",
        folder.display()
    ))
    .map_err(CommandError::Print)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crate_names_are_checked() {
        for name in ["my-paper", "a", "paper_2"] {
            assert!(is_crate_name(name), "{name}");
        }
        for name in [
            "",
            "2nd",
            "a b",
            "ä",
            "..",
            "tensor-dyson",
            "test",
            "deps",
            "-x",
        ] {
            assert!(!is_crate_name(name), "{name}");
        }
    }
}
