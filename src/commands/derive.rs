//! `tensor-dyson derive`: a model in a file, and all that follows from it.

use super::{CommandError, note};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use tensor_dyson::derive::{Derivation, Model};
use tensor_dyson::files::{is_stdin, is_stdout, open, say};
use tensor_dyson::report::{About, Program, wrapped};

/// All that follows from a feature in index notation: covariance, spectrum, law, samples, near misses.
///
/// The model is a TOML file: the feature, the laws of its data and weights, and its sizes; its form
/// stands in docs/models.md. E ω and Cov ω are proved for every dimension, the law is held against
/// samples, and near misses of both must be refuted.
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
// The arguments of a run are a group of this name already.
#[group(skip)]
pub(crate) struct Arguments {
    /// The model, a TOML file; `-` is the standard input.
    model: PathBuf,
    #[command(flatten)]
    run: tensor_dyson::report::Arguments,
}

/// The most bytes of a model. What has more is none: a device, or a file taken for another.
const MOST: u64 = 1 << 20;

/// The text of a file, or of the standard input for `-`.
pub(super) fn text(path: &Path) -> std::io::Result<String> {
    let mut source: Box<dyn Read> = match is_stdin(path) {
        true => Box::new(std::io::stdin()),
        false => Box::new(File::open(path)?),
    };
    let mut text = String::new();
    let read = source.by_ref().take(MOST + 1).read_to_string(&mut text)?;
    match read as u64 > MOST {
        true => Err(std::io::Error::other(format!(
            "a model has at most {MOST} bytes"
        ))),
        false => Ok(text),
    }
}

fn read(path: &Path) -> Result<Model, CommandError> {
    let text = text(path).map_err(|source| CommandError::ModelFile {
        path: path.to_owned(),
        source,
    })?;
    // Files of data lie beside the model.
    let folder = path
        .parent()
        .filter(|_| !is_stdin(path))
        .unwrap_or(Path::new(""));
    let matrix = |name: &str| {
        let read = open(&folder.join(name)).map_err(|error| error.fault.to_string());
        read?.matrix().map_err(|fault| fault.to_string())
    };
    Model::read_with(&text, &matrix).map_err(|source| CommandError::ModelText {
        path: path.to_owned(),
        source,
    })
}

/// Derives, prints what was derived, and settles the claims.
pub(crate) fn run(arguments: &Arguments) -> Result<(), CommandError> {
    let model = read(&arguments.model)?;
    let about = About {
        title: kept(&model.title),
        source: "A model of tensor-dyson",
        introduction: kept(&format!(
            "{}[{}] = {}",
            model.feature.name,
            model.feature.legs.join(","),
            model.feature.text
        )),
        theorem: "The law of the kernel tends to the Marchenko–Pastur map of the law of 𝒬's eigenvalues.",
        sections: &[(1, "The model")],
        seed: 1,
        live: None,
    };
    let derivation = Derivation::of(model).map_err(|source| CommandError::Derivation {
        path: arguments.model.clone(),
        source,
    })?;
    let lines = wrapped(&derivation.lines().join("\n"), 0, 4);
    if arguments.run.json().is_some_and(is_stdout) {
        note(&lines);
    } else {
        say(&lines).map_err(CommandError::Print)?;
    }
    let claims = derivation.claims();
    match (Program { about, claims }).follow(&arguments.run) {
        Ok(true) => Ok(()),
        Ok(false) => Err(CommandError::Unsettled),
        Err(message) => Err(CommandError::Run { message }),
    }
}

/// A text that is kept as long as the program runs.
fn kept(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}
