//! `tensor-dyson new`: a crate with one claim, its control, a snapshot and a test, ready to run.

use super::CommandError;
use std::path::{Path, PathBuf};
use tensor_dyson::derive::{Derivation, Model};
use tensor_dyson::files::{say, write_whole_folder};

/// Writes a crate for a derivation of your own, with one claim to start from.
///
/// In it, `cargo run --release` checks the claim and writes the report, and `cargo test` does the same as a
/// test against a snapshot. With --model the claims are those that `tensor-dyson derive` makes of a model.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The folder to make; its last part is the crate's name.
    folder: PathBuf,
    /// Where the toolkit's source is, for a dependency by path; by default the source this program was built
    /// from, if it is still there, else the published version.
    #[arg(long, value_name = "DIR")]
    toolkit: Option<PathBuf>,
    /// A model in a file, as of `tensor-dyson derive`: it is put into the crate, and its claims are made by the library.
    #[arg(long, value_name = "FILE.toml")]
    model: Option<PathBuf>,
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

/// Those of a crate that starts from a model, beside the model and what is derived of it.
const MODEL_FILES: [(&str, &str); 5] = [
    ("Cargo.toml", include_str!("new/Cargo.toml.txt")),
    ("src/main.rs", include_str!("new/model_main.rs.txt")),
    ("src/derived.rs", include_str!("new/derived.rs.txt")),
    ("src/tests.rs", include_str!("new/model_tests.rs.txt")),
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

/// What a derivation needs of the toolkit: the library and its program, without the talk's and without figures as .png;
/// `derive` for a model.
fn features(model: Option<&Path>) -> &'static str {
    match model {
        None => "default-features = false, features = [\"program\"]",
        Some(_) => "default-features = false, features = [\"models\"]",
    }
}

fn dependency(toolkit: Option<&Path>, features: &str) -> Result<String, CommandError> {
    let source = toolkit.unwrap_or(Path::new(env!("CARGO_MANIFEST_DIR")));
    let manifest = source.join("Cargo.toml");
    match (source.canonicalize(), manifest.is_file()) {
        // What JSON escapes in a text, TOML escapes alike.
        (Ok(path), true) => Ok(format!(
            "tensor-dyson = {{ path = {}, {features} }}",
            serde_json::Value::from(path.display().to_string())
        )),
        _ if toolkit.is_some() => Err(CommandError::Toolkit {
            folder: source.to_owned(),
        }),
        _ => Ok(format!(
            "tensor-dyson = {{ version = \"{}\", {features} }}",
            env!("CARGO_PKG_VERSION")
        )),
    }
}

/// The model and the snapshot of what is derived of it.
fn of_model(path: &Path) -> Result<[(&'static str, Vec<u8>); 2], CommandError> {
    let text = super::derive::text(path).map_err(|source| CommandError::ModelFile {
        path: path.to_owned(),
        source,
    })?;
    // A crate carries its model alone: one with files beside it is refused as it is read.
    let model = Model::read(&text).map_err(|source| CommandError::ModelText {
        path: path.to_owned(),
        source,
    })?;
    let derivation = Derivation::of(model).map_err(|source| CommandError::Derivation {
        path: path.to_owned(),
        source,
    })?;
    let lines = derivation.lines().join("\n");
    let snapshot = format!("---\nsource: src/tests.rs\n---\n{lines}\n");
    Ok([
        ("model.toml", text.into_bytes()),
        ("snapshots/derived.snap", snapshot.into_bytes()),
    ])
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
    let model = arguments.model.as_deref();
    let toolkit = dependency(arguments.toolkit.as_deref(), features(model))?;
    let filled = |(path, text): (&'static str, &str)| {
        let text = text.replace("NAME", name).replace("{TOOLKIT}", &toolkit);
        (path, text.into_bytes())
    };
    match model {
        None => write_whole_folder(folder, &FILES.map(filled))?,
        Some(model) => {
            let mut files: Vec<(&str, Vec<u8>)> = MODEL_FILES.map(filled).into();
            files.extend(of_model(model)?);
            write_whole_folder(folder, &files)?;
        }
    }
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
